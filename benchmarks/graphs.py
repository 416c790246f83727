"""Graphs and tables of the made-up corpus, for the measurements: made where they are not there yet."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks import corpus, tabulate
from kg import pipeline, store
from kg.machine import count_processors


def graph_of(size: int, folder: Path) -> Path:
    """Return the folder of the graph of so many made-up documents, built if it is not there or is of another program."""
    documents, out = folder / f"documents-{size}", folder / f"graph-{size}"
    if not documents.is_dir():
        corpus.write_corpus(size, documents)
    started = time.perf_counter()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:  # its memory is free again afterwards
        failed = pool.submit(_build, documents, out).result()
    if failed:
        sys.exit(f"{documents}: {failed} documents could not be read; write the corpus again")
    print(f"{size} documents: graph ready after {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    return out


def tables_of(size: int, folder: Path) -> Path:
    """Return the folder of the tables alone of so many made-up documents, made if they are not there.

    They are taken as they are, whatever program they are of: ``python -m benchmarks.tabulate --again`` makes them anew.
    """
    out = folder / f"tables-{size}"
    if store.find_current(out) is None:
        started = time.perf_counter()
        tabulate.tabulate(size, out, jobs=count_processors())
        print(f"{size} documents: tables ready after {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    return out


def _build(documents: Path, out: Path) -> int:
    return len(pipeline.build([documents], out, jobs=count_processors()).failed)
