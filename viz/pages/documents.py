"""A document about each thing: HTML for people, RDF for programs, whichever the request likes best."""

from __future__ import annotations

from urllib.parse import quote

from pyoxigraph import NamedNode, QueryBoolean, RdfFormat, Triple, Variable, parse, serialize
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from kg import ask, data, vocab
from kg.endpoint import ask_pool, refuse
from kg.endpoint.app import ResultResponse
from kg.endpoint.formats import GRAPHS, Format, choose, list_types, read_accept, weigh
from kg.endpoint.messages import Refusal
from viz.pages.answer import render_local
from viz.pages.entity import Entity, Group, Value, describe_entity, iri_of, local_path, read_query
from viz.pages.graph import PageGraph, RefusedQueryError, in_thread
from viz.pages.links import Language
from viz.pages.nearest import find_nearest
from viz.pages.render import language_of, link
from viz.pages.terms import load_terms, name_term

# as the address says it: /doc/id/…?format=ttl
FORMATS = {"ttl": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples", "rdf": "application/rdf+xml"}
HTML = "text/html"
_SCREENS = {
    "task": "/task",
    "org": "/department",
    "policy": "/document",
    "metric": "/indicators",
    "function": "/compare/function",
}
_CHAINS = {"task": "/chain/task", "org": "/chain/department", "policy": "/chain/policy"}
_LEADING = ask.parse_query(
    "leading",
    """\
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?name
WHERE {
  ?thing ?property ?it
  OPTIONAL { ?thing rdfs:label ?name }
}
ORDER BY ?thing
""",
)
_OFFERED = tuple(form for form in GRAPHS if form.media_type in FORMATS.values())


async def show_document(request: Request) -> Response:
    """Answer with what is known about the thing that the path names."""
    path = request.scope["raw_path"].partition(b"?")[0].decode("latin-1")
    base = request.app.state.pool.generation.manifest.base
    iri = iri_of(path, base)
    wanted = _choose(request)
    if isinstance(wanted, Response):
        return wanted
    headers = _headers(request)
    try:
        if not path.startswith(("/doc/id/", "/doc/scheme/")):
            return await _missing(request, iri, base, wanted)
        if wanted is None:
            lang = language_of(request)
            entity = await in_thread(request, lambda graph: describe_entity(graph, iri, base, lang))
            if entity is None:
                return await _missing(request, iri, base, wanted)
            page = await render_local(
                "entity.html",
                request,
                entity=entity,
                formats=_alternates(request),
                more=_ask_for_all,
                screens=_screens(iri, base),
            )
            return HTMLResponse(page, headers=headers)
        exists = await in_thread(request, lambda graph: _exists(graph, iri))
        if not exists:
            return await _missing(request, iri, base, wanted)
    except RefusedQueryError as error:
        return refuse(error.refusal, read_accept(request.headers.get("accept")))
    outcome = await ask_pool(request, read_query("describe"), {"it": iri}, wanted.media_type)
    if isinstance(outcome, Refusal):
        return refuse(outcome, read_accept(request.headers.get("accept")))
    return ResultResponse(outcome, headers)


async def show_terms(request: Request) -> Response:
    """Answer with the vocabulary: all terms, each at its own anchor."""
    wanted = _choose(request)
    if isinstance(wanted, Response):
        return wanted
    if wanted is not None:
        assert isinstance(wanted.engine, RdfFormat)
        quads = parse(path=data.ONTOLOGY / "zeren.ttl", format=RdfFormat.TURTLE)
        triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
        prefixes = None if wanted.engine == RdfFormat.N_TRIPLES else ask.PREFIXES
        content = serialize(triples, format=wanted.engine, prefixes=prefixes) or b""
        return Response(content, headers={**_headers(request), "Content-Type": wanted.media_type})
    own = [term for term in load_terms().values() if term.iri.startswith(vocab.ZR.iri)]
    groups = [(kind, [term for term in own if term.kind == kind]) for kind in ("class", "property")]
    page = await render_local(
        "terms.html", request, groups=groups, formats=_alternates(request), describe=_link_term, start=vocab.ZR.iri
    )
    return HTMLResponse(page, headers=_headers(request))


def _screens(iri: str, base: str) -> list[tuple[str, str]]:
    """Return the screens of a thing, each with its kind and path: its own first, then the chain that it belongs to."""
    kind, _, key = iri.removeprefix(f"{base}id/").partition("/")
    if not iri.startswith(f"{base}id/") or kind not in _SCREENS:
        return []
    chain = [("chain", f"{_CHAINS[kind]}/{key}")] if kind in _CHAINS else []
    return [(kind, f"{_SCREENS[kind]}/{key}"), *chain]


def _choose(request: Request) -> Format | Response | None:
    """Return the RDF format that is wanted, ``None`` for HTML, or the reason why neither."""
    named = request.query_params.get("format", "")
    if named == "html":
        return None
    if named:
        found = next((form for form in _OFFERED if form.media_type == FORMATS.get(named)), None)
        return found or PlainTextResponse(f"format {named[:20]!r} is not known; use html, {', '.join(FORMATS)}\n", 400)
    accept = read_accept(",".join(request.headers.getlist("accept")))
    if not accept:
        return None
    chosen = choose(_OFFERED, accept)
    html = weigh(HTML, accept)
    if html and html >= (weigh(chosen[1], accept) if chosen else 0):
        return None
    if chosen is None:
        message = f"this comes as {HTML}, {list_types(_OFFERED)}; name one of them in Accept\n"
        return PlainTextResponse(message, 406, {"Vary": "Accept"})
    return chosen[0]


def _headers(request: Request) -> dict[str, str]:
    """Return what a document says of itself: that it comes in other forms too, and where."""
    links = [f'<{href}>; rel="alternate"; type="{media}"' for _, media, href in _alternates(request)]
    return {"Vary": "Accept", "Link": ", ".join(links), "Cache-Control": "no-cache"}


def _alternates(request: Request) -> list[tuple[str, str, str]]:
    """Return the RDF forms of this document: name, media type, address."""
    path = quote(request.scope["raw_path"].partition(b"?")[0], safe="/%!$&'()*+,;=:@~")
    return [(name, media, link(path, format=name)) for name, media in FORMATS.items()]


def _exists(graph: PageGraph, iri: str) -> bool:
    found = graph.query(read_query("exists"), substitutions={Variable("it"): NamedNode(iri)})
    assert isinstance(found, QueryBoolean)
    return bool(found)


async def _missing(request: Request, iri: str, base: str, wanted: Format | None) -> Response:
    """Say that the graph knows no such thing, and what it knows that looks like it."""
    nearest = await in_thread(request, lambda graph: find_nearest(graph, iri, base))
    if wanted is None:
        page = await render_local("missing.html", request, iri=iri, nearest=nearest)
        return HTMLResponse(page, 404, {"Vary": "Accept"})
    near = "".join(f"\n  {value.text} <{value.iri}>" for value in nearest)
    message = f"the graph knows nothing of <{iri}>{'; nearest:' + near if near else ''}\n"
    return PlainTextResponse(message, 404, {"Vary": "Accept"})


def _ask_for_all(entity: Entity, group: Group, lang: Language) -> str:
    """Return the address at which everything is asked for that leads to a thing by one relation."""
    text = ask.bind(_LEADING, {"it": NamedNode(entity.iri), "property": NamedNode(group.iri)})
    return link("/sparql", lang, q=text)


def _link_term(iri: str, lang: Language) -> Value:
    return Value(name_term(iri, lang), iri, local_path(iri, vocab.BASE, lang))
