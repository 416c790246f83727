"""Who answers together with whom, how often beside what chance would bring, and what the two figures say in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

    from kg.analysis.columns import Columns

# Thresholds are conventions of this project, for reading only; the figures stand beside the words. Lift has no upper bound that
# all pairs share, so that "twice as often as by chance" is called bound, and what lies within a fifth of 1 is called chance.
FEWEST = 3  # shared tasks; one or two may be an accident
BOUND, MORE, LESS = 2.0, 1.2, 0.8  # lift
MOSTLY, PARTLY = 0.5, 0.2  # Jaccard


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bodies that are named on the same tasks; duties inherited by 下同 do not count."""

    a: str  # IRI, the smaller one
    b: str
    label_a: str
    label_b: str
    region_label: str | None  # of the first
    generic: bool  # one of them is 各县（市、区）政府, 有关部门 or the like
    shared: int
    tasks_a: int
    tasks_b: int
    jaccard: float  # |A ∩ B| / |A ∪ B|
    lift: float  # |A ∩ B| · N / (|A| · |B|)
    reading: str  # both figures in words
    a_id: int = 0  # in the table of organizations
    b_id: int = 0
    task_iris: tuple[str, ...] = ()  # where they were asked for


def measure_pairs(columns: Columns, top: int | None = None, *, generic: bool = True, tasks: bool = False) -> list[Pair]:
    """Return the pairs with a task in common, those with most first; with ``tasks``, each with its tasks.

    A and B are the sets of tasks that name each body. Jaccard = |A ∩ B| / |A ∪ B| (Jaccard 1912): how much of what either
    does, both do. Lift = |A ∩ B| · N / (|A| · |B|) (Brin, Motwani, Ullman and Tsur 1997): how many times more often than by
    chance among the N tasks that name any body of their regions; 1 is chance.
    """
    pairs = [
        Pair(
            a=row["a"],
            b=row["b"],
            label_a=row["label_a"],
            label_b=row["label_b"],
            region_label=row["region_label"],
            generic=row["generic"],
            shared=row["shared"],
            tasks_a=row["tasks_a"],
            tasks_b=row["tasks_b"],
            jaccard=row["jaccard"] / 10_000,
            lift=row["lift"] / 10_000,
            reading=read_pair(row["shared"], row["jaccard"] / 10_000, row["lift"] / 10_000),
            a_id=row["a_id"],
            b_id=row["b_id"],
        )
        for row in columns.records("pairs", top=top, generic=generic)
    ]
    return add_tasks(columns, pairs) if tasks else pairs


def add_tasks(columns: Columns, pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs, each with the IRIs of its tasks in the order of documents."""
    firsts, seconds = [pair.a_id for pair in pairs], [pair.b_id for pair in pairs]
    found = {(row["a"], row["b"]): tuple(row["tasks"]) for row in columns.records("shared-tasks", firsts=firsts, seconds=seconds)}
    return [replace(pair, task_iris=found[pair.a_id, pair.b_id]) for pair in pairs]


def read_pair(shared: int, jaccard: float, lift: float) -> str:
    """Return what the figures of a pair say, in words for a reader.

    Fewer than 3 shared tasks: too few to say anything. Lift ≥ 2: bound to each other; ≥ 1.2: more often than by chance;
    > 0.8: as by chance; else less often. Jaccard ≥ 0.5: their tasks are mostly the same; ≥ 0.2: partly; else hardly.

    >>> read_pair(16, 0.6, 3.2)
    '同时出现的次数是随机情形的 3.2 倍：分工高度绑定，任务大半相同'
    >>> read_pair(2, 1.0, 7.0)
    '只有 2 项共同任务：样本太少'
    """
    if shared < FEWEST:
        return f"只有 {shared} 项共同任务：样本太少"
    if lift >= BOUND:
        often = "分工高度绑定"
    elif lift >= MORE:
        often = "多于随机，常在一起"
    else:
        often = "与随机相当" if lift > LESS else "少于随机，多各管各的"
    same = "大半相同" if jaccard >= MOSTLY else "部分相同" if jaccard >= PARTLY else "少有相同"
    return f"同时出现的次数是随机情形的 {lift:.1f} 倍：{often}，任务{same}"


def join_pairs(pairs: Iterable[Pair]) -> nx.Graph[str]:
    """Return the graph whose edges are the pairs: ``weight`` is how many tasks they share, beside ``jaccard`` and ``lift``."""
    import networkx as nx  # late: 0.15 s

    graph: nx.Graph[str] = nx.Graph()
    for pair in sorted(pairs, key=lambda pair: (pair.a, pair.b)):
        graph.add_edge(pair.a, pair.b, weight=pair.shared, jaccard=pair.jaccard, lift=pair.lift)
    return graph
