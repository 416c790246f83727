"""What can be asked: the embedded store, one in memory, or a server far away; who only asks need not know which."""

from __future__ import annotations

from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple, Variable


class Queryable(Protocol):
    """A graph that answers SPARQL queries; ``pyoxigraph.Store`` is one, ``kg.remote.RemoteStore`` another."""

    def query(
        self,
        query: str,
        /,
        *,
        prefixes: dict[str, str] | None = None,
        use_default_graph_as_union: bool = False,
        substitutions: dict[Variable, NamedNode | BlankNode | Literal | Triple] | None = None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Return the rows of a SELECT, the yes or no of an ASK, or the triples of a CONSTRUCT or DESCRIBE.

        :raises SyntaxError: the query is no SPARQL.
        """
        ...
