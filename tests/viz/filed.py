"""Pages of the explorer as files of a folder, opened without a server."""

from __future__ import annotations

import shutil
from pathlib import Path

from kg.explorer import Params, Snapshot
from viz.pages.answer import state_of
from viz.pages.frame import Frame
from viz.pages.links import FolderLinks, file_of
from viz.pages.render import render
from viz.pages.screens import SCREENS

STATIC = Path(__file__).parents[2] / "viz" / "static"


def write_page(snapshot: Snapshot, name: str, key: str, folder: Path) -> str:
    """Write a page beside all styles and scripts, its links as if every page were there; return the address of its file."""
    screen = next(one for one in SCREENS if one.name == name and one.has_key == bool(key))
    path = screen.path + key
    frame = Frame(FolderLinks(path, "zh"), "zh", path, {}, screen.tab or name, state_of(snapshot))
    page = folder / file_of(path, "zh")
    page.parent.mkdir(parents=True, exist_ok=True)
    data = screen.gather(snapshot, Params(key, screen.asked))
    page.write_text(render(f"screens/{name}.html", name, frame, data=data, screen=name), encoding="utf-8", newline="\n")
    shutil.copytree(STATIC, folder / "assets", ignore=shutil.ignore_patterns("vendor"), dirs_exist_ok=True)
    return page.as_uri()
