"""Two real SPARQL servers, started on a free port of this machine and ended again: Oxigraph's own, and Virtuoso."""

from __future__ import annotations

import contextlib
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.servers import ServerMissingError, free_port, oxigraph_program, running, start_virtuoso

PATIENCE = 60.0  # seconds until a server must answer


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where to ask, and where to write."""

    name: str
    query: str
    update: str
    graph_store: str
    clear: Callable[[], None]
    auth: str = ""  # where it asks who asks: the user clerk


def oxigraph_command() -> str | None:
    """Return the server's program, or ``None`` where it is not installed."""
    with contextlib.suppress(ServerMissingError):
        return oxigraph_program()
    return None


@contextlib.contextmanager
def oxigraph(folder: Path, union: bool = True, port: int | None = None) -> Iterator[Server]:
    """Run Oxigraph's server on a folder."""
    address = f"127.0.0.1:{port or free_port()}"
    options = ["--union-default-graph"] if union else []
    command = [str(oxigraph_command()), "serve", "--location", str(folder), "--bind", address, *options]
    with running(command, folder.parent, f"http://{address}/"):
        store = f"http://{address}/store"

        def clear() -> None:
            _send(f"http://{address}/update", b"DROP ALL", "application/sparql-update")

        yield Server("oxigraph", f"http://{address}/query", f"http://{address}/update", store, clear)


@contextlib.contextmanager
def virtuoso(folder: Path, rows: int = 100_000) -> Iterator[Server]:
    """Run Virtuoso on a fresh database, which anybody on this machine may write to."""
    with start_virtuoso(folder, readable=folder, limit=20, rows=rows, buffers=8_000) as (base, run):
        run(
            "GRANT SPARQL_UPDATE TO \"SPARQL\"; USER_CREATE('clerk', 's3cret-Wort'); GRANT SPARQL_UPDATE TO \"clerk\";"
            " DB.DBA.RDF_DEFAULT_USER_PERMS_SET('nobody', 7); DB.DBA.RDF_DEFAULT_USER_PERMS_SET('clerk', 7);"
        )
        store = f"{base}/sparql-graph-crud"

        def clear() -> None:
            run("RDF_GLOBAL_RESET ();")

        yield Server("virtuoso", f"{base}/sparql", f"{base}/sparql", store, clear, f"{base}/sparql-auth")


def _send(url: str, body: bytes | None = None, kind: str = "") -> None:
    request = urllib.request.Request(url, body, {"Content-Type": kind} if kind else {})
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=5) as answer:
            answer.read()
    except urllib.error.HTTPError as error:  # an answer all the same
        error.close()


def put(server: Server, graph: str, triples: bytes) -> None:
    """Make a graph on a server what these N-Triples say."""
    url = f"{server.graph_store}?{urllib.parse.urlencode({'graph': graph})}"
    request = urllib.request.Request(url, triples, {"Content-Type": "application/n-triples"}, method="PUT")
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=PATIENCE) as answer:
        answer.read()
