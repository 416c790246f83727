"""Other documents that the text names, with what they are named for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.cues import first, load_cues
from kg.model import Citation, Level, Place, Relation
from kg.text import MappedText

_MARKED = re.compile(
    r"《(?P<title>[^《》\n]{2,120}(?:《[^《》\n]{2,80}》[^《》\n]{0,80})?)》(?P<edition>[（(](?!以下|简称|下称|统称)[^（()）]{2,20}[)）])?"
)
NEAR = 400  # characters in which a citation's verb stands before it
_ALIAS = re.compile(
    r"《(?P<full>[^《》\n]{4,120}(?:《[^《》\n]{2,80}》[^《》\n]{0,80})?)》(?:[（(][^（()）]{2,20}[)）])?"
    r"[（(](?:以下)?(?:简|统|下|合)称[^《》（()）]{0,4}《(?P<short>[^《》\n]{2,20})》[)）]"
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
        named = _aliases(text).get(match["title"], match["title"])
        edition = match["edition"] if match["edition"] and "版" not in match["edition"] else ""
        taken.append(match.span())
        defined = named != match["title"] and re.search("称[^《》]{0,4}$", text[max(start, match.start() - 6) : match.start()])
        if defined or first(load_cues()["no_policy"], named):
            continue
        relation = _relation(text, start, match.start(), match.end(), named, own_title)
        clause = _clause_start(text, start, match.start())
        yield _citation(
            copy,
            named + edition,
            relation,
            True,
            where,
            clause,
            match.end(),
            "citations.marked",
        )
    yield from _unmarked(copy, start, end, where, own_title, taken)


@lru_cache(maxsize=4)
def _aliases(text: str) -> Mapping[str, str]:
    """Return full titles by what the text calls them: 《某规划纲要》（以下简称《纲要》）."""
    return {match["short"]: match["full"] for match in _ALIAS.finditer(text)}


def _unmarked(
    copy: MappedText, start: int, end: int, where: Place | None, own_title: str | None, taken: list[tuple[int, int]]
) -> Iterator[Citation]:
    """Yield the documents that are named without 《》, where verb and wording show a proper title."""
    for cue in load_cues()["unmarked"]:
        relation: Relation = cue.says  # type: ignore[assignment]  # a test holds the rows to these words
        for match in cue.pattern.finditer(copy.text, start, end):
            for a, b in _titles(match):
                title = _shortened(copy.text[a:b])
                if any(x < b and a < y for x, y in taken) or not _is_title(title) or _same(title, own_title):
                    continue
                taken.append((a, b))
                yield _citation(copy, title, relation, False, where, match.start(), b, f"citations.{cue.id}")


def _titles(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield where the title or the two titles stand; 「…意见和细化措施」 is one."""
    start, end = match.span("title")
    also = match.groupdict().get("also")
    lead = re.match("和|、|以及|及", also) if also else None
    if also and lead and first(load_cues()["no_title"], also[lead.end() :]):
        yield start, end if lead[0] == "、" else match.end("also")
        return
    yield start, end
    if lead:
        yield match.start("also") + lead.end(), match.end("also")


def _is_title(title: str) -> bool:
    balanced = all(title.count(a) == title.count(b) for a, b in ("“”", "（）", "()"))
    return len(title) >= (5 if title.endswith("法") else 6) and balanced and first(load_cues()["no_title"], title) is None


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
    start = max(start, at - NEAR)
    clause = max(text.rfind(stop, start, at) for stop in "。；;！？\n，,")
    return clause + 1 if clause >= start else start


def _relation(text: str, start: int, at: int, behind: int, title: str, own: str | None) -> Relation:
    if _same(title, own):
        return "self"
    start = max(start, at - NEAR)
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
