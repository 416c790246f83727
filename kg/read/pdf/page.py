"""What stands on a page of a PDF: its characters and its ruled lines; a page that lies on its side is set upright."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

Seen = Callable[[float, float], tuple[float, float]]  # a point of the file as a point of the page
THIN = 3.0  # points: a box no wider is a line
SHORT = 6.0  # a line that is shorter rules nothing
MAX_OBJECTS = 20_000  # of a page: a drawing with more is a map, not a table
_MAX_FORMS = 8  # forms within one another


class Char(NamedTuple):  # made a thousand times a page: quicker than a dataclass
    """A character in its box; the origin is the page's top left corner, y goes down."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, from ``start`` to ``end`` at ``at``: x of an upright one, y of a level one."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page's size in points, its characters in the order of the file, and its ruled lines."""

    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    unreadable: int  # characters of a font that does not say which they are
    pictures: int


def read_page(page: Any) -> Page:
    """Return what stands on a page of pypdfium2, turned so that its lines run level."""
    left, bottom, right, top = page.get_bbox()
    size = (right - left, top - bottom)
    text = page.get_textpage()
    turn = _turn(text)

    def seen(x: float, y: float) -> tuple[float, float]:
        x, y = x - left, y - bottom
        return ((x, size[1] - y), (y, x), (size[0] - x, y), (size[1] - y, size[0] - x))[turn]

    width, height = size if turn % 2 == 0 else size[::-1]
    chars, unreadable = _chars(text, seen)
    text.close()
    rules, pictures = _rules(page, seen)
    return Page(width, height, chars, rules, unreadable, pictures)


def _turn(text: Any) -> int:
    """Return by how many quarters most lines of a page are turned against it; what the file says of that is often wrong."""
    count = pdfium.FPDFText_CountChars(text)
    step = max(1, count // 100)
    turns = Counter(round(-pdfium.FPDFText_GetCharAngle(text, i) / (math.pi / 2)) % 4 for i in range(0, count, step))
    return turns.most_common(1)[0][0] if turns else 0


def _chars(text: Any, seen: Seen) -> tuple[tuple[Char, ...], int]:
    found: list[Char] = []
    unreadable = 0
    box = pdfium.FS_RECTF()
    at = ctypes.byref(box)
    code_of, box_of, isfinite = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox, math.isfinite
    for i in range(pdfium.FPDFText_CountChars(text)):
        code = code_of(text, i)
        if code <= 32:
            # a blank that PDFium made up says nothing that the boxes do not say
            unreadable += code == 0
            if code != 32 or pdfium.FPDFText_IsGenerated(text, i) == 1:
                continue
        elif 0xD800 <= code <= 0xF8FF or code in (0xFFFD, 0xFFFE, 0xFFFF) or code > 0x10FFFF:
            unreadable += 1
            continue
        if box_of(text, i, at):
            (x0, y0), (x1, y1) = seen(box.left, box.top), seen(box.right, box.bottom)
            if isfinite(x0 + y0 + x1 + y1):
                found.append(Char(chr(code), min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return tuple(found), unreadable


def _rules(page: Any, seen: Seen) -> tuple[tuple[Rule, ...], int]:
    rules: list[Rule] = []
    pictures = 0
    for item, matrix in _objects(page):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            for x0, y0, x1, y1 in _edges(item):
                (a, b), (c, d) = (seen(*_moved(matrix, x, y)) for x, y in ((x0, y0), (x1, y1)))
                if abs(a - c) <= THIN and abs(b - d) >= SHORT:
                    rules.append(Rule(True, (a + c) / 2, min(b, d), max(b, d)))
                elif abs(b - d) <= THIN and abs(a - c) >= SHORT:
                    rules.append(Rule(False, (b + d) / 2, min(a, c), max(a, c)))
    return tuple(rules), pictures


def _objects(page: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the objects of a page, those within forms too, each with the matrix of its form."""
    todo = [(pdfium.FPDFPage_GetObject(page, i), None, 0) for i in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS))]
    todo.reverse()
    count = 0
    while todo and count < MAX_OBJECTS:
        item, matrix, depth = todo.pop()
        count += 1
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORMS:
            own = _matrix(item, matrix)
            inner = min(pdfium.FPDFFormObj_CountObjects(item), MAX_OBJECTS)
            todo += [(pdfium.FPDFFormObj_GetObject(item, i), own, depth + 1) for i in reversed(range(inner))]
        else:
            yield item, matrix


def _matrix(item: Any, outer: Any) -> Any:
    own = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(own)):
        return outer
    values = (own.a, own.b, own.c, own.d, own.e, own.f)
    if outer is None:
        return values
    a, b, c, d, e, f = values
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _moved(matrix: Any, x: float, y: float) -> tuple[float, float]:
    if matrix is None:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _edges(path: Any) -> Iterator[tuple[float, float, float, float]]:
    """Yield the straight edges of a path; a thin box is one line."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(path, *map(ctypes.byref, (left, bottom, right, top))):
        return
    x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
    if not all(map(math.isfinite, (x0, y0, x1, y1))):
        return
    if x1 - x0 <= THIN or y1 - y0 <= THIN:
        middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
        yield (middle_x, y0, middle_x, y1) if x1 - x0 <= y1 - y0 else (x0, middle_y, x1, middle_y)
        return
    fill, stroke = ctypes.c_int(), pdfium.FPDF_BOOL()
    if pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)) and not stroke.value:
        return  # a filled area is a colour behind words
    own = _matrix(path, None)
    start = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(min(pdfium.FPDFPath_CountSegments(path), MAX_OBJECTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        here = _moved(own, x.value, y.value)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            start = here
        else:
            yield (*last, *here)
            if pdfium.FPDFPathSegment_GetClose(segment):
                yield (*here, *start)
        last = here
