"""The files that are to be in the graph: read, or recognised as known, with what people decided about them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.correct import correct_reading, fingerprint, mentions_in, mentions_of, select_relevant, share_out
from kg.correction import Correction
from kg.errors import SourceError
from kg.extract import read_policy
from kg.model import Document, Resolved
from kg.pipeline.known import Known
from kg.pipeline.work import Work
from kg.read import document_of, read_bytes, read_document
from kg.registry import Registry


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A file that is to be in the graph: read already, or known from the current generation."""

    path: Path
    sha256: str
    key: str  # that its title gives; two files may share it
    resolved: Resolved | None
    corrections: tuple[Correction, ...] = ()  # people's, that can touch it


def read_sources(files: Sequence[Path], known: Known, registry: Registry, work: Work) -> list[FoundSource]:
    """Read what is new, recognise what is not; files that cannot be read are left out with the reason."""
    found: list[FoundSource] = []
    seen: dict[str, Path] = {}
    for i, path in enumerate(files):
        work.tell("读取 read", i, len(files))
        with work.guard(path):
            with work.stage("read"):
                content = read_bytes(path)
                sha256 = hashlib.sha256(content).hexdigest()
            if sha256 in seen:
                raise SourceError(f"{path}: is the same file as {seen[sha256]}; it is in the graph once")
            key = known.find_key(path, sha256)
            if key is not None:
                found.append(FoundSource(path, sha256, known.title_key(key), None))
            else:
                with work.stage("read"):
                    document = document_of(path, content)
                resolved = _resolve(document, registry, work)
                found.append(FoundSource(path, sha256, resolved.policy.key, resolved))
            seen[sha256] = path
    work.tell("读取 read", len(files), len(files))
    return found


def read_again(source: FoundSource, registry: Registry, work: Work) -> Resolved:
    """Return what a known file says, with what people decided about it."""
    return _resolve(read_document(source.path), registry, work, source.corrections)


def correct_sources(
    found: Sequence[FoundSource], corrections: Sequence[Correction], known: Known, registry: Registry, work: Work
) -> list[FoundSource]:
    """Return the sources with what people decided; of what is known, only documents that it touches anew are read again."""
    keys = [known.find_key(source.path, source.sha256) or "" if source.resolved is None else "" for source in found]
    applied = (known.remembered.get("corrections") or {}).get("documents", {})
    titles = [
        source.resolved.reading.profile.title if source.resolved else known.entries[key]["title"]
        for source, key in zip(found, keys, strict=True)
    ]
    active = [correction for correction in corrections if correction.revoked is None]
    wide = [correction for correction in active if correction.extent == "everywhere"]
    shared = share_out(active, [(s.sha256, s.path.as_posix(), title) for s, title in zip(found, titles, strict=True)])
    corrected = []
    for source, key in zip(found, keys, strict=True):
        own = shared.get(source.sha256, [])
        mentions = mentions_in(source.resolved) if source.resolved else mentions_of(known.entries[key])
        mine = select_relevant(own, wide, mentions)
        touched = bool(mine) if source.resolved else fingerprint(mine) != applied.get(key, "")
        if not touched:
            corrected.append(replace(source, corrections=mine))
            continue
        with work.guard(source.path), work.stage("correct"):
            reading = source.resolved.reading if source.resolved else read_policy(read_document(source.path))
            resolved = correct_reading(reading, registry, (*own, *wide))
            mine = select_relevant(own, wide, mentions_in(resolved))
            corrected.append(FoundSource(source.path, source.sha256, resolved.policy.key, resolved, mine))
    return corrected


def remember_corrections(corrections: Sequence[Correction], found: Iterable[tuple[str, FoundSource]]) -> dict[str, Any]:
    """Return what the manifest keeps, so that the next build knows which documents other corrections touch."""
    documents = {key: fingerprint(source.corrections) for key, source in found if source.corrections}
    return {"known": {correction.key: fingerprint([correction]) for correction in corrections}, "documents": documents}


def distinct_keys(found: Sequence[FoundSource]) -> list[str]:
    """Return a key a document: two that bear the same title are told apart by their content."""
    first: dict[str, int] = {}
    return [
        source.key if first.setdefault(source.key, i) == i else f"{source.key}-{source.sha256[:8]}"
        for i, source in enumerate(found)
    ]


def _resolve(document: Document, registry: Registry, work: Work, corrections: Sequence[Correction] = ()) -> Resolved:
    with work.stage("extract"):
        reading = read_policy(document)
    with work.stage("resolve"):
        return correct_reading(reading, registry, corrections)
