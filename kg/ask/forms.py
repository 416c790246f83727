"""The forms in which an answer is written out, and which of them fit what was asked."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from typing import Literal as Choice

from pyoxigraph import Literal, NamedNode, RdfFormat

from kg import data
from kg.ask.answer import Answer, Term, to_python, to_text
from kg.ask.names import PREFIXES
from kg.errors import OutputError, QueryError

# by kind of query; the first is what a person gets who asks for none
FORMS = {
    "select": ("table", "csv", "tsv", "json", "sparql-json", "xlsx"),
    "ask": ("table", "json", "sparql-json"),
    "graph": ("table", "ttl", "jsonld", "nt"),
}
ALL_FORMS = tuple(dict.fromkeys(form for forms in FORMS.values() for form in forms))
_ENDINGS = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".srj": "sparql-json", ".xlsx": "xlsx"} | {
    ".ttl": "ttl",
    ".jsonld": "jsonld",
    ".nt": "nt",
}
_SHORT = re.compile(r"true|false|[+-]?\d+|[+-]?\d*\.\d+")  # what Turtle needs no datatype for
_KINDS = {"select": "a SELECT", "ask": "an ASK", "graph": "a CONSTRUCT or DESCRIBE"}
_WIDTHS = ((4, 9), (8, 14), (16, 22), (40, 36))  # longest text of a column up to …, its width
_WIDEST = 60


def choose_form(form: str | None, target: Path | None, forms: Collection[str] | None = None) -> str | None:
    """Return the form by its name, else by the ending of the file; None: whatever suits a person.

    ``forms`` are those that can be had, where not all can; an error names their endings only.

    >>> choose_form(None, Path("任务.xlsx")), choose_form("nt", Path("a.txt")), choose_form(None, None)
    ('xlsx', 'nt', None)
    """
    if form is not None or target is None:
        return form
    if (found := _ENDINGS.get(target.suffix.lower())) is None:
        endings = ", ".join(ending for ending, known in _ENDINGS.items() if forms is None or known in forms)
        raise OutputError(f"{target}: the ending says no format; use one of {endings}, or name one with --format")
    return found


def check_form(form: str, kind: str) -> None:
    """Raise ``QueryError`` if an answer of this kind has no such form."""
    if form not in FORMS[kind]:
        raise QueryError(f"{form} does not fit {_KINDS[kind]}; choose one of: {', '.join(FORMS[kind])}")


def render_answer(answer: Answer, form: str, title: str = "") -> str | bytes:
    """Return the answer in a form for programs or for the office; ``title`` names the sheet of a workbook."""
    check_form(form, answer.kind)
    match form:
        case "csv":
            return answer.to_csv()
        case "tsv":
            return _tsv(answer)
        case "json":
            return json.dumps(answer.boolean) + "\n" if answer.kind == "ask" else answer.to_json()
        case "sparql-json":
            return answer.to_json("sparql")
        case "xlsx":
            return _workbook(answer, title)
        case "jsonld":
            return _json_ld(answer)
        case _:
            return answer.to_rdf(RdfFormat.from_extension(form) or RdfFormat.TURTLE)


def headings(names: tuple[str, ...], lang: Choice["zh", "en"] = "zh") -> list[str]:
    """Return what people call the columns.

    >>> headings(("documentTitle", "due", "mine"))
    ['文件', '时限', 'mine']
    >>> headings(("documentTitle", "due", "task", "led", "mine"), "en")
    ['Document', 'Due', 'Task (IRI)', 'Leads', 'Mine']
    """
    chinese, _, english = _columns()
    if lang == "zh":
        return [chinese.get(name, name) for name in names]
    return [english.get(name) or _spell(name) + (" (IRI)" if chinese.get(name, "").endswith("标识") else "") for name in names]


def _spell(name: str) -> str:
    """Return the words of a variable: sharedLoad → Shared load."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def in_words(answer: Answer) -> list[list[Any]]:
    """Return the rows as people read them: codes as words, IRIs with prefix, numbers and dates as such."""
    codes = [_columns()[1].get(name, {}) for name in answer.variables]
    found = []
    for terms, row in zip(answer.terms, answer.rows, strict=True):
        texts = (to_text(term) for term in terms)
        parts = zip(texts, row, codes, strict=True)
        found.append([words.get(text, text) if isinstance(value, str) else value for text, value, words in parts])
    return found


@cache
def _columns() -> tuple[dict[str, str], dict[str, dict[str, str]], dict[str, str]]:
    """Return what columns are called, the codes in them, and what they are called in English if not as they are spelt."""
    headings = tomllib.loads((data.QUERIES / "columns.toml").read_text("utf-8"))
    return headings, headings.pop("codes"), headings.pop("english")


def _tsv(answer: Answer) -> str:
    """Return SPARQL 1.1 Query Results TSV: each term whole, as in Turtle, so that nothing is lost and nothing is run."""
    lines = ["\t".join(f"?{name}" for name in answer.variables)]
    lines += ["\t".join(_turtle(term) for term in row) for row in answer.terms]
    return "".join(f"{line}\n" for line in lines)


def _turtle(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, Literal) and isinstance(to_python(term), int | Decimal) and _SHORT.fullmatch(term.value):
        return term.value
    return str(term).replace("\t", "\\t")


def _workbook(answer: Answer, title: str) -> bytes:
    from kg.workbook import Sheet, render_sheets  # openpyxl takes a while to load

    columns, rows = headings(answer.variables), in_words(answer)
    widths = {name: _width([row[n] for row in rows]) for n, name in enumerate(columns)}
    return render_sheets([Sheet(title or "结果", columns, rows, widths)], title or "结果")


def _width(values: list[Any]) -> int:
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    return next((width for limit, width in _WIDTHS if longest <= limit), _WIDEST)


def _json_ld(answer: Answer) -> str:
    """Return JSON-LD with the prefixes in use as its context; pyoxigraph writes none."""
    from rdflib import Graph

    graph = Graph()
    graph.parse(data=answer.to_rdf(RdfFormat.N_TRIPLES), format="nt")
    iris = [term.value for row in answer.terms for term in row if isinstance(term, NamedNode)]
    iris += [row[2].datatype.value for row in answer.terms if isinstance(row[2], Literal) and not row[2].language]
    used = {prefix: start for prefix, start in sorted(PREFIXES.items()) if any(iri.startswith(start) for iri in iris)}
    return graph.serialize(format="json-ld", context=used, auto_compact=False, sort_keys=True, indent=1) + "\n"
