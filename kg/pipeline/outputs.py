"""What a build writes beside the store, and reads again: the ledger and the page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from kg import store
from kg.errors import OutputError, StoreError

Ledger = Mapping[str, Any]
Page = Callable[[Ledger], str]

PAGE = "graph.html"


def write_ledger(folder: Path, ledger: Ledger) -> str:
    """Write a generation's ledger; return its SHA-256."""
    return write(folder / "ledger.json", json.dumps(ledger, ensure_ascii=False, indent=1).encode())


def read_ledger(generation: store.Generation) -> Ledger:
    """Return a generation's ledger.

    :raises StoreError: it is missing, or not as it was written.
    """
    path = generation.folder / "ledger.json"
    try:
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != generation.manifest.extra.get("ledger"):
            raise ValueError("changed since the build")
        ledger = json.loads(content)
        if sorted(entry["key"] for entry in ledger["documents"]) != [p.source.key for p in generation.manifest.documents]:
            raise ValueError("other documents than in the manifest")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        advice = f"run `zeren build SOURCES --out {generation.out}` again"
        raise StoreError(f"{path}: is damaged ({str(error) or type(error).__name__}); {advice}") from error
    return cast(Ledger, ledger)


def with_page(generation: store.Generation, page: Page | None) -> store.Generation:
    """Return the generation with its page, drawn again where it was lost; only for who holds the lock."""
    path, manifest = generation.folder / PAGE, generation.manifest
    if page is None or (path.is_file() and store.digest(path) == manifest.extra.get("page")):
        return generation
    with _writing(path):
        content = page(read_ledger(generation)).encode()
        store.replace_durably(path, content)
        manifest = replace(manifest, extra={**manifest.extra, "page": hashlib.sha256(content).hexdigest()})
        store.replace_durably(generation.folder / "manifest.json", manifest.to_json().encode())
    return replace(generation, manifest=manifest)


def publish(generation: store.Generation, out: Path, page: Page | None) -> None:
    """Put the page of the current generation where people look for it, unless it is there already."""
    source, target = generation.folder / PAGE, out / PAGE
    if page is not None and source.is_file():
        require_file(target)
        with _writing(target):
            content = source.read_bytes()
            if not target.is_file() or target.read_bytes() != content:
                store.replace_durably(target, content)


def require_file(path: Path) -> None:
    """Make sure that a file can stand there.

    :raises OutputError: something else does.
    """
    if path.exists() and not path.is_file():
        raise OutputError(f"{path}: is no file, but the page goes there; move it away or give another --out")


def write(path: Path, content: bytes) -> str:
    """Write a file; return its SHA-256."""
    with _writing(path):
        path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error}); free space or give another --out") from error
