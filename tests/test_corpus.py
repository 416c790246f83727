"""The made-up corpus of the measurements: the same for the same seed, and read as it was meant."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path

import pytest

from benchmarks import corpus, tabulate
from benchmarks.corpus import SEED, Draft, reread
from benchmarks.corpus.aims import Aim, aims_of
from benchmarks.corpus.names import title_of
from benchmarks.corpus.plans import Plan, plan_documents
from benchmarks.corpus.wording import metric_words, registry
from kg import pipeline
from kg.store import Generation
from kg.tables import TABLES, open_tables


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


def test_ten_thousand_documents_are_ten_thousand_policies() -> None:
    plans = plan_documents(10_000)
    assert len({title_of(plan) for plan in plans}) == 10_000
    assert len({plan.region.code for plan in plans}) > 500


def years(city: int) -> list[tuple[Aim, ...]]:
    first = plan_documents(24 * city + 1)[-1]
    return [aims_of(Plan(first.region, "ecology", year), SEED) for year in (2022, 2023, 2024, 2025)]


def test_tasks_are_joined_and_split_from_year_to_year() -> None:
    joined = split = 0
    for city in range(4):
        for before, after in pairwise(years(city)):
            old, new = ({aim.nouns for aim in aims} for aims in (before, after))
            joined += sum(len(nouns) == 2 and {(noun,) for noun in nouns} <= old for nouns in new)
            split += sum(len(nouns) == 2 and {(noun,) for noun in nouns} <= new for nouns in old)
    assert joined > 2
    assert split > 2


def test_bodies_come_and_go_with_the_years() -> None:
    came = gone = 0
    for city in range(4):
        for before, after in pairwise(years(city)):
            helpers = {aim.nouns: set(aim.support) for aim in before}
            for aim in after:
                came += bool(set(aim.support) - helpers.get(aim.nouns, set(aim.support)))
                gone += bool(helpers.get(aim.nouns, set()) - set(aim.support))
    assert came > 2
    assert gone > 2


def test_shares_are_near_those_of_the_plan_above(drafts: list[Draft]) -> None:
    """Some want as much as the province, some more, and some less: each is something to find."""
    city = next(plan for plan in plan_documents(30) if plan.region.level == "prefecture")
    above = Plan(registry().regions[str(city.region.parent)], city.theme, None)
    wanted = {target.metric: target.value for aim in aims_of(above, SEED) for target in aim.targets if target.value}
    signs = set()
    for aim in aims_of(replace(city, year=None), SEED):
        for target in aim.targets:
            if target.value and target.metric in wanted and metric_words(target.metric)[1] == "%":
                value, other = float(target.value), float(wanted[target.metric])
                assert abs(value - other) < 10
                signs.add((value > other) - (value < other))
    assert signs == {-1, 0, 1}


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


def test_the_tables_alone_are_those_of_a_build(tmp_path: Path) -> None:
    corpus.write_corpus(6, tmp_path / "docs")
    built = pipeline.build([tmp_path / "docs"], tmp_path / "built").generation
    assert built is not None
    first = tabulate.tabulate(6, tmp_path / "made")
    again = tabulate.tabulate(6, tmp_path / "made", again=True)
    rows = [read_tables(generation) for generation in (built, first, again)]
    assert rows[0] == rows[1] == rows[2]
    assert all(rows[0].values())


def read_tables(generation: Generation) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of each table; where a file lay is left out."""
    with open_tables(generation) as tables:
        what = {table.name: "* EXCLUDE (path)" if table.name == "documents" else "*" for table in TABLES}
        return {name: tables.execute(f"SELECT {columns} FROM {name}").fetchall() for name, columns in what.items()}
