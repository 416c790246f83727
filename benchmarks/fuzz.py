"""Read damaged documents by the thousand: none may crash or hang, and every quote must stand where it is said to stand.

    python -m benchmarks.fuzz [--count 20000] [--first SEED] [FOLDER…]

FOLDER holds texts to be damaged; without one, the documents that come with the project.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.mutate import mutate
from kg import data
from kg.errors import SourceError
from kg.extract import read_policy
from kg.ledger import ledger_entry
from kg.model import Evidence
from kg.rdf import build_document_quads
from kg.read import decode, document_of
from kg.registry import Registry, load_registry
from kg.resolve import resolve_reading
from kg.vocab import BASE

SLOW = 2.0  # seconds of processor time that no document may take


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one damaged document; ``fault`` is the traceback or what is wrong."""

    seed: int
    characters: int
    seconds: float  # of processor time: other work on the machine does not count
    refused: bool = False
    fault: str | None = None


def main() -> int:
    """Run and say what was found; return 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[data.SEEDS / "documents"])
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    outcomes = try_all(options.count, load_texts(options.folders), options.first)
    print("\n".join(describe(outcomes)))
    return int(any(outcome.fault or outcome.seconds > SLOW for outcome in outcomes))


def try_all(count: int, texts: Sequence[str], first: int = 0) -> list[Outcome]:
    """Try that many damaged documents, by consecutive seeds, on all cores."""
    with ProcessPoolExecutor(os.cpu_count(), initializer=_start, initargs=(list(texts),)) as pool:
        return list(pool.map(_try_seed, range(first, first + count), chunksize=20))


def load_texts(folders: Iterable[Path]) -> list[str]:
    """Return the texts of all plain files in the folders that can be decoded."""
    found: list[str] = []
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        try:
            found.append(decode(path.read_bytes(), str(path))[0])
        except SourceError:
            continue
    return found


def try_document(seed: int, content: bytes, registry: Registry, *, encode: bool = False) -> Outcome:
    """Read and resolve one document; look whether each quote is the text at its span; ``encode``: make its quads as well."""
    start = time.process_time()
    characters = 0
    try:
        document = document_of(Path(f"{seed}.txt"), content)
        characters = len(document.text)
        resolved = resolve_reading(read_policy(document), registry)
        if encode:
            ledger_entry(resolved, {}, BASE)
            build_document_quads(resolved, BASE)
        wrong = [evidence for evidence in find_evidence(resolved.reading) if evidence.span.of(document.text) != evidence.quote]
        fault = f"{len(wrong)} quotes are not at their span, first {wrong[0]}" if wrong else None
        return Outcome(seed, characters, time.process_time() - start, fault=fault)
    except SourceError:
        return Outcome(seed, characters, time.process_time() - start, refused=True)
    except Exception:
        return Outcome(seed, characters, time.process_time() - start, fault=traceback.format_exc(limit=-4))


def find_evidence(record: Any) -> Iterator[Evidence]:
    """Yield all evidence in a record and in the records that it holds."""
    if isinstance(record, Evidence):
        yield record
    elif is_dataclass(record):
        for field in fields(record):
            yield from find_evidence(getattr(record, field.name))
    elif isinstance(record, tuple):
        for part in record:
            yield from find_evidence(part)


def describe(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield what was found, in lines: counts, the slowest, each kind of fault once with its seeds."""
    found = sorted(outcomes, key=lambda outcome: -outcome.seconds)
    faults = [outcome for outcome in found if outcome.fault]
    characters = sum(outcome.characters for outcome in found)
    refused = sum(outcome.refused for outcome in found)
    yield f"{len(found)} documents, {characters} characters: {refused} refused with a message, {len(faults)} at fault."
    for outcome in found[:3]:
        yield f"slow: seed {outcome.seed}, {outcome.characters} characters, {outcome.seconds:.2f} s"
    for fault, count in Counter(outcome.fault for outcome in faults).most_common(20):
        seeds = [outcome.seed for outcome in faults if outcome.fault == fault][:5]
        yield f"{count} × seeds {seeds}: {fault}"


_texts: list[str] = []


def _start(texts: list[str]) -> None:
    _texts[:] = texts


def _try_seed(seed: int) -> Outcome:
    return try_document(seed, mutate(seed, _texts), _registry(), encode=seed % 5 == 0)


@cache
def _registry() -> Registry:
    return load_registry()


if __name__ == "__main__":
    sys.exit(main())
