"""The five documents against their annotation by hand: no figure falls below what was once reached."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg import data
from kg.read import decode
from kg.text import simplify

_MARKUP = re.compile(r"<[^<>]*>|[*#\s]")
GOLD = Path(__file__).parent / "gold"
STEMS = sorted(path.stem for path in (GOLD / "seeds").glob("*.json"))
FLOORS = GOLD / "floors.toml"
HEAD = """\
# F1 by document and question of score.py, as once reached; a test holds it. Write anew: pytest tests/test_gold.py --update-gold
"""


def load_score() -> ModuleType:
    """Return gold/score.py, which is a program of its own."""
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(stem: str, ledger: Mapping[str, Any]) -> dict[str, float]:
    """Return F1 by question for one document."""
    score = load_score()
    annotated = json.loads((GOLD / "seeds" / f"{stem}.json").read_text("utf-8"))
    said = {Path(document["file"]).name: document for document in ledger["documents"]}
    counts = score.score_document(annotated, said[annotated["doc"]["file"]], defaultdict(score.Count), [])
    return {question.strip(): int(count.row()[2] * 1000) / 1000 for question, count in counts.items()}


@pytest.fixture(scope="module")
def floors(ledger: Mapping[str, Any], request: pytest.FixtureRequest) -> Mapping[str, Mapping[str, float]]:
    """Return what was once reached; with --update-gold that is what is reached now."""
    if request.config.getoption("--update-gold"):
        tables = [f"\n[{stem}]\n" + "".join(f'"{name}" = {f1}\n' for name, f1 in figures(stem, ledger).items()) for stem in STEMS]
        FLOORS.write_text(HEAD + "".join(tables), "utf-8")
    return tomllib.loads(FLOORS.read_text("utf-8"))


@pytest.mark.parametrize("stem", STEMS)
def test_no_document_reads_worse(stem: str, ledger: Mapping[str, Any], floors: Mapping[str, Mapping[str, float]]) -> None:
    reached = figures(stem, ledger)
    worse = {question: (reached[question], floor) for question, floor in floors[stem].items() if reached[question] < floor}
    assert not worse, "reached and floor, by question"
    assert floors[stem].keys() == reached.keys()


def test_every_fact_of_the_five_documents_stands_where_the_ledger_says(ledger: Mapping[str, Any]) -> None:
    for document in ledger["documents"]:
        source = decode((data.SEEDS / "documents" / Path(document["file"]).name).read_bytes())[0]
        facts = [*document["indicators"], *document["citations"]]
        for task in document["tasks"]:
            facts += [
                *task["assignments"],
                *task["indicators"],
                *task["citations"],
                *([task["deadline"]] if task["deadline"] else []),
            ]
        assert len(facts) > 50
        for fact in facts:
            words = source[fact["start"] : fact["end"]]
            assert simplify(_MARKUP.sub("", words)) == _MARKUP.sub("", fact["quote"])
