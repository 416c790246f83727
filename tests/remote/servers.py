"""Two real SPARQL servers, started on a free port of this machine and ended again: Oxigraph's own, and Virtuoso."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60.0  # seconds until a server must answer
VIRTUOSO_INI = """
[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
[TempDatabase]
DatabaseFile = {folder}/vt.db
TransactionFile = {folder}/vt.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 8000
MaxDirtyBuffers = 6000
ServerThreads = 10
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 6
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 20
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where to ask, and where to write."""

    name: str
    query: str
    update: str
    graph_store: str
    clear: Callable[[], None]
    auth: str = ""  # where it asks who asks: the user clerk


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def oxigraph_command() -> str | None:
    """Return the server's program, which the package puts beside Python."""
    return shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")


@contextlib.contextmanager
def oxigraph(folder: Path, union: bool = True, port: int | None = None) -> Iterator[Server]:
    """Run Oxigraph's server on a folder."""
    address = f"127.0.0.1:{port or free_port()}"
    options = ["--union-default-graph"] if union else []
    command = [str(oxigraph_command()), "serve", "--location", str(folder), "--bind", address, *options]
    with _running(command, folder.parent, f"http://{address}/"):
        store = f"http://{address}/store"

        def clear() -> None:
            _send(f"http://{address}/update", b"DROP ALL", "application/sparql-update")

        yield Server("oxigraph", f"http://{address}/query", f"http://{address}/update", store, clear)


@contextlib.contextmanager
def virtuoso(folder: Path, rows: int = 100_000) -> Iterator[Server]:
    """Run Virtuoso on a fresh database, which anybody on this machine may write to."""
    http, sql = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(folder=folder, http=http, sql=sql, rows=rows), "ascii")
    base = f"http://127.0.0.1:{http}"
    with _running(["virtuoso-t", "-f", "-c", "virtuoso.ini"], folder, f"{base}/sparql"):

        def run(statement: str) -> None:
            command = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={statement}"]
            subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)

        run(
            "GRANT SPARQL_UPDATE TO \"SPARQL\"; USER_CREATE('clerk', 's3cret-Wort'); GRANT SPARQL_UPDATE TO \"clerk\";"
            " DB.DBA.RDF_DEFAULT_USER_PERMS_SET('nobody', 7); DB.DBA.RDF_DEFAULT_USER_PERMS_SET('clerk', 7);"
        )
        store = f"{base}/sparql-graph-crud"

        def clear() -> None:
            run("RDF_GLOBAL_RESET ();")

        yield Server("virtuoso", f"{base}/sparql", f"{base}/sparql", store, clear, f"{base}/sparql-auth")


@contextlib.contextmanager
def _running(command: list[str], folder: Path, url: str) -> Iterator[None]:
    """Run a program until the end of the block; it must answer at the URL first."""
    with (folder / "server.log").open("wb") as log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as process:
        try:
            _wait_for(url, process)
            yield
        finally:
            process.kill()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, f"{process.args!r} ended with {process.returncode}"
        with contextlib.suppress(OSError):
            _send(url)
            return
        time.sleep(0.05)
    raise AssertionError(f"{process.args!r} does not answer")


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
