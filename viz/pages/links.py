"""Where links lead: to a server's paths, or from file to file in a folder of pages; the templates need not know which."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, Protocol
from urllib.parse import quote, urlencode

from viz.network import read_library

Language = Literal["zh", "en"]
DRAWING = ("vendor/vis-network.js", "vendor/vis-network.css")  # from where pyvis is installed
GRAPH = "/graph"  # in a folder, the page of its own that `zeren graph` writes
_LONGEST = 100  # characters of a step in a file's path
_KNOWN = 20_000  # paths whose files are remembered


class Links(Protocol):
    """How a page names others, and the files that it loads."""

    @property
    def served(self) -> bool:
        """Whether a server answers, which can do what a folder of files cannot."""

    @property
    def root(self) -> str:
        """The way to where all pages lie."""

    def page(self, path: str, lang: Language, params: Mapping[str, str], anchor: str = "") -> str:
        """Return the address of the page at a path such as ``/matrix``."""

    def asset(self, name: str) -> str:
        """Return the address of a style, script or picture under ``viz/static``."""


@dataclass(frozen=True, slots=True)
class ServerLinks:
    """Links on a server.

    >>> ServerLinks().page("/matrix", "en", {"role": "lead"})
    '/matrix?role=lead&lang=en'
    """

    served: bool = True
    root: str = "/"

    def page(self, path: str, lang: Language, params: Mapping[str, str], anchor: str = "") -> str:
        """Return path and query string; English is named, Chinese is not."""
        named = {**params, "lang": "en"} if lang == "en" else params
        return path + _query(named) + _anchor(anchor)

    def asset(self, name: str) -> str:
        """Return the address of a file; it holds the file's digest, so that a browser may keep it."""
        return f"/static/{name}?v={digest_static(name)}"


@dataclass(frozen=True, slots=True)
class FolderLinks:
    """Links between the files of a folder, for the page at ``here``.

    >>> FolderLinks("/task/a/2.1", "zh").page("/department/130100/water", "zh", {})
    '../../department/130100/water.html'
    >>> FolderLinks("/", "zh").page("/matrix", "en", {"role": "lead"})
    'en/matrix.html?role=lead'
    """

    here: str
    lang: Language
    choose: Callable[[str], str] = str  # the path of the page that stands for one, which the folder may not hold
    load: Callable[[str], object] = str  # is told which files pages load
    served: bool = False

    @property
    def root(self) -> str:
        """The way from this file to the folder of all."""
        return "../" * len(_folder_of(self.here, self.lang))

    def page(self, path: str, lang: Language, params: Mapping[str, str], anchor: str = "") -> str:
        """Return the way from this file to another one; the query string stays, a script reads it there."""
        chosen = self.choose(path)
        if chosen == GRAPH:
            return self._way(file_of(chosen, lang)) + _graph_state(params)
        named = params if chosen == path else {"page": path, **params}
        return self._way(file_of(chosen, lang)) + _query(named) + _anchor(anchor)

    def asset(self, name: str) -> str:
        """Return the way from this file to one under ``assets/``."""
        self.load(name)
        return self._way(f"assets/{name}")

    def _way(self, target: str) -> str:
        return _lead(_folder_of(self.here, self.lang), target)


@lru_cache(_KNOWN)
def file_of(path: str, lang: Language) -> str:
    """Return in which file of a folder the page at a path lies.

    >>> file_of("/", "zh"), file_of("/task/a/2.1", "en")
    ('index.html', 'en/task/a/2.1.html')
    """
    steps = path.strip("/").replace("%", "~").split("/")  # an escape in an address is not one in a file's name
    name = "/".join(step if len(step) <= _LONGEST else _shorten(step) for step in steps) or "index"
    return ("en/" if lang == "en" else "") + f"{name}.html"


@lru_cache(8)
def _folder_of(path: str, lang: Language) -> tuple[str, ...]:
    """Return the folders around the file of a page."""
    return tuple(file_of(path, lang).split("/")[:-1])


@lru_cache(_KNOWN)
def _lead(own: tuple[str, ...], target: str) -> str:
    """Return the way from a folder to a file."""
    steps, shared = target.split("/"), 0
    while shared < min(len(own), len(steps) - 1) and own[shared] == steps[shared]:
        shared += 1
    return quote("/".join([*[".."] * (len(own) - shared), *steps[shared:]]))


def _shorten(step: str) -> str:
    """Return a name that every system takes."""
    return f"{step[: _LONGEST - 17]}-{hashlib.sha256(step.encode()).hexdigest()[:16]}"


@cache
def read_static(name: str) -> bytes | None:
    """Return a file under ``viz/static``, or one of the drawing library; ``None`` if there is none."""
    if name in DRAWING:
        return (read_library().script if name.endswith(".js") else read_library().style).encode()
    place = files("viz").joinpath("static", *name.split("/"))
    return place.read_bytes() if place.is_file() else None


def _graph_state(params: Mapping[str, str]) -> str:
    """Return what the graph's own page reads behind the hash.

    >>> _graph_state({"view": "ego", "center": "task/p-1/2"})
    '#v=ego&c=task/p-1/2'
    """
    return f"#v=ego&c={quote(params['center'])}" if params.get("center") else ""


@cache
def digest_static(name: str) -> str:
    """Return what changes whenever a file under ``viz/static`` does."""
    return hashlib.sha256(read_static(name) or b"").hexdigest()[:12]


def _query(params: Mapping[str, str]) -> str:
    return f"?{urlencode(params)}" if params else ""


def _anchor(name: str) -> str:
    return f"#{quote(name)}" if name else ""
