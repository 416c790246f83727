"""Where a place is named: at the beginning of a name, somewhere in a text, in a document's number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.model import Region
from kg.registry import COUNTRY, Registry, short_name

_MARK = re.compile(r"[一-鿿]{2,11}?(?:特别行政区|自治区|自治州|自治县|自治旗|地区|省|市|盟|县|区|旗)")
_NO_PLACE_BEHIND = frozenset("路街道口大山河江湖海湾洋话药镇乡村屯寨")  # 上海路, 长沙镇; but 上海银监局
_LONGEST = 15


def find_place(words: str, registry: Registry, *, anywhere: bool = False) -> tuple[str, ...]:
    """Return the codes of the place that ``words`` open with, its districts too: 石家庄市长安区… is 长安区.

    >>> from kg.registry import load_registry
    >>> find_place("河北省石家庄市长安区教育局", load_registry())
    ('130102',)
    """
    for start in range(len(words) if anywhere else 1):
        codes, end = _place_at(words, start, registry)
        if not codes:
            continue
        while end < len(words):  # 石家庄市 → 长安区
            inner, stop = _place_at(words, end, registry)
            inner = tuple(code for code in inner if any(outer in registry.lineage(code)[1:] for outer in codes))
            if not inner:
                break
            codes, end = inner, stop
        return codes
    return ()


def find_all_places(words: str, registry: Registry) -> Iterator[tuple[str, ...]]:
    """Yield the codes of each place that ``words`` name, in reading order: of 武汉市、鄂州市 both."""
    at = 0
    while at < len(words):
        codes, end = _place_at(words, at, registry)
        if codes:
            yield codes
        at = end if codes else at + 1


def _place_at(words: str, start: int, registry: Registry) -> tuple[tuple[str, ...], int]:
    for end in range(min(len(words), start + _LONGEST), start + 1, -1):
        name = words[start:end]
        if name in registry.areas:
            return (registry.areas[name],), end
        codes = registry.places.get(name)
        if codes and COUNTRY not in codes and (len(name) > 2 or _whole(name, words, end, registry)):
            return codes, end
    return (), start


def _whole(name: str, words: str, end: int, registry: Registry) -> bool:
    """Say whether two characters are a place and not the beginning of a longer word: 上海 in 上海银监局, not in 上海路."""
    full = all(registry.regions[code].name == name for code in registry.places[name])
    return full or words[end : end + 1] not in _NO_PLACE_BEHIND or words[end : end + 2] in registry.places  # 徐州镇江两市


def count_names(text: str, registry: Registry) -> Counter[str]:
    """Count the names of places that ``text`` writes in full: 石家庄市, 雄安新区."""
    names: Counter[str] = Counter()
    for match in _MARK.finditer(text):
        word = match[0]
        tails = (word[i:] for i in range(len(word) - 2))
        name = next((tail for tail in tails if tail in registry.places or tail in registry.areas), None)
        if name is not None and len(name) > 2:
            names[name] += 1
    return names


def count_places(text: str, registry: Registry) -> Counter[str]:
    """Count the places that ``text`` writes in full; of namesakes, the one whose city or province stands there too."""
    found: Counter[str] = Counter()
    names = count_names(text, registry)
    for name, number in names.items():
        codes = codes_of(name, registry)
        if len(codes) > 1:
            codes = tuple(
                code for code in codes if any(registry.regions[up].name in names for up in registry.lineage(code)[1:-1])
            )
        if len(codes) == 1:
            found[codes[0]] += number
    return found


def codes_of(name: str, registry: Registry) -> tuple[str, ...]:
    """Return the codes of all places of that name."""
    codes = (registry.areas[name],) if name in registry.areas else registry.places.get(name, ())
    return tuple(code for code in codes if code != COUNTRY)


def count_inner(text: str, registry: Registry) -> dict[str, int]:
    """Return how many of its own districts and counties ``text`` names, for each city; a namesake counts for every one.

    >>> from kg.registry import load_registry
    >>> count_inner("长安区、桥西区、裕华区和正定县", load_registry())["130100"]
    4
    """
    inner: Counter[str] = Counter()
    for name in count_names(text, registry):
        parents = {registry.regions[code].parent for code in codes_of(name, registry)}
        inner.update(parent for parent in parents if parent and parent != COUNTRY)
    return inner


def common_parent(places: Iterable[tuple[str, ...]], registry: Registry) -> str | None:
    """Return the region that holds all of ``places``, below the country: 武汉市、鄂州市 → 湖北省."""
    shared: set[str] | None = None
    chain: tuple[str, ...] = ()
    for codes in places:
        above = {up for code in codes for up in registry.lineage(code)[1:]}
        shared = above if shared is None else shared & above
        chain = chain or registry.lineage(codes[0])[1:]
    return next((code for code in chain if shared and code in shared and code != COUNTRY), None)


def find_by_number(number: str, registry: Registry) -> tuple[str, ...]:
    """Return the codes of the places that a document's number may begin with; the tables' ones first.

    >>> from kg.registry import load_registry
    >>> find_by_number("沪府办规〔2025〕5号", load_registry())
    ('310000',)
    """
    stems = next((codes for n in (4, 3, 2) if (codes := _by_stem(registry).get(number[:n]))), ())
    if stems:  # 鄂州政发 is not 鄂's
        return stems
    known = next((registry.abbreviations[number[:n]] for n in (3, 2, 1) if number[:n] in registry.abbreviations), ())
    if known == (COUNTRY,):
        return known
    return tuple(dict.fromkeys((*known, *_by_letter(registry).get(number[:1], ()))))


@lru_cache(maxsize=4)
def _by_stem(registry: Registry) -> dict[str, tuple[str, ...]]:
    """Return cities and counties by their name without its kind."""
    found: dict[str, tuple[str, ...]] = {}
    for region in registry.regions.values():
        if region.level in ("prefecture", "county") and (stem := short_name(region.name)) != region.name:
            found[stem] = (*found.get(stem, ()), region.code)
    return found


def find_in_file_name(stem: str, registry: Registry) -> tuple[str, ...]:
    """Return the codes of all places that a whole part of a file's name, or the part before its year, spells in pinyin.

    >>> from kg.registry import load_registry
    >>> find_in_file_name("07_chizhou_gongkai2022", load_registry()), find_in_file_name("chizhougongkai", load_registry())
    (('341700',), ())
    """
    for part in re.split(r"[\s_.,()（）\[\]【】-]+", stem.lower()):
        word = re.sub(r"\d{4,8}$", "", part)
        if len(word) >= 5 and (codes := registry.romanized.get(word, ())):  # shorter ones are words too: xian
            return codes
    return ()


@lru_cache(maxsize=4)
def _by_letter(registry: Registry) -> dict[str, tuple[str, ...]]:
    """Return cities and counties by the first character of their name: 石 → 石家庄市, 石狮市 …."""
    found: dict[str, tuple[str, ...]] = {}
    for region in registry.regions.values():
        if region.level in ("prefecture", "county") and region.code.isdigit():
            found[region.name[0]] = (*found.get(region.name[0], ()), region.code)
    return found


def is_alive(region: Region, year: int | None, registry: Registry) -> bool:
    """Say whether a place or one of its names was there in that year."""
    if year is None:
        return True
    ended, began = registry.ended.get(region.code), registry.since.get(region.code)
    return (ended is None or year <= ended) and (began is None or year >= began - 1 or bool(registry.former_names(region.code)))
