"""Which titles in one document mean the same policy: a number and its title, a short and a full title, the document itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.citations.numbers import normalize_number
from kg.extract.citations.relations import issuer_in_title
from kg.extract.citations.short_names import bare
from kg.model import Citation, Level
from kg.resolve.policies import normalize_title

_PLACE = re.compile(r"(?:中共)?[\u4e00-\u9fff]{2,8}?(?:省|自治区|市|自治州|自治县|县|区)(?=.{5})")
_YEARS = re.compile(r"20\d\d|十[一二三四五]?五")
Mentions = Mapping[str, Sequence[Citation]]


def same_titles(mentions: Mentions, own: str | None) -> dict[str, str]:
    """Return for a title or number, by which the document goes on, the one that it means; ``own``: the document's title."""
    meant = _of_numbers(mentions)
    meant.update(_of_full_titles(mentions))
    for title, same in mentions.items():
        if own and title != own and any(citation.relation == "self" for citation in same) and _is_edition(title, own):
            meant[title] = own
    return meant


def _of_numbers(mentions: Mentions) -> dict[str, str]:
    """Return the title for each number that the document gives with a title somewhere: 国发〔2018〕39号 → 某意见."""
    found: dict[str, str] = {}
    for title, same in mentions.items():
        for number in {normalize_number(citation.number) for citation in same if citation.number} - {title}:
            found.setdefault(number, title)
    return found


def _of_full_titles(mentions: Mentions) -> dict[str, str]:
    """Return the full title for what stands without issuer or place elsewhere: 关于某事的意见 → 国务院关于某事的意见.

    Where two full titles fit, or the short one is said to be of another level, nothing is decided.
    """
    cores: dict[str, list[str]] = {}
    for title in mentions:
        for core in _cores(title):
            cores.setdefault(normalize_title(core), []).append(title)
    found: dict[str, str] = {}
    for title, same in mentions.items():
        full = [other for other in cores.get(normalize_title(title), ()) if other != title]
        if len(full) == 1 and _level(same) in ("unknown", _level(mentions[full[0]])):
            found[title] = full[0]
    return found


def _cores(title: str) -> Iterator[str]:
    """Yield a title without the issuer, or without the place, with which it opens."""
    if issuer := issuer_in_title(title):
        yield title[len(issuer) :]
    elif place := _PLACE.match(title):
        yield title[place.end() :]


def _level(citations: Sequence[Citation]) -> Level:
    return next((citation.level for citation in citations if citation.level != "unknown"), "unknown")


def _is_edition(title: str, own: str) -> bool:
    """Say whether a title is the document's own, perhaps without its years, and not an earlier edition."""
    return bare(title) == bare(own) and set(_YEARS.findall(title)) <= set(_YEARS.findall(own))
