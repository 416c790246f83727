"""The graph that the options name: the one built here, or a server's."""

from __future__ import annotations

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.queryable import Queryable

LONGEST = 86_400  # seconds


def add_endpoint(parser: argparse.ArgumentParser) -> None:
    """Give a verb that only asks the choice of a server."""
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--endpoint", metavar="URL", help="ask this SPARQL server, not the graph in --out")
    files = "ask this RDF file (.nq .trig .ttl .nt), as `zeren pull` writes it, not the graph in --out"
    where.add_argument("--file", type=Path, metavar="FILE", help=files)
    add_credentials(parser)


def add_credentials(parser: argparse.ArgumentParser, timeout: float = 60.0) -> None:
    """Give a verb that talks to a server what it may need for that."""
    parser.add_argument(
        "--credentials",
        type=Path,
        metavar="FILE",
        help='TOML with user = "…" and password = "…", or token = "…", readable by you alone; without it, ZEREN_USER and'
        " ZEREN_PASSWORD, or ZEREN_TOKEN, where they are set",
    )
    parser.add_argument(
        "--timeout", type=_seconds, default=timeout, metavar="SECONDS", help=f"for one answer (default: {timeout:g})"
    )


def open_graph(options: Namespace) -> Queryable:
    """Return the graph to ask."""
    if options.file is not None:
        return load_file(options.file)
    if options.endpoint is None:
        from kg import store

        return store.open_current(options.out)
    from kg.remote import RemoteStore, read_credentials

    return RemoteStore(options.endpoint, read_credentials(options.credentials), timeout=options.timeout)


def load_file(path: Path) -> Store:
    """Return the graphs of a file, in memory."""
    from pyoxigraph import RdfFormat, Store

    form = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if form is None:
        raise StoreError(f"{path}: the ending says no RDF format; use .nq, .trig, .ttl or .nt")
    graph = Store()
    try:
        graph.bulk_load(path=str(path), format=form)
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"{path}: is no whole {form.name} ({' '.join(str(error).split())}); fetch or export it again") from error
    return graph


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds <= LONGEST:
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is not a number of seconds from 0 to {LONGEST}")
    return seconds
