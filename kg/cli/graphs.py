"""The graph that the options name: the one built here, or a server's."""

from __future__ import annotations

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.queryable import Queryable

LONGEST = 86_400  # seconds


def add_endpoint(parser: argparse.ArgumentParser) -> None:
    """Give a verb that only asks the choice of a server."""
    parser.add_argument("--endpoint", metavar="URL", help="ask this SPARQL server, not the graph in --out")
    add_credentials(parser)


def add_credentials(parser: argparse.ArgumentParser) -> None:
    """Give a verb that talks to a server what it may need for that."""
    parser.add_argument(
        "--credentials",
        type=Path,
        metavar="FILE",
        help='TOML with user = "…" and password = "…", or token = "…", readable by you alone; without it, ZEREN_USER and'
        " ZEREN_PASSWORD, or ZEREN_TOKEN, where they are set",
    )
    parser.add_argument("--timeout", type=_seconds, default=60.0, metavar="SECONDS", help="for one answer (default: 60)")


def open_graph(options: Namespace) -> Queryable:
    """Return the graph to ask."""
    if options.endpoint is None:
        from kg import store

        return store.open_current(options.out)
    from kg.remote import RemoteStore, read_credentials

    return RemoteStore(options.endpoint, read_credentials(options.credentials), timeout=options.timeout)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds <= LONGEST:
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is not a number of seconds from 0 to {LONGEST}")
    return seconds
