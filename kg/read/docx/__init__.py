"""Word documents: paragraphs with the numbers that Word generates, tables with merged cells, text boxes.

Left out: page headers and footers, footnotes, comments, hidden and deleted text, a generated table of contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from kg.read.archive import Archive, broken, resolve
from kg.read.docx.numbering import Numbering, W, load_numbering
from kg.read.pinned import Extract, Words, Writer

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# deleted, moved away, properties, pronunciation above a word, and what only a reader of the screen sees
_SKIPPED = frozenset(
    f"{W}{name}"
    for name in ["del", "moveFrom", "pPr", "rPr", "rt", "instrText", "delText", "footnoteReference", "tblPr", "sectPr", "sdtPr"]
)
_SIGNS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_SYMBOLS = {"F0A3": "□", "F06F": "□", "F0A8": "□", "F052": "☑", "F0FE": "☑", "F0FC": "√", "F0B2": "•"}  # Wingdings
_CONTENTS = re.compile(r"toc ?\d|TOC ?\d", re.I)


def read_docx(data: bytes, where: str) -> Extract:
    """Return the text and the tables of a Word document (.docx, .docm).

    :raises SourceError: it is damaged, or unpacks to more than anyone writes.
    """
    archive = Archive(data, where)
    main = _main_part(archive)
    body = archive.parse(main).find(f"{W}body")
    if body is None:
        raise broken(where, f"{main} has no body")
    related = {kind: name for kind, name in _relations(archive, main) if name in archive}
    styles = archive.parse(related["styles"]) if "styles" in related else None
    numbering = archive.parse(related["numbering"]) if "numbering" in related else None
    reader = _Reader(load_numbering(numbering, styles), _contents_styles(styles))
    reader.read(body)
    return reader.writer.extract()


def _main_part(archive: Archive) -> str:
    found = dict(_relations(archive, ""))
    name = found.get("officeDocument", "word/document.xml")
    if name not in archive:
        raise broken(archive.where, "it has no word/document.xml")
    return name


def _relations(archive: Archive, part: str) -> Iterator[tuple[str, str]]:
    """Yield the kinds of things that a part refers to, and their parts."""
    folder, _, name = part.rpartition("/")
    path = f"{folder}/_rels/{name}.rels" if part else "_rels/.rels"
    if path in archive:
        for relation in archive.parse(path).iter(f"{_RELATIONS}Relationship"):
            if relation.get("TargetMode") != "External":
                yield relation.get("Type", "").rpartition("/")[2], resolve(part, relation.get("Target", ""))


def _contents_styles(styles: etree._Element | None) -> frozenset[str]:
    """Return the styles of a table of contents."""
    found = set()
    for style in styles.iterfind(f"{W}style") if styles is not None else ():
        name = style.find(f"{W}name")
        if name is not None and _CONTENTS.fullmatch(name.get(f"{W}val", "")):
            found.add(style.get(f"{W}styleId", ""))
    return frozenset(found)


class _Reader:
    """Walks through the body; what hangs on a paragraph (a text box) is written behind it."""

    def __init__(self, numbering: Numbering, contents: frozenset[str]) -> None:
        self.writer = Writer()
        self._numbering = numbering
        self._contents = contents

    def read(self, parent: etree._Element) -> None:
        """Write the paragraphs and tables of a body, or of what wraps some of them."""
        for element in _chosen(parent):
            if element.tag == f"{W}p":
                words, boxes = self._paragraph(element)
                self.writer.add(words)
                for box in boxes:
                    self.read(box)
            elif element.tag == f"{W}tbl":
                self._table(element)
            elif element.tag not in _SKIPPED and not _is_contents(element):
                self.read(element)

    def _table(self, table: etree._Element) -> None:
        cells = _merged(table)
        if len({column for _, _, column, _, _ in cells}) <= 1:  # a frame around paragraphs, such as a 专栏
            for cell, *_ in cells:
                self.read(cell)
        else:
            self.writer.add_table([Words(self._words(cell), *place) for cell, *place in cells])

    def _words(self, parent: etree._Element) -> str:
        """Return all that stands in a cell, one paragraph a line."""
        lines: list[str] = []
        for element in _chosen(parent):
            if element.tag == f"{W}p":
                words, boxes = self._paragraph(element, cell=True)
                lines += [words, *map(self._words, boxes)]
            elif element.tag not in _SKIPPED:
                lines.append(self._words(element))
        return "\n".join(line for line in lines if line.strip())

    def _paragraph(self, paragraph: etree._Element, *, cell: bool = False) -> tuple[str, list[etree._Element]]:
        """Return a paragraph's words with its number, and the text boxes that hang on it.

        A number alone counts in a cell only: that is a column 序号.
        """
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") in self._contents:
            return "", []
        parts: list[str] = []
        boxes: list[etree._Element] = []
        _collect(paragraph, parts, boxes)
        words = "".join(parts)
        if not words.strip() and paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            return "", boxes  # deleted as a whole: it has no number either
        label = self._numbering.label(paragraph)
        return (label + words.lstrip() if words.strip() or cell else ""), boxes


def _collect(parent: etree._Element, parts: list[str], boxes: list[etree._Element]) -> None:
    """Gather the words of a paragraph, or of what stands in it."""
    for element in _chosen(parent):
        tag = element.tag
        if tag in (f"{W}t", f"{_MATH}t"):
            parts.append(element.text or "")
        elif tag in _SIGNS:
            parts.append(_SIGNS[tag])
        elif tag == f"{W}sym":
            parts.append(_SYMBOLS.get(element.get(f"{W}char", "").upper(), ""))
        elif tag == f"{W}txbxContent":
            boxes.append(element)
        elif tag not in _SKIPPED and not (tag == f"{W}r" and _is_on(element.find(f"{W}rPr/{W}vanish"))):
            _collect(element, parts, boxes)


def _chosen(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the children; of alternatives, the first."""
    for element in parent:
        if element.tag == f"{_MC}AlternateContent":
            choice = element.find(f"{_MC}Choice")
            choice = choice if choice is not None else element.find(f"{_MC}Fallback")
            yield from _chosen(choice) if choice is not None else ()
        else:
            yield element


def _is_contents(element: etree._Element) -> bool:
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and switch.get(f"{W}val", "1") not in ("0", "false", "off")


def _within(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows of a table, or the cells of a row, also those in a content control or a tracked change."""
    for element in _chosen(parent):
        if element.tag == tag:
            yield element
        elif element.tag not in _SKIPPED and element.tag not in (f"{W}tbl", f"{W}tr", f"{W}tc"):
            yield from _within(element, tag)


def _merged(table: etree._Element) -> list[tuple[etree._Element, int, int, int, int]]:
    """Return each cell with its row, its column and how many of both it spans."""
    found: list[tuple[etree._Element, int, int, int, int]] = []
    above: dict[int, int] = {}  # by column: the cell that may go on below
    rows = (row for row in _within(table, f"{W}tr") if row.find(f"{W}trPr/{W}del") is None)
    for at, row in enumerate(rows):
        column = _int(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for cell in _within(row, f"{W}tc"):
            across = max(1, _int(cell.find(f"{W}tcPr/{W}gridSpan"), 1))
            down, left = cell.find(f"{W}tcPr/{W}vMerge"), cell.find(f"{W}tcPr/{W}hMerge")
            if left is not None and left.get(f"{W}val") != "restart" and found and found[-1][1] == at:
                element, top, first, height, width = found[-1]
                found[-1] = (element, top, first, height, width + across)
            elif down is not None and down.get(f"{W}val") != "restart" and column in above:
                element, top, first, _, width = found[above[column]]
                found[above[column]] = (element, top, first, at - top + 1, width)
            else:
                above.pop(column, None)
                if down is not None:
                    above[column] = len(found)
                found.append((cell, at, column, 1, across))
            column += across
    return found


def _int(element: etree._Element | None, otherwise: int) -> int:
    words = element.get(f"{W}val", "") if element is not None else ""
    return int(words) if words.isdecimal() and len(words) < 6 else otherwise
