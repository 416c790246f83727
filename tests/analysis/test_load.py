"""Load and overload, with numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.analysis import Analysis, Load, analyze, measure_loads, measure_regions, open_columns
from kg.ask import ask
from kg.store import current, open_current
from tests.analysis.plain import columns_of, plain_columns, plain_facts, plain_gini, plain_loads, plain_regions, robust_scores
from tests.analysis.stated_facts import read_facts
from tests.toy_graph import COUNTIES, DEPARTMENTS, DEV, ECO, GROUP, TS_DEV, TS_ECO, WATER, further_store, task, toy_store


@pytest.fixture(scope="module")
def store() -> Store:
    return toy_store()


def totals(store: Store) -> list[Load]:
    return [load for load in measured(store) if load.period is None]


def measured(store: Store) -> list[Load]:
    with open_columns(store) as columns:
        return measure_loads(columns, tasks=True)


def by_name(loads: list[Load]) -> dict[str, Load]:
    return {load.organization: load for load in loads}


# what the toy graph says: see the table on top of toy.trig


def test_counts(store: Store) -> None:
    found = [
        (load.organization, load.tasks, load.led, load.responsible, load.supported, load.shared_load, load.indicators)
        for load in totals(store)
    ]
    assert found == [
        (ECO, 4, 1, 2, 1, 1.8333, 4),  # 1/2 + 1/2 + 1/3 + 1/2
        (DEV, 3, 0, 2, 1, 1.3333, 3),  # 1/2 + 1/3 + 1/2
        (TS_DEV, 2, 0, 1, 1, 1.5, 2),  # 1/2 + 1
        (COUNTIES, 2, 0, 2, 0, 1.3333, 2),  # 1/3 + 1
        (WATER, 2, 1, 1, 0, 1.0, 1),
        (DEPARTMENTS, 1, 0, 1, 0, 1.0, 0),
        (GROUP, 1, 0, 1, 0, 0.5, 0),
        (TS_ECO, 1, 1, 0, 0, 0.5, 2),
    ]


def test_what_is_inherited_counts_apart(store: Store) -> None:
    counties = by_name(totals(store))[COUNTIES]
    assert counties.task_iris == (task("sjz-2023", 1), task("sjz-2023", 7))
    assert counties.inherited_iris == (task("sjz-2023", 2), task("sjz-2023", 3))
    assert counties.inherited == 2
    assert (counties.kind, counties.verdict, counties.rank) == ("generic", "not judged", None)


def test_the_query_counts_the_same(store: Store) -> None:
    """The SPARQL text is the definition."""
    columns = ("tasks", "led", "responsible", "supported", "indicators", "bindingIndicators", "inherited")
    defined = {row["unit"]: tuple(row[name] for name in columns) for row in ask(store, "department-load").records()}
    measured = {
        load.organization: (
            load.tasks,
            load.led,
            load.responsible,
            load.supported,
            load.indicators,
            load.binding_indicators,
            load.inherited,
        )
        for load in totals(store)
    }
    assert measured == defined
    shares = {row["unit"]: float(row["sharedLoad"]) for row in ask(store, "department-load").records()}
    for load in totals(store):
        assert load.shared_load == pytest.approx(shares[load.organization], abs=0.0006)


def test_each_period_on_its_own(store: Store) -> None:
    loads = [load for load in measured(store) if load.period is not None]
    eco = {load.period: (load.tasks, load.led, load.shared_load) for load in loads if load.organization == ECO}
    assert eco == {(2021, 2025): (2, 1, 1.0), (2023, 2023): (2, 0, 0.8333)}


def test_rank_among_the_same_function_elsewhere(store: Store) -> None:
    loads = by_name(totals(store))
    assert [(loads[iri].peer_rank, loads[iri].peers) for iri in (ECO, TS_ECO)] == [(1, 2), (2, 2)]
    assert [(loads[iri].peer_rank, loads[iri].peers) for iri in (DEV, TS_DEV)] == [(2, 2), (1, 2)]
    assert (loads[GROUP].peer_rank, loads[GROUP].peers, loads[GROUP].peer_median) == (None, 0, None)
    assert loads[ECO].peer_median == loads[TS_ECO].peer_median == 1.1667  # (1.8333 + 0.5) / 2 = 1.16665


def test_regions(store: Store) -> None:
    """石家庄: 1.8333, 1.3333, 1.0; the office of the two has no task, groups and counties are left out."""
    city = analyze(store).regions[0]
    assert (city.label, city.organizations, city.tasks) == ("石家庄市", 3, 5)
    assert (city.median, city.mad, city.judged) == (1.3333, 0.3333, False)
    assert city.top_share == 1.0  # there are but three
    assert city.gini == 0.1333  # (−2·1 + 0·4/3 + 2·11/6) / (3 · 25/6)


def test_scope(store: Store) -> None:
    region = "https://w3id.org/zeren/id/region/130200"
    assert {load.organization for load in analyze(store, region=region).loads} == {TS_ECO, TS_DEV}
    assert {load.organization for load in analyze(store, period=(2021, 2025)).loads} == {ECO, DEV, WATER}


# overload


def verdicts(numbers: dict[str, int]) -> dict[str, tuple[float | None, str, int | None]]:
    """Return what the tables say of each body, once plain Python says the same."""
    with columns_of(numbers) as columns:
        loads = [load for load in measure_loads(columns, tasks=True) if load.period is None]
    plain = plain_facts({f"{name}{i}": [name] for name, number in numbers.items() for i in range(number)})
    found: dict[str, tuple[float | None, str, int | None]]
    found = {load.label: (load.score, load.verdict, load.rank) for load in loads}
    assert found == {
        load.organization: (load.score, load.verdict, load.rank) for load in plain_loads(plain) if load.period is None
    }
    return found


def test_verdicts() -> None:
    """Median 3, distances 2 2 1 1 0 0 1 1 3 9: MAD 1; 0.6745·3 = 2.02, 0.6745·9 = 6.07."""
    found = verdicts({"a": 1, "b": 1, "c": 2, "d": 2, "e": 3, "f": 3, "g": 4, "h": 4, "i": 6, "j": 12})
    assert found["j"] == (6.07, "overloaded", 1)
    assert found["i"] == (2.02, "heavy", 2)
    assert found["g"] == (0.67, "normal", 3)
    assert found["h"] == (0.67, "normal", 3)  # equals share their rank
    assert found["a"] == (-1.35, "normal", 9)  # to bear little is no overload


def test_mad_of_zero() -> None:
    """Seven bear 1 and one bears 5: MAD 0, mean distance 4/8; 4 / (1.2533 · 0.5) = 6.38."""
    found = verdicts(dict.fromkeys("abcdefg", 1) | {"h": 5})
    assert found["h"] == (6.38, "overloaded", 1)
    assert found["a"] == (0.0, "normal", 2)


def test_all_equal_is_normal() -> None:
    assert set(verdicts(dict.fromkeys("abcdefgh", 2)).values()) == {(0.0, "normal", 1)}


def test_too_few_to_judge() -> None:
    found = verdicts(dict.fromkeys("abcdef", 1) | {"g": 50})
    assert found["g"] == (None, "too few to judge", 1)


def test_who_only_inherits_and_who_is_generic_is_not_compared() -> None:
    tasks = {f"t{name}": [name, "x:inherited"] for name in "abcdefg"} | {"t8": ["g", "all"], "t9": ["all"]}
    with plain_columns(tasks, generic=["all"]) as columns:
        loads = {load.label: load for load in measure_loads(columns) if load.period is None}
    assert loads["x"].inherited == 7
    assert {loads[name].verdict for name in "abcdefg"} == {"too few to judge"}  # seven, not nine
    assert (loads["x"].verdict, loads["all"].verdict) == ("not judged", "not judged")
    assert loads["g"].shared_load == 1.5
    assert loads["g"].words == "样本太少，不评判"


def test_nothing_to_measure() -> None:
    with plain_columns({"t": []}) as columns:
        assert measure_loads(columns) == []
        assert measure_regions(columns) == []


# the formulas of the oracle, and the oracle itself


def test_formulas() -> None:
    assert plain_gini([1, 2, 3, 4]) == 0.25  # (−3·1 − 1·2 + 1·3 + 3·4) / (4·10)
    assert plain_gini([0, 0]) == 0
    assert robust_scores([]) == []
    assert [float(round(z, 2)) for z in robust_scores([Fraction(n) for n in (1, 2, 3, 4, 10)])] == [-1.35, -0.67, 0, 0.67, 4.72]


NUMBERS = st.lists(st.fractions(0, 100, max_denominator=64), min_size=1, max_size=20)


@given(NUMBERS)
def test_gini_lies_between_none_and_all(values: list[Fraction]) -> None:
    assert 0 <= plain_gini(values) < 1


@given(NUMBERS, st.integers(1, 50))
def test_scores_do_not_care_for_shift_and_scale(values: list[Fraction], factor: int) -> None:
    assert robust_scores(values) == robust_scores([factor * value + 7 for value in values])


@pytest.fixture(scope="module", params=["toy", "further toy", "five documents"])
def any_store(request: pytest.FixtureRequest, built: Path) -> Store:
    if request.param == "five documents":
        return open_current(built)
    return toy_store() if request.param == "toy" else further_store()


def test_plain_python_counts_the_same(any_store: Store) -> None:
    """Figures, verdicts, ranks and lists of tasks, body by body and period by period."""
    with open_columns(any_store) as columns:
        loads, regions = measure_loads(columns, tasks=True), measure_regions(columns)
    plain = plain_loads(read_facts(any_store))
    assert loads == plain
    assert regions == plain_regions(plain)


def test_overload_of_the_five_documents(built: Path) -> None:
    found: Analysis = analyze(current(built), period=(2023, 2023))
    assert (found.loads[0].label, found.loads[0].peers) == ("石家庄市发展和改革委员会", 1)
    assert found.regions[0].judged
    assert found.regions[0].top_share > 3 / found.regions[0].organizations  # those with most bear more than their part


def test_without_the_lists_figures_are_the_same(store: Store) -> None:
    with open_columns(store) as columns:
        short, long = measure_loads(columns), measure_loads(columns, tasks=True)
    assert not any(load.task_iris or load.inherited_iris for load in short)
    assert short == [replace(load, task_iris=(), inherited_iris=()) for load in long]
