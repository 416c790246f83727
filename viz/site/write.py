"""A folder of pages: whole or not at all, the same bytes for the same graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.explorer import Snapshot
from kg.explorer.search import finder_of
from kg.export.progress import Tell, silent
from kg.export.target import new_folder
from kg.pipeline import read_ledger
from viz.graph import render_graph
from viz.pages.links import GRAPH, Language, file_of, read_static
from viz.pages.screens import SCREENS
from viz.site.names import write_names
from viz.site.pages import SERVER, Choice, Left, choose_pages
from viz.site.work import Writer, write_pages

LANGUAGES: tuple[Language, ...] = ("zh", "en")
MOST = 6_000  # pages in each language
_LATER = ("app/finder.js", "icon.svg")  # loaded by a script when somebody types, or by the browser itself


@dataclass(frozen=True, slots=True)
class Site:
    """What was written, and what would have been too much."""

    folder: Path
    pages: int  # in each language
    files: int
    size: int  # bytes
    left: tuple[Left, ...]


def write_site(
    snapshot: Snapshot,
    target: Path,
    langs: Sequence[Language] = LANGUAGES,
    *,
    most: int = MOST,
    jobs: int = 1,
    force: bool = False,
    tell: Tell = silent,
) -> Site:
    """Write the pages of a snapshot into a folder.

    :raises OutputError: something else is there, or it cannot be written.
    """
    pages, left = choose_pages(SCREENS, snapshot, most)
    paths = [*(page.path for page in pages), GRAPH]
    with new_folder(target, force=force) as folder:
        writer = Writer(snapshot, folder, langs, paths)
        more = (snapshot.generation, folder, langs, paths)
        for done in write_pages(writer, pages, more, jobs):
            tell("网页", done, len(pages))
        tell("图谱", 0, 1)
        ledger = read_ledger(snapshot.generation)
        for lang in langs:  # the graph page needs no server, and its links back lead to the other pages
            writer.write(file_of(GRAPH, lang), render_graph(ledger, home="index.html", lang=lang).encode())
        tell("图谱", 1, 1)
        writer.render(SERVER, "server", "server", pages=len(pages), left=left)
        for name, text in write_names(finder_of(snapshot).index, Choice(paths)):
            writer.write(f"search/{name}", text.encode())
        for name in sorted({*writer.written.used, *_LATER}):
            writer.write(f"assets/{name}", read_static(name) or b"")
    return Site(target, len(pages) + 1, writer.written.files, writer.written.size, tuple(left))
