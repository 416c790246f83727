"""Gaps as findings: each that the derived graph states, in its own sentence; a justified one says who gave the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg import data, store
from kg.analysis.gaps.kinds import GapKind, gap_kinds
from kg.analysis.gaps.kinds import Severity as Weight
from kg.check.report import Finding, Severity
from kg.queryable import Queryable

_SEVERITIES: Mapping[Weight, Severity] = {"high": "warning", "medium": "warning", "low": "info"}
# what these rules say of a document's graph alone, gaps say more exactly; tests/test_check.py compares
COVERED = frozenset({"task-without-unit", "task-without-lead", "task-without-indicator", "indicator-without-year"})


def check_gaps(graph: Queryable, out: Path | None = None) -> Iterator[Finding]:
    """Yield a finding for each gap; none where the derived graph states none."""
    known = gap_kinds()
    text = (data.QUERIES / "lookup" / "gaps.rq").read_text("utf-8")
    with store.guarded(out, out) if out is not None else nullcontext():
        rows = graph.query(text, use_default_graph_as_union=True)
        assert isinstance(rows, QuerySolutions)
        found = [{name: _text(row[name]) for name in ("item", "kind", "words", "person", "by", "when", "why")} for row in rows]
    for row in found:
        kind = known.get(row["kind"].rpartition("/")[2])
        if kind is not None:  # a graph of a newer program may know others
            yield _finding(row, kind)


def _finding(row: Mapping[str, str], kind: GapKind) -> Finding:
    reason = f"{row['why']}（{row['by'] or row['person']}，{row['when'][:10]}）" if row["why"] else ""
    title = kind.titles
    return Finding(
        _SEVERITIES[kind.severity], kind.code, title["zh"], title["en"], row["item"], "gaps", row["words"], justified=reason
    )


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
