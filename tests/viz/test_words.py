"""The words of the screens: both languages say the same fields, and English follows its numbers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from string import Formatter

import pytest

from viz.pages.words import Counted, words_of

_AFTER_NUMBER = re.compile(
    r"\{\w*\} (?:\w+ )?(?:task|document|bodie|pair|region|target|metric|result|step|row|name|time|place)s\b"
)
# never of one: lists that were cut, regions to choose from, how many times as often
_MANY = {"cut_documents", "cut_rows", "default_region", "often_bound", "often_more", "often_chance", "often_less", "sure_words"}


def _words() -> Iterator[tuple[str, str, str, str]]:
    for place in sorted(files("viz").joinpath("words").iterdir(), key=lambda one: one.name):
        for key, pair in tomllib.loads(place.read_text(encoding="utf-8")).items():
            if isinstance(pair, dict):
                yield place.name, key, pair["zh"], pair["en"]


def _fields(text: str) -> list[str]:
    return sorted(field for _, field, _, _ in Formatter().parse(re.sub(r"[\[\]]", "", text)) if field is not None)


def test_both_languages_have_the_same_fields() -> None:
    assert [(file, key) for file, key, zh, en in _words() if _fields(zh) != _fields(en)] == []


def test_english_says_one_task_and_two_tasks() -> None:
    """A number stands before a noun that can be one: the noun follows it, by brackets."""
    assert [(file, key, en) for file, key, _, en in _words() if key not in _MANY and _AFTER_NUMBER.search(en)] == []


@pytest.mark.parametrize(
    ("n", "said"),
    [("0", "0 documents cite it"), ("1", "1 document cites it"), ("2", "2 documents cite it"), ("11", "11 documents cite it")],
)
def test_words_follow_the_number_before_them(n: str, said: str) -> None:
    assert Counted("{n} document[s] cite[s|] it").format(n=n) == said


def test_each_bracket_has_its_own_number() -> None:
    assert Counted("{tasks} task[s], {bodies} bod[y|ies]").format(tasks="1", bodies="1,001") == "1 task, 1,001 bodies"
    assert Counted("{} of {} task[s]").format("3", "1") == "3 of 1 task"


def test_words_that_scripts_fill_in_have_no_brackets() -> None:
    """Scripts put numbers in by themselves: ``replace("{}", …)``."""
    for screen, keys in {
        "common": ("find_found", "find_all", "cut"),
        "search": ("count", "show_all"),
        "sharing": ("pair_count",),
    }.items():
        assert not any("[" in words_of(screen, "en")[key] for key in keys)
