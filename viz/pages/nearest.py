"""What the graph knows that looks like an address that leads nowhere."""

from __future__ import annotations

import difflib
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from kg import vocab
from kg.queryable import Queryable
from viz.pages.entity import Cell, Value, ask_page, local_path

_KINDS = {  # of addresses: class, and by what its things are called
    "org": (vocab.ORG.Organization, vocab.SKOS.prefLabel),
    "policy": (vocab.ZR.Policy, vocab.DCTERMS.title),
    "metric": (vocab.ZR.Metric, vocab.SKOS.prefLabel),
    "region": (vocab.ZR.Region, vocab.SKOS.prefLabel),
    "function": (vocab.ZR.Function, vocab.SKOS.prefLabel),
}
_MOST = 5
_COMPARED = 3_000  # addresses that are looked at closely


def find_nearest(graph: Queryable, iri: str, base: str) -> list[Value]:
    """Return the things whose address or name looks most like this address, by name."""
    kind, _, key = iri.removeprefix(f"{base}id/").partition("/")
    if not iri.startswith(f"{base}id/"):
        return []
    start, wanted = f"{base}id/{kind}/", unquote(key)
    names: dict[str, str] = {}
    for row in _list_names(graph, kind, key, base):
        thing, name = row["it"], row["name"]
        if isinstance(thing, NamedNode) and thing.value.startswith(start) and isinstance(name, Literal):
            names[thing.value] = name.value if name.language == "zh" else names.get(thing.value, name.value)
    last = wanted.rpartition("/")[2]
    looks = {unquote(one.removeprefix(start)): one for one in names}
    beside = [look for look in looks if look.startswith(wanted.removesuffix(last))] or list(looks)
    holding = [look for look in [*beside, *looks] if last and last in look]
    named = [look for look, one in looks.items() if last and last in names[one]]
    close = difflib.get_close_matches(wanted, beside[:_COMPARED], n=_MOST, cutoff=0.3)
    chosen = list(dict.fromkeys([*holding[:_MOST], *named[:_MOST], *close]))[:_MOST]
    return [Value(names[looks[look]], looks[look], local_path(looks[look], base)) for look in chosen]


def _list_names(graph: Queryable, kind: str, key: str, base: str) -> list[dict[str, Cell]]:
    if kind in _KINDS:
        class_, naming = _KINDS[kind]
        return ask_page(graph, "names", **{"class": class_, "naming": naming})
    document = key.rpartition("/")[0]  # a task's address goes on from its document's, and there are too many of all documents
    return ask_page(graph, "parts", whole=NamedNode(f"{base}id/policy/{document}")) if document else []
