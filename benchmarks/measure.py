"""Measure what the project promises, on this machine, and write it into its sections of RESULTS.md.

    python -m benchmarks.measure [--more FOLDER] [--wild FOLDER] [--damaged N] [--rounds N]

``--more`` holds further annotated documents: ``*.json`` as tests/gold/GUIDE.md describes, and the texts under ``docs/``.
``--wild`` holds documents of every kind without annotation. ``--damaged`` also reads so many damaged documents (minutes).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import bodies, fuzz, wild
from benchmarks.section import write_section
from kg import __version__, ask, extract, pipeline, store, toy
from kg.read import find_sources
from kg.registry import load_registry
from viz.graph import render_graph

ROOT = Path(__file__).parent.parent
SCORE = ROOT / "tests" / "gold" / "score.py"
ZEREN = (sys.executable, "-m", "kg.cli")
QUESTIONS = (
    ("department-load",),
    ("department-tasks", "--param", "unit=石家庄市生态环境局"),
    ("shared-pairs",),
    ("parent-policies",),
    ("accountability-chain", "--param", "task=石家庄市2023年生态文明建设工作要点#8"),
)
# question of score.py, what the five documents must reach, what others must reach
BARS = (
    ("tasks", 0.99, 0.97),
    ("task titles", 0.97, 0.90),
    ("assignments", 0.99, 0.96),
    ("inherited assignments", 0.97, None),
    ("  lead by 第一位 rule", None, 1.0),
    ("same-body pairs", 1.0, None),
    ("indicators found", 0.95, 0.90),
    ("indicators exact", 0.90, 0.80),
    ("  in 《》", 0.97, 0.95),
    ("citations", 0.90, None),
    ("citation relations", 0.85, None),
)
LENGTHS = (31_250, 62_500, 125_000, 250_000, 500_000, 1_000_000)  # characters


def main() -> int:
    """Measure everything and write the page; return 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--more", type=Path, help="folder with further annotated documents")
    parser.add_argument("--wild", type=Path, help="folder with documents of every kind")
    parser.add_argument("--damaged", type=int, default=0, help="how many damaged documents to read (default: none)")
    parser.add_argument("--rounds", type=int, default=5, help="of each time; the median counts (default: 5)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = list(page(Path(folder), options.more, options.wild, options.rounds))
    write_section("measure", lines)
    if options.damaged:
        harm = damaged(options.damaged)
        write_section("damaged", harm)
        lines += harm
    print("\n".join(lines))
    return int(any("**no**" in line for line in lines))


def page(folder: Path, more: Path | None, wilderness: Path | None, rounds: int) -> Iterator[str]:
    """Yield the lines of the page."""
    yield f"Written by `python -m benchmarks.measure` on {time.strftime('%Y-%m-%d')}: Zeren {__version__}, medians of {rounds}."
    yield f"Machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()},"
    yield f"pyoxigraph {version('pyoxigraph')}. Times depend on the machine; the scores do not."
    yield ""
    yield "## Times"
    yield ""
    yield from times(folder, rounds)
    yield ""
    yield "## Stages of the build, in the process itself"
    yield ""
    yield from stages(folder, rounds)
    yield ""
    yield "## Growth of reading with length"
    yield ""
    yield from growth(rounds)
    yield ""
    yield "## Scores: the five documents that come with the project (F1)"
    yield ""
    yield "Annotations by hand, as tests/gold/GUIDE.md defines them, compared by tests/gold/score.py. They were at hand while"
    yield "the rules were written: take the figures as an upper bound for documents that nobody has looked at yet."
    yield ""
    yield from scores(folder / "five", ROOT / "tests" / "gold" / "seeds", 1)
    if more is not None:
        run(*ZEREN, "build", more / "docs", "--out", folder / "more")
        yield ""
        yield "## Scores: further documents, which are not part of the project (F1)"
        yield ""
        yield "They, too, were at hand while the rules were written; [README.md](README.md) speaks of documents that were not."
        yield ""
        yield from scores(folder / "more", more, 2)
    if wilderness is not None:
        yield ""
        yield "## Documents of every kind, without annotation"
        yield ""
        yield from strangers(wilderness)
    yield ""
    yield "## Bodies: how many of those named are known by what they are for"
    yield ""
    yield from known_bodies(
        [ROOT / "seeds" / "documents", *([more / "docs"] if more else []), *([wilderness] if wilderness else [])]
    )


def times(folder: Path, rounds: int) -> Iterator[str]:
    """Yield a table of whole commands, start of Python included."""
    out = folder / "five"
    documents = ROOT / "seeds" / "documents"
    fresh = iter(range(rounds))
    yield "| command | s | at most | kept |"
    yield "| --- | ---: | ---: | --- |"
    yield row("zeren --help", median(rounds, lambda: run(*ZEREN, "--help")), 0.3)
    yield row(
        "zeren build (five documents, from nothing)",
        median(rounds, lambda: run(*ZEREN, "build", documents, "--out", folder / f"b{next(fresh)}")),
        5.0,
    )
    run(*ZEREN, "build", documents, "--out", out)
    yield row("zeren build (nothing changed)", median(rounds, lambda: run(*ZEREN, "build", documents, "--out", out)), None)
    for question in QUESTIONS:
        name = f"zeren query {question[0]}"
        yield row(name, median(rounds, lambda words=question: run(*ZEREN, "query", *words, "--out", out)), 0.8)  # type: ignore[misc]
    taken = dict(all_queries(out))
    slowest = max(taken, key=lambda name: taken[name])
    yield ""
    yield f"Of {len(taken)} named queries, Python's start aside, `{slowest}` takes longest: {1000 * taken[slowest]:.0f} ms."


def all_queries(out: Path) -> Iterator[tuple[str, float]]:
    """Yield the time of each named query with its own example."""
    graph = store.open_current(out)
    for query in ask.list_queries():
        params = {param.name: param.example for param in query.params if not param.optional}
        started = time.perf_counter()
        ask.ask(graph, query, params)
        yield query.name, time.perf_counter() - started


def stages(folder: Path, rounds: int) -> Iterator[str]:
    """Yield a table of the build's stages."""
    taken: dict[str, list[float]] = {}
    for n in range(rounds):
        report = pipeline.build([ROOT / "seeds" / "documents"], folder / f"s{n}", page=render_graph)
        for stage, seconds in report.seconds.items():
            taken.setdefault(stage, []).append(seconds)
    yield "| stage | s |"
    yield "| --- | ---: |"
    for stage, values in taken.items():
        yield f"| {stage} | {statistics.median(values):.3f} |"
    yield f"| all | {sum(statistics.median(values) for values in taken.values()):.3f} |"


def growth(rounds: int) -> Iterator[str]:
    """Yield a table of how long the longest document takes, repeated; a repetition that says the same would be read once."""
    text = max((path.read_text("utf-8") for path in (ROOT / "seeds" / "documents").iterdir()), key=len)
    extract.read_policy(toy.document(text))  # loads the wording rules
    yield "| characters | s | characters a second |"
    yield "| ---: | ---: | ---: |"
    for length in LENGTHS:
        document = toy.document("\n".join(text.replace("的", chr(0x4E10 + n)) for n in range(length // len(text) + 1))[:length])
        taken = median(min(rounds, 3), lambda document=document: extract.read_policy(document))  # type: ignore[misc]
        yield f"| {length:,} | {taken:.2f} | {length / taken:,.0f} |"


def strangers(folder: Path) -> Iterator[str]:
    """Yield what became of documents that nobody annotated."""
    visits = list(wild.visit([folder]))
    read = [found.reading for found in visits if found.reading]
    slowest = max(found.seconds for found in visits)
    characters = sum(len(reading.document.text) for reading in read)
    names = wild.count_names(visits)
    faults = list(wild.find_faults(visits))
    yield f"{len(visits)} files: {len(read)} read, {len(visits) - len(read)} refused with a message; {characters:,} characters"
    kept = "yes" if slowest <= wild.SLOW else "**no**"
    yield f"in {sum(found.seconds for found in visits):.1f} s, the slowest file {slowest:.2f} s (at most {wild.SLOW}: {kept})."
    yield f"{sum(names.values())} assignments name {len(names)} bodies; the longest name has {max(map(len, names))} characters."
    yield f"Names that are a piece of a sentence: {len(faults)}{' (**no**)' if faults else ''}."


def known_bodies(folders: Sequence[Path]) -> Iterator[str]:
    """Yield a line on all mentions of bodies; at least 97 % of the bodies are to be known."""
    mentions = list(bodies.find_mentions(find_sources(folders)[0], load_registry()))
    named = [mention for mention in mentions if not mention.group]
    kept = "yes" if sum(mention.known for mention in named) >= 0.97 * len(named) else "**no**"
    yield f"{bodies.render_counts(f'{len(folders)} folders', mentions)}; at least 97 %: {kept}."


def damaged(count: int) -> list[str]:
    """Return a section on damaged documents: none may crash or hang, each quote stands at its span."""
    outcomes = fuzz.try_all(count, fuzz.load_texts([ROOT / "seeds" / "documents"]))
    kept = "**no**" if any(outcome.fault or outcome.seconds > fuzz.SLOW for outcome in outcomes) else "yes"
    how = "By `python -m benchmarks.fuzz` (copies of the five documents damaged in one to six ways each; processor time):"
    return ["## Damaged documents", "", how, "", *fuzz.describe(outcomes), f"No fault, none over {fuzz.SLOW} s: {kept}."]


def scores(out: Path, gold: Path, bar: int) -> Iterator[str]:
    """Yield the table of a corpus against its annotation."""
    ledger = out / "ledger.json"
    ledger.write_text(run(*ZEREN, "ledger", "--out", out, "--format", "json"), "utf-8")
    figures: Mapping[str, Any] = json.loads(run(sys.executable, SCORE, ledger, gold, "--json"))
    wanted = {question: bars[bar - 1] for question, *bars in BARS}
    yield "| question | precision | recall | F1 | at least | kept |"
    yield "| --- | ---: | ---: | ---: | ---: | --- |"
    for question, figure in figures.items():
        if question.startswith("  ") and question not in wanted:
            continue
        floor = wanted.get(question)
        kept = "" if floor is None else "yes" if figure["f1"] >= floor else "**no**"
        cells = [f"{figure[name]:.3f}" for name in ("precision", "recall", "f1")]
        yield f"| {question.strip()} | {' | '.join(cells)} | {'' if floor is None else floor} | {kept} |"


def row(name: str, seconds: float, bound: float | None) -> str:
    """Return a line of the table of times."""
    kept = "" if bound is None else "yes" if seconds <= bound else "**no**"
    return f"| `{name}` | {seconds:.2f} | {'' if bound is None else bound} | {kept} |"


def median(rounds: int, work: Callable[[], object]) -> float:
    """Return the median time of a piece of work, in seconds."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def run(*command: str | Path) -> str:
    """Run a command; return what it prints."""
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout


if __name__ == "__main__":
    sys.exit(main())
