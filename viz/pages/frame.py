"""What all pages have in common: the language, where they stand, which state of the graph they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from viz.pages.links import Language, Links


@dataclass(frozen=True, slots=True)
class State:
    """The state of the graph that a page shows."""

    id: str  # the same for the same content
    built: datetime
    program: str
    base: str  # of the IRIs


@dataclass(frozen=True, slots=True)
class Done:
    """A decision that was written a moment ago."""

    key: str
    mention: str
    verdict: str
    revoked: bool
    waiting: bool  # counts from the next build only
    file: str
    command: str  # that builds


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's own address and surroundings; templates make all links with it."""

    links: Links
    lang: Language
    path: str
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tab: str = ""
    state: State | None = None
    writing: str = ""  # token for forms that write decisions; empty: here nothing can be written
    done: Done | None = None  # the decision that led here

    def link(self, path: str, anchor: str = "", **params: object) -> str:
        """Return the address of another page, in this page's language; empty parameters are left out."""
        return self.links.page(path, self.lang, _tidy(params), anchor)

    def same(self, **changed: object) -> str:
        """Return the address of this page with some parameters changed; an empty value takes one away."""
        return self.links.page(self.path, self.lang, _tidy(self._params() | changed))

    @property
    def translated(self) -> str:
        """The address of this page in the other language."""
        return self.links.page(self.path, "zh" if self.lang == "en" else "en", _tidy(self._params()))

    def page_of(self, iri: str) -> str:
        """Return the page of a thing of the graph; empty for one that has none.

        A task, a body, a document, a metric have screens of their own; an indicator stands on its task's.
        """
        if self.state is None or not iri.startswith(f"{self.state.base}id/"):
            return ""
        kind, _, key = iri.removeprefix(f"{self.state.base}id/").partition("/")
        return self.link(f"{_SCREENS[kind]}/{key}") if kind in _SCREENS else ""

    def key_of(self, iri: str) -> str:
        """Return the key of a thing, as addresses name it: what stands behind the kind in its IRI."""
        return iri.removeprefix(f"{self.state.base}id/").partition("/")[2] if self.state else ""

    def is_stale(self) -> bool:
        """Whether the link that led here was made from another state of the graph."""
        named = (self.query.get("snap") or ("",))[-1]
        return bool(named) and self.state is not None and named != self.state.id

    def given(self, name: str) -> str:
        """Return what this page's address says by a name."""
        return str(self._params().get(name, ""))

    def onward(self, path: str, without: Sequence[str] = (), **more: object) -> str:
        """Return the address of another page that is asked what this one is, but for some parameters.

        The names come from an address, and may be any: they never become names of arguments.
        """
        kept = {name: value for name, value in self._params().items() if name not in without}
        return self.links.page(path, self.lang, _tidy(kept | more))

    def _params(self) -> dict[str, object]:
        return {name: ",".join(values) for name, values in self.query.items() if name not in ("lang", "snap", "done")}


_SCREENS = {"task": "/task", "org": "/department", "policy": "/document", "metric": "/indicators"}


def _tidy(params: Mapping[str, object]) -> dict[str, str]:
    """Return the parameters that say something, in the order of their names: one state, one address."""
    return {name: str(value) for name, value in sorted(params.items()) if value not in (None, "", False)}
