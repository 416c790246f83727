"""Each table as SPARQL over the quads: what the store says, in the columns of the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import duckdb
from pyoxigraph import Store

from kg.ask import ask
from kg.tables import TABLES

PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX qudt: <http://qudt.org/schema/qudt/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX zr: <https://w3id.org/zeren/ns#>
"""
EVIDENCE = """OPTIONAL { ?iri zr:evidence ?evidence . ?evidence oa:exact ?quote ; oa:start ?quote_start ; oa:end ?quote_end ;
    zr:rule ?rule OPTIONAL { ?evidence zr:page ?page } }"""
FILE = "?document zr:sourceText/zr:fileName ?file ."
RULING = """OPTIONAL { ?iri zr:correction ?correction .
    ?correction prov:wasAttributedTo ?person ; prov:generatedAtTime ?corrected_at ; zr:reason ?correction_reason .
    OPTIONAL { ?person rdfs:label ?corrected_by } OPTIONAL { ?correction zr:priorText ?correction_before } }"""
PLACE = """OPTIONAL { ?iri dcterms:spatial ?region . ?region skos:notation ?region_code ; skos:prefLabel ?region_name ; zr:level ?region_level }"""
QUERIES = {
    "documents": """SELECT DISTINCT * WHERE {
        GRAPH ?own {
            ?iri zr:sourceText ?source ; dcterms:title ?title .
            ?source zr:fileName ?file ; schema:sha256 ?sha256 ; zr:encoding ?encoding ; zr:characters ?characters .
            OPTIONAL { ?iri eli:id_local ?number } OPTIONAL { ?iri zr:issuerName ?issuer_written }
            OPTIONAL { ?iri dcterms:publisher ?issuer } OPTIONAL { ?iri eli:date_document ?date }
            OPTIONAL { ?iri dcterms:type ?kind } OPTIONAL { ?iri zr:periodStart ?period_start ; zr:periodEnd ?period_end }
            OPTIONAL { ?iri zr:year ?year }
            OPTIONAL { ?iri eli:is_annex_of ?announced . OPTIONAL { ?announced eli:id_local ?notice_number }
                OPTIONAL { ?announced eli:date_document ?notice_date } } }
        OPTIONAL { GRAPH ?own { ?iri dcterms:spatial ?region }
            ?region skos:notation ?region_code ; skos:prefLabel ?region_name ; zr:level ?region_level }
        OPTIONAL { GRAPH ?own { ?iri eli:is_annex_of ?notice } OPTIONAL { ?notice dcterms:title ?notice_title } }
        OPTIONAL { GRAPH ?registry { ?iri eli:has_annex ?issues } FILTER(CONTAINS(STR(?registry), "/graph/registry")) } }""",
    "tasks": f"""SELECT DISTINCT * WHERE {{
        ?iri a zr:Task ; dcterms:isPartOf ?document ; zr:order ?position ; rdfs:label ?title ; zr:text ?text ; zr:isMeasure ?measure ;
            zr:joint ?joint . {FILE}
        OPTIONAL {{ ?iri zr:number ?number }} OPTIONAL {{ ?iri zr:section ?section }}
        OPTIONAL {{ ?iri zr:dueText ?due_text ; zr:dueKind ?due_kind ; zr:dueEvidence ?due .
            ?due oa:exact ?due_quote ; oa:start ?due_start ; oa:end ?due_end ; zr:rule ?due_rule OPTIONAL {{ ?due zr:page ?due_page }} }}
        OPTIONAL {{ ?iri zr:dueEvery ?due_every }} OPTIONAL {{ ?iri zr:dueDate ?due_date }}
        OPTIONAL {{ ?iri zr:duePrecision ?due_precision }} {EVIDENCE} }}""",
    "assignments": f"""SELECT DISTINCT * WHERE {{
        ?iri a zr:Assignment ; zr:task ?task ; zr:role ?role ; zr:asWritten ?unit_written ; zr:inherited ?inherited ;
            zr:collective ?collective ; zr:vague ?vague . ?task dcterms:isPartOf ?document . {FILE}
        OPTIONAL {{ ?iri zr:organization ?organization }} OPTIONAL {{ ?iri zr:decision ?decision }} {RULING} {EVIDENCE} }}""",
    "indicators": f"""SELECT DISTINCT * WHERE {{
        ?iri a zr:Indicator ; dcterms:isPartOf ?document ; rdfs:label ?name ; zr:kind ?kind ; zr:inTable ?in_table ;
            zr:asWritten ?as_written . {FILE}
        OPTIONAL {{ ?iri zr:task ?task }} OPTIONAL {{ ?iri zr:decision ?decision }}
        OPTIONAL {{ ?iri zr:metric ?metric . ?metric skos:prefLabel ?metric_name OPTIONAL {{ ?metric zr:direction ?metric_direction }} }}
        OPTIONAL {{ ?iri zr:comparator ?comparator }} OPTIONAL {{ ?iri zr:binding ?binding }}
        OPTIONAL {{ ?iri qudt:value ?value }} OPTIONAL {{ ?iri zr:valueText ?value_text }}
        OPTIONAL {{ ?iri zr:unitText ?unit_written }} OPTIONAL {{ ?iri qudt:hasUnit ?unit }}
        OPTIONAL {{ ?iri zr:normalizedValue ?normalized_value ; zr:normalizedUnit ?normalized_unit }}
        OPTIONAL {{ ?iri zr:year ?year }} OPTIONAL {{ ?iri zr:yearStated ?year_stated }} OPTIONAL {{ ?iri zr:dueDate ?due_date }}
        OPTIONAL {{ ?iri zr:baselineYear ?baseline_year }} OPTIONAL {{ ?iri zr:baselineValue ?baseline_value }} {RULING} {EVIDENCE} }}""",
    "citations": f"""SELECT DISTINCT * WHERE {{
        ?iri a zr:Citation ; dcterms:isPartOf ?document ; zr:asWritten ?title_written ; zr:relation ?relation ; zr:level ?level ;
            zr:marked ?marked . {FILE}
        OPTIONAL {{ ?iri zr:task ?task }} OPTIONAL {{ ?iri zr:numberText ?number_written }} OPTIONAL {{ ?iri zr:issuerName ?issuer_written }}
        OPTIONAL {{ ?iri zr:place ?place }} OPTIONAL {{ ?iri zr:decision ?decision }}
        OPTIONAL {{ ?iri zr:citedPolicy ?policy . GRAPH ?registry {{ ?policy dcterms:title ?policy_title ; zr:level ?policy_level
            OPTIONAL {{ ?policy eli:id_local ?policy_number }} OPTIONAL {{ ?policy dcterms:spatial ?policy_region_code }} }}
            FILTER(CONTAINS(STR(?registry), "/graph/registry")) }} {EVIDENCE} }}""",
    "organizations": f"""SELECT DISTINCT * WHERE {{
        ?iri a org:Organization ; skos:prefLabel ?name {PLACE}
        BIND(IF(EXISTS {{ ?iri a zr:GenericBody }}, "generic", IF(EXISTS {{ ?iri a org:OrganizationalCollaboration }}, "collaboration",
            "organization")) AS ?kind)
        OPTIONAL {{ ?iri zr:mainFunction ?main . ?main skos:notation ?function ; skos:prefLabel ?function_name FILTER(LANG(?function_name) = "zh") }}
        OPTIONAL {{ ?change org:originalOrganization ?iri ; org:resultingOrganization ?successor ; dcterms:date ?succeeded }} }}""",
    "decisions": f"""SELECT DISTINCT * WHERE {{
        ?iri a zr:Decision ; zr:subject ?subject ; zr:mention ?mention ; zr:verdict ?verdict ; zr:reason ?reason ; zr:count ?count .
        GRAPH ?own {{ ?iri a zr:Decision . ?document zr:sourceText ?source }} ?source zr:fileName ?file .
        OPTIONAL {{ ?iri zr:target ?target }} OPTIONAL {{ ?iri zr:targetText ?target_text }} {RULING} }}""",
}
LISTS = {  # columns with several values: one row each
    "tasks.supervisors": "SELECT ?iri ?value WHERE { ?iri zr:supervisor ?value }",
    "tasks.justified": "SELECT ?iri ?value WHERE { ?iri zr:isMeasure ?any ; zr:justification ?value }",
    "indicators.justified": "SELECT ?iri ?value WHERE { ?iri zr:asWritten ?any ; zr:justification ?value }",
    "organizations.other_names": "SELECT ?iri ?value WHERE { ?iri a org:Organization ; skos:altLabel ?value }",
    "organizations.functions": "SELECT ?iri ?value WHERE { ?iri a org:Organization ; zr:function/skos:notation ?value }",
    "decisions.candidates": "SELECT ?iri ?value WHERE { ?iri zr:candidate ?value }",
    "documents.region_path": "SELECT DISTINCT ?iri ?value WHERE { ?iri zr:sourceText ?s ; dcterms:spatial/zr:parentRegion*/skos:notation ?value }",
    "organizations.region_path": "SELECT DISTINCT ?iri ?value WHERE { ?iri a org:Organization ; dcterms:spatial/zr:parentRegion*/skos:notation ?value }",
}
CODES = {"kind", "role", "comparator", "binding", "relation", "place", "level", "policy_level", "region_level", "verdict"}
CODES |= {"due_kind", "due_every", "policy_region_code"}
# no quads have these: the path as given; what places and keys the IRI already says; headings, which tests/tables checks apart
UNSAID = {"documents.path", "documents.key", "tasks.key", "tasks.path", "organizations.key"}
UNSAID |= {f"{table}.position" for table in ("assignments", "indicators", "citations", "decisions")}


def said_by_quads(store: Store, table: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a table by IRI, as the store says them."""
    found: dict[str, dict[str, Any]] = {}
    for record in ask(store, PREFIXES + QUERIES[table]).records():
        row = {name: _code(value) if name in CODES else value for name, value in record.items()}
        assert row["iri"] not in found, f"{table}: two rows for {row['iri']}: {row} {found[row['iri']]}"
        found[row["iri"]] = row
    for name, query in LISTS.items():
        if name.startswith(f"{table}."):
            values: dict[str, list[str]] = defaultdict(list)
            for record in ask(store, PREFIXES + query).records():
                values[record["iri"]].append(str(record["value"]))
            for iri, row in found.items():
                row[name.partition(".")[2]] = sorted(values[iri])
    return found


def said_by_table(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a table by IRI, without its numbers."""
    cursor = connection.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in cursor.description or ()]
    rows = (dict(zip(names, values, strict=True)) for values in cursor.fetchall())
    return {row["iri"]: dict(_comparable(table, row)) for row in rows}


def _comparable(table: str, row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if name.endswith("_id") or f"{table}.{name}" in UNSAID:
            continue
        if name == "supervisors":
            value = sorted({person["name"] for person in value})
        elif name == "justified":
            value = sorted(reason["correction"] for reason in value)
        elif name == "corrected_at" and value is not None:
            value = value.isoformat() + "Z"
        yield name, sorted(value or []) if isinstance(value, list) or name == "region_path" else value


def compare(store: Store, connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Compare every table with the store, row by row and value by value; return how many rows each has."""
    counts = {}
    for table in TABLES:
        quads, rows = said_by_quads(store, table.name), said_by_table(connection, table.name)
        assert rows.keys() == quads.keys(), table.name
        for iri, row in rows.items():
            wanted = {name: quads[iri].get(name) for name in row}
            if wanted.get("corrected_at") is not None:
                wanted["corrected_at"] = str(wanted["corrected_at"])
            assert row == wanted, f"{table.name}: {iri}"
        counts[table.name] = len(rows)
    return counts


def _code(value: Any) -> Any:
    return value.rpartition("/")[2] if isinstance(value, str) else value
