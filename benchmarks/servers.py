"""Two SPARQL servers for comparison, filled with a built graph and started on free ports of this machine: Oxigraph, Virtuoso."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
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
NumberOfBuffers = 170000
MaxDirtyBuffers = 125000
ServerThreads = 10
CheckpointInterval = 0
DirsAllowed = {data}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 6
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryCostEstimationTime = 100000
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
    with _running([program, "serve-read-only", "--location", place, *options], folder, f"http://{address}/"):
        yield f"http://{address}/query"


@contextlib.contextmanager
def run_virtuoso(data: Path, folder: Path, limit: float) -> Iterator[str]:
    """Fill and run Virtuoso in a folder; yield where it takes queries."""
    if shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None:
        raise ServerMissingError("Virtuoso is not here: apt-get install --no-install-recommends virtuoso-opensource-7")
    http, sql = free_port(), free_port()
    ini = _INI.format(folder=folder, http=http, sql=sql, data=data.parent, limit=int(limit) + 1)
    (folder / "virtuoso.ini").write_text(ini, "utf-8")
    url = f"http://127.0.0.1:{http}/sparql"
    with _running(["virtuoso-t", "-f", "-c", "virtuoso.ini"], folder, url):
        for statement in (
            f"ld_dir('{data.parent}', '{data.name}', 'urn:none');",
            "log_enable(2, 1); rdf_loader_run(); checkpoint;",
        ):
            command = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={statement}"]
            subprocess.run(command, check=True, capture_output=True, timeout=LOADING)
        yield url


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


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
