"""Read documents as they come, without annotation: each ends in a document or a clear word, fast, and no body's name is nonsense.

    python -m benchmarks.wild FOLDER…

Prints a line a file. What the bodies are called is for ``benchmarks.mentions`` to show.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mentions import is_doubtful
from kg.errors import SourceError
from kg.extract import read_policy
from kg.model import Reading
from kg.read import find_sources, read_document

SLOW = 2.0  # seconds that no file may take


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of one file: a reading, or the word with which it was refused."""

    path: Path
    seconds: float
    reading: Reading | None
    refusal: str | None = None


def main() -> int:
    """Read everything and say what was found; return 1 where a rule is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    options = parser.parse_args()
    visits = list(visit(options.folders))
    print("\n".join(map(describe, visits)))
    bad = list(find_faults(visits))
    print("", *bad, sep="\n")
    return int(bool(bad))


def visit(folders: Sequence[Path]) -> Iterator[Visit]:
    """Read every file that a reader is there for, timed."""
    files, others = find_sources(folders)
    for path in sorted([*files, *others]):
        start = time.perf_counter()
        try:
            reading = read_policy(read_document(path))
        except SourceError as error:
            yield Visit(path, time.perf_counter() - start, None, str(error))
        else:
            yield Visit(path, time.perf_counter() - start, reading)


def count_names(visits: Iterable[Visit]) -> Counter[str]:
    """Return how often each body is named, in all readings."""
    readings = [found.reading for found in visits if found.reading]
    return Counter(unit.name for reading in readings for task in reading.tasks for unit in task.units)


def find_faults(visits: Sequence[Visit]) -> Iterator[str]:
    """Yield what no document may lead to, in words."""
    for found in visits:
        if found.seconds > SLOW:
            yield f"{found.path.name}: takes {found.seconds:.1f} s"
    yield from (f"no name of a body: {name}" for name in sorted(count_names(visits)) if is_doubtful(name))


def describe(found: Visit) -> str:
    """Return the line of one file."""
    name = found.path.name[:40]
    if found.reading is None:
        return f"{name}\trefused: {found.refusal}"
    tasks = found.reading.tasks
    figures = {
        "characters": len(found.reading.document.text),
        "tasks": sum(not task.measure for task in tasks),
        "assignments": sum(len(task.units) for task in tasks),
        "indicators": sum(len(task.indicators) for task in tasks) + len(found.reading.indicators),
        "citations": sum(len(task.citations) for task in tasks) + len(found.reading.citations),
        "ms": round(1000 * found.seconds),
    }
    return f"{name}\t" + ", ".join(f"{figure} {word}" for word, figure in figures.items())


if __name__ == "__main__":
    sys.exit(main())
