"""Words of a changed text are found again, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.correct import locate, share_out
from kg.correction import Anchor
from kg.model import Document
from tests.review.shop import COMPLETE

ANCHOR = Anchor("old", "a.txt", "题", 10, 14, "市水利局", "单位：", "，市")


PLACES: list[tuple[str, tuple[int, int] | None]] = [
    ("责任单位：市水利局，市气象局", (5, 9)),
    ("市水利局另报。责任单位：市水利局，市气象局", (12, 16)),  # of two, the one with the same words around
    ("市水利局另报。责任单位：市水利局。", (12, 16)),  # with the same words on one side
    ("由市水利局负责", (1, 5)),  # the only one
    ("单位：市水利局，市气象局；单位：市水利局，市气象局", None),
    ("市水利局、市水利局", None),
    ("市水务局", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "span"), PLACES)
def test_words_are_found_again_or_not_at_all(text: str, span: tuple[int, int] | None) -> None:
    found = locate(ANCHOR, Document("a.txt", "new", "utf-8", text))
    assert (found and (found.start, found.end)) == span


def test_words_of_the_same_source_read_in_another_way_are_found_too() -> None:
    """A later version may take other text out of the same file."""
    same = replace(ANCHOR, sha256="same")
    assert locate(same, Document("a.pdf", "same", "pdf", "责任单位：市水利局，市气象局")) is not None
    assert locate(same, Document("a.pdf", "same", "pdf", "1234567890市水利局与市水利局")) is not None
    assert locate(same, Document("a.pdf", "same", "pdf", "12345678901市水利局与市水利局")) is None


@given(st.text(alphabet="市水利局：，单位", max_size=60))
def test_words_found_again_are_the_words(text: str) -> None:
    found = locate(ANCHOR, Document("a.txt", "new", "utf-8", text))
    assert found is None or found.of(text) == ANCHOR.exact


def test_a_changed_document_is_known_by_path_or_by_a_title_of_its_own() -> None:
    one = replace(COMPLETE, anchor=ANCHOR)
    assert share_out([one], [("old", "b.txt", None), ("new", "a.txt", "题")]) == {"old": [one]}
    assert share_out([one], [("new", "a.txt", "别的"), ("x", "c.txt", "题")]) == {"new": [one]}
    assert share_out([one], [("new", "moved.txt", "题"), ("x", "c.txt", "别的")]) == {"new": [one]}
    assert share_out([one], [("new", "moved.txt", "题"), ("x", "c.txt", "题")]) == {}
