"""Other documents that the text names, with what they are named for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.cues import load_cues
from kg.model import Citation, Level, Place, Relation
from kg.text import MappedText

_MARKED = re.compile(
    r"《(?P<title>[^《》\n]{2,120}(?:《[^《》\n]{2,80}》[^《》\n]{0,80})?)》(?P<edition>[（(][^（()）]{2,20}[)）])?"
)
_MEDIA = re.compile(
    r"(?:日报|晚报|时报|周刊|月刊|杂志|报|网|频道|栏目|之声|卫视|证书?|执照|许可证|护照|身份证|登记证|合格证|读本|手册)$"
)
# what a title ends with; the short ones only where the words before make it a proper title
_ENDINGS = (
    "工作要点|行动计划|行动方案|实施方案|工作方案|总体方案|试点方案|工作计划|实施计划|实施意见|指导意见|若干意见|若干措施|若干政策"
    "|实施细则|实施办法|管理办法|暂行办法|规划纲要|发展纲要|任务分解表|责任清单|负面清单|政策清单|应急预案|专项预案|细则"
    "|目录|名录|区划|规范|导则|指南|指引|保护法|促进法|路线图"
)
_GENERIC = "规划|计划|方案|办法|意见|清单|预案|细则|战略|条例|标准|措施|政策"
_WORD = r"[^，,。；;：:、！？《》\n]"
_TITLE = rf"(?P<title>{_WORD}{{3,36}}?(?:{_ENDINGS}|{_GENERIC}))"
_AND = rf"(?P<also>(?:和|、|及|以及){_WORD}{{2,24}}?(?:{_ENDINGS}|{_GENERIC}))?"
_END = r"(?=[，,。；;、）)]|$|要求|并|及其|及|和|等|中|确定|明确|规定|精神|修编|编制|制定)"
_FROM = r"(?:(?P<from>(?:国家|中央|国务院|部|省|市|区|县)(?:[、和及](?:国家|部|省|市|区|县|自治区))+(?:两级|三级|级)?))?"
_CREATING = re.compile(
    rf"(?:^|(?<=[，,。；;：:、\n])|(?<=\d年)|(?<=年底)|(?<=年底前)|(?<=市级))(?:研究|组织|科学|抓紧|加快|逐年|探索|联合|牵头|及时|适时|分类|分级|启动|开展|推动|完成|协助|配合|尽快|抓好|做好|认真|积极|建立|健全|完善|全面|分年度|负责|同步|并|及|将)*"
    rf"(?P<verb>编制完善|制定完善|制定实施|制定出台|研究制定|研究出台|编制|制定|制订|出台|起草|拟定|拟订|印发|编写|修订|修编|谋划|编制实施)(?:好|了|完善|实施|并实施)?{_FROM}{_TITLE}{_AND}{_END}"
)
_DOING = re.compile(
    rf"(?P<verb>贯彻落实|贯彻执行|贯彻|落实好|落实|按照|依据|根据|执行|对照|遵循|依照|推行|对标){_FROM}(?:(?P<law>{_WORD}{{2,20}}?(?<![办方司执立违依合普非守做用手语书])法(?=以及|和|等|、|，|。))|{_TITLE}{_AND}{_END})"
)
_ON = re.compile(rf"(?<=以){_TITLE}(?=为(?:基础|依据|指导|遵循|依托|准则|引领))")
_MEETING = re.compile(rf"(?<=达到|符合|满足|执行)(?P<title>{_WORD}{{6,30}}?标准)(?=[，,。；;、]|$)")
_REVERSED = re.compile(
    rf"(?:完成|推动|推进|开展|加快|做好|启动){_FROM}{_TITLE}(?:的)?(?P<verb>编制|修编|制定|修订|起草|出台)(?:工作)?(?=[，,。；;、]|$)"
)
# a proper title says of whom or what; these words alone say nothing
_NO_TITLE = re.compile(
    r"^(?:本|该|此|其|各|有关|相关|具体|配套|上述|以上|一系列|系列|国家|省|市|详细|细化|专项|年度|工作|实施|行动|总体|若干|一批|各项|各类|各级|统一|相应|限期|达标|和|与|的|一)*(?:规划|计划|方案|办法|意见|清单|预案|细则|战略|条例|标准|措施|政策|规范|目录|名录|行动计划|行动方案|实施方案|工作方案|工作计划|指南|指导意见|实施意见|实施细则|应急预案|规定)$"
    r"|党中央|国务院决策|习近平|决策部署|会议精神|工作部署|责任制|目标任务|^(?:各项|有关|相关|配套|一批|若干|的|地|和|与)|法律法规|(?<!若干)(?<!负面)政策$|(?<!若干)(?<!细化)措施$|(?:技术|质量|安全|行业|地方|团体|国家|国际|产品|服务|建设|收费|补助|补偿|考核|技术|验收)标准$|(?:有关|相关|配套|合理|详细|具体)(?:规划|计划|方案|政策|规定|标准)$|或|(?<!国家)(?<!全国)[\u4e00-\u9fff]{2,}(?<!气候变化)战略$|的(?:政策|重大|要求|规定)|计划$(?<!行动计划)|企业|个人"
)
_NATIONAL = re.compile(r"^(?:中华人民共和国|国务院|中共中央|全国|国家|中央)|[\u4e00-\u9fff]法$|^(?:公民|外商|企业)")
_ISSUER = re.compile(
    r"(?P<issuer>(?:中共中央|党中央|国务院|中央|国家|省|市|县|区|自治区)(?:委|政府|办公厅|办公室)?(?:[、和](?:国务院|省|市|县|区)?(?:委|政府|办公厅|人民政府)?){0,3}|[\u4e00-\u9fff]{1,10}(?:部|委|厅|局|办)(?:等[\u4e00-\u9fff]{1,6})?)?(?:印发|发布|出台|制定|下发)?(?:的)?$"
)


def find_citations(copy: MappedText, start: int, end: int, where: Place | None, own_title: str | None) -> Iterator[Citation]:
    """Yield the documents named in a stretch of the working copy; ``own_title`` is the document's own (relation *self*)."""
    text = copy.text
    taken: list[tuple[int, int]] = []
    for match in _MARKED.finditer(text, start, end):
        title = match["title"] + (match["edition"] or "")
        taken.append(match.span())
        if _MEDIA.search(match["title"]):
            continue
        relation = _relation(text, start, match.start(), match.end(), match["title"], own_title)
        clause = _clause_start(text, start, match.start())
        yield _citation(
            copy,
            match["title"] if not match["edition"] or "版" in match["edition"] else title,
            relation,
            True,
            where,
            clause,
            match.end(),
            "citations.marked",
        )
    yield from _unmarked(copy, start, end, where, own_title, taken)


def _unmarked(
    copy: MappedText, start: int, end: int, where: Place | None, own_title: str | None, taken: list[tuple[int, int]]
) -> Iterator[Citation]:
    """Yield the documents that are named without 《》, where verb and wording show a proper title."""
    readers: tuple[tuple[re.Pattern[str], Relation], ...] = (
        (_CREATING, "creates"),
        (_DOING, "basis"),
        (_ON, "basis"),
        (_REVERSED, "creates"),
        (_MEETING, "reference"),
    )
    for pattern, relation in readers:
        for match in pattern.finditer(copy.text, start, end):
            for a, b in _titles(match):
                title = _shortened(copy.text[a:b])
                if any(x < b and a < y for x, y in taken) or not _is_title(title) or _same(title, own_title):
                    continue
                taken.append((a, b))
                yield _citation(copy, title, relation, False, where, match.start(), b, f"citations.{relation}")


def _titles(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield where the title or the two titles stand; 「…意见和细化措施」 is one."""
    groups = match.groupdict()
    if groups.get("law"):
        yield match.span("law")
        return
    start, end = match.span("title")
    also = groups.get("also")
    if also and _NO_TITLE.search(re.sub("^(?:和|、|及|以及)", "", also)):
        yield start, match.end("also")
        return
    yield start, end
    if also:
        lead = re.match("和|、|以及|及", also)
        yield match.start("also") + (lead.end() if lead else 0), match.end("also")


def _is_title(title: str) -> bool:
    balanced = all(title.count(a) == title.count(b) for a, b in ("“”", "（）", "()"))
    return len(title) >= (5 if title.endswith("法") else 6) and balanced and not _NO_TITLE.search(title)


def _shortened(title: str) -> str:
    """Drop what only leads up to a title: 本市, 并, 我市.

    >>> _shortened("我市实施的碳达峰行动方案")
    '碳达峰行动方案'
    """
    title = re.sub(r"^(?:好|了|完善|实施|并)+(?:的)?", "", title)
    return re.sub(r"^(?:我|本)(?:市|省|县|区)(?:实施)?(?:的)?", "", title)


def _citation(
    copy: MappedText, title: str, relation: Relation, marked: bool, where: Place | None, a: int, b: int, rule: str
) -> Citation:
    issuer = _issuer(copy.text[max(0, a) : copy.text.rfind("《", a, b)]) if marked else None
    return Citation(title, relation, _level(title, issuer, relation), issuer, marked, where, copy.evidence(a, b, rule))


def _clause_start(text: str, start: int, at: int) -> int:
    clause = max(text.rfind(stop, start, at) for stop in "。；;！？\n，,")
    return clause + 1 if clause >= start else start


def _relation(text: str, start: int, at: int, behind: int, title: str, own: str | None) -> Relation:
    if _same(title, own):
        return "self"
    clause = max(text.rfind(stop, start, at) for stop in "。；！？\n：:")
    before = text[max(clause + 1, start) : at]
    # 《A》和《B》 share the word before the first
    near = re.split(r"[，,]", before)[-1]
    for words in (near, before):
        words = re.sub(r"《[^《》]*》(?:[（(][^()（）]*[)）])?", "", words)
        for cue in load_cues()["relation"]:
            if cue.pattern.search(words):
                return "creates" if cue.says == "creates" else "basis"
        if re.search("列入|纳入|收录|公布的$|达到|符合", words):
            return "reference"
    if re.match(r"(?:等)?(?:的)?(?:要求|规定|精神|部署)", text[behind : behind + 6]):
        return "basis"
    return "reference"


def _same(title: str, own: str | None) -> bool:
    return own is not None and _bare(title) == _bare(own)


def _bare(title: str) -> str:
    """Return a title without marks and without the plan period: an earlier edition is the same work."""
    return re.sub(r"[\s《》“”\"（）()〔〕]|20\d\d(?:年|[-—－–]20\d\d年?)?|十[一二三四五]?五", "", title)


def _issuer(before: str) -> str | None:
    match = _ISSUER.search(before)
    words = match["issuer"] if match else None
    if not words:
        return None
    words = re.sub(r"^.*?(?:按照|依据|根据|贯彻|落实|执行|结合|依照)", "", words)
    return words or None


def _level(title: str, issuer: str | None, relation: Relation) -> Level:
    words = f"{issuer or ''}|{title}"
    if re.search(r"(?:^|\|)(?:国家|国务院|中共中央|党中央|中央)|中华人民共和国", words) or _NATIONAL.search(title):
        return "national"
    if re.search(r"(?:^|\|)省|省[委政]|[\u4e00-\u9fff]省|自治区|^(?:北京|上海|天津|重庆)市|\|(?:北京|上海|天津|重庆)市", words):
        return "province"
    if re.search(r"[\u4e00-\u9fff]{1,4}(?:县|(?<!地)区)(?:人民政府|[\u4e00-\u9fff]{2})", title) and not re.search(
        "市|地区|园区|区域|景区|小区|社区|辖区|城区|保护区|功能区", title
    ):
        return "county"
    if re.search(r"市", words):
        return "prefecture"
    return "prefecture" if relation == "creates" else "unknown"
