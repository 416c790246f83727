"""Which policy a title means: the same key for a document's own title and for whoever cites it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from kg.extract.citations.numbers import normalize_number, place_of_number
from kg.model import Level, Policy, Verdict
from kg.registry import COUNTRY, KnownPolicy, Registry
from kg.resolve.regions import Scope, find_place

_MARKS = re.compile(r"[\s《》〈〉<>“”\"'‘’「」『』]")
_DASHES = re.compile(r"[-—–－~～至]+(?=\d)")
# 全市…, 我市…, XX市… with the name hidden: the document's own place
_HERE = re.compile(r"^(?:全|我|本|[Xx×某*○]{1,4})(?P<level>[省市区县州])")
# 国务院办公厅关于…, 市委、市政府关于…: the issuer before the title proper
_PREFIX = re.compile(
    r"^(?:中共中央|中共|国务院|党中央|[、和 ]|人民政府|政府|委员会|党委|[省市区县州]委|办公厅|办公室|人大常委会"
    r"|[一-鿿]{2,10}?(?:厅|局|部|委|总局|署))+(?=关于|印发)"
)
_YEAR = re.compile(r"[二一][〇○零九一二三四五六七八0]{3}年")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_PERIOD = re.compile(r"((?:19|20)\d\d)年?-((?:19|20)\d\d)(?:年|(?=[)）]|$))")  # (2021-2025), 2021年-2025年
_NOTICE = re.compile("^(?:关于)?(?=(?:印发|转发|发布).+的(?:通知|公告|函)$)")
_LAW = re.compile(r"^中华人民共和国(?=.{2,})")
_MARKS_OF_LEVEL: Mapping[str, Level] = {"省": "province", "市": "prefecture", "州": "prefecture", "区": "county", "县": "county"}
_CENTRAL = ("国务院", "中共中央", "国家", "党中央", "全国")


def normalize_title(title: str) -> str:
    """Return a title in the form in which titles are compared.

    >>> normalize_title("《中华人民共和国环境保护法》") == normalize_title("环境保护法")
    True
    >>> normalize_title("某规划（2021—2025）"), normalize_title("二○三五年远景目标")
    ('某规划(2021-2025年)', '2035年远景目标')
    """
    text = _MARKS.sub("", unicodedata.normalize("NFKC", title))
    text = _YEAR.sub(lambda match: f"{match[0][:-1].translate(_DIGITS)}年", text)
    text = _PERIOD.sub(r"\1-\2年", _DASHES.sub("-", text))
    return _LAW.sub("", text).rstrip("。;,、")


def _may_be(known: KnownPolicy, text: str, level: Level, scope: Scope, registry: Registry) -> bool:
    """Say whether the catalogue's policy can be meant here: not the centre's plan for a city's of the same title."""
    code = known.policy.region
    if code is None or code == COUNTRY:
        return level in ("national", "unknown") or text.endswith(("法", "条例"))
    return registry.regions[code].name in text or (scope.region is not None and code in registry.lineage(scope.region.code))


Conclusion = tuple[Verdict, str, tuple[str, ...], str]  # verdict, target, candidates, reason


def resolve_title(
    title: str, level: Level, issuer: str | None, scope: Scope, registry: Registry, number: str | None = None
) -> tuple[Policy, Conclusion]:
    """Return the policy that ``title`` means, and the decision."""
    text = normalize_title(title)
    number = normalize_number(number) if number else None
    if (known := _known(text, level, number, scope, registry)) is not None:
        return known.policy, ("matched", known.policy.key, (), f"政策目录里有“{known.policy.title}”")
    if number is not None and number == title:
        return _by_number(number, level, scope, registry)
    code, core, why = _place_of(text, level, issuer, scope, registry)
    core = _NOTICE.sub("关于", core)
    if code is not None:
        region = registry.regions[code]
        policy = Policy(_key(code, core), title, region.level, code, issuer, number)
        return policy, ("matched", policy.key, (), why)
    policy = Policy(_key(f"?{scope.anonymous}", core), title, level, None, issuer, number)
    if scope.region is None:
        return policy, ("unknown", policy.key, (), "标题没有地名，文件的地方也未定，只在本文件内成立")
    chain = [region for region in map(registry.regions.get, registry.lineage(scope.region.code)) if region is not None]
    if len(chain) == 1:  # 政府工作报告 in a document of the State Council
        policy = Policy(_key(COUNTRY, core), title, chain[0].level, COUNTRY, issuer, number)
        return policy, ("matched", policy.key, (), "标题没有写明是哪一级的文件；本文件是国家层面的，按国家层面的文件")
    candidates = tuple(_key(region.code, core) for region in chain)
    names = "、".join(region.name for region in chain)
    return policy, ("ambiguous", policy.key, candidates, f"标题没有写明是哪一级的文件，可能是：{names}，未定")


def policy_in(title: str, code: str, registry: Registry) -> Policy:
    """Return the policy of this title that is the region's own: one of the candidates of a title without a place."""
    text = normalize_title(title)
    core = text[here.end() :] if (here := _HERE.match(text)) else text
    core = _NOTICE.sub("关于", _strip(core, code, registry))
    return Policy(_key(code, core), title, registry.regions[code].level, code, None)


def _known(text: str, level: Level, number: str | None, scope: Scope, registry: Registry) -> KnownPolicy | None:
    """Return the catalogue's policy of this title, or of this number where the titles do not contradict."""
    known = _catalogue(registry).get(text) or _catalogue(registry).get(_PREFIX.sub("", text))
    if known is not None and _may_be(known, text, level, scope, registry):
        return known
    numbered = _numbers(registry).get(number) if number else None
    if numbered is None:
        return None
    titles = [normalize_title(title) for title in numbered.titles]
    return numbered if text == normalize_title(number or "") or any(t in text or text in t for t in titles) else None


def _by_number(number: str, level: Level, scope: Scope, registry: Registry) -> tuple[Policy, Conclusion]:
    """Return the policy of which only the number is known: nationwide one of its kind, or within its province."""
    place = place_of_number(number)
    code = COUNTRY if level == "national" else next(iter(registry.places.get(place or "", ())), None)
    if code is None:
        policy = Policy(_key(f"?{scope.anonymous}", number), number, level, None, None, number)
        return policy, ("unknown", policy.key, (), "只写了发文字号，看不出是哪里的，只在本文件内成立")
    policy = Policy(_key(code, number), number, registry.regions[code].level, code, None, number)
    return policy, ("matched", policy.key, (), f"只写了发文字号，按字号是{registry.regions[code].name}的文件，标题未见")


def resolve_own(
    title: str | None, issuer: str | None, scope: Scope, registry: Registry, fallback: str, file: str, number: str | None = None
) -> Policy:
    """Return the policy that the document itself states; without a title it has the key ``fallback`` and the file's name."""
    region = scope.region
    if not title:
        own = Policy(f"d-{fallback}", file, scope.level, region.code if region else None, issuer)
    else:
        own, _ = resolve_title(title, scope.level, issuer, scope, registry)
    return replace(own, number=normalize_number(number)) if number else own


@lru_cache(maxsize=4)
def _catalogue(registry: Registry) -> dict[str, KnownPolicy]:
    named = {normalize_title(title): known for known in registry.policies for title in known.titles}
    bare = {_PREFIX.sub("", title): known for title, known in named.items() if known.policy.region == COUNTRY}
    return {**bare, **named}


@lru_cache(maxsize=4)
def _numbers(registry: Registry) -> dict[str, KnownPolicy]:
    """Return the catalogue by number; two plans that one notice issues share a number, which then says nothing."""
    counts = Counter(known.policy.number for known in registry.policies)
    return {known.policy.number: known for known in registry.policies if known.policy.number and counts[known.policy.number] == 1}


def _place_of(text: str, level: Level, issuer: str | None, scope: Scope, registry: Registry) -> tuple[str | None, str, str]:
    """Return the code of the region whose policy it is, the title without place and issuer, and why."""
    core = text
    if here := _HERE.match(text):
        core = text[here.end() :]
        level = _MARKS_OF_LEVEL[here["level"]]
    for words, what in ((text, "标题"), (normalize_title(issuer or ""), "发文机关")):
        codes = find_place(words.removeprefix("中共"), registry)
        if len(codes) == 1 and _named_whole(words.removeprefix("中共"), codes[0], registry):
            return codes[0], _strip(core, codes[0], registry), f"{what}写明{registry.regions[codes[0]].name}"
    if text.startswith(_CENTRAL) or (issuer or "").startswith(_CENTRAL):
        level = "national"
    core = _PREFIX.sub("", core)
    if level == "national":
        return COUNTRY, core, "按写法是国家层面的文件"
    home = scope.region
    if home is None or level == "unknown":
        return None, core, ""
    if level == "prefecture" and home.level == "county" and home.name.endswith("市"):  # 市政府 in 诸暨市 is its own
        return home.code, core, f"标题没有地名，本文件的“市”就是{home.name}"
    for code in registry.lineage(home.code):
        if _is_level(code, level, registry):
            return code, core, f"标题没有地名，按本文件的地方和层级归入{registry.regions[code].name}"
    return home.code, core, f"标题没有地名，按本文件的地方归入{home.name}"


def _is_level(code: str, level: Level, registry: Registry) -> bool:
    region = registry.regions[code]
    return region.level == level or (level == "prefecture" and region.level == "province" and region.name.endswith("市"))


def _named_whole(words: str, code: str, registry: Registry) -> bool:
    """Say whether the place stands in full: 河北省主体功能区划, not 黄山毛峰产业规划."""
    former = (old.region.name for old in registry.former if (old.successor or old.region.code) == code)
    return registry.regions[code].name in words or any(name in words for name in former)


def _strip(text: str, code: str, registry: Registry) -> str:
    """Take the place and the issuer off the front of a title."""
    text = text.removeprefix("中共")
    for name in [registry.regions[up].name for up in reversed(registry.lineage(code)[:-1])]:
        text = text.removeprefix(name)
    return _PREFIX.sub("", text)


def _key(place: str, core: str) -> str:
    return "p-" + hashlib.sha256(f"{place}|{core}".encode()).hexdigest()[:12]
