"""Words without a label: whether a bracket, or a sentence, says who does the work."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.cues import first, load_cues, pattern
from kg.extract.units.labels import opens_aside
from kg.extract.units.names import Name, read_names
from kg.extract.units.parts import find_parts, is_body, read_verb
from kg.extract.units.persons import lists_person

_PLACES = re.compile("(?:[县区市旗州镇乡]|街道|公司|集团|中心|医院)$")
# what the last of a list may end with for all: 民政、财政部门; 城东、城西高新区管委会; 和平、新华街道办事处
_ZONES_END = re.compile("(?:政府|管委会|管理委员会|办事处|开发区|高新区|分局|法院|检察院)$")
_SHARED_END = re.compile(f"(?:部门|单位|[区县镇乡]|街道|海关)$|{_ZONES_END.pattern}")
# 推进学校 is a thing to do and no body
_ACTS = re.compile(
    "推进|加强|加快|整治|支持|组织|开展|完善|强化|实施|做好|打造|提升|引导|鼓励|督促|指导|建立|健全|深化|优化|依托|坚持|落实"
)
_BARE = re.compile("[\u4e00-\u9fff]{2,4}")
_OFFICE = re.compile("[\u4e00-\u9fff]{2,12}(?:处|室|科|股)$")
_NO_OFFICE = re.compile(
    "[一二三四五六七八九十两数几多各此好用害之\\d]处$|(?:内|外|儿|产|眼|牙|骨|皮肤|耳鼻喉|文|理|本|专|预|学|百)科$|(?:教|寝|病|库|诊)室$"
)
_SORTS = re.compile("(?:工作)?(?:领导小组|联席会议|专班|指挥部)|政府|党委|党组|党(?:委|组)[（(]党组[)）]")
_DOES = re.compile("[牵主配协]|负责|落实|承办|实施|参与|支持")  # what a sentence holds at least that says who does it
_MEDIA = re.compile("(?:日报|晚报|通讯|新华|广播|电视|新闻|媒体?|报).{0,2}(?:社|台|中心|网|集团)$")


def ends_sentence(text: str, start: int, end: int, line_end: int) -> bool:
    """Say whether a bracket stands where an assignment would: at a sentence's end, or right behind one."""
    behind = text[end : min(end + 2, line_end)]
    return end >= line_end or behind[:1] in "。；;" or _is_own(text, start)


def _is_own(text: str, start: int) -> bool:
    """Say whether a bracket follows a sentence that is closed: 「……。（市水利局）」, 「……！”（市水利局）」."""
    before = text[max(0, start - 2) : start]
    return before[-1:] in ("。", "；", ";", "！") or (before[-1:] == "”" and before[:1] in "。！；")


def is_assignment(text: str, start: int, end: int, line: tuple[int, int], names: Sequence[Name]) -> bool:
    """Say whether a bracket without a label names who does the work; ``line`` is the paragraph that holds it.

    In 「经有关部门（市科委、市水利局）认定」 it says which ones, and on a line 「联系人：某某（市水利局）」 where somebody sits.
    """
    if not names:
        return False
    words = _without_rules(text[start + 1 : end - 1])
    by_verb = any(read_verb(words[a:b])[0] is not None for a, b in find_parts(words, 0, len(words)))
    at_end = ends_sentence(text, start, end, line[1])
    if not by_verb and pattern("clause", "said_of_body").search(words.strip()):
        return False
    if not (at_end or by_verb) or (not by_verb and _says_which(text, start, line)):
        return False
    open_list = by_verb and re.search("等(?:有关|相关)?(?:部门|单位)", words) is not None
    return _name_bodies(names, by_verb, at_end, own=_is_own(text, start), open_list=open_list)


def _says_which(text: str, start: int, line: tuple[int, int]) -> bool:
    """Say whether a bracket tells which bodies are meant, or where a person sits: 「张某某（某镇人民政府）」."""
    before = text[max(line[0], start - 20) : start]
    named = pattern("clause", "named_before").search(before) is not None
    return named or opens_aside(text, *line) or lists_person(before)


def _name_bodies(names: Sequence[Name], by_verb: bool, at_end: bool, *, own: bool, open_list: bool) -> bool:
    """Say whether words without a label are bodies; a verb (负责) or a place of their own lets fewer signs do.

    ``乡镇（街道）`` names nobody, and in 「民政、财政、卫健部门负责」 only the last has its ending.
    """
    sure = any(is_body(name.name, sure=True) and not _is_tier(name.name) for name in names)
    whole = all(is_body(name.name) for name in names)
    if not at_end:
        return whole and all(is_body(name.name, sure=True) for name in names)
    if len(names) == 1 and _MEDIA.search(names[0].name):
        return False  # 「……。（某县融媒体中心）」 closes a piece of news
    elided = len(names) > 1 and (open_list or _SHARED_END.search(names[-1].name) is not None)
    short = all(is_body(name.name) or re.fullmatch("[\u4e00-\u9fff]{2,9}", name.name) for name in names[:-1])
    placed = own and (_are_offices(names) or any(_PLACES.search(name.name) and not _is_tier(name.name) for name in names))
    places = own and len(names) > 1 and _ZONES_END.search(names[-1].name) and not any(_is_tier(one.name) for one in names)
    return (whole and (sure or by_verb or placed)) or ((by_verb or bool(places)) and elided and short)


def _are_offices(names: Sequence[Name]) -> bool:
    """Say whether a bureau's own offices are listed: 规财处、法规处; not 内科、外科."""
    offices = [name for name in names if _is_office(name.name)]
    return bool(offices) and (len(names) > 1 or names[0].name[-1] in "科股")


def _is_office(name: str) -> bool:
    return _OFFICE.match(name) is not None and _NO_OFFICE.search(name) is None


def _is_tier(name: str) -> bool:
    """Say whether a name is but a level of government or a sort of body: 街道, 市级部门, 领导小组."""
    cue = first(load_cues()["collective"], name)
    return _SORTS.fullmatch(name) is not None or (cue is not None and cue.id in ("tier", "above", "of_a_tier", "sort"))


def _without_rules(words: str) -> str:
    return pattern("clause", "starred_leads").sub("", pattern("clause", "first_leads").sub("", words))


def read_sentence(text: str, start: int, end: int, *, goes_on: bool = False) -> list[Name]:
    """Return the bodies of a sentence that says nothing but who leads, helps and answers, else none.

    「各部门分工负责」 is said in general; with 由 before it, where somebody is named, or below a line that says who leads
    (``goes_on``), it speaks of the task.

    >>> [name.name for name in read_sentence("由市教育局牵头，市财政局配合", 0, 14)]
    ['市教育局', '市财政局']
    >>> read_sentence("市教育局负责全市教育工作", 0, 12)
    []
    """
    lead = pattern("clause", "leading").match(text[start:end])
    begin = start + lead.end() if lead else start
    if end - begin < 4 or not _DOES.search(text, begin, end):
        return []
    said = _what_each_does(text, begin, end) or []
    names = read_names(text, begin, end, "responsible") if any(does not in ("", "due") for does in said) else []
    if goes_on and names:
        return names
    named = [name for name in names if not (name.vague or _is_tier(name.name)) and (lead or not name.collective)]
    return names if any(is_body(name.name, sure=True) or _is_office(name.name) or name.collective for name in named) else []


def only_bodies(text: str, start: int, end: int, stop: str) -> bool:
    """Say whether a stretch up to a stop holds nothing but bodies; before a 。 it must say what they do.

    >>> only_bodies("县教育局牵头", 0, 6, "。"), only_bodies("县教育局", 0, 4, "。"), only_bodies("整治园区", 0, 4, "；")
    (True, False, False)
    """
    said = _what_each_does(text, start, end)
    if not said or (stop not in "；;" and not any(said)):
        return False
    names = [_who_does(text[a:b])[1] for a, b in find_parts(text, start, end)]
    return any(said[i] == "due" or is_body(name, sure=True) for i, name in enumerate(names))


def _what_each_does(text: str, start: int, end: int) -> list[str] | None:
    """Return what each part of a stretch says that its body does, ``None`` where one names none.

    The first of 「城东、城西高新区管委会配合」 have the end of the last.
    """
    said: list[str] = []
    shares = False  # what stands behind has an end for those before it
    for a, b in reversed(list(find_parts(text, start, end))):
        does, name = _who_does(text[a:b])
        if does is None and "牵头" in text[start:a] and (share := pattern("clause", "own_share").match(text[a:b])):
            does, name = ("responsible" if is_body(share["name"], sure=True) else None), share["name"]
        if does is None and not (shares and _BARE.fullmatch(name) and text[b : b + 1] == "、"):
            return None
        shares = shares if does is None else _ZONES_END.search(name) is not None
        said.append(does or "")
    return said[::-1]


def _who_does(words: str) -> tuple[str | None, str]:
    """Return what a part says that its body does (市教育局牵头), and the body; "" where it only names one.

    "due" stands for a date, ``None`` for words that are neither.
    """
    role, _, stop = read_verb(words)
    inner = pattern("clause", "leading").match(words[:stop])
    name = words[inner.end() if inner else 0 : stop].strip()
    if pattern("clause", "due").match(words):
        return "due", name
    note = pattern("clause", "note").search(name) or pattern("clause", "note_before").match(name)  # 市教育局（牵头）
    name = name.replace(note[0], "") if note else name
    whole = is_body(name, sure=True) or _is_office(name) or (is_body(name) and not _ACTS.match(name))
    if not whole:
        return None, name
    return role or ("noted" if note else ""), name
