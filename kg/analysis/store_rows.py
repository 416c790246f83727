"""The rows of the tables out of a graph that has none: of a server, or of a store in memory, by queries/facts/."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pyoxigraph import NamedNode, Quad

from kg import data, vocab
from kg.ask import ask, find_query
from kg.queryable import Queryable
from kg.tables import TableRow

Row = dict[str, Any]
Read = Callable[[str], Iterable[Row]]  # the rows of a query under queries/facts/
_LARGEST = Decimal(10) ** 28  # what DECIMAL(38,10) holds
_BASE = re.compile(r"(.*)id/policy/.*", re.DOTALL)


def read_rows(store: Queryable, base: str) -> Iterator[TableRow]:
    """Yield the rows of a graph, each with the name of its table; ``base`` is that of the graph's IRIs.

    Empty are the columns that only a build knows, or that no measure asks for: the path of a source, supervisors, the words
    of a time limit, who corrected what.
    """

    def read(name: str) -> Iterable[Row]:
        # two graphs may say the same in two ways; the first in the order of the query counts
        rows: dict[str, Row] = {}
        for row in ask(store, find_query(name, data.QUERIES / "facts"), limit="all").records():
            rows.setdefault(row["iri"], row)
        return rows.values()

    files: dict[str, str | None] = {}
    for row in read("documents"):
        files[row["iri"]] = row["file"]
        region = row.pop("region")
        code = vocab.key_of(region, "region", base) if region else None
        yield "documents", {**_plain(row), "key": vocab.key_of(row["iri"], "policy", base), "region_code": code}
    reasons = _reasons(store)
    for table, rows in _stated(read, base, _candidates(store)):
        for row in rows:
            if row["document"] in files:
                known = {"justified": reasons.get(row["iri"], [])} if table in ("tasks", "indicators") else {}
                yield table, {**_plain(row), **known, "file": files[row["document"]]}


def read_shared(store: Queryable, base: str) -> Iterator[Quad]:
    """Yield what the graph says of the things that documents share."""
    graph = vocab.registry_graph(base)
    for thing, name, value in ask(store, find_query("shared", data.QUERIES / "facts"), limit="all").terms:
        if isinstance(thing, NamedNode) and isinstance(name, NamedNode) and value is not None:
            yield Quad(thing, name, value, graph)


def find_base(store: Queryable) -> str:
    """Return the base of the graph's IRIs; that of the vocabulary where there is no document."""
    answer = ask(store, "SELECT ?doc WHERE { ?doc zr:sourceText ?text } ORDER BY ?doc LIMIT 1")
    found = _BASE.fullmatch(str(answer.rows[0][0])) if len(answer) else None
    return found[1] if found else vocab.BASE


def _stated(read: Read, base: str, candidates: Mapping[str, list[str]]) -> Iterator[tuple[str, Iterator[Row]]]:
    headings = _headings(read("sections"))
    yield "tasks", ({**row, "key": _last(row["iri"]), "path": headings.get(row["section"], [])} for row in read("tasks"))
    for table in ("assignments", "citations", "indicators"):
        yield table, ({**row, "position": int(_last(row["iri"]))} for row in read(table))
    yield "decisions", (_decision(row, base, candidates) for row in read("decisions"))


def _decision(row: Row, base: str, candidates: Mapping[str, list[str]]) -> Row:
    # …/decision/POLICY/SUBJECT-ORDER: only its graph tells of which document it is
    policy, _, last = row["iri"].removeprefix(f"{base}id/decision/").rpartition("/")
    document = f"{base}id/policy/{policy}"
    return {**row, "document": document, "position": int(last.rpartition("-")[2]), "candidates": candidates.get(row["iri"], [])}


def _candidates(store: Queryable) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for decision, candidate in ask(store, find_query("decision-candidates", data.QUERIES / "facts"), limit="all").rows:
        found[decision].append(candidate)
    return {decision: sorted(others) for decision, others in found.items()}


def _reasons(store: Queryable) -> Mapping[str, list[Row]]:
    """Return of each task and indicator the gaps that a person gave the reason for."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in ask(store, find_query("justifications", data.QUERIES / "facts"), limit="all").records():
        found[row.pop("iri")].append({**row, "corrected_at": str(row["corrected_at"]).removesuffix("Z")})
    return found


def _headings(sections: Iterable[Row]) -> Mapping[str, list[str]]:
    """Return the headings from the outermost down to each section."""
    known = {row["iri"]: (row["parent"], row["heading"]) for row in sections}
    found = {}
    for iri in known:
        way: dict[str, str] = {}
        step: str | None = iri
        while step is not None and step in known and step not in way:
            above, way[step] = known[step]
            step = above
        found[iri] = list(way.values())[::-1]
    return found


def _last(iri: str) -> str:
    return vocab.key_of(iri.rpartition("/")[2], "")


def _plain(row: Mapping[str, Any]) -> Row:
    """Return the values as the tables take them."""
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return None if abs(value) >= _LARGEST else f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value
