"""Open source files: bytes in, pinned text out, with the tables and pages of formats that have them.

A plain text is pinned as it stands. Of all others the extracted text is pinned: ``kg.read.pinned`` says what it looks
like. Each format has a module of its own, imported when a file needs it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg.errors import SourceError
from kg.model import Document
from kg.read.encodings import decode
from kg.read.files import MAX_BYTES, find_sources, read_bytes, readable
from kg.read.kinds import FORMATS, SUFFIXES, Kind, kind_of
from kg.read.pinned import Extract

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "SUFFIXES",
    "decode",
    "document_of",
    "find_sources",
    "read_bytes",
    "read_document",
    "readable",
]


def read_document(path: Path) -> Document:
    """Read one file; its format and its encoding are found, never asked for.

    :raises SourceError: the file is unreadable, empty, too large, damaged, or of a format that is not read.
    """
    return document_of(path, read_bytes(path))


def document_of(path: Path, data: bytes) -> Document:
    """Return the document that a file's bytes are.

    :raises SourceError: they are no document, or none that can be read; the message says what to do.
    """
    where = str(path)
    try:
        extract, encoding = _extract(kind_of(data, path), data, where)
    except RecursionError as error:
        raise SourceError(f"{where}: is nested too deeply to be a document; save it again") from error
    if not extract.text.strip():
        raise SourceError(f"{where}: is empty; remove it or put the document's text in")
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(path.as_posix(), sha256, encoding, extract.text, extract.pages, extract.grids, extract.whole)


def _extract(kind: Kind, data: bytes, where: str) -> tuple[Extract, str]:
    """Return what a reader takes out of a file, and its encoding or format; readers are loaded where they are needed."""
    match kind:
        case "html":
            from kg.read.html import read_html

            return read_html(data, where)
        case "mhtml":
            from kg.read.html import read_mhtml

            return read_mhtml(data, where)
        case "docx":
            from kg.read.docx import read_docx

            return read_docx(data, where), kind
        case "xlsx":
            from kg.read.xlsx import read_xlsx

            return read_xlsx(data, where), kind
        case "pdf":
            from kg.read.pdf import read_pdf

            return read_pdf(data, where), kind
        case "text":
            text, encoding = decode(data, where)
            return Extract(text, whole=False), encoding
