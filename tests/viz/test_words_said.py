"""The words of the interface: each is there in both languages, asks for the same numbers, is there when a template says it, and is said."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

from viz.pages.words import words_of

VIZ = Path(__file__).parents[2] / "viz"
TEMPLATES = VIZ / "templates"
OWN = {
    "pages": ("sparql.html", "asked/picture.html", "entity.html", "terms.html", "missing.html"),
    "deciding": ("deciding.html",),
}
SHARED = ("common", "deciding")  # said by any template
CODES = {"high", "medium", "low"}  # looked up by what the data say: ``t[kind.severity]``
FIELD = re.compile(r"\{(\w*)\}")


@cache
def read_words(name: str) -> dict[str, dict[str, str]]:
    found = tomllib.loads((VIZ / "words" / f"{name}.toml").read_text("utf-8"))
    return {key: pair for key, pair in found.items() if key != "also"}


NAMES = sorted(path.stem for path in (VIZ / "words").glob("*.toml") if path.stem != "faults")


@cache
def parse(template: str) -> nodes.Template:
    return Environment(autoescape=True).parse((TEMPLATES / template).read_text("utf-8"))


def templates_of(name: str) -> set[str]:
    """Return the templates that say the words of a screen, those that they include among them."""
    found: set[str] = set()
    waiting = list(OWN.get(name, (f"screens/{name}.html",)))
    while waiting:
        template = waiting.pop()
        if template not in found and (TEMPLATES / template).exists():
            found.add(template)
            for one in meta.find_referenced_templates(
                parse(template)
            ):  # one that is chosen when the page is made has no name here
                folders = (TEMPLATES / "screens").glob(f"{name}*/*.html")
                waiting += [one] if one else [path.relative_to(TEMPLATES).as_posix() for path in folders]
    return found


def said_by(template: str) -> Iterator[str]:
    """Yield the words that a template names: ``t.tasks``, ``t['tasks']``."""
    for one in parse(template).find_all(nodes.Getattr):
        if isinstance(one.node, nodes.Name) and one.node.name == "t" and one.attr != "get":
            yield one.attr
    for item in parse(template).find_all(nodes.Getitem):
        if isinstance(item.node, nodes.Name) and item.node.name == "t" and isinstance(item.arg, nodes.Const):
            yield str(item.arg.value)


@cache
def sources_of(name: str) -> str:
    """Return all that may name a word of a screen: its templates, scripts of ours, and the code of the pages."""
    templates = TEMPLATES.rglob("*.html") if name in SHARED else (TEMPLATES / one for one in sorted(templates_of(name)))
    scripts = [*(VIZ / "static").glob("*.js"), *(VIZ / "static" / "app").glob("*.js")]
    return "\n".join(path.read_text("utf-8") for path in (*templates, *scripts, *(VIZ / "pages").rglob("*.py")))


def is_said(key: str, sources: str) -> bool:
    """Whether something names a word, or puts its name together from a part: ``t['kind_' ~ one.kind]``, ``t[view ~ '_lead']``."""
    if re.search(rf"""(?:\.|['"]){re.escape(key)}\b""", sources):
        return True
    cuts = [place for place, sign in enumerate(key) if sign == "_"]
    parts = [f"{quote}{key[: cut + 1]}" for cut in cuts for quote in "'\""] + [
        f"{key[cut:]}{quote}" for cut in cuts for quote in "'\""
    ]
    return any(part in sources for part in parts)


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_there_in_both_languages_with_the_same_numbers(name: str) -> None:
    for key, pair in read_words(name).items():
        assert pair.keys() == {"zh", "en"}, key
        assert set(FIELD.findall(pair["zh"])) == set(FIELD.findall(pair["en"])), key


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SHARED])
def test_what_a_template_says_is_there(name: str) -> None:
    known = set(words_of(name, "zh"))
    macros = {"parts.html", "deciding.html", "facets.html"}
    missing = {(template, key) for template in templates_of(name) - macros for key in said_by(template) if key not in known}
    assert missing == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_said(name: str) -> None:
    sources = sources_of(name)
    assert [key for key in read_words(name) if key not in CODES and not is_said(key, sources)] == []
