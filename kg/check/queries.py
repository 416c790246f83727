"""Integrity as queries: each file under ``queries/checks/`` finds the things that break one rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast, get_args

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from kg import data, store
from kg.check.report import Finding, Severity
from kg.errors import KnowledgeError
from kg.queryable import Queryable


@dataclass(frozen=True, slots=True)
class Check:
    """A rule; the rows of its query are the offenders, named by ``?item``."""

    name: str
    severity: Severity
    zh: str
    en: str
    query: str


@cache
def load_checks(folder: Path = data.QUERIES / "checks") -> tuple[Check, ...]:
    """Return the rules by name.

    :raises KnowledgeError: a file lacks one of the comments at its head.
    """
    return tuple(_read_check(path) for path in sorted(folder.glob("*.rq")))


def run_checks(graph: Queryable, checks: Iterable[Check], out: Path | None = None) -> Iterator[Finding]:
    """Yield a finding for each thing that breaks a rule; ``out`` is the folder of a graph that was built here."""
    for check in checks:
        with store.guarded(out, out) if out is not None else nullcontext():
            rows = graph.query(check.query, use_default_graph_as_union=True)
            assert isinstance(rows, QuerySolutions)
            found = [(row["item"], _detail(row, rows)) for row in rows]
        for item, detail in found:
            assert isinstance(item, NamedNode)
            yield Finding(check.severity, check.name, check.zh, check.en, item.value, "queries", detail)


def _read_check(path: Path) -> Check:
    text = path.read_text("utf-8")
    head = dict(re.findall(r"^# (title|title \(en\)|severity): (.+)$", text, re.M))
    severity = head.get("severity")
    if severity not in get_args(Severity) or "title" not in head or "title (en)" not in head:
        raise KnowledgeError(f"queries/checks/{path.name}: needs `# title:`, `# title (en):` and `# severity:`; add them on top")
    return Check(path.stem, cast(Severity, severity), head["title"], head["title (en)"], text)


def _detail(row: QuerySolution, rows: QuerySolutions) -> str:
    names = [variable.value for variable in rows.variables if variable.value != "item"]
    terms = {name: row[name] for name in names}
    return "; ".join(f"{name}: {term.value}" for name, term in terms.items() if isinstance(term, NamedNode | Literal))
