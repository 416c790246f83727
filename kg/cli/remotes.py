"""``zeren push`` and ``zeren pull``: the graph to a server, and from one."""

from __future__ import annotations

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli import show
from kg.cli.graphs import add_credentials

if TYPE_CHECKING:
    from kg.remote import Place

FINE = 0
PATIENCE = 600.0  # seconds: a large graph takes its time to be written


def add_push(parser: argparse.ArgumentParser) -> None:
    """Give the verb its options."""
    _add_place(parser)
    parser.add_argument("--update", metavar="URL", help="where it takes SPARQL updates, for a server without a graph store")
    parser.add_argument("--all", action="store_true", help="send also what did not change since the last push")
    parser.add_argument("--keep", action="store_true", help="leave there what was pushed once and is no longer here")


def add_pull(parser: argparse.ArgumentParser) -> None:
    """Give the verb its options."""
    _add_place(parser)
    parser.add_argument("--to", type=Path, default=Path("pulled.nq"), metavar="FILE", help="N-Quads (default: pulled.nq)")


def _add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="where the server takes queries: …/query, …/sparql")
    stores = "where it takes graphs (Graph Store Protocol); found by itself for Oxigraph and Virtuoso"
    parser.add_argument("--graph-store", metavar="URL", help=stores)
    add_credentials(parser, PATIENCE)


def push(options: Namespace) -> int:
    """Send the graphs that changed."""
    from kg import remote, store

    generation = store.current(options.out)
    graph, place = store.open_store(generation), _place(options, options.update)
    with show.progress() as progress:
        done = remote.push(
            graph, place, base=generation.manifest.base, everything=options.all, keep=options.keep, progress=progress
        )
    print(f"推送 {len(done.sent)} 个图，移除 {len(done.removed)} 个，{len(done.unchanged)} 个没有变化")
    return FINE


def pull(options: Namespace) -> int:
    """Fetch the graphs that were pushed."""
    from kg import remote

    with show.progress() as progress:
        done = remote.pull(_place(options, None), options.to, progress=progress)
    print(f"已写入 {options.to}：{len(done.graphs)} 个图，{done.quads} 条；提问：zeren query NAME --file {options.to}")
    if done.partial:
        show.warn(
            f"{len(done.partial)} graphs are not whole there, a push broke off: {_first(done.partial)}; push again, then pull"
        )
    if done.differing:
        show.warn(
            f"{len(done.differing)} graphs are not as they were pushed, changed there or rewritten: {_first(done.differing)}"
        )
    return FINE


def _first(names: tuple[str, ...]) -> str:
    return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")


def _place(options: Namespace, update: str | None) -> Place:
    from kg import remote

    addresses = remote.Addresses(options.url, options.graph_store, update)
    return remote.Place(addresses, remote.read_credentials(options.credentials), timeout=options.timeout)
