"""The whole way: source files in; a new generation with store, ledger and page out."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg import __version__, data, store, vocab
from kg.errors import SourceError
from kg.extract import read_policy
from kg.ledger import ledger_entry
from kg.model import Document, Resolved
from kg.rdf import build_document_quads, build_registry_quads
from kg.read import find_sources, read_document
from kg.reason import derive
from kg.registry import Registry, load_registry
from kg.resolve import resolve_reading

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]  # stage, done, total
Ledger = Mapping[str, Any]
Page = Callable[[Ledger], str]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    documents: int
    failed: tuple[tuple[Path, str], ...]  # files that could not be read, and why
    passed_over: tuple[Path, ...]  # files in a folder that no reader is there for
    unchanged: bool  # the graph was built from these very files already
    seconds: Mapping[str, float]  # by stage
    generation: store.Generation | None  # None: no file could be read; an older graph still stands


@dataclass(frozen=True, slots=True)
class _Source:
    """A file that is to be in the graph: read already, or known from the current generation."""

    path: Path
    sha256: str
    key: str  # that its title gives; two files may share it
    resolved: Resolved | None


class _Clock:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] += time.perf_counter() - start


def build(
    sources: Sequence[Path], out: Path, *, page: Page | None = None, progress: Progress | None = None, base: str = vocab.BASE
) -> BuildReport:
    """Build the graph of the documents in ``sources`` (files and folders) into ``out``.

    Only what changed is read again; without a change nothing is done. ``page`` draws ``out/graph.html`` from the ledger.

    :raises SourceError: a path does not exist, or holds no document at all.
    :raises OutputError: ``out`` cannot be written, or another build runs there.
    """
    clock = _Clock()
    files, passed_over = find_sources(sources)
    knowledge = store.fingerprint(data.SEEDS, data.ONTOLOGY, data.QUERIES, Path(__file__).parent)
    current = _current(out)
    before = _entries(current) if current and _made_alike(current, base, knowledge) else {}
    known = current if before else None
    registry = _registry(clock)
    found, failed = _read_all(files, known, registry, clock, progress)
    if not found:
        return BuildReport(0, failed, tuple(passed_over), False, clock.seconds, None)
    keys = _distinct_keys(found)
    if known and _same(found, keys, known):
        _publish(known, out, page)
        return BuildReport(len(found), failed, tuple(passed_over), True, clock.seconds, known)
    labels = {key: function.zh for key, function in registry.functions.items()}
    with store.prepare(out, base=base, knowledge=knowledge) as draft:
        entries = []
        for i, source in enumerate(found):
            _tell(progress, "编码 encode", i, len(found))
            part = (
                draft.keep(source.path.as_posix(), source.sha256)
                if not source.resolved and _kept_key(source, known) == keys[i]
                else None
            )
            if part is not None:
                entries.append(before[keys[i]])
                continue
            resolved = source.resolved or _resolve(read_document(source.path), registry, clock)
            resolved = replace(resolved, policy=replace(resolved.policy, key=keys[i]))
            with clock.stage("encode"):
                quads = build_document_quads(resolved, base)
                shared = build_registry_quads(resolved, registry, base)
                draft.put(store.Source(keys[i], source.path.as_posix(), source.sha256), quads, shared)
                entries.append(ledger_entry(resolved, labels, base))
        _tell(progress, "编码 encode", len(found), len(found))
        with clock.stage("write"):
            ledger = {"documents": entries}
            (draft.folder / "ledger.json").write_text(
                json.dumps(ledger, ensure_ascii=False, indent=1), encoding="utf-8", newline="\n"
            )
        if page is not None:
            with clock.stage("page"):
                (draft.folder / "graph.html").write_text(page(ledger), encoding="utf-8", newline="\n")
        _tell(progress, "入库 store", 0, 1)
        with clock.stage("store"):
            titles = {key: source.key for key, source in zip(keys, found, strict=True)}
            generation = draft.commit(lambda graph: derive(graph, base), {"titles": titles, "folder": Path.cwd().as_posix()})
        _tell(progress, "入库 store", 1, 1)
    _publish(generation, out, page)
    return BuildReport(len(found), failed, tuple(passed_over), False, clock.seconds, generation)


def _current(out: Path) -> store.Generation | None:
    """Return the current generation, or None where there is none that could be used; the build then starts anew."""
    from kg.errors import StoreError

    try:
        return store.find_current(out)
    except StoreError as error:
        log.warning("%s", error)
        return None


def _made_alike(generation: store.Generation, base: str, knowledge: str) -> bool:
    manifest = generation.manifest
    return (manifest.program, manifest.base, manifest.knowledge) == (__version__, base, knowledge) and generation.store.is_dir()


def _registry(clock: _Clock) -> Registry:
    with clock.stage("knowledge"):
        return load_registry()


def _read_all(
    files: Sequence[Path], known: store.Generation | None, registry: Registry, clock: _Clock, progress: Progress | None
) -> tuple[list[_Source], tuple[tuple[Path, str], ...]]:
    """Read what is new, recognise what is not; files that cannot be read are left out with the reason."""
    titles: Mapping[str, str] = known.manifest.extra.get("titles", {}) if known else {}
    found: list[_Source] = []
    failed: list[tuple[Path, str]] = []
    seen: dict[str, Path] = {}
    for i, path in enumerate(files):
        _tell(progress, "读取 read", i, len(files))
        try:
            sha256 = _digest(path)
            if sha256 in seen:
                raise SourceError(f"{path}: is the same file as {seen[sha256]}; it is in the graph once")
            part = known.find_part(path.as_posix(), sha256) if known else None
            if part is not None:
                found.append(_Source(path, sha256, titles.get(part.source.key, part.source.key), None))
            else:
                with clock.stage("read"):
                    document = read_document(path)
                resolved = _resolve(document, registry, clock)
                found.append(_Source(path, sha256, resolved.policy.key, resolved))
            seen[sha256] = path
        except SourceError as error:
            failed.append((path, str(error)))
    _tell(progress, "读取 read", len(files), len(files))
    return found, tuple(failed)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}); check the path and its permissions") from error


def _resolve(document: Document, registry: Registry, clock: _Clock) -> Resolved:
    with clock.stage("extract"):
        reading = read_policy(document)
    with clock.stage("resolve"):
        return resolve_reading(reading, registry)


def _distinct_keys(found: Sequence[_Source]) -> list[str]:
    """Return a key a document: two that bear the same title are told apart by their content."""
    first: dict[str, int] = {}
    return [
        source.key if first.setdefault(source.key, i) == i else f"{source.key}-{source.sha256[:8]}"
        for i, source in enumerate(found)
    ]


def _kept_key(source: _Source, known: store.Generation | None) -> str | None:
    part = known.find_part(source.path.as_posix(), source.sha256) if known else None
    return part.source.key if part else None


def _same(found: Sequence[_Source], keys: Sequence[str], known: store.Generation) -> bool:
    now = {(key, source.path.as_posix(), source.sha256) for key, source in zip(keys, found, strict=True)}
    return now == {(part.source.key, part.source.path, part.source.sha256) for part in known.manifest.documents}


def _entries(generation: store.Generation) -> dict[str, Any]:
    """Return the ledger's entries by key, or none where it is damaged: then everything is read again."""
    try:
        ledger = json.loads((generation.folder / "ledger.json").read_text("utf-8"))
        return {entry["key"]: entry for entry in ledger["documents"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("%s: the ledger is damaged (%s); reading everything again", generation.folder, error)
        return {}


def _publish(generation: store.Generation, out: Path, page: Page | None) -> None:
    """Put the page of the current generation where people look for it, unless it is there already."""
    source, target = generation.folder / "graph.html", out / "graph.html"
    if page is not None and source.is_file():
        content = source.read_bytes()
        if not target.is_file() or target.read_bytes() != content:
            store.replace_durably(target, content)


def _tell(progress: Progress | None, stage: str, done: int, total: int) -> None:
    if progress is not None:
        progress(stage, done, total)
