"""The units of each task of a passage in a word: body/role, i where inherited, c a group, v nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract import read_policy
from kg.model import Document

Passage = tuple[str, str, dict[str, str]]  # its name, the text, the units by the task's key


def units_by_task(name: str, text: str) -> dict[str, str]:
    """Return who answers for which task of a passage."""
    reading = read_policy(Document(f"{name}.txt", "0" * 64, "utf-8", text))
    return {
        task.key: " ".join(
            f"{unit.name}/{unit.role[0]}{'i' * unit.inherited}{'c' * unit.collective}{'v' * unit.vague}" for unit in task.units
        )
        for task in reading.tasks
    }


def names_of(passages: Sequence[Passage]) -> list[str]:
    """Return what the passages are called, for the test's report."""
    return [name for name, _, _ in passages]
