"""A SPARQL server, asked as if it were the embedded store."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store, Triple, Variable
from SPARQLWrapper import POST, SPARQLWrapper

from kg import data
from kg.ask.places import find_form, put_prefixes, put_terms, squeeze
from kg.errors import QueryError, RemoteError
from kg.remote.connection import AGENT, TIMEOUT, Clock, Connection, Reply
from kg.remote.credentials import Credentials
from kg.remote.results import JSON_RESULTS, TRIPLES, read_rows, read_triples

MOST_GRAPHS = 2_000  # that are named one by one in a request


class RemoteStore:
    """A server that speaks the SPARQL 1.1 protocol; it answers with pyoxigraph's own types.

    Where the server's default graph is not the union of all its graphs, they are named in each request.
    """

    def __init__(
        self, url: str, credentials: Credentials | None = None, *, timeout: float = TIMEOUT, clock: Clock | None = None
    ) -> None:
        """Take the URL where the server takes queries; nothing is sent yet."""
        self.connection = Connection(url, credentials, timeout=timeout, clock=clock)
        self.server = ""  # what it calls itself, once it has answered
        self._graphs: tuple[str, ...] | None = None

    def query(
        self,
        query: str,
        /,
        *,
        prefixes: dict[str, str] | None = None,
        use_default_graph_as_union: bool = False,
        substitutions: dict[Variable, NamedNode | BlankNode | Literal | Triple] | None = None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Return what the server answers.

        :raises SyntaxError: the query is no SPARQL.
        :raises RemoteError: the server does not answer, or not as it should.
        """
        terms = {}
        for variable, term in (substitutions or {}).items():
            if not isinstance(term, NamedNode | Literal):
                raise QueryError(f"?{variable.value}: only an IRI or a literal can be sent to a server")
            terms[variable.value] = term
        text = put_prefixes(put_terms(query, terms), prefixes or {})
        return self._ask(text, self._union() if use_default_graph_as_union else ())

    def query_graph(self, graph: str, query: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Return what the server answers to a query of one of its graphs."""
        return self._ask(query, (graph,))

    def _union(self) -> tuple[str, ...]:
        """Return the graphs that a request must name for the union of all; none where the server unites them itself."""
        if self._graphs is None:
            self._graphs = () if self._unites() else self._named_graphs()
        return self._graphs

    def _unites(self) -> bool:
        """Return whether a triple of some named graph is in the default graph too."""
        sample = self._ask(_lookup("sample"), ())
        assert isinstance(sample, QuerySolutions)
        for row in sample:
            terms = {name: row[name] for name in ("s", "p", "o")}
            known = {name: term for name, term in terms.items() if isinstance(term, NamedNode)}
            return bool(self._ask(put_terms(_lookup("stated"), known), ()))
        return True

    def _named_graphs(self) -> tuple[str, ...]:
        rows = self._ask(_lookup("graphs"), ())
        assert isinstance(rows, QuerySolutions)
        found = tuple(term.value for row in rows if isinstance(term := row["graph"], NamedNode))
        if len(found) > MOST_GRAPHS:
            raise self.connection.fault(
                f"its default graph is not the union of its {len(found)} graphs, which are too many to name in each request;"
                " start it so that it unites them (Oxigraph: --union-default-graph, Jena TDB2: unionDefaultGraph)"
            )
        return found

    def _ask(self, text: str, graphs: tuple[str, ...]) -> QuerySolutions | QueryBoolean | QueryTriples:
        form = find_form(text)
        if form is None:
            raise SyntaxError("expected SELECT, ASK, CONSTRUCT or DESCRIBE")
        triples = form in ("CONSTRUCT", "DESCRIBE")
        call = _Call(self.connection)
        call.queryString, call.queryType = text, form  # setQuery guesses the form by slow expressions
        call.addCustomHttpHeader("Accept", "application/n-triples, text/turtle;q=0.9" if triples else JSON_RESULTS)
        for graph in graphs:
            call.addParameter("default-graph-uri", graph)
            call.addParameter("named-graph-uri", graph)
        reply = call.send()
        self.server = reply.headers.get("server", "")
        if reply.status == 400:
            raise self._refused(text, reply)
        self._check_whole(reply)
        try:
            return read_triples(reply.body, reply.kind) if triples else read_rows(reply.body)
        except (SyntaxError, ValueError, KeyError, TypeError, AttributeError) as error:
            fault = self._unreadable(reply, error)
        # raised out here: as its context, the first error would keep half-read rows, which only this thread may let go
        raise fault

    def _refused(self, text: str, reply: Reply) -> Exception:
        """Return the fault in the query: where the own parser finds it, else as the server says."""
        try:
            Store().query(text)
        except SyntaxError as error:
            return error
        return self.connection.refusal(reply, "this server does not take the query; ask it in another way")

    def _check_whole(self, reply: Reply) -> None:
        """Raise an error if the server has cut the answer, and says so by Virtuoso's headers."""
        if (most := reply.headers.get("x-sparql-maxrows")) is not None:
            raise self.connection.fault(
                f"it cuts answers after {squeeze(most, 20)} rows; raise ResultSetMaxRows there, or ask for less with LIMIT"
            )
        if reply.status == 206 or reply.headers.get("x-sql-state"):
            raise self.connection.fault("the server ran out of time and sent a part of the answer only; ask for less")

    def _unreadable(self, reply: Reply, error: Exception) -> RemoteError:
        if "html" in reply.kind:
            return self.connection.fault("a web page came, no answer; give the URL that takes queries (…/query, …/sparql)")
        if isinstance(error, KeyError) and reply.kind not in TRIPLES:
            return self.connection.fault(f"the answer came as {reply.kind or 'nothing known'!r}, which is not read here")
        start = squeeze(reply.body[:60].decode("utf-8", "replace"))
        return self.connection.fault(
            f"the answer is no SPARQL result ({squeeze(str(error), 80)}; it begins {start!r}); check the URL"
        )


class _Call(SPARQLWrapper):
    """A request as SPARQLWrapper makes it, sent over our connection: its own is one for the whole process."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection.url, agent=AGENT)
        self._connection = connection
        self.setMethod(POST)
        self.setOnlyConneg(True)

    def send(self) -> Reply:
        """Return the answer, also if the server does not take the query."""
        return self._connection.send(self._createRequest(), accept=(400,))


def _lookup(name: str) -> str:
    return (data.QUERIES / "remote" / f"{name}.rq").read_text("utf-8")
