"""Ask `zeren serve` as its clients do, light queries and runaway ones, and write what came of it into RESULTS.md.

    python -m benchmarks.endpoint [--documents 1000] [--seconds 10] [--graphs FOLDER] [--print]

Clients and server share this machine's cores; the clients run in a process of their own.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from benchmarks.choices import Choices
from benchmarks.clients import Client, Load, press
from benchmarks.graphs import graph_of
from benchmarks.section import milliseconds, percentile, table, write_section
from kg import __version__, store
from kg.ask.places import put_terms
from kg.queryable import Queryable

CLIENTS, RUNAWAYS = 8, 8
TIMES = 5.0  # by which the light query's p95 may grow beside runaway ones
SHORT = 3  # seconds that a query may take, where its end is measured
SETTLED = 180.0  # seconds that a server may take to have the graph in memory
IDLE = 0.2  # share of a processor at which it counts as free
FOLDER = Path(__file__).parent / "light"
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a a ?b . ?c a ?d . ?e a ?f FILTER(?a != ?f) }"  # endless, in little memory


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A running endpoint."""

    url: str
    process: subprocess.Popen[str]


def main() -> int:
    """Measure and write the section; return 1 where the promise is not kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=10.0, help="that each load lasts")
    parser.add_argument("--graphs", type=Path, help="folder that keeps the corpora and their graphs")
    parser.add_argument("--print", action="store_true", help="do not write RESULTS.md")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = options.graphs or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        out = graph_of(options.documents, folder)
        lines = list(page(out, options.documents, options.seconds))
    print("\n".join(lines))
    if not options.print:
        write_section("endpoint", lines)
    return int(any("**no**" in line for line in lines))


def page(out: Path, documents: int, seconds: float) -> Iterator[str]:
    """Yield the section."""
    light = light_queries(store.open_current(out))
    yield "## The endpoint"
    yield ""
    day = time.strftime("%Y-%m-%d")
    yield f"Written by `python -m benchmarks.endpoint` on {day}: Zeren {__version__}, {os.cpu_count()} cores"
    yield f"for server and clients, {platform.system()} {platform.machine()}, Python {platform.python_version()};"
    yield f"{documents:,} made-up documents; keep-alive connections, {len(light)} light queries in turn, {seconds:g} s each."
    yield ""
    with serving(out) as endpoint:
        many = press(endpoint.url, light, CLIENTS, seconds)
        alone = press(endpoint.url, light, 1, seconds)
        with runaways(endpoint.url):
            beside = press(endpoint.url, light, 1, seconds)
    rows = [
        load_row(f"{CLIENTS} clients", many),
        load_row("one client", alone),
        load_row(f"one client beside {RUNAWAYS} runaway queries", beside),
    ]
    yield from table(["clients", "answers a second", "p50 ms", "p95 ms", "p99 ms", "refused", "broken"], rows)
    yield ""
    yield judge(alone, beside)
    yield ""
    with serving(out, "--timeout", str(SHORT)) as endpoint:
        yield from ends(endpoint)


def light_queries(graph: Queryable) -> list[str]:
    """Return the light queries, each about the thing in the middle of its kind: the file's name says which kind."""
    choices = Choices(graph)
    found = []
    for path in sorted(FOLDER.glob("*.rq")):
        kind = path.stem.partition("-")[0]
        ranked = choices.ranked(kind)
        found.append(put_terms(path.read_text("utf-8"), {kind: NamedNode(ranked[len(ranked) // 2])}))
    return found


@contextlib.contextmanager
def serving(out: Path, *options: str) -> Iterator[Endpoint]:
    """Run ``zeren serve`` on a free port until the end of the block."""
    command = [sys.executable, "-m", "kg.cli", "serve", "--out", str(out), "--port", "0", *options]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, encoding="utf-8") as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            url = next((f"{word}sparql" for word in line.split() if word.startswith("http")), "")
            if not url:
                sys.exit(f"zeren serve did not start: {line!r}")
            _wait_for(url)
            _until_free(process.pid, SETTLED)  # a large graph is answered from disk until it is in memory
            yield Endpoint(url, process)
        finally:
            process.terminate()


@contextlib.contextmanager
def runaways(url: str, count: int = RUNAWAYS) -> Iterator[None]:
    """Keep so many runaway queries going until the end of the block; whoever is refused asks again."""
    over = threading.Event()
    clients = [Client(url, patience=3600) for _ in range(count)]

    def run(client: Client) -> None:
        while not over.is_set():
            try:
                client.ask(RUNAWAY)
            except Exception:  # the server or the end of the block cut it off
                over.wait(0.2)
            over.wait(0.05)

    threads = [threading.Thread(target=run, args=(client,), daemon=True) for client in clients]
    for thread in threads:
        thread.start()
    time.sleep(1.0)  # until all of them run
    try:
        yield
    finally:
        over.set()
        for client in clients:
            client.close()


def ends(endpoint: Endpoint) -> Iterator[str]:
    """Yield how long after its limit a runaway query's client has its answer, and how long until the processor is free."""
    client = Client(endpoint.url)
    status, taken, _ = client.ask(RUNAWAY)
    ended = time.perf_counter()
    yield f"A runaway query with a limit of {SHORT} s is answered with {status} after {taken:.2f} s."
    free = _until_free(endpoint.process.pid)
    if free is None:
        yield "How busy the server's processes are is read from /proc, which this system has not."
    else:
        after = max(0.0, free - ended)
        yield f"Its processor is free {1000 * (taken - SHORT + after):.0f} ms after the limit (looked at every 50 ms)."


def load_row(name: str, load: Load) -> list[str]:
    """Return a line of the table of loads."""
    figures = [milliseconds(percentile(load.answers, share)) if load.answers else "" for share in (0.5, 0.95, 0.99)]
    rate = len(load.answers) / load.seconds if load.seconds else 0.0
    return [name, f"{rate:,.0f}", *figures, str(load.refused), str(load.broken)]


def judge(alone: Load, beside: Load) -> str:
    """Return whether light queries stay fast beside runaway ones."""
    if not alone.answers or not beside.answers:
        return "Beside the runaway queries no light one was answered: **no**."
    times = percentile(beside.answers, 0.95) / percentile(alone.answers, 0.95)
    kept = "yes" if times <= TIMES else "**no**"
    return f"The light queries' p95 beside {RUNAWAYS} runaway ones is {times:.1f} times the idle one (at most {TIMES:g}): {kept}."


def _wait_for(url: str) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if Client(url).ask("ASK { }")[0] == 200:
                return
        time.sleep(0.1)
    sys.exit(f"{url}: does not answer")


def _until_free(pid: int, patience: float = 30.0) -> float | None:
    """Return when the processes of a tree took next to no processor any more; ``None`` where the system does not say."""
    end = time.perf_counter() + patience
    before = _processor_seconds(pid)
    if before is None:
        return None
    started = time.perf_counter()
    while started < end:
        time.sleep(0.05)
        now, after = time.perf_counter(), _processor_seconds(pid)
        if after is None or after - before < IDLE * (now - started):
            return started
        before, started = after, now
    return end


def _processor_seconds(pid: int) -> float | None:
    """Return the processor time that a process and all below it have taken so far."""
    try:
        ticks = os.sysconf("SC_CLK_TCK")
        stats = {int(path.name): _stat(path) for path in Path("/proc").iterdir() if path.name.isdigit()}
    except (AttributeError, OSError, ValueError):
        return None
    tree = {pid}
    for _ in stats:
        more = {child for child, (parent, _) in stats.items() if parent in tree} - tree
        if not more:
            break
        tree |= more
    return sum(stats[child][1] for child in tree if child in stats) / ticks


def _stat(process: Path) -> tuple[int, int]:
    """Return a process' parent and the ticks that it has taken."""
    try:
        fields: Sequence[str] = (process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return 0, 0
    return int(fields[1]), int(fields[11]) + int(fields[12])


if __name__ == "__main__":
    sys.exit(main())
