"""A made-up corpus in the shape of the seeds: real places and bodies, sentences of ours, by seeded chance.

    python -m benchmarks.corpus --documents 1000 --to FOLDER [--seed N] [--compare]

The same seed gives the same files, and fewer documents are the first of more. ``--compare`` reads the files again and prints
how they compare with the documents that come with the project, and with what the writer meant.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.drafting import Draft, draft
from benchmarks.programme import plan_documents
from kg import data

SEED = 4


def main() -> int:
    """Write the files; return 1 where they do not say what was meant."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--to", type=Path, required=True, help="a new or empty folder")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--compare", action="store_true", help="read the first 20 again and compare them with the seeds")
    options = parser.parse_args()
    drafts = write_corpus(options.documents, options.to, options.seed)
    print(f"{len(drafts)} documents, {sum(len(made.text) for made in drafts)} characters: {options.to}")
    if not options.compare:
        return 0
    from benchmarks.reread import compare, describe

    print("\n".join(describe([data.SEEDS / "documents", options.to])))
    wrong = [line for made in drafts[:20] for line in compare(made)]
    print("", *wrong, sep="\n")
    return int(bool(wrong))


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


if __name__ == "__main__":
    sys.exit(main())
