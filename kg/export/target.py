"""Files and folders that are there whole or not at all, and never in place of what someone else put there."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.errors import OutputError

MARK = ".zeren-export"  # stands in every folder that an export made, with the names of its files: the next one may replace those
_LEFT = {".DS_Store", "Thumbs.db", "desktop.ini"}  # by a system that showed the folder


@contextmanager
def new_file(target: Path, *, force: bool) -> Iterator[BinaryIO]:
    """Yield a stream into a file beside the target, which takes its place once all is written.

    :raises OutputError: something is there already and ``force`` is not given, or it cannot be written.
    """
    if target.is_dir():
        raise OutputError(f"{target}: is a folder; name a file in it")
    if not force and (target.exists() or target.is_symlink()):
        raise OutputError(f"{target}: is there already; name another file, or replace it with --force")
    fresh = target.with_name(f".zeren-{os.getpid()}.part")
    try:
        with fresh.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(target)
    except OSError as error:
        raise _refused(target, error) from error
    finally:
        fresh.unlink(missing_ok=True)


@contextmanager
def new_folder(target: Path, *, force: bool) -> Iterator[Path]:
    """Yield a folder beside the target, which takes its place once all is written.

    Only an empty folder, or with ``force`` one that an export made and nobody added to, is replaced.

    :raises OutputError: something else is there, or it cannot be written.
    """
    _require_ours(target, force=force)
    fresh, old = (target.with_name(f".zeren-{os.getpid()}.{end}") for end in ("part", "old"))
    try:
        fresh.mkdir(parents=True)
        yield fresh
        (fresh / MARK).write_text("\n".join(_list_files(fresh)) + "\n", "utf-8", newline="\n")
        if target.exists():
            target.replace(old)
        fresh.replace(target)
    except OSError as error:
        if old.exists() and not target.exists():
            old.replace(target)
        raise _refused(target, error) from error
    finally:
        for path in (fresh, old):
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """Yield standard output as a stream of bytes."""
    sys.stdout.flush()
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


def _require_ours(target: Path, *, force: bool) -> None:
    if not target.exists() and not target.is_symlink():
        return
    if not target.is_dir() or target.is_symlink():
        raise OutputError(f"{target}: is no folder; name another one")
    try:
        if not any(target.iterdir()):
            return
        found = _list_files(target)
        mark = target / MARK
        ours = {MARK, *mark.read_text("utf-8").split("\n")} if mark.is_file() else set()
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(f"{target}: cannot be read ({error}); name another folder") from error
    if others := [name for name in found if not ours & {name, name.partition("/")[0]} and Path(name).name not in _LEFT]:
        raise OutputError(f"{target}: holds something that no export wrote ({others[0]}); name another folder")
    if not force:
        raise OutputError(f"{target}: holds an export already; name another folder, or replace it with --force")


def _list_files(folder: Path) -> list[str]:
    """Return the files of a folder, and its empty folders, as ways from it; earlier marks name only what lies in it directly."""
    found = (path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink() or not any(path.iterdir()))
    return sorted(path.relative_to(folder).as_posix() for path in found)


def _refused(target: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(f"{target}: cannot be written ({reason}); close it elsewhere, free space or name another place")
