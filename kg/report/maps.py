"""Two maps: bodies by sections of a document, and bodies by bodies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.report.facts import Reader
from kg.report.loads import Loads
from kg.report.model import HeatMap, Matrix, PairRow, Tasks

MOST_MAPS = 6  # documents, those with most duties
MOST_ROWS = 14  # bodies of one document
MOST_SECTIONS = 16
FEWEST_SECTIONS = 5
MOST_BODIES = 24  # of the matrix: what an A4 page holds legibly
MOST_OF_GROUP = 8  # so that three groups or more are seen


def make_heat_maps(reader: Reader, loads: Loads) -> Iterator[HeatMap]:
    """Yield a map of each document with duties, at most six, in the order of the documents."""
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for body, tasks in loads.duties.direct.items():
        for task in tasks:
            found[reader.tasks[task].document][body].append(task)
    weights = {number: sum(map(len, bodies.values())) for number, bodies in found.items()}
    names = {body: row.short for body, row in loads.rows.items()}
    for number in sorted(sorted(found, key=lambda number: (-weights[number], number))[:MOST_MAPS]):
        yield _heat_map(number, found[number], _headings(reader, number), names)


def _headings(reader: Reader, number: int) -> dict[int, str]:
    """Return the heading that stands for each task of a document: of the outermost level that divides it enough."""
    paths = {task: path for task, path in reader.paths.items() if reader.tasks[task].document == number}
    level = pick_level(list(paths.values()))
    return {task: path[min(level, len(path) - 1)] if path else "" for task, path in paths.items()}


def pick_level(paths: Sequence[tuple[str, ...]]) -> int:
    """Return the level of headings that shows where tasks stand: the outermost with five or more, else that with most.

    >>> pick_level([("二、重点任务", "（一）大气"), ("二、重点任务", "（二）水")])
    1
    """
    depth = max(map(len, paths), default=1)
    counts = [len({path[min(level, len(path) - 1)] for path in paths if path}) for level in range(depth)]
    enough = [level for level, count in enumerate(counts) if FEWEST_SECTIONS <= count <= MOST_SECTIONS]
    most = max((count for count in counts if count <= MOST_SECTIONS), default=None)
    return enough[0] if enough else counts.index(most) if most else 0


def _heat_map(number: int, bodies: Mapping[str, list[int]], headings: Mapping[int, str], names: Mapping[str, str]) -> HeatMap:
    rows = sorted(bodies, key=lambda body: (-len(bodies[body]), names[body], body))[:MOST_ROWS]
    held = Counter(headings[task] for body in rows for task in bodies[body])
    wanted = {name for name, _ in sorted(held.items(), key=lambda item: (-item[1], item[0]))[:MOST_SECTIONS]}
    sections = [name for name in dict.fromkeys(headings.values()) if name in wanted]
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row, body in enumerate(rows):
        for task in bodies[body]:
            if headings[task] in wanted:
                cells[row, sections.index(headings[task])].append(task)
    said = {at: tuple(cells[at]) for at in sorted(cells)}
    return HeatMap(number, tuple(sections), tuple(names[body] for body in rows), said, len(bodies))


def make_matrix(pairs: Sequence[PairRow], groups: Sequence[Sequence[str]], loads: Loads) -> Matrix:
    """Return the bodies that share most, group by group; each group's most sharing body first, a region's groups together."""
    shared: Counter[str] = Counter()
    for pair in pairs:
        shared.update({pair.a: len(pair.tasks), pair.b: len(pair.tasks)})
    order = _choose(groups, shared, loads)
    places = {body: place for place, (body, _) in enumerate(order)}
    cells: dict[tuple[int, int], Tasks] = {}
    for pair in pairs:
        if pair.a in places and pair.b in places:
            first, second = sorted((places[pair.a], places[pair.b]))
            cells[first, second] = pair.tasks
    rows = [loads.rows[body] for body, _ in order]
    several = len({row.region for row in rows}) > 1
    return Matrix(
        tuple(row.key for row in rows),
        tuple(row.label if several else row.short for row in rows),
        tuple(group for _, group in order),
        tuple(len(row.tasks) for row in rows),
        {at: cells[at] for at in sorted(cells)},
    )


def _choose(groups: Sequence[Sequence[str]], shared: Mapping[str, int], loads: Loads) -> list[tuple[str, int]]:
    """Return bodies with their groups: the groups that share most, none with more than eight."""
    inside = {
        number: sorted((body for body in group if body in shared), key=lambda body: (-shared[body], body))
        for number, group in enumerate(groups)
    }
    weights = {number: sum(shared[body] for body in group) for number, group in inside.items()}
    taken: dict[int, list[str]] = {}
    left = MOST_BODIES
    for number in sorted(inside, key=lambda number: (-weights[number], number)):
        own = inside[number][: min(left, MOST_OF_GROUP)]
        if len(own) > 1:
            taken[number] = own
            left -= len(own)
    regions = list(dict.fromkeys(loads.rows[own[0]].region for own in taken.values()))
    ordered = sorted(taken, key=lambda number: (regions.index(loads.rows[taken[number][0]].region), list(taken).index(number)))
    return [(body, number) for number in ordered for body in taken[number]]
