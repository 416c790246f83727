"""The whole way: source files in; a new generation with store, ledger and page out."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from kg import data, store, vocab
from kg.correct import (
    correct_reading,
    count_states,
    fingerprint,
    gather_states,
    mentions_in,
    mentions_of,
    select_relevant,
    share_out,
)
from kg.correction import Correction
from kg.errors import OutputError, SourceError, StoreError, ZerenError
from kg.extract import read_policy
from kg.ledger import ledger_entry
from kg.model import Document, Resolved
from kg.rdf import build_correction_quads, build_document_quads, build_registry_quads, read_corrections
from kg.read import document_of, find_sources, read_bytes, read_document, readable
from kg.reason import derive
from kg.registry import Registry, load_registry

log = logging.getLogger(__name__)

CORRECTIONS = "corrections.ttl"  # people's, beside the graph

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
    empty: tuple[Path, ...] = ()  # documents that no task was found in
    corrections: Mapping[str, int] = field(default_factory=dict)  # people's, by what became of them


@dataclass(frozen=True, slots=True)
class _Source:
    """A file that is to be in the graph: read already, or known from the current generation."""

    path: Path
    sha256: str
    key: str  # that its title gives; two files may share it
    resolved: Resolved | None
    corrections: tuple[Correction, ...] = ()  # people's, that can touch it


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
    files, passed_over = (tuple(found) for found in find_sources(sources, out))
    passed_over = tuple(Path(readable(path)) for path in passed_over)
    _require_file(out / "graph.html" if page else None)
    knowledge = store.fingerprint(data.SEEDS, data.ONTOLOGY, data.QUERIES, *_code())
    with store.prepare(out, base=base, knowledge=knowledge) as draft:  # before hours of reading: can it be written at all?
        corrections = read_corrections(out / CORRECTIONS, base)
        with clock.stage("compare"):
            known, before = _usable(draft.previous)
        registry = _registry(clock)
        found, failed = _read_all(files, known, registry, clock, progress)
        found = _correct_all(found, corrections, known, before, registry, clock, failed)
        keys = _distinct_keys(found)
        said = _remember(corrections, zip(keys, found, strict=True))
        if known and found and _same(found, keys, known) and known.manifest.extra.get("corrections") == said:
            with clock.stage("page"):
                known = _with_page(known, page)
            _publish(known, out, page)
            same = [(source.path, before[key]) for source, key in zip(found, keys, strict=True)]
            counts = count_states(gather_states(corrections, (entry for _, entry in same)))
            return BuildReport(len(found), tuple(failed), passed_over, True, clock.seconds, known, _empty(same), counts)
        entries: list[tuple[Path, Any]] = []
        for i, (source, key) in enumerate(zip(found, keys, strict=True)):
            _tell(progress, "编码 encode", i, len(found))
            with _guard(source.path, failed):
                kept = source.resolved is None and _kept_key(source, known) == key and _keep(draft, source)
                entries.append((source.path, before[key] if kept else _encode(source, key, draft, registry, clock)))
        _tell(progress, "编码 encode", len(found), len(found))
        if not entries:
            return BuildReport(0, tuple(failed), passed_over, False, clock.seconds, None)
        titles = {key: source.key for key, source in zip(keys, found, strict=True)}
        extra: dict[str, Any] = {"titles": titles, "folder": readable(Path.cwd()), "corrections": said}
        extra["sources"] = [readable(path) for path in sources]
        ledger = {"documents": [entry for _, entry in entries]}
        with clock.stage("write"):
            content = json.dumps(ledger, ensure_ascii=False, indent=1).encode()
            extra["ledger"] = _write(draft.folder / "ledger.json", content)
        if page is not None:
            with clock.stage("page"):
                extra["page"] = _write(draft.folder / "graph.html", page(ledger).encode())
        _tell(progress, "入库 store", 0, 1)
        states = gather_states(corrections, (entry for _, entry in entries))
        with clock.stage("store"):
            decided = build_correction_quads(corrections, states, base)
            generation = draft.commit(lambda graph: derive(graph, base), extra, decided)
        _tell(progress, "入库 store", 1, 1)
    _publish(generation, out, page)
    counts = count_states(states)
    return BuildReport(len(entries), tuple(failed), passed_over, False, clock.seconds, generation, _empty(entries), counts)


def _encode(source: _Source, key: str, draft: store.Draft, registry: Registry, clock: _Clock) -> Mapping[str, Any]:
    """State what one document says in the next generation; return its entry in the ledger."""
    resolved = source.resolved or _resolve(read_document(source.path), registry, clock, source.corrections)
    resolved = replace(resolved, policy=replace(resolved.policy, key=key))
    with clock.stage("encode"):
        labels = {name: function.zh for name, function in registry.functions.items()}
        entry = ledger_entry(resolved, labels, draft.base)
        quads = build_document_quads(resolved, draft.base)
        shared = build_registry_quads(resolved, registry, draft.base)
        draft.put(store.Source(key, source.path.as_posix(), source.sha256), quads, shared, resolved.reading.document.text)
    return entry


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


def _code() -> list[Path]:
    """Return the folders of the programs that make the quads and the page."""
    home = Path(__file__).parent
    return [folder for folder in (home, home.parent / "viz") if folder.is_dir()]


def _usable(generation: store.Generation | None) -> tuple[store.Generation | None, Mapping[str, Any]]:
    """Return the generation with its ledger's entries by key, or nothing where it is damaged: then the build starts anew."""
    if generation is None:
        return None, {}
    try:
        ledger = read_ledger(generation)
        if not generation.is_whole():
            raise StoreError(f"{generation.folder}: is damaged")
        store.open_store(generation)
    except StoreError as error:
        log.warning("%s (now building anew)", error)
        return None, {}
    return generation, {entry["key"]: entry for entry in ledger["documents"]}


@contextmanager
def _guard(path: Path, failed: list[tuple[Path, str]]) -> Iterator[None]:
    """Let one document fail alone, whatever it is that fails; errors of the knowledge and the output stop the build."""
    name = readable(path)
    try:
        yield
    except SourceError as error:
        failed.append((Path(name), str(error)))
    except ZerenError:
        raise
    except Exception as error:
        log.debug("%s", name, exc_info=True)
        what = f"{type(error).__name__}: {error}"
        failed.append((Path(name), f"{name}: could not be processed ({what}); leave it out for now, and report it"))


def _empty(entries: Iterable[tuple[Path, Any]]) -> tuple[Path, ...]:
    """Return the documents that no task was found in; a text without Chinese is one of them."""
    return tuple(path for path, entry in entries if not entry["tasks"])


def _registry(clock: _Clock) -> Registry:
    with clock.stage("knowledge"):
        return load_registry()


def _read_all(
    files: Sequence[Path], known: store.Generation | None, registry: Registry, clock: _Clock, progress: Progress | None
) -> tuple[list[_Source], list[tuple[Path, str]]]:
    """Read what is new, recognise what is not; files that cannot be read are left out with the reason."""
    titles = known.manifest.extra.get("titles") if known else None
    titles = titles if isinstance(titles, dict) else {}
    found: list[_Source] = []
    failed: list[tuple[Path, str]] = []
    seen: dict[str, Path] = {}
    for i, path in enumerate(files):
        _tell(progress, "读取 read", i, len(files))
        with _guard(path, failed):
            with clock.stage("read"):
                content = read_bytes(path)
                sha256 = hashlib.sha256(content).hexdigest()
            if sha256 in seen:
                raise SourceError(f"{path}: is the same file as {seen[sha256]}; it is in the graph once")
            part = known.find_part(path.as_posix(), sha256) if known else None
            if part is not None:
                found.append(_Source(path, sha256, titles.get(part.source.key, part.source.key), None))
            else:
                with clock.stage("read"):
                    document = document_of(path, content)
                resolved = _resolve(document, registry, clock)
                found.append(_Source(path, sha256, resolved.policy.key, resolved))
            seen[sha256] = path
    _tell(progress, "读取 read", len(files), len(files))
    return found, failed


def _resolve(document: Document, registry: Registry, clock: _Clock, corrections: Sequence[Correction] = ()) -> Resolved:
    with clock.stage("extract"):
        reading = read_policy(document)
    with clock.stage("resolve"):
        return correct_reading(reading, registry, corrections)


def _correct_all(
    found: Sequence[_Source],
    corrections: Sequence[Correction],
    known: store.Generation | None,
    before: Mapping[str, Any],
    registry: Registry,
    clock: _Clock,
    failed: list[tuple[Path, str]],
) -> list[_Source]:
    """Return the sources with what people decided; of what is kept, only documents that it touches anew are read again."""
    parts = {(part.source.path, part.source.sha256): part.source.key for part in known.manifest.documents} if known else {}
    keys = [parts.get((s.path.as_posix(), s.sha256), "") if s.resolved is None else "" for s in found]
    applied = known.manifest.extra.get("corrections") or {} if known else {}
    titles = [
        s.resolved.reading.profile.title if s.resolved else before[key]["title"] for s, key in zip(found, keys, strict=True)
    ]
    active = [correction for correction in corrections if correction.revoked is None]
    wide = [correction for correction in active if correction.extent == "everywhere"]
    shared = share_out(active, [(s.sha256, s.path.as_posix(), title) for s, title in zip(found, titles, strict=True)])
    corrected = []
    for source, key in zip(found, keys, strict=True):
        own = shared.get(source.sha256, [])
        mine = select_relevant(own, wide, mentions_in(source.resolved) if source.resolved else mentions_of(before[key]))
        if not (mine if source.resolved else fingerprint(mine) != applied.get("documents", {}).get(key, "")):
            corrected.append(replace(source, corrections=mine))
            continue
        with _guard(source.path, failed), clock.stage("correct"):
            reading = source.resolved.reading if source.resolved else read_policy(read_document(source.path))
            resolved = correct_reading(reading, registry, (*own, *wide))
            mine = select_relevant(own, wide, mentions_in(resolved))
            corrected.append(_Source(source.path, source.sha256, resolved.policy.key, resolved, mine))
    return corrected


def _remember(corrections: Sequence[Correction], found: Iterable[tuple[str, _Source]]) -> dict[str, Any]:
    """Return what the manifest keeps, so that the next build knows which documents other corrections touch."""
    documents = {key: fingerprint(source.corrections) for key, source in found if source.corrections}
    return {"known": {correction.key: fingerprint([correction]) for correction in corrections}, "documents": documents}


def _keep(draft: store.Draft, source: _Source) -> bool:
    return draft.keep(source.path.as_posix(), source.sha256) is not None


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


def _with_page(generation: store.Generation, page: Page | None) -> store.Generation:
    """Return the generation with its page, drawn again where it was lost; only for who holds the lock."""
    path, manifest = generation.folder / "graph.html", generation.manifest
    if page is None or (path.is_file() and store.digest(path) == manifest.extra.get("page")):
        return generation
    with _writing(path):
        content = page(read_ledger(generation)).encode()
        store.replace_durably(path, content)
        manifest = replace(manifest, extra={**manifest.extra, "page": hashlib.sha256(content).hexdigest()})
        store.replace_durably(generation.folder / "manifest.json", manifest.to_json().encode())
    return replace(generation, manifest=manifest)


def _publish(generation: store.Generation, out: Path, page: Page | None) -> None:
    """Put the page of the current generation where people look for it, unless it is there already."""
    source, target = generation.folder / "graph.html", out / "graph.html"
    if page is not None and source.is_file():
        _require_file(target)
        with _writing(target):
            content = source.read_bytes()
            if not target.is_file() or target.read_bytes() != content:
                store.replace_durably(target, content)


def _require_file(path: Path | None) -> None:
    if path is not None and path.exists() and not path.is_file():
        raise OutputError(f"{path}: is no file, but the page goes there; move it away or give another --out")


def _write(path: Path, content: bytes) -> str:
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


def _tell(progress: Progress | None, stage: str, done: int, total: int) -> None:
    if progress is not None:
        progress(stage, done, total)
