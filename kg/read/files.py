"""Which files are sources, and what they hold in bytes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import SourceError
from kg.read.kinds import FORMATS, SUFFIXES, UNREAD_SUFFIXES

MAX_BYTES = 50_000_000


def find_sources(paths: Iterable[Path], out: Path | None = None) -> tuple[list[Path], list[Path]]:
    """Return the files to read, sorted, and those in a folder that no reader is there for.

    A folder is searched with its sub-folders; hidden files are passed over. A file that is named outright is always
    among the first, and so are documents of a kind that is not read (.doc): each says what to do about it. What a build
    wrote into ``out`` is no source.

    :raises SourceError: a path does not exist, or there is nothing to read at all.
    """
    files: set[Path] = set()
    passed: set[Path] = set()
    names = [Path(path) for path in paths]
    for path in names:
        with _reading(path):
            if path.is_dir():
                for inner in _walk(path, out):
                    (files if inner.suffix.lower() in SUFFIXES | UNREAD_SUFFIXES else passed).add(inner)
            elif path.exists():
                files.add(path)
            else:
                raise SourceError(f"{readable(path)}: no such file or folder; check the path")
    if not files:
        where = ", ".join(map(readable, names)) or "(nothing)"
        raise SourceError(f"{where}: no document found; give files or folders with {FORMATS} documents")
    return sorted(files), sorted(passed - files)


def _walk(folder: Path, out: Path | None) -> Iterator[Path]:
    ours = _built_within(folder, out)
    for path in folder.rglob("*"):
        inner = path.relative_to(folder)
        hidden = any(part.startswith((".", "~$")) for part in inner.parts)  # ~$: what Word leaves of an open document
        if path.is_file() and not hidden and not (ours and ours in inner.parents) and not _is_companion(path):
            yield path


def _is_companion(path: Path) -> bool:
    """Say whether a file lies in the folder that a browser saved beside a page: 通知.html, 通知_files/."""
    folder = path.parent
    stem = next((folder.name.removesuffix(end) for end in ("_files", ".files") if folder.name.endswith(end)), None)
    return stem is not None and any((folder.parent / f"{stem}{suffix}").is_file() for suffix in (".html", ".htm"))


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


def read_bytes(path: Path) -> bytes:
    """Return what a source file holds.

    :raises SourceError: it is no file, cannot be read, or is too large.
    """
    if not _is_utf8(path):
        raise SourceError(f"{readable(path)}: its name is not UTF-8, so the graph cannot name it; rename it")
    with _reading(path):
        path.stat()
        if not path.is_file():  # who opens a pipe waits for ever
            raise SourceError(f"{path}: is no file but a folder, pipe or device; give a document")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1) if path.stat().st_size <= MAX_BYTES else None
    if data is None or len(data) > MAX_BYTES:
        raise SourceError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB; split it, or check that it is a document")
    return data


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
