"""Which documents an export takes: all, or those that someone names, or those of a region and of the places in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import vocab
from kg.ask import resolve_value
from kg.errors import QueryError
from kg.store import Generation, open_store

if TYPE_CHECKING:
    import duckdb

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Selection:
    """The documents of an export, by number, key and IRI."""

    numbers: tuple[int, ...]
    keys: frozenset[str]
    iris: frozenset[str]


def select(
    generation: Generation, tables: duckdb.DuckDBPyConnection, documents: Sequence[str] = (), regions: Sequence[str] = ()
) -> Selection | None:
    """Return the documents that fit one of each; ``None`` where nothing was asked for: that is all of them.

    A document is named by its title or a part of it, file, key or IRI; a region by its name or code.

    :raises QueryError: one fits nothing, or a part of a title fits several.
    """
    if not documents and not regions:
        return None
    rows = tables.execute(
        "SELECT document_id, iri, key, title, path, file, region_name, region_path FROM documents ORDER BY 1"
    ).fetchall()
    chosen = {number for words in documents for number in _named(words, rows)} if documents else {row[0] for row in rows}
    if regions:
        chosen &= {number for words in regions for number in _within(words, _code(generation, words), rows)}
    if not chosen:
        raise QueryError("no document fits both --document and --region; leave one of them out")
    found = [row for row in rows if row[0] in chosen]
    return Selection(tuple(row[0] for row in found), frozenset(row[2] for row in found), frozenset(row[1] for row in found))


def _named(words: str, rows: Iterable[Sequence[object]]) -> list[object]:
    exact = [row for row in rows if words in (row[1], row[2], row[3], row[4], row[5])]
    found = exact or [row for row in rows if words in str(row[3])]
    if not found:
        raise QueryError(f"no document is called {_short(words)}; `zeren query documents` lists them")
    if len(found) > 1 and not exact:
        titles = "; ".join(str(row[3]) for row in found[:_SHOWN])
        raise QueryError(f"{_short(words)} fits {len(found)} documents ({titles}); give more of the title, or the file")
    return [row[0] for row in found]


def _code(generation: Generation, words: str) -> str:
    """Return the code of a region that the graph knows, by its name, code or IRI."""
    if re.fullmatch(r"\d{6}", words):
        return words
    return vocab.key_of(resolve_value(open_store(generation), "region", words).value, "region", generation.manifest.base)


def _within(words: str, code: str, rows: Iterable[Sequence[object]]) -> list[object]:
    found = [row[0] for row in rows if isinstance(row[7], list) and code in row[7]]
    if not found:
        names = "; ".join(sorted({str(row[6]) for row in rows if row[6]})[:_SHOWN])
        raise QueryError(f"no document is of region {_short(words)}; there are documents of {names}")
    return found


def _short(words: str) -> str:
    return repr(words if len(words) <= 80 else words[:80] + "…")
