"""The whole way: source files in; a new generation with store, ledger and page out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg import data, store, vocab
from kg.correct import count_states, gather_states
from kg.correction import Correction
from kg.ledger import ledger_entry
from kg.pipeline.known import Known, know
from kg.pipeline.outputs import PAGE, Ledger, Page, publish, read_ledger, require_file, with_page, write, write_ledger
from kg.pipeline.sources import (
    FoundSource,
    correct_sources,
    distinct_keys,
    read_again,
    read_sources,
    remember_corrections,
)
from kg.pipeline.work import Progress, Work
from kg.rdf import build_correction_quads, build_document_quads, build_registry_quads, read_corrections
from kg.read import find_sources, readable
from kg.reason import derive
from kg.registry import Registry, load_registry
from kg.tables import TableDraft, document_rows

__all__ = ["CORRECTIONS", "BuildReport", "Ledger", "Page", "Progress", "build", "read_ledger"]

CORRECTIONS = "corrections.ttl"  # people's, beside the graph


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


def build(
    sources: Sequence[Path], out: Path, *, page: Page | None = None, progress: Progress | None = None, base: str = vocab.BASE
) -> BuildReport:
    """Build the graph of the documents in ``sources`` (files and folders) into ``out``.

    Only what changed is read again; without a change nothing is done. ``page`` draws ``out/graph.html`` from the ledger.

    :raises SourceError: a path does not exist, or holds no document at all.
    :raises OutputError: ``out`` cannot be written, or another build runs there.
    """
    work = Work(progress)
    files, others = find_sources(sources, out)
    if page is not None:
        require_file(out / PAGE)
    knowledge = store.fingerprint(data.SEEDS, data.ONTOLOGY, data.QUERIES, *_code())
    with (
        store.prepare(out, base=base, knowledge=knowledge) as draft,  # before hours of reading: can it be written at all?
        TableDraft(draft.folder, draft.previous, draft.base) as tables,
    ):
        corrections = read_corrections(out / CORRECTIONS, base)
        with work.stage("compare"):
            known = know(draft.previous)
        with work.stage("knowledge"):
            registry = load_registry()
        found = correct_sources(read_sources(files, known, registry, work), corrections, known, registry, work)
        keys = distinct_keys(found)
        said = remember_corrections(corrections, zip(keys, found, strict=True))
        unchanged = _is_unchanged(found, keys, said, known)
        if unchanged and known.generation is not None:
            with work.stage("page"):
                generation: store.Generation | None = with_page(known.generation, page)
            entries = [(source.path, known.entries[key]) for source, key in zip(found, keys, strict=True)]
        else:
            entries = _encode_all(found, keys, draft, tables, known, registry, work)
            titles = {key: source.key for key, source in zip(keys, found, strict=True)}
            notes = {
                "titles": titles,
                "folder": readable(Path.cwd()),
                "corrections": said,
                "sources": [readable(path) for path in sources],
            }
            generation = _commit(draft, tables, entries, corrections, notes, page, work) if entries else None
    if generation is not None:
        publish(generation, out, page)
    return BuildReport(
        documents=len(entries),
        failed=tuple(work.failed),
        passed_over=tuple(Path(readable(path)) for path in others),
        unchanged=unchanged,
        seconds=work.seconds,
        generation=generation,
        empty=tuple(path for path, entry in entries if not entry["tasks"]),  # a text without Chinese is one of them
        corrections=count_states(gather_states(corrections, (entry for _, entry in entries))) if entries else {},
    )


def _is_unchanged(found: Sequence[FoundSource], keys: Sequence[str], said: Mapping[str, Any], known: Known) -> bool:
    now = {(key, source.path.as_posix(), source.sha256) for key, source in zip(keys, found, strict=True)}
    return bool(found) and now == known.documents and known.remembered.get("corrections") == said


def _encode_all(
    found: Sequence[FoundSource],
    keys: Sequence[str],
    draft: store.Draft,
    tables: TableDraft,
    known: Known,
    registry: Registry,
    work: Work,
) -> list[tuple[Path, Any]]:
    """Put every document into the draft, what is known as it stands; return the ledger's entries with their files."""
    entries: list[tuple[Path, Any]] = []
    for i, (source, key) in enumerate(zip(found, keys, strict=True)):
        work.tell("编码 encode", i, len(found))
        with work.guard(source.path):
            same = source.resolved is None and known.find_key(source.path, source.sha256) == key
            kept = same and draft.keep(source.path.as_posix(), source.sha256) is not None
            if kept:
                tables.keep(key)
            entries.append((source.path, known.entries[key] if kept else _encode(source, key, draft, tables, registry, work)))
    work.tell("编码 encode", len(found), len(found))
    return entries


def _encode(source: FoundSource, key: str, draft: store.Draft, tables: TableDraft, registry: Registry, work: Work) -> Ledger:
    """State what one document says in the next generation; return its entry in the ledger."""
    resolved = source.resolved or read_again(source, registry, work)
    resolved = replace(resolved, policy=replace(resolved.policy, key=key))
    with work.stage("encode"):
        labels = {name: function.zh for name, function in registry.functions.items()}
        entry = ledger_entry(resolved, labels, draft.base)
        quads = build_document_quads(resolved, draft.base)
        shared = build_registry_quads(resolved, registry, draft.base)
        rows = document_rows(resolved, draft.base)
        draft.put(store.Source(key, source.path.as_posix(), source.sha256), quads, shared, resolved.reading.document.text)
        tables.add(rows)
    return entry


def _commit(
    draft: store.Draft,
    tables: TableDraft,
    entries: Iterable[tuple[Path, Any]],
    corrections: Sequence[Correction],
    notes: Mapping[str, Any],
    page: Page | None,
    work: Work,
) -> store.Generation:
    """Write ledger and page beside the draft, make it the current generation."""
    ledger = {"documents": [entry for _, entry in entries]}
    extra = dict(notes)
    with work.stage("write"):
        extra["ledger"] = write_ledger(draft.folder, ledger)
    if page is not None:
        with work.stage("page"):
            extra["page"] = write(draft.folder / PAGE, page(ledger).encode())
    work.tell("入库 store", 0, 1)
    with work.stage("store"):
        decided = build_correction_quads(corrections, gather_states(corrections, ledger["documents"]), draft.base)
        generation = draft.commit(lambda graph: derive(graph, draft.base), extra, decided, tables.write)
    work.tell("入库 store", 1, 1)
    return generation


def _code() -> list[Path]:
    """Return the folders of the programs that make the quads and the page."""
    home = Path(__file__).parent.parent
    return [folder for folder in (home, home.parent / "viz") if folder.is_dir()]
