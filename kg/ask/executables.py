"""The named queries as RDF: SHACL executables, which tools that know no head comments can list, fill in and run."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rdflib import DCAT, DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD, Graph, Literal, URIRef

from kg import vocab
from kg.ask.catalogue import GROUPS, NamedQuery, Param
from kg.ask.find import kind_of
from kg.ask.names import TYPES
from kg.errors import KnowledgeError

CATALOGUE = URIRef(f"{vocab.BASE}query/")
_GROUP = f"{vocab.BASE}scheme/query-group"
_PREFIX = re.compile(r"^PREFIX ([\w-]+): <([^>]*)>\n", re.MULTILINE)
_HEAD = re.compile(r"(?:#.*\n)*")
# how SHACL names a query that answers with rows, yes or no, or a graph, and its text
_FORMS = {
    "select": (SH.SPARQLSelectExecutable, SH.select),
    "ask": (SH.SPARQLAskExecutable, SH.ask),
    "graph": (SH.SPARQLConstructExecutable, SH.construct),
}
_BOUND = {"dcat": DCAT, "dcterms": DCTERMS, "owl": OWL, "sh": SH, "skos": SKOS, "zr": vocab.ZR.iri}
_DATATYPES = {"text": XSD.string, "integer": XSD.integer, "decimal": XSD.decimal, "year": XSD.integer, "date": XSD.date}
_CLASSES = {"organization": vocab.ORG.Organization.value, "document": vocab.ZR.Policy.value, "unit": vocab.QUDT.Unit.value}


def build_catalogue(queries: Iterable[NamedQuery]) -> Graph:
    """Return the catalogue: each query with label, question, parameters, tags and text, in Chinese and English."""
    known = list(queries)
    graph = Graph()
    for prefix, namespace in (
        ("dcat", DCAT),
        ("dcterms", DCTERMS),
        ("owl", OWL),
        ("sh", SH),
        ("skos", SKOS),
        ("zr", vocab.ZR.iri),
    ):
        graph.bind(prefix, namespace, replace=True)
    _add(graph, CATALOGUE, RDF.type, OWL.Ontology)
    _add(graph, CATALOGUE, DCTERMS.title, *_both("具名查询目录", "catalogue of the named queries"))
    for prefix, namespace in sorted(collect_prefixes(known).items()):
        node = URIRef(f"{CATALOGUE}prefix/{prefix}")
        _add(graph, CATALOGUE, SH.declare, node)
        _add(graph, node, RDF.type, SH.PrefixDeclaration)
        _add(graph, node, SH.prefix, Literal(prefix))
        _add(graph, node, SH.namespace, Literal(namespace, datatype=XSD.anyURI))
    for group in dict.fromkeys(query.group for query in known):
        node = URIRef(f"{_GROUP}/{group}")
        _add(graph, node, RDF.type, SKOS.Concept)
        _add(graph, node, SKOS.inScheme, URIRef(_GROUP))
        _add(graph, node, SKOS.prefLabel, *_both(*GROUPS[group]))
    _add(graph, URIRef(_GROUP), RDF.type, SKOS.ConceptScheme)
    _add(graph, URIRef(_GROUP), SKOS.prefLabel, *_both("查询分组", "groups of queries"))
    for query in known:
        _add_query(graph, query)
    return graph


def collect_prefixes(queries: Iterable[NamedQuery]) -> dict[str, str]:
    """Return the prefixes of all queries; one that stands for two namespaces is a fault."""
    found: dict[str, str] = {}
    for query in queries:
        for prefix, namespace in _PREFIX.findall(query.text):
            if found.setdefault(prefix, namespace) != namespace:
                raise KnowledgeError(f"{query.name}.rq: prefix {prefix}: is <{found[prefix]}> in another query; use one for both")
    return found


def body_of(query: NamedQuery) -> str:
    r"""Return the text without head and prefixes.

    >>> from kg.ask import parse_query
    >>> body_of(parse_query("q", "# title: 题\nPREFIX zr: <https://w3id.org/zeren/ns#>\nASK { ?s a zr:Task }\n"))
    'ASK { ?s a zr:Task }\n'
    """
    return _PREFIX.sub("", _HEAD.sub("", query.text, count=1))


def _add_query(graph: Graph, query: NamedQuery) -> None:
    node = URIRef(CATALOGUE + query.name)
    class_, text = _FORMS[kind_of(query) or "select"]
    _add(graph, CATALOGUE, DCTERMS.hasPart, node)
    _add(graph, node, RDF.type, class_)
    _add(graph, node, DCTERMS.identifier, Literal(query.name))
    _add(graph, node, RDFS.label, *_both(query.title, query.title_en))
    _add(graph, node, RDFS.comment, *_both(query.question, query.question_en))
    _add(graph, node, DCTERMS.subject, URIRef(f"{_GROUP}/{query.group}"))
    _add(graph, node, DCAT.keyword, *(Literal(tag, lang="zh") for tag in query.tags))
    _add(graph, node, SKOS.note, *([Literal(query.note, lang="en")] if query.note else []))
    _add(graph, node, SH.prefixes, CATALOGUE)
    for order, param in enumerate(query.params):
        _add_param(graph, node, param, order)
    _add(graph, node, text, Literal(body_of(query)))


def _add_param(graph: Graph, query: URIRef, param: Param, order: int) -> None:
    """Add a parameter; the end of its path is the variable, as SHACL has it."""
    node = URIRef(f"{query}/{param.name}")
    _add(graph, query, SH.parameter, node)
    _add(graph, node, RDF.type, SH.Parameter)
    _add(graph, node, SH.path, URIRef(f"{vocab.BASE}param/{param.name}"))
    _add(graph, node, SH.name, Literal(param.name))
    _add(graph, node, SH.description, Literal(param.form, lang="en"))
    _add(graph, node, SH.order, Literal(order))
    _add(graph, node, SH.optional, Literal(param.optional))
    _add(graph, node, SKOS.example, Literal(param.example))
    if datatype := _DATATYPES.get(param.type):
        _add(graph, node, SH.datatype, datatype)
    else:
        _add(graph, node, SH["class"], URIRef(_class_of(param.type)))


def _class_of(type_: str) -> str:
    """Return the class of what a parameter stands for: of a thing, or of the entries of a list.

    >>> _class_of("task"), _class_of("indicator-kind")
    ('https://w3id.org/zeren/ns#Task', 'https://w3id.org/zeren/ns#IndicatorKind')
    """
    name = type_ if type_ in TYPES else type_.replace("-", " ").title().replace(" ", "")
    return _CLASSES.get(type_) or getattr(vocab.ZR, name[0].upper() + name[1:]).value


def _both(chinese: str, english: str) -> tuple[Literal, Literal]:
    return Literal(chinese, lang="zh"), Literal(english, lang="en")


def _add(graph: Graph, subject: URIRef, predicate: URIRef, *values: URIRef | Literal) -> None:
    for value in values:
        graph.add((subject, predicate, value))
