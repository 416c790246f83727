"""The facts of a network out of the tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from kg import vocab
from kg.analysis.facts import Facts, Row, make_facts

if TYPE_CHECKING:
    import duckdb

_BODIES = """
SELECT iri AS unit, name AS label, region_code AS region, region_name AS "regionLabel", function,
    function_name AS "functionLabel", kind = 'generic' AS generic, kind = 'collaboration' AS collaboration
FROM organizations ORDER BY iri
"""
_TASKS = """
SELECT tasks.iri AS task, document AS doc, documents.title AS "documentTitle", region_code AS region, period_start AS start,
    period_end AS "end", position AS "order", tasks.number, tasks.title, measure, joint, quote, quote_start AS "from",
    quote_end AS "to"
FROM tasks JOIN documents USING (document_id) ORDER BY document, position, tasks.iri
"""
_DUTIES = """
SELECT task, organization AS unit, role, inherited, collective, vague, unit_written AS "asWritten"
FROM assignments ORDER BY task, iri
"""
_INDICATORS = """
SELECT indicators.iri AS indicator, document AS doc, documents.title AS "documentTitle", task, name, indicators.kind,
    value_text AS value, unit_written AS "unitText", binding, quote, quote_start AS "from", quote_end AS "to"
FROM indicators JOIN documents USING (document_id) ORDER BY document, indicators.iri
"""


def read_facts_of_tables(tables: duckdb.DuckDBPyConnection, base: str = vocab.BASE) -> Facts:
    """Return the facts of the whole graph from its opened tables; ``base`` is that of the graph's IRIs."""

    def region(row: Row) -> Row:
        return row | {"region": vocab.region(row["region"], base).value if row["region"] else None}

    def body(row: Row) -> Row:
        return region(row) | {"function": vocab.function(row["function"], base).value if row["function"] else None}

    def target(row: Row) -> Row:
        return row | {"value": None if row["value"] is None else Decimal(row["value"])}

    return make_facts(
        map(body, _records(tables, _BODIES)),
        map(region, _records(tables, _TASKS)),
        _records(tables, _DUTIES),
        map(target, _records(tables, _INDICATORS)),
    )


def _records(tables: duckdb.DuckDBPyConnection, query: str) -> Iterator[Row]:
    cursor = tables.cursor().execute(query)
    names = [column[0] for column in cursor.description or ()]
    while rows := cursor.fetchmany(10_000):
        yield from (dict(zip(names, row, strict=True)) for row in rows)
