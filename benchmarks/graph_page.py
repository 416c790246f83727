"""The graph page in a browser, beside plain pyvis on the same made-up graphs; write what came of it into RESULTS.md.

    python -m benchmarks.graph_page [--sizes 700,3000] [--rounds 3] [--limit 100] [--without-pyvis] [--print]

Drawn is the first frame with the graph on the screen and no bar of progress over it. Processor time is that of the page's own
processes (renderer and graphics) from its address to that frame. Frames are counted while the wheel zooms 24 steps.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.section import percentile, table, write_section
from kg import __version__
from viz.collect import build_view
from viz.graph import MOST, write_graph
from viz.views import View

SEED = 20260101
SIZES = {700: 1_000_000}  # bytes that a page of so many nodes may have
DRAWN = {700: 0.6, 3000: 3.0}  # seconds
ZOOM = {3000: 100.0}  # ms, the 95th of a hundred frames
BASE = "https://w3id.org/zeren/id/"
WIDE, HIGH = 1600, 900

_WATCH = """
(() => {  // drawing is seen by its calls: to read pixels would slow down what is measured
  const counts = new WeakMap();
  for (const name of ['fill', 'stroke', 'fillText']) {
    const draw = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...rest) {
      counts.set(this.canvas, (counts.get(this.canvas) || 0) + 1);
      return draw.apply(this, rest);
    };
  }
  const look = () => {
    const bar = document.getElementById('loadingBar');
    const canvas = [...document.querySelectorAll('canvas')].find(one => one.width > 400);
    const done = canvas && (counts.get(canvas) || 0) > 50 && (!bar || getComputedStyle(bar).display === 'none');
    requestAnimationFrame(done ? () => { window.__drawn = performance.now(); } : look);
  };
  requestAnimationFrame(look);
})();
"""
_FRAMES = """() => {
  window.__frames = [];
  let last = 0;
  const tick = now => {
    if (!window.__frames) return;
    if (last) window.__frames.push(now - last);
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}"""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be opened: what it is, where it lies, what its address ends with."""

    name: str
    path: Path
    state: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """What one opening cost; ``None``: it was not drawn in time."""

    drawn: float | None
    processor: float
    frames: Sequence[float]  # ms between frames while the wheel turned


def make_ledger(size: int, seed: int = SEED) -> dict[str, Any]:
    """Return a ledger of about so many nodes: a few departments bear most, each task says a sentence and sets a target."""
    chance = random.Random(f"{seed} {size}")
    documents, tasks, offices, policies = (max(1, round(size * share)) for share in (5 / 700, 250 / 700, 60 / 700, 60 / 700))
    weights = [1 / (rank + 1) for rank in range(offices)]
    made = [_document(number, round(tasks / documents), (offices, policies), weights, chance) for number in range(documents)]
    return {"documents": made}


def _document(number: int, tasks: int, there: tuple[int, int], weights: Sequence[float], chance: random.Random) -> dict[str, Any]:
    key = f"130100/plan-{number}"
    return {
        "id": f"{BASE}policy/{key}",
        "file": f"plan-{number}.txt",
        "title": f"石家庄市第{number + 1}号高质量发展工作要点",
        "region": f"第{number % 12 + 1}市",
        "region_code": f"1301{number % 12:02}",
        "period": [2025, 2025],
        "tasks": [_task(key, place, there, weights, chance) for place in range(1, tasks + 1)],
    }


def _task(key: str, number: int, there: tuple[int, int], weights: Sequence[float], chance: random.Random) -> dict[str, Any]:
    offices, policies = there
    named = dict.fromkeys(chance.choices(range(offices), weights, k=chance.randint(2, 6)))
    value, wide = chance.randint(50, 99), chance.choice(["全市", "重点行业", "各县（市、区）", "城镇"])
    aim, cited = f"{wide}达标率", chance.randrange(policies)
    bodies = "，".join(f"市第{one}局" for one in named)
    text = (
        f"{number}.推进第{number}项重点工作。年底前{aim}达到{value}%以上，落实《第{cited}号实施方案》要求。（责任单位：{bodies}）"
    )
    roles = ["lead", *(chance.choice(["responsible", "support"]) for _ in named)]
    units = [{**_unit(one), "role": role} for one, role in zip(named, roles, strict=False)]
    target = {
        "id": f"{BASE}indicator/{key}/{number}/1",
        "kind": "quantitative",
        "name": aim,
        "metric": aim,
        "op": ">=",
        "value": value,
        "unit": "%",
        "year": 2025,
        "quote": f"{aim}达到{value}%以上",
        "start": 20,
        "end": 40,
    }
    policy: dict[str, Any] = {"policy_id": f"{BASE}policy/p-{cited}", "title": f"第{cited}号实施方案", "relation": "basis"}
    policy |= {"quote": f"落实《第{cited}号实施方案》", "start": 41, "end": 55}
    return {
        "id": f"{BASE}task/{key}/{number}",
        "number": str(number),
        "path": [f"{'一二三'[number % 3]}、重点任务", f"（{number // 4}）第{number // 4}方面"],
        "title": f"推进第{number}项重点工作",
        "text": text,
        "start": 100 * number,
        "end": 100 * number + len(text),
        "assignments": units,
        "indicators": [target],
        "citations": [policy],
    }


def _unit(number: int) -> dict[str, Any]:
    key, written = f"130100/office-{number}", f"市第{number}局"
    names = {"unit": written, "unit_id": f"{BASE}org/{key}", "unit_key": key, "label": f"石家庄{written}", "kind": "organization"}
    return {**names, "quote": written, "start": 100, "end": 104}


def write_plain(view: View, path: Path) -> None:
    """Write the same graph as pyvis does by itself, with everything in the file."""
    from pyvis.network import Network

    net = Network(height="900px", width="100%", directed=True, cdn_resources="in_line")
    for node in view.nodes:
        net.add_node(node.id, label=node.label, title=node.quotes[0].text if node.quotes else node.label)
    for edge in view.edges:
        net.add_edge(edge.source, edge.target, title=edge.relation)
    path.write_text(net.generate_html(), encoding="utf-8", newline="\n")  # its own way to write fails on Chinese Windows


def main() -> int:
    """Measure and write the section; return 1 where a budget is not kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="700,3000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=100, help="seconds that plain pyvis may take")
    parser.add_argument("--without-pyvis", action="store_true")
    parser.add_argument("--print", action="store_true", help="do not write RESULTS.md")
    options = parser.parse_args()
    lines = list(_head())
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, options.sizes.split(",")):
            lines += _measure(size, Path(folder), options)
    print("\n".join(lines))
    if not options.print:
        write_section("graph-page", lines)
    return int(any("**no**" in line for line in lines))


def _head() -> Iterator[str]:
    yield "## The graph page"
    yield ""
    yield f"Written by `python -m benchmarks.graph_page` on {time.strftime('%Y-%m-%d')}: Zeren {__version__}, {os.cpu_count()}"
    yield f"cores, no graphics card, {platform.system()} {platform.machine()}, headless Chromium at 1600 × 900; medians. Beside"
    yield "it plain pyvis, as it is shipped, everything in the file."


def _measure(size: int, folder: Path, options: argparse.Namespace) -> Iterator[str]:
    ledger = make_ledger(size)
    view = build_view(ledger)
    ours, plain = folder / f"graph-{size}.html", folder / f"pyvis-{size}.html"
    write_graph(ledger, ours, MOST)
    pages = [Page("overview", ours), Page("whole map", ours, "#v=all")]
    if not options.without_pyvis:
        write_plain(view, plain)
        pages.append(Page("plain pyvis", plain))
    runs = {page.name: _open(page, 1 if page.path == plain else options.rounds, options.limit) for page in pages}
    sizes = {page.name: page.path.stat().st_size for page in pages}
    yield ""
    yield f"### {len(view.nodes):,} nodes, {len(view.edges):,} relations"
    yield ""
    yield from table(
        ["page", "MB", "drawn, s", "processor, s", "zoom p50, ms", "zoom p95, ms"],
        [_row(one, sizes[one], runs[one]) for one in runs],
    )
    yield ""
    yield from _judge(size, runs, sizes)
    if "plain pyvis" in runs:
        yield _compare(runs, sizes, options.limit)


def _row(name: str, size: int, runs: Sequence[Run]) -> list[str]:
    drawn = _drawn(runs)
    frames = [one for run in runs for one in run.frames]
    shown = [f"{percentile(frames, part):.0f}" if frames else "–" for part in (0.5, 0.95)]
    return [name, f"{size / 1e6:.2f}", "not in time" if drawn is None else f"{drawn:.2f}", f"{_processor(runs):.2f}", *shown]


def _drawn(runs: Sequence[Run]) -> float | None:
    times = [run.drawn for run in runs if run.drawn is not None]
    return median(times) if len(times) == len(runs) else None


def _processor(runs: Sequence[Run]) -> float:
    return median(run.processor for run in runs)


def _judge(size: int, runs: dict[str, list[Run]], sizes: dict[str, int]) -> Iterator[str]:
    own = {name: found for name, found in runs.items() if name != "plain pyvis"}
    if size in SIZES:
        yield f"- file at most {SIZES[size] / 1e6:.0f} MB: {_yes(sizes['overview'] <= SIZES[size])}"
    if size in DRAWN:
        slow = [name for name, found in own.items() if (_drawn(found) or 1e9) > DRAWN[size]]
        yield f"- drawn in at most {DRAWN[size]} s: {_yes(not slow)}"
    if size in ZOOM:
        slow = [
            name for name, found in own.items() if percentile([one for run in found for one in run.frames], 0.95) > ZOOM[size]
        ]
        yield f"- zoom p95 at most {ZOOM[size]:.0f} ms: {_yes(not slow)}"


def _yes(kept: bool) -> str:
    return "yes" if kept else "**no**"


def _compare(runs: dict[str, list[Run]], sizes: dict[str, int], limit: float) -> str:
    plain, own = runs["plain pyvis"], runs["whole map"]
    drawn = _drawn(plain)
    more = "" if drawn is not None else "more than "
    time_ratio = (drawn if drawn is not None else limit) / (_drawn(own) or limit)
    processor = _processor(plain) / max(_processor(own), 0.01)
    size = sizes["plain pyvis"] / sizes["whole map"]
    ratios = f"{more}{time_ratio:.0f} × the time, {more}{processor:.0f} × the processor, {size:.1f} × the size"
    return f"- plain pyvis beside the whole map: {ratios}"


def _open(page: Page, rounds: int, limit: float) -> list[Run]:
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("no Chromium is installed")
    runs = []
    for _ in range(rounds):  # a browser of its own each time: nothing is warm
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            context = browser.new_context(viewport={"width": WIDE, "height": HIGH}, offline=True)
            runs.append(_run(browser, context.new_page(), page, limit))
            browser.close()
    return runs


def _run(browser: Any, tab: Any, page: Page, limit: float) -> Run:
    from playwright.sync_api import Error

    tab.add_init_script(_WATCH)
    session = browser.new_browser_cdp_session()
    before = _processor_time(session)
    tab.goto(page.path.as_uri() + page.state, wait_until="commit")
    drawn, ends = None, time.monotonic() + limit
    while drawn is None and (left := ends - time.monotonic()) > 0:
        with suppress(Error):  # the page is not there yet, or too busy to say anything
            drawn = tab.wait_for_function("window.__drawn || null", timeout=left * 1000, polling=200).json_value() / 1000
    return Run(drawn, _processor_time(session) - before, _zoom(tab) if drawn is not None else ())


def _processor_time(session: Any) -> float:
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    return sum(float(one["cpuTime"]) for one in processes if one["type"] in ("renderer", "GPU"))


def _zoom(tab: Any) -> list[float]:
    tab.mouse.move(WIDE * 0.4, HIGH * 0.5)
    tab.wait_for_timeout(300)
    tab.evaluate(_FRAMES)
    for step in range(24):
        tab.mouse.wheel(0, -120 if step < 12 else 120)
        tab.wait_for_timeout(30)
    frames: list[float] = tab.evaluate("() => { const found = window.__frames; window.__frames = null; return found; }")
    return frames


if __name__ == "__main__":
    sys.exit(main())
