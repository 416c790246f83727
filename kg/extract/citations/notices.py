"""The notice that issues a plan (关于印发某规划的通知), where the document is the plan with its notice above."""

from __future__ import annotations

import re

from kg.extract.citations.short_names import bare, issued_by
from kg.model import Notice, Profile
from kg.text import MappedText

HEAD = 4000  # characters in which the notice's title stands
_ENDS = re.compile(r"(?<=的)(?:通知|公告|通告|函|决定|命令|令)(?![》〉])")
_BEGINS = re.compile(r"[\n。；：:|｜\s>\])）]|(?<=[A-Za-z/])(?=[\u4e00-\u9fff])")
LONGEST = 160


def find_notice(copy: MappedText, profile: Profile) -> Notice | None:
    """Return the notice that issues the document's own plan; ``None`` where the document is no plan or stands alone."""
    if profile.title is None or issued_by(profile.title):
        return None
    own, head = bare(profile.title), copy.text[:HEAD]
    for end in _ENDS.finditer(head):
        for begin in _begins(head, end.end()):
            title = re.sub(r"\s", "", head[begin : end.end()])
            issued = issued_by(title)
            if issued is not None and bare(issued) == own:
                return Notice(
                    title, profile.number, profile.issuer, profile.date, copy.evidence(begin, end.end(), "notices.title")
                )
    return None


def _begins(head: str, end: int) -> list[int]:
    """Return where a title that ends here may begin: behind a stop, the nearest first; it may run over two lines."""
    low = max(0, end - LONGEST)
    found = [low + match.end() for match in _BEGINS.finditer(head[low:end])]
    return [at for at in ([0] if low == 0 else []) + found if end - at >= 10][::-1]
