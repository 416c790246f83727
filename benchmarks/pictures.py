"""Take the pictures of the readme: six screens of the five documents, in headless Chromium.

python -m benchmarks.pictures [--to docs/img]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from kg import data, pipeline, store
from kg.endpoint import Settings, running
from kg.explorer import Snapshot
from viz.pages import make_routes, sparql_page

WIDTH, HEIGHT = 1200, 760
_EIGHTH = "SELECT quote_start, quote_end FROM tasks WHERE contains(iri, $key) AND position = 8"
FOLDER = Path(__file__).parent.parent / "docs" / "img"


def main() -> int:
    """Build the five documents, serve them, and write a picture of each screen."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--to", type=Path, default=FOLDER)
    options = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("no Chromium is installed; install one")
    options.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        pipeline.build([data.SEEDS / "documents"], out)
        screens = _choose(out)
        with running(Settings(out, port=0), routes=make_routes(), page=sparql_page) as url:
            _take(url, screens, chromium, options.to)
    return 0


def _choose(out: Path) -> dict[str, str]:
    """Return the address of each screen, by the picture's name."""
    snapshot = Snapshot(store.current(out))
    plan = next(key for key, document in snapshot.documents.items() if "2023" in document.title and document.region == "130100")
    task = next(snapshot.rows(_EIGHTH, key=plan))
    snapshot.close()
    return {
        "overview": "/",
        "matrix": "/matrix?region=130100",
        "chain": "/chain/department/130200/ecology-environment",
        "department": "/department/130100/ecology-environment",
        "reader": f"/document/{plan}?at={task['quote_start']}-{task['quote_end']}#at",
        "sharing": "/sharing?region=130100",
    }


def _take(url: str, screens: dict[str, str], chromium: str, folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN")
        for name, path in screens.items():
            page.goto(url + path)
            page.wait_for_timeout(500)  # until what scrolls stands still
            page.screenshot(path=folder / f"{name}.png")
            print(folder / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
