"""Make the tables of a made-up corpus as a build would, and no more: what the analysis needs, in a fraction of the time.

    python -m benchmarks.tabulate --documents 10000 --to FOLDER [--jobs N] [--seed N]

The folder is then a graph for whoever reads tables: ``zeren analyze --out FOLDER``; its store holds only what documents share.
What was read of each document is kept beside it, so that another run with ``--again`` writes tables with other columns
without reading anew. Documents are drawn, read and stated one by one; memory does not grow with their number but for the
names of bodies, metrics and policies.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse

from benchmarks.corpus import SEED
from benchmarks.corpus.drafting import draft
from benchmarks.corpus.plans import Plan, plan_documents
from kg import __version__, store, vocab
from kg.machine import count_processors
from kg.model import Resolved
from kg.pipeline.crew import Crew, Packed
from kg.pipeline.sources import ReadJob, read_one
from kg.pipeline.work import Work
from kg.rdf import build_registry_quads, merge_shared
from kg.registry import Registry, load_registry
from kg.store.engine import ENGINE
from kg.store.generation import store_files
from kg.tables import TableDraft, TableRow, document_rows, table_files

GENERATION = "000001"


@dataclass(frozen=True, slots=True)
class Job:
    """A document that is to be drawn and read, or taken from where it was kept."""

    plan: Plan
    number: int
    seed: int
    kept: Path
    again: bool


@dataclass(frozen=True, slots=True)
class Done:
    """A document as rows, and what it shares with others as N-Quads."""

    key: str
    rows: tuple[TableRow, ...]
    shared: bytes


def main() -> int:
    """Make the tables; say how long it took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--to", type=Path, required=True, help="a new folder, or with --again the one of an earlier run")
    parser.add_argument("--jobs", type=int, default=count_processors(), help="processes that read (default: all processors)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--again", action="store_true", help="take what was read in an earlier run, as far as it is there")
    options = parser.parse_args()
    if options.to.exists() and any(options.to.iterdir()) and not options.again:
        sys.exit(f"{options.to}: is not empty; give a new folder, or --again")
    started = time.perf_counter()
    generation = tabulate(options.documents, options.to, jobs=options.jobs, seed=options.seed, again=options.again)
    counted = generation.manifest.counts
    print(
        f"{counted['documents']} documents, {counted['quads']} shared quads, {time.perf_counter() - started:.0f} s: {options.to}"
    )
    return 0


def tabulate(documents: int, out: Path, *, jobs: int = 1, seed: int = SEED, again: bool = False) -> store.Generation:
    """Write the tables of so many documents into a folder; return the generation that they are of."""
    kept, folder = out / "read", out / "generations" / GENERATION
    kept.mkdir(parents=True, exist_ok=True)
    (folder / "quads" / "registry").mkdir(parents=True, exist_ok=True)
    work, keys = Work(), list[str]()
    with TableDraft(folder) as tables, Crew(jobs, load_registry(), work) as crew:
        wanted = ((None, Job(plan, n, seed, kept, again)) for n, plan in enumerate(plan_documents(documents)))
        for n, (_, fetch) in enumerate(crew.each(tabulate_one, wanted)):
            assert fetch is not None
            done = fetch()
            tables.add(done.rows)
            _shared_file(folder, n).write_bytes(done.shared)
            keys.append(done.key)
            if (n + 1) % 100 == 0:
                print(f"{n + 1} documents", file=sys.stderr, flush=True)
        if len(set(keys)) < len(keys):
            raise AssertionError("two documents of the corpus bear one title: they would be one policy")
        shared = merge_shared((key, _read(_shared_file(folder, n))) for n, key in enumerate(keys))
        tables.write(shared)
    _fill(folder / "store", shared)
    files = store_files(folder / "store")
    names = [*(f"store/{name}" for name in files), *(f"tables/{path.name}" for path in table_files(folder))]
    digests = {name: store.digest(folder / name) for name in names}
    counts = {"documents": len(keys), "quads": len(shared)}
    manifest = store.Manifest(GENERATION, None, __version__, ENGINE, vocab.BASE, "", (), counts, files, digests)
    (folder / "manifest.json").write_text(manifest.to_json(), "utf-8", newline="\n")
    (out / "current").write_text(f"{GENERATION}\n", "ascii", newline="\n")
    return store.Generation(folder, manifest)


def tabulate_one(job: Job, registry: Registry, work: Work) -> Done:
    """Draw and read one document, or take it from where it was kept; return it as rows."""
    path = job.kept / f"{job.number:05d}.pickle"
    if job.again and path.is_file():
        packed: Packed[Resolved] = pickle.loads(path.read_bytes())  # our own, from an earlier run
    else:
        made = draft(job.plan, job.number, job.seed)
        packed = read_one(ReadJob(Path(made.name), made.text.encode()), registry, work).resolved
        path.write_bytes(pickle.dumps(packed))
    resolved = packed.open()
    quads = build_registry_quads(resolved, registry, vocab.BASE)
    return Done(resolved.policy.key, tuple(document_rows(resolved)), store.encode_nquads(quads).content)


def _shared_file(folder: Path, number: int) -> Path:
    return folder / "quads" / "registry" / f"{number:05d}.nq"


def _read(path: Path) -> Iterator[Quad]:
    return parse(path=path, format=RdfFormat.N_QUADS)


def _fill(folder: Path, quads: Iterable[Quad]) -> None:
    """Make the store, so that regions and bodies can be asked for by name."""
    filled = Store(str(folder))
    filled.bulk_extend(quads)
    filled.optimize()
    filled.flush()


if __name__ == "__main__":
    sys.exit(main())
