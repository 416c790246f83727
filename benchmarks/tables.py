"""Write the columnar tables of graphs of growing size, change one document, and ask them what the analysis asks.

    python -m benchmarks.tables [--sizes 5,100,1000] [--print]

The five seeds are read once and repeated under other keys, each five in another place: what is measured begins after
reading. Each size has a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from benchmarks.section import table, write_section
from kg import data, store
from kg.correct import correct_reading
from kg.extract import read_policy
from kg.model import Organization, Resolved
from kg.rdf import build_registry_quads, merge_shared
from kg.read import read_document
from kg.registry import load_registry
from kg.tables import TABLES, TableDraft, document_rows, open_tables, table_files

_PLACE = 200_000  # the first code that no real place has
_LOAD = """
WITH named AS (
        SELECT DISTINCT organization_id, task_id, role FROM assignments WHERE organization_id IS NOT NULL AND NOT inherited
    ),
    shares AS (SELECT task_id, 1 / count(DISTINCT organization_id) AS share FROM named GROUP BY task_id)
SELECT organization_id, count(DISTINCT task_id) AS tasks, count(DISTINCT task_id) FILTER (role = 'lead') AS led, sum(share)
FROM named JOIN shares USING (task_id) GROUP BY organization_id ORDER BY tasks DESC, organization_id
"""
_PAIRS = """
WITH named AS (SELECT DISTINCT organization_id, task_id FROM assignments WHERE organization_id IS NOT NULL AND NOT inherited)
SELECT a.organization_id, b.organization_id, count(*) AS shared FROM named a JOIN named b USING (task_id)
WHERE a.organization_id < b.organization_id GROUP BY ALL ORDER BY shared DESC, 1, 2
"""
_HEADS = ("documents", "rows", "bytes", "rows of records s", "tables s", "one changed s", "load ms", "pairs ms", "memory MB")


@dataclass(slots=True)
class Clock:
    """Seconds by what they were spent on; of several, the fewest or all of them."""

    seconds: dict[str, float]

    @contextmanager
    def count(self, name: str, *, add: bool = False) -> Iterator[None]:
        """Count what happens within."""
        start = time.perf_counter()
        yield
        spent = time.perf_counter() - start
        before = self.seconds.get(name)
        self.seconds[name] = spent if before is None else before + spent if add else min(before, spent)


def main() -> int:
    """Measure, print, and write the section."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="5,100,1000", help="numbers of documents")
    parser.add_argument("--print", action="store_true", help="do not write RESULTS.md")
    options = parser.parse_args()
    rows = []
    for size in options.sizes.split(","):
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            rows.append(alone.submit(measure, int(size)).result())
    lines = ["## Columnar tables", "", *table(_HEADS, rows)]
    print("\n".join(lines))
    if not options.print:
        write_section("tables", lines)
    return 0


def measure(size: int) -> list[str]:
    """Return the line of the page for so many documents."""
    clock = Clock({})
    registry = load_registry()
    seeds = sorted((data.SEEDS / "documents").glob("*.txt"))
    readings = [correct_reading(read_policy(read_document(path)), registry) for path in seeds]
    made = [_elsewhere(readings[number % len(readings)], number, len(readings)) for number in range(size)]
    shared = merge_shared((one.policy.key, build_registry_quads(one, registry)) for one in made)
    with tempfile.TemporaryDirectory() as home:
        first, second = (Path(home) / "generations" / name for name in ("000001", "000002"))
        draft = TableDraft(first)
        for one in made:
            with clock.count("encode", add=True):
                draft.add(document_rows(one))
        with clock.count("write"):
            draft.write(shared)
        written = {f"tables/{path.name}": store.digest(path) for path in table_files(first)}
        generation = store.Generation(first, _manifest(written))
        with clock.count("again"):
            draft = TableDraft(second, generation)
            for one in made[1:]:
                draft.keep(one.policy.key)
            draft.add(document_rows(made[0]))
            draft.write(shared)
        if any(path.read_bytes() != (first / "tables" / path.name).read_bytes() for path in table_files(second)):
            raise AssertionError("what was kept is not what was written")
        with open_tables(generation) as tables:
            rows = sum(int(tables.execute(f"SELECT count(*) FROM {one.name}").fetchall()[0][0]) for one in TABLES)
            for name, query in (("load", _LOAD), ("pairs", _PAIRS)):
                for _ in range(3):
                    with clock.count(name):
                        tables.execute(query).fetchall()
        taken = sum(path.stat().st_size for path in table_files(first))
    seconds = [f"{clock.seconds[name]:.2f}" for name in ("encode", "write", "again")]
    asked = [f"{clock.seconds[name] * 1000:.0f}" for name in ("load", "pairs")]
    return [f"{size:,}", f"{rows:,}", f"{taken:,}", *seconds, *asked, _memory()]


def _memory() -> str:
    """Return the most megabytes that this process had, where the system can tell."""
    if sys.platform == "win32":
        return "–"
    import resource

    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f}"


def _elsewhere(resolved: Resolved, number: int, each: int) -> Resolved:
    """Return the same reading as if another place had written it, whose bodies have keys of their own."""
    place, code = resolved.region.code if resolved.region else "", f"{_PLACE + number // each}"

    def moved(body: Organization) -> Organization:
        return replace(body, key=body.key.replace(place, code), region=code if body.region == place else body.region)

    bodies = {name: moved(body) for name, body in resolved.organizations.items()}
    issuer = moved(resolved.issuer) if resolved.issuer else None
    policy = replace(resolved.policy, key=f"{resolved.policy.key}-{number}")
    return replace(resolved, policy=policy, organizations=bodies, issuer=issuer)


def _manifest(digests: Mapping[str, str]) -> store.Manifest:
    return store.Manifest("000001", None, "", "", "", "", (), {}, {}, digests)


if __name__ == "__main__":
    sys.exit(main())
