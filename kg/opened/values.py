"""What goes into a question as a value, and the documents that come out to be such values."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from kg.ask import ask
from kg.queryable import Queryable


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """One document of the graph; pass it wherever a query wants a document."""

    key: str  # "130100.key-points.2023", or p-6d6eb40404b8 where the title gives none
    title: str
    region: str | None
    publisher: str | None
    date: datetime.date | None
    start: datetime.date | None  # of the period that it plans for
    end: datetime.date | None
    tasks: int  # safeguards (保障措施) not counted
    indicators: int
    file: str | None
    iri: str

    def __str__(self) -> str:
        return self.title


def list_documents(store: Queryable) -> Iterator[DocumentEntry]:
    """Yield all documents, by region and then by period."""
    wanted = ("title", "publisher", "date", "start", "end", "tasks", "indicators", "file")
    for row in ask(store, "documents", limit="all").records():
        key = unquote(row["doc"].partition("id/policy/")[2])
        yield DocumentEntry(key=key, region=row["regionLabel"], iri=row["doc"], **{name: row[name] for name in wanted})


def write_params(params: Mapping[str, object]) -> dict[str, str]:
    """Return the parameters that were given, as a query takes them."""
    return {name: write_value(value) for name, value in params.items() if value is not None}


def write_value(value: object) -> str:
    """Return a value as a query takes it: what has an IRI by that, all else as it is written."""
    return str(getattr(value, "iri", value))
