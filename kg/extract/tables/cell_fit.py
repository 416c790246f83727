"""How cells that lost their table's lines fit under its columns: by what they are, by their order, by the running numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.cues import pattern
from kg.extract.tables.columns import ROLES, WORDS, Cell, Column, role_of
from kg.extract.units.names import read_names
from kg.extract.units.parts import is_body
from kg.extract.units.persons import looks_like_name

ORDER = re.compile(r"^[（(]?\d{1,4}[)）.、．]?$")
CHAPTER = re.compile(r"[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[)）]")
_BLANK = re.compile(r"^[\s—–\-/／无]*$")
_PERSON = re.compile(r"^[\u4e00-\u9fff·]{2,4}(?:[、，,\s/]+[\u4e00-\u9fff·]{2,4})*$")
SURE = -60  # what a cell costs that is certainly a row's number
OUT = 12  # what a cell costs that is no part of the table


def fit_cells(text: str, columns: Sequence[Column], cells: Sequence[Cell], ruled: bool) -> tuple[int, list[int]]:
    """Return what the cheapest way through costs, and the column of each cell: ``len(columns)`` a chapter, one more: outside."""
    width = len(columns)
    counted = find_count(cells) if "order" in columns else set()
    skip = [_skipped(columns, i, sure=bool(counted)) for i in range(width)]
    before = [sum(skip[:i]) for i in range(width + 1)]
    after = [sum(skip[i + 1 :]) for i in range(width)]
    chapter, outside = width, width + 1
    costs: list[int] = []
    ways: list[list[int]] = []
    for n, cell in enumerate(cells):
        kinds = cell_costs(text, cell)
        if n in counted:
            kinds["order"] = SURE
        elif n < max(counted, default=0):
            kinds["order"] = 90  # behind the last one numbers may leap
        here = [kinds[column] for column in columns]
        if n == 0:
            costs = [cost + before[i] for i, cost in enumerate(here)] + [_chapter_cost(cell), OUT * 3]
            ways.append([-1] * (width + 2))
            continue
        ended = [costs[i] + after[i] for i in range(width)] + [costs[chapter]]
        done = min(range(width + 1), key=ended.__getitem__)
        new: list[int] = []
        way: list[int] = []
        for i, cost in enumerate(here):
            options = [(ended[done] + before[i], done)]
            options += [(costs[j] + before[i] - before[j + 1], j) for j in range(i)]
            options.append((costs[i] + _repeated(columns[i], cell, kinds, ruled), i))
            best = min(options)
            new.append(best[0] + cost)
            way.append(best[1])
        new.append(ended[done] + _chapter_cost(cell))
        way.append(done)
        leave = min((ended[done] + 10, done), (costs[outside], outside))
        new.append(leave[0] + OUT)
        way.append(leave[1])
        costs = new
        ways.append(way)
    return _traced(costs, ways, skip) if cells else (0, [])


def _traced(costs: Sequence[int], ways: Sequence[Sequence[int]], skip: Sequence[int]) -> tuple[int, list[int]]:
    ends = [cost + sum(skip[i + 1 :]) for i, cost in enumerate(costs)]
    state = min(range(len(ends)), key=ends.__getitem__)
    cost, states = ends[state], []
    for way in reversed(ways):
        states.append(state)
        state = way[state]
    return cost, states[::-1]


def find_count(cells: Sequence[Cell]) -> set[int]:
    """Return which cells are the running numbers of a table's rows, where these go on one by one; none of fewer than three.

    >>> from kg.extract.tables.columns import Cell
    >>> cells = [Cell(words, 0, 0) for words in ("1", "整治河道", "市水利局", "2", "新建公园", "3", "修建步道", "80")]
    >>> sorted(find_count(cells))
    [0, 3, 5]
    """
    numbers = [(i, int(re.sub(r"\D", "", cell.text))) for i, cell in enumerate(cells) if ORDER.match(cell.text)]
    runs = (_run(cells, numbers[first:]) for first in range(min(3, len(numbers))))
    best = max(runs, key=len, default=[])
    return set(best) if len(best) > 2 and len(best) >= 0.6 * len(numbers) else set()


def _run(cells: Sequence[Cell], numbers: Sequence[tuple[int, int]]) -> list[int]:
    """Return the cells that count on from the first number, or anew below a chapter."""
    run: list[int] = []
    last = 0
    for i, value in numbers:
        anew = value == 1 and CHAPTER.match(cells[i - 1].text) is not None
        follows = bool(run) and value == last + 1 and i > run[-1] + 1
        if (not run or anew or follows) and i + 1 < len(cells) and len(cells[i + 1].text) > 1:
            run.append(i)
            last = value
    return run


def _skipped(columns: Sequence[Column], at: int, *, sure: bool) -> int:
    """Return what it costs that a row has nothing in a column; a cell that spans rows stands in the first of them only.

    Where it is ``sure`` at which number a row begins, the row may end early.
    """
    column = columns[at]
    if sure and column not in WORDS:
        return {"order": 30, "": 1}.get(column, 3)
    if column in WORDS:
        last = all(other not in WORDS for other in columns[at + 1 :])
        return 30 if last else 2 if column == "group" else 8
    return {"order": 30, "lead": 12, "responsible": 12}.get(column.split("+")[0], 8)


def _repeated(column: Column, cell: Cell, kinds: Mapping[Column, int], ruled: bool) -> int:
    """Return what it costs that a cell goes on in another paragraph; bodies often stand one a line."""
    if column == "order":
        return 90
    if role_of(column) and not kinds[column]:
        return 30 if ruled else 5 if column.startswith("lead") else 2
    if len(cell.text) == 1:
        return 0
    return (30 if ruled else 0) + (5 if column in WORDS else 8)


def _chapter_cost(cell: Cell) -> int:
    if len(cell.text) == 1 and not cell.text.isdigit():
        return 3  # one sign a line: 正 式 项 目
    if CHAPTER.match(cell.text) and len(cell.text) <= 40:
        return 3
    return 22 if 1 < len(cell.text) <= 20 and not re.search(r"[。；;，,]|^\d+$", cell.text) else 90


def cell_costs(text: str, cell: Cell) -> dict[Column, int]:
    """Return how badly a cell's words fit each kind of column."""
    words = cell.text
    if _BLANK.match(words):
        return {
            **dict.fromkeys(WORDS, 9),
            **dict.fromkeys(ROLES, 4),
            **_with_persons(4),
            "order": 60,
            "time": 4,
            "person": 4,
            "": 2,
        }
    number = ORDER.match(words) is not None
    bodies = len(words) <= 400 and names_bodies(text, cell)
    dated = (
        pattern("clause", "due").match(words) is not None or re.search(r"^(?:20\d\d|\d{1,2}月|全年|长期)", words[:4]) is not None
    )
    wordy = 40 if number else 25 if bodies else 18 if dated and len(words) < 12 else 12 if len(words) < 4 else 0
    unit = 0 if bodies else 40 if number or len(words) > 80 or re.search("[。；;]", words) else 25
    person = 22 if bodies or dated or not _PERSON.match(words) else 0 if _names_persons(words) else 6
    return {
        "order": 0 if number else 60,
        "group": max(wordy, 2) if len(words) <= 30 else 20,
        "task": wordy,
        "detail": wordy,
        **dict.fromkeys(ROLES, unit),
        **_with_persons(unit),
        "time": 0 if dated else 40 if number else 25,
        "person": person,
        "": 14 if bodies else 8,
    }


def _names_persons(words: str) -> bool:
    """Say whether words are people's names and nothing else, by the surnames."""
    return all(looks_like_name(part) for part in re.split(r"[、，,\s/]+", words))


def _with_persons(cost: int) -> dict[Column, int]:
    """Return the cost for columns of bodies and persons: 责任单位及责任人."""
    return {f"{column}+person": cost for column in ROLES}


def names_bodies(text: str, cell: Cell) -> bool:
    """Say whether a cell names bodies and nothing else."""
    names = read_names(text, cell.start, cell.end, "responsible")
    return bool(names) and all(is_body(name.name) for name in names)
