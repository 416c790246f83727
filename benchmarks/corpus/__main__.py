"""A made-up corpus in the shape of the seeds: real places and bodies, sentences of ours, by seeded chance.

    python -m benchmarks.corpus --documents 1000 --to FOLDER [--seed N] [--compare]

The same seed gives the same files, and fewer documents are the first of more. ``--compare`` reads the files again and prints
how they compare with the documents that come with the project, and with what the writer meant.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.corpus import SEED, write_corpus
from kg import data


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
    from benchmarks.corpus.reread import compare, describe

    print("\n".join(describe([data.SEEDS / "documents", options.to])))
    wrong = [line for made in drafts[:20] for line in compare(made)]
    print("", *wrong, sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
