"""PDFs with text: lines in reading order without page numbers and running heads, ruled tables, and where pages begin."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2

from kg.errors import SourceError
from kg.read.archive import broken
from kg.read.pdf.lines import Line, find_lines, without_heads
from kg.read.pdf.page import Page, read_page
from kg.read.pdf.paragraphs import goes_on, has_indents, margins
from kg.read.pdf.tables import Table, continues, find_tables, joined
from kg.read.pinned import Extract, Writer

MAX_PAGES = 1_000
MAX_CHARS = 3_000_000
_SPARSE = 15  # characters a page: what a scan with stamped page numbers has
_UNREADABLE = 0.3  # share of characters whose font does not say which they are
_PASSWORD = 4  # PDFium's number of the error
_OCR = "let a program recognise its text (OCR, 文字识别: WPS, Adobe Acrobat) and give the .docx or .pdf that it makes"


def read_pdf(data: bytes, where: str) -> Extract:
    """Return the text, the pages and the tables of a PDF.

    :raises SourceError: it is damaged, locked, scanned without text, or longer than anyone writes.
    """
    pages = _read_pages(data, where)
    tables, lines = [], []
    for page in pages:
        found, rest = find_tables(page)
        tables.append(found)
        lines.append(find_lines(rest, page.width))
    kept = without_heads([(page.height, found) for page, found in zip(pages, lines, strict=True)])
    return _write(kept, tables)


def _read_pages(data: bytes, where: str) -> list[Page]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise SourceError(f"{where}: is locked with a password; open it and print it into a PDF without one") from error
        raise broken(where, str(error)) from error
    pages: list[Page] = []
    count = 0
    try:
        if len(document) > MAX_PAGES:
            raise SourceError(f"{where}: has {len(document):,} pages, more than {MAX_PAGES:,}; split it")
        for i in range(len(document)):
            page = document[i]
            pages.append(read_page(page))
            page.close()
            count += len(pages[-1].chars)
            if count > MAX_CHARS:
                raise SourceError(f"{where}: has more than {MAX_CHARS:,} characters; split it")
    except pypdfium2.PdfiumError as error:
        raise broken(where, str(error)) from error
    finally:
        document.close()
    unreadable = sum(page.unreadable for page in pages)
    if count + unreadable <= _SPARSE * len(pages) and (count + unreadable == 0 or any(page.pictures for page in pages)):
        raise SourceError(f"{where}: is scanned, a PDF of pictures without text; {_OCR}")
    if unreadable > _UNREADABLE * (count + unreadable):
        raise SourceError(f"{where}: its fonts do not say which characters they show, so its text cannot be taken out; {_OCR}")
    return pages


def _write(lines: Sequence[Sequence[Line]], tables: Sequence[Sequence[Table]]) -> Extract:
    """Write page after page, each table where it stands; one at the foot of a page waits for what the next page adds."""
    sides = [margins(page) for page in lines]
    indents = has_indents(list(zip(sides, lines, strict=True)))
    blocks = [_blocks(page, found) for page, found in zip(lines, tables, strict=True)]
    places = [(i, block) for i, page in enumerate(blocks) for block in page]
    writer = Writer(whole=False)
    begun = -1  # the last page that was said to begin
    open_table: Table | None = None
    for at, (page, block) in enumerate(places):
        following = places[at + 1] if at + 1 < len(places) else None
        if open_table is not None and isinstance(block, Table):
            block = joined(open_table, block)
            begun, open_table = page, None
        while begun < page:
            writer.turn_page()
            begun += 1
        if isinstance(block, Line):
            near = following[1] if following else None
            goes = indents and isinstance(near, Line) and goes_on(block, sides[page], near, sides[places[at + 1][0]])
            writer.add(block.text, goes_on=goes)
        elif following and following[0] == page + 1 and isinstance(following[1], Table) and continues(block, following[1]):
            open_table = block
        else:
            writer.add_table(block.cells, block.turns)
    while begun < len(blocks) - 1:
        writer.turn_page()
        begun += 1
    return writer.extract()


def _blocks(lines: Sequence[Line], tables: Sequence[Table]) -> list[Line | Table]:
    """Return what stands on a page in reading order; lines alone are in it already."""
    blocks: list[Line | Table] = [*lines, *tables]
    return sorted(blocks, key=lambda block: block.top) if tables else blocks
