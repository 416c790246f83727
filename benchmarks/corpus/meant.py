"""What a made-up document means, for a reader to be held to."""

from __future__ import annotations

from dataclasses import dataclass

Role = str


@dataclass(frozen=True, slots=True)
class MeantUnit:
    """A body that a task names: its organization's key, its role, and whether an earlier task named it for all that follow."""

    key: str
    role: Role
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class MeantIndicator:
    """A target: the metric's key, how it is bounded, and by when; ``value`` is ``None`` where the text gives no figure."""

    metric: str
    kind: str
    op: str | None
    value: str | None
    year: int


@dataclass(frozen=True, slots=True)
class MeantTask:
    """A numbered item."""

    number: str
    title: str
    units: tuple[MeantUnit, ...]
    indicators: tuple[MeantIndicator, ...]
    citations: tuple[str, ...]  # titles


@dataclass(frozen=True, slots=True)
class Draft:
    """A made-up document and what it means."""

    name: str  # of its file
    text: str
    title: str
    region: str  # code
    period: tuple[int, int]
    date: str
    tasks: tuple[MeantTask, ...]
    goals: tuple[MeantIndicator, ...]  # targets outside the tasks
    citations: tuple[str, ...]  # titles that it names outside the tasks
