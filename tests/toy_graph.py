"""The toy graph that questions are tested on; ``data/toy.trig`` says on top what is in it."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kg.reason import derive

TOY = Path(__file__).parent / "data" / "toy.trig"
FURTHER = TOY.with_name("toy_further.trig")
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


def _load(*paths: Path) -> Store:
    store = Store()
    for path in paths:
        store.load(path=path, format=RdfFormat.TRIG)
    store.extend(list(derive(store)))
    return store


def task(document: str, number: int) -> str:
    """Return a task's IRI: ``task("sjz-2023", 1)``."""
    return f"{ID}task/{document}/{number}"
