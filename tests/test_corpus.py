"""The made-up corpus of the measurements: the same for the same seed, and read as it was meant."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from benchmarks import corpus, reread
from benchmarks.drafting import Draft
from kg import pipeline


@pytest.fixture(scope="module")
def drafts() -> list[Draft]:
    return list(corpus.drafts(30))


def test_the_same_seed_gives_the_same_documents_and_fewer_are_the_first(drafts: list[Draft]) -> None:
    assert list(corpus.drafts(8)) == drafts[:8]
    assert next(corpus.drafts(1, seed=5)).text != drafts[0].text
    assert len({made.text for made in drafts}) == len({made.name for made in drafts}) == len(drafts)


def test_files_that_are_there_are_not_mixed_with_new_ones(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("一", "utf-8")
    with pytest.raises(SystemExit, match="not empty"):
        corpus.write_corpus(1, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_levels_and_years_hang_together(drafts: list[Draft]) -> None:
    """A year's plan cites the city's five-year plan, which cites the province's, which cites the country's."""
    titles = {made.title for made in drafts}
    assert any(made.region == "100000" for made in drafts)
    assert any(made.region.endswith("0000") and made.region != "100000" for made in drafts)
    yearly = [made for made in drafts if made.period[0] == made.period[1]]
    assert len({made.period for made in yearly}) > 2
    assert all(made.citations for made in drafts)
    assert any(set(made.citations) & titles for made in yearly)
    names = [{task.title[2:] for task in made.tasks} for made in islice(yearly, 2)]
    assert len(names[0] & names[1]) > 10  # next year goes on
    assert names[0] != names[1]


@pytest.mark.parametrize("number", range(30))
def test_the_reader_finds_what_was_meant(drafts: list[Draft], number: int) -> None:
    assert list(reread.compare(drafts[number])) == []


def test_the_comparison_sees_what_is_read_otherwise(drafts: list[Draft]) -> None:
    made = drafts[1]
    at = made.text.index("、市")  # one body less
    changed = replace(made, text=made.text[:at] + made.text[at:].replace(made.text[at : made.text.index("、", at + 1)], "", 1))
    assert any("bodies" in line for line in reread.compare(changed))


def test_five_documents_build_with_the_counts_that_were_written(tmp_path: Path) -> None:
    made = corpus.write_corpus(5, tmp_path / "docs")
    report = pipeline.build([tmp_path / "docs"], tmp_path / "out")
    assert (report.documents, report.failed) == (5, ())
    assert report.generation is not None
    ledger = json.loads((report.generation.folder / "ledger.json").read_text("utf-8"))
    entries = {entry["title"]: entry for entry in ledger["documents"]}
    for one in made:
        tasks = [task for task in entries[one.title]["tasks"] if not task["measure"]]
        assert len(tasks) == len(one.tasks)
        assert sum(len(task["assignments"]) for task in tasks) == sum(len(task.units) for task in one.tasks)
        assert sum(len(task["indicators"]) for task in tasks) == sum(len(task.indicators) for task in one.tasks)
