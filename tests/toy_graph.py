"""The toy graph that questions are tested on; ``data/toy.trig`` says on top what is in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store

from kg.analysis import open_columns
from kg.analysis.stated import derive_columns

TOY = Path(__file__).parent / "data" / "toy.trig"
FURTHER = TOY.with_name("toy_further.trig")
ABOVE = TOY.with_name("toy_above.trig")
ID = "https://w3id.org/zeren/id/"
ECO, DEV, WATER = (f"{ID}org/130100/{name}" for name in ("ecology-environment", "development-reform", "water"))
GROUP, COUNTIES, DEPARTMENTS = (f"{ID}org/130100/{name}" for name in ("carbon-group", "county-governments", "departments"))
TS_ECO, TS_DEV = (f"{ID}org/130200/{name}" for name in ("ecology-environment", "development-reform"))
PLAN, POINTS, TANGSHAN = (f"{ID}policy/{name}" for name in ("sjz-plan", "sjz-2023", "ts-2022"))


def toy_store() -> Store:
    """Return the toy graph in memory, with what follows from it."""
    return _load(TOY)


def further_store() -> Store:
    """Return the toy graph and a fourth document, with what the three do not have: several leads, reforms, sections …"""
    return _load(TOY, FURTHER)


def above_store() -> Store:
    """Return the toy graph with a plan of the province and a plan of one year, for targets beside those above them."""
    return _load(TOY, ABOVE)


def whole_store() -> Store:
    """Return the toy graph with all further documents."""
    return _load(TOY, FURTHER, ABOVE)


def _load(*paths: Path) -> Store:
    store = Store()
    for path in paths:
        store.load(path=path, format=RdfFormat.TRIG)
    store.extend(_derived(paths))
    return store


@cache
def _derived(paths: tuple[Path, ...]) -> list[Quad]:
    """Return what follows, as a build works it out."""
    store = Store()
    for path in paths:
        store.load(path=path, format=RdfFormat.TRIG)
    with open_columns(store) as columns:
        return list(derive_columns(columns))


def task(document: str, number: int) -> str:
    """Return a task's IRI: ``task("sjz-2023", 1)``."""
    return f"{ID}task/{document}/{number}"
