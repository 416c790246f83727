"""Web pages: the document in them, its paragraphs and its tables; what the site puts around it is left out."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from kg.errors import SourceError
from kg.read.encodings import decode
from kg.read.html.main import find_content, find_title, is_furniture
from kg.read.numerals import numeral
from kg.read.pinned import Extract, Words, Writer, place

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_LISTS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_DECLARED = re.compile(
    rb"""<meta[^<>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,20})|<\?xml[^<>]{0,80}encoding\s*=\s*["']([\w-]{2,20})""", re.I
)
_XML = re.compile(r"^\s*<\?xml[^<>]{0,200}\?>", re.I)
_LAYOUT = 0.6  # share of a table's words in one cell that stands alone in its row
_UNMARKED = re.compile(r"list-style[^;]*none", re.I)
# lists of a wide-spread editor (UEditor) draw their numbers as pictures, and say which by a class
_DRAWN = re.compile(r"\bcustom_((?:num|cn)[12]?)\b")
_EDITOR = {
    "num": ("", "decimal", ". "),
    "num1": ("", "decimal", ") "),
    "num2": ("(", "decimal", ") "),
    "cn": ("", "chineseCounting", "、"),
    "cn1": ("", "chineseCounting", "）"),
    "cn2": ("（", "chineseCounting", "）"),
}
MAX_SPAN = 1000
MAX_HEAD = 12  # blocks among which the title stands


def read_html(data: bytes, where: str) -> tuple[Extract, str]:
    """Return the document in a page, and the page's encoding.

    :raises SourceError: the page holds no text, or is in no known encoding.
    """
    declared = _DECLARED.search(data, 0, 4096)
    text, encoding = decode(data, where, (declared[1] or declared[2]).decode() if declared else None)
    try:
        root = lxml.html.document_fromstring(_XML.sub("", text.replace("\0", "")), parser=lxml.html.HTMLParser(huge_tree=True))
    except (etree.ParserError, ValueError) as error:
        raise SourceError(f"{where}: is a web page without any text; copy the text from the browser into a .txt file") from error
    content = find_content(root)
    writer = Writer()
    for block in _titled(_Reader().read(content), find_title(root, content)):
        if isinstance(block, str):
            writer.add(block)
        else:
            writer.add_table(block)
    extract = writer.extract()
    if not extract.text.strip():
        raise SourceError(
            f"{where}: is a web page without any text (a program loads it later); copy the text from the browser into a .txt file"
        )
    return extract, encoding


def read_mhtml(data: bytes, where: str) -> tuple[Extract, str]:
    """Return the same of a page that was saved as one file (.mht, .mhtml)."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return read_html(content, where)
    raise SourceError(f"{where}: is a saved web page (MHTML) without a page in it; save it again as “complete page” (.html)")


def _titled(blocks: list[str | list[Words]], title: str | None) -> list[str | list[Words]]:
    """Put the page's title in front where the text lacks it; where it stands broken into lines, make it one."""
    wanted = _letters(title or "")
    if not wanted:
        return blocks
    for first in range(min(len(blocks), MAX_HEAD)):
        words = ""
        for last, block in enumerate(blocks[first : first + 4], first + 1):
            words += block if isinstance(block, str) else "|"
            if _letters(words) == wanted:
                return [*blocks[:first], words, *blocks[last:]]
    head = "".join(block for block in blocks[:MAX_HEAD] if isinstance(block, str))
    return blocks if wanted in _letters(head) else [title or "", *blocks]


def _letters(words: str) -> str:
    """Return words to compare: without blanks and punctuation."""
    return re.sub(r"[\W_]+", "", words)


class _Reader:
    """Gathers paragraph after paragraph, and tables; within a table's cell (``flat``) all are paragraphs."""

    def __init__(self, *, flat: bool = False) -> None:
        self.blocks: list[str | list[Words]] = []
        self._flat = flat
        self._words: list[str] = []
        self._counts: dict[etree._Element, int] = {}  # by numbered list: its last number

    def read(self, element: etree._Element) -> list[str | list[Words]]:
        """Return what stands in an element."""
        self._element(element)
        self._flush()
        return self.blocks

    def _element(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == "br":
            self._words.append("\n")
        elif tag == "table" and not self._flat:
            self._flush()
            self._table(element)
        else:
            inline = tag not in _BLOCKS or (self._flat and tag in ("td", "th"))
            if not inline:
                self._flush()
            if tag == "li":
                self._words.append(self._number(element))
            self._add(element.text, verbatim=tag == "pre")
            for child in element:
                if isinstance(child.tag, str):
                    self._element(child)
                self._add(child.tail, verbatim=tag == "pre")
            if not inline:
                self._flush()
            elif tag in ("td", "th"):
                self._words.append(" ")

    def _add(self, words: str | None, *, verbatim: bool = False) -> None:
        if words:
            self._words.append(words if verbatim else re.sub(r"\s+", " ", words))

    def _flush(self) -> None:
        lines = "".join(self._words).split("\n")
        self.blocks += [line.strip() for line in lines if line.strip() and (self._flat or not is_furniture(line))]
        self._words.clear()

    def _table(self, table: etree._Element) -> None:
        rows = [[(cell, _text(cell)) for cell in _children(row, ("td", "th"))] for row in _rows(table)]
        for caption in _children(table, ("caption",)):
            self._element(caption)
        if not _is_layout(table, rows):
            given = [[(words, _span(cell, "rowspan"), _span(cell, "colspan")) for cell, words in row] for row in rows]
            self.blocks.append(place(given))
            return
        for row in rows:
            if len(row) > 1 and all(cell.find(".//table") is None and "\n" not in words for cell, words in row):
                self.blocks.append(" ".join(words for _, words in row if words))
                continue
            for cell, _ in row:
                self._element(cell)

    def _number(self, item: etree._Element) -> str:
        """Return what a browser shows in front of an item of a numbered list."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol" or _UNMARKED.search(parent.get("style") or ""):
            return ""
        last = self._counts.get(parent, _int(parent.get("start"), 1) - 1)
        self._counts[parent] = _int(item.get("value"), last + 1)
        drawn = _DRAWN.search(parent.get("class") or "")
        before, style, behind = _EDITOR[drawn[1]] if drawn else ("", _LISTS.get(parent.get("type", "1"), "decimal"), ". ")
        return before + numeral(self._counts[parent], style) + behind


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from _children(child, ("tr",))


def _children(element: etree._Element, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    return (child for child in element if child.tag in tags)


def _is_layout(table: etree._Element, rows: list[list[tuple[etree._Element, str]]]) -> bool:
    """Say whether a table only puts things beside each other on the screen.

    A table of data has two rows of several cells at least, no other tables within (a small one in a cell aside), and no
    cell that is alone in its row and holds most of the words.
    """
    if table.get("role") == "presentation" or sum(sum(bool(words) for _, words in row) > 1 for row in rows) < 2:
        return True
    whole = sum(len(words) for row in rows for _, words in row)
    if any(len(_text(inner)) > 0.3 * whole for inner in table.iterfind(".//table")):
        return True
    return any(len(row) == 1 and len(row[0][1]) > max(300, _LAYOUT * whole) for row in rows)


def _text(element: etree._Element) -> str:
    """Return the words of a cell, one paragraph a line."""
    return "\n".join(block for block in _Reader(flat=True).read(element) if isinstance(block, str))


def _span(cell: etree._Element, name: str) -> int:
    return min(_int(cell.get(name), 1), MAX_SPAN)


def _int(words: str | None, otherwise: int) -> int:
    words = (words or "").strip()
    return min(int(words[:9]), 1_000_000) if words.isascii() and words.isdigit() else otherwise
