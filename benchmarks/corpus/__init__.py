"""A made-up corpus in the shape of the seeds: real places and bodies, sentences of ours, by seeded chance."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus.drafting import draft
from benchmarks.corpus.meant import Draft
from benchmarks.corpus.plans import plan_documents

__all__ = ["SEED", "Draft", "drafts", "write_corpus"]

SEED = 4


def write_corpus(documents: int, folder: Path, seed: int = SEED) -> list[Draft]:
    """Write that many documents into a folder; return what each means."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        sys.exit(f"{folder}: is not empty; give a new folder")
    made = list(drafts(documents, seed))
    for one in made:
        (folder / one.name).write_text(one.text, "utf-8", newline="\n")
    return made


def drafts(documents: int, seed: int = SEED) -> Iterator[Draft]:
    """Yield that many documents."""
    for number, plan in enumerate(plan_documents(documents)):
        yield draft(plan, number, seed)
