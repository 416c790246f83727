"""Oxigraph as this project opens it: read only, whole or not at all, and with errors that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph
from pyoxigraph import RdfFormat, Store

from kg.errors import StoreError, ZerenError
from kg.store.files import digest
from kg.store.generation import Generation, current, first_line, rebuild, store_files

ENGINE = f"pyoxigraph {pyoxigraph.__version__}"
SMALL = 64_000_000  # bytes of a store whose digests are compared whenever it is opened: some hundredths of a second


def open_current(out: Path) -> Store:
    """Return the current generation's store, read only.

    :raises StoreError: nothing was built yet, or it is damaged.
    """
    generation = current(out)
    try:
        return open_store(generation)
    except StoreError:
        fresh = current(out)
        if fresh.folder == generation.folder:
            raise
        return open_store(fresh)  # builds finished meanwhile, and the generation was cleared away


def open_store(generation: Generation) -> Store:
    """Return a generation's store, read only."""
    # RocksDB would notice some of this late, in the middle of a query, or turn round and round on a flipped bit
    for name, what in _differences(generation):
        raise StoreError(f"{generation.store}: damaged ({name}: {what}); {rebuild(generation.out)}")
    with guarded(generation.store, generation.out):
        return Store.read_only(str(generation.store))


def _differences(generation: Generation) -> Iterator[tuple[str, str]]:
    """Yield the files of the store that are not as they were written; the contents of large ones only builds compare."""
    manifest = generation.manifest
    with guarded(generation.store, generation.out):
        found = store_files(generation.store)
        for name, size in manifest.files.items():
            if found.get(name) != size:
                yield name, "missing" if name not in found else f"{found[name]} bytes instead of {size}"
        if sum(manifest.files.values()) <= SMALL:
            for name in manifest.files:
                if digest(generation.store / name) != manifest.digests.get(f"store/{name}"):
                    yield name, "changed since the build"


def load_memory(generation: Generation) -> Store:
    """Return a generation in memory, where joins are several times faster; read from its N-Quads files."""
    store = Store()
    for path in generation.quad_files():
        with guarded(path, generation.out):
            store.bulk_load(path=path, format=RdfFormat.N_QUADS)
    return store


@contextmanager
def guarded(where: Path, out: Path) -> Iterator[None]:
    """Turn what the engine raises on damaged files into a ``StoreError``; a panic is no ``Exception`` and would pass."""
    try:
        yield
    except ZerenError:
        raise
    except (OSError, RuntimeError, SyntaxError) as error:
        raise _damaged(where, out, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(where, out, error) from None


def _damaged(where: Path, out: Path, error: BaseException) -> StoreError:
    return StoreError(f"{where}: damaged ({first_line(error)}); {rebuild(out)}")
