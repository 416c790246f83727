"""A built graph, opened to be asked from Python: what ``kg.open`` returns."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self, overload

from pyoxigraph import NamedNode

from kg import ask, vocab
from kg.ask import Answer, Limit, NamedQuery
from kg.ask.find import search_queries
from kg.ask.shown import Catalogue
from kg.errors import QueryError, StoreError
from kg.opened.values import DocumentEntry, list_documents, write_params, write_value
from kg.queryable import Queryable
from kg.store import Generation, current, load_memory, open_current
from kg.tables import TABLES, Table

if TYPE_CHECKING:
    from types import TracebackType

    import networkx as nx
    import pandas as pd
    import rdflib

    from kg.analysis import Analysis
    from kg.analysis.continuity.comparison import Comparison
    from kg.frames import Iris
    from kg.network import Kind
    from kg.report import Report
    from kg.trace import Chain

Years = int | tuple[int, int]  # one year, or the first and the last
_SHARED = {
    "registry": vocab.registry_graph,
    "derived": vocab.derived_graph,
    "ontology": vocab.ontology_graph,
    "corrections": vocab.corrections_graph,
}
_TABLES: dict[str, Table] = {table.name: table for table in TABLES}
_COUNTED = ("documents", "Task", "Organization", "Indicator")


class KnowledgeGraph:
    """A built graph: read only, and closed at the end of ``with``.

    It stays at the generation that was current when it was opened; a later ``zeren build`` is seen by opening anew.
    The examples below have ``graph = kg.open("out")``, with the five documents that come with the project.

    >>> graph  # doctest: +ELLIPSIS
    <KnowledgeGraph out: 5 documents, ... tasks, ... organizations, ... indicators>
    """

    def __init__(self, store: Queryable, name: str, generation: Generation | None = None) -> None:
        self._store: Queryable | None = store
        self._name = name
        self._generation = generation

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self._name}{self._holds()}{'' if self._store is not None else ', closed'}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; whatever is asked later is a ``StoreError``."""
        self._store = None

    @property
    def store(self) -> Queryable:
        """What answers: ``pyoxigraph.Store``, or ``kg.remote.RemoteStore``.

        :raises StoreError: the graph was closed.
        """
        if self._store is None:
            raise StoreError(f"{self._name}: the graph was closed; open it again with kg.open")
        return self._store

    @cached_property
    def documents(self) -> tuple[DocumentEntry, ...]:
        """The documents, by region and then by period.

        >>> [document.title for document in graph.documents if document.region == "唐山市"]
        ['唐山市创建国家生态文明建设示范市2022年度工作方案']
        """
        return tuple(list_documents(self.store))

    def queries(self, words: str = "") -> Catalogue:
        """Return the named queries, or those in whose name, title, question, group or tags all the words stand.

        >>> "shared-pairs" in [query.name for query in graph.queries("共同责任")]
        True
        >>> graph.queries("部门的协作伙伴")[0].question_en
        'With whom does a department share tasks, and who leads them?'
        """
        return Catalogue(search_queries(ask.list_queries(), words.split()))

    def query(self, what: str | NamedQuery, *, limit: Limit | None = None, **params: object) -> Answer:
        """Return the answer to a named query or to SPARQL text.

        A parameter is a name as people write it, an IRI, whole or with prefix, or a thing that has one (a
        :class:`DocumentEntry`); ``None`` is as if it were not given. SPARQL sees the union of all graphs, and our prefixes are
        declared. Iterating over an answer gives rows of Python values; ``records()`` gives dictionaries.

        >>> answer = graph.query("department-tasks", unit="石家庄市水利局")
        >>> answer.variables[:3]
        ('documentTitle', 'order', 'number')
        >>> graph.query("ASK { ?task zr:leadUnit ?unit }").boolean
        True

        ``limit`` is the greatest number of rows, or ``"all"``; without it, a named query gives as many as its head says.

        :raises QueryError: no query has this name, a parameter is missing or fits nothing or several things, or the SPARQL
            is wrong or not read only.
        """
        return ask.ask(self.store, what, write_params(params), limit=limit)

    def frame(
        self,
        what: str | NamedQuery | Answer | Iterable[object],
        *,
        limit: Limit = "all",
        iris: Iris = "short",
        decimal: bool = False,
        chinese: bool = False,
        **params: object,
    ) -> pd.DataFrame:
        """Return the answer to a named query or to SPARQL text as a pandas data frame, whole unless ``limit`` says less.

        >>> loads = graph.frame("department-load", region="石家庄市")
        >>> loads.dtypes[["label", "tasks", "led", "sharedLoad"]].astype(str).to_dict()
        {'label': 'string', 'tasks': 'Int64', 'led': 'Int64', 'sharedLoad': 'float64'}
        >>> print(loads.nlargest(1, "tasks")["label"].item())
        石家庄市发展和改革委员会

        ``chinese`` is for reading: Chinese headings, words for codes, no columns of IRIs.

        >>> graph.frame("department-load", region="石家庄市", chinese=True).columns[:3].to_list()
        ['地区', '名称', '任务数']

        The name of a table gives that table, as :meth:`table` does, unless a query has the same name.

        >>> int(graph.frame("tasks")["due_date"].dt.year.max())
        2025

        So do an :class:`Answer` and the records that other methods give: loads, pairs, gaps, documents.

        >>> heavy = graph.frame(graph.analyze(period=2022).overloaded())
        >>> print(heavy["label"][0], heavy["first_year"][0], heavy["verdict"][0])
        唐山市生态环境局 2022 overloaded

        Types of columns, ``iris`` and ``decimal``: see :func:`kg.frames.to_frame`.

        :raises InstallError: pandas is not installed.
        :raises QueryError: as :meth:`query`.
        """
        from kg.frames import records_to_frame, to_frame

        if isinstance(what, str) and what in _TABLES and what not in {query.name for query in ask.list_queries()}:
            if params:
                raise QueryError(f"{what} is a table and takes no parameters; pick its rows with pandas")
            whole = self.table(what, iris=iris, decimal=decimal, chinese=chinese)
            return whole if limit == "all" else whole.head(limit)
        if isinstance(what, str | NamedQuery):
            what = self.query(what, limit=limit, **params)
        return to_frame(what, iris, decimal, chinese) if isinstance(what, Answer) else records_to_frame(what, iris)

    def tables(self) -> dict[str, str]:
        """Return the tables that the build wrote beside the graph, with what a row of each is.

        >>> graph.tables()["assignments"]
        'a row per body named on a task'

        What each column means is in ``kg/tables/README.md``, in Chinese and English.
        """
        return {table.name: table.en for table in TABLES}

    def table(
        self, name: str, *, names: bool = False, iris: Iris = "short", decimal: bool = False, chinese: bool = False
    ) -> pd.DataFrame:
        """Return one of the tables, whole, as a pandas data frame: at a thousand documents much faster than any query.

        Tables join by their ``…_id`` columns, whole numbers that hold within one build; ``names`` adds what they stand for:
        title, region and year of the document, title and day of the task, name and function of the body.

        >>> duties = graph.table("assignments", names=True)
        >>> led = duties[(duties["role"] == "lead") & (duties["document_region"] == "唐山市")]
        >>> print(led.groupby("organization_name").size().idxmax())
        唐山市生态环境局

        :raises InstallError: pandas is not installed.
        :raises QueryError: there is no such table.
        :raises StoreError: the graph is a server's, which has no tables, or the table is damaged.
        """
        from kg.frames import read_table

        if name not in _TABLES:
            raise QueryError(f"no table is named {ask.shorten(name)!r}; choose one of: {', '.join(_TABLES)}")
        assert self.store is not None  # else it has raised: the graph was closed
        if self._generation is None:
            raise StoreError(f"{self._name}: a server has no tables; ask it with .frame(…), or open the folder of a build")
        return read_table(self._generation, _TABLES[name], iris=iris, decimal=decimal, chinese=chinese, names=names)

    def network(
        self, kind: Kind = "departments", *, region: str | None = None, period: Years | None = None, generic: bool = False
    ) -> nx.Graph[str]:
        """Return a networkx graph: of departments that share work, or of documents, tasks, departments and indicators.

        ``region`` is an IRI, a name or a code; ``period`` the year or years that documents plan for; ``generic`` takes in
        各县（市、区）政府, 有关部门 and the like. Nodes are IRIs. :mod:`kg.network` says what nodes and edges carry.

        Every task is read, also for one region: some seconds at a thousand documents out of the tables of a built graph, much
        longer from a server.

        >>> network = graph.network("departments", region="石家庄市")
        >>> a, b, most = max(network.edges(data="weight"), key=lambda edge: edge[2])
        >>> sorted(network.nodes[node]["label"] for node in (a, b))
        ['石家庄市发展和改革委员会', '石家庄市生态环境局']

        :raises QueryError: there is no such kind or region.
        """
        from kg.network import read_network

        return read_network(self.store, kind, self._generation, region=region, period=_period(period), generic=generic)

    @overload
    def graph(self) -> rdflib.Dataset: ...

    @overload
    def graph(self, what: object, *, shared: bool = True) -> rdflib.Graph: ...

    def graph(self, what: object = None, *, shared: bool = True) -> rdflib.Graph:
        """Return a part of the graph for rdflib, with our prefixes bound: a document, or what several share, or everything.

        ``what`` is a title, a key, a number or an IRI of a document; or ``"registry"`` (bodies, regions, metrics),
        ``"derived"``, ``"ontology"``, ``"corrections"``; or the answer to a CONSTRUCT. A document comes with what the
        registry says of the things it names, so that they have labels; ``shared=False`` leaves that out. Without ``what``
        it is an ``rdflib.Dataset`` of all named graphs. A document takes tenths of a second; everything takes half a minute
        and 2.3 GB at a thousand documents: ask :meth:`query` instead.

        >>> plan = graph.graph("唐山市创建国家生态文明建设示范市2022年度工作方案")
        >>> len(plan) > 1000
        True
        >>> print(plan.serialize(format="turtle").splitlines()[0])
        @prefix dcterms: <http://purl.org/dc/terms/> .

        :raises QueryError: no document is called so, or several are.
        """
        from kg import interchange

        if what is None:
            return interchange.copy_all(self.store)
        if isinstance(what, Answer):
            return interchange.copy_answer(what)
        base = vocab.BASE if self._generation is None else self._generation.manifest.base
        if isinstance(what, str) and what in _SHARED:
            return interchange.copy_graph(self.store, _SHARED[what](base))
        node = self._document(what)
        graph = interchange.find_graph(self.store, node)
        if graph is None:
            raise QueryError(f"{node.value}: no named graph holds this document; build or load it again")
        return interchange.copy_graph(self.store, graph, vocab.registry_graph(base) if shared else None)

    def trace(self, what: object) -> list[Chain]:
        """Return the way from a task to whoever answers and what it rests on; of a body or a document, of all its tasks.

        ``what`` is a title, a name, ``document#number`` or an IRI. ``print(chain)`` shows a chain as a tree.

        >>> (chain,) = graph.trace("石家庄市2023年生态文明建设工作要点#1")
        >>> str(chain).splitlines()[1].strip(), chain.steps[-1].kind in str(chain)
        ('文件', True)

        :raises QueryError: nothing is called so, or several things are.
        """
        from kg.trace import trace

        return trace(self.store, write_value(what))

    def analyze(self, *, region: str | None = None, period: Years | None = None) -> Analysis:
        """Return load, overload, shared work and gaps over everything, or one region, or one period of years.

        >>> found = graph.analyze(region="石家庄市", period=2023)
        >>> found.documents, found.top_loads(1)[0].label
        (1, '石家庄市发展和改革委员会')

        :raises QueryError: there is no such region.
        """
        from kg.analysis import analyze

        place = None if region is None else ask.resolve_value(self.store, "region", region).value
        return analyze(self._generation or self.store, place, _period(period))

    def report(
        self, *, region: str | None = None, period: Years | None = None, documents: Iterable[str | DocumentEntry] = ()
    ) -> Report:
        """Return what ``zeren report`` writes, as records, each number with the tasks that it counts.

        >>> report = graph.report(region="石家庄市", period=2023)
        >>> first = report.loads[0]
        >>> first.label, len(first.tasks), report.tasks[first.tasks[0]].ref
        ('石家庄市发展和改革委员会', 12, '1-1')

        ``viz.report.write_report(report, Path("report.html"))`` writes the page and the workbook.

        :raises QueryError: there is no such region or document, or nothing fits.
        :raises StoreError: the graph is a server's, which has no tables.
        """
        from kg.report import gather_report

        assert self.store is not None  # else it has raised: the graph was closed
        if self._generation is None:
            raise StoreError(f"{self._name}: a report needs the tables of a build; open the folder of one")
        named = [write_value(document) for document in documents]
        return gather_report(self._generation, region=region, period=_period(period), documents=named)

    def compare(self, *what: object, period: Years | None = None) -> Comparison:
        """Return what became of a region's plan in the next one, of a document in another, or regions side by side.

        ``what`` is a region, or several, or documents; ``period`` leaves only the documents that plan for those years.

        >>> (pair,) = graph.compare("石家庄市").pairs
        >>> pair.count("continued"), pair.count("merged"), [task.title for task in pair.dropped][-1]
        (13, 3, '完善政策体系')
        >>> beside = graph.compare("石家庄市", "唐山市", "宿州市").cities
        >>> beside.metrics[0].name, beside.metrics[0].cities
        ('空气质量优良天数比率', 3)

        :raises QueryError: nothing is called so, several things are, or they cannot be compared.
        """
        from kg.analysis.continuity.comparison import compare

        return compare(self.store, [write_value(one) for one in what], self._generation, _period(period))

    def _document(self, what: object) -> NamedNode:
        text = write_value(what)
        iri = next((document.iri for document in self.documents if document.key == text), text)
        node = ask.resolve_value(self.store, "document", iri)
        assert isinstance(node, NamedNode)
        return node

    def _holds(self) -> str:
        if self._generation is None:
            return ""
        counts = self._generation.manifest.counts
        said = [f"{counts[name]} {name.lower().removesuffix('s')}s" for name in _COUNTED if name in counts]
        return f": {', '.join(said)}"


def open_graph(
    where: str | Path, *, memory: bool = False, credentials: Path | None = None, timeout: float | None = None
) -> KnowledgeGraph:
    """Return a built graph, or a SPARQL server by its URL, opened to be read; :func:`kg.open` says more."""
    if isinstance(where, str) and where.casefold().startswith(("http://", "https://")):
        from kg.remote import TIMEOUT, RemoteStore, read_credentials

        if memory:
            raise QueryError("kg.open: only a folder can be read into memory; leave memory=True out")
        server = RemoteStore(where, read_credentials(credentials), timeout=TIMEOUT if timeout is None else timeout)
        return KnowledgeGraph(server, server.connection.url)
    out = Path(where)
    generation = current(out)
    return KnowledgeGraph(load_memory(generation) if memory else open_current(out), str(where), generation)


def _period(years: Years | None) -> tuple[int, int] | None:
    return (years, years) if isinstance(years, int) else years
