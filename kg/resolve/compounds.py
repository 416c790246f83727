"""Names made of several functions: 教体局, 科技和工业信息化局, 大气污染防治工作领导小组."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.registry import Registry

_ENDS = (
    "管理委员会", "工作委员会", "委员会", "办公室", "管理局", "管理处", "服务中心", "事务中心", "发展中心", "委办", "总局",
    "分局", "部门", "厅", "局", "委", "办", "部", "处", "科", "股", "署", "中心", "总站", "总队", "支队", "大队", "站", "所",
    "队",
)  # fmt: skip
_OFFICE = re.compile(r"(?:委员会|厅|局|委|部)$")
SHORTEST = 2  # characters that a stem has at least
_LONGEST = 20
# 文化广电体育和旅游局 is the usual 文旅局 with a further duty, no body of another kind
_CULTURE = "culture-tourism"
_GOES_WITH = {"体": "sports", "广": "radio-television", "新": "press-publication", "文物": "cultural-heritage"}
_IN_CULTURE = frozenset(("culture", "tourism", _CULTURE, *_GOES_WITH.values()))
_JOINT = re.compile(r"[和与及、·]|事务|管理|发展|建设|工作")
_STEM_KINDS = ("government", "vertical", "party")


def split_compound(
    words: str, registry: Registry, own: str | None = None, year: int | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the functions that make a body what it is and those that usually go with them, or ``None``.

    ``own`` is the function that the name is known to have: 园林和林业局 is 园林's, and what else stands in it goes with it.
    ``year`` is the document's: in 2021, 工商信局 is for 工业, 商务 and 信息化, for 工商 had ended.

    >>> from kg.registry import load_registry
    >>> split_compound("教体局", load_registry())
    (('education', 'sports'), ())
    >>> split_compound("文化广电体育和旅游局", load_registry(), "culture-tourism")
    (('culture-tourism',), ('sports', 'radio-television'))
    """
    if "领导小组" in words or "指挥部" in words:
        return None
    for stem in _without_end(words):
        if own == _CULTURE:
            return (own,), _with_culture(stem)
        known = stems(registry, year)
        parts = _segment(stem, known, stem if own is not None else None) if len(stem) <= _LONGEST else None
        if parts is None or len(parts) < 2 or own not in (None, parts[0]):
            continue
        if {"culture", "tourism"} <= {*parts} or _CULTURE in parts:
            rest = (part for part in parts if part not in _IN_CULTURE)
            return tuple(dict.fromkeys((_CULTURE, *rest))), _with_culture(stem)
        return parts, ()
    return None


def _with_culture(stem: str) -> tuple[str, ...]:
    return tuple(function for word, function in _GOES_WITH.items() if word in stem)


def find_stem(words: str, registry: Registry) -> str | None:
    """Return the function of 水务处 or 经济信息化发展局: a known stem with an end that the table does not list."""
    for stem in _without_end(words):
        if SHORTEST <= len(stem) <= _LONGEST:
            parts = _segment(stem, {word: key for word, key in stems(registry).items() if len(word) >= SHORTEST and word in stem})
            if parts is not None and len(parts) == 1:
                return parts[0]
    return None


def _without_end(words: str) -> Iterator[str]:
    """Yield the words without 局, 管理局 …: what 管理 belongs to is open in 城市管理局."""
    for end in _ENDS:
        if words.endswith(end) and len(words) > len(end) + 1:
            yield words[: -len(end)]


def _segment(words: str, known: Mapping[str, str], whole: str | None = None) -> tuple[str, ...] | None:
    """Return the functions that ``words`` are made of, or ``None``; the longest first part wins, but never ``whole``."""
    if not words:
        return ()
    for end in range(min(len(words), 12), 0, -1):
        function = known.get(words[:end]) if words[:end] != whole else None
        if function and (tail := _segment(words[end:], known)) is not None:
            return (function, *(part for part in tail if part != function))
    if joint := _JOINT.match(words):  # after the names: 发展 of 发展改革 is none
        return _segment(words[joint.end() :], known)
    return None


@lru_cache(maxsize=64)
def stems(registry: Registry, year: int | None = None) -> Mapping[str, str]:
    """Return what stands before 局, 委 … in the names of government and party bodies, with its function.

    A stem that ended before ``year`` is none where living ones make it up.
    """
    if year is not None:
        known = stems(registry)
        ended = {f.key for f in registry.functions.values() if f.until is not None and f.until + 1 < year}
        living = {stem: key for stem, key in known.items() if key not in ended}
        return {stem: key for stem, key in known.items() if key not in ended or _segment(stem, living) is None}
    found: dict[str, str] = {}
    for kind in _STEM_KINDS:
        for function in registry.functions.values():
            if function.kind != kind or function.instances:
                continue
            for short in function.short:
                found.setdefault(short, function.key)
            for name in function.names:
                match = _OFFICE.search(name.text)
                if match and match.start() >= SHORTEST and not name.own:
                    found.setdefault(name.text[: match.start()], function.key)
    return found


def find_topic(words: str, registry: Registry, *, first: bool = False) -> str | None:
    """Return the function of what a leading group or a centre is there for, or ``None`` where its name does not tell it.

    The longest topic in its name counts; with ``first`` one that the name begins with.

    >>> from kg.registry import load_registry
    >>> find_topic("大气污染防治工作领导小组办公室", load_registry())
    'ecology-environment'
    >>> find_topic("新型城镇化工作专班", load_registry()) is None
    True
    """
    topics, longest = _topics(registry)
    best: tuple[int, int, str] | None = None
    for start in range(1 if first else len(words)):
        for end in range(min(len(words), start + longest), start + 1, -1):
            if function := topics.get(words[start:end]):
                if best is None or end - start > best[0]:
                    best = (end - start, start, function)
                break
    return None if best is None else best[2]


@lru_cache(maxsize=4)
def _topics(registry: Registry) -> tuple[dict[str, str], int]:
    topics = {word: function.key for function in registry.functions.values() for word in function.topics}
    return topics, max(map(len, topics), default=0)
