"""Pairs of targets written down in a line each, as a graph: for SQL, SPARQL and the plain rule alike."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import vocab
from kg.rdf import build_ontology_quads
from kg.schemes import find_unit
from kg.vocab import DCTERMS, OA, QUDT, RDF, RDFS, SKOS, XSD, ZR

COUNTRY, PROVINCE, CITY, COUNTY, OTHER = "100000", "130000", "130100", "130123", "130200"
_ABOVE = {PROVINCE: COUNTRY, CITY: PROVINCE, COUNTY: CITY, OTHER: PROVINCE}
_REGISTRY = vocab.registry_graph()


@dataclass(frozen=True, slots=True)
class Said:
    """What a document says of a target; ``words`` are made of the rest where they do not matter."""

    value: str | None = "95"
    unit: str | None = "%"
    sign: str | None = "at-least"
    kind: str = "quantitative"
    name: str = "秸秆综合利用率"
    year: int | None = 2025
    words: str = ""
    baseline: int | None = None
    binding: bool = False  # 约束性

    @property
    def text(self) -> str:
        return self.words or f"{self.name}{self.sign}{self.value}{self.unit}"

    @property
    def normal(self) -> Decimal | None:
        unit = find_unit(self.unit)
        return None if unit is None or self.value is None else unit.normalize(Decimal(self.value))


@dataclass(frozen=True, slots=True)
class Plan:
    """A document with its targets."""

    region: str
    period: tuple[int, int]
    targets: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """Documents whose targets are all for one metric, which no other case has."""

    plans: tuple[Plan, ...]
    metric: str = "秸秆综合利用率"
    direction: str | None = "higher"


def graph_of(*cases: Case) -> Store:
    """Return a graph of these documents; the n-th document of the m-th case is ``policy/m-n``."""
    store = Store()
    store.extend(build_ontology_quads())
    for code in (COUNTRY, *_ABOVE):
        region = vocab.region(code)
        _say(store, _REGISTRY, region, (RDF.type, ZR.Region), (SKOS.prefLabel, Literal(f"地区{code}", language="zh")))
        if code in _ABOVE:
            _say(store, _REGISTRY, region, (ZR.parentRegion, vocab.region(_ABOVE[code])))
    for number, case in enumerate(cases, 1):
        named = vocab.metric(f"m{number}")
        _say(store, _REGISTRY, named, (RDF.type, ZR.Metric), (SKOS.prefLabel, Literal(case.metric, language="zh")))
        if case.direction is not None:
            _say(store, _REGISTRY, named, (ZR.direction, Literal(case.direction)))
        for order, plan in enumerate(case.plans, 1):
            _add(store, f"{number}-{order}", plan, named)
    return store


def indicator(case: int, document: int, number: int = 1) -> str:
    """Return the IRI of a target."""
    return vocab.indicator(f"{case}-{document}", None, number).value


def _add(store: Store, key: str, plan: Plan, metric: NamedNode) -> None:
    graph, policy, source = vocab.document_graph(key), vocab.policy(key), vocab.source(key)
    days = [Literal(f"{year}-{day}", datatype=XSD.date) for year, day in zip(plan.period, ("01-01", "12-31"), strict=True)]
    _say(store, graph, policy, (RDF.type, ZR.Policy), (ZR.sourceText, source), (DCTERMS.spatial, vocab.region(plan.region)))
    _say(store, graph, policy, (DCTERMS.title, Literal(key, language="zh")), (ZR.periodStart, days[0]), (ZR.periodEnd, days[1]))
    for number, said in enumerate(plan.targets, 1):
        node, evidence = vocab.indicator(key, None, number), vocab.evidence(key, number, number + 1, "r")
        _say(store, graph, node, (RDF.type, ZR.Indicator), (DCTERMS.isPartOf, policy), (ZR.metric, metric), (ZR.policy, policy))
        _say(
            store, graph, node, (RDFS.label, Literal(said.name, language="zh")), (ZR.asWritten, Literal(said.text, language="zh"))
        )
        _say(store, graph, node, (ZR.kind, vocab.concept("indicator-kind", said.kind)), (ZR.evidence, evidence))
        _say(store, graph, evidence, (RDF.type, ZR.Evidence), (OA.exact, Literal(said.text)), (ZR.rule, Literal("r")))
        _say(store, graph, evidence, (OA.start, _whole(number)), (OA.end, _whole(number + 1)))
        if said.year is not None:
            _say(store, graph, node, (ZR.year, _whole(said.year)))
        if said.sign is not None:
            _say(store, graph, node, (ZR.comparator, vocab.concept("comparator", said.sign)))
        if said.unit is not None:
            _say(store, graph, node, (ZR.unitText, Literal(said.unit)))
        if said.value is not None:
            _say(store, graph, node, (QUDT.value, Literal(said.value, datatype=XSD.decimal)), (ZR.valueText, Literal(said.value)))
        unit = find_unit(said.unit)
        if unit is not None and said.normal is not None:
            _say(store, graph, node, (QUDT.hasUnit, unit.iri), (ZR.normalizedUnit, unit.base))
            _say(store, graph, node, (ZR.normalizedValue, Literal(f"{said.normal:f}", datatype=XSD.decimal)))
        if said.binding:
            _say(store, graph, node, (ZR.binding, vocab.concept("binding", "binding")))
        if said.baseline is not None:
            _say(store, graph, node, (ZR.baselineYear, _whole(said.baseline)))


def _say(store: Store, graph: NamedNode, subject: NamedNode, *facts: tuple[NamedNode, NamedNode | Literal]) -> None:
    store.extend(Quad(subject, predicate, value, graph) for predicate, value in facts)


def _whole(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)
