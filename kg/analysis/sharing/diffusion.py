"""Tasks that many share and nobody leads: each may wait for the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.analysis.columns import Columns


@dataclass(frozen=True, slots=True)
class Diffusion:
    """A task with two bodies or more, and no lead."""

    task: str  # IRI
    document: str
    document_title: str
    region_label: str | None
    number: str | None
    title: str
    bodies: int  # that the task names itself
    joint: bool  # the text says that each answers by its duties (按职责分工)
    labels: tuple[str, ...]
    quote: str | None
    start: int | None
    end: int | None

    @property
    def reading(self) -> str:
        """What it comes to, in words."""
        return f"{self.bodies} 家共同承担，{'按职责分工，' if self.joint else ''}无人牵头"


@dataclass(frozen=True, slots=True)
class DiffusionCount:
    """How many of the tasks are shared, and how many of these nobody leads; safeguards do not count."""

    tasks: int
    shared: int  # that name two bodies or more
    diffuse: int  # of these, without a lead


def measure_diffusion(columns: Columns, top: int | None = None) -> list[Diffusion]:
    """Return the tasks that name several bodies and no lead, those with most bodies first.

    Diffusion of a task = the number of bodies that it names itself, where these are two or more and nobody leads; 0 where
    somebody does. A plain count, that a reader can check on the sentence.
    """
    return [Diffusion(**{**row, "labels": tuple(row["labels"])}) for row in columns.records("diffusion", top=top)]


def count_diffusion(columns: Columns) -> DiffusionCount:
    """Return how many tasks are shared, and how many of these nobody leads."""
    return DiffusionCount(**next(columns.records("diffusion-count")))
