"""Documents of every kind, where they are at hand: each ends in a document or a clear word, and every quote is there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import wild
from benchmarks.fuzz import find_evidence

FOLDER = Path(__file__).parent.parent.parent / "shared" / "wild"


@pytest.fixture(scope="module")
def visits() -> Sequence[wild.Visit]:
    if not FOLDER.is_dir():
        pytest.skip(f"the documents of every kind are not at hand: {FOLDER.name}")
    return list(wild.visit([FOLDER]))


def test_each_file_ends_in_a_document_or_a_word(visits: Sequence[wild.Visit]) -> None:
    assert len(visits) > 100
    assert all(found.reading is not None or (found.refusal and found.path.name in found.refusal) for found in visits)


def test_every_quote_stands_at_its_span(visits: Sequence[wild.Visit]) -> None:
    for found in visits:
        if found.reading is not None:
            text = found.reading.document.text
            assert all(evidence.span.of(text) == evidence.quote for evidence in find_evidence(found.reading)), found.path.name
