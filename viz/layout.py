"""Where each thing stands, by its meaning and without chance: the same records give the same picture everywhere."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass

ASPECT = 1.42  # the room beside the detail panel on an office screen, width to height
CARD_EMS = 8.4  # the width of a document's title on its card


@dataclass(frozen=True, slots=True)
class Place:
    """A node's spot; ``side`` says where its label goes: -1 left, 0 inside, 1 right."""

    node: str
    x: int
    y: int
    side: int = 1
    lines: tuple[str, ...] = ()  # of a document's card


@dataclass(frozen=True, slots=True)
class Panel:
    """The ground that things of one region or document share, and how many of them are shown."""

    title: str
    x: int
    y: int
    width: int
    height: int
    shown: int = 0
    total: int = 0
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Caption:
    """A heading that is no node: a word of ``static/words.js`` at a spot."""

    word: str
    x: int
    y: int
    document: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole picture."""

    places: tuple[Place, ...]
    panels: tuple[Panel, ...]
    captions: tuple[Caption, ...] = ()


def measure_ems(text: str) -> float:
    """Return about how wide a text is set, in ems.

    >>> measure_ems("市水利局"), round(measure_ems("2023年"), 2)
    (4.0, 3.24)
    """
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.56 for character in text)


def clip(text: str, ems: float) -> str:
    """Return the text, shortened with an ellipsis where it is wider than that.

    >>> clip("碳达峰碳中和领导小组成员单位", 8)
    '碳达峰碳中和领…'
    """
    if measure_ems(text) <= ems:
        return text
    while text and measure_ems(text) > ems - 1:
        text = text[:-1]
    return text + "…"


def wrap_title(title: str, ems: float = CARD_EMS, most: int = 5) -> tuple[str, ...]:
    """Return the title in lines of even length that end where a reader pauses.

    >>> wrap_title("石家庄市2023年生态文明建设工作要点")
    ('石家庄市2023年', '生态文明建设', '工作要点')
    """
    lines: list[str] = []
    rest = clip(title, ems * most)
    for left in range(math.ceil(measure_ems(rest) / ems), 0, -1):
        cut = len(rest) if left == 1 else _find_break(rest, left, ems)
        lines.append(rest[:cut])
        rest = rest[cut:]
    return tuple(lines)


def _find_break(text: str, lines: int, ems: float) -> int:
    """Return where the first of that many lines ends."""
    wish, widest = measure_ems(text) / lines, ems + 0.8

    def cost(cut: int) -> float:
        width, rest = measure_ems(text[:cut]), measure_ems(text[cut:])
        fits = width <= widest and rest <= (lines - 1) * widest
        pause = text[cut - 1] in "年市省县区》）)”、，的" or text.startswith(("工作", "规划", "方案", "行动"), cut)
        number = (text[cut - 1] + text[cut]).isascii()  # 2022 stays whole
        return abs(width - wish) + 99 * (not fits) + 9 * number - 2 * (pause and text[cut] not in "》）)”、，")

    return min(range(1, len(text)), key=cost)


def measure_size(layout: Layout) -> float:
    """Return how tall a screen must be to hold the picture."""
    width = max((panel.x + panel.width for panel in layout.panels), default=0)
    height = max((panel.y + panel.height for panel in layout.panels), default=0)
    return max(width / ASPECT, height)
