"""What people decided since the build: the file of corrections beside the graph, read anew when it has changed."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg.correct import fingerprint
from kg.correction import Correction
from kg.explorer.snapshot import Snapshot
from kg.review import FILE, read_book
from kg.store import Generation


@dataclass(frozen=True)
class Decided:
    """The corrections on file; those that the graph was built without are waiting."""

    corrections: tuple[Correction, ...]
    built: Mapping[str, str] = field(default_factory=dict)  # fingerprints of those that the graph was built with

    @cached_property
    def by_key(self) -> Mapping[str, Correction]:
        """Each correction by its key."""
        return {one.key: one for one in self.corrections}

    @cached_property
    def by_item(self) -> Mapping[str, tuple[Correction, ...]]:
        """The corrections that nobody took back by the question that they answer, the last one last."""
        found: dict[str, tuple[Correction, ...]] = {}
        for one in self.corrections:
            if one.revoked is None:
                found[one.item] = (*found.get(one.item, ()), one)
        return found

    def is_waiting(self, correction: Correction) -> bool:
        """Whether it counts from the next build only."""
        return self.built.get(correction.key) != fingerprint([correction])

    @cached_property
    def waiting(self) -> tuple[Correction, ...]:
        """Those that count from the next build, revocations among them."""
        return tuple(one for one in self.corrections if self.is_waiting(one))


def read_decided(snapshot: Snapshot) -> Decided:
    """Return what is on file now.

    :raises CorrectionError: the file is broken.
    """
    return snapshot.remember(("decided", stamp_book(snapshot)), lambda: _read(snapshot))


def stamp_book(snapshot: Snapshot) -> str:
    """Return what changes whenever the file of corrections does; empty if there is none."""
    try:
        seen = (snapshot.generation.out / FILE).stat()
    except OSError:
        return ""
    return f"{seen.st_mtime_ns}-{seen.st_size}-{seen.st_ino}"


def _read(snapshot: Snapshot) -> Decided:
    known = snapshot.generation.manifest.extra.get("corrections") or {}
    return Decided(read_book(snapshot.generation.out, snapshot.base), known.get("known", {}))


def build_command(generation: Generation) -> str:
    """Return the command that builds the graph again from the same sources."""
    sources = [str(source) for source in generation.manifest.extra.get("sources", ())] or ["SOURCES"]
    words = ["zeren", "build", *sources, "--out", str(generation.out)]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)
