"""Where a heading ends whose text runs on behind it on the same line: 一、主要目标到2025年……."""

from __future__ import annotations

import re

from kg.cues import first, load_cues, pattern
from kg.numbering import Block
from kg.text import MappedText

_STOP = re.compile("[。；;，,：:！？]")
LONGEST = 40  # characters of a heading that has no stop


def end_of_heading(copy: MappedText, block: Block) -> int:
    """Return the end of a section's heading: behind words that are known for one, or at the blank that a lost line end left.

    >>> from kg.numbering import open_block
    >>> from kg.text import map_text
    >>> copy = map_text("一、主要目标到2025年，用水总量控制在2亿立方米以内。")
    >>> block = open_block(copy.text, 0, len(copy.text))
    >>> copy.text[block.mark_end : end_of_heading(copy, block)]
    '主要目标'
    """
    if block.family not in ("cn", "cn_bracket") or block.heading_end == block.mark_end:
        return block.heading_end
    words = copy.text[block.mark_end : min(block.heading_end, block.mark_end + LONGEST)]
    for cue in load_cues()["section_opening"]:
        opening = cue.pattern.match(words)
        if opening and 0 < opening.end() < len(words):
            return block.mark_end + opening.end()
    within = block.start > 0 and copy.text[block.start - 1] != "\n"
    opening = pattern("heading", "within_line").match(words) if within else None
    if opening and opening.end() < len(words):
        return block.mark_end + opening.end()
    stop = _STOP.search(words)
    if stop and stop[0] in "：:" and first(load_cues()["section"], words[: stop.start()]):
        return block.mark_end + stop.end()
    glued = _blank_at(copy, block.start)
    for i in range(block.mark_end + 4, block.mark_end + (stop.start() if stop else len(words))):
        if _blank_at(copy, i):
            known = first(load_cues()["section"], copy.text[block.mark_end : i]) is not None
            return i if glued or known else block.heading_end
    return block.heading_end


def _blank_at(copy: MappedText, at: int) -> bool:
    """Say whether a blank was left out before a character, within its line."""
    if at == 0:
        return False
    between = copy.pinned[copy.offsets[at - 1] + 1 : copy.offsets[at]]
    return bool(between) and between.isspace() and "\n" not in between
