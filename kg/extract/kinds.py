"""Whether a document sets work: a plan, an opinion, a notice; not a reply, a commendation, rules, an interview, a news report."""

from __future__ import annotations

from collections.abc import Sequence

from kg.cues import first, load_cues, pattern
from kg.model import Profile
from kg.sections import Block
from kg.text import MappedText

ARTICLES = 3  # a text with so many articles (第三条) is a regulation, unless it is called a plan
HEAD = 700  # characters in which a document says what it is
LONGEST_TITLE = 90
ASKED = 2  # questions that make an interview


def sets_work(profile: Profile, blocks: Sequence[Block], copy: MappedText) -> bool:
    """Say whether a document's items are work to be done even where nobody is named."""
    if _is_rules(profile, copy.text) or _says_otherwise(profile, copy, blocks):
        return False
    return profile.kind is not None or any(block.family != "plain" for block in blocks)


def is_plan(profile: Profile) -> bool:
    """Say whether a document is called a plan, so that its articles (第一条) are work: 若干措施, 工作方案."""
    return profile.kind is not None and pattern("profile", "plan").search(profile.kind) is not None


def _is_rules(profile: Profile, text: str) -> bool:
    issued = pattern("profile", "issued").search(profile.title or "")
    for name in (profile.kind, issued["title"] if issued else None):
        if name is not None and pattern("profile", "rules").search(name):
            return True
    articles = sum(1 for _ in pattern("profile", "article").finditer(text))
    return articles >= ARTICLES and not is_plan(profile)


def _says_otherwise(profile: Profile, copy: MappedText, blocks: Sequence[Block]) -> bool:
    """Say whether title or first lines name a sort of document that asks for no work."""
    cues = load_cues()
    lines = [copy.text[a:b] for a, b in copy.paragraphs(0, min(HEAD, len(copy.text)))]
    titles = [profile.title or "", *(line.strip("|*# ") for line in lines if len(line) <= LONGEST_TITLE)]
    if any(first(cues["no_work_title"], title) for title in titles if title):
        return True
    opening = copy.text[: blocks[0].start if blocks else HEAD][: 3 * HEAD]  # what the items say is no word on the document
    asked = sum(1 for _ in pattern("no_work", "question").finditer(copy.text))
    return asked >= ASKED or any(cue.pattern.search(opening) for cue in cues["no_work"] if cue.id != "question")
