"""What tables call their columns, and the codes in them: the same on a page and in a file."""

from __future__ import annotations

from collections.abc import Mapping

from kg import vocab
from kg.explorer.listings.model import NOT_SAID
from viz.pages.links import Language
from viz.pages.terms import name_term
from viz.pages.words import words_of

_SCHEMES = {  # of the ontology, by the codes of a column or a facet
    "finding": "gap",
    "indicator_kind": "indicator-kind",
    "comparator": "comparator",
    "binding": "binding",
    "level": "level",
    "relation": "relation",
    "role": "role",
}
_OF_FACETS: Mapping[tuple[str, str], str] = {
    ("tasks", "kind"): "task_kind",
    ("departments", "kind"): "body_kind",
    ("indicators", "kind"): "indicator_kind",
}


def name_code(lang: Language, codes: str, code: str) -> str:
    """Return the words for a code.

    >>> name_code("zh", "finding", "no-lead"), name_code("en", "verdict", "heavy"), name_code("zh", "due", "2025")
    ('多个主体、没有牵头', 'heavy', '2025')
    """
    t = words_of("table", lang)
    if own := t.get(f"{codes}_{code}" if codes == "verdict" else f"v_{codes}_{code}"):
        return own
    if code == NOT_SAID:
        return t["unsaid"]
    if code in ("yes", "no", "inherited"):
        return t[code]
    return name_term(vocab.concept(_SCHEMES[codes], code).value, lang) if codes in _SCHEMES else code


def name_choice(lang: Language, table: str, facet: str, value: str, name: str | None) -> str:
    """Return what a value of a facet is called; a year that begins and ends a period stands once.

    >>> name_choice("zh", "tasks", "period", "2022-2022", None), name_choice("zh", "tasks", "region", "130100", "石家庄市")
    ('2022', '石家庄市')
    """
    if name:
        return name
    if facet == "period" and value != NOT_SAID:
        first, _, last = value.partition("-")
        return first if first == last else f"{first}–{last}"
    return name_code(lang, _OF_FACETS.get((table, facet), facet), value)


def name_column(lang: Language, table: str, column: str) -> str:
    """Return the heading of a column.

    >>> name_column("zh", "policies", "number"), name_column("en", "tasks", "number")
    ('发文字号', 'No.')
    """
    t = words_of("table", lang)
    return t.get(f"c_{table}_{column}") or t[f"c_{column}"]


def name_facet(lang: Language, table: str, facet: str) -> str:
    """Return what rows are chosen by."""
    t = words_of("table", lang)
    return t.get(f"f_{table}_{facet}") or t[f"f_{facet}"]
