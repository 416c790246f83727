"""A generation opened once for many screens: its tables, what is worked out from them, its texts."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

from kg import store
from kg.analysis.columns import Columns, open_columns
from kg.errors import StoreError
from kg.explorer.params import Scope
from kg.explorer.records import DocumentEntry, NotHereError, RegionEntry
from kg.store import Generation

Made = TypeVar("Made")
Row = dict[str, Any]
_REMEMBERED = 256  # answers kept
_SCOPES = 12  # parts of the graph kept open
_SMALL = 1_000_000  # bytes of tables that are held in memory, some twenty times as many there
_DOCUMENTS = """
SELECT document_id, key, title, region_code, region_name, year(period_start) AS first, year(period_end) AS last,
    (SELECT count(*) FROM tasks WHERE tasks.document_id = documents.document_id AND NOT measure) AS tasks
FROM documents ORDER BY region_code NULLS LAST, period_start NULLS LAST, period_end, title, key
"""


class Snapshot:
    """One generation, opened; many threads may ask it at a time.

    ``id`` is the same for the same content: links and copies of pages name it.
    """

    def __init__(self, generation: Generation) -> None:
        self.generation, self.base = generation, generation.manifest.base
        self.id = _fingerprint(generation)
        self._memory = _Memory(_REMEMBERED)
        self._scopes = _Memory(_SCOPES)
        self._whole = open_columns(generation)
        if sum(path.stat().st_size for path in generation.tables.glob("*.parquet")) <= _SMALL:
            self._whole.hold()

    @cached_property
    def built(self) -> datetime:
        """When the graph was built: the manifest was written at its very end."""
        return datetime.fromtimestamp(int((self.generation.folder / "manifest.json").stat().st_mtime), UTC)

    @cached_property
    def documents(self) -> Mapping[str, DocumentEntry]:
        """The documents by key, those of a region together."""
        return {row["key"]: _document(row) for row in self.rows(_DOCUMENTS)}

    @cached_property
    def regions(self) -> tuple[RegionEntry, ...]:
        """The regions that documents speak for, those with most tasks first."""
        found: dict[str, RegionEntry] = {}
        for one in self.documents.values():
            if one.region:
                old = found.get(one.region, RegionEntry(one.region, one.region_name or one.region, 0, 0))
                found[one.region] = RegionEntry(old.code, old.name, old.documents + 1, old.tasks + one.tasks)
        return tuple(sorted(found.values(), key=lambda region: (-region.tasks, region.code)))

    def rows(self, sql: str, scope: Scope | None = None, **parameters: object) -> Iterator[Row]:
        """Yield the rows of a query over the tables, by column; ``$name`` is a parameter.

        Asked for one thing, restrict the query yourself: opening a scope takes longer than looking something up.
        """
        cursor = self.columns(scope or Scope()).execute(sql, parameters)
        names = [column[0] for column in cursor.description or ()]
        while rows := cursor.fetchmany(10_000):
            yield from (dict(zip(names, row, strict=True)) for row in rows)

    def columns(self, scope: Scope) -> Columns:
        """Return the tables as all measures take them, of a part of the graph; do not close them.

        :raises NotHereError: there is no such region or document.
        """
        if scope.is_whole:
            return self._whole
        if scope.region is not None and scope.region not in {region.code for region in self.regions}:
            raise NotHereError("region", scope.region)
        return cast("Columns", self._scopes.recall(scope, lambda: self._open(scope)))

    def _open(self, scope: Scope) -> Columns:
        numbers = [self.document(key).number for key in scope.documents]
        columns = open_columns(self.generation, scope.region, scope.period)
        if numbers:
            columns.keep_documents(numbers)
        return columns

    def remember(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made for this key before, else make it: once, whoever asks meanwhile waits."""
        return cast("Made", self._memory.recall(key, make))

    def document(self, key: str) -> DocumentEntry:
        """Return a document by its key.

        :raises NotHereError: its text is not here.
        """
        if key not in self.documents:
            raise NotHereError("document", key)
        return self.documents[key]

    def read_text(self, key: str) -> str:
        """Return the pinned text of a document, which all offsets refer to."""
        self.document(key)
        part = next((part for part in self.generation.manifest.documents if part.source.key == key), None)
        if part is None or not part.text_digest:
            raise NotHereError("text", key)
        path = self.generation.text_file(part)
        try:
            with path.open(encoding="utf-8", newline="") as file:
                return file.read()
        except (OSError, ValueError) as error:
            raise StoreError(f"{path}: cannot be read ({error}); {store.rebuild(self.generation.out)}") from error

    def iri(self, kind: str, key: str) -> str:
        """Return the IRI of a thing, by its kind (``org``, ``task``, ``policy``, ``metric`` …) and its key in the address."""
        return f"{self.base}id/{kind}/{key}"

    def key(self, iri: str) -> str:
        """Return what stands behind the kind in the IRI of a thing: its key in addresses.

        ``…/id/task/130100/plan/2.3`` → ``130100/plan/2.3``
        """
        return iri.removeprefix(f"{self.base}id/").partition("/")[2]

    def close(self) -> None:
        """Let go of the files."""
        for columns in self._scopes.values():
            with suppress(Exception):
                columns.close()
        self._whole.close()


class Shelf:
    """The current generation of a folder, opened when it is first asked for, and anew once another one is built."""

    def __init__(self, out: Path) -> None:
        self._out, self._lock = out, threading.Lock()
        self._snapshot: Snapshot | None = None

    def current(self) -> Snapshot:
        """Return the current snapshot; whoever still reads the one before keeps it until done.

        :raises StoreError: nothing was built yet, or it is damaged.
        """
        name = store.read_pointer(self._out)
        with self._lock:
            if self._snapshot is None or self._snapshot.generation.manifest.generation != name:
                self._snapshot = Snapshot(store.current(self._out))
            return self._snapshot


class _Memory:
    """What was made before, by key; the least used is forgotten first."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, threading.Lock()
        self._known: OrderedDict[Hashable, object] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}

    def recall(self, key: Hashable, make: Callable[[], object]) -> object:
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._known:
                    return self._known[key]
            try:
                made = make()
            except BaseException:  # what cannot be made leaves nothing behind, whatever strangers ask for
                with self._lock:
                    self._making.pop(key, None)
                raise
            with self._lock:
                self._known[key] = made
                self._making.pop(key, None)
                while len(self._known) > self._most:
                    self._known.popitem(last=False)
            return made

    def values(self) -> list[Any]:
        with self._lock:
            return list(self._known.values())


def _fingerprint(generation: Generation) -> str:
    manifest = generation.manifest
    parts = [[part.digest, part.registry_digest, part.text_digest] for part in manifest.documents]
    known = json.dumps([manifest.program, parts, dict(manifest.digests)], sort_keys=True)
    return hashlib.sha256(known.encode()).hexdigest()[:12]


def _document(row: Row) -> DocumentEntry:
    period = (row["first"], row["last"]) if row["first"] and row["last"] else None
    names = row["region_code"], row["region_name"]
    return DocumentEntry(row["document_id"], row["key"], row["title"], *names, period, row["tasks"])
