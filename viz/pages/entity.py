"""What a page says of one thing: its names, what is said of it in words, the sentences it rests on, what leads to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import quote, unquote

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple, Variable

from kg import data, vocab
from kg.queryable import Queryable
from viz.pages.links import Language
from viz.pages.terms import load_terms, name_term, shorten_iri

_ESCAPE = re.compile("%(?:[0-9a-f]{2})?", re.IGNORECASE)
_MOST_QUOTES = 8
_MOST_BY_KIND = 5_000  # things that lead to one
_IN_LINE, _SHORT = 12, 16  # values, characters of each
_OA, _RDFS, _SKOS, _DCTERMS, _OWL = (vocab.PREFIXES[prefix] for prefix in ("oa", "rdfs", "skos", "dcterms", "owl"))
_TYPE, _EXACT = vocab.RDF.type.value, vocab.OA.exact.value
# by which a thing is called, the best first
_NAMING = [f"{_SKOS}prefLabel", f"{_DCTERMS}title", f"{_RDFS}label"]
_NAMING += [vocab.ZR.iri + name for name in ("asWritten", "mention", "fileName")]
_EVIDENCE = {vocab.ZR.iri + name for name in ("evidence", "dueEvidence", "supervisorEvidence")}
_PARTIES = [vocab.ZR.iri + name for name in ("between", "loadOf")]
_SELECTOR = {_OA + name for name in ("prefix", "suffix", "exact", "start", "end")}
_WORDING = vocab.ZR.text.value  # of a task: often the very words of its evidence
_ABOVE = vocab.ZR.unit.value  # says again what 牵头, 责任 and 配合 say
_BELOW = {vocab.ZR.iri + name for name in ("leadUnit", "responsibleUnit", "supportUnit", "inheritedUnit")}

Cell = NamedNode | BlankNode | Literal | Triple | None
_Rows = Sequence[Mapping[str, Cell]]
_Found = Mapping[str, Mapping[str, _Rows]]  # by property and value


@dataclass(frozen=True, slots=True)
class Value:
    """A value in words; with the address of its page if it is a thing of the graph."""

    text: str
    iri: str = ""
    href: str = ""
    note: str = ""  # of which task or document it is


@dataclass(frozen=True, slots=True)
class Group:
    """A relation with its values; of an incoming one perhaps only the first of ``count``."""

    label: str
    iri: str
    values: tuple[Value, ...]
    count: int
    way: str = ""  # of an incoming one: the relation, where the label says what the things are

    @property
    def are_short(self) -> bool:
        """Whether the values are words that fit one line."""
        return len(self.values) <= _IN_LINE and all(not value.iri and len(value.text) <= _SHORT for value in self.values)

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.values)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source with what stands around them."""

    text: str
    before: str
    after: str
    start: str
    end: str
    page: str
    rule: str
    source: Value | None


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing."""

    iri: str
    label: str
    names: tuple[str, ...]  # in other languages
    types: tuple[Value, ...]
    definition: str
    groups: tuple[Group, ...]
    quotes: tuple[Quote, ...]
    incoming: tuple[Group, ...]


def describe_entity(graph: Queryable, iri: str, base: str, lang: Language) -> Entity | None:
    """Return what the graph says of a thing; ``None`` if it says nothing."""
    it = NamedNode(iri)
    rows = ask_page(graph, "about", it=it)
    by_property: dict[str, dict[str, list[Mapping[str, Cell]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        by_property[_text(row["property"])][str(row["value"])].append(row)
    label, names = _name_thing(by_property, iri, lang)
    incoming = _find_incoming(graph, it, label, base, lang)
    if not rows and not incoming:
        return None
    quotes = tuple(_find_quotes(graph, it, by_property, base, lang))
    elsewhere = _EVIDENCE | {_TYPE} | (_SELECTOR if _EXACT in by_property else set())
    names_only = {name for name in _NAMING[:3] if _texts(by_property, name) <= {label, *names}}
    quoted = {_WORDING} if _texts(by_property, _WORDING) <= {quote.text for quote in quotes} else set()
    defined = {f"{_SKOS}definition"} if iri in load_terms() else set()
    shown = {name for name in by_property if not name.startswith(_OWL)} - elsewhere - names_only - quoted - defined
    if _ABOVE in shown and shown & _BELOW:
        shown.discard(_ABOVE)
    groups = [_group(name, by_property[name].values(), base, lang) for name in sorted(shown, key=_place)]
    term = load_terms().get(iri)
    return Entity(
        iri=iri,
        label=label,
        names=names,
        types=tuple(Value(name_term(one, lang), one, local_path(one, base, lang)) for one in _targets(by_property, {_TYPE})),
        definition=term.say("definition", lang) if term else "",
        groups=tuple(groups),
        quotes=quotes,
        incoming=incoming,
    )


def ask_page(graph: Queryable, name: str, **bound: NamedNode | Literal) -> list[dict[str, Cell]]:
    """Return the rows of a query under ``queries/pages/``."""
    found = graph.query(
        read_query(name),
        use_default_graph_as_union=True,
        substitutions={Variable(key): value for key, value in bound.items()},
    )
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: row[name] for name in names} for row in found]


def local_path(iri: str, base: str, lang: Language = "zh") -> str:
    """Return where the page of a thing is; nothing for what is of elsewhere.

    >>> local_path("https://w3id.org/zeren/id/org/130100/water", vocab.BASE), local_path("http://example.org/", vocab.BASE)
    ('/doc/id/org/130100/water', '')
    >>> local_path("https://w3id.org/zeren/ns#Task", vocab.BASE), local_path("https://w3id.org/zeren/ns#Task", vocab.BASE, "en")
    ('/ns#Task', '/ns?lang=en#Task')
    """
    asked = "?lang=en" if lang == "en" else ""
    if iri.startswith(vocab.ZR.iri):
        return f"/ns{asked}#{quote(iri.removeprefix(vocab.ZR.iri))}"
    for start, folder in ((f"{base}id/", "id"), (f"{vocab.BASE}scheme/", "scheme")):
        if iri.startswith(start) and len(iri) > len(start):
            return f"/doc/{folder}/{iri.removeprefix(start)}{asked}"
    return ""


def iri_of(path: str, base: str) -> str:
    """Return the IRI whose page has this path, escapes and all as it came in the request.

    >>> iri_of("/doc/id/task/130100/a%2Fb/%E4%B8%80", vocab.BASE)
    'https://w3id.org/zeren/id/task/130100/a%2Fb/%E4%B8%80'
    >>> iri_of("/id/shared/a+水 <利>%e6", vocab.BASE)
    'https://w3id.org/zeren/id/shared/a+%E6%B0%B4%20%3C%E5%88%A9%3E%E6'
    >>> iri_of("/id/shared/100%", vocab.BASE)  # no escape, and no letter of an IRI
    'https://w3id.org/zeren/id/shared/100%25'
    """
    parts = path.removeprefix("/doc").strip("/").split("/")
    start = vocab.BASE if parts[0] == "scheme" else base
    rest = _ESCAPE.sub(lambda escape: escape[0].upper() if escape[0] != "%" else "%25", "/".join(parts))
    return start + quote(rest, safe="/%!$&'()*+,;=:@~")


@cache
def read_query(name: str) -> str:
    """Return the text of a query under ``queries/pages/``."""
    return (data.QUERIES / "pages" / f"{name}.rq").read_text(encoding="utf-8")


def _name_thing(found: _Found, iri: str, lang: Language) -> tuple[str, tuple[str, ...]]:
    """Return what the thing is called, and what it is called in other languages."""
    for property_ in (*_NAMING, _EXACT):
        literals = [rows[0]["value"] for rows in found.get(property_, {}).values()]
        names = [one for one in literals if isinstance(one, Literal) and one.value]
        if names:
            best = min(names, key=lambda one: (one.language != lang, one.language != "zh", one.value))
            others = () if property_ not in _NAMING[:3] else tuple(one.value for one in names if one != best)
            return best.value, tuple(dict.fromkeys(other for other in others if other != best.value))
    parties = [_value(rows, rows[0]["value"], None, "", lang).text for name in _PARTIES for rows in found.get(name, {}).values()]
    if parties:  # what follows from others and has no name of its own: 共同责任：甲局、乙局
        kind = next((name_term(one, lang) for one in _targets(found, {_TYPE})), "")
        return f"{kind}：{'、'.join(parties)}" if lang == "zh" else f"{kind}: {', '.join(parties)}", ()
    return unquote(iri.rstrip("/").rpartition("/")[2]) or iri, ()


def _group(property_: str, values: Iterable[_Rows], base: str, lang: Language) -> Group:
    made = [_value(rows, rows[0]["value"], rows[0]["taskName"], base, lang) for rows in values]
    return Group(name_term(property_, lang), property_, tuple(made), len(made))


def _value(rows: _Rows, thing: Cell, note: Cell, base: str, lang: Language) -> Value:
    """Return a value by the best of the names that its rows give it."""
    if not isinstance(thing, NamedNode):
        return Value(in_words(thing, lang))
    ranks = {naming: rank for rank, naming in enumerate(_NAMING)}
    names = [(ranks.get(_text(row["naming"]), len(ranks)), row["name"]) for row in rows]
    known = [
        (rank, name.language != lang, name.language != "zh", name.value) for rank, name in names if isinstance(name, Literal)
    ]
    term = load_terms().get(thing.value)
    text = (term.say("label", lang) if term else "") or (min(known)[-1] if known else "") or shorten_iri(thing.value)
    return Value(text, thing.value, local_path(thing.value, base, lang), _text(note) if _text(note) != text else "")


def in_words(value: Cell, lang: Language) -> str:
    """Return a value as people write it."""
    text = _text(value)
    if isinstance(value, Literal) and value.datatype == vocab.XSD.boolean:
        return {"true": "是", "false": "否"}.get(text, text) if lang == "zh" else {"true": "yes", "false": "no"}.get(text, text)
    return text


def _find_quotes(graph: Queryable, it: NamedNode, found: _Found, base: str, lang: Language) -> Iterable[Quote]:
    """Yield the quotations that a thing rests on; a piece of evidence is one itself."""
    if _EXACT in found:
        yield from _read_quote([row for values in found.values() for rows in values.values() for row in rows], base, lang)
    for iri in list(dict.fromkeys(_targets(found, _EVIDENCE)))[:_MOST_QUOTES]:
        if iri != it.value:
            yield from _read_quote(ask_page(graph, "about", it=NamedNode(iri)), base, lang)


def _read_quote(rows: _Rows, base: str, lang: Language) -> Iterable[Quote]:
    said = {_text(row["property"]): row for row in rows}

    def text(name: str) -> str:
        return _text(said[name]["value"]) if name in said else ""

    if _EXACT not in said:
        return
    source = said.get(f"{_OA}hasSource")
    file = _value([source], source["value"], None, base, lang) if source else None
    zr = vocab.ZR.iri
    yield Quote(
        text(_EXACT),
        text(f"{_OA}prefix"),
        text(f"{_OA}suffix"),
        text(f"{_OA}start"),
        text(f"{_OA}end"),
        text(f"{zr}page"),
        text(f"{zr}rule"),
        file,
    )


def _find_incoming(graph: Queryable, it: NamedNode, label: str, base: str, lang: Language) -> tuple[Group, ...]:
    """Return what leads here by relation and kind; where it is very much, by relation alone, since kinds take time to count."""
    totals = {_text(row["property"]): int(_text(row["count"])) for row in ask_page(graph, "counting", it=it)}
    if sum(totals.values()) > _MOST_BY_KIND:
        counted = {(property_, ""): count for property_, count in totals.items()}
    else:
        rows = ask_page(graph, "incoming", it=it)
        counted = {(_text(row["property"]), _text(row["class"])): int(_text(row["count"])) for row in rows}
    hidden = {_ABOVE} if set(totals) & _BELOW else set()
    return tuple(
        _read_incoming(graph, it, property_, class_, counted[property_, class_], label, base, lang)
        for property_, class_ in sorted(counted, key=lambda pair: (_place(pair[0]), _place(pair[1])))
        if not (property_ in hidden or property_.startswith(_OWL) or _is_part(property_, class_, counted))
    )


def _read_incoming(
    graph: Queryable, it: NamedNode, property_: str, class_: str, count: int, label: str, base: str, lang: Language
) -> Group:
    bound = {"class": NamedNode(class_)} if class_ else {}
    by_source: dict[str, list[Mapping[str, Cell]]] = defaultdict(list)
    for row in ask_page(graph, "linking", it=it, property=NamedNode(property_), **bound):
        by_source[str(row["source"])].append(row)
    values = []
    for rows in by_source.values():
        notes = [_text(rows[0][name]) for name in ("taskName", "documentName")]
        note = next((one for one in notes if one not in ("", label)), "")
        value = _value(rows, rows[0]["source"], Literal(note), base, lang)
        parties = {_text(row["partyName"]) for row in rows if _is_in(row["partyName"], "zh")} - {"", label}
        values.append(replace(value, text="、".join(sorted(parties))) if parties else value)
    kind = class_ or next((_text(rows[0]["kind"]) for rows in by_source.values()), "")
    words = name_term(property_, lang), name_term(kind, lang) if kind else ""
    return Group(words[1] or words[0], property_, tuple(values), count, words[0] if words[1] else "")


def _is_in(name: Cell, language: str) -> bool:
    return isinstance(name, Literal) and name.language == language


def _is_part(property_: str, class_: str, counted: Mapping[tuple[str, str], int]) -> bool:
    """Return whether another group shows these things too: a generic body is a body, a lead role is a concept."""
    above = {iri: term.links.get("above", []) for iri, term in load_terms().items()}
    if any((property_, wider) in counted for wider in above.get(class_, [])):
        return True
    narrower = sum(count for (other, part), count in counted.items() if other == property_ and part != class_)
    return class_.startswith((_SKOS, _OWL)) and narrower > 0


def _texts(found: _Found, property_: str) -> set[str]:
    return {_text(rows[0]["value"]) for rows in found.get(property_, {}).values()}


def _targets(found: _Found, properties: Iterable[str]) -> list[str]:
    values = [rows[0]["value"] for name in sorted(properties) for rows in found.get(name, {}).values()]
    return [value.value for value in values if isinstance(value, NamedNode)]


@cache
def _order() -> Mapping[str, int]:
    return {iri: place for place, iri in enumerate(load_terms())}


def _place(property_: str) -> tuple[int, str]:
    """Return where a relation stands on a page: in the order of the ontology, others behind."""
    return _order().get(property_, len(_order())), property_


def _text(term: Cell) -> str:
    return term.value if isinstance(term, NamedNode | Literal | BlankNode) else "" if term is None else str(term)
