"""Tables of tasks (任务分解表, 责任清单): each row is a task, its columns say who does it and by when."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg.extract.tables.aligned import align
from kg.extract.tables.cell_fit import CHAPTER, ORDER, names_bodies
from kg.extract.tables.columns import ROLES, WORDS, Cell, Column, cell_of, column_of, find_heading, role_of
from kg.extract.tables.columns import Row as Line
from kg.extract.tables.flat import find_flat_tables
from kg.extract.tables.glued import find_glued_tables
from kg.extract.tables.grids import Matrix, find_matrices
from kg.extract.tables.rows import Row, TaskTable, of_glued, tidy_rows
from kg.extract.units.names import Name, distinct_names, read_names
from kg.extract.units.parts import is_body
from kg.extract.units.supervisors import cut_at_blanks, find_persons
from kg.model import Grid
from kg.text import MARKER, MappedText

_NUMERAL = re.compile(r"^[一二三四五六七八九十]{1,3}$|^[（(][一二三四五六七八九十]{1,3}[)）]$")
_PERSON = re.compile(r"^[\u4e00-\u9fff·]{2,4}$")
_NOTED = re.compile(r"[（(](?P<who>[\u4e00-\u9fff·]{2,4})[)）]$")
_BETWEEN = re.compile(r"[^、，,；;/\s]+")
_FIELD = re.compile(
    "(?:索引|文|发布|成文|主题|发文|公开|生成|信息|名称|标题|来源|抄送|备注|注|有效|废止)[\u4e00-\u9fff]{0,4}[：:]"
)
_SAME = re.compile(r"^(?:同[上前](?:[行栏格])?|[〃″＂\"]|[—-]+[〃″\"][—-]+)[。.]?$")
_EMPTY = re.compile(r"^[\s—–\-/／]*$")


def find_task_tables(copy: MappedText, grids: Sequence[Grid] = ()) -> list[TaskTable]:
    """Return the tables whose heading names a column of tasks and one of bodies, in reading order."""
    matrices = find_matrices(copy, grids)
    tables: list[TaskTable] = []
    columns: list[Column] = []
    for matrix in matrices:
        head = find_heading(matrix.rows) or _bare(copy.text, matrix) or _headless(copy.text, matrix, columns)
        if head is None:
            continue
        columns = head[1]
        lines = list(_filled(copy.text, matrix, *head))
        rows = tidy_rows(_rows(copy, columns, lines))
        if rows:
            tables.append(TaskTable(matrix.start, matrix.end, rows))
    tables.extend(_flat(copy, [(matrix.start, matrix.end) for matrix in matrices]))
    taken = [(table.start, table.end) for table in tables]
    glued = (table for table in find_glued_tables(copy) if not any(a < table.end and table.start < b for a, b in taken))
    tables.extend(map(of_glued, glued))
    return sorted(tables, key=lambda table: table.start)


def _bare(text: str, matrix: Matrix) -> tuple[int, list[Column]] | None:
    """Return the heading of a table with a column 单位 that holds bodies in most of its rows."""
    head = find_heading(matrix.rows, bare=True)
    if head is None:
        return None
    at = head[1].index("responsible")
    cells = [cell for row in matrix.rows[head[0] :] if len(row) > at and (cell := row[at]) and cell.text]
    return head if sum(names_bodies(text, cell) for cell in cells) > len(cells) / 2 else None


def _headless(text: str, matrix: Matrix, columns: Sequence[Column]) -> tuple[int, list[Column]] | None:
    """Return the columns of the table before, where one without a heading goes on with it on the next page."""
    lines = [line for line in matrix.rows if len(line) == len(columns)]
    at = [i for i, column in enumerate(columns) if role_of(column)]
    named = sum(any((cell := line[i]) is not None and cell.text and names_bodies(text, cell) for i in at) for line in lines)
    return (0, list(columns)) if at and len(lines) == len(matrix.rows) and named > len(lines) / 2 else None


def _flat(copy: MappedText, taken: Sequence[tuple[int, int]]) -> Iterator[TaskTable]:
    starts = [start for start, _ in taken]

    def free(at: int) -> bool:
        before = bisect_right(starts, at) - 1
        return before < 0 or at >= taken[before][1]

    cells = [cell_of(copy.text, a, b) for a, b in copy.paragraphs() if free(a)]
    for table in find_flat_tables(copy, cells):
        lines = list(_carried([list(row) for row in table.rows], table.columns))
        rows = tidy_rows(_rows(copy, table.columns, lines))
        if rows:
            yield TaskTable(table.start, table.end, rows)


def _filled(text: str, matrix: Matrix, at: int, columns: Sequence[Column]) -> Iterator[Line]:
    """Yield a table's lines below its heading, each as wide as that; the heading of a further page is passed over."""
    lines: list[list[Cell | None]] = []
    for row in matrix.rows[:at]:  # a chapter's heading above that of the table
        said = {cell.text: cell for cell in row if cell and cell.text}
        if len(said) == 1 and CHAPTER.match(next(iter(said))):
            lines.append([*said.values(), *[None] * (len(columns) - 1)])
    for row in matrix.rows[at:]:
        known = [column_of(cell.text) for cell in row if cell and cell.text]
        if not matrix.marked and _FIELD.match(next((cell.text for cell in row if cell and cell.text), "")):
            break  # what the page says of the document: 索引号：
        if len(known) > 1 and known.count(None) <= len(known) / 3 and len(set(known)) > 1:
            continue
        if matrix.marked:
            lines.append([*row[: len(columns)], *[None] * (len(columns) - len(row))])
        else:
            lines.append(align(text, columns, row))
    yield from _carried(lines, columns, empty_is_empty=matrix.marked)


def _carried(lines: Sequence[list[Cell | None]], columns: Sequence[Column], *, empty_is_empty: bool = False) -> Iterator[Line]:
    """Yield the lines with what a spanning cell says in each of them; lines of one cell are chapters.

    An empty cell says what the one above it says, but bodies only where the row names none at all, and where the
    format marks spanning cells only what is to be done.
    """
    above: list[Cell | None] = [None] * len(columns)
    for line in lines:
        said = {cell.text for cell in line if cell and not _EMPTY.match(cell.text)}
        if len(said) < 2 or _chapter(line, columns):
            above = [None] * len(columns)
            yield line
            continue
        named = any(cell and cell.text for column, cell in zip(columns, line, strict=True) if role_of(column))
        told = any(cell and cell.text for column, cell in zip(columns, line, strict=True) if column in WORDS)
        filled: list[Cell | None] = []
        for i, (column, cell) in enumerate(zip(columns, line, strict=True)):
            if cell and cell.text:
                filled.append(above[i] if column != "order" and _SAME.match(cell.text) else cell)
            elif column == "order" or (empty_is_empty and not (column in WORDS and told)):
                filled.append(None)
            else:
                filled.append(None if named and role_of(column) else above[i])
        above = filled
        yield filled


def _chapter(line: Line, columns: Sequence[Column]) -> str | None:
    """Return the heading that a line across the whole table is: 一、…, or 一 in the first column and its words in the others."""
    said = list(dict.fromkeys(cell.text for cell in line if cell and not _EMPTY.match(cell.text)))
    if len(said) == 1 and not ORDER.match(said[0]):
        return said[0]
    if (
        len(said) == 2
        and _NUMERAL.match(said[0])
        and not any(
            cell and cell.text and cell.text not in said[:1] and sum(other is cell for other in line) < 2 for cell in line[2:]
        )
    ):
        return f"{said[0]}、{said[1]}" if said[0][0] not in "（(" else "".join(said)
    return None


def _rows(copy: MappedText, columns: Sequence[Column], lines: Sequence[Line]) -> Iterator[Row]:
    """Yield a row a task; lines that say the same of what is to be done are one."""
    wordy = [i for i, column in enumerate(columns) if column in WORDS]
    groups: list[tuple[tuple[str, ...], list[Line]]] = []
    chapters: list[tuple[int, str]] = []
    said: tuple[int, ...] = ()
    for line in lines:
        heading = _chapter(line, columns)
        if heading is not None:
            chapters = [*(one for one in chapters if one[0] < _depth(heading)), (_depth(heading), heading)]
            said = ()
            continue
        now = tuple(cell.start if (cell := line[i]) else -1 for i in wordy) if len(line) == len(columns) else ()
        if any(start >= 0 for start in now):
            if now == said:
                groups[-1][1].append(line)
            else:
                groups.append((tuple(words for _, words in chapters), [line]))
        said = now
    title = _title_column(columns, [group[0] for _, group in groups])
    for path, group in groups:
        row = _row(copy, columns, group, path, title)
        if row is not None:
            yield row


def _depth(heading: str) -> int:
    return (
        1
        if re.match("[一二三四五六七八九十]+[、．.]|第", heading)
        else 2
        if re.match("[（(]", heading)
        else 3
        if MARKER.match(heading)
        else 0
    )


def _title_column(columns: Sequence[Column], lines: Sequence[Line]) -> int | None:
    """Return the column of words in which each row has a cell of its own, with details to the right: there stand the titles."""
    wordy = [i for i, column in enumerate(columns) if column in ("task", "detail")]
    for i in wordy[:-1]:
        cells = [line[i] for line in lines]
        if columns[i] == "task" and all(cells) and len({cell.text for cell in cells if cell}) == len(cells) and i + 1 in wordy:
            return i
    return None


def _row(
    copy: MappedText, columns: Sequence[Column], lines: Sequence[Line], chapters: tuple[str, ...], title: int | None
) -> Row | None:
    line = lines[0]
    words = [(i, cell) for i, column in enumerate(columns) if column in WORDS and (cell := line[i]) is not None and cell.text]
    if not words:
        return None
    main = next((n for n, (i, _) in enumerate(words) if i == title), None)
    own = words[-1:] if main is None else words[main:]
    above = words[: -1 if main is None else main]
    whole = cell_of(copy.text, own[0][1].start, own[-1][1].end)
    if len(whole.text) < 4:
        return None
    at = {column: i for i, column in reversed(list(enumerate(columns)))}
    order = line[at["order"]] if "order" in at else None
    number = re.sub(r"[（()）.、．]", "", order.text) if order and ORDER.match(order.text) else None
    path = tuple(dict.fromkeys((*chapters, *(_joined(cell.text) for _, cell in above))))
    names, persons = _answering(copy, columns, lines)
    due = line[at["time"]] if "time" in at else None
    heading = own[0][1].text if main is not None and len(own) > 1 else None
    return Row(number, path, heading, whole, names, persons, due)


def _joined(words: str) -> str:
    return re.sub(r"\s*\n\s*", "", words)


def _answering(copy: MappedText, columns: Sequence[Column], lines: Sequence[Line]) -> tuple[tuple[Name, ...], tuple[Cell, ...]]:
    """Return the bodies in the columns of bodies, who leads first, and the persons."""
    names: list[Name] = []
    persons: dict[int, Cell] = {}
    for role in ROLES:
        for i, column in enumerate(columns):
            cells = {cell.start: cell for line in lines if role_of(column) == role and (cell := line[i])}
            for cell in cells.values():
                bodies, human = _parted(copy, cell) if column.endswith("person") else ([cell], [])
                names.extend(name for body in bodies for name in read_names(copy.text, body.start, body.end, role))
                persons |= {person.start: person for person in human}
    for i, column in enumerate(columns):
        for found in (line[i] for line in lines if column == "person"):
            if found and not _EMPTY.match(found.text):
                spans = find_persons(copy, found.start, found.end)
                persons |= {a: cell_of(copy.text, a, b) for a, b in spans}
    return tuple(distinct_names(names)), tuple(persons[start] for start in sorted(persons))


def _parted(copy: MappedText, cell: Cell) -> tuple[list[Cell], list[Cell]]:
    """Return the bodies and the persons of a cell that holds both: 市水利局 张某; 市园林局（李某）."""
    bodies: list[Cell] = []
    persons: list[Cell] = []
    for part in _BETWEEN.finditer(copy.text, cell.start, cell.end):
        at = part.start()
        for a, b in cut_at_blanks(copy, *part.span()):
            behind = is_body(copy.text[at:a]) or at == a
            if _PERSON.match(copy.text[a:b]) and behind and not is_body(copy.text[a:b]):
                bodies.extend([cell_of(copy.text, at, a)] if a > at else [])
                persons.append(cell_of(copy.text, a, b))
                at = b
        note = _NOTED.search(copy.text, at, part.end())
        if note and not is_body(note["who"]):
            persons.append(cell_of(copy.text, *note.span("who")))
            bodies.append(cell_of(copy.text, at, note.start()))
        elif part.end() > at:
            bodies.append(cell_of(copy.text, at, part.end()))
    return bodies, persons
