"""Documents of every kind, where they are at hand: each ends in a document or a clear word, and no body is a piece of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import wild
from benchmarks.fuzz import find_evidence

FOLDER = Path(__file__).parent.parent.parent / "shared" / "wild"

NAMES = [
    ("市生态环境局", False),
    ("各县（市、区）政府", False),
    ("碳达峰碳中和领导小组成员单位", False),
    ("全面推进依法治市领导小组办公室", False),
    ("市加快推进新型城镇化工作领导小组", False),
    ("加强指导和监督", True),
    ("市水利局负责推进河道治理", True),
    ("市水利局。市财政局", True),
    ("市" * 41, True),
]


@pytest.mark.parametrize(("name", "nonsense"), NAMES)
def test_a_piece_of_a_sentence_is_known(name: str, nonsense: bool) -> None:
    assert wild.is_nonsense(name) is nonsense


@pytest.fixture(scope="module")
def visits() -> Sequence[wild.Visit]:
    if not FOLDER.is_dir():
        pytest.skip(f"the documents of every kind are not at hand: {FOLDER.name}")
    return list(wild.visit([FOLDER]))


def test_each_file_ends_in_a_document_or_a_word(visits: Sequence[wild.Visit]) -> None:
    assert len(visits) > 100
    assert all(found.reading is not None or (found.refusal and found.path.name in found.refusal) for found in visits)


def test_no_body_is_a_piece_of_a_sentence(visits: Sequence[wild.Visit]) -> None:
    assert [name for name in sorted(wild.count_names(visits)) if wild.is_nonsense(name)] == []


def test_every_quote_stands_at_its_span(visits: Sequence[wild.Visit]) -> None:
    for found in visits:
        if found.reading is not None:
            text = found.reading.document.text
            assert all(evidence.span.of(text) == evidence.quote for evidence in find_evidence(found.reading)), found.path.name
