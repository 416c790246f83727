"""What can stand in the way of a build, told as errors that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import OutputError, SourceError, StoreError
from kg.store.engine import guarded
from kg.store.generation import first_line


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn what the disk refuses into an ``OutputError`` that says what to do."""
    try:
        yield
    except (StoreError, OutputError, SourceError):
        raise
    except OSError as error:
        where = error.filename or folder
        raise OutputError(f"{where}: cannot be written ({error.strerror or error}); free space or give another --out") from error


@contextmanager
def filling(folder: Path, out: Path) -> Iterator[None]:
    """Turn what the engine raises into an ``OutputError``: a store in the making is not damaged, the disk is full."""
    try:
        with guarded(folder, out):
            yield
    except StoreError as error:
        reason = first_line(error.__cause__ or error)
        raise OutputError(f"{folder}: cannot be written ({reason}); free space or give another --out") from error


def require_kind(out: Path) -> None:
    """Raise an ``OutputError`` where something else has the name of a file or folder that a build writes."""
    for name, wanted in (("current", "file"), ("lock", "file"), ("generations", "folder")):
        path = out / name
        if path.exists() and not (path.is_file() if wanted == "file" else path.is_dir()):
            kind = "folder" if path.is_dir() else "file" if path.is_file() else "device or pipe"
            raise OutputError(f"{path}: is a {kind}, where the build keeps a {wanted}; move it away or give another --out")
