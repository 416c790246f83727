"""From a name, as people write it, to the IRI that a query wants."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, QuerySolutions, Variable

from kg import data, vocab
from kg.ask.values import read_value
from kg.errors import QueryError
from kg.queryable import Queryable

PREFIXES = {**vocab.PREFIXES, "id": vocab.BASE + "id/"}
TYPES = ("organization", "document", "policy", "task", "metric", "region", "function")
_SHOWN = 6  # candidates in a message
Term = NamedNode | Literal


def nearest_names(name: str, names: Iterable[str], limit: int = 5) -> list[str]:
    """Return the names that look most like the one given; those that contain it come first.

    >>> nearest_names("生态局", ["石家庄市水利局", "唐山市生态环境局", "市生态局办公室"], limit=2)
    ['市生态局办公室', '唐山市生态环境局']
    """
    known = sorted(set(names))
    inside = [other for other in known if name and name in other]
    close = difflib.get_close_matches(name, known, n=limit, cutoff=0.4)
    return list(dict.fromkeys([*inside, *close]))[:limit]


def resolve_value(store: Queryable, type_: str, value: str) -> Term:
    """Return the term that a parameter's value stands for; a name must fit one thing only.

    What is neither a thing, a literal of a known type nor a code from a list is text.
    """
    value = value.strip()
    if not _is_text(value):
        raise QueryError(f"{shorten(value)!a} is not UTF-8; write it again as UTF-8")
    if type_ not in TYPES:
        return read_value(type_, value) or Literal(value)
    if iri := _read_iri(value):
        return _existing(store, type_, iri)
    value = value.removeprefix("《").removesuffix("》")
    found = _named(store, type_, value)
    if not found and type_ == "task" and "#" in value:
        found = _numbered(store, value)
    if not found and type_ == "organization":
        found = _known(store, value)
    if not found:
        raise QueryError(_nobody(type_, value, _names(store, type_)))
    if len(found) > 1:
        raise QueryError(_several(type_, value, found))
    return NamedNode(next(iter(found)))


def _is_text(value: str) -> bool:
    """Return whether no part of the value is a byte that could not be decoded."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read_iri(value: str) -> NamedNode | None:
    """Return the IRI if the value is one: whole, in <> or with a known prefix."""
    text = value.removeprefix("<").removesuffix(">")
    prefix, colon, rest = text.partition(":")
    if colon and prefix in PREFIXES and not rest.startswith("//"):
        text = PREFIXES[prefix] + rest
    if not re.match(r"(?:[a-z][a-z0-9+.-]*://|urn:)", text):
        return None
    try:
        return NamedNode(text)
    except ValueError as error:
        raise QueryError(f"{shorten(text)!r} is no valid IRI: {shorten(str(error))}") from error


def _existing(store: Queryable, type_: str, iri: NamedNode) -> NamedNode:
    if not _rows(store, type_, {"it": iri}):
        raise QueryError(f"no {type_} has the IRI {shorten(iri.value)}; give a name or look it up with: zeren queries")
    return iri


def _named(store: Queryable, type_: str, value: str) -> dict[str, str]:
    """Return who bears exactly this name: IRI → official name."""
    found: dict[str, str] = {}
    for name in (Literal(value, language="zh"), Literal(value), Literal(value, language="en")):
        for iri, _ in _rows(store, type_, {"name": name}):
            found[iri] = _official(store, type_, iri)
    return found


def _known(store: Queryable, value: str) -> dict[str, str]:
    """Return the body that the knowledge base understands by a place and a short form: 石家庄市发改委."""
    # only here: loading all that is known takes longer than the question itself
    from kg.registry import load_registry
    from kg.registry.reforms import find_heir
    from kg.resolve.organizations import resolve_name
    from kg.resolve.regions import Scope

    registry = load_registry()
    body = resolve_name(value, Scope(None, "unknown", None, "unknown"), registry).organization
    iris = set(_column(store, "organization", "it")) if body.function is not None and body.region is not None else set()
    while True:
        key = vocab.organization(body.key).value.removeprefix(vocab.BASE)
        if found := [iri for iri in iris if iri.endswith(f"/{key}")]:
            return {iri: _official(store, "organization", iri) for iri in found}
        if (change := find_heir(body, registry)) is None:
            return {}
        body = change[0]


def _numbered(store: Queryable, value: str) -> dict[str, str]:
    """Return the tasks of a document by number or by the end of their IRI: 石家庄市2023年…工作要点#7."""
    title, _, number = value.rpartition("#")
    if not title or not number:
        raise QueryError(f"{shorten(value)!r} names no task; write DOCUMENT#NUMBER, the document by title or key")
    document = resolve_value(store, "document", title)
    tasks = _rows(store, "task-of-document", {"document": document})
    found = [iri for iri, name in tasks if name == number] or [iri for iri, _ in tasks if iri.endswith(f"/{number}")]
    if not found:
        known = ", ".join(sorted((name for _, name in tasks if name), key=_by_number))
        raise QueryError(f"the document {shorten(title)!r} has no task {shorten(number)!r}; its numbers: {shorten(known, 120)}")
    return {iri: _official(store, "task", iri) for iri in found}


def _by_number(name: str) -> list[tuple[int, str]]:
    """Return by what numbers stand in their order: 2 before 10, 2.9 before 2.10."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", name) if part]


def _names(store: Queryable, type_: str) -> list[str]:
    return _column(store, type_, "name")


def _official(store: Queryable, type_: str, iri: str) -> str:
    rows = store.query(
        _read_lookup("official"),
        use_default_graph_as_union=True,
        substitutions={Variable("it"): NamedNode(iri)},
    )
    assert isinstance(rows, QuerySolutions)
    return next((_text(row["name"]) for row in rows), iri)


def _rows(store: Queryable, lookup: str, bound: Mapping[str, Term]) -> list[tuple[str, str]]:
    """Return (IRI, name) from a query under queries/lookup/."""
    rows = store.query(
        _read_lookup(lookup),
        use_default_graph_as_union=True,
        substitutions={Variable(name): term for name, term in bound.items()},
    )
    assert isinstance(rows, QuerySolutions)
    return [(_text(row["it"]), _text(row["name"])) for row in rows]


def _column(store: Queryable, lookup: str, name: str) -> list[str]:
    """Return one column of a query under queries/lookup/, each value once: many things bear the same names."""
    text = _read_lookup(lookup).replace("SELECT DISTINCT ?it ?name", f"SELECT DISTINCT ?{name}").partition("ORDER BY")[0]
    rows = store.query(text, use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    return [_text(row[name]) for row in rows]


def _read_lookup(lookup: str) -> str:
    return (data.QUERIES / "lookup" / f"{lookup}.rq").read_text(encoding="utf-8")


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _nobody(type_: str, value: str, names: Iterable[str]) -> str:
    near = nearest_names(shorten(value), names)
    hint = f"nearest: {', '.join(near)}" if near else "the graph has nothing like it"
    return f"no {type_} is named {shorten(value)!r}; {hint}"


def _several(type_: str, value: str, found: Mapping[str, str]) -> str:
    shown = [f"{name} <{iri}>" for iri, name in sorted(found.items())]
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return f"{shorten(value)!r} fits {len(shown)} of type {type_}; give one of: {', '.join(shown[:_SHOWN])}{more}"


def shorten(text: str, limit: int = 80) -> str:
    """Return a text short enough for a message.

    >>> shorten("市水利局", 2)
    '市水…'
    """
    return text if len(text) <= limit else text[:limit] + "…"
