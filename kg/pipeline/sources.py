"""The files that are to be in the graph: read, or recognised as known, with what people decided about them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.correct import correct_reading, fingerprint, mentions_in, mentions_of, select_relevant, share_out
from kg.correction import Correction
from kg.errors import SourceError
from kg.extract import read_policy
from kg.model import Document, Resolved
from kg.pipeline.crew import Crew, Packed
from kg.pipeline.known import Known
from kg.pipeline.work import Work
from kg.read import document_of, read_bytes, read_document
from kg.registry import Registry


@dataclass(frozen=True, slots=True)
class Held:
    """What was read of a document, until all others have been read too."""

    key: str
    title: str | None
    resolved: Packed[Resolved]


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A file that is to be in the graph: read already, or known from the current generation."""

    path: Path
    sha256: str
    key: str  # that its title gives; two files may share it
    held: Held | None
    corrections: tuple[Correction, ...] = ()  # people's, that can touch it


@dataclass(frozen=True, slots=True)
class ReadJob:
    """A file that is to be read."""

    path: Path
    content: bytes


def read_sources(files: Sequence[Path], known: Known, crew: Crew, work: Work) -> list[FoundSource]:
    """Read what is new, recognise what is not; files that cannot be read are left out with the reason."""
    found: list[FoundSource] = []
    seen: dict[str, Path] = {}
    for i, (source, read) in enumerate(crew.each(read_one, _look(files, known, work))):
        work.tell("读取 read", i, len(files))
        with work.guard(source.path):
            if source.sha256 in seen:
                raise SourceError(f"{source.path}: is the same file as {seen[source.sha256]}; it is in the graph once")
            if read is not None:
                held = read()
                source = replace(source, key=held.key, held=held)
            found.append(source)
            seen[source.sha256] = source.path
    work.tell("读取 read", len(files), len(files))
    return found


def _look(files: Sequence[Path], known: Known, work: Work) -> Iterator[tuple[FoundSource, ReadJob | None]]:
    """Yield each file that can be opened: as it is known, or without a key and with the job of reading it."""
    for path in files:
        source: FoundSource | None = None
        with work.guard(path):
            with work.stage("read"):
                content = read_bytes(path)
                sha256 = hashlib.sha256(content).hexdigest()
            key = known.find_key(path, sha256)
            source = FoundSource(path, sha256, known.title_key(key) if key is not None else "", None)
            job = ReadJob(path, content) if key is None else None
        if source is not None:
            yield source, job


def read_one(job: ReadJob, registry: Registry, work: Work) -> Held:
    """Read one file and decide what its mentions mean."""
    with work.stage("read"):
        document = document_of(job.path, job.content)
    resolved = _resolve(document, registry, work)
    return Held(resolved.policy.key, resolved.reading.profile.title, Packed(resolved))


def read_again(source: FoundSource, registry: Registry, work: Work) -> Resolved:
    """Return what a known file says, with what people decided about it."""
    return _resolve(read_document(source.path), registry, work, source.corrections)


def correct_sources(
    found: Sequence[FoundSource], corrections: Sequence[Correction], known: Known, registry: Registry, work: Work
) -> list[FoundSource]:
    """Return the sources with what people decided; of what is known, only documents that it touches anew are read again."""
    keys = [known.find_key(source.path, source.sha256) or "" if source.held is None else "" for source in found]
    applied = (known.remembered.get("corrections") or {}).get("documents", {})
    titles = [source.held.title if source.held else known.entries[key]["title"] for source, key in zip(found, keys, strict=True)]
    active = [correction for correction in corrections if correction.revoked is None]
    wide = [correction for correction in active if correction.extent == "everywhere"]
    shared = share_out(active, [(s.sha256, s.path.as_posix(), title) for s, title in zip(found, titles, strict=True)])
    corrected = []
    for source, key in zip(found, keys, strict=True):
        own = shared.get(source.sha256, [])
        mine: tuple[Correction, ...] = ()
        if own or wide:
            resolved = source.held.resolved.open() if source.held else None
            mine = select_relevant(own, wide, mentions_in(resolved) if resolved else mentions_of(known.entries[key]))
        touched = bool(mine) if source.held else fingerprint(mine) != applied.get(key, "")
        if not touched:
            corrected.append(replace(source, corrections=mine))
            continue
        with work.guard(source.path), work.stage("correct"):
            reading = source.held.resolved.open().reading if source.held else read_policy(read_document(source.path))
            resolved = correct_reading(reading, registry, (*own, *wide))
            mine = select_relevant(own, wide, mentions_in(resolved))
            held = Held(resolved.policy.key, reading.profile.title, Packed(resolved))
            corrected.append(FoundSource(source.path, source.sha256, held.key, held, mine))
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
