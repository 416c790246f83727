"""Open source files: bytes in, pinned text out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import SourceError
from kg.model import Document

TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})
MAX_BYTES = 50_000_000
_LEGACY = ("gb18030", "big5")
# the longer ones first: UTF-16 and UTF-32 begin alike
_MARKS = {
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_OTHER_FORMATS = frozenset({".pdf", ".doc", ".docx", ".wps", ".ofd", ".xls", ".xlsx", ".rtf"})
# the commonest characters of official prose, in both scripts; a wrong decoding hits hardly one in a hundred
_COMMON = frozenset(
    "的和是在了有一不为国发展工作建设管理市县区政府部门实施单位责任加强推进生态环境保护完善落实制度"
    "為國發展實施單位責任強推進環境護製產業農業設區縣門務關與年月日、，。（）：；"
)


def find_sources(paths: Iterable[Path], out: Path | None = None) -> tuple[list[Path], list[Path]]:
    """Return the files to read, sorted, and those in a folder that no reader is there for.

    A folder is searched with its sub-folders; hidden files are passed over. A file that is named outright is always
    among the first. What a build wrote into ``out`` is no source.

    :raises SourceError: a path does not exist, or there is nothing to read at all.
    """
    files: set[Path] = set()
    passed: set[Path] = set()
    names = [Path(path) for path in paths]
    for path in names:
        with _reading(path):
            if path.is_dir():
                for inner in _walk(path, out):
                    (files if inner.suffix.lower() in TEXT_SUFFIXES else passed).add(inner)
            elif path.exists():
                files.add(path)
            else:
                raise SourceError(f"{readable(path)}: no such file or folder; check the path")
    if not files:
        where = ", ".join(map(readable, names)) or "(nothing)"
        raise SourceError(f"{where}: no document found; give files or folders with .txt or .md documents")
    return sorted(files), sorted(passed - files)


def _walk(folder: Path, out: Path | None) -> Iterator[Path]:
    ours = _built_within(folder, out)
    for path in folder.rglob("*"):
        inner = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in inner.parts) and not (ours and ours in inner.parents):
            yield path


def _built_within(folder: Path, out: Path | None) -> Path | None:
    """Return where in the folder builds write, as seen from it."""
    if out is None:
        return None
    home, there = folder.resolve(), out.resolve()
    if there == home:
        return Path("generations")
    return there.relative_to(home) if home in there.parents else None


def readable(path: Path) -> str:
    r"""Return a path that can be printed: bytes of its name that are no UTF-8 become ``\xff``.

    >>> readable(Path("b\udcff.txt"))
    'b\\xff.txt'
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace") if not _is_utf8(path) else str(path)


def read_document(path: Path) -> Document:
    """Read one text file; its encoding is found, never asked for.

    :raises SourceError: the file is unreadable, empty, too large, not text, or of a format without a reader.
    """
    return document_of(path, read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """Return what a source file holds.

    :raises SourceError: it is no file, cannot be read, is too large, or is of a format without a reader.
    """
    if not _is_utf8(path):
        raise SourceError(f"{readable(path)}: its name is not UTF-8, so the graph cannot name it; rename it")
    if path.suffix.lower() in _OTHER_FORMATS:
        raise SourceError(f"{path}: {path.suffix} files are not read; save the document as plain text (.txt, UTF-8) first")
    with _reading(path):
        path.stat()
        if not path.is_file():  # who opens a pipe waits for ever
            raise SourceError(f"{path}: is no file but a folder, pipe or device; give a text file")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1) if path.stat().st_size <= MAX_BYTES else None
    if data is None or len(data) > MAX_BYTES:
        raise SourceError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB; split it, or check that it is a text file")
    return data


def document_of(path: Path, data: bytes) -> Document:
    """Return the document that a file's bytes are.

    :raises SourceError: they are no text, or none at all.
    """
    text, encoding = decode(data, str(path))
    if not text.strip():
        raise SourceError(f"{path}: is empty; remove it or put the document's text in")
    return Document(path.as_posix(), hashlib.sha256(data).hexdigest(), encoding, text)


def decode(data: bytes, where: str = "<bytes>") -> tuple[str, str]:
    """Return text and encoding.

    >>> decode("責任單位：市水利局，負責河道管理。".encode("big5"))
    ('責任單位：市水利局，負責河道管理。', 'big5')

    :raises SourceError: these bytes are no text in UTF-8, UTF-16, UTF-32, GB18030 or Big5.
    """
    if data[:1024].lstrip().startswith(b"%PDF"):
        raise SourceError(f"{where}: is a PDF, whatever its name; save the document as plain text (.txt, UTF-8) first")
    text, encoding = _decode(data, where)
    if "\0" in text:
        raise _binary(where)
    return text, encoding


def _decode(data: bytes, where: str) -> tuple[str, str]:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _decoded(data, encoding, where), "utf-8" if encoding == "utf-8-sig" else encoding
    if b"\0" in data:
        raise _binary(where)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    candidates = [(text, encoding) for encoding in _LEGACY if (text := _attempt(data, encoding)) is not None]
    if candidates:
        text, encoding = max(candidates, key=lambda candidate: _plausibility(candidate[0]))
        if _plausibility(text) >= 0.1:
            return text, encoding
    raise SourceError(f"{where}: is no Chinese text in UTF-8, GB18030 or Big5; save it again as UTF-8")


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:  # a name that is too long, or holds a zero byte
        reason = (isinstance(error, OSError) and error.strerror) or error
        raise SourceError(f"{readable(path)}: cannot be read ({reason}); check the path and its permissions") from error


def _is_utf8(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _binary(where: str) -> SourceError:
    return SourceError(f"{where}: is not a text file (it holds binary data); save the document as plain text (.txt, UTF-8)")


def _decoded(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{where}: byte {error.start} is not {encoding}, as its first bytes promise; save it again as UTF-8"
        ) from error


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _plausibility(text: str) -> float:
    """Return the share of common characters among those that are not ASCII."""
    sample = [char for char in text[:20000] if not char.isascii()]
    return sum(char in _COMMON for char in sample) / max(1, len(sample))
