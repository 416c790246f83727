"""Ask every named query of graphs of growing size, on the embedded store and on others, and write it into RESULTS.md.

    python -m benchmarks.queries [--sizes 5,100,1000] [--rounds 5] [--graphs FOLDER] [--without ENGINE,…] [--only QUERY,…]

Graphs are built of the made-up corpus; with ``--graphs`` they are kept there and built but once. Engines: the embedded
store on disk (as ``zeren query``) and in memory (as ``zeren serve``), the servers Oxigraph and Virtuoso, rdflib by itself.
``--print`` writes nothing into RESULTS.md.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from benchmarks.choices import Choices
from benchmarks.engines import Runner, Timing, running
from benchmarks.graphs import graph_of
from benchmarks.section import growth, milliseconds, table, write_section
from benchmarks.servers import ServerMissingError, run_oxigraph, run_virtuoso
from kg import __version__, ask, store

ALL, MOST = 0.5, 0.2  # seconds: every query, and nine in ten of them, at the largest size
OTHERS = ("memory", "oxigraph", "virtuoso", "rdflib")
NEEDED = 2_500  # bytes of memory that rdflib takes for a triple, and something to work with


@dataclass(slots=True)
class Found:
    """What came of one query: timings by size and engine."""

    name: str
    params: Mapping[str, str] = field(default_factory=dict)
    timings: dict[tuple[int, str], Timing] = field(default_factory=dict)


def main() -> int:
    """Measure and write the section; return 1 where the promise is not kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="5,100,1000", help="numbers of documents")
    parser.add_argument("--rounds", type=int, default=5, help="of each query after one that warms up; the median counts")
    parser.add_argument("--graphs", type=Path, help="folder that keeps the corpora and their graphs")
    parser.add_argument("--without", default="", help=f"engines to leave out, of {', '.join(OTHERS)}")
    parser.add_argument("--only", default="", help="names of queries")
    parser.add_argument("--limit", type=float, default=20.0, help="seconds that a query may take")
    parser.add_argument(
        "--rdflib-at", type=int, default=100, help="documents at which rdflib is asked (default: 100; it is slow)"
    )
    parser.add_argument("--print", action="store_true", help="do not write RESULTS.md")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    chosen = set(filter(None, options.only.split(",")))
    found = {query.name: Found(query.name) for query in ask.list_queries() if not chosen or query.name in chosen}
    notes: list[str] = []
    with contextlib.ExitStack() as stack:
        folder = options.graphs or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for size in sizes:
            out = graph_of(size, folder)
            asked_at = {"memory": size, "rdflib": options.rdflib_at}  # the servers at the largest size
            others = [
                name for name in OTHERS if name not in options.without.split(",") and asked_at.get(name, max(sizes)) == size
            ]
            notes += ask_all(found, size, out, others, options.rounds, options.limit)
    lines = list(describe(list(found.values()), sizes, notes, options.rounds))
    print("\n".join(lines))
    if not options.print:
        write_section("queries", lines)
    return int(any("**no**" in line for line in lines))


def ask_all(found: Mapping[str, Found], size: int, out: Path, others: Sequence[str], rounds: int, limit: float) -> Iterator[str]:
    """Ask every query on every engine in turn; yield a word on each engine that is not there."""
    choices = Choices(store.open_current(out))
    for one in found.values():
        one.params = choices.choose(ask.find_query(one.name))
    del choices
    with contextlib.ExitStack() as stack:
        runners: dict[str, Runner] = {"disk": stack.enter_context(running("disk", str(out), limit))}
        for name in others:
            if name == "memory":
                runners[name] = stack.enter_context(running("memory", str(out), limit))
            elif name != "rdflib":
                try:
                    runners[name] = stack.enter_context(_server(name, out, limit))
                except ServerMissingError as error:
                    yield str(error)
        _measure(found, size, runners, rounds)
    if "rdflib" in others:  # at last and alone: it takes the memory of all others together
        quads = store.current(out).manifest.counts["quads"]
        if (free := free_memory()) is not None and free < quads * NEEDED:
            yield f"rdflib would need {quads * NEEDED / 1e9:.0f} GB for {quads} triples: left out."
            return
        with running("rdflib", str(out), limit) as runner:
            _measure(found, size, {"rdflib": runner}, rounds)


def _measure(found: Mapping[str, Found], size: int, runners: Mapping[str, Runner], rounds: int) -> None:
    for one in found.values():
        for engine, runner in runners.items():
            one.timings[size, engine] = timing = runner.measure(one.name, one.params, rounds)
            print(f"{size:>6} {engine:<9} {one.name:<32} {_cell(timing)}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def _server(name: str, out: Path, limit: float) -> Iterator[Runner]:
    run = run_oxigraph if name == "oxigraph" else run_virtuoso
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.nq"
        with data.open("wb") as target:
            for path in store.current(out).quad_files():
                target.write(path.read_bytes())
        work = Path(folder) / "server"
        work.mkdir()
        with run(data, work, limit) as url, running("remote", url, limit) as runner:
            yield runner


def free_memory() -> int | None:
    """Return the bytes of memory that are free; ``None`` where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("MemAvailable")), None)


def describe(found: Sequence[Found], sizes: Sequence[int], notes: Sequence[str], rounds: int) -> Iterator[str]:
    """Yield the section: how fast, how it grows, how others do, and whether the promise is kept."""
    last = max(sizes)
    engines = {name: max(at) for name in OTHERS if (at := [s for one in found for s, engine in one.timings if engine == name])}
    yield "## The named queries"
    yield ""
    day = time.strftime("%Y-%m-%d")
    yield f"Written by `python -m benchmarks.queries` on {day}: Zeren {__version__}, {os.cpu_count()} cores,"
    yield f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, pyoxigraph {version('pyoxigraph')},"
    yield f"rdflib {version('rdflib')}. Graphs of the made-up corpus; each query with the value in the middle of its kind; in"
    yield f"ms, the median of {rounds} rounds after one that warms up, until every row is in the caller's hands. *Growth* is the"
    yield "exponent from 100 documents on (1: linear). The other engines, each at the size in its head, as multiples of the"
    yield "embedded store's time on disk; `≠`: other rows."
    yield ""
    head = ["query", "rows", *(f"{size:,}" for size in sizes), "growth", *(f"{name} {size:,}" for name, size in engines.items())]
    yield from table(head, (_row(one, sizes, engines) for one in found))
    yield ""
    yield from verdict(found, last)
    for note in notes:
        yield f"- {note}"


def _row(one: Found, sizes: Sequence[int], engines: Mapping[str, int]) -> list[str]:
    last = one.timings.get((max(sizes), "disk"), Timing(None))
    points = [
        (float(size), timing.seconds)
        for size in sizes
        if size >= 100 and (timing := one.timings[size, "disk"]).seconds is not None
    ]
    exponent = growth(points)
    cells = [_cell(one.timings[size, "disk"]) for size in sizes]
    ratios = [_ratio(one.timings.get((size, engine)), one.timings[size, "disk"]) for engine, size in engines.items()]
    return [f"`{one.name}`", f"{last.rows:,}", *cells, "" if exponent is None else f"{exponent:.2f}", *ratios]


def _cell(timing: Timing) -> str:
    return timing.fault if timing.seconds is None else milliseconds(timing.seconds)


def _ratio(other: Timing | None, ours: Timing) -> str:
    """Return how an engine compares: 2.5× as long, too long, other rows."""
    if other is None:
        return ""
    if other.seconds is None:
        return other.fault if other.fault.startswith(">") else "failed"
    mark = "" if not ours.digest or other.digest == ours.digest else " ≠"
    ratio = other.seconds / ours.seconds if ours.seconds else None
    return f"{ratio:.2g}×{mark}" if ratio is not None and ratio < 10 else f"{ratio:,.0f}×{mark}" if ratio is not None else mark


def verdict(found: Sequence[Found], size: int) -> Iterator[str]:
    """Yield whether every query takes at most half a second and nine in ten a fifth, and which do not."""
    timings = {one.name: one.timings[size, "disk"].seconds for one in found}
    slow = sorted((name for name, seconds in timings.items() if seconds is None or seconds > ALL))
    quick = sum(seconds is not None and seconds <= MOST for seconds in timings.values())
    share = quick / len(timings)
    kept = "**no**" if slow else "yes"
    yield f"At {size:,} documents {len(timings) - len(slow)} of {len(timings)} queries take at most {ALL} s: {kept}."
    yield f"{100 * share:.0f} % take at most {MOST} s (at least 90 %): {'yes' if share >= 0.9 else '**no**'}."
    if slow:
        yield f"Too slow: {', '.join(f'`{name}`' for name in slow)}."


if __name__ == "__main__":
    sys.exit(main())
