"""What stands before or inside a body's name and is not its own: a level mark (市) or a place (石家庄)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Region
from kg.registry import COUNTRY, Registry, short_name
from kg.resolve.regions import Scope, short_places

_LEVELS = (
    ("national", ("国务院", "国家", "中央", "全国")),
    ("province", ("自治区", "省级", "省", "区党委")),
    ("prefecture", ("自治州", "州级", "州", "盟", "地区")),
    ("city", ("市级", "市属", "市")),
    ("county", ("区级", "县级", "区", "县", "旗")),
    ("township", ("镇", "乡", "街道")),
)
# 市场, 市政, 市民: 市 belongs to the word
_NO_MARK = re.compile(
    r"市(?:场|政(?!府|协|法|数|务|研)|容|民(?!政|族|宗|生|营|盟|进|建|革|主|防|航|用|间|委)|郊)|区(?:域|块)|县域|省际"
    r"|乡(?:村|镇)|镇江|国家(?:电网|铁路集团|开发银行|能源集团|电投)"
)
_LEAGUE = re.compile(r"^(?:共青)?团(省|市|区|县|州|旗|盟)委(?:员会)?$")
_PREFECTURE = re.compile(r"^地(?=委|直)")  # 地委组织部 of 喀什地区
_BRANCH = ("分局", "支局", "大队", "支队", "分公司")
_BRANCH_OF = re.compile(r"^[省市州](?=.{2})")
_TWO_PLACES = re.compile(r"、|[省市县区州旗](?:和|与|及)")
_TOWN = re.compile(r"(?:镇|乡|街道)(?:党委|人民政府|办事处|党工委|办)?")
_LANDSCAPE = re.compile(r"[山湖岛湾](?!.*海关$)")  # 长白山 is not 长白's
_MARKS = {"省": "province", "市": "city", "州": "prefecture", "盟": "prefecture", "区": "county", "县": "county", "旗": "county"}


@dataclass(frozen=True, slots=True)
class Parse:
    """A name taken apart; without mark and place it is the name as it stands."""

    rest: str
    mark: str | None = None  # the level that the name speaks of: "city"
    places: tuple[str, ...] = ()  # codes of the place in it; several where there are namesakes
    embedded: bool = False  # the place stands inside: 人民银行宿州市中心支行
    short: bool = False  # the place goes without its kind: 上海 in 上海金融监管局

    @property
    def plain(self) -> bool:
        """Say whether neither a mark nor a place was taken off."""
        return self.mark is None and not self.places


def split_prefix(name: str, scope: Scope, registry: Registry) -> Iterator[Parse]:
    """Yield the ways to take a name apart, the plainest first.

    >>> from kg.registry import load_registry
    >>> registry = load_registry()
    >>> shijiazhuang = Scope(registry.regions["130100"], "prefecture", 2023, "130100")
    >>> [(parse.mark, parse.places, parse.rest) for parse in split_prefix("市教育局", shijiazhuang, registry)]
    [(None, (), '市教育局'), ('city', (), '教育局')]
    """
    yield Parse(name)
    bare = name.removeprefix("中共").removeprefix("中国共产党")
    if match := _LEAGUE.match(bare):
        yield Parse("团委", _MARKS[match[1]])
    for level, words in _LEVELS:
        for word in words:
            if bare.startswith(word) and len(bare) > len(word) and not _NO_MARK.match(bare):
                yield Parse(bare[len(word) :], level)
    if _PREFECTURE.match(bare):
        yield Parse(bare[1:], "prefecture")
    yield from _with_place(bare, scope, registry)
    if bare != name:
        yield Parse(bare)


def _with_place(name: str, scope: Scope, registry: Registry) -> Iterator[Parse]:
    """Yield the name without the place that stands in it, at each spot where one does."""
    joined = _TWO_PLACES.search(name) is not None
    for start in range(len(name)):
        if start and joined:  # 襄阳市、宜昌市人民政府: two places, not one within the other
            return
        for end in range(min(len(name), start + 15), start + 1, -1):
            codes = _codes(name, start, end, scope, registry)
            if not codes or COUNTRY in codes:
                continue
            head, rest = name[:start], name[end:]
            if not head:
                codes, rest = _inner_place(codes, rest, registry)
            elif rest in _BRANCH:  # 市公安局长安分局 is the district's
                front = next((head[:cut] for cut in range(min(len(head) - 2, 12), 1, -1) if head[:cut] in registry.places), "")
                head = _BRANCH_OF.sub("", head.removeprefix(front)).removesuffix("局").removesuffix("委")
            short = not any(registry.regions[code].name == name[start:end] for code in codes)
            yield Parse(head + rest, None, codes, start > 0, short)
            break


def _codes(name: str, start: int, end: int, scope: Scope, registry: Registry) -> tuple[str, ...]:
    """Return the places that ``name[start:end]`` can be, those near the document's region before all others."""
    word = name[start:end]
    codes = _alive(registry.places.get(word, ()), scope, registry)
    if scope.region is None or end == len(name):
        return codes
    if len(word) == 2 and _LANDSCAPE.match(name, end):
        return ()
    home = [registry.regions[code] for code in registry.lineage(scope.region.code)[:-1]]
    if own := next((region for region in home if word in (region.name, short_name(region.name))), None):
        return (own.code,)
    if around := tuple(code for code in codes if code[:2] == scope.region.code[:2]):
        return around
    near = short_places(registry, scope.region.code).get(word)
    return (near,) if near is not None and near.isdigit() else codes  # 两江新区 is a zone, known by what its name looks like


def _inner_place(codes: tuple[str, ...], rest: str, registry: Registry) -> tuple[tuple[str, ...], str]:
    """Go on from a city to the district that is named after it: 石家庄市 → 长安区."""
    for length in range(min(len(rest), 12), 2, -1):
        inner = tuple(code for code in registry.places.get(rest[:length], ()) if set(registry.lineage(code)[1:]) & set(codes))
        if inner:
            return _inner_place(inner, rest[length:], registry)
    if len(codes) == 1:  # 玉林市北流生态环境局: the county without its kind, where a body of its own is left
        short = short_places(registry, codes[0])
        for length in range(min(len(rest), 5), 1, -1):
            names = registry.names.get(rest[length:], ()) if rest[:length] in short else ()
            if any(registry.functions[name.function].kind != "zone" for name in names):  # 西湖 in 西湖风景名胜区 is the lake
                return (short[rest[:length]],), rest[length:]
    return codes, rest


def _alive(codes: tuple[str, ...], scope: Scope, registry: Registry) -> tuple[str, ...]:
    """Leave out places that were no more in the document's year."""
    if scope.year is None or not codes:
        return codes
    return tuple(code for code in codes if code not in registry.ended or scope.year <= registry.ended[code])


def pick_place(places: tuple[str, ...], scope: Scope, registry: Registry) -> str | None:
    """Return the one of several namesakes that lies in or above the document's region."""
    if len(places) < 2 or scope.region is None:
        return places[0] if len(places) == 1 else None
    home = registry.lineage(scope.region.code)
    for depth, ancestor in enumerate(home):
        for near in (
            [code for code in places if code in home[: depth + 1]],
            [code for code in places if ancestor in registry.lineage(code)],
        ):
            if near:
                return near[0] if len(near) == 1 else None
    return None


def region_of(mark: str | None, scope: Scope, registry: Registry) -> tuple[Region | None, bool]:
    """Return the region that a level mark means in this document, and whether it means each one below instead.

    In 石家庄's document 市 is the city itself, 省 is 河北, and 区 is each of its districts.
    """
    home = scope.region
    if home is None:
        return None, False
    if mark is None:
        return home, False
    if mark == "township":  # the towns have no code; their own documents speak of one
        return home, _TOWN.search(scope.issuer or "") is None
    if mark == "national":
        return registry.regions[COUNTRY], False
    chain = [registry.regions[code] for code in registry.lineage(home.code)]
    for region in chain:
        if _called(mark, region):
            return region, False
    if mark == "city" and home.level == "county":  # 市 in a document of a county right under its province
        return chain[1], False
    return home, True


def _called(mark: str, region: Region) -> bool:
    if region.level == "province":
        return mark == ("city" if region.name.endswith("市") else "province") or (
            mark == "county" and region.name.endswith("自治区")
        )
    if region.level == "prefecture":
        return mark in ("city", "prefecture")
    if region.level == "county":
        return mark == "county" or (mark == "city" and region.name.endswith("市"))
    return False
