"""Ask every screen of the explorer as a browser does, and look at each in one; write what came of it into RESULTS.md.

    python -m benchmarks.pages [--sizes 5,1000] [--graphs FOLDER] [--rounds 7] [--each 5] [--no-browser] [--print]

5 are the five documents; other sizes are made up. Server and client share this machine's cores.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import quote, urlsplit

from benchmarks.endpoint import serving
from benchmarks.graphs import graph_of
from benchmarks.section import milliseconds, percentile, table, write_section
from kg import __version__, data, pipeline, store
from kg.explorer import Snapshot
from tests.viz.explored import Visit, sample_pages

SEEDS = 5
BUDGETS = {SEEDS: 0.05, 1000: 0.3}  # seconds that the server may take for a page, the median
WORDS = ["市发改委", "shjt", "污水处理", "石家庄市 生态"]  # an alias, initials, a piece of a title, two words
SEARCH_BUDGET = 0.05
WARMING = 12.0  # seconds in which the server makes ready what first visitors would wait for, a step at a time


@dataclass(frozen=True, slots=True)
class Screen:
    """What a screen cost: the first answer of each of its pages, and the later ones."""

    name: str
    first: float  # seconds; the slowest of them
    times: Sequence[float]
    bytes: int  # of the largest page
    faults: Sequence[str]  # seen in the browser


def main() -> int:
    """Measure and write the section; return 1 where a budget is not kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="5,1000")
    parser.add_argument("--graphs", type=Path, help="folder that keeps the corpora and their graphs")
    parser.add_argument("--rounds", type=int, default=7, help="times that each page is asked for")
    parser.add_argument("--each", type=int, default=5, help="pages of a screen that shows single things")
    parser.add_argument("--only", default="", help="screens, with commas between them")
    parser.add_argument("--no-browser", action="store_true", help="ask only, do not look")
    parser.add_argument("--print", action="store_true", help="do not write RESULTS.md")
    options = parser.parse_args()
    lines = [*_head()]
    with contextlib.ExitStack() as stack:
        folder = options.graphs or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for size in map(int, options.sizes.split(",")):
            out = _seeds(folder) if size == SEEDS else graph_of(size, folder)
            lines += _measure(out, size, options)
    print("\n".join(lines))
    if not options.print:
        write_section("pages", lines)
    return int(any("**no**" in line for line in lines))


def _seeds(folder: Path) -> Path:
    pipeline.build([data.SEEDS / "documents"], folder / "graph-seeds")
    return folder / "graph-seeds"


def _head() -> Iterator[str]:
    yield "## The explorer"
    yield ""
    yield f"Written by `python -m benchmarks.pages` on {time.strftime('%Y-%m-%d')}: Zeren {__version__}, {os.cpu_count()} cores"
    yield f"for server and client, {platform.system()} {platform.machine()}, Python {platform.python_version()}. Times from the"
    yield "request to the last byte of the page, in ms; the first request of a page may have to work out a measure."


def _measure(out: Path, size: int, options: argparse.Namespace) -> Iterator[str]:
    snapshot = Snapshot(store.current(out))
    wanted = set(filter(None, options.only.split(",")))
    pages: dict[str, list[str]] = {}
    for screen, path in sample_pages(snapshot, options.each):
        pages.setdefault(screen.name, []).append(path)
    pages = {name: paths for name, paths in pages.items() if not wanted or name in wanted}
    snapshot.close()
    with serving(out) as endpoint:
        site = endpoint.url.removesuffix("/sparql")
        time.sleep(WARMING)
        faults = {} if options.no_browser else _look(site, pages)
        screens = [_ask(site, name, paths, options.rounds, faults.get(name, ())) for name, paths in pages.items()]
        found = _ask(site, "search", [f"/api/search?q={quote(words)}" for words in WORDS], options.rounds, ())
    budget = BUDGETS.get(size)
    yield ""
    yield f"### {'The five documents' if size == SEEDS else f'{size:,} made-up documents'}"
    yield ""
    yield from table(["screen", "first", "median", "p95", "kB"], [_row(one) for one in [*screens, found]])
    yield ""
    if budget is not None:
        slow = [one.name for one in screens if median(one.times) > budget]
        yield f"Median of each screen at most {milliseconds(budget)} ms: {_judge(slow)}"
    slow = ["search"] if median(found.times) > SEARCH_BUDGET else []
    yield f"A search at most {milliseconds(SEARCH_BUDGET)} ms: {_judge(slow)}"
    if not options.no_browser:
        yield f"Nothing amiss in the browser (requests elsewhere, complaints, width, axe): {_judge(sorted(faults))}"
        yield from (f"- {name}: {fault}" for name in sorted(faults) for fault in faults[name])


def _judge(faults: Sequence[str]) -> str:
    return f"**no** ({', '.join(faults)})" if faults else "yes"


def _ask(url: str, name: str, paths: Sequence[str], rounds: int, faults: Sequence[str]) -> Screen:
    first, times, size = 0.0, list[float](), 0
    for path in paths:
        for turn in range(rounds + 1):
            started = time.perf_counter()
            status, length = _get(url, path)
            spent = time.perf_counter() - started
            if status != 200:
                sys.exit(f"{path}: {status}")
            size = max(size, length)
            if turn:
                times.append(spent)
            else:
                first = max(first, spent)
    return Screen(name, first, times, size, faults)


def _get(url: str, path: str) -> tuple[int, int]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, len(answer.read())
    finally:
        connection.close()


def _row(one: Screen) -> list[str]:
    times = [one.first, median(one.times), percentile(one.times, 0.95)]
    return [f"`{one.name}`", *map(milliseconds, times), f"{one.bytes / 1000:,.0f}"]


def _look(url: str, pages: dict[str, list[str]]) -> dict[str, list[str]]:
    """Open each page in Chromium; return what is amiss, by screen."""
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("no Chromium is installed; install one, or say --no-browser")
    amiss: dict[str, list[str]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, paths in pages.items():
            for path in paths:
                context = browser.new_context(viewport={"width": 1024, "height": 800})
                visit = Visit(context.new_page(), url)
                visit.open(path)
                faults = [*visit.strayed, *visit.complaints, *(f"{rule}: {html}" for rule, html in visit.violations())]
                faults += [f"{visit.sideways()} pixels too wide"] * (visit.sideways() > 0)
                if faults:
                    amiss.setdefault(name, []).extend(f"{path} {fault}" for fault in faults)
                context.close()
        browser.close()
    return amiss


if __name__ == "__main__":
    sys.exit(main())
