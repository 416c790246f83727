"""The whole way: source files in; a new generation with store, ledger and page out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import Quad

from kg import data, store, vocab
from kg.analysis.columns import open_draft
from kg.analysis.stated import build_time, derive_columns
from kg.correct import count_states, gather_states
from kg.correction import Correction
from kg.pipeline.crew import Crew, Packed
from kg.pipeline.encoding import EncodeJob, encode_one
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
from kg.rdf import build_correction_quads, read_corrections
from kg.read import find_sources, readable
from kg.registry import load_registry
from kg.tables import TableDraft

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
    sources: Sequence[Path],
    out: Path,
    *,
    page: Page | None = None,
    progress: Progress | None = None,
    base: str = vocab.BASE,
    jobs: int = 1,
) -> BuildReport:
    """Build the graph of the documents in ``sources`` (files and folders) into ``out``.

    Only what changed is read again; without a change nothing is done. ``page`` draws ``out/graph.html`` from the ledger.
    With ``jobs`` above 1, as many processes read where there are many files; a program of yours that asks for them does
    so below ``if __name__ == "__main__":``. The graph is the same, byte for byte.

    :raises SourceError: a path does not exist, or holds no document at all.
    :raises OutputError: ``out`` cannot be written, or another build runs there.
    """
    work = Work(progress)
    files, others = find_sources(sources, out)
    order = {Path(readable(path)): i for i, path in enumerate(files)}
    if page is not None:
        require_file(out / PAGE)
    knowledge = store.fingerprint(data.SEEDS, data.ONTOLOGY, data.QUERIES, *_code())
    with (
        store.prepare(out, base=base, knowledge=knowledge) as draft,  # before hours of reading: can it be written at all?
        TableDraft(draft.folder, draft.previous, draft.base) as tables,
        ExitStack() as stack,
    ):
        corrections = read_corrections(out / CORRECTIONS, base)
        with work.stage("compare"):
            known = know(draft.previous)
        with work.stage("knowledge"):
            registry = load_registry()
        crew = stack.enter_context(Crew(jobs, registry, work))
        found = correct_sources(read_sources(files, known, crew, work), corrections, known, registry, work)
        keys = distinct_keys(found)
        said = remember_corrections(corrections, zip(keys, found, strict=True))
        unchanged = _is_unchanged(found, keys, said, known)
        if unchanged and known.generation is not None:
            with work.stage("page"):
                generation: store.Generation | None = with_page(known.generation, page)
            entries = [(source.path, known.entries[key]) for source, key in zip(found, keys, strict=True)]
        else:
            entries = _encode_all(found, keys, draft, tables, known, crew, work)
            stack.close()  # the memory is for the store now
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
        failed=tuple(sorted(work.failed, key=lambda failure: order.get(failure[0], 0))),
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
    crew: Crew,
    work: Work,
) -> list[tuple[Path, Any]]:
    """Put every document into the draft, what is known as it stands; return the ledger's entries with their files."""
    entries: list[tuple[Path, Any]] = []
    for i, ((source, key), encode) in enumerate(crew.each(encode_one, _keep(found, keys, draft, tables, known, crew, work))):
        work.tell("编码 encode", i, len(found))
        with work.guard(source.path):
            if encode is None:
                entries.append((source.path, known.entries[key]))
                continue
            encoded = encode()
            with work.stage("write"):
                origin = store.Source(key, source.path.as_posix(), source.sha256)
                draft.put_lines(origin, encoded.quads, encoded.shared, encoded.text)
                tables.add(encoded.rows)
            entries.append((source.path, encoded.entry))
    work.tell("编码 encode", len(found), len(found))
    return entries


def _keep(
    found: Sequence[FoundSource],
    keys: Sequence[str],
    draft: store.Draft,
    tables: TableDraft,
    known: Known,
    crew: Crew,
    work: Work,
) -> Iterator[tuple[tuple[FoundSource, str], EncodeJob | None]]:
    """Take over what stands as it is; yield each source with its key and, where it is to be stated, with that job."""
    for source, key in zip(found, keys, strict=True):
        ready, job = False, None
        with work.guard(source.path):
            same = source.held is None and known.find_key(source.path, source.sha256) == key
            if same and draft.keep(source.path.as_posix(), source.sha256) is not None:
                tables.keep(key)
            else:
                resolved = source.held.resolved if source.held else Packed(read_again(source, crew.registry, work))
                job = EncodeJob(key, resolved, draft.base)
            ready = True
        if ready:
            yield (source, key), job


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
        generation = draft.commit(lambda _: _derive(draft), extra, decided, tables.write)
    work.tell("入库 store", 1, 1)
    return generation


def _derive(draft: store.Draft) -> Iterator[Quad]:
    """Yield what follows, out of the tables just written."""
    with open_draft(draft.folder / "tables", draft.base) as columns:
        yield from derive_columns(columns, build_time())


def _code() -> list[Path]:
    """Return the folders of the programs that make the quads and the page."""
    home = Path(__file__).parent.parent
    return [folder for folder in (home, home.parent / "viz") if folder.is_dir()]
