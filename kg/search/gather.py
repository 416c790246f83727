"""What there is to be found in a graph: read from its tables."""

from __future__ import annotations

from collections.abc import Iterator

from kg.analysis.columns import Columns
from kg.search.entry import Kind, Named
from kg.search.index import Index, make_index

_REGIONS = """
SELECT DISTINCT region_code AS code, region_name AS name
FROM (SELECT region_code, region_name FROM documents UNION ALL SELECT region_code, region_name FROM organizations)
WHERE region_code <> '100000' AND region_name IS NOT NULL ORDER BY ALL
"""
# of each: iri, names (the label first), place, note, weight; spot
_THINGS: dict[Kind, str] = {
    "department": f"""
        WITH regions AS ({_REGIONS}),
        steps AS (
            SELECT organization_id, unnest(region_path) AS code, generate_subscripts(region_path, 1) AS step FROM organizations
        ),
        places AS (
            SELECT organization_id, string_agg(name, ' ' ORDER BY step) AS place FROM steps JOIN regions USING (code) GROUP BY ALL
        ),
        loads AS (SELECT organization_id, count(DISTINCT task_id) AS tasks FROM assignments GROUP BY ALL)
        SELECT iri, list_prepend(coalesce(name, other_names[1], key), other_names), place, '', coalesce(tasks, 0), ''
        FROM organizations LEFT JOIN places USING (organization_id) LEFT JOIN loads USING (organization_id)
    """,
    "task": """
        SELECT tasks.iri, [tasks.title], documents.title, tasks.number, count(DISTINCT organization_id), ''
        FROM tasks JOIN documents USING (document_id) LEFT JOIN assignments USING (task_id) GROUP BY ALL
    """,
    "metric": """
        SELECT metric, list_prepend(metric_name, list(DISTINCT name ORDER BY name)), '', '', count(*), ''
        FROM indicators WHERE metric IS NOT NULL AND metric_name IS NOT NULL GROUP BY metric, metric_name
    """,
    "target": """
        SELECT indicators.iri, [name], documents.title, concat(value_text, unit_written), 1,
            CASE WHEN task_id IS NULL THEN concat(quote_start, '-', quote_end) END
        FROM indicators JOIN documents USING (document_id)
    """,
    "document": """
        WITH counts AS (SELECT document_id, count(*) AS tasks FROM tasks GROUP BY ALL)
        SELECT iri, [title, number, notice_title, notice_number], region_name,
            coalesce(number, notice_number, CAST(date AS VARCHAR)), coalesce(tasks, 0), ''
        FROM documents LEFT JOIN counts USING (document_id)
    """,
    "policy": """
        SELECT policy, list_prepend(policy_title, list(DISTINCT name ORDER BY name)), '', any_value(policy_number),
            count(DISTINCT citation_id), ''
        FROM (SELECT *, unnest([policy_number, title_written, number_written]) AS name FROM citations)
        WHERE policy_title IS NOT NULL AND cited_document_id IS NULL AND policy NOT IN (SELECT iri FROM documents)
        GROUP BY policy, policy_title
    """,
    "section": """
        SELECT section, [tasks.path[-1]], documents.title, '', count(*), arg_min(concat(quote_start, '-', quote_end), quote_start)
        FROM tasks JOIN documents USING (document_id) WHERE section IS NOT NULL AND len(tasks.path) > 0 GROUP BY ALL
    """,
}  # fmt: skip


def gather_index(columns: Columns) -> Index:
    """Return the index of a graph's names."""
    return make_index(gather_names(columns), (name for _, name in columns.execute(_REGIONS).fetchall()))


def gather_names(columns: Columns) -> Iterator[Named]:
    """Yield everything that can be found, with all its names."""
    start = len(f"{columns.base}id/")
    for kind, sql in _THINGS.items():
        for iri, names, place, note, weight, spot in columns.execute(sql).fetchall():
            known = tuple(dict.fromkeys(name for name in names if name))
            if known:
                yield Named(kind, iri[start:].partition("/")[2], known, place or "", note or "", spot or "", weight)
