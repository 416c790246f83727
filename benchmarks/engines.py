"""Engines that answer the named queries, each in a process of its own that is ended when a query takes too long."""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import statistics
import threading
import time
import traceback
from _thread import interrupt_main
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from kg.queryable import Queryable

Engine = Literal["disk", "memory", "rdflib", "remote"]
_SPAWN = multiprocessing.get_context("spawn")  # nothing is shared with the parent, and it is the same on Windows
_LOADING = 1800.0  # seconds that filling an engine may take
THINGS = ("organization", "document", "policy", "task", "metric", "region", "function")  # types whose values are IRIs
_SHORT = 2.0  # seconds; a query that takes longer is asked twice only
_GRACE = 5.0  # seconds beyond the limit, until a process is ended that did not notice itself


@dataclass(frozen=True, slots=True)
class Timing:
    """What came of one query on one engine; without ``seconds`` it took too long or failed."""

    seconds: float | None
    rows: int = 0
    digest: str = ""
    fault: str = ""


class Runner:
    """A process that holds an engine and measures queries, one at a time."""

    def __init__(self, engine: Engine, where: str, limit: float) -> None:
        """Start the process; ``where`` is the built graph's folder, or a server's URL."""
        self._start = partial(_SPAWN.Process, target=_serve, daemon=True)
        self._arguments, self._limit = (engine, where, limit), limit
        self._process: Any = None
        self._pipe: Connection | None = None

    def measure(self, name: str, params: Mapping[str, str], rounds: int) -> Timing:
        """Return the median time of a query's rounds after one that warms it up; a hopeless engine is started anew."""
        first = self._ask(name, params, 1)
        if first.seconds is None:
            return first
        return self._ask(name, params, rounds if first.seconds < _SHORT else 1)

    def _ask(self, name: str, params: Mapping[str, str], rounds: int) -> Timing:
        try:
            if self._pipe is None:
                self._open()
            assert self._pipe is not None
            self._pipe.send((name, dict(params), rounds))
            if not self._pipe.poll(rounds * self._limit + _GRACE):
                self.close()
                return Timing(None, fault=f"> {self._limit:g} s")
            found: Timing = self._pipe.recv()
        except (EOFError, OSError) as error:
            self.close()
            return Timing(None, fault=f"ended ({type(error).__name__})")
        return found

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = self._pipe = None

    def _open(self) -> None:
        ours, theirs = _SPAWN.Pipe()
        self._process = self._start(args=(theirs, *self._arguments))
        self._process.start()
        theirs.close()
        self._pipe = ours
        if not ours.poll(_LOADING):
            raise EOFError
        fault = ours.recv()
        if fault:
            raise OSError(fault)


@contextlib.contextmanager
def running(engine: Engine, where: str, limit: float) -> Iterator[Runner]:
    """Run an engine until the end of the block."""
    runner = Runner(engine, where, limit)
    try:
        yield runner
    finally:
        runner.close()


def digest_rows(rows: Iterable[Iterable[Any]]) -> str:
    """Return a digest that is the same for the same rows in any order, whichever library made the terms.

    >>> from pyoxigraph import Literal
    >>> digest_rows([[Literal("a"), None], [Literal("b"), None]]) == digest_rows([[Literal("b"), None], [Literal("a"), None]])
    True
    """
    lines = sorted("\t".join(map(describe_term, row)) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def describe_term(term: Any) -> str:
    """Return a term in the form in which engines are compared: numbers by their value, whatever type an engine gives them.

    >>> from pyoxigraph import Literal, NamedNode
    >>> describe_term(Literal("部门", language="zh")), describe_term(NamedNode("urn:x"))
    ('部门@zh', 'urn:x')
    >>> describe_term(Literal("2.50", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")))
    '2.5'
    """
    if term is None:
        return ""
    value = str(getattr(term, "value", term)) if type(term).__module__.startswith("pyoxigraph") else str(term)
    datatype, language = getattr(term, "datatype", None), getattr(term, "language", None)
    kind = str(getattr(datatype, "value", datatype) or "").rpartition("#")[2]
    if kind in ("integer", "decimal", "double", "float", "int", "long"):
        return f"{float(value):.6g}"
    if kind == "boolean":
        return str(value in ("true", "1"))
    return f"{value}@{language}" if language else value


Run = Callable[[str, Mapping[str, str]], Sequence[Sequence[Any]]]


def _serve(pipe: Connection, engine: Engine, where: str, limit: float) -> None:
    """Fill an engine, say so, then answer until the process is ended."""
    try:
        run = _OPEN[engine](where, limit)
    except Exception:
        pipe.send(traceback.format_exc(limit=-3))
        return
    pipe.send("")
    while True:
        name, params, rounds = pipe.recv()
        pipe.send(_measure(partial(run, name, params), rounds, limit))


def _measure(run: Callable[[], Sequence[Sequence[Any]]], rounds: int, limit: float) -> Timing:
    taken: list[float] = []
    rows: Sequence[Sequence[Any]] = ()
    try:
        while len(taken) < rounds:
            started = time.perf_counter()
            rows = run()
            taken.append(time.perf_counter() - started)
            if taken[-1] > limit:
                return Timing(None, fault=f"> {limit:g} s")
    except KeyboardInterrupt:
        return Timing(None, fault=f"> {limit:g} s")
    except Exception as error:
        words = " ".join(f"{type(error).__name__}: {error}".split())
        late = "time" in words.casefold() and time.perf_counter() - started > 0.8 * limit
        return Timing(None, fault=f"> {limit:g} s" if late else words[:160])
    return Timing(statistics.median(taken), len(rows), digest_rows(rows))


def _open_disk(where: str, limit: float) -> Run:
    from kg import store

    return _asking(store.open_current(Path(where)))


def _open_memory(where: str, limit: float) -> Run:
    from kg import store

    return _asking(store.load_memory(store.current(Path(where))))


def _open_remote(where: str, limit: float) -> Run:
    from kg.remote import RemoteStore

    return _asking(RemoteStore(where, timeout=limit))


def _asking(graph: Queryable) -> Run:
    from kg import ask

    return lambda name, params: ask.ask(graph, name, params).terms


def _open_rdflib(where: str, limit: float) -> Run:
    """Read all quads into rdflib's own store, by a faster parser than its own; what counts here is the asking."""
    from pyoxigraph import Literal, RdfFormat, parse
    from rdflib import Dataset, URIRef
    from rdflib import Literal as RdflibLiteral

    from kg import ask, store
    from kg.ask.limits import one_more
    from kg.ask.places import put_prefixes, put_terms

    @lru_cache(maxsize=100_000)
    def convert(value: str, datatype: str | None, language: str | None) -> RdflibLiteral:
        return RdflibLiteral(value, datatype=datatype, lang=language, normalize=False)

    known = store.open_current(Path(where))  # names what the parameters mean
    data = Dataset(default_union=True)
    for path in _quad_files(where):
        for quad in parse(path=path, format=RdfFormat.N_QUADS):
            value = quad.object
            node = (
                convert(value.value, None if value.language else value.datatype.value, value.language)
                if isinstance(value, Literal)
                else URIRef(value.value)
            )
            data.store.add((URIRef(quad.subject.value), URIRef(quad.predicate.value), node), data.graph(quad.graph_name.value))

    def run(name: str, params: Mapping[str, str]) -> Sequence[Sequence[Any]]:
        query = ask.find_query(name)
        terms = ask.resolve_params(known, query, params)
        text = put_prefixes(put_terms(one_more(query, query.limit).text, terms), ask.PREFIXES)
        timer = threading.Timer(limit, interrupt_main)
        timer.start()
        try:
            result = data.query(text)
            rows: list[list[Any]] = [list(row) if isinstance(row, tuple) else [RdflibLiteral(row)] for row in result]
        finally:
            timer.cancel()
        optional = {param.name for param in query.params if param.optional}
        keep = [
            place
            for place, variable in enumerate(result.vars or ())
            if str(variable) not in optional and not str(variable).startswith("_")
        ]
        return [[row[place] for place in keep] for row in rows][: query.limit] if result.vars else rows

    return run


def _quad_files(where: str) -> list[Path]:
    from kg import store

    return store.current(Path(where)).quad_files()


_OPEN: Mapping[Engine, Callable[[str, float], Run]] = {
    "disk": _open_disk,
    "memory": _open_memory,
    "remote": _open_remote,
    "rdflib": _open_rdflib,
}
