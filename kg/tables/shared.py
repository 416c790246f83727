"""What documents share, as rows: out of the merged registry graph, in which each thing has one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocab
from kg.tables.rows import Row
from kg.vocab import DCTERMS, ELI, ORG, RDF, SKOS, ZR

Facts = Mapping[NamedNode, list[NamedNode | Literal]]
_KINDS = {ZR.GenericBody: "generic", ORG.OrganizationalCollaboration: "collaboration"}
COLUMNS: Mapping[str, Mapping[str, str]] = {  # of what no table is made of, but columns are
    "functions": {"key": "VARCHAR", "name": "VARCHAR"},
    "metrics": {"iri": "VARCHAR", "name": "VARCHAR", "direction": "VARCHAR"},
    "policies": {"iri": "VARCHAR", "title": "VARCHAR", "number": "VARCHAR", "level": "VARCHAR", "region_code": "VARCHAR"},
    "regions": {"code": "VARCHAR", "name": "VARCHAR", "level": "VARCHAR", "path": "VARCHAR[]"},
}


def shared_rows(quads: Iterable[Quad], base: str = vocab.BASE) -> Iterator[tuple[str, Row]]:
    """Yield the rows of organizations, functions, metrics, policies and regions, each with the name of its table."""
    things: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            things[quad.subject][quad.predicate].append(quad.object)
    parents = {_code(node, base): _region(facts.get(ZR.parentRegion), base) for node, facts in things.items()}
    heirs = _heirs(things.values())
    for node, facts in things.items():
        kinds = facts[RDF.type]
        if ORG.Organization in kinds:
            yield "organizations", _organization(node, facts, heirs.get(node, (None, None)), base)
        elif ZR.Region in kinds:
            code = _code(node, base)
            names = {"code": code, "name": _name(facts), "level": _last(facts, ZR.level)}
            yield "regions", {**names, "path": list(_upwards(code, parents))[::-1]}
        elif ZR.Policy in kinds:
            said = {"title": _value(facts, DCTERMS.title), "number": _value(facts, ELI.id_local), "level": _last(facts, ZR.level)}
            yield "policies", {"iri": node.value, **said, "region_code": _region(facts[DCTERMS.spatial], base)}
        elif ZR.Metric in kinds:
            yield "metrics", {"iri": node.value, "name": _name(facts), "direction": _value(facts, ZR.direction)}
        elif ZR.Function in kinds:
            yield "functions", {"key": vocab.key_of(node.value, "function", base), "name": _name(facts)}


def _organization(node: NamedNode, facts: Facts, heir: tuple[str | None, str | None], base: str) -> Row:
    kinds, functions = facts[RDF.type], facts.get(ZR.function, [])
    main = facts.get(ZR.mainFunction)
    return {
        "iri": node.value,
        "key": vocab.key_of(node.value, "org", base),
        "name": _name(facts),
        "other_names": sorted(name.value for name in facts.get(SKOS.altLabel, [])),
        "kind": next((word for kind, word in _KINDS.items() if kind in kinds), "organization"),
        "function": vocab.key_of(main[0].value, "function", base) if main else None,
        "functions": sorted(vocab.key_of(one.value, "function", base) for one in functions),
        "region_code": _region(facts.get(DCTERMS.spatial), base),
        "successor": heir[0],
        "succeeded": heir[1],
    }


def _heirs(things: Iterable[Facts]) -> dict[NamedNode, tuple[str | None, str | None]]:
    """Return of each body that went into another: which one, and in which year; of several reforms, the last."""
    found: dict[NamedNode, tuple[str | None, str | None]] = {}
    for facts in things:
        if ORG.ChangeEvent in facts.get(RDF.type, ()):
            year = _value(facts, DCTERMS.date)
            for old in facts.get(ORG.originalOrganization, ()):
                for new in facts.get(ORG.resultingOrganization, ()):
                    if isinstance(old, NamedNode) and (year or "") >= (found.get(old, (None, None))[1] or ""):
                        found[old] = new.value, year
    return found


def _upwards(code: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    seen: set[str] = set()
    step: str | None = code
    while step is not None and step not in seen:
        seen.add(step)
        yield step
        step = parents.get(step)


def _name(facts: Facts) -> str | None:
    names = facts.get(SKOS.prefLabel, [])
    return next((name.value for name in names if isinstance(name, Literal) and name.language == "zh"), None)


def _value(facts: Facts, predicate: NamedNode) -> str | None:
    values = facts.get(predicate)
    return min(value.value for value in values) if values else None


def _last(facts: Facts, predicate: NamedNode) -> str | None:
    value = _value(facts, predicate)
    return value.rpartition("/")[2] if value else None


def _region(values: list[NamedNode | Literal] | None, base: str) -> str | None:
    return vocab.key_of(values[0].value, "region", base) if values else None


def _code(node: NamedNode, base: str) -> str:
    return vocab.key_of(node.value, "region", base)
