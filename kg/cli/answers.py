"""The verb that goes from a task to who answers for it; and how long work is stopped."""

from __future__ import annotations

import signal
import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from kg.cli import show
from kg.cli.graphs import open_graph

FINE = 0


@contextmanager
def stoppable() -> Iterator[None]:
    """Let Ctrl-C end the program at once: the engine works outside Python, which hears of a signal only afterwards.

    For what only reads: nothing is left half done.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def trace(options: Namespace) -> int:
    """Print who answers for something, on what grounds, and by which sentence."""
    from kg.trace import chains_to_dict, render_markdown, render_text
    from kg.trace import trace as follow

    with stoppable():
        chains = follow(open_graph(options), options.what)
    match options.format:
        case "json":
            show.data(show.json_text(chains_to_dict(chains)))
        case "md":
            show.data(render_markdown(chains))
        case _:
            for line in render_text(chains).splitlines():
                print(show.line(line))
            show.note(f"{len(chains)} 项任务")
    return FINE
