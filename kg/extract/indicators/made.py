"""Things counted in the middle of what is said of them: 完成一期2座教学楼建设, 13处运动场地建成并投入使用."""

from __future__ import annotations

import re

from kg.extract.indicators.names import skip_openers, strip_name
from kg.extract.indicators.sites import Site

COMPLETING = re.compile(r"(?:[^，、]{0,4}(?:全面|全部|基本|如期|力争|确保))?(?:完成|实施|启动)")
MADE = re.compile(r"(?:主体)?(?:工程)?(?:的)?(?:建设|新建|改扩建|扩建|主体施工|主体封顶)(?:任务|工作|工程|项目)?$")
FINISHED = re.compile(
    r"(?:全部|全面|均|顺利|如期|正式)*(?:主体|工程|项目|主体工程)?(?:建成|竣工|完工|投用|投入使用|投入运[营行]|投运|投产|通车|封顶|开工)[^，、\d]{0,10}$"
)
LISTED = re.compile(r"(?:及|和|与|以及|、)$")
JOINED = re.compile(r"[及和与、等的]$|、")
LONGEST = 24  # characters of a name with what stands before the figure


def is_made(site: Site, core_end: int) -> bool:
    """Say whether what the figure counts is to be completed; 推进6个园区建设 only says which ones."""
    shape, left, noun = site.passage.shape, site.left, site.behind
    if site.quantity.kind != "count" or noun.startswith("的"):
        return False
    begun = COMPLETING.match(shape, skip_openers(shape, left, core_end), core_end) is not None
    if MADE.search(noun):
        return begun
    start, end = strip_name(shape, left, core_end, verbs=False)
    return FINISHED.search(noun) is not None and (begun or start == end or LISTED.search(shape[left:core_end]) is not None)


def made_name(site: Site, noun: tuple[int, int], core_end: int) -> str:
    """Return what is made, with whose it is: of 完成城东小学一期2座教学楼建设 it is 城东小学一期教学楼."""
    shape, text = site.passage.shape, site.passage.text
    behind = shape[noun[0] : noun[1]]
    cut = MADE.search(behind) or FINISHED.search(behind)
    name = text[noun[0] : noun[0] + cut.start()] if cut else text[slice(*noun)]
    start, end = strip_name(shape, site.left, core_end, verbs=True)
    before = text[start:end] if end > start and not JOINED.search(shape[site.left : core_end]) else ""
    return before + name if len(before) + len(name) <= LONGEST else name
