"""How a notebook and a Python prompt show answers and lists: a table that fits, never thousands of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice

from kg.ask.catalogue import NamedQuery

SHOWN = 50  # rows
_WIDEST = 120  # characters of a cell


def html_table(columns: Sequence[str], rows: Iterable[Sequence[str]], total: int, most: int = SHOWN) -> str:
    """Return rows as HTML for a notebook; words of documents are text and nothing else.

    >>> html_table(["名称"], [["<b>市水利局</b>"]], total=1)
    '<table><thead><tr><th>名称</th></tr></thead><tbody><tr><td>&lt;b&gt;市水利局&lt;/b&gt;</td></tr></tbody></table>'
    """
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    cells = ("".join(f"<td>{escape(_short(text))}</td>" for text in row) for row in islice(rows, most))
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    more = f"<p>… {total} rows 行</p>" if total > most else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


class Catalogue(list[NamedQuery]):
    """Named queries, shown as a table: name, title, question, parameters."""

    def __repr__(self) -> str:
        return "\n".join("  ".join(row) for row in self._rows())

    def _repr_html_(self) -> str:
        return html_table(("name", "标题", "问题", "parameters"), self._rows(), len(self), most=len(self))

    def _rows(self) -> list[tuple[str, ...]]:
        return [(query.name, query.title, query.question, _params(query)) for query in self]


def _params(query: NamedQuery) -> str:
    return " ".join(f"[{param.name}]" if param.optional else param.name for param in query.params)


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
