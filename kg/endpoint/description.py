"""What the endpoint says about itself, in RDF: languages, formats, the graph, limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg.endpoint.formats import GRAPHS, RESULTS, Format

if TYPE_CHECKING:
    from kg.endpoint.pool import Pool

SD, VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
DCTERMS, RDF, XSD = (
    "http://purl.org/dc/terms/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2001/XMLSchema#",
)


def describe_service(url: str, pool: Pool, form: Format) -> bytes:
    """Return the description of the endpoint at ``url`` in a format for graphs."""
    assert isinstance(form.engine, RdfFormat)
    bare = form.engine in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
    prefixes = None if bare else {"sd": SD, "void": VOID, "dcterms": DCTERMS}
    return serialize(_triples(url, pool), format=form.engine, prefixes=prefixes) or b""


def _triples(url: str, pool: Pool) -> Iterator[Triple]:
    service, dataset, graph = (NamedNode(f"{url}#{name}") for name in ("service", "dataset", "default-graph"))
    kind, limits = NamedNode(f"{RDF}type"), pool.settings.limits
    yield Triple(service, kind, NamedNode(f"{SD}Service"))
    yield Triple(service, NamedNode(f"{SD}endpoint"), NamedNode(url))
    yield Triple(service, NamedNode(f"{SD}supportedLanguage"), NamedNode(f"{SD}SPARQL11Query"))
    yield Triple(service, NamedNode(f"{SD}feature"), NamedNode(f"{SD}UnionDefaultGraph"))
    if limits.services:
        yield Triple(service, NamedNode(f"{SD}feature"), NamedNode(f"{SD}BasicFederatedQuery"))
    for form in (*RESULTS, *GRAPHS):
        yield Triple(service, NamedNode(f"{SD}resultFormat"), NamedNode(form.iri))
    yield Triple(service, NamedNode(f"{SD}defaultDataset"), dataset)
    zh = (
        f"只读。一次查询最长 {limits.seconds:g} 秒，结果最多 {limits.rows} 行、{limits.bytes} 字节，请求最多 {limits.body} 字节。"
    )
    en = (
        f"Read only. A query may take {limits.seconds:g} seconds, its result have {limits.rows} rows and {limits.bytes} bytes, "
        f"the request {limits.body} bytes."
    )
    yield Triple(service, NamedNode(f"{DCTERMS}description"), Literal(zh, language="zh"))
    yield Triple(service, NamedNode(f"{DCTERMS}description"), Literal(en, language="en"))
    yield Triple(dataset, kind, NamedNode(f"{SD}Dataset"))
    yield Triple(dataset, NamedNode(f"{SD}defaultGraph"), graph)
    yield Triple(dataset, NamedNode(f"{DCTERMS}hasVersion"), Literal(pool.version))
    yield Triple(graph, kind, NamedNode(f"{SD}Graph"))
    count = str(pool.generation.manifest.counts.get("quads", 0))
    yield Triple(graph, NamedNode(f"{VOID}triples"), Literal(count, datatype=NamedNode(f"{XSD}integer")))
