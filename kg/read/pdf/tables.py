"""Tables on a page of a PDF: cells from ruled lines, their words, and how a table goes on over the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.read.pdf.lines import Line, find_lines
from kg.read.pdf.page import Char, Page, Rule
from kg.read.pinned import Words

_NEAR = 3.0  # points within which lines meet
MAX_LINES = 400  # of a table, upright or level
_STOP = "。；;！？)）】"
_GOES_ON = "、，,（(：:和及与"
_PROSE = 12  # characters of a cell that holds sentences


@dataclass(frozen=True, slots=True)
class Table:
    """A table's box, the places of its upright lines, its cells, and the rows at which a new page begins."""

    left: float
    top: float
    right: float
    bottom: float
    uprights: tuple[float, ...]
    cells: tuple[Words, ...]
    turns: tuple[int, ...] = ()

    @property
    def height(self) -> int:
        """The number of rows."""
        return max(cell.row + cell.rows for cell in self.cells)


def find_tables(page: Page) -> tuple[list[Table], list[Char]]:
    """Return the tables of a page, and the characters outside of them."""
    tables: list[Table] = []
    rest = list(page.chars)
    for rules in _networks(page.rules):
        table, rest = _read(rules, rest)
        if table is not None:
            tables.append(table)
    return sorted(tables, key=lambda table: table.top), rest


def _networks(rules: Iterable[Rule]) -> list[list[Rule]]:
    """Return the lines that hang together, touching or crossing each other."""
    upright = _merged(rule for rule in rules if rule.upright)
    level = _merged(rule for rule in rules if not rule.upright)
    if not 1 <= len(upright) <= 20 * MAX_LINES or not 2 <= len(level) <= 20 * MAX_LINES:
        return []
    every = [*upright, *level]
    group = list(range(len(every)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    places = [rule.at for rule in level]  # sorted by _merged
    for i, rule in enumerate(upright):
        for j in range(bisect_right(places, rule.start - _NEAR), bisect_right(places, rule.end + _NEAR)):
            if level[j].start - _NEAR <= rule.at <= level[j].end + _NEAR:
                group[root(len(upright) + j)] = root(i)
    found: dict[int, list[Rule]] = {}
    for i, rule in enumerate(every):
        found.setdefault(root(i), []).append(rule)
    return [rules for rules in found.values() if len({rule.upright for rule in rules}) == 2]


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Return lines put together from their pieces: dashes, the edges of neighbouring cells, double lines."""
    found: list[Rule] = []
    rows: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: (rule.at, rule.start)):
        if rows and rule.at - rows[-1][0].at <= _NEAR:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    for row in rows:
        at = sum(rule.at for rule in row) / len(row)
        run: Rule | None = None
        for rule in sorted(row, key=lambda rule: rule.start):
            if run is not None and rule.start <= run.end + _NEAR:
                run = replace(run, end=max(run.end, rule.end))
                continue
            if run is not None:
                found.append(run)
            run = replace(rule, at=at)
        if run is not None:
            found.append(run)
    return found


def _read(rules: Sequence[Rule], chars: list[Char]) -> tuple[Table | None, list[Char]]:
    """Return the table that the lines make, if they make one, and the characters outside of it."""
    xs = _places(rule.at for rule in rules if rule.upright)
    ys = _places(rule.at for rule in rules if not rule.upright)
    # sides that are left open
    xs = _places([*xs, *(end for rule in rules if not rule.upright for end in (rule.start, rule.end))])
    ys = _places([*ys, *(end for rule in rules if rule.upright for end in (rule.start, rule.end))])
    if len(xs) < 3 or len(ys) < 3 or len(xs) > MAX_LINES or len(ys) > MAX_LINES:
        return None, chars
    regions = _regions(rules, xs, ys)
    if len({column for _, column, _, _ in regions}) < 2 or len(regions) < 4:
        return None, chars
    by_place: dict[tuple[int, int], int] = {}
    for i, (row, column, down, across) in enumerate(regions):
        for y in range(row, row + down):
            by_place |= {(y, x): i for x in range(column, column + across)}
    inside: dict[int, list[Char]] = {}
    rest: list[Char] = []
    for char in chars:
        middle = (char.left + char.right) / 2
        place = (bisect_right(ys, char.middle) - 1, bisect_right(xs, middle) - 1)
        if place in by_place:
            inside.setdefault(by_place[place], []).append(char)
        else:
            rest.append(char)
    cells = tuple(
        Words(_words(inside.get(i, ()), xs[min(column + across, len(xs) - 1)] - xs[column]), row, column, down, across)
        for i, (row, column, down, across) in enumerate(regions)
    )
    if sum(bool(cell.text) for cell in cells) < 2:
        return None, chars
    return Table(xs[0], ys[0], xs[-1], ys[-1], tuple(xs), cells), rest


def _places(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _regions(rules: Sequence[Rule], xs: Sequence[float], ys: Sequence[float]) -> list[tuple[int, int, int, int]]:
    """Return the cells as (row, column, rows, columns): fields of the grid with no line between them."""
    width, height = len(xs) - 1, len(ys) - 1
    walls = {True: _walls(rules, xs, ys, upright=True), False: _walls(rules, ys, xs, upright=False)}
    taken: set[tuple[int, int]] = set()
    found: list[tuple[int, int, int, int]] = []
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            across = 1
            while column + across < width and (column + across, row) not in walls[True] and (row, column + across) not in taken:
                across += 1
            down = 1
            while row + down < height and not any((row + down, x) in walls[False] for x in range(column, column + across)):
                down += 1
            taken |= {(y, x) for y in range(row, row + down) for x in range(column, column + across)}
            found.append((row, column, down, across))
    return found


def _walls(rules: Sequence[Rule], places: Sequence[float], steps: Sequence[float], *, upright: bool) -> set[tuple[int, int]]:
    """Return the walls as (number of the line, number of the field along it): where a line covers most of a field's side."""
    found: set[tuple[int, int]] = set()
    for rule in rules:
        if rule.upright is upright:
            line = min(range(len(places)), key=lambda i: abs(places[i] - rule.at))
            first = max(0, bisect_right(steps, rule.start) - 1)
            for field in range(first, min(len(steps) - 1, bisect_right(steps, rule.end) + 1)):
                side = steps[field + 1] - steps[field]
                if min(rule.end, steps[field + 1]) - max(rule.start, steps[field]) > 0.5 * side:
                    found.add((line, field))
    return found


def _words(chars: Iterable[Char], width: float) -> str:
    """Return a cell's words; a line that fills the cell was broken by its width, and goes on without a blank."""
    lines = find_lines(chars, 0)
    right = max((line.right for line in lines), default=0.0)
    parts: list[str] = []
    last: Line | None = None
    for line in lines:
        if last is not None:
            size = last.bottom - last.top
            full = last.right >= right - 1.2 * size and last.right - last.left > 0.6 * width
            latin = last.text[-1:].isascii() and line.text[:1].isascii() and (last.text + line.text)[-1:].isalnum()
            parts.append("" if full and not (latin and last.text[-1:].isalpha()) else "\n")
        parts.append(line.text)
        last = line
    return "".join(parts)


def continues(table: Table, following: Table) -> bool:
    """Say whether a table at the head of a page goes on with the one at the foot of the page before."""
    return len(table.uprights) == len(following.uprights) and all(
        abs(a - b) <= 2 * _NEAR for a, b in zip(table.uprights, following.uprights, strict=True)
    )


def joined(table: Table, following: Table) -> Table:
    """Return two pieces of a table as one: a heading that comes again is left out, a row that the page broke is made whole."""
    rows = following.cells
    repeated = _repeated(table.cells, rows)
    rows = tuple(replace(cell, row=cell.row - repeated) for cell in rows if cell.row >= repeated)
    if not rows:
        return table
    height = table.height
    last = {cell.column: i for i, cell in enumerate(table.cells) if cell.row + cell.rows == height}
    first = [cell for cell in rows if cell.row == 0]
    cells = list(table.cells)
    begun = min((cell.column for cell in first if cell.text), default=0)  # what is left of it goes on from above
    broken = begun > 0 and _is_torn([cells[at] for at in last.values()], first)
    for cell in rows:
        at = last.get(cell.column)
        if cell.row == 0 and at is not None and cells[at].columns == cell.columns and (broken or cell.column < begun):
            rest = cell.rows - 1 if broken else cell.rows
            cells[at] = replace(cells[at], text=cells[at].text + cell.text, rows=cells[at].rows + rest)
        else:
            cells.append(replace(cell, row=cell.row + height - broken))
    return replace(table, cells=tuple(cells), turns=(*table.turns, height))


def _repeated(cells: Sequence[Words], following: Sequence[Words]) -> int:
    """Return how many rows at the head of a piece repeat the table's heading."""
    count = 0
    for row in range(3):
        ours = [(cell.column, cell.text) for cell in cells if cell.row == row]
        theirs = [(cell.column, cell.text) for cell in following if cell.row == row]
        if not ours or ours != theirs or not any(text for _, text in ours):
            break
        count = row + 1
    return count


def _is_torn(above: Sequence[Words], below: Sequence[Words]) -> bool:
    """Say whether the row above breaks off, for the next page to go on with it.

    Names of bodies end without a stop anyway: what counts is a sign that asks for more, or the longest cell.
    """
    goes_on = {cell.column for cell in below if cell.text}
    open_ended = [cell.text for cell in above if cell.text and cell.column in goes_on]
    longest = max(open_ended, key=len, default="")
    return any(text[-1] in _GOES_ON for text in open_ended) or (len(longest) >= _PROSE and longest[-1] not in _STOP)
