"""Two SPARQL servers on free ports of this machine, for measurements and tests: Oxigraph's own, and Virtuoso."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

PATIENCE = 120.0  # seconds until a server must answer
LOADING = 1800.0  # seconds that filling it may take
_INI = """
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
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
ServerThreads = 10
CheckpointInterval = 0
DirsAllowed = {data}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 6
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = {limit}
"""


class ServerMissingError(Exception):
    """A server's program is not installed; the message says how to get it."""


def oxigraph_program() -> str:
    """Return the program of Oxigraph's server, which its package puts beside Python."""
    found = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if found is None:
        raise ServerMissingError("Oxigraph's server is not here: pip install oxigraph")
    return found


@contextlib.contextmanager
def run_oxigraph(data: Path, folder: Path, limit: float) -> Iterator[str]:
    """Fill and run Oxigraph's server in a folder; yield where it takes queries."""
    program, place = oxigraph_program(), str(folder / "db")
    for command in (["load", "--location", place, "--file", str(data)], ["optimize", "--location", place]):
        subprocess.run([program, *command], check=True, capture_output=True, timeout=LOADING)
    address = f"127.0.0.1:{free_port()}"
    options = ["--bind", address, "--union-default-graph", "--timeout-s", str(int(limit) + 1)]
    with running([program, "serve-read-only", "--location", place, *options], folder, f"http://{address}/"):
        yield f"http://{address}/query"


@contextlib.contextmanager
def run_virtuoso(data: Path, folder: Path, limit: float) -> Iterator[str]:
    """Fill and run Virtuoso in a folder; yield where it takes queries."""
    if shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None:
        raise ServerMissingError("Virtuoso is not here: apt-get install --no-install-recommends virtuoso-opensource-7")
    with start_virtuoso(folder, readable=data.parent, limit=int(limit) + 1) as (base, run):
        run(f"ld_dir('{data.parent}', '{data.name}', 'urn:none');")
        run("log_enable(2, 1); rdf_loader_run(); checkpoint;")
        yield f"{base}/sparql"


@contextlib.contextmanager
def start_virtuoso(
    folder: Path, *, readable: Path, limit: int, rows: int = 10_000_000, buffers: int = 170_000
) -> Iterator[tuple[str, Callable[[str], None]]]:
    """Run Virtuoso on a fresh database in a folder; yield its address, and how it is told what to do in its own language.

    It may read files below ``readable``. A query may take ``limit`` seconds and give so many ``rows``; ``buffers`` are of 8 kB.
    """
    http, sql = free_port(), free_port()
    ini = _INI.format(
        folder=folder, http=http, sql=sql, data=readable, limit=limit, rows=rows, buffers=buffers, dirty=buffers * 3 // 4
    )
    (folder / "virtuoso.ini").write_text(ini, "utf-8")

    def run(statement: str) -> None:
        command = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={statement}"]
        subprocess.run(command, check=True, capture_output=True, timeout=LOADING)

    base = f"http://127.0.0.1:{http}"
    with running(["virtuoso-t", "-f", "-c", "virtuoso.ini"], folder, f"{base}/sparql"):
        yield base, run


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextlib.contextmanager
def running(command: list[str], folder: Path, url: str) -> Iterator[None]:
    """Run a program until the end of the block; it must answer at the URL first."""
    with (folder / "server.log").open("wb") as log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as process:
        try:
            _wait_for(url, process)
            yield
        finally:
            process.kill()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}; see server.log in its folder")
        try:
            with direct.open(url, timeout=5):
                return
        except urllib.error.HTTPError:
            return  # it answers
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} does not answer within {PATIENCE:.0f} s")
