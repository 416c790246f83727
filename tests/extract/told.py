"""What a table of tasks is read as, in short."""

from __future__ import annotations

from collections.abc import Sequence

from kg import toy
from kg.extract import read_policy
from kg.model import Reading, Task

TITLE = "某市2024年重点任务分工的通知\n"


def read(text: str) -> Reading:
    """Read a text below a title that announces tasks."""
    return read_policy(toy.document(TITLE + text))


def told(tasks: Sequence[Task]) -> list[object]:
    """Return number, headings, title and bodies of each task."""
    return [(task.number, task.path, task.title, [(unit.name, unit.role) for unit in task.units]) for task in tasks]
