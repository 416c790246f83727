"""Read documents as they come, without annotation: each ends in a document or a clear word, fast, and no body's name is nonsense.

    python -m benchmarks.wild FOLDER… [--mentions N]

Prints a line a file, then the N most frequent and the N rarest names of bodies, to be read by a person.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SourceError
from kg.extract import read_policy
from kg.model import Reading
from kg.read import find_sources, read_document

SLOW = 2.0  # seconds that no file may take
LONGEST = 40  # characters of a body's name
_SENTENCE = re.compile(r"[。；！？\n]")
_DOING = re.compile(
    r"推进|加强|开展|负责|完成|做好|确保|加快|牵头[^单部]|按照|根据|落实|提高|提升(?!行动)|组织实施|适用|均为|除标注|以下简称"
)
# a leading group may be named by what it is to do: 全面推进依法治市领导小组
_NAMED_BY_WORK = re.compile(
    r"(?:小组|专班|办公室|联席会议|指挥部|委员会|专责组|工作组|成员单位|中心|局|机制|办)(?:[（(].{1,20}[）)])?$"
)


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
    parser.add_argument("--mentions", type=int, default=50)
    options = parser.parse_args()
    visits = list(visit(options.folders))
    print("\n".join(map(describe, visits)))
    names = count_names(visits)
    ranked = [f"{count:5} {name}" for name, count in sorted(names.items(), key=lambda item: (-item[1], item[0]))]
    print(f"\n{len(names)} names of bodies; the most frequent:", *ranked[: options.mentions], sep="\n")
    print("\nthe rarest:", *ranked[options.mentions :][-options.mentions :], sep="\n")
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
    yield from (f"no name of a body: {name}" for name in sorted(count_names(visits)) if is_nonsense(name))


def is_nonsense(name: str) -> bool:
    """Tell a piece of a sentence from the name of a body.

    >>> is_nonsense("市生态环境局"), is_nonsense("全面推进依法治市领导小组"), is_nonsense("加强指导和监督")
    (False, False, True)
    """
    if len(name) > LONGEST or _SENTENCE.search(name):
        return True
    return bool(_DOING.search(name)) and not _NAMED_BY_WORK.search(name)


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
