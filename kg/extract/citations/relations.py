"""What a document is named for, by the words around it: basis, creates, reference; and by whom it was issued."""

from __future__ import annotations

import re
from typing import cast

from kg.cues import Cue, first, load_cues
from kg.extract.citations.numbers import CUES, normalize_number, place_of_number
from kg.model import Relation

NEAR = 400  # characters in which a citation's verb stands before it
_TITLE = re.compile(
    r"《[^《》]*(?:《[^《》]*》[^《》]*)*》(?:[（(][^()（）]{0,60}[)）])?(?:第[一二三四五六七八九十百、第条款项]{1,40}(?:规定)?)?"
)
_JOIN = re.compile(r"(?:、|和|与|及|以及|及其|并|或|或者|；)+$")
_JOINS = "　 、，,和与及以并"
_CLAUSE = "。；;！？!?\n：:"
_ENDS_BODY = re.compile(
    r"(?:部|委|委员会|厅|局|总局|署|办|办公厅|办公室|政府|国务院|中央|党中央|人大|常委会|代表大会|领导小组|指挥部|政协|高法|高检|法院|检察院"
    r"|集团|公司|总会|联合会|协会|学会|银行|党委|省委|市委|县委|区委|工会|院|会议|会)$"
)
_GROUP = re.compile(r"等[^，。；《》]{0,14}(?:部门|单位|部委|机关|机构|部委局|厅局|委办局)?$")
_ISSUES = re.compile(
    r"(?:近日|日前|共同|联合|正式|公开|重新|新|最新|(?:19|20)\d\d年)*(?:制定|制订|修订|修改|编制|审议)?(?:并|后)?(?:印发|发布|出台|下发|颁布|公布|转发|批转|通过|发)?(?:实施)?了?的?$"
)
_LEADS = re.compile(
    r"^.*(?:按照|依据|依照|根据|遵照|贯彻|落实|执行|结合|对照|对标|参照|衔接|遵循|遵守|实施|围绕|符合|达到|以及|同时|要求|转发了?|批转了?|印发了?|的|年\d+月|\d{4}年)"
    r"|^(?:配合|会同|协助|推动|报请|经|由|将|把|对|在|就|以|为|和|与|及)"
)
_OF_TITLE = re.compile(
    r"^(?P<issuer>(?:中共中央|中共|国务院|全国人大|全国人民代表大会|最高人民|中央|国家|[\u4e00-\u9fff]{2,12}?(?:[省市县区州委部局厅署办]|政府|委员会|办公[厅室]))"
    r"[^《》“”，。；]{0,60}?(?<!有)(?<!无))(?=关于|印发)"
)
_USED = re.compile("(?:结合|对照|衔接)[^，。；]{0,12}$|[厅局委部][^，。；]{0,6}(?:公布|发布)的$")  # a list that is used
_NO_ISSUER = re.compile(r"^(?:你|我|贵|该|本|各|其|此)")


def relate(text: str, start: int, at: int, behind: int, title: str) -> Relation:
    """Return what the title at ``at`` is named for, by its clause before and the words behind.

    >>> text = "按照《甲法》，编制《乙规划》。"
    >>> relate(text, 0, 2, 6, "甲法"), relate(text, 0, 9, 14, "乙规划")
    ('basis', 'creates')
    """
    near, wide = _words_before(text, start, at)
    after = first(load_cues(CUES)["relation_behind"], text[behind : behind + 40].split("\n")[0])
    before = _nearest(near) or (_nearest(wide) if not near.strip(_JOINS) else None)
    if before is not None:
        return _settle(before, after, title, near, wide)
    if after is not None and after.id == "ground_of":
        return "basis" if re.search("以[^，。；]{0,12}$", near) else "reference"
    if after is not None:
        return cast(Relation, after.says)
    weak = load_cues(CUES)["weak_relation"]
    return "basis" if first(weak, near) or first(weak, _label(text, start, at)) else "reference"


def _nearest(words: str) -> Cue | None:
    """Return the cue whose verb stands nearest to the title; what is no longer in force comes first."""
    found = [(_last_start(cue.pattern, words), -i, cue) for i, cue in enumerate(load_cues(CUES)["relation"])]
    fitting = [entry for entry in found if entry[0] >= 0]
    if any(cue.id == "no_longer" for _, _, cue in fitting):
        return next(cue for _, _, cue in fitting if cue.id == "no_longer")
    return max(fitting, key=lambda entry: entry[:2])[2] if fitting else None


def _last_start(pattern: re.Pattern[str], words: str) -> int:
    """Return where the last possible match begins, -1 without any."""
    last, at = -1, 0
    while match := pattern.search(words, at):
        last, at = match.start(), match.start() + 1
    return last


def _settle(before: Cue, behind: Cue | None, title: str, near: str, wide: str) -> Relation:
    """Weigh what stands before against what stands behind."""
    beyond = behind.id if behind is not None else None
    catalogue = re.search("(?:目录|名录)(?:[（(][^（()）]*[)）])?$", title) is not None
    written = next(cue for cue in load_cues(CUES)["relation"] if cue.id == "written").pattern
    if beyond == "repealed" or (before.id == "creates" and (beyond == "ground" or written.search(near) or written.search(wide))):
        return "reference"
    if before.id == "about" and beyond == "shared_out":
        return "basis"
    if before.id == "creates" and beyond == "notice_of":
        carried = next(cue for cue in load_cues(CUES)["relation"] if cue.id == "basis").pattern
        return "basis" if carried.search(near) or carried.search(wide) else "reference"
    if before.id == "basis" and catalogue and (beyond == "ground" or _USED.search(near)):
        return "reference"
    return cast(Relation, before.says)


def _words_before(text: str, start: int, at: int) -> tuple[str, str]:
    """Return the words before a title: of its clause, and of its sentence; without the other titles of a list."""
    start = max(start, at - NEAR)
    start = max(start, *(text.rfind(stop, start, at) + 1 for stop in _CLAUSE))
    sentence = text[start:at]
    bare = _TITLE.sub("、" if _TITLE.search(sentence) else "", sentence)
    listed = bare != sentence
    bare = re.sub(r"、+$", "", bare) if listed else bare
    parts = re.split("[，,](?![^（(]*[)）])", bare)
    near = parts[-1]
    if listed or len(parts) > 1:
        near = _JOIN.sub("", near)
    wide = _JOIN.sub("", "".join(parts[:-1]) if not near.strip() else bare).rstrip("、，, ")
    return near, wide


def _label(text: str, start: int, at: int) -> str:
    """Return the last label before a list of titles: 编制依据：1.《甲法》；2.《乙条例》."""
    lead = _TITLE.sub("", text[max(start, at - NEAR) : at])
    return re.sub(r"[\s\d；;、，,.．。（()）①-⑳]+$", "", lead)[-12:]


def issuer_before(text: str, start: int, at: int) -> str | None:
    """Return the bodies named right before a title as its issuers.

    >>> text = "按照国家发展改革委等30部门印发的《某意见》"
    >>> issuer_before(text, 0, len(text) - 5)
    '国家发展改革委等30部门'
    """
    near = re.split("[，,。；;！？：:\n《》]", text[max(start, at - 200) : at])[-1]
    words = _ISSUES.sub("", near)
    group = _GROUP.search(words)
    bodies = words[: group.start()] if group else words
    bodies = without_lead(bodies).replace("联合", "、")
    parts = bodies.split("、")
    kept: list[str] = []
    for part in reversed(parts):
        if not _ENDS_BODY.search(part) or len(part) > 24:
            break
        kept.insert(0, part)
    if not kept or _NO_ISSUER.match(kept[0]):
        return None
    return "、".join(kept) + (group[0] if group and len(group[0]) > 1 else "")


def without_lead(words: str) -> str:
    """Return what is left of a clause behind its verb: 认真贯彻落实市委 → 市委."""
    return _LEADS.sub("", words).lstrip("和与及、")


def issuer_in_title(title: str) -> str | None:
    """Return the issuer with which a title opens.

    >>> issuer_in_title("国务院办公厅关于推进改革的意见")
    '国务院办公厅'
    """
    match = _OF_TITLE.match(title)
    return match["issuer"] if match else None


def issuer_of_number(number: str | None) -> str | None:
    """Return the place whose number it is, as far as the number shows it."""
    return place_of_number(normalize_number(number)) if number else None
