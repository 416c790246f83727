"""The verb that serves the explorer and answers SPARQL over HTTP."""

from __future__ import annotations

import argparse
import os
import sys
import threading
import webbrowser
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from kg.endpoint.settings import MEGABYTE, PORT, Limits, Settings
from kg.errors import EndpointError
from kg.machine import count_processors

FINE = 0
TOKEN = "ZEREN_TOKEN"
_LIMITS = Limits()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `zeren serve` takes."""
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1, this computer only)")
    port = f"default: {PORT}, or any free one where that is taken; 0: any free one; it is printed"
    add("--port", type=_number(0, 65_535), metavar="N", help=port)
    add("--no-open", action="store_true", help="do not open a browser (it is opened only from a terminal)")
    add("--timeout", type=_seconds, default=_LIMITS.seconds, metavar="S", help="seconds a query may take (default: 30)")
    workers = "queries that run at once at full priority (default: 4 a processor, at least 8)"
    add("--workers", type=_number(1, 1_000), default=4 * max(2, count_processors()), metavar="N", help=workers)
    rows = f"rows a result may have (default: {_LIMITS.rows})"
    add("--max-rows", type=_number(1, 10**9), default=_LIMITS.rows, metavar="N", help=rows)
    size = f"megabytes a result may have (default: {_LIMITS.bytes // MEGABYTE})"
    add("--max-mb", type=_number(1, 10**6), default=_LIMITS.bytes // MEGABYTE, metavar="N", help=size)
    memory = f"megabytes of memory a query may take beside the graph (default: {_LIMITS.memory // MEGABYTE})"
    add("--memory-mb", type=_number(16, 10**6), default=_LIMITS.memory // MEGABYTE, metavar="N", help=memory)
    graph = "megabytes of memory the graph may take; a larger one is read from disk, several times slower (default: 2000)"
    add("--graph-mb", type=_number(0, 10**6), default=2_000, metavar="N", help=graph)
    service = "an endpoint that SERVICE may call, by its exact address; may be repeated (default: none)"
    add("--allow-service", action="append", default=[], metavar="URL", help=service)
    cors = "a web origin whose pages may ask, such as https://example.org; may be repeated (default: none)"
    add("--cors", action="append", default=[], metavar="ORIGIN", help=cors)
    token = f"file whose first line clients have to send as 'Authorization: Bearer …'; or in {TOKEN}; needed beyond this computer"
    add("--token-file", type=Path, metavar="FILE", help=token)
    write = "let pages write decisions even where other computers reach them (default: on this computer only)"
    add("--write", action="store_true", help=write)


def serve(options: Namespace) -> int:
    """Serve the built graph until Ctrl-C."""
    from kg.endpoint import serve as run
    from viz.pages import keep_warm, make_routes, sparql_page

    limits = Limits(
        seconds=options.timeout,
        rows=options.max_rows,
        bytes=options.max_mb * MEGABYTE,
        memory=options.memory_mb * MEGABYTE,
        services=tuple(options.allow_service),
    )
    settings = Settings(
        out=options.out,
        host=options.host,
        port=PORT if options.port is None else options.port,
        any_port=options.port is None,
        limits=limits,
        workers=options.workers,
        in_memory=options.graph_mb * MEGABYTE,
        cors=tuple(options.cors),
        token=_read_token(options.token_file),
        write=options.write,
    )
    announce = _announcer(sys.stdout.isatty() and not options.no_open)
    run(settings, announce, routes=make_routes(), page=sparql_page, beside=[keep_warm])
    return FINE


def _announcer(open_browser: bool) -> Callable[[str], None]:
    """Return what says the address as soon as the server answers there, and opens it."""

    def announce(address: str) -> None:
        print(f"责任图谱已就绪 ready: {address}/ （按 Ctrl-C 停止 Ctrl-C to stop）", flush=True)
        print(f"SPARQL: {address}/sparql", flush=True)
        if open_browser:  # beside the server, which would wait for it
            threading.Thread(target=webbrowser.open, args=(f"{address}/",), daemon=True).start()

    return announce


def _read_token(path: Path | None) -> str:
    """Return the token, from the file or the environment; it is never an argument, which others on the computer could read."""
    if path is None:
        token, where = os.environ.get(TOKEN, ""), TOKEN
        if not token:
            return ""
    else:
        where = str(path)
        try:
            token = path.read_text("utf-8").partition("\n")[0]
        except (OSError, ValueError) as error:
            raise EndpointError(f"{where}: cannot be read; give a text file whose first line is the token") from error
    token = token.strip()
    if len(token) < 16 or not token.isascii() or not token.isprintable() or " " in token:
        raise EndpointError(f"{where}: holds no token; it takes at least 16 letters and digits, without blanks")
    return token


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal()) or len(text) > 12 or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text[:20]!r} is not a number from {least} to {most}")
        return int(text)

    return read


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.01 <= seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is not a number of seconds from 0.01 to 86400")
    return seconds
