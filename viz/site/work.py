"""Pages gathered and rendered: by this process, or by several where there are many."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from kg.errors import OutputError
from kg.explorer import Params, Snapshot
from kg.store import Generation
from viz.pages.answer import state_of
from viz.pages.frame import Frame
from viz.pages.links import FolderLinks, Language, file_of
from viz.pages.render import render
from viz.pages.screen import Screen
from viz.site.pages import Choice, Page

_Begun = tuple[Generation, Path, Sequence[Language], Sequence[str]]  # what another process begins with
ALONE = 200  # pages that this process writes by itself: others take seconds until they can help
BATCH = 20


@dataclass(slots=True)
class Written:
    """What was written, and which styles and scripts the pages load."""

    files: int = 0
    size: int = 0
    used: set[str] = field(default_factory=set)

    def add(self, other: Written) -> None:
        """Count what another process wrote, too."""
        self.files += other.files
        self.size += other.size
        self.used |= other.used


class Writer:
    """Writes pages of a snapshot into a folder."""

    def __init__(self, snapshot: Snapshot, folder: Path, langs: Sequence[Language], paths: Sequence[str]) -> None:
        self._snapshot, self._folder, self._langs = snapshot, folder, langs
        self._state, self._choose = state_of(snapshot), Choice(paths)
        self._screens = _screens()
        self.written = Written()

    def write_page(self, page: Page) -> None:
        """Write a page in each language."""
        screen = self._screens[page.screen]
        data = screen.gather(self._snapshot, Params(page.key, screen.asked))
        self.render(page.path, screen.name, screen.tab or screen.name, data=data)

    def render(self, path: str, name: str, tab: str, **values: object) -> None:
        """Write what a template makes of some values, in each language."""
        for lang in self._langs:
            links = FolderLinks(path, lang, self._choose, self.written.used.add)
            frame = Frame(links, lang, path, {}, tab, self._state)
            self.write(file_of(path, lang), render(f"screens/{name}.html", name, frame, screen=name, **values).encode())

    def write(self, name: str, content: bytes) -> None:
        """Write a file."""
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.written.files += 1
        self.written.size += len(content)


def write_pages(writer: Writer, pages: Sequence[Page], more: _Begun, jobs: int) -> Iterator[int]:
    """Write pages, with further processes made of ``more`` where there are many; yield after each step how many are done."""
    if jobs < 2 or len(pages) <= ALONE:
        for number, page in enumerate(pages, 1):
            writer.write_page(page)
            yield number
        return
    batches = [pages[start : start + BATCH] for start in range(0, len(pages), BATCH)]
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=more)
    try:
        done = 0
        waiting: list[Future[Written]] = [pool.submit(_write_batch, batch) for batch in batches]
        for batch, future in zip(batches, waiting, strict=True):
            writer.written.add(future.result())
            done += len(batch)
            yield done
    finally:
        pool.shutdown(cancel_futures=True)


def _screens() -> dict[str, Screen]:
    from viz.pages.screens import SCREENS

    return {screen.name: screen for screen in SCREENS}


# --- in another process

_writer: Writer | None = None


def _begin(generation: Generation, folder: Path, langs: Sequence[Language], paths: Sequence[str]) -> None:
    global _writer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the process that asked, and that one ends this
    _writer = Writer(Snapshot(generation), folder, langs, paths)


def _write_batch(pages: Sequence[Page]) -> Written:
    if _writer is None:
        raise OutputError("a helper process has not begun; run `zeren site` again with --jobs 1")
    _writer.written = Written()
    for page in pages:
        _writer.write_page(page)
    return _writer.written
