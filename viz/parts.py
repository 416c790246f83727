"""A part of the graph, by what people call it: a region's documents, one document, what is around one thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from kg.errors import QueryError
from kg.explorer import Scope, Snapshot
from kg.ledger import name_document
from kg.search import Finder, Kind, gather_index
from kg.search.entry import EXACT

Entry = Mapping[str, Any]
_KINDS: dict[Kind, str] = {
    "department": "org",
    "task": "task",
    "target": "indicator",
    "document": "policy",
    "policy": "policy",
    "section": "section",
}  # of the search, and as IRIs say them
_NAMED = 5  # examples in a message


def keep_region(ledger: Entry, name: str) -> Entry:
    """Return the ledger with a region's documents only, by its name or its code.

    :raises QueryError: no document speaks for it.
    """
    return _keep(ledger, name, lambda entry: (entry.get("region"), entry.get("region_code")), "region")


def keep_document(ledger: Entry, name: str) -> Entry:
    """Return the ledger with one document only, by its title, key, number or file name.

    :raises QueryError: there is none, or several.
    """
    kept = _keep(ledger, name, _name_document, "document")
    if len(kept["documents"]) > 1:
        keys = "; ".join(str(entry.get("key") or entry["id"]) for entry in kept["documents"][:_NAMED])
        raise QueryError(f"{len(kept['documents'])} documents are called {name!r}; say which by its key: {keys}")
    return kept


def find_center(snapshot: Snapshot, name: str) -> tuple[str, str]:
    """Return kind and key of a thing: by its IRI, by what the IRI ends with (``org/130100/water``), or by a name.

    :raises QueryError: nothing is called so, or several things are.
    """
    kind, _, key = name.removeprefix(f"{snapshot.base}id/").partition("/")
    if kind in _KINDS.values() and key:
        return kind, key
    found = Finder(gather_index(snapshot.columns(Scope()))).find(name, kinds=tuple(_KINDS), limit=50).entries
    exact = [one for one in found if one.grade == EXACT] or list(found)
    if not exact:
        raise QueryError(f"nothing in the graph is called {name!r}; try a shorter name, or a part of it")
    if len(exact) > 1:
        named = "; ".join(f"{one.label} ({one.place}) {_KINDS[one.kind]}/{one.key}" for one in exact[:_NAMED])
        raise QueryError(f"several things are called {name!r}; say which, as it stands at the end: {named}")
    return _KINDS[exact[0].kind], exact[0].key


def _name_document(entry: Entry) -> Sequence[str | None]:
    iri = str(entry["id"])
    file = str(entry.get("source_path") or entry.get("file") or "").rsplit("/", 1)[-1]
    return name_document(entry), entry.get("key"), entry.get("number"), file, iri, iri.partition("/id/policy/")[2]


def _keep(ledger: Entry, name: str, names_of: Callable[[Entry], Sequence[str | None]], kind: str) -> Entry:
    documents = list(ledger.get("documents") or ())
    kept = [entry for entry in documents if name in names_of(entry)]
    if not kept:
        known = list(dict.fromkeys(str(names_of(entry)[0]) for entry in documents if names_of(entry)[0]))
        near = get_close_matches(name, known, _NAMED, 0.3) or known[:_NAMED]
        raise QueryError(f"the graph has no {kind} {name!r}; there are {'; '.join(near)}" if near else f"the graph has no {kind}")
    return {**ledger, "documents": kept}
