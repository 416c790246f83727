"""From records to HTML: templates, and what they can say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request

from kg import vocab
from kg.trace import comparator_signs
from viz.graph import encode_json
from viz.pages.atlas import draw
from viz.pages.codes import name_choice, name_code, name_column, name_facet
from viz.pages.frame import Frame
from viz.pages.links import Language, ServerLinks, read_static
from viz.pages.scales import draw_scale
from viz.pages.terms import load_terms, name_term
from viz.pages.words import words_of

_HELPERS: Mapping[str, Callable[..., str]] = {
    "name_code": name_code,
    "name_choice": name_choice,
    "name_column": name_column,
    "name_facet": name_facet,
    "draw_scale": draw_scale,
}
VENDOR = ("yasgui.min.css", "yasgui.min.js", "licences.txt")


def language_of(request: Request) -> Language:
    """Return the language of the interface: Chinese unless the address says otherwise."""
    return "en" if request.query_params.get("lang") == "en" else "zh"


def link(path: str, lang: Language = "zh", **params: str) -> str:
    """Return an address on this server.

    >>> link("/sparql", "en", name="department-load")
    '/sparql?name=department-load&lang=en'
    """
    return Frame(ServerLinks(), lang, path).link(path, **params)


def render(template: str, words: str, frame: Frame, **values: Any) -> str:
    """Return a page; its template finds the words of the language at ``t``, and the page's surroundings at ``frame``."""
    from viz.pages.screens import tabs  # the screens render with this module

    t = words_of(words, frame.lang)
    given = {"link": frame.link, "asset": frame.links.asset, "same": frame.same, "page_of": frame.page_of, "key_of": frame.key_of}
    said: dict[str, Any] = {"named": partial(_named, frame.lang), "signs": comparator_signs()}
    said["find_words"] = _find_words(words, frame.lang)
    said |= {name: partial(function, frame.lang) for name, function in _HELPERS.items()}
    return _environment().get_template(template).render(t=t, lang=frame.lang, frame=frame, tabs=tabs(), **given, **said, **values)


@cache
def _find_words(words: str, lang: Language) -> Mapping[str, str]:
    """Return the words that the search box says by script."""
    t = words_of(words, lang)
    own = {name.partition("_")[2]: words for name, words in t.items() if name.startswith(("find_", "kind_"))}
    return own | {"retry": t["retry"], "cancel": t["cancel"]}


def has_editor() -> bool:
    """Return whether the editor was fetched when the program was built or the clone set up."""
    return all(files("viz").joinpath("static", "vendor", name).is_file() for name in VENDOR)


def _named(lang: Language, scheme: str, code: str | None) -> str:
    """Return what the ontology calls an entry of one of its lists.

    >>> _named("zh", "verdict", "matched"), _named("en", "binding", None)
    ('已匹配', '')
    """
    return name_term(vocab.concept(scheme, code).value, lang) if code else ""


def _has_asset(name: str) -> bool:
    return read_static(name) is not None


def _number(value: float | Decimal | None, places: int = 0) -> str:
    """Return a number as people read it.

    >>> _number(12345), _number(3.5, 2), _number(None)
    ('12,345', '3.50', '')
    """
    return "" if value is None else f"{value:,.{places}f}"


def _day(value: date | datetime | None) -> str:
    return "" if value is None else value.strftime("%Y-%m-%d")


def _moment(value: datetime | None) -> str:
    return "" if value is None else value.strftime("%Y-%m-%d %H:%M")


def _years(period: tuple[int, int] | None) -> str:
    """Return a period.

    >>> _years((2021, 2025)), _years((2023, 2023))
    ('2021–2025', '2023')
    """
    return "" if period is None else str(period[0]) if period[0] == period[1] else f"{period[0]}–{period[1]}"


def _json(value: object) -> Markup:
    """Return data for a script, in ``<script type="application/json">``; nothing in it can end the element."""
    return Markup(encode_json(value))


def load_templates() -> None:
    """Read all templates and words, so that no page waits for its own."""
    for name in sorted(_list_templates(files("viz").joinpath("templates"), "")):
        _environment().get_template(name)
        words_of(name.rpartition("/")[2].removesuffix(".html"), "zh")
    load_terms()


def _list_templates(folder: Traversable, before: str) -> Iterator[str]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _list_templates(one, f"{before}{one.name}/")
        elif one.name.endswith(".html"):
            yield before + one.name


@cache
def _environment() -> Environment:
    def load(name: str) -> str:
        return files("viz").joinpath("templates", *name.split("/")).read_text(encoding="utf-8")

    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.loader = FunctionLoader(load)
    made.globals |= {"has_asset": _has_asset}
    made.filters |= {"picture": draw}
    made.filters |= {"number": _number, "day": _day, "moment": _moment, "years": _years, "as_json": _json}
    return made
