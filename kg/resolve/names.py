"""What a body's name says: of which place or level, and of which function."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kg.model import Region
from kg.registry import COUNTRY, Function, Name, Registry, compile_pattern
from kg.resolve.regions import Scope, short_places

Sort = Literal["function", "generic", "unknown"]
How = Literal["name", "compound", "part", "pattern", "place"]

_JUNK = re.compile(r"[\s“”\"'‘’《》<>*#]|等$|[;；。,，、]+$|^[、,，;；]+")
# what stands before the name of the body itself
_LEVELS = (
    ("national", ("国务院", "国家", "中央", "全国")),
    ("province", ("自治区", "省级", "省", "区党委")),
    ("city", ("自治州", "市级", "市属", "市", "州", "盟", "地区")),
    ("county", ("区级", "县级", "区", "县", "旗")),
)
# 市场, 市政, 市民: 市 belongs to the word
_NO_MARK = re.compile(
    r"市(?:场|政(?!府|协|法|数|务|研)|容|民(?!政|族|宗|生|营|盟|进|建|革|主|防|航|用|间|委)|郊)|区(?:域|块)|县域|省际"
    r"|国家(?:电网|铁路集团|开发银行|能源集团|电投)"
)
_PARTY = re.compile(r"^(?:党?委(?:员会)?(?:[、和]?(?:省|市|区|县|州)?(?:人民)?政府)?|(?:人民)?政府)(?=.{2})")
_BRANCH_OF = re.compile(r"^[省市州](?=.{2})")
_LEAGUE = re.compile(r"^(?:共青)?团(省|市|区|县|州|旗|盟)委(?:员会)?$")
_BRACKET = re.compile(r"\([^()]*\)$|\([^()]*$|\([^()]*\)(?=(?:局|委|办)$)")
_ENDS = re.compile(
    r"(?:管理委员会|工作委员会|委员会|办公室|管理局|管理处|服务中心|事务中心|发展中心|委办|总局|分局|部门|厅|局|委|办|部|处|科|股|署"
    r"|中心|总站|总队|支队|大队|站|所|队)$"
)
_CENTRE = re.compile(r"(?:中心|所|站|院|馆|总队|支队|大队|队|处|段|台|集团|公司|企业|基金会|学校|科|股)$")
_OFFICE = re.compile(r"(?:委员会|厅|局|委|部)$")
_SHORT_STEMS = 2
_WITH_CULTURE = ("culture", "tourism", "sports", "radio-television", "culture-tourism", "press-publication", "cultural-heritage")
_JOINT = re.compile(r"[和与及、·]|事务|管理|发展|建设|工作")
_NATIONAL_END = ("部", "总局", "署")
_NATIONAL_START = (
    "中央", "中共中央", "国家", "国务院", "全国", "中国", "中华", "中宣", "中组", "中编", "中纪", "中办", "中农", "中财",
    "国办", "国管", "国铁", "国新", "最高", "党中央", "央行", "全总", "团中央", "军委", "总参", "总政", "总后", "国防部", "国合",
    "武警部队", "长江", "珠江", "黄河水利", "太湖流域",
)  # fmt: skip
_LOCAL_VERTICAL = ("会",)  # 证监会, 银保监会: their local offices are called 局


@dataclass(frozen=True, slots=True)
class Reading:
    """How a name can be read; ``rest`` is what is left once place and level are off."""

    sort: Sort
    function: str | None  # its key; of a generic body, the generic's key
    extra: tuple[str, ...]  # further functions of a compound
    mark: str | None  # the level that the name speaks of: "city"; None = elided
    region: str | None  # code of the place in the name
    places: tuple[str, ...]  # of namesakes, all
    rest: str
    name: Name | None
    how: How
    embedded: bool = False  # the place stands inside: 人民银行宿州市中心支行


def normalize(name: str) -> str:
    """Return a name in the form in which names are compared.

    >>> normalize("各县（市、区） 政府等")
    '各县(市、区)政府'
    """
    return _JUNK.sub(
        "", unicodedata.normalize("NFKC", name).replace("〔", "(").replace("〕", ")").replace("[", "(").replace("]", ")")
    )


def read_name(name: str, scope: Scope, registry: Registry, *, group: bool = False) -> Reading:
    """Return the best reading of a normalised name; ``group`` says that the text marks it as a group or as vague."""
    parses = list(_parses(name, scope, registry))
    # 市水务集团 is the city's 水务集团, 石家庄循环化工园区 the 循环化工园区 of 石家庄
    marked = sorted((parse for parse in parses if not parse[3]), key=lambda parse: (parse[0] is None, not parse[1]))
    for read in (_exact, _bracketless, _generic, _whole_place, _as_group, _compound, _other_end, _office, _part, _pattern):
        if read is _as_group and not group:
            continue
        for mark, places, rest, embedded in marked if read in (_as_group, _pattern) else parses:
            if found := read(rest, mark, places, scope, registry):
                sort, function, extra, alias, how = found
                return Reading(sort, function, extra, mark, _pick(places, scope, registry), places, rest, alias, how, embedded)
    mark, places, rest, embedded = parses[-1] if len(parses) > 1 else parses[0]
    return Reading("unknown", None, (), mark, _pick(places, scope, registry), places, rest, None, "name", embedded)


Parse = tuple[str | None, tuple[str, ...], str, bool]
Found = tuple[Sort, str | None, tuple[str, ...], Name | None, How]


def _parses(name: str, scope: Scope, registry: Registry) -> Iterator[Parse]:
    """Yield (level mark, codes of the place, rest, whether the place stood inside), the plainest first."""
    yield None, (), name, False
    bare = name.removeprefix("中共").removeprefix("中国共产党")
    if match := _LEAGUE.match(bare):
        yield _mark(match[1]), (), "团委", False
    for level, words in _LEVELS:
        for word in words:
            if bare.startswith(word) and len(bare) > len(word) and not _NO_MARK.match(bare):
                yield level, (), bare[len(word) :], False
    yield from _with_place(bare, scope, registry)
    if bare != name:
        yield None, (), bare, False


def _with_place(name: str, scope: Scope, registry: Registry) -> Iterator[Parse]:
    """Yield the name without the place that stands in it, at each spot where one does."""
    near = short_places(registry, scope.region.code) if scope.region is not None else {}
    joined = re.search(r"[、和与及]", name) is not None
    for start in range(len(name)):
        if start and joined:  # 襄阳市、宜昌市人民政府: two places, not one within the other
            return
        for end in range(min(len(name), start + 15), start + 1, -1):
            word = name[start:end]
            codes = (near[word],) if word in near and end < len(name) else _alive(registry.places.get(word, ()), scope, registry)
            if not codes or COUNTRY in codes:
                continue
            head, rest = name[:start], name[end:]
            if not head:
                codes, rest = _inner_place(codes, rest, registry)
            elif rest in ("分局", "支局", "大队"):  # 市公安局长安分局 is the district's
                front = next((head[:cut] for cut in range(min(len(head) - 2, 12), 1, -1) if head[:cut] in registry.places), "")
                head = _BRANCH_OF.sub("", head.removeprefix(front)).removesuffix("局")
            yield None, codes, head + rest, start > 0
            break


def _inner_place(codes: tuple[str, ...], rest: str, registry: Registry) -> tuple[tuple[str, ...], str]:
    """Go on from a city to the district that is named after it: 石家庄市 → 长安区."""
    for length in range(min(len(rest), 12), 2, -1):
        inner = tuple(code for code in registry.places.get(rest[:length], ()) if set(registry.lineage(code)[1:]) & set(codes))
        if inner:
            return _inner_place(inner, rest[length:], registry)
    return codes, rest


def _alive(codes: tuple[str, ...], scope: Scope, registry: Registry) -> tuple[str, ...]:
    """Leave out places that were no more in the document's year."""
    if scope.year is None or not codes:
        return codes
    return tuple(code for code in codes if code not in registry.ended or scope.year <= registry.ended[code])


def _mark(word: str) -> str:
    return {"省": "province", "市": "city", "州": "city", "盟": "city", "区": "county", "县": "county", "旗": "county"}[word]


def _exact(rest: str, mark: str | None, places: tuple[str, ...], scope: Scope, registry: Registry) -> Found | None:
    for text in dict.fromkeys(
        (rest, _PARTY.sub("", rest), rest.removesuffix("机关"), rest.removesuffix("党组"), rest.removesuffix("(本级)"))
    ):
        if names := registry.names.get(text):
            name = _valid(names, scope, mark, places, registry)
            function = registry.functions[name.function]
            if text == "委" and mark is None and not places:
                continue
            if rest != text and text == "政府":
                continue
            return "function", function.key, (), name, "name"
    return None


def _valid(names: tuple[Name, ...], scope: Scope, mark: str | None, places: tuple[str, ...], registry: Registry) -> Name:
    """Return the name that held in the document's year; a level mark speaks against a central office."""
    if len(names) > 1 and scope.year is not None:
        fitting = [n for n in names if (n.since is None or n.since <= scope.year) and (n.until is None or scope.year <= n.until)]
        names = tuple(fitting) or names
    if len(names) > 1:  # 市金融监管局 is the city's own, 金融监管局 in a national document the centre's
        central = mark is None and not places and scope.level == "national"
        kind = {n.function: registry.functions[n.function].kind for n in names}
        if central or mark in ("city", "county", "province"):
            names = tuple(n for n in names if (kind[n.function] == "vertical") == central) or names
    return names[0]


def _bracketless(rest: str, mark: str | None, places: tuple[str, ...], scope: Scope, registry: Registry) -> Found | None:
    if (short := _BRACKET.sub("", rest)) != rest and len(short) > 1:
        return _exact(short, mark, places, scope, registry)
    return None


def _generic(rest: str, mark: str | None, places: tuple[str, ...], scope: Scope, registry: Registry) -> Found | None:
    if places and not rest.startswith(("各", "有关", "相关")):
        return None
    for generic in registry.generics:
        if compile_pattern(generic.pattern).search(rest):
            return "generic", generic.key, (), None, "pattern"
    return None


def _whole_place(rest: str, mark: str | None, places: tuple[str, ...], scope: Scope, registry: Registry) -> Found | None:
    if places and not rest:
        return "function", "government", (), None, "place"
    return None


def _as_group(rest: str, mark: str | None, places: tuple[str, ...], scope: Scope, registry: Registry) -> Found | None:
    if (found := _pattern(rest, mark, places, scope, registry)) and found[1] == "temporary-office":
        return found
    return "generic", None, (), None, "name"


def _compound(rest: str, mark: str | None, places: tuple[str, ...], scope: Scope, registry: Registry) -> Found | None:
    """Read 教体局, 科技和工业信息化局, 农林水务局: several functions in one body."""
    match = _ENDS.search(rest)
    if match is None or "领导小组" in rest or "指挥部" in rest or not 2 <= match.start() <= 20:
        return None
    parts = _segment(rest[: match.start()], _stems(registry))
    if parts is None or len(parts) < 2:
        return None
    if {"culture", "tourism"} <= {*parts} or "culture-tourism" in parts:  # 文化广电体育和旅游局: sports go with it
        parts = tuple(dict.fromkeys(("culture-tourism", *(part for part in parts if part not in _WITH_CULTURE))))
    return "function", parts[0], tuple(dict.fromkeys(parts[1:])), None, "compound"


def _segment(words: str, stems: dict[str, str]) -> tuple[str, ...] | None:
    """Return the functions that ``words`` are made of, or ``None``; the longest first part wins."""
    if not words:
        return ()
    if joint := _JOINT.match(words):
        return _segment(words[joint.end() :], stems)
    for end in range(min(len(words), 10), 0, -1):
        if (function := stems.get(words[:end])) and (tail := _segment(words[end:], stems)) is not None:
            return (function, *(part for part in tail if part != function))
    return None


@lru_cache(maxsize=4)
def _stems(registry: Registry) -> dict[str, str]:
    """Return what stands before 局, 委 … in the names of government bodies, with its function."""
    stems: dict[str, str] = {}
    for function in registry.functions.values():
        if function.kind not in ("government", "vertical") or function.instances:
            continue
        for short in function.short:
            stems.setdefault(short, function.key)
        for name in function.names:
            match = _OFFICE.search(name.text)
            if match and match.start() >= _SHORT_STEMS and not name.own:
                stems.setdefault(name.text[: match.start()], function.key)
    return stems


def _other_end(rest: str, mark: str | None, places: tuple[str, ...], scope: Scope, registry: Registry) -> Found | None:
    """Read 水务处, 住建办: a known stem with an end that the table does not list."""
    match = _ENDS.search(rest)
    if match and match.start() >= _SHORT_STEMS and (function := _stems(registry).get(rest[: match.start()])):
        return "function", function, (), Name(rest, function, own=bool(_CENTRE.search(rest))), "name"
    return None


def _office(rest: str, mark: str | None, places: tuple[str, ...], scope: Scope, registry: Registry) -> Found | None:
    """Read 泉城海关, 水利部长江水利委员会: an office known by its own name or with its ministry's before it."""
    for start in range(1, len(rest) - 1):
        for name in registry.names.get(rest[start:], ()):
            function = registry.functions[name.function]
            if (function.kind == "vertical" or function.key == "power-supply") and (len(name.text) > 2 or name.text == "海关"):
                return "function", function.key, (), Name(rest, function.key, own=True), "part"
    return None


def _part(rest: str, mark: str | None, places: tuple[str, ...], scope: Scope, registry: Registry) -> Found | None:
    """Read 公安局治安支队, 生态环境局长安分局: a part of a known body."""
    for end in range(len(rest) - 2, 2, -1):
        names = registry.names.get(rest[:end])
        if names and rest[end] not in "、和与及(" and re.search(r"(?:局|委|厅|部|办|委员会|院|府|总社|联)$", rest[:end]):
            return "function", names[0].function, (), Name(rest, names[0].function, own=True), "part"
    return None


def _pattern(rest: str, mark: str | None, places: tuple[str, ...], scope: Scope, registry: Registry) -> Found | None:
    for kind in registry.kinds:
        if kind.pattern and compile_pattern(kind.pattern).search(rest):
            if places and kind.kind not in ("zone", "territory"):  # 北京银行石家庄分行: the first place says nothing
                return None
            return "function", kind.key, (), Name(rest, kind.key, own=True), "pattern"
    return None


def _pick(places: tuple[str, ...], scope: Scope, registry: Registry) -> str | None:
    """Return the one of several namesakes that lies in or above the document's region."""
    if len(places) < 2 or scope.region is None:
        return places[0] if len(places) == 1 else None
    home = registry.lineage(scope.region.code)
    for depth, ancestor in enumerate(home):
        near = [code for code in places if code in home[: depth + 1] or ancestor in registry.lineage(code)]
        if len(near) == 1:
            return near[0]
        if near:
            return None
    return None


def is_central(read: Reading, function: Function) -> bool:
    """Say whether the name means the national body in whatever document: 财政部, 税务总局, 证监会."""
    if read.mark == "national":
        return True
    if read.mark is not None or read.places or read.name is None:
        return False
    text = read.name.text
    if text == function.official.get("national") or (function.kind == "vertical" and function.instances):  # 长江水利委员会
        return True
    if text.startswith(_NATIONAL_START):
        return function.kind not in ("enterprise", "zone")
    if "national" not in function.official:
        return False
    ends = _NATIONAL_END + (_LOCAL_VERTICAL if function.kind == "vertical" else ())
    return function.kind in ("government", "vertical") and text.endswith(ends)


def region_of(mark: str | None, scope: Scope, registry: Registry) -> tuple[Region | None, bool]:
    """Return the region that a level mark means in this document, and whether it means each one below instead.

    In 石家庄's document 市 is the city itself, 省 is 河北, and 区 is each of its districts.
    """
    home = scope.region
    if home is None:
        return None, False
    if mark is None:
        return home, False
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
        return mark == "city"
    if region.level == "county":
        return mark == "county" or (mark == "city" and region.name.endswith("市"))
    return False


def is_centre(text: str) -> bool:
    """Say whether a name is a centre's or a team's rather than an office's: 大数据中心 beside 数据局.

    >>> is_centre("大数据中心"), is_centre("数据局"), is_centre("生态环境局")
    (True, False, False)
    """
    return bool(_CENTRE.search(text))
