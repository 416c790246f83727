"""The text of a task in the shape in which figures are read: sentences, clauses, and the year that holds where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.cues import first, load_cues
from kg.extract.indicators.terms import find_terms

BLANK = "□"  # stands for each character that is part of a name and no wording
LONGEST_QUOTATION = 16  # a longer one, or one with a comma in it, is a statement and is read
LONGEST_BRACKET = 120
CLOSING = {"《": "》", "“": "”", "‘": "’", "「": "」", "『": "』", "（": "）", "〔": "〕", "【": "】", "[": "]"}
OPENER = re.compile(f"[{re.escape(''.join(CLOSING))}]")
QUOTES = "“‘「『"
# “零增长”, “双达标”, “十四五”: quoted and yet part of the statement
SAYING = re.compile(
    r"十[二三四五六]五$|(?:动态)?清零$|归零$|零.{2,3}$|全覆盖$|双?达标$|[双三四]下?降$"
)  # “零增长”, “双达标”: quoted and yet the statement itself
WIDE = str.maketrans("％,;:()＋－—–～∼?!／", "%，；：（）+--" + "-" + "~~？！/")
PLAN_YEARS = {"一": 2010, "二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}
ITEM_NUMBER = re.compile(r"(?m)(?:^|(?<=[。；：]))\s*(?:\d{1,3}(?:\.\d{1,2})*[.、．﹒)）]\s*(?!\d)|[一二三四五六七八九十]+、|□+)")
# a page or a blank line tore the sentence: 养老服务业增加值在 / 服务业中的比重
TORN = re.compile(
    r"(?<=[\u4e00-\u9fff]{4}[在的和与及对将由])\n(?=[\u4e00-\u9fff])(?![一二三四五六七八九十]{1,3}[、是]|第.{1,3}[章节])"
)
SENTENCE = re.compile(r"[^。；！？\n|]+")  # a bar stands between the cells of a row
LINE = re.compile(r"[^\n]+")
CLAUSE = re.compile(r"[^，：…]+")
PLAN = re.compile(r"(?:到|至)?“?十([一二三四五六])五”?(?:期?末|时期末|规划期末)")
PLAN_SPAN = re.compile(
    r"(?<!自)(?<!较)(?<!比)“?十([一二三四五六])五”?(?:期间|时期)(?!以来|末)"
)  # where the document says no year


@dataclass(frozen=True, slots=True)
class Years:
    """For which year a goal is set, by where it stands."""

    marks: tuple[tuple[int, int, int], ...]  # from, to, year
    default: int | None
    since: int | None = None  # the document's first year: what it says of years before is no goal

    def at(self, position: int) -> int | None:
        """Return the year named last before ``position`` whose reach has not ended, else the document's own."""
        return next((year for start, end, year in reversed(self.marks) if start <= position < end), self.default)

    def say(self, year: int | None, start: int, end: int) -> bool:
        """Say whether the text names this year for something between ``start`` and ``end``; else it is the document's own."""
        return year is not None and any(mark == year and begin < end and start < until for begin, until, mark in self.marks)

    def are_over(self, position: int) -> bool:
        """Say whether what stands at ``position`` is about a year before the document's own."""
        year = self.at(position)
        return year is not None and self.since is not None and year < self.since


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and its ``shape``: of equal length, punctuation and signs of one kind, names blanked out."""

    text: str
    shape: str
    years: Years
    asides: tuple[tuple[int, int], ...] = field(default=())  # what stands in brackets and may hold a figure
    terms: tuple[tuple[int, int], ...] = field(default=())  # who may apply: 申报条件：注册资本不低于500万元

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield start and end of each sentence that may state a goal."""
        for line in LINE.finditer(self.shape):
            if line[0].startswith("|"):
                continue
            for match in SENTENCE.finditer(self.shape, *line.span()):
                if not _is_duty(match[0]):
                    yield match.span()

    def clauses(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield start and end of each clause of a sentence, but for conditions."""
        for match in CLAUSE.finditer(self.shape, start, end):
            if not self._is_term(match.start()):
                yield match.span()

    def _is_term(self, position: int) -> bool:
        at = bisect_right(self.terms, (position, len(self.text))) - 1
        return at >= 0 and position < self.terms[at][1]


def read_passage(text: str, year: int | None, since: int | None = None) -> Passage:
    """Return ``text`` ready to be searched.

    >>> read_passage("8.创建“最美家庭”50户,保持在95％以上。", 2023).shape
    '□□创建□□□□□□50户，保持在95%以上。'
    """
    plain = TORN.sub(BLANK, _punctuate(text))
    blanked, asides = _blank_names(plain)
    shape = ITEM_NUMBER.sub(lambda number: re.sub(r"[^\n]", BLANK, number[0]), blanked)
    return Passage(text, shape, _find_years(plain, shape, year, since), tuple(asides), tuple(find_terms(plain)))


def _punctuate(text: str) -> str:
    """Return ``text`` with punctuation in full width, percent signs and dashes in half width; the length stays."""
    plain = text.translate(WIDE)
    plain = re.sub(r"(?<=\d)：(?=\d)", "∶", plain)  # 1:8 is a ratio
    plain = re.sub(r"(?<=\d)，(?=\d{3}(?!\d))", ",", plain)
    return re.sub(r"(?<=[%\u4e00-\u9fff）])\.(?=[\u4e00-\u9fff（]|$)", "。", plain)


def _blank_names(plain: str) -> tuple[str, list[tuple[int, int]]]:
    """Return ``plain`` with titles, short quotations and brackets blanked out, and the brackets' insides."""
    shape, asides, position = list(plain), [], 0
    while (opening := OPENER.search(plain, position)) is not None:
        position = opening.start()
        end = _closing(plain, position)
        if end is None:
            position += 1
            continue
        if _is_statement(plain[position:end]):
            shape[position] = shape[end - 1] = BLANK
            position += 1
            continue
        shape[position:end] = BLANK * (end - position)
        if plain[position] in "（〔" and not _is_duty(plain[position:end]):
            asides.append((position + 1, end - 1))
        position = end
    return "".join(shape), asides


def _closing(plain: str, start: int) -> int | None:
    """Return where the bracket or quotation that opens at ``start`` ends, None if nothing does."""
    close = CLOSING.get(plain[start])
    if close is None:
        return None
    depth = 0
    for position in range(start, min(len(plain), start + LONGEST_BRACKET)):
        char = plain[position]
        if char == "\n":
            return None
        depth += (char == plain[start]) - (char == close)
        if depth == 0:
            return position + 1
    return None


def _is_statement(quoted: str) -> bool:
    return quoted[0] in QUOTES and (len(quoted) > LONGEST_QUOTATION or "，" in quoted or bool(SAYING.match(quoted[1:-1])))


def _is_duty(words: str) -> bool:
    return first(load_cues("indicators.toml")["duty"], words[:60] if "：" in words else words[-60:]) is not None


def _find_years(plain: str, shape: str, default: int | None, since: int | None) -> Years:
    """Return the years that goals are set for; 《…（2021-2025年）》 is a name and says nothing."""
    marks = []
    for cue in load_cues("indicators.toml")["year"]:
        for match in cue.pattern.finditer(shape):
            year = int(next(group for group in match.groups() if group))
            lasting = cue.says == "on" and (since is None or year >= since)
            marks.append((match.start(), len(shape) if lasting else _sentence_end(shape, match.end()), year))
    marks.extend((match.start(), len(shape), PLAN_YEARS[match[1]]) for match in PLAN.finditer(plain))
    if default is None:
        for match in PLAN_SPAN.finditer(plain):
            end = shape.find("\n", match.end())
            marks.append((match.start(), end if end >= 0 else len(shape), PLAN_YEARS[match[1]]))
    usable = (mark for mark in marks if default is None or default - 15 <= mark[2] <= default + 40)
    return Years(tuple(sorted(usable, key=lambda mark: (mark[0], mark[1]))), default, since)


def _sentence_end(shape: str, position: int) -> int:
    ends = (end for end in (shape.find(stop, position) for stop in "。\n") if end >= 0)
    return min(ends, default=len(shape))
