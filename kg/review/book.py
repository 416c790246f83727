"""The file of corrections beside a graph: read, added to under the build's lock, never rewritten."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from kg import vocab
from kg.correction import Correction, Revocation
from kg.errors import BusyError, CorrectionError, OutputError
from kg.rdf import add_revocation, add_to_file, parse_corrections, read_corrections
from kg.store import BuildLock, replace_durably

FILE = "corrections.ttl"


def read_book(out: Path, base: str = vocab.BASE) -> tuple[Correction, ...]:
    """Return what people decided about the graph in ``out``, in the order of time.

    :raises CorrectionError: the file is broken; the message names the line.
    """
    return read_corrections(out / FILE, base)


def add_corrections(out: Path, corrections: Iterable[Correction], base: str = vocab.BASE, *, patience: float = 0.0) -> None:
    """Add corrections to the file: all of them or, where something is wrong, none.

    ``patience`` are the seconds for which another writer, such as a build, is waited for.
    """

    def change(content: bytes) -> bytes:
        known = {correction.key for correction in parse_corrections(content, str(out / FILE), base)}
        for correction in corrections:
            if correction.key not in known:
                content = add_to_file(content, correction, base)
                known.add(correction.key)
        return content

    _change(out, change, base, patience)


def revoke(out: Path, key: str, revoked: Revocation, base: str = vocab.BASE, *, patience: float = 0.0) -> Correction:
    """Take a correction back; it stays on file. Return it.

    :raises CorrectionError: there is no such correction, or it is taken back already.
    """
    found: list[Correction] = []

    def change(content: bytes) -> bytes:
        book = parse_corrections(content, str(out / FILE), base)
        found.extend(correction for correction in book if correction.key.startswith(key) and len(key) >= 4)
        if len(found) != 1:
            what = "no correction has" if not found else f"{len(found)} corrections have"
            raise CorrectionError(f"{key}: {what} this id; see `zeren review log`")
        if found[0].revoked is not None:
            raise CorrectionError(f"{key}: was taken back already, by {found[0].revoked.by} on {found[0].revoked.when[:10]}")
        return add_revocation(content, found[0].key, revoked, base)

    _change(out, change, base, patience)
    return found[0]


def _change(out: Path, change: Callable[[bytes], bytes], base: str, patience: float) -> None:
    path = out / FILE
    try:
        lock = _lock(out, patience)
        try:
            before = path.read_bytes() if path.exists() else b""
            after = change(before)
            parse_corrections(after, str(path), base)  # nothing is written that could not be read again
            if after != before:
                replace_durably(path, after)
        finally:
            lock.release()
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror or error}); check the folder and its permissions"
        ) from error


def _lock(out: Path, patience: float) -> BuildLock:
    """Return the lock on the folder, as soon as nobody else holds it."""
    end = time.monotonic() + patience
    while True:
        try:
            return BuildLock(out)
        except BusyError:
            if time.monotonic() >= end:
                raise
        time.sleep(0.05)
