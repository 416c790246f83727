"""What a document says of itself: title, issuer, number, date, period, kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.cues import first, load_cues, pattern
from kg.extract.profile.fields import find_fields
from kg.extract.profile.periods import ZEROS, find_named_period, find_period, is_of_its_time, year_in_characters
from kg.extract.profile.titles import ends_title, find_notices, find_plan, find_title, matches
from kg.model import Profile
from kg.sections import Block, number_value
from kg.text import MappedText

__all__ = ["find_plan", "read_profile"]

# a party committee and its government sign together: the first is the issuer
_JOINT = re.compile(r"^(中共[\u4e00-\u9fff]{2,14}?委(?:员会)?(?:办公[厅室])?)[\u4e00-\u9fff]{2,14}人民政府(?:办公[厅室])?$")
_FOR_IT = re.compile(r"[（(][\u4e00-\u9fff]{2,30}代章?[)）]")  # below who signs: （某市水利局代章）
_ABOUT = ("政策解读", "新闻")  # what speaks of a document is not its issuer's
HEAD = 1500  # characters in which a text without items says what it is
PLAN = 1500  # characters behind a notice that are more than the notice's own
TAIL = 400  # characters in which a signature stands at the end
_RUN_ON = 3000  # characters in which a notice on one line is signed


def read_profile(copy: MappedText, blocks: Sequence[Block], *, tabular: bool = False) -> Profile:
    """Return what the lines before the first item and the signature say; ``tabular``: the document is a table of tasks."""
    head_end = blocks[0].start if blocks else min(len(copy.text), HEAD)
    head = [copy.text[a : min(b, head_end)] for a, b in copy.paragraphs() if a < head_end]
    foot = max(len(copy.text) - TAIL, head_end if blocks else 0)
    tail = [copy.text[a:b] for a, b in copy.paragraphs() if a >= foot]
    fields = _fields(copy.text[:head_end])
    title = find_title(copy, head, fields.get("title"), holds_plan=len(copy.text) - head_end > PLAN)
    issuer, signed = _signature(copy, head, tail, [title or "", *find_notices(head)], fields)
    number = fields.get("number") or next(_numbers(head), None)
    if order := next((match for line in head[:8] if (match := pattern("profile", "order").search(line))), None):
        issuer = issuer or order["issuer"]
        number = number or next((f"{order['issuer']}令{core}" for core in matches("order_number", head[:8], "number")), None)
    kind = _kind(title, copy.text, tabular=tabular)
    if kind not in _ABOUT:
        issuer = issuer or next(filter(_signer, matches("passed_on", head[:8], "issuer")), None)
    named, numbered = find_named_period(title, head), _year_of(number)
    if signed is None and (shown := _shown(head, fields, official=issuer is not None)):
        signed = shown if is_of_its_time(shown, title, named, numbered, copy.text) else None
    return Profile(title, issuer, number, signed, find_period(title, named, signed or numbered, copy.text), kind)


def _fields(text: str) -> Mapping[str, str]:
    """Return the page's fields whose values are what they should be; of several the first."""
    found: dict[str, str] = {}
    for field in find_fields(text):
        value: str | None = field.value
        if field.meaning == "title":
            value = _titled(field.value)
        elif field.meaning in ("issuer", "site"):
            value = _signer(re.split(r"[;；,，/]", field.value)[0])
        elif field.meaning == "number":
            value = next(matches("number", [field.value], "number"), None)
        elif field.meaning in ("written", "shown", "uploaded"):
            value = next(_dates("date", [field.value]), None)
        if value:
            found.setdefault(field.meaning, value)
    return found


def _titled(value: str) -> str | None:
    """Return a field's value as a title, without the text that runs on behind it."""
    if 6 <= len(value) <= 120 and ends_title(value):
        return value
    return next(matches("run_on", [value], "title"), value if 6 <= len(value) <= 90 and "关于" in value else None)


def _signer(words: str) -> str | None:
    return words if 2 <= len(words) <= 40 and pattern("profile", "signer").search(words) else None


def _kind(title: str | None, text: str, *, tabular: bool) -> str | None:
    """Return what sort of document it is, by its title's last word, else by how the text is written."""
    if title and pattern("profile", "explains").search(title):
        return "政策解读"
    if title and (match := pattern("profile", "kind").search(title)):
        issued = next(matches("issued", [title], "title"), "")
        plan = pattern("profile", "kind").search(issued)  # a running head names the notice, the text is the plan's
        return plan["kind"] if plan and not pattern("profile", "letter").search(text[:HEAD].replace(title, "")) else match["kind"]
    if tabular:
        return "任务分解表"
    cue = first(load_cues()["sort"], (title or "") + "\n" + text[:600])
    return cue.says if cue else next(matches("made_kind", [text[:HEAD]], "kind"), None)


def _numbers(head: Sequence[str]) -> Iterator[str]:
    yield from (number for number in matches("decreed", head[:8], "number") if number)
    yield from matches("number", [line for line in head[:12] if len(line) < 60], "number")
    yield from matches("number_run_on", [line[:200] for line in head[:12] if len(line) >= 60], "number")


def _year_of(number: str | None) -> str | None:
    year = re.search(r"[〔\[［(（](20\d\d)", number or "")
    return year[1] if year else None


def _signature(
    copy: MappedText, head: Sequence[str], tail: Sequence[str], titles: Sequence[str], fields: Mapping[str, str]
) -> tuple[str | None, str | None]:
    """Return issuer and date: from fields, from the lines above a date that stands alone, or from a title.

    Who shows the page counts only where nobody else is named.
    """
    issuer, date = fields.get("issuer"), fields.get("written")
    for lines in (head, tail):
        for i, line in enumerate(lines):
            stamp, signer = next(_dates("date_alone", [line]), None), _signer_above(lines[:i])
            if stamp and (signer or lines is tail or "年" in line):  # 2024-06-03 below a title is the page's
                date, issuer = date or stamp, issuer or signer
            elif signer and lines is head and pattern("profile", "date_torn").search(line):
                issuer = issuer or signer
    if issuer is None or date is None:
        signer, stamp = _signed_within(copy)
        issuer, date = issuer or signer, date or stamp
    site = fields.get("site")
    issuer = issuer or next(matches("issuer_in_title", titles, "issuer"), None) or site
    issuer = site if site and issuer and site.endswith(issuer) else issuer  # 区人民政府办公室 in the title
    issuer = _JOINT.sub(r"\1", _first_of(issuer, copy)) if issuer else None
    said = (date for cue in ("decreed", "delivered", "date_issued") for date in _dates(cue, head[:8]))
    return issuer, date or next(said, None)


def _shown(head: Sequence[str], fields: Mapping[str, str], *, official: bool) -> str | None:
    """Return since when a page is shown; when somebody put a paper on the web that nobody signs says nothing of it."""
    uploaded = fields.get("uploaded") if official else None
    unlabelled = (date for cue in ("stamped", "date_alone") for date in _dates(cue, head[:8]))
    return fields.get("shown") or uploaded or (next(unlabelled, None) if official or "uploaded" not in fields else None)


def _first_of(issuer: str, copy: MappedText) -> str:
    """Return the first of several bodies that sign a title together, which the source sets apart by a blank."""
    spaced = re.search(r"\s*".join(map(re.escape, issuer)), copy.pinned[:_RUN_ON])
    bodies = spaced[0].split() if spaced else []
    if bodies[:1] == ["中共中央"]:
        return issuer
    return bodies[0] if len(bodies) > 1 and all(_signer(body) and len(body) > 2 for body in bodies) else issuer


def _signed_within(copy: MappedText) -> tuple[str | None, str | None]:
    """Return who signs, and when, in the midst of a line: 请遵照执行。某市人民政府2019年6月28日（此件公开发布）."""
    for text in (_with_digits(copy.text[:_RUN_ON]), _with_digits(copy.text[-TAIL:])):
        for match in pattern("profile", "signed").finditer(text):
            stamp = next(_dates("date", [match["date"]]), None)
            signer = _signer(match["issuer"])
            if stamp and signer:
                return signer, stamp
    return None, None


def _signer_above(lines: Sequence[str]) -> str | None:
    """Return the first of the bodies that sign: those right above the date."""
    signer = None
    for line in reversed(lines):
        if signer is None and _FOR_IT.fullmatch(line):
            continue
        if not (2 <= len(line) <= 40 and pattern("profile", "signer").search(line) and not re.search("[，。：:；、]", line)):
            break
        signer = re.sub(r"[（(](?:代|章|印章|盖章|代章|公章)[)）]$", "", line)
    return signer


def _dates(cue: str, lines: Sequence[str]) -> Iterator[str]:
    for line in map(_with_digits, lines):
        match = pattern("profile", cue).search(line)
        if match and 1 <= int(match["m"]) <= 12 and 1 <= int(match["d"]) <= 31:
            yield f"{int(match['y']):04d}-{int(match['m']):02d}-{int(match['d']):02d}"


def _with_digits(text: str) -> str:
    """Return a text with its dates in digits: 二〇一七年二月二十四日."""
    return pattern("profile", "date_in_words").sub(_digits, text)


def _digits(match: re.Match[str]) -> str:
    year = year_in_characters(match["y"].translate(ZEROS))
    return f"{year}年{number_value(match['m'])}月{number_value(match['d'])}日"
