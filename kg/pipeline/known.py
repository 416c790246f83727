"""What the current generation knows already, so that only what changed is read again."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg import store
from kg.errors import StoreError
from kg.pipeline.outputs import read_ledger

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """The generation that stands, with its ledger's entries by key; without one, nothing is known."""

    generation: store.Generation | None = None
    entries: Mapping[str, Any] = field(default_factory=dict)

    def find_key(self, path: Path, sha256: str) -> str | None:
        """Return under which key a file's document stands in the graph, if it was built from these very bytes."""
        part = self.generation.find_part(path.as_posix(), sha256) if self.generation else None
        return part.source.key if part else None

    def title_key(self, key: str) -> str:
        """Return the key that a document's title gives; two documents may share it."""
        titles = self.remembered.get("titles")
        return str(titles.get(key, key)) if isinstance(titles, dict) else key

    @property
    def remembered(self) -> Mapping[str, Any]:
        """Return what the last build noted in the manifest."""
        return self.generation.manifest.extra if self.generation else {}

    @property
    def documents(self) -> set[tuple[str, str, str]]:
        """Return key, path and SHA-256 of every document."""
        parts = self.generation.manifest.documents if self.generation else ()
        return {(part.source.key, part.source.path, part.source.sha256) for part in parts}


def know(generation: store.Generation | None) -> Known:
    """Return what the generation knows; nothing where it is damaged: then the build starts anew."""
    if generation is None:
        return Known()
    try:
        ledger = read_ledger(generation)
        if not generation.is_whole():
            raise StoreError(f"{generation.folder}: is damaged")
        store.open_store(generation)
    except StoreError as error:
        log.warning("%s (now building anew)", error)
        return Known()
    return Known(generation, {entry["key"]: entry for entry in ledger["documents"]})
