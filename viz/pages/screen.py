"""What a screen is: an address, the record that it shows, the template that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.explorer import Params, Snapshot


def _only(_: Snapshot) -> Iterable[str]:
    return ("",)


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen, which a server answers and a folder of files holds.

    Its template is ``templates/screens/NAME.html``, its words ``words/NAME.toml``; ``static/app/NAME.css`` and ``NAME.js``
    are loaded where they exist. The template finds the record at ``data``.
    """

    name: str
    path: str  # without a key: "/matrix"; with the key of a thing: "/task/"
    gather: Callable[[Snapshot, Params], Any]  # the record; raises NotHereError for a thing that is not there
    keys: Callable[[Snapshot], Iterable[str]] = _only  # of the things that have this screen; those a folder holds
    tab: str = ""  # which tab it belongs to; its own name unless said
    written: bool = True  # whether a folder of files holds it
    asked: Mapping[str, Sequence[str]] = field(default_factory=dict)  # what the page in a folder is asked

    @property
    def has_key(self) -> bool:
        """Whether it shows one thing, which the address names."""
        return self.path.endswith("/") and self.path != "/"

    @property
    def route(self) -> str:
        """The path as Starlette knows it."""
        return f"{self.path}{{key:path}}" if self.has_key else self.path

    @property
    def api(self) -> str:
        """The path of the record as JSON."""
        return f"/api/{self.name}" + ("/{key:path}" if self.has_key else "")
