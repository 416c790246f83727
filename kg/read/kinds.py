"""What kind of file this is: by its first bytes, whatever its name says; and what to do about kinds that are not read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from kg.errors import SourceError

Kind = Literal["text", "html", "mhtml", "docx", "xlsx", "pdf"]

_TEXT = frozenset({".txt", ".text", ".md", ".markdown"})
_HTML = frozenset({".html", ".htm", ".xhtml", ".shtml"})
SUFFIXES = _TEXT | _HTML | {".mht", ".mhtml", ".docx", ".docm", ".xlsx", ".xlsm", ".pdf"}
# documents all the same: in a folder they are not passed over, each says what to do about it
UNREAD_SUFFIXES = frozenset({".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".xls", ".et", ".ods", ".ofd", ".ceb", ".caj"})
FORMATS = ".txt, .md, .html, .mht, .docx, .xlsx or .pdf"

_AS_DOCX = "open it in Word or WPS and save it as .docx (文件 → 另存为 → Word 文档 *.docx)"
_AS_XLSX = "open it in Excel or WPS and save it as .xlsx (文件 → 另存为 → Excel 工作簿 *.xlsx)"
_AS_PDF = "open it in its reader or WPS and export it as .docx, or as a .pdf with text (文件 → 导出/另存为)"
_OCR = "let a program recognise the text in it (OCR, 文字识别), and save that as .docx or .txt"
_UNPACK = "unpack it (解压) and give the documents in it"
_UNREAD: dict[str, tuple[str, str]] = {  # kind: what it is, what to do
    "doc": ("an old Word or WPS document (.doc, .wps)", _AS_DOCX),
    "rtf": ("a rich text document (.rtf)", _AS_DOCX),
    "odt": ("an OpenDocument text (.odt)", _AS_DOCX),
    "word-xml": ("a Word document as flat XML", _AS_DOCX),
    "xls": ("an old Excel or WPS workbook (.xls, .et)", _AS_XLSX),
    "ods": ("an OpenDocument sheet (.ods)", _AS_XLSX),
    "ppt": ("a presentation", "copy its text into a .docx or .txt file"),
    "ofd": ("an OFD document (.ofd)", _AS_PDF),
    "ceb": ("a document for a reader of its own (.ceb, .caj)", _AS_PDF),
    "picture": ("a picture", _OCR),
    "archive": ("an archive", _UNPACK),
    "locked": (
        "locked with a password",
        "open it in Word or WPS, take the password off (文件 → 信息 → 保护文档) and save it",
    ),
    "office": ("an old office document", "open it in Word or WPS and save it as .docx or .xlsx (文件 → 另存为)"),
}
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "rtf"),
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG\r\n", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"Founder CEB", "ceb"),
    (b"CAJ\0", "ceb"),
    (b"HN\0\0", "ceb"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
_BY_SUFFIX = {
    ".doc": "doc",
    ".dot": "doc",
    ".dps": "ppt",
    ".et": "xls",
    ".ppt": "ppt",
    ".wps": "doc",
    ".wpt": "doc",
    ".xls": "xls",
}
_PAGE = re.compile(rb"\s*(?:<\?xml[^<>]*\?>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TAG = re.compile(rb"</?[a-z][a-z0-9]{0,9}\b[^<>]*>", re.I)
_SAVED = re.compile(rb"^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,20}?Content-Type:\s*multipart/related", re.I)


def kind_of(data: bytes, path: Path) -> Kind:
    """Return how a file is to be read.

    :raises SourceError: it is of a kind that is not read; the message says what to do.
    """
    suffix, head = path.suffix.lower(), data[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        return _packed(data, path)
    for start, kind in _MAGIC:
        if head.startswith(start):
            raise unread(kind, path)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        raise unread("picture", path)
    if head.startswith(_OLE):
        streams = (kind for name, kind in _STREAMS if name.encode("utf-16-le") in data)
        raise unread(next(streams, _BY_SUFFIX.get(suffix, "office")), path)
    plain = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if b"<?mso-application" in plain or b"<pkg:package" in plain:
        raise unread("word-xml", path)
    if _SAVED.match(plain.lstrip()):
        return "mhtml"
    if _PAGE.match(plain) or (suffix in _HTML and _TAG.search(data)):
        return "html"
    if suffix == ".ofd":
        raise unread("ofd", path)
    return "text"


def unread(kind: str, path: Path) -> SourceError:
    """Return the error of a file of a kind that is not read."""
    what, remedy = _UNREAD[kind]
    return SourceError(f"{path}: is {what}, which is not read; {remedy}")


def _packed(data: bytes, path: Path) -> Kind:
    from kg.read.archive import Archive  # its XML library is loaded where a file needs it

    archive = Archive(data, str(path))
    names = archive.names
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        if "xl/workbook.bin" in archive:
            raise unread("xls", path)
        return "xlsx"
    if any(name.startswith("ppt/") for name in names):
        raise unread("ppt", path)
    if "OFD.xml" in archive:
        raise unread("ofd", path)
    if "mimetype" in archive:
        kind = archive.read("mimetype")
        if b"opendocument" in kind:
            raise unread("ods" if b"spreadsheet" in kind else "ppt" if b"presentation" in kind else "odt", path)
    raise unread("archive", path)
