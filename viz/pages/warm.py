"""What first visitors would wait for, made beside the server: once it has started, and when another graph was built."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from starlette.applications import Starlette

from kg.errors import ZerenError
from kg.explorer import Params, Shelf, Snapshot
from kg.explorer.gaps import hold_gaps
from kg.explorer.listings import LISTINGS
from kg.explorer.listings.made import prepare
from kg.explorer.measured import partners_of
from kg.explorer.search import prepare_finder
from viz.pages.render import load_templates
from viz.pages.screens import SCREENS

Steps = Callable[[Snapshot], Iterator[Callable[[], object]]]
log = logging.getLogger(__name__)
_PAUSE = 3.0  # seconds until the next look whether another graph was built


def first_needs(snapshot: Snapshot) -> Iterator[Callable[[], object]]:
    """Yield what is to be made, in small steps: what the first page needs, then the names to search, then all other screens.

    Whoever asks for something meanwhile waits for it, and does not make it a second time.
    """
    wholes = {screen.name: screen for screen in SCREENS if not screen.has_key}
    yield partial(wholes.pop("overview").gather, snapshot, Params())
    yield load_templates
    yield from prepare_finder(snapshot)
    yield from (partial(screen.gather, snapshot, Params()) for screen in wholes.values())
    yield partial(hold_gaps, snapshot)
    yield from (partial(prepare, snapshot, listing) for listing in LISTINGS.values())
    yield partial(partners_of, snapshot, "")


@contextmanager
def keep_warm(app: Starlette, steps: Steps = first_needs, pause: float = _PAUSE) -> Iterator[None]:
    """Make what the pages of the current graph need, in a thread beside the block; its end waits for the step at hand only."""
    shelf = app.state.shelf = Shelf(app.state.settings.out)
    ending = threading.Event()
    thread = threading.Thread(target=_keep, args=(shelf, ending, steps, pause), name="keep-warm")
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join()  # a program that ends while the tables are asked dies of it
        gc.unfreeze()  # what was set apart is cleared away with the rest


def _keep(shelf: Shelf, ending: threading.Event, steps: Steps, pause: float) -> None:
    warmed = ""
    while not ending.is_set():
        try:
            snapshot = shelf.current()
            if snapshot.generation.manifest.generation != warmed:
                warmed = snapshot.generation.manifest.generation
                _make(snapshot, steps, ending)
            del snapshot  # that of a graph which is no longer the current one is let go
        except ZerenError as error:  # the pages say so, too
            log.debug("nothing to make ready: %s", error)
        ending.wait(pause)


def _make(snapshot: Snapshot, steps: Steps, ending: threading.Event) -> None:
    for step in steps(snapshot):
        if ending.is_set():
            return
        try:
            step()
        except Exception:  # it is made again for whoever asks, and told there
            log.debug("could not be made ready", exc_info=True)
    _spare_the_collector()


def _spare_the_collector() -> None:
    """Let the collector of garbage leave alone what stays: else it looks through all of it every now and then (0.2 s)."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
