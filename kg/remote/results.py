"""From a server's bytes to what pyoxigraph itself returns; some servers write results in their own way."""

from __future__ import annotations

import json
from typing import Any

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat, Store, parse_query_results

JSON_RESULTS = "application/sparql-results+json"
TRIPLES = {"application/n-triples": RdfFormat.N_TRIPLES, "text/plain": RdfFormat.N_TRIPLES, "text/turtle": RdfFormat.TURTLE}
_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
_ASKED = "__ASK_RETVAL"  # by this column Virtuoso answers an ASK


def read_rows(body: bytes) -> QuerySolutions | QueryBoolean:
    """Return the rows of a SELECT, or the answer to an ASK.

    :raises ValueError: this is no result in JSON, or a broken one.
    """
    if _ASKED.encode() in body or _BOOLEAN.encode() in body:
        body = _mend(body)
    found = parse_query_results(body, QueryResultsFormat.JSON)
    if isinstance(found, QuerySolutions):  # which are read one by one, so that a fault would come late
        for _ in found:
            pass
        found = parse_query_results(body, QueryResultsFormat.JSON)
    return found


def read_triples(body: bytes, kind: str) -> QueryTriples:
    """Return the triples of a CONSTRUCT or DESCRIBE.

    :raises ValueError: this is no RDF of that kind.
    """
    store = Store()
    store.load(body, format=TRIPLES[kind])
    found = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(found, QueryTriples)
    return found


def _mend(body: bytes) -> bytes:
    """Return results as the standard has them: ``"1"^^xsd:boolean`` is ``true``, and an ASK has no rows.

    >>> _mend(b'{"head": {}, "results": {"bindings": [{"__ASK_RETVAL": {"type": "typed-literal", "value": "1"}}]}}')
    b'{"head": {}, "boolean": true}'
    >>> _mend(b'{"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": []}}')
    b'{"head": {}, "boolean": false}'
    """
    content: Any = json.loads(body)
    rows = content["results"]["bindings"] if "results" in content else []
    if content["head"].get("vars") == [_ASKED] or (rows and list(rows[0]) == [_ASKED]):  # no row at all is a no
        return json.dumps({"head": {}, "boolean": any(row[_ASKED]["value"] in ("1", "true") for row in rows)}).encode()
    for row in rows:
        for term in row.values():
            if term.get("datatype") == _BOOLEAN:
                term["value"] = {"1": "true", "0": "false"}.get(term["value"], term["value"])
    return json.dumps(content).encode()
