"""Pages of the explorer as files of a folder, opened without a server."""

from __future__ import annotations

from pathlib import Path

from kg.explorer import Params, Snapshot
from viz.pages.answer import state_of
from viz.pages.frame import Frame
from viz.pages.links import FolderLinks, file_of, read_static
from viz.pages.render import render
from viz.pages.screens import SCREENS


def write_page(snapshot: Snapshot, name: str, key: str, folder: Path) -> str:
    """Write a page with the styles and scripts that it loads; return the address of its file."""
    screen = next(one for one in SCREENS if one.name == name and one.has_key == bool(key))
    path = screen.path + key
    frame = Frame(FolderLinks(path, "zh"), "zh", path, {}, screen.tab or name, state_of(snapshot))
    page = folder / file_of(path, "zh")
    page.parent.mkdir(parents=True, exist_ok=True)
    data = screen.gather(snapshot, Params(key, {}))
    page.write_text(render(f"screens/{name}.html", name, frame, data=data, screen=name), encoding="utf-8", newline="\n")
    for asset in ("app/base.css", "app/base.js", f"app/{name}.css", f"app/{name}.js", "icon.svg"):
        place = folder / "assets" / asset
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(read_static(asset) or b"")
    return page.as_uri()
