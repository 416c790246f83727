"""Does the derived graph say what the rules under queries/derive/ define? An auditor's second way to the same figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Store, Triple

from kg import vocab
from kg.check.report import Finding
from kg.reason import derive
from kg.vocab import RDF, ZR


def check_derived(graph: Store, base: str = vocab.BASE) -> Iterator[Finding]:
    """Yield each thing of which the derived graph says other than the SPARQL definitions give on the loaded documents.

    A build works the figures out by SQL over the tables. Here the rules are run, which takes as many seconds as there are
    dozens of documents. What SPARQL cannot state (scores, medians, communities) is not compared.
    """
    home = vocab.derived_graph(base)
    defined = {quad.triple for quad in derive(graph, base)}
    defined |= set(_gap_nodes(defined, base))
    stated = {quad.triple for quad in graph.quads_for_pattern(None, None, None, home)}
    yield from _findings(
        defined - stated, "derived-missing", "推导结果缺少定义给出的事实", "derived graph lacks what the rules define"
    )
    extra = _covered(stated, defined) - defined
    yield from _findings(extra, "derived-otherwise", "推导结果与定义不符", "derived graph says other than the rules define")


def _gap_nodes(triples: Iterable[Triple], base: str) -> Iterator[Triple]:
    """Yield what each gap that the rules find is stated as; its sentence and evidence aside."""
    for triple in triples:
        if triple.predicate == ZR.gap and isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
            node = vocab.gap(triple.subject.value, triple.object.value.rpartition("/")[2], base)
            yield Triple(node, RDF.type, ZR.Gap)
            yield Triple(node, ZR.gapOf, triple.subject)
            yield Triple(node, ZR.gapKind, triple.object)


def _covered(stated: Iterable[Triple], defined: Iterable[Triple]) -> set[Triple]:
    """Return the stated triples of a kind that the rules define: of the same things and terms, or of things of their classes."""
    pairs = {(triple.subject, triple.predicate) for triple in defined}
    terms = {triple.predicate for triple in defined}
    kinds = {triple.object for triple in defined if triple.predicate == RDF.type}
    known = {triple.subject for triple in stated if triple.predicate == RDF.type and triple.object in kinds}
    return {
        triple
        for triple in stated
        if (triple.subject, triple.predicate) in pairs or (triple.subject in known and triple.predicate in terms)
    }


def _findings(triples: Iterable[Triple], name: str, zh: str, en: str) -> Iterator[Finding]:
    for triple in sorted(triples, key=str):
        where = triple.subject.value if isinstance(triple.subject, NamedNode) else str(triple.subject)
        said = getattr(triple.object, "value", str(triple.object))
        yield Finding("violation", name, zh, en, where, "derived", f"{triple.predicate.value.rpartition('#')[2]}: {said}")
