"""What the columns of a task table hold, by their headings: 序号, 重点任务, 牵头单位, 完成时限."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.cues import first, load_cues
from kg.model import Role

# order, group, task, detail, lead, responsible, support, person, time or "" (something else); +person: 责任单位及责任人
Column = str
ROLES: tuple[Role, ...] = ("lead", "responsible", "support")
WORDS = ("group", "task", "detail")  # the columns that say what is to be done
MAX_HEADING = 24  # characters; a longer cell is content
_AROUND = re.compile(r"[\s*：:]+|20\d\d年度?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's words in the working copy, with blanks and separators off; the same cell may hold for several rows."""

    text: str
    start: int
    end: int


Row = Sequence[Cell | None]


def cell_of(text: str, start: int, end: int) -> Cell:
    """Return ``text[start:end]`` as a cell."""
    words = text[start:end]
    left, right = len(words) - len(words.lstrip(" |\t\n")), len(words.rstrip(" |\t\n"))
    return Cell(words.strip(" |\t\n"), start + min(left, right), start + right)


@lru_cache(maxsize=4096)
def column_of(words: str) -> Column | None:
    """Return what a column with this heading holds; ``None``: these are no words of a heading.

    >>> [column_of(words) for words in ("牵头单位", "配合部门", "完成时限", "重 点 任 务", "推进河道整治。")]
    ['lead', 'support', 'time', 'task', None]
    """
    words = _AROUND.sub("", words)
    cue = first(load_cues()["column"], words) if 0 < len(words) <= MAX_HEADING else None
    return cue.says if cue else None


def assigns(columns: Sequence[Column | None]) -> bool:
    """Say whether columns make a table of tasks: what is to be done, and who does it."""
    return any(column in WORDS for column in columns) and any(role_of(column) for column in columns)


def role_of(column: Column | None) -> Role | None:
    """Return the role of the bodies that a column names.

    >>> [role_of(column) for column in ("lead", "responsible+person", "task")]
    ['lead', 'responsible', None]
    """
    name = (column or "").split("+")[0]
    return next((role for role in ROLES if role == name), None)


def find_heading(rows: Sequence[Row], *, bare: bool = False) -> tuple[int, list[Column]] | None:
    """Return where the first row below the heading is, and the columns; a heading may take two or three lines.

    ``bare``: a column 单位 holds bodies; mostly it holds the units of amounts.
    """
    for at in range(min(len(rows), 8)):
        for depth in (3, 2, 1):
            lines = rows[at : at + depth]
            if len(lines) == depth and len({len(line) for line in lines}) == 1 and all(map(_is_heading_line, lines)):
                columns = [_labelled([line[i] for line in lines], bare=bare) for i in range(len(rows[at]))]
                if assigns(columns):
                    return at + depth, [column or "" for column in columns]
    return None


def _is_heading_line(row: Row) -> bool:
    """Say whether two or more cells of a line are headings and none is content."""
    words = {cell.text for cell in row if cell and cell.text}
    known = sum(column_of(word) is not None for word in words)
    return known >= 2 and all(len(word) <= MAX_HEADING and not re.search("[。；;]", word) for word in words)


def _labelled(cells: Sequence[Cell | None], *, bare: bool) -> Column | None:
    """Return what a column holds whose heading takes several lines: 责任分工 above 牵头单位."""
    words = list(dict.fromkeys(cell.text for cell in cells if cell and cell.text))
    if bare and words[-1:] in (["单位"], ["部门"], ["科室"]):
        return "responsible"
    found = [column_of(word) for word in (*reversed(words), "".join(words))]
    return next((column for column in found if column), None)
