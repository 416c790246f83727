"""What a person may say, by name: which action of ``zeren review`` it is, and what has to be given with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.correction import Action

_VALUES = ("name", "op", "value", "unit", "year")
CHOICES: Mapping[str, tuple[Action, tuple[str, ...]]] = {
    "duty-reject": ("reject", ()),
    "gap-dismiss": ("reject", ()),
    "gap-justify": ("justify", ()),
    "indicator-accept": ("accept", ()),
    "indicator-correct": ("correct", _VALUES),
    "indicator-reject": ("reject", ()),
    "metric-accept": ("accept", ()),
    "metric-as": ("accept", ("target", "extent")),
    "metric-new": ("accept", ("new", "extent")),
    "period": ("correct", ("period",)),
    "policy-as": ("accept", ("target", "extent")),
    "policy-reject": ("reject", ("extent",)),
    "region-as": ("accept", ("target",)),
    "role": ("correct", ("role",)),
    "task-add": ("add", ("words", "role")),
    "task-reject": ("reject", ()),
    "unit-accept": ("accept", ()),
    "unit-as": ("accept", ("target", "extent")),
    "unit-new": ("accept", ("new", "extent")),
    "unit-reject": ("reject", ("extent",)),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a person may say of a question."""

    name: str  # "unit-as"
    item: str  # id of the question: "u-7f3a2c91b0"

    @property
    def action(self) -> Action:
        """The action of ``zeren review``."""
        return CHOICES[self.name][0]

    @property
    def wants(self) -> tuple[str, ...]:
        """The fields that go with it."""
        return CHOICES[self.name][1]

    @property
    def code(self) -> str:
        """The choice as a form sends it: ``unit-as:u-7f3a2c91b0``."""
        return f"{self.name}:{self.item}"


def read_choice(code: str) -> Choice | None:
    """Return the choice that a form has sent; ``None`` for anything else.

    >>> read_choice("unit-as:u-7f3a2c91b0").action, read_choice("rm -rf:u-7f3a2c91b0")
    ('accept', None)
    """
    name, _, item = code.partition(":")
    return Choice(name, item) if name in CHOICES and item.replace("-", "", 1).isalnum() and len(item) < 40 else None
