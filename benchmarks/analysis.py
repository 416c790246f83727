"""Measure the analysis at 100, 1,000 and 10,000 made-up documents, beside SPARQL and networkx, and write it into RESULTS.md.

    python -m benchmarks.analysis [--sizes 100,1000,10000] [--rounds 5] [--graphs FOLDER] [--rules-at 100,1000] [--print]

``zeren analyze`` as a whole, and each measure in a process of its own, from the tables. The same by the rules under
``queries/derive/`` on the embedded store, where a whole graph is built, and by networkx or plain Python. With ``--graphs`` graphs
and tables are kept there: ten thousand documents take half an hour to read.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from benchmarks.alone import Spent, peak_memory, run_alone, run_program
from benchmarks.graphs import graph_of, tables_of
from benchmarks.measures import MEASURES, Measure
from benchmarks.rivals import read_duties
from benchmarks.section import growth, milliseconds, table, write_section
from kg import __version__, data, store
from kg.analysis.columns import open_columns

LARGEST = 10_000  # documents, for which the promises are
GROWTH = 1.1  # exponent, of each measure and of the whole
MEMORY = 1.5 * 2**30  # bytes that the whole analysis may take
SOON = 1.0  # seconds for load and pairs, until the first rows are there
LONG = 2.0  # seconds; what takes longer is measured once more only


@dataclass(frozen=True, slots=True)
class Taken:
    """What one measure took, warm: the median of some rounds."""

    seconds: float
    rows: int
    memory: int | None
    first: float | None = None  # seconds until the first rows, where they can be had alone


@dataclass(slots=True)
class Found:
    """All that was measured, by documents and by the measure's name; ``None``: it took too long."""

    whole: dict[int, Spent] = field(default_factory=dict)
    taken: dict[tuple[int, str], Taken] = field(default_factory=dict)
    by_rules: dict[tuple[int, str], float | None] = field(default_factory=dict)
    by_rival: dict[tuple[int, str], float | None] = field(default_factory=dict)


def main() -> int:
    """Measure and write the section; return 1 where a promise is not kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="100,1000,10000", help="numbers of documents")
    parser.add_argument("--rules-at", default="100,1000", help="numbers of documents at which whole graphs are built, for SPARQL")
    parser.add_argument("--rounds", type=int, default=5, help="of each measure after one that warms up; the median counts")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds that a rule or another library may take")
    parser.add_argument("--graphs", type=Path, help="folder that keeps the graphs and the tables")
    parser.add_argument("--only", default="", help="names of measures")
    parser.add_argument("--print", action="store_true", help="do not write RESULTS.md")
    options = parser.parse_args()
    sizes, built = ([int(size) for size in chosen.split(",") if size] for chosen in (options.sizes, options.rules_at))
    measures = [one for one in MEASURES if not options.only or one.name in options.only.split(",")]
    found = Found()
    with contextlib.ExitStack() as stack:
        folder = options.graphs or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for size in sizes:
            out = graph_of(size, folder) if size in built else tables_of(size, folder)
            measure_size(found, size, out, measures, options.rounds, options.limit, rules=size in built)
    lines = list(describe(found, sizes, measures, options.rounds, options.limit))
    print("\n".join(lines))
    if not options.print:
        write_section("analysis", lines)
    return int(any("**no**" in line for line in lines))


def measure_size(
    found: Found, size: int, out: Path, measures: Sequence[Measure], rounds: int, limit: float, *, rules: bool
) -> None:
    """Measure all at one size, each in a process of its own."""
    found.whole[size] = run_program(sys.executable, "-m", "kg.cli", "analyze", "--out", out)
    _tell(size, "analyze", found.whole[size].seconds)
    for one in measures:
        taken = run_alone(take, out, one.name, rounds)
        assert taken is not None
        found.taken[size, one.name] = taken
        _tell(size, one.name, taken.seconds)
        if rules and one.rules:
            found.by_rules[size, one.name] = run_alone(take_rules, out, one.rules, limit=limit)
            _tell(size, f"{one.name} by SPARQL", found.by_rules[size, one.name])
        if one.by_rival:
            found.by_rival[size, one.name] = run_alone(take_rival, out, one.name, limit=limit)
            _tell(size, f"{one.name} by {one.rival}", found.by_rival[size, one.name])


def take(out: Path, name: str, rounds: int) -> Taken:
    """Return what a measure takes from the tables, until its rows are records in Python."""
    (measure,) = (one for one in MEASURES if one.name == name)
    with open_columns(store.current(out)) as columns:
        rows = len(measure.work(columns))
        seconds = median(lambda: measure.work(columns), rounds)
        begin = measure.first
        first = median(lambda: begin(columns), rounds) if begin is not None else None
    return Taken(seconds, rows, peak_memory(), first)


def take_rules(out: Path, rules: Sequence[str]) -> float:
    """Return how long the embedded store takes for the rules that say the same, until all triples are there."""
    graph = store.open_current(out)
    started = time.perf_counter()
    for name in rules:
        text = (data.QUERIES / "derive" / f"{name}.rq").read_text("utf-8")
        for _ in graph.query(text, use_default_graph_as_union=True):  # type: ignore[union-attr]
            pass
    return time.perf_counter() - started


def take_rival(out: Path, name: str) -> float:
    """Return how long another library takes, from rows in memory."""
    (work,) = (one.by_rival for one in MEASURES if one.name == name)
    assert work is not None
    with open_columns(store.current(out)) as columns:
        duties = read_duties(columns)
    started = time.perf_counter()
    work(duties)
    return time.perf_counter() - started


def median(work: Callable[[], object], rounds: int) -> float:
    """Return the median time of some rounds; of a slow work, of one."""
    taken: list[float] = []
    while not taken or (len(taken) < rounds and taken[0] < LONG):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def describe(found: Found, sizes: Sequence[int], measures: Sequence[Measure], rounds: int, limit: float) -> Iterator[str]:
    """Yield the section."""
    yield "## The analysis"
    yield ""
    day = time.strftime("%Y-%m-%d")
    yield f"Written by `python -m benchmarks.analysis` on {day}: Zeren {__version__}, {os.cpu_count()} cores,"
    yield f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, DuckDB {version('duckdb')},"
    yield f"networkx {version('networkx')}. The made-up corpus. *Growth* is the exponent over the sizes (1: linear)."
    yield ""
    yield from table(["`zeren analyze`", *(f"{size:,}" for size in sizes), "growth"], _wholes(found.whole, sizes))
    yield ""
    yield f"Each measure from the tables, in ms, the median of {rounds} rounds after one that warms up, until all its rows are"
    yield "records in Python. As multiples of that, the rules of `queries/derive/` on the embedded store. Plain Python and"
    yield "networkx begin with rows in memory and end with bare figures: as multiples of the time in which those are worked out"
    yield f"and the first ten are there, where that was measured. At most {limit:g} s each."
    yield ""
    head = ["measure", "rows", *(f"{size:,}" for size in sizes), "growth", "MB"]
    by_rules = [size for size in sizes if any(at == size for at, _ in found.by_rules)]
    head += [f"SPARQL {size:,}" for size in by_rules] + [f"others {size:,}" for size in sizes]
    yield from table(head, (_row(one, found, sizes, by_rules) for one in measures))
    yield ""
    yield from verdict(found, sizes, measures)


def _wholes(whole: Mapping[int, Spent], sizes: Sequence[int]) -> Iterator[list[str]]:
    exponent = growth([(float(size), whole[size].seconds) for size in sizes])
    yield ["s", *(f"{whole[size].seconds:.1f}" for size in sizes), _exponent(exponent)]
    yield ["memory, MB", *(_megabytes(whole[size].memory) for size in sizes), ""]


def _row(one: Measure, found: Found, sizes: Sequence[int], by_rules: Sequence[int]) -> list[str]:
    last = found.taken[max(sizes), one.name]
    times = [milliseconds(found.taken[size, one.name].seconds) for size in sizes]
    ratios = [_ratio(found.by_rules, found, (size, one.name)) for size in by_rules]
    others = [_ratio(found.by_rival, found, (size, one.name), whole=False) for size in sizes]
    name = f"{one.name} ({one.rival})" if one.rival else one.name
    return [name, f"{last.rows:,}", *times, _exponent(_growth(found, sizes, one)), _megabytes(last.memory), *ratios, *others]


def _ratio(others: Mapping[tuple[int, str], float | None], found: Found, key: tuple[int, str], *, whole: bool = True) -> str:
    """Return how another way compares with the measure: with all its records, or with the figures worked out and ten shown."""
    if key not in others:
        return ""
    other = others[key]
    if other is None:
        return "too long"
    ours = found.taken[key]
    ratio = other / (ours.seconds if whole or ours.first is None else ours.first)
    return f"{ratio:.1f}×" if ratio < 10 else f"{ratio:,.0f}×"


def _growth(found: Found, sizes: Sequence[int], one: Measure) -> float | None:
    return growth([(float(size), found.taken[size, one.name].seconds) for size in sizes])


def _exponent(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _megabytes(size: int | None) -> str:
    return "–" if size is None else f"{size / 2**20:,.0f}"


def verdict(found: Found, sizes: Sequence[int], measures: Sequence[Measure]) -> Iterator[str]:
    """Yield whether the promises are kept; those of ten thousand documents only where so many were measured."""
    largest = max(sizes)
    if largest == LARGEST:
        for one in measures:
            first = found.taken[largest, one.name].first
            if first is not None:
                kept = f"at most {SOON:g} s: {_said(first <= SOON)}"
                yield f"At {largest:,} documents the first rows of `{one.name}` take {milliseconds(first)} ms, {kept}."
        memory = found.whole[largest].memory
        if memory is not None:
            yield f"The whole takes at most 1.5 GiB of memory: {_said(memory <= MEMORY)}."
    exponents = {"analyze": growth([(float(size), found.whole[size].seconds) for size in sizes])}
    exponents |= {one.name: _growth(found, sizes, one) for one in measures}
    steep = sorted(name for name, exponent in exponents.items() if exponent is not None and exponent > GROWTH)
    yield f"Nothing grows faster than with exponent {GROWTH}: {_said(not steep)}."
    if steep:
        yield f"Faster: {', '.join(f'`{name}`' for name in steep)}."


def _said(kept: bool) -> str:
    return "yes" if kept else "**no**"


def _tell(size: int, what: str, seconds: float | None) -> None:
    print(f"{size:>6} {what:<40} {'too long' if seconds is None else milliseconds(seconds)}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
