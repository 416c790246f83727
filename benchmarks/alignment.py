"""How well the tasks of two plans are aligned, for every threshold: against truth tables made by hand, and the made-up corpus.

``python -m benchmarks.alignment`` prints precision, recall and F1 of the links; the thresholds in
kg/analysis/continuity/alignment were chosen by it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import corpus
from benchmarks.corpus.aims import aims_of
from benchmarks.corpus.names import title_of
from benchmarks.corpus.plans import Plan as MadeUp
from benchmarks.corpus.plans import plan_documents
from kg import pipeline, store
from kg.analysis.columns import open_columns
from kg.analysis.continuity.alignment import CONTINUED, PART, WEIGHTS, Link, PlanTask, find_links, measure_plans
from kg.analysis.continuity.alignment.similarity import Similarity
from kg.analysis.continuity.plans import Content, find_successions, list_plans, read_contents

ROOT = Path(__file__).parent.parent
TRUTHS = ROOT / "tests" / "data" / "alignment"
SWEEP = [n / 100 for n in (3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 25, 30, 40)]
Pair = tuple[int, int]


@dataclass(frozen=True)
class Truth:
    """Two plans, and which tasks of theirs a person links; doubtful ones count neither way."""

    name: str
    earlier: Sequence[PlanTask]
    later: Sequence[PlanTask]
    links: frozenset[Pair]
    doubtful: frozenset[Pair] = frozenset()


@dataclass(frozen=True, slots=True)
class Score:
    """How many links were found rightly, wrongly, and not at all."""

    right: int
    wrong: int
    missed: int

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The part of the links found that are right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The part of the right links that are found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.right else 0.0

    def __str__(self) -> str:
        counts = f"{self.right} right, {self.wrong} wrong, {self.missed} missed"
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  ({counts})"


NOTHING = Score(0, 0, 0)


def read_truths(graph: Path, folder: Path = TRUTHS) -> Iterator[Truth]:
    """Yield the truth tables of a folder; ``graph`` is where the five documents are built."""
    for path in sorted(folder.glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        if "truth" in table:
            plans = [[PlanTask(row["title"], row.get("text", "")) for row in table[side]] for side in ("earlier", "later")]
            numbers = [[row["number"] for row in table[side]] for side in ("earlier", "later")]
            yield _truth(table["title"], plans, numbers, table["truth"]["link"])
        else:
            contents = read_files(graph, [Path(table[side]).name for side in ("earlier", "later")])
            numbers = [[item.number or "" for item in content.items] for content in contents]
            yield _truth(table["title"], [content.tasks for content in contents], numbers, table["link"])


def _truth(
    name: str, plans: Sequence[Sequence[PlanTask]], numbers: Sequence[Sequence[str]], links: Iterable[dict[str, str]]
) -> Truth:
    rows: dict[bool, set[Pair]] = {False: set(), True: set()}
    for link in links:
        rows[bool(link.get("doubtful"))].add((numbers[0].index(link["old"]), numbers[1].index(link["new"])))
    return Truth(name, plans[0], plans[1], frozenset(rows[False]), frozenset(rows[True]))


def read_files(graph: Path, names: Sequence[str]) -> list[Content]:
    """Return what stands in the documents with these file names."""
    with open_columns(store.current(graph)) as columns:
        files = dict(columns.execute("SELECT file, document_id FROM documents").fetchall())
        plans = [plan for name in names for plan in list_plans(columns) if plan.id == files[name]]
        contents = read_contents(columns, plans)
    return [contents[plan.id] for plan in plans]


def read_made_up(graph: Path, documents: int) -> Iterator[Truth]:
    """Yield each two successive plans of the made-up corpus, with the links that were meant: tasks about the same things."""
    wanted = {title_of(plan): plan for plan in plan_documents(documents)}
    with open_columns(store.current(graph)) as columns:
        for pair in find_successions(list_plans(columns)):
            contents = read_contents(columns, pair)
            olds, news = ([_nouns(wanted[plan.title], item.title) for item in contents[plan.id].items] for plan in pair)
            links = frozenset((i, j) for i, old in enumerate(olds) for j, new in enumerate(news) if old & new)
            yield Truth(f"{pair[0].title} → {pair[1].years}", contents[pair[0].id].tasks, contents[pair[1].id].tasks, links)


def _nouns(plan: MadeUp, title: str) -> frozenset[str]:
    return next((frozenset(aim.nouns) for aim in aims_of(plan, corpus.SEED) if aim.title == title), frozenset())


def score_links(truth: Truth, links: Iterable[Link]) -> Score:
    """Return how links stand to a truth table."""
    found = {(link.earlier, link.later) for link in links} - truth.doubtful
    right = len(found & truth.links)
    return Score(right, len(found) - right, len(truth.links) - right)


def main() -> None:
    """Print how well the thresholds do, and what others would do."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--made-up", type=int, default=60, metavar="N", help="documents of the made-up corpus (default: 60)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        pipeline.build([ROOT / "seeds" / "documents"], home / "seeds", jobs=1)
        truths = list(read_truths(home / "seeds"))
        corpus.write_corpus(options.made_up, home / "made-up")
        pipeline.build([home / "made-up"], home / "graph", jobs=1)
        made_up = list(read_made_up(home / "graph", options.made_up))
    begin = time.perf_counter()
    measured = [(truth, *measure_plans(truth.earlier, truth.later)) for truth in truths]
    print(f"similarity of {len(truths)} pairs: {time.perf_counter() - begin:.3f} s\n")
    print(f"continued ≥ {CONTINUED}, part ≥ {PART}")
    for truth, plans, similar in measured:
        print(f"  {truth.name}: {score_links(truth, find_links(plans, similar))}")
    begin = time.perf_counter()
    others = [(truth, *measure_plans(truth.earlier, truth.later)) for truth in made_up]
    total = sum((score_links(truth, find_links(plans, similar)) for truth, plans, similar in others), NOTHING)
    print(f"  {len(made_up)} pairs of the made-up corpus in {time.perf_counter() - begin:.1f} s: {total}\n")
    choices: dict[str, Callable[[float], tuple[float, float]]] = {
        "continued": lambda n: (n, PART),
        "part": lambda n: (CONTINUED, n),
    }
    for name, thresholds in choices.items():
        print(f"{name:>10}  {'by hand':^58}  made up")
        for value in SWEEP:
            by_hand, chance = (
                sum((score_links(t, find_links(p, s, *thresholds(value))) for t, p, s in group), NOTHING)
                for group in (measured, others)
            )
            print(f"{value:>10.2f}  {by_hand!s:<58}  P {chance.precision:.3f} R {chance.recall:.3f}")
        print()
    print("each weight left out, mean precision over the ranks of the true links")
    for name in ("", *WEIGHTS):
        print(f"  {'all' if not name else 'without ' + name:<18}", *(f"{_ranked(t, s, name):.3f}" for t, _, s in measured))


def _ranked(truth: Truth, similar: Similarity, without: str) -> float:
    """Return the average precision of the scores, with one similarity left out."""
    first, *rest = (weight * similar.parts[name] for name, weight in WEIGHTS.items() if name != without)
    score = sum(rest, first)
    cells = [(i, j) for i in range(len(truth.earlier)) for j in range(len(truth.later)) if (i, j) not in truth.doubtful]
    ranked = sorted(cells, key=lambda cell: (-score[cell], cell))
    hits = [rank for rank, cell in enumerate(ranked, 1) if cell in truth.links]
    return sum(n / rank for n, rank in enumerate(hits, 1)) / len(hits)


if __name__ == "__main__":
    main()
