"""The matrix, gathered from one generation."""

from __future__ import annotations

from kg.explorer.matrix.asked import Asked, choose_documents, choose_opened, is_apart, most_tasks, read_asked
from kg.explorer.matrix.cells import count_nobody, find_nobody, keep_loads, make_rows, order_loads
from kg.explorer.matrix.columns import find_columns, make_headings
from kg.explorer.matrix.detail import open_cell
from kg.explorer.matrix.records import Matrix
from kg.explorer.measured import loads_of
from kg.explorer.params import Params
from kg.explorer.records import Cut
from kg.explorer.snapshot import Snapshot


def gather_matrix(snapshot: Snapshot, params: Params) -> Matrix:
    """Return the matrix of the part of the graph that an address asks for.

    :raises NotHereError: there is no such region, document or body.
    """
    asked = read_asked(snapshot, params)
    for key in asked.scope.documents:
        snapshot.document(key)
    return snapshot.remember(("matrix", asked), lambda: _gather(snapshot, asked))


def _gather(snapshot: Snapshot, asked: Asked) -> Matrix:
    scope = asked.scope
    snapshot.columns(scope)  # says if there is no such region
    offered, inside = choose_documents(snapshot, scope)
    documents = most_tasks(inside)
    opened, sections = choose_opened(snapshot, asked, documents)
    where: dict[str, object] = {
        "shown": [one.number for one in documents],
        "documents": [one.number for one in documents if one.key in opened],
        "sections": [snapshot.iri("section", key) for key in sorted(sections)],
    }
    columns, all_columns = find_columns(snapshot, scope, documents, where)
    loads = order_loads(loads_of(snapshot, scope), asked.sort, asked.role)
    if len(documents) < len(inside):
        loads = keep_loads(snapshot, loads, [one.number for one in documents])
    gaps = find_nobody(snapshot, scope)
    detail = open_cell(snapshot, scope, asked.cell, columns, where, asked.role) if asked.cell else None
    return Matrix(
        region=scope.region,
        apart=is_apart(snapshot),
        chosen=asked.chosen,
        period=scope.period,
        document=scope.documents,
        role=asked.role,
        sort=asked.sort,
        regions=snapshot.regions,
        periods=tuple(sorted({one.period for one in snapshot.documents.values() if one.period})),
        documents=tuple(offered),
        opened=",".join([*sorted(opened), *sorted(sections)]) or "none",
        columns=columns,
        headings=make_headings(columns, sorted(opened), sorted(sections)),
        gaps=count_nobody(snapshot, scope, gaps, columns, where),
        gap_total=len(gaps),
        rows=make_rows(snapshot, scope, loads[: asked.rows], columns, where, asked.role),
        most=max((load.led + load.responsible + load.supported for load in loads), default=0),
        tasks=sum(one.tasks for one in columns),
        cut_rows=Cut(min(len(loads), asked.rows), len(loads)),
        cut_documents=Cut(len(documents), len(inside)),
        cut_columns=Cut(len(columns), all_columns),
        detail=detail,
        lost=bool(asked.cell) and detail is None,
    )
