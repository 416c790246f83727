"""Which task of a plan goes on in which task of the next one: continued, merged, split, dropped, new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kg.analysis.continuity.alignment.grams import Clauses, read_clauses
from kg.analysis.continuity.alignment.similarity import ALIKE, WEIGHTS, Similarity, measure_similarity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["ALIKE", "CONTINUED", "KINDS", "PART", "WEIGHTS", "Link", "PlanTask", "align", "find_links", "measure_plans"]

Kind = Literal["continued", "merged", "split"]

# Measured by `python -m benchmarks.alignment`, which prints precision and recall for every threshold. By hand-made truth tables
# each stands in the middle of where F1 is highest (0.11 to 0.15, 0.08 to 0.09); the made-up corpus would like both higher, as
# its tasks share stock sentences that no two real ones do.
CONTINUED = 0.13  # score from which a task is the other's continuation
PARTS = 2  # clauses that show a part moving between two tasks that each go on by themselves
PART = 0.085  # score from which a part of a task stands in another one

KINDS: dict[str, str] = {"continued": "延续", "merged": "并入", "split": "拆出", "dropped": "取消", "new": "新增"}


@dataclass(frozen=True, slots=True)
class PlanTask:
    """A task as it is aligned: its words without the bodies, and what it names."""

    title: str
    text: str
    bodies: frozenset[str] = frozenset()
    metrics: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """An earlier task goes on in a later one, by their places in their plans."""

    earlier: int
    later: int
    kind: Kind
    score: float  # 0 to 1
    words: tuple[str, str]  # the clauses that are most alike, of either


def align(earlier: Sequence[PlanTask], later: Sequence[PlanTask]) -> list[Link]:
    """Return which earlier task goes on in which later one, in the order of the earlier plan.

    >>> old = [PlanTask("加强河湖治理", "整治入河排污口，打击非法采砂。"), PlanTask("推进节水", "创建节水型企业。")]
    >>> new = [PlanTask("推进节水增效", "建设节水型企业。"), PlanTask("整治河湖", "整治入河排污口。"), PlanTask("办好运动会", "")]
    >>> [(link.earlier, link.later, link.kind) for link in align(old, new)]
    [(0, 1, 'continued'), (1, 0, 'continued')]
    """
    return find_links(*measure_plans(earlier, later)) if earlier and later else []


def find_links(
    plans: tuple[Clauses, Clauses], similar: Similarity, continued: float = CONTINUED, part: float = PART
) -> list[Link]:
    """Return the links between the tasks of two plans.

    First each task gets at most one continuation, so that the scores sum up to the most (the assignment problem, solved by
    ``scipy.sparse.csgraph``). Then what is left: an earlier task without continuation, of which a clause
    stands in a later one, was merged into it; a later task to which a part of an earlier one moved was split off. A clause
    counts only where the task's own continuation does not have it: 新增学位 in two tasks about two kinds of schools is no split.
    What has no link was dropped, or is new.
    """
    score = similar.score
    pairs = _assign(score, continued)
    after, before = dict(pairs), {one: other for other, one in pairs}
    found = [Link(i, j, "continued", _rounded(score[i, j]), _shared(plans, similar, i, j) or ("", "")) for i, j in pairs]
    links = [*found, *_parts(plans, similar, score, part, after, before)]
    return sorted(links, key=lambda link: (link.earlier, link.kind != "continued", -link.score, link.later))


def measure_plans(earlier: Sequence[PlanTask], later: Sequence[PlanTask]) -> tuple[tuple[Clauses, Clauses], Similarity]:
    """Return the clauses of two plans and how alike their tasks are."""
    plans = tuple(read_clauses([(task.title, task.text) for task in tasks]) for tasks in (earlier, later))

    def named(what: str) -> tuple[list[Set[str]], list[Set[str]]]:
        return [getattr(task, what) for task in earlier], [getattr(task, what) for task in later]

    return (plans[0], plans[1]), measure_similarity(plans[0], plans[1], named("bodies"), named("metrics"))


def _assign(score: NDArray[np.float64], least: float) -> list[tuple[int, int]]:
    """Return the pairs that give the greatest sum, one to one, none below ``least``."""
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    gain = np.where(score >= least, score, 0) + 1  # it takes a weight of zero for no edge
    rows, columns = min_weight_full_bipartite_matching(csr_array(gain), maximize=True)
    return sorted((int(i), int(j)) for i, j in zip(rows, columns, strict=True) if score[i, j] >= least)


def _parts(
    plans: tuple[Clauses, Clauses],
    similar: Similarity,
    score: NDArray[np.float64],
    least: float,
    after: dict[int, int],
    before: dict[int, int],
) -> Iterator[Link]:
    """Yield where parts of tasks went, beside their continuations."""
    free = _free(plans[0], similar.earlier_in, after), _free(plans[1], similar.later_in.T, before)
    merged: set[int] = set()
    found = _moved(plans[0], similar.earlier_in, free[0]) | {(i, j) for j, i in _moved(plans[1], similar.later_in.T, free[1])}
    for i, j in sorted((pair for pair in found if score[pair] >= least), key=lambda pair: (-score[pair], pair)):
        if i not in after and j not in before:
            continue
        words = _shared(plans, similar, i, j, free, PARTS if i in after and j in before else 1)
        if words is None:
            continue
        kind: Kind = "merged" if i not in after and i not in merged else "split"
        merged.add(i)
        yield Link(i, j, kind, _rounded(score[i, j]), words)


def _free(plan: Clauses, nearest: NDArray[np.float64], partner: dict[int, int]) -> NDArray[np.bool_]:
    """Return which clauses the continuation of their task does not have."""
    import numpy as np

    partners = np.array([partner.get(place, -1) for place in range(len(plan.starts))])[plan.task]
    explained: NDArray[np.bool_] = nearest[np.arange(len(nearest)), partners] >= ALIKE
    return ~explained | (partners < 0)


def _moved(plan: Clauses, nearest: NDArray[np.float64], free: NDArray[np.bool_]) -> set[tuple[int, int]]:
    """Return the tasks of which a clause has its nearest clause in one task opposite only, and which task that is."""
    import numpy as np

    best = nearest.argmax(axis=1)
    highest = nearest[np.arange(len(nearest)), best]
    # a stock phrase stands in several tasks, and links nothing
    only = free & (highest >= ALIKE) & ((nearest == highest[:, None]).sum(axis=1) == 1)
    return {(int(plan.task[row]), int(best[row])) for row in np.flatnonzero(only)}


def _shared(
    plans: tuple[Clauses, Clauses],
    similar: Similarity,
    i: int,
    j: int,
    free: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None = None,
    least: int = 1,
) -> tuple[str, str] | None:
    """Return the clauses of two tasks that are most alike; with ``free`` of those only, if there are as many as ``least``."""
    import numpy as np

    rows, columns = (np.flatnonzero(plan.task == place) for plan, place in zip(plans, (i, j), strict=True))
    if free is not None:
        rows, columns = rows[free[0][rows]], columns[free[1][columns]]
    if not len(rows) or not len(columns):
        return None
    cosines = similar.cosines(rows, columns)
    weights = np.minimum(similar.weights[0][rows][:, None], similar.weights[1][columns][None, :])
    said = np.where(cosines >= ALIKE, cosines * weights, 0)
    if free is not None:
        told = _only_in(similar.earlier_in[rows], j)[:, None] | _only_in(similar.later_in[:, columns].T, i)[None, :]
        said = np.where(told, said, 0)
        if min((said > 0).any(axis=axis).sum() for axis in (0, 1)) < least:
            return None
    row, column = np.unravel_index(int(said.argmax()), said.shape)
    if said[row, column] <= 0:
        return None
    return plans[0].words[rows[row]], plans[1].words[columns[column]]


def _only_in(nearest: NDArray[np.float64], place: int) -> NDArray[np.bool_]:
    """Return which clauses have their nearest clause in this task only."""
    only: NDArray[np.bool_] = (nearest >= nearest[:, place, None]).sum(axis=1) == 1
    return only


def _rounded(score: float) -> float:
    from decimal import ROUND_HALF_UP, Decimal

    return float(Decimal(repr(float(score))).quantize(Decimal("0.0001"), ROUND_HALF_UP))
