"""A document's title: of the plan itself where a notice comes before it, over several lines, or within running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from kg.cues import pattern
from kg.extract.profile.title_frames import plain_title
from kg.text import MARKER, MappedText, simplify

DECORATION = "*#|"
_ADDED = 16  # characters that a title has in full and its copy in a file's name has not
_LINES = 6  # that a title takes at most
LETTER = 200  # paragraphs within which a plan begins
FOLLOWS = 300  # characters behind a plan's title that are its text
_OPENING = 2000  # characters in which a heading stands
_RUN = 40_000  # characters in which a plan on the same line as its notice begins
_NUMBERED = re.compile(r"[（(][\u4e00-\u9fff]{2,10}[〔\[]20\d\d[〕\]]\d{1,4}号[)）]$")
_COMPLETE = re.compile(r"(?:的|》)(?:通知|意见|决定|通报|批复|公告|通告|函|报告|复函|请示)$")
_QUOTED = re.compile("^《([^《》]{6,80})》$")
_YEARS_FIRST = re.compile(r"[（(]20\d\d[^（()）]{0,16}[)）][^。：:；;，,|]{2,30}")
_STATUS = re.compile(r"^[（(【](?:已?废止|已?失效|全文|转载|附|图)[^）)】]{0,8}[)）】]")


def find_plan(copy: MappedText) -> int:
    """Return where the plan begins that a notice announces, at the line that repeats its title; else 0.

    What the notice itself counts (一、提高认识) comes before it and is no part of the plan.
    """
    paragraphs = list(copy.paragraphs())[:LETTER]
    lines = [copy.text[a:b].strip(DECORATION) for a, b in paragraphs]
    announced: set[str] = set()
    for i, line in enumerate(lines):
        if announced and any(bare("".join(lines[i:j])) in announced for j in range(i + 1, i + 4)):
            return paragraphs[i][0]
        announced.update(bare(name) for name in (*names_in(line), *matches("issued", [line], "title")) if ends_title(name))
    return 0


def find_title(copy: MappedText, head: Sequence[str], field: str | None, *, holds_plan: bool) -> str | None:
    """Return the title: of the plan itself, where a notice comes before it.

    ``field``: what the page says; ``holds_plan``: so much text follows the head that it must be the plan's.
    """
    if shown := _interpretation(copy, field):
        return shown
    bare_lines = [_plain(line, opening=not i) for i, line in enumerate(head)]
    names = [*(n for line in head for n in names_in(line)), *names_in("".join(head[:LETTER]))]
    annexes = list(matches("annex", head, "title"))
    annexes = annexes if len(annexes) == 1 else []
    lines = _rejoined(bare_lines, {bare(name) for name in (*names, *annexes)})
    candidates = [line for line in lines if looks_like_title(line)]
    announced = [*matches("issued", [field or "", *candidates], "title"), *names, *annexes]
    first = _in_full(field or next(iter(candidates), None), candidates)
    issued = next(matches("issued", [first or ""], "title"), None) if holds_plan else None
    title = (
        _reported(candidates, lines)
        or _announced(lines, announced)
        or issued
        or first
        or _within_prose(copy, head)
        or _headline(copy)
    )
    return _NUMBERED.sub("", title) if title else None


def find_notices(head: Sequence[str]) -> list[str]:
    """Return all lines of the head that could be titles, the notice's among them."""
    lines = _rejoined([_plain(line, opening=not i) for i, line in enumerate(head)], set())
    return [line for line in lines if looks_like_title(line)]


def matches(cue: str, lines: Sequence[str], group: str) -> Iterator[str]:
    """Yield what a cue finds in each line."""
    for line in lines:
        match = pattern("profile", cue).search(line)
        if match:
            yield match[group]


def names_in(line: str) -> list[str]:
    """Return what stands in 《》."""
    return re.findall("《((?:[^《》]|《[^《》]{2,40}》){4,80})》", line)


def bare(title: str) -> str:
    """Return a title without the marks in which its copies differ."""
    return re.sub(r"[\s《》〈〉<>“”\"（）()〔〕]", "", title)


def looks_like_title(line: str) -> bool:
    """Say whether a line could be a title by its length, its marks and its end."""
    if not 5 <= len(line) <= 90 or MARKER.match(line) or pattern("profile", "no_title").search(line):
        return False
    return ends_title(line)


def ends_title(line: str) -> bool:
    """Say whether a line ends with a kind of document, as titles do."""
    return pattern("profile", "title_end").search(line) is not None


def _interpretation(copy: MappedText, field: str | None) -> str | None:
    """Return the title of a page that explains a document: 图解《…》, …答记者问."""
    lines = _raw_lines(copy)
    said = pattern("profile", "explains")
    if copy.pinned.lstrip().startswith("# ") and lines and said.search(lines[0]) and len(lines[0]) <= 120:
        return lines[0]
    line = next((line for line in (field or "", *lines[:6]) if len(line) <= 90 and said.search(line)), None)
    run = re.match(r"(?P<title>[^。；]{6,80}?答记者问)(?=\S)", lines[0]) if lines else None
    return line or (run["title"] if run else None)


def _raw_lines(copy: MappedText) -> list[str]:
    """Return the first lines as the source breaks them, without blanks and marks of a heading."""
    raw = ("".join(line.split()) for line in copy.pinned[:_OPENING].splitlines())
    return [simplify(line.strip("#*！!")) for line in raw if line.strip("#*！!")]


def _announced(lines: Sequence[str], names: Sequence[str]) -> str | None:
    """Return the heading of the plan that a notice announces, where its text follows."""
    for line in reversed(lines):
        for name in names:
            if bare(line) == bare(name):
                return line
            if bare(line).startswith(bare(name)) and len(line) > len(name) + 20 and not line.startswith("《"):
                return name  # the plan's text runs on behind its title
    return None


def _reported(candidates: Sequence[str], lines: Sequence[str]) -> str | None:
    """Return the document's own title below a headline that reports its issue: 市政府印发某方案 above 某方案."""
    if not candidates or not pattern("profile", "report").search(candidates[0]):
        return None
    below = (line.lstrip("•·●") for line in lines[lines.index(candidates[0]) + 1 :])
    return next((line for line in below if len(line) >= 8 and looks_like_title(line) and bare(line) in bare(candidates[0])), None)


def _in_full(title: str | None, candidates: Sequence[str]) -> str | None:
    """Return the title in full where a page or a file heads it cut: 某市节水方案 above 某市2019年农业节水方案."""
    if title is None:
        return None
    for line in candidates:
        ends = line[:2] == title[:2] and line[-2:] == title[-2:] and "关于印发" not in line
        if ends and len(title) < len(line) <= len(title) + _ADDED and _holds(line, title):
            return line
    return title


def _holds(line: str, title: str) -> bool:
    """Say whether the characters of a title stand in a line in their order."""
    rest = iter(line)
    return all(char in rest for char in title)


def _within_prose(copy: MappedText, head: Sequence[str]) -> str | None:
    """Return the title with which a text on one line opens, or which its preamble says it makes."""
    opening = next(matches("run_on", head[:3], "title"), None)
    issued = next(matches("issued", [opening or ""], "title"), None)
    if issued and _runs_on(issued, copy.text[:_RUN]):
        return issued
    made = (title for title in matches("created", head[:6], "title") if pattern("profile", "placed").search(title))
    return opening or next(made, None)


def _runs_on(plan: str, text: str) -> bool:
    """Say whether the plan's own title stands in the text behind its notice, outside 《》, and its text follows."""
    places = [m.start() for m in re.finditer(re.escape(plan), text)]
    own = [at for at in places[1:] if text[at - 1 : at] not in ("《", "发", "布") and len(text) - at > FOLLOWS]
    return bool(own)


def _headline(copy: MappedText) -> str | None:
    """Return the first line of a text that says in its heading what happened, or names a kind that we do not know."""
    lines = _raw_lines(copy)
    for i, heading in enumerate(lines[:3]):
        short = 8 <= len(heading) <= 60 and not MARKER.match(heading)
        if (
            short
            and not pattern("profile", "no_headline").search(heading)
            and any(len(text) >= 40 for text in lines[i + 1 : i + 4])
        ):
            return heading
    return None


def _plain(line: str, *, opening: bool) -> str:
    """Return a line without what a page puts around a title."""
    line = _once(plain_title(_STATUS.sub("", line.strip(DECORATION)), opening=opening))
    return _QUOTED.sub(r"\1", line) if opening else line


def _once(line: str) -> str:
    """Return a line that a page shows twice in a row once, the first time perhaps as 某办〔2016〕92号《…》."""
    half = len(line) // 2
    if half >= 6 and line[:half] * 2 == line:
        return line[:half]
    match = re.match(r"[\u4e00-\u9fff]{2,10}[〔\[][\d]{4}[〕\]]\d{1,4}号《(?P<title>[^《》]+)》(?P=title)?$", line)
    return match["title"] if match else line


def _rejoined(lines: Sequence[str], names: Set[str]) -> list[str]:
    """Put a title that was set on several lines together, its years in brackets included; ``names``: titles that are known."""
    out: list[str] = []
    joined = 0
    for i, line in enumerate(lines):
        if i < joined:
            continue
        if joined <= i and (whole := _whole_notice(lines[i : i + _LINES])):
            out.append("".join(lines[i : i + whole]))
            joined = i + whole
        elif out and len(line) <= 45 and _goes_on(out[-1], line, names):
            out[-1] += line
        else:
            out.append(line)
    return out


def _whole_notice(lines: Sequence[str]) -> int:
    """Return how many lines a title takes that opens with a body or 关于 and ends with 的通知; 0 for one or none."""
    cut = "关于" in lines[0] and not _COMPLETE.search(lines[0]) and len(lines[0]) <= 60 and "关于" not in "".join(lines[1:])
    if not (re.search("关于", "".join(lines[:2])) and (_opens_title(lines[0]) or cut)):
        return 0
    for i, line in enumerate(lines[1:], 2):
        if not 2 <= len(line) <= 45 or MARKER.match(line) or re.search("[。：:；，|]|日$|号$", line):
            return 0
        if _COMPLETE.search(line):
            return i
    return 0


def _goes_on(title: str, line: str, names: Set[str]) -> bool:
    known = any(name.startswith(bare(title + line)) for name in names) and len(title) >= 4
    kind_alone = _is_beginning(title) and pattern("profile", "kind_alone").search(line) is not None
    years = ends_title(title) and looks_like_title(title) and _YEARS_FIRST.fullmatch(line) is not None and ends_title(line)
    return (
        known
        or kind_alone
        or years
        or _is_note_to(title, line)
        or (_opens_title(title) and (_closes_title(line) or _is_middle(line)))
    )


def _is_beginning(line: str) -> bool:
    """Say whether a line could be a title's first half: some place's or year's, and no sentence."""
    whole = re.search(r"^[〔\[［（(]|[。：:；，！？|]|[)）]$|号$|日$", line) is not None
    return 6 <= len(line) <= 40 and not whole and not MARKER.match(line) and not ends_title(line)


def _is_note_to(title: str, line: str) -> bool:
    bracket = re.fullmatch(r"[（(][^（()）]{2,24}(?<![号日])[)）]", line)
    return (
        bool(bracket)
        and bool(re.search(r"\d{4}|试行|征求意见|暂行|修订|草案|送审", line))
        and "公布" not in line
        and ends_title(title)
    )


def _opens_title(line: str) -> bool:
    begins = re.search("关于|(?:政府|办公[厅室]|委员会|管委会|国务院|中共中央|[厅局委部])$", line) is not None
    return begins and len(line) <= 60 and not ends_title(line) and not re.search("[。：:；，]$|日$", line)


def _closes_title(line: str) -> bool:
    return ends_title(line) and not MARKER.match(line) and not re.search("[。：:；]$", line)


def _is_middle(line: str) -> bool:
    """Say whether a line could stand in the middle of a title: 关于印发 | 某市…三年 | 行动计划的通知."""
    return line.startswith(("关于", "印发")) and len(line) <= 30 and not re.search("[。：:；，]", line)
