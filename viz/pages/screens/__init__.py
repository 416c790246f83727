"""All screens; each in a module of its own."""

from __future__ import annotations

from functools import cache

from viz.pages.screen import Screen
from viz.pages.screens import (
    chain,
    chains,
    compare,
    department,
    document,
    documents,
    finding,
    findings,
    graph,
    indicators,
    matrix,
    overview,
    search,
    sharing,
    sheet,
    table,
    task,
)

SCREENS: tuple[Screen, ...] = (
    chain.SCREEN,
    chains.SCREEN,
    compare.SCREEN,
    compare.PARTS,
    department.SCREEN,
    document.SCREEN,
    documents.SCREEN,
    finding.SCREEN,
    findings.SCREEN,
    graph.SCREEN,
    indicators.SCREEN,
    indicators.METRIC,
    matrix.SCREEN,
    matrix.PARTS,
    overview.SCREEN,
    search.SCREEN,
    sharing.SCREEN,
    sharing.PARTS,
    sheet.SCREEN,
    table.SCREEN,
    task.SCREEN,
)
# the order of the bar; a tab leads to the screen of this name, or to the path beside it
TABS = {
    "overview": "/",
    "matrix": "/matrix",
    "chain": "/chain",
    "sharing": "/sharing",
    "graph": "/graph",
    "table": "/table/tasks",
    "indicators": "/indicators",
    "findings": "/findings",
    "documents": "/document",
    "compare": "/compare",
    "sparql": "/sparql",
}


@cache
def tabs() -> tuple[tuple[str, str], ...]:
    """Return name and path of each tab whose screen is there."""
    known = {"sparql", *(screen.tab or screen.name for screen in SCREENS)}
    return tuple((name, path) for name, path in TABS.items() if name in known)
