"""Cities side by side by one function or one metric: what each bears, which targets can be compared, when there is a median."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from kg import pipeline, store
from kg.analysis.continuity.cities import compare_cities
from kg.analysis.continuity.plans import list_plans
from kg.analysis.targets.values import compare_targets
from kg.explorer import NotHereError, Params, Scope, Snapshot
from kg.explorer.compare import gather_compare
from kg.explorer.compare.export import make_file_tables
from kg.explorer.compare.records import Cities

PLAN = """\
{name}2023年生态文明建设工作要点
一、重点任务
1.改善空气质量。优良天数比率达到{value}%以上。（牵头单位：市生态环境局；责任单位：市水利局）
2.开展植树造林。（责任单位：市林业局）
"""
CITIES = {"石家庄市": "80", "唐山市": "76.5", "邢台市": "78"}


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """Three cities with a plan for the same year."""
    home = tmp_path_factory.mktemp("cities")
    for name, value in CITIES.items():
        (home / f"{name}.txt").write_text(PLAN.format(name=name, value=value), encoding="utf-8", newline="\n")
    pipeline.build([home], home / "out")
    found = Snapshot(store.current(home / "out"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def seeds(built: Path) -> Iterator[Snapshot]:
    found = Snapshot(store.current(built))
    yield found
    found.close()


def cities(snapshot: Snapshot, **query: str) -> Cities:
    found = gather_compare(snapshot, Params("", {name: (value,) for name, value in query.items()})).cities
    assert found is not None
    return found


def test_a_function_in_each_city_with_the_median(three: Snapshot) -> None:
    found = cities(three, function="ecology-environment")
    assert {(one.region_name, one.tasks, one.led, one.targets) for one in found.loads} == {(name, 1, 1, 1) for name in CITIES}
    assert (found.middles["tasks"], found.middles["led"], found.middles["responsible"]) == (1, 1, 0)
    assert found.cautions == ()


def test_targets_for_one_metric_and_year_have_a_middle(three: Snapshot) -> None:
    found = cities(three, metric="good-air-days")
    assert [(one.region_name, one.goal.value) for one in found.targets] == [
        ("石家庄市", "80%"),
        ("邢台市", "78%"),
        ("唐山市", "76.5%"),
    ]
    assert [one.beside for one in found.targets] == [2, 2, 2]
    assert [one.part for one in found.targets] == [1.0, 0.975, 0.95625]
    (year,) = found.years
    assert (year.year, year.cities, year.middle) == (2023, 3, median(map(float, CITIES.values())))


def test_two_cities_are_too_few(seeds: Snapshot) -> None:
    found = cities(seeds, metric="good-air-days", period="2022-2022")
    assert {one.region_name for one in found.targets} == {"唐山市", "宿州市"}
    assert [year.middle for year in found.years] in ([], [None])
    assert "few" in {caution.kind for caution in found.cautions}
    assert cities(seeds, function="ecology-environment", period="2022-2022", level="prefecture").middles.keys() == {
        "tasks",
        "led",
        "responsible",
        "supported",
        "targets",
        "gaps",
    }


def test_what_cannot_be_compared_is_said(seeds: Snapshot) -> None:
    found = cities(seeds, metric="good-air-days")
    assert {caution.kind for caution in found.cautions} == {"documents", "kinds", "lengths"}
    for one in found.targets:
        assert (one.part is None) or one.beside


def test_a_target_stands_beside_those_that_can_be_compared(seeds: Snapshot) -> None:
    columns = seeds.columns(Scope())
    regions = [(region.code, region.name) for region in seeds.regions]
    for line in compare_cities(columns, regions, list_plans(columns)).metrics:
        for one in line.goals:
            expected = {
                other.plan.region_name
                for other in line.goals
                if other.plan.region != one.plan.region
                and one.goal.year is not None
                and one.goal.year == other.goal.year
                and compare_targets(one.goal.target, other.goal.target, line.direction).step is not None
            }
            assert set(one.beside) == expected


def test_the_choice_counts_what_the_pages_show(seeds: Snapshot) -> None:
    found = cities(seeds, by="city")
    for one in found.functions[:5]:
        loads = cities(seeds, function=one.key).loads
        assert (len({load.region for load in loads}), sum(load.tasks for load in loads)) == (one.cities, one.number)
    for one in found.metrics[:5]:
        assert cities(seeds, metric=one.key).cut.total == one.number
    assert [one.name for one in cities(seeds, by="city", q="优良天数").metrics] == ["空气质量优良天数比率"]


def test_gaps_are_those_of_the_tasks(seeds: Snapshot) -> None:
    for load in cities(seeds, function="ecology-environment").loads:
        rows = seeds.rows(
            """SELECT count(DISTINCT task_id) AS n FROM assignments JOIN tasks USING (task_id)
            WHERE assignments.organization = $body AND NOT inherited AND NOT measure
                AND task_id IN (SELECT task_id FROM gaps WHERE justified IS NULL)""",
            body=load.body,
        )
        assert next(rows)["n"] == load.gaps


def test_what_no_city_has_is_not_here(seeds: Snapshot) -> None:
    for query in ({"function": "none"}, {"metric": "none"}):
        with pytest.raises(NotHereError):
            cities(seeds, **query)
    with pytest.raises(NotHereError):
        gather_compare(seeds, Params("nothing/at-all"))


def test_files_hold_the_rows(three: Snapshot) -> None:
    def rows(**query: str) -> list[tuple[object, ...]]:
        (table,) = make_file_tables(three, Params("", {name: (value,) for name, value in query.items()}), whole=False)
        return list(table.rows)

    assert {row[1] for row in rows(metric="good-air-days")} == set(CITIES)
    assert [row[3] for row in rows(function="ecology-environment")] == [1, 1, 1]
    names = [table.key for table in make_file_tables(three, Params("", {"function": ("water-resources",)}), whole=True)]
    assert names == ["summary", "functions", "departments"]
