"""How alike the tasks of two plans are: of each pair, a weighted mean of five similarities between 0 and 1."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kg.analysis.continuity.alignment.grams import Clauses

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kg.analysis.continuity.alignment.grams import Whole

    Real = NDArray[np.float64]

# what the similarities weigh, measured by `python -m benchmarks.alignment`
WEIGHTS = {"text": 0.5, "contained": 0.25, "title": 0.15, "bodies": 0.05, "metrics": 0.05}
ALIKE = 0.3  # cosine from which two clauses say the same
_FITS = 25_000_000  # pairs of clauses that are kept in memory; of longer plans a block is compared at a time
_BLOCK = 2_000  # clauses


@dataclass(frozen=True)
class Similarity:
    """Of two plans: the five similarities of each pair of tasks, and how far each clause is found in each task opposite."""

    parts: dict[str, Real]  # each earlier × later
    earlier_in: Real  # earlier clauses × later tasks: cosine with the nearest clause
    later_in: Real  # earlier tasks × later clauses
    vectors: tuple[Any, Any]  # clauses × grams, each of length 1
    weights: tuple[Real, Real]  # how much each clause says
    sames: tuple[Whole, Whole]  # of each clause its place among the clauses that differ
    whole: Real | None  # the cosines of the clauses that differ, where they fit into memory

    @property
    def score(self) -> Real:
        """The weighted mean."""
        first, *rest = (weight * self.parts[name] for name, weight in WEIGHTS.items())
        return sum(rest, first)

    def cosines(self, rows: Whole, columns: Whole) -> Real:
        """Return how alike these clauses are, earlier × later."""
        if self.whole is not None:
            return self.whole[self.sames[0][rows][:, None], self.sames[1][columns]]
        some: Real = (self.vectors[0][rows] @ self.vectors[1][columns].T).toarray()
        return some


def measure_similarity(
    earlier: Clauses,
    later: Clauses,
    bodies: tuple[Sequence[Set[str]], Sequence[Set[str]]],
    metrics: tuple[Sequence[Set[str]], Sequence[Set[str]]],
) -> Similarity:
    """Return how alike the tasks of two plans are, by words, and by bodies and metrics in common.

    Characters and pairs of characters weigh (1 + ln tf) · ln((N + 1)/df), df counted over the N tasks of both plans: what
    stands in every task tells next to nothing (Salton and Buckley, *Term-weighting approaches in automatic text retrieval*,
    1988). *text* and *title* are cosines of these. *contained* is the part of either task whose clauses are found in the
    other, the greater of the two: it sees a paragraph that was taken over into a longer task. *bodies* and *metrics* are
    cosines of what is named, the rarer the heavier.
    """
    import numpy as np

    counts = _count_matrices(earlier, later)
    sums = [_per_task(clauses) @ matrix for clauses, matrix in zip((earlier, later), counts, strict=True)]
    idf = _rarity(sums)
    tasks = [_weigh(matrix, idf) for matrix in sums]
    clauses = [_weigh(matrix, idf) for matrix in counts]
    weights = tuple(_lengths(matrix) for matrix in clauses)
    one, other = (_unit(matrix) for matrix in clauses)
    # a plan that says the same again and again has few clauses that differ
    (firsts, same), (seconds, alike) = (_distinct(matrix) for matrix in counts)
    few = max(len(firsts) * other.shape[0], one.shape[0] * len(seconds)) <= _FITS
    whole = (one[firsts] @ other[seconds].T).toarray() if few else None
    if whole is None:
        earlier_in, later_in = _nearest(one, other, earlier, later)
    else:
        earlier_in = np.maximum.reduceat(whole[:, alike], later.starts, axis=1)[same]
        later_in = np.maximum.reduceat(whole[same], earlier.starts, axis=0)[:, alike]
    parts = {
        "text": (_unit(tasks[0]) @ _unit(tasks[1]).T).toarray(),
        "contained": np.maximum(_contained(earlier_in, weights[0], earlier), _contained(later_in.T, weights[1], later).T),
        "title": (one[earlier.starts] @ other[later.starts].T).toarray(),
        "bodies": _in_common(*bodies),
        "metrics": _in_common(*metrics),
    }
    return Similarity(parts, earlier_in, later_in, (one, other), (weights[0], weights[1]), (same, alike), whole)


def _count_matrices(*plans: Clauses) -> list[Any]:
    import numpy as np
    from scipy.sparse import csr_array

    known = np.unique(np.concatenate([plan.gram for plan in plans]))
    return [
        csr_array(
            (plan.count.astype(float), (plan.clause, np.searchsorted(known, plan.gram))), shape=(len(plan.words), len(known))
        )
        for plan in plans
    ]


def _per_task(clauses: Clauses) -> Any:
    """Return the matrix that sums clauses up to tasks."""
    import numpy as np
    from scipy.sparse import csr_array

    every = np.arange(len(clauses.words))
    return csr_array((np.ones(len(every)), (clauses.task, every)), shape=(len(clauses.starts), len(every)))


def _rarity(matrices: Sequence[Any]) -> Real:
    """Return how much each column tells: ln((N + 1)/df) over the rows of all matrices."""
    import numpy as np

    rows = sum(matrix.shape[0] for matrix in matrices)
    having = sum((matrix > 0).sum(axis=0) for matrix in matrices)
    rare: Real = np.log((rows + 1) / np.maximum(having, 1))
    return rare


def _weigh(matrix: Any, idf: Real) -> Any:
    import numpy as np

    weighed = matrix.copy()
    weighed.data = 1 + np.log(weighed.data)
    return weighed.multiply(idf).tocsr()


def _lengths(matrix: Any) -> Real:
    import numpy as np

    lengths: Real = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return lengths


def _unit(matrix: Any) -> Any:
    import numpy as np

    lengths = _lengths(matrix)
    return matrix.multiply((1 / np.where(lengths > 0, lengths, 1))[:, None]).tocsr()


def _distinct(matrix: Any) -> tuple[Whole, Whole]:
    """Return the first of all rows that are the same, and of each row which of these it is."""
    import numpy as np

    seen: dict[bytes, int] = {}
    firsts: list[int] = []
    places = np.zeros(matrix.shape[0], dtype=np.int64)
    for row, (begin, end) in enumerate(pairwise(matrix.indptr)):
        own = matrix.indices[begin:end].tobytes() + matrix.data[begin:end].tobytes()
        if own not in seen:
            seen[own] = len(firsts)
            firsts.append(row)
        places[row] = seen[own]
    return np.array(firsts, dtype=np.int64), places


def _nearest(one: Any, other: Any, earlier: Clauses, later: Clauses) -> tuple[Real, Real]:
    """Return the cosine of each clause with the nearest one in each task opposite, for both sides, block by block."""
    import numpy as np

    earlier_in = np.zeros((one.shape[0], len(later.starts)))
    later_in = np.zeros((len(earlier.starts), other.shape[0]))
    first = 0
    while first < len(earlier.starts):
        begin = int(earlier.starts[first])
        last = max(first + 1, int(np.searchsorted(earlier.starts, begin + _BLOCK, side="right")) - 1)
        end = int(earlier.starts[last]) if last < len(earlier.starts) else one.shape[0]
        cosines = (one[begin:end] @ other.T).toarray()
        earlier_in[begin:end] = np.maximum.reduceat(cosines, later.starts, axis=1)
        later_in[first:last] = np.maximum.reduceat(cosines, earlier.starts[first:last] - begin, axis=0)
        first = last
    return earlier_in, later_in


def _contained(found: Real, weights: Real, clauses: Clauses) -> Real:
    """Return the part of each task that is found in each task opposite."""
    import numpy as np

    said = np.add.reduceat(np.where(found >= ALIKE, found, 0) * weights[:, None], clauses.starts, axis=0)
    whole = np.add.reduceat(weights, clauses.starts)
    part: Real = said / np.where(whole > 0, whole, 1)[:, None]
    return part


def _in_common(earlier: Sequence[Set[str]], later: Sequence[Set[str]]) -> Real:
    """Return the cosine of what the tasks name, the rarer the heavier."""
    from scipy.sparse import csr_array

    things = sorted({thing for named in (*earlier, *later) for thing in named})  # the same order, the same sums
    column = {thing: place for place, thing in enumerate(things)}
    matrices = []
    for tasks in (earlier, later):
        at = [(row, column[thing]) for row, named in enumerate(tasks) for thing in sorted(named)]
        rows, columns = ([place[n] for place in at] for n in (0, 1))
        matrices.append(csr_array(([1.0] * len(at), (rows, columns)), shape=(len(tasks), max(1, len(column)))))
    idf = _rarity(matrices)
    one, other = (_unit(_weigh(matrix, idf)) for matrix in matrices)
    cosines: Real = (one @ other.T).toarray()
    return cosines
