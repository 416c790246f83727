"""What a document says of itself: title, issuer, number, date, period, kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from kg.cues import pattern
from kg.model import Profile
from kg.sections import Block, number_value
from kg.text import MARKER, MappedText

_PLANS = {"十五": 2001, "十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}  # first years
_COUNTS = {"三": 3, "五": 5, "十": 10}
_ZEROS = str.maketrans("○ＯO零0ΟО", "〇" * 7)
_DECORATION = "*#|"
HEAD = 1500  # characters in which a text without items says what it is
PLAN = 1500  # characters behind a notice that are more than the notice's own
LETTER = 200  # paragraphs within which a plan begins
TAIL = 400  # characters in which a signature stands at the end


def find_plan(copy: MappedText) -> int:
    """Return where the plan begins that a notice announces, at the line that repeats its title; else 0.

    What the notice itself counts (一、提高认识) comes before it and is no part of the plan.
    """
    paragraphs = list(copy.paragraphs())[:LETTER]
    lines = [copy.text[a:b].strip(_DECORATION) for a, b in paragraphs]
    announced: set[str] = set()
    for i, line in enumerate(lines):
        if announced and any(_bare("".join(lines[i:j])) in announced for j in range(i + 1, i + 4)):
            return paragraphs[i][0]
        announced.update(_bare(name) for name in (*_names(line), *_matches("issued", [line], "title")) if _ends_title(name))
    return 0


def read_profile(copy: MappedText, blocks: Sequence[Block], *, tabular: bool = False) -> Profile:
    """Return what the lines before the first item and the signature say; ``tabular``: the document is a table of tasks."""
    head_end = blocks[0].start if blocks else min(len(copy.text), HEAD)
    head = [copy.text[a : min(b, head_end)] for a, b in copy.paragraphs() if a < head_end]
    tail = [copy.text[a:b] for a, b in copy.paragraphs() if a >= len(copy.text) - TAIL]
    title = _title(head, holds_plan=len(copy.text) - head_end > PLAN)
    notices = [line for line in _rejoined([line.strip(_DECORATION) for line in head], set()) if _looks_like_title(line)]
    issuer, date = _signature(head, tail, [title or "", *notices])
    kind = pattern("profile", "kind").search(title) if title else None
    number = next(_matches("number", [line for line in head[:12] if len(line) < 60], "number"), None)
    period = _period(title, date, copy.text, head)
    return Profile(title, issuer, number, date, period, kind["kind"] if kind else "任务分解表" if tabular else None)


def _title(head: Sequence[str], *, holds_plan: bool) -> str | None:
    """Return the title: of the plan itself, where a notice comes before it."""
    field = next(_matches("title_field", _with_values(head[:40]), "title"), None)
    bare_lines = [line.strip(_DECORATION) for line in head]
    names = [n for line in head for n in _names(line)]
    lines = _rejoined(bare_lines, {_bare(name) for name in names})
    candidates = [line for line in lines if _looks_like_title(line)]
    announced = [*_matches("issued", [field or "", *candidates], "title"), *names]
    first = field or next(iter(candidates), None)
    issued = next(_matches("issued", [first or ""], "title"), None) if holds_plan else None
    return _announced(lines, announced) or issued or first or _within_prose(head)


def _announced(lines: Sequence[str], names: Sequence[str]) -> str | None:
    """Return the heading of the plan that a notice announces, where its text follows."""
    for line in reversed(lines):
        for name in names:
            if _bare(line) == _bare(name):
                return line
            if _bare(line).startswith(_bare(name)) and len(line) > len(name) + 20:
                return name  # the plan's text runs on behind its title
    return None


def _within_prose(head: Sequence[str]) -> str | None:
    """Return the title with which a text on one line opens, or which its preamble says it makes."""
    opening = next(_matches("run_on", head[:3], "title"), None)
    made = (title for title in _matches("created", head[:6], "title") if pattern("profile", "placed").search(title))
    return opening or next(made, None)


def _matches(cue: str, lines: Sequence[str], group: str) -> Iterator[str]:
    for line in lines:
        match = pattern("profile", cue).search(line)
        if match:
            yield match[group]


def _with_values(lines: Sequence[str]) -> list[str]:
    """Put a field's value that stands on the next line beside its name: 标题：| and then the title."""
    following = [*lines[1:], ""]
    return [line + after if line.rstrip("|").endswith("：") else line for line, after in zip(lines, following, strict=False)]


def _names(line: str) -> list[str]:
    return re.findall("《([^《》]{4,80})》", line)


def _bare(title: str) -> str:
    return re.sub(r"[\s《》“”\"（）()〔〕]", "", title)


def _looks_like_title(line: str) -> bool:
    if not 5 <= len(line) <= 90 or MARKER.match(line) or pattern("profile", "no_title").search(line):
        return False
    return _ends_title(line)


def _ends_title(line: str) -> bool:
    return pattern("profile", "title_end").search(line) is not None


def _rejoined(lines: Sequence[str], names: Set[str]) -> list[str]:
    """Put a title that was set on two lines together, its years in brackets included; ``names``: titles that are known."""
    out: list[str] = []
    for line in lines:
        if out and len(line) <= 45 and _goes_on(out[-1], line, names):
            out[-1] += line
        else:
            out.append(line)
    return out


def _goes_on(title: str, line: str, names: Set[str]) -> bool:
    known = any(name.startswith(_bare(title + line)) for name in names) and len(title) >= 4
    kind_alone = _is_beginning(title) and pattern("profile", "kind_alone").search(line) is not None
    return known or kind_alone or _is_note_to(title, line) or (_opens_title(title) and _closes_title(line))


def _is_beginning(line: str) -> bool:
    """Say whether a line could be a title's first half: some place's or year's, and no sentence."""
    whole = re.search("[。：:；，！？|]|[)）]$|号$|日$", line) is not None
    return 6 <= len(line) <= 40 and not whole and not MARKER.match(line) and not _ends_title(line)


def _is_note_to(title: str, line: str) -> bool:
    bracket = re.fullmatch(r"[（(][^（()）]{2,24}[)）]", line)
    return bool(bracket) and bool(re.search(r"\d{4}|试行|征求意见", line)) and _ends_title(title)


def _opens_title(line: str) -> bool:
    begins = re.search("关于|(?:政府|办公[厅室]|委员会)$", line) is not None
    return begins and len(line) <= 45 and not _ends_title(line) and not re.search("[。：:；，]$", line)


def _closes_title(line: str) -> bool:
    return _ends_title(line) and not MARKER.match(line) and not re.search("[。：:；]$", line)


def _signature(head: Sequence[str], tail: Sequence[str], titles: Sequence[str]) -> tuple[str | None, str | None]:
    """Return issuer and date: from fields, from the lines above a date that stands alone, or from a title."""
    signers = (name for name in _matches("issuer_field", head[:15], "issuer") if pattern("profile", "signer").search(name))
    issuer, date = next(signers, None), next(_dates("date_field", head[:15]), None)
    for lines in (head, tail):
        for i, line in enumerate(lines):
            stamp = next(_dates("date_alone", [line]), None)
            if stamp:
                date = date or stamp
                issuer = issuer or _signer_above(lines[:i])
    issuer = issuer or next(_matches("issuer_in_title", titles, "issuer"), None)
    return issuer, date or next(_dates("date_issued", head[:8]), None)


def _signer_above(lines: Sequence[str]) -> str | None:
    """Return the first of the bodies that sign: those right above the date."""
    signer = None
    for line in reversed(lines):
        if not (2 <= len(line) <= 40 and pattern("profile", "signer").search(line) and not re.search("[，。：:；、]", line)):
            break
        signer = re.sub(r"[（(](?:代|章|印章|盖章)[)）]$", "", line)
    return signer


def _dates(cue: str, lines: Sequence[str]) -> Iterator[str]:
    for line in map(_with_digits, lines):
        match = pattern("profile", cue).search(line)
        if match and 1 <= int(match["m"]) <= 12 and 1 <= int(match["d"]) <= 31:
            yield f"{int(match['y']):04d}-{int(match['m']):02d}-{int(match['d']):02d}"


def _with_digits(line: str) -> str:
    """Return a line with its date in digits: 二〇一七年二月二十四日."""
    match = pattern("profile", "date_in_words").search(line)
    if not match:
        return line
    year = "".join(str(number_value(char) or 0) for char in match["y"].translate(_ZEROS))
    return f"{line[: match.start()]}{year}年{number_value(match['m'])}月{number_value(match['d'])}日{line[match.end() :]}"


def _period(title: str | None, date: str | None, text: str, head: Sequence[str]) -> tuple[int, int] | None:
    """Return first and last year that the document speaks for: by its title, else by its own dates and targets."""
    for words in (title or "", *(line for line in head[:6] if re.fullmatch(r"[（(].{4,20}[)）]", line))):
        named = _period_in_title(words)
        if named:
            return named
    span = pattern("profile", "years_from").search(text)
    if span:
        return int(span["y"]), int(span["y"]) + (_COUNTS.get(span["n"]) or int(span["n"])) - 1
    if date is None:
        return None
    first = int(date[:4])
    targets = (int(match["year"]) for match in pattern("profile", "target_year").finditer(text))
    return first, max((year for year in targets if first <= year <= first + 8), default=first)


def _period_in_title(words: str) -> tuple[int, int] | None:
    years = pattern("profile", "years").search(words)
    if years and int(years["a"]) <= int(years["b"]):
        return int(years["a"]), int(years["b"])
    plan = pattern("profile", "plan_period").search(words)
    if plan and plan["plan"] in _PLANS:
        return _PLANS[plan["plan"]], _PLANS[plan["plan"]] + 4
    year = pattern("profile", "single_year").search(words)
    if year and pattern("profile", "yearly").search(words):
        return int(year["year"]), int(year["year"])
    return None
