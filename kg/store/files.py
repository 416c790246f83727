"""Files that are on the disk when the call returns, and the digest of folders."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, serialize

_PATIENCE = 20  # tries of 50 ms: on Windows a reader may hold the pointer for a moment


@dataclass(frozen=True, slots=True)
class Lines:
    """Quads as the N-Quads lines that a generation keeps."""

    count: int
    content: bytes


def encode_nquads(quads: Iterable[Quad]) -> Lines:
    """Return the quads in the order given as lines."""
    listed = list(quads)
    return Lines(len(listed), serialize(listed, format=RdfFormat.N_QUADS) or b"")


def write_nquads(quads: Iterable[Quad], path: Path) -> str:
    """Write the quads in the order given; return the SHA-256 of the file."""
    return write_lines(encode_nquads(quads), path)


def write_lines(lines: Lines, path: Path) -> str:
    """Write the lines; return the SHA-256 of the file."""
    write_durably(path, lines.content)
    return hashlib.sha256(lines.content).hexdigest()


def write_durably(path: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def replace_durably(path: Path, content: bytes) -> None:
    """Replace a file as a whole: readers see the old content or the new one, whatever happens."""
    fresh = path.with_name(path.name + ".new")
    write_durably(fresh, content)
    for attempt in range(_PATIENCE):
        try:
            fresh.replace(path)
            break
        except PermissionError:
            if sys.platform != "win32" or attempt == _PATIENCE - 1:
                raise
            time.sleep(0.05)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Wait until a file that someone else wrote is on the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def fingerprint(*folders: Path, skip: Iterable[str] = ("documents", "__pycache__")) -> str:
    """Return a digest of all names and contents under the folders; sub-folders named in ``skip`` do not count."""
    left_out, sums = set(skip), hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder)
            if path.is_file() and left_out.isdisjoint(name.parts[:-1]):
                sums.update(f"{folder.name}/{name.as_posix()}\0{digest(path)}\n".encode())
    return sums.hexdigest()
