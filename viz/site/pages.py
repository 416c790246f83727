"""Which pages a folder holds, and which of them stands for one that it does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.explorer import Snapshot
from viz.pages.screen import Screen

SERVER = "/server"  # the page for what only a server can do
_FIRST = ("/document/", "/department/", "/indicators/", "/findings/", "/table/")
_ORDER = {path: number for number, path in enumerate(_FIRST)} | {"/task/": len(_FIRST) + 1}


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be written."""

    screen: str
    path: str  # its address without the query string
    key: str


@dataclass(frozen=True, slots=True)
class Left:
    """A screen whose pages would be too many."""

    screen: str
    pages: int


def choose_pages(screens: Iterable[Screen], snapshot: Snapshot, most: int) -> tuple[list[Page], list[Left]]:
    """Return the pages of all screens, up to about ``most``, and the screens that are left out.

    Screens that show the whole come first, then those of documents, bodies and indicators, then those of few things. A screen
    comes with all its things or not at all, so that nobody has to guess which are here; tasks, shown in their documents, too, are
    last.
    """
    found = [(screen, list(screen.keys(snapshot))) for screen in screens if screen.written]
    ordered = sorted(found, key=lambda one: (one[0].has_key, _ORDER.get(one[0].path, len(_FIRST)), len(one[1]), one[0].path))
    pages: list[Page] = []
    left: list[Left] = []
    for screen, keys in ordered:
        if screen.has_key and len(pages) + len(keys) > most:
            left.append(Left(screen.name, len(keys)))
        else:
            pages += [Page(screen.name, screen.path + key, key) for key in keys]
    return pages, left


class Choice:
    """The addresses that the folder has a page for.

    >>> choice = Choice(["/", "/document/p-1"])
    >>> choice("/document/p-1"), choice("/task/p-1/2"), choice("/sparql")
    ('/document/p-1', '/document/p-1', '/server')
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = frozenset((*paths, SERVER))

    def __call__(self, path: str) -> str:
        """Return the page that stands for one: a task's document for the task, else the page that says why there is none."""
        if path in self._paths:
            return path
        document = "/document/" + path.removeprefix("/task/").rpartition("/")[0]
        return document if path.startswith("/task/") and document in self._paths else SERVER
