"""The names of everything as scripts beside the pages, which a browser loads when somebody begins to type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from kg.explorer.search import path_of
from kg.search import Index
from kg.text import simplify
from viz.graph import encode_json
from viz.pages.links import file_of

ROWS = 20_000  # things in a file: about a megabyte
_HAN = (range(0x3400, 0xA000), range(0xF900, 0xFB00))
_SHARED = ("names", "sounds", "sets", "places", "regions")
_BY_THING = ("kinds", "labels", "others", "where", "notes", "spots")


def columns_of(index: Index, name: Callable[[str], str] = str) -> dict[str, Any]:
    """Return the columns of an index as the script ``finder.js`` takes them; ``name`` says under which path a page is had."""
    things = zip(index.kinds, index.keys, index.spots, strict=True)
    columns = {name: list(getattr(index, name)) for name in (*_SHARED, *_BY_THING)}
    return columns | {"paths": [name(path_of(kind, key, spot)) for kind, key, spot in things], "simple": list_simple()}


def write_names(index: Index, choose: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield name and text of each script: what all things share, then the things, some in each file."""
    columns = columns_of(index, lambda path: "/" + file_of(choose(path), "zh").removesuffix(".html"))
    starts = range(0, len(index.kinds), ROWS)
    parts = [f"part-{number}.js" for number in range(1, len(starts) + 1)]
    by_thing = (*_BY_THING, "paths")
    shared = {name: values for name, values in columns.items() if name not in by_thing}
    yield "index.js", f"zeren.index = {encode_json(shared | {name: [] for name in by_thing} | {'parts': parts})};\n"
    for name, start in zip(parts, starts, strict=True):
        part = {column: columns[column][start : start + ROWS] for column in by_thing}
        yield name, f"zeren.addNames({start}, {encode_json(part)});\n"


@cache
def list_simple() -> str:
    """Return the Traditional characters that are Simplified one by one, each with its own, as in 發发國国."""
    pairs = ((chr(code), simplify(chr(code))) for block in _HAN for code in block)
    return "".join(one + other for one, other in pairs if one != other)
