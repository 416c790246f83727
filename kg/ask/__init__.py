"""Questions to the graph: named ones from ``queries/``, or SPARQL as it comes; read only, and never over the network.

``list_queries`` → ``find_query`` → ``ask`` → ``Answer``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, Variable

from kg.ask.answer import Answer
from kg.ask.catalogue import GROUPS, NamedQuery, Param, find_query, list_queries, parse_query, read_query, render_catalogue
from kg.ask.faults import explain_syntax, squeeze
from kg.ask.guard import LARGEST, names_graphs, refuse_unsafe
from kg.ask.limits import Limit, cut, find_limit, one_more
from kg.ask.names import PREFIXES, Term, resolve_value, shorten
from kg.ask.places import put_terms
from kg.errors import QueryError, StoreError
from kg.queryable import Queryable

__all__ = [
    "GROUPS",
    "LARGEST",
    "PREFIXES",
    "Answer",
    "Limit",
    "NamedQuery",
    "Param",
    "Term",
    "ask",
    "bind",
    "explain_syntax",
    "find_query",
    "list_queries",
    "names_graphs",
    "parse_query",
    "read_query",
    "refuse_unsafe",
    "render_catalogue",
    "resolve_params",
    "resolve_value",
    "shorten",
]

_NAME = re.compile(r"[\w-]+")


def ask(
    store: Queryable, query: NamedQuery | str, params: Mapping[str, str] | None = None, *, limit: Limit | None = None
) -> Answer:
    """Return what the graph answers to a named query, or to SPARQL text (SELECT, ASK, CONSTRUCT, DESCRIBE).

    Values of parameters are IRIs or names; a name must fit one thing. An optional parameter only narrows the answer and is
    no column of it; nor is a variable of a named query that only orders the rows, ``?_place``. ``limit`` is the greatest
    number of rows, or ``"all"``; without it, what the query's head says. An answer that is cut says so: :attr:`Answer.cut`.
    """
    if isinstance(query, str):
        text = query.removeprefix("\ufeff").strip()
        query = find_query(text) if _NAME.fullmatch(text) else parse_query("SPARQL", query.removeprefix("\ufeff"))
    refuse_unsafe(query.text)
    terms = resolve_params(store, query, params or {})
    wanted = find_limit(query, limit)
    answer = cut(_run(store, one_more(query, wanted), terms), query, wanted)
    return _without(answer, {param.name for param in query.params if param.optional} | _sorting(query, answer))


def resolve_params(store: Queryable, query: NamedQuery, params: Mapping[str, str]) -> dict[str, Term]:
    """Return the term for each parameter that was given; fail if one is missing, unknown or fits several things."""
    known = {param.name: param for param in query.params}
    for name in params:
        if name not in known:
            wanted = ", ".join(known) if known else "none"
            raise QueryError(f"{query.name}: no parameter is named {shorten(name)!r}; it takes: {wanted}")
    given = {name: value for name, value in params.items() if value.strip()}
    for param in query.params:
        if not param.optional and param.name not in given:
            raise QueryError(
                f"{query.name}: parameter {param.name!r} is missing ({param.form}); add --param {param.name}={param.example}"
            )
    terms = {}
    for name, value in given.items():
        try:
            terms[name] = resolve_value(store, known[name].type, value)
        except QueryError as error:
            raise QueryError(f"{query.name}: parameter {name!r}: {error}") from error
    return terms


def bind(query: NamedQuery, terms: Mapping[str, Term]) -> str:
    """Return the query's text with the terms bound in it, for engines that know no substitution.

    >>> from pyoxigraph import NamedNode
    >>> bind(parse_query("q", "SELECT ?unit ?task WHERE { ?task ?p ?unit }"), {"unit": NamedNode("https://example.org/u")})
    'SELECT ?unit ?task WHERE { BIND(<https://example.org/u> AS ?unit) ?task ?p ?unit }'
    """
    return put_terms(query.text, terms)


def _run(store: Queryable, query: NamedQuery, terms: Mapping[str, Term]) -> Answer:
    # an IRI in each group that names it is looked up first: substitution alone may read the whole graph, 40 times as long
    text = put_terms(query.text, {name: term for name, term in terms.items() if isinstance(term, NamedNode)})
    try:
        result = store.query(
            text,
            prefixes=PREFIXES,
            use_default_graph_as_union=not names_graphs(query.text),
            substitutions={Variable(name): term for name, term in terms.items() if not isinstance(term, NamedNode)},
        )
        if isinstance(result, QueryBoolean):
            return Answer(("ask",), ((Literal(bool(result)),),), "ask")
        if isinstance(result, QuerySolutions):
            variables = tuple(variable.value for variable in result.variables)
            return Answer(variables, tuple(tuple(row) for row in result))
        triples = ((triple.subject, triple.predicate, triple.object) for triple in result)
        return Answer(("subject", "predicate", "object"), tuple(sorted(set(triples), key=str)), "graph")
    except SyntaxError as error:
        raise QueryError(f"{query.name}: {explain_syntax(str(error), text)}") from error
    except OSError as error:
        raise StoreError(f"the graph cannot be read ({error}); build it again") from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"{query.name}: {squeeze(str(error))}") from error


def _sorting(query: NamedQuery, answer: Answer) -> set[str]:
    """Return the variables of a named query that only order its rows; in anyone's own SPARQL a name is a name."""
    return {name for name in answer.variables if name.startswith("_")} if query.title else set()


def _without(answer: Answer, names: set[str]) -> Answer:
    keep = [place for place, name in enumerate(answer.variables) if name not in names]
    if len(keep) == len(answer.variables):
        return answer
    rows = tuple(tuple(row[place] for place in keep) for row in answer.terms)
    return replace(answer, variables=tuple(answer.variables[place] for place in keep), terms=rows)
