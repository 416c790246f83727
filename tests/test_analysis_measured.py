"""The measurement of the analysis: others count the same, and the page says what is kept and what is not."""

from __future__ import annotations

import pytest

from benchmarks.alone import Spent
from benchmarks.analysis import Found, Taken, describe, median
from benchmarks.measures import MEASURES, Measure
from benchmarks.rivals import count_loads, find_betweenness, project_pairs, read_duties
from kg import data
from kg.analysis.columns import Columns, open_columns
from kg.analysis.load import measure_loads
from kg.analysis.sharing.brokers import measure_brokers
from kg.analysis.sharing.pairs import measure_pairs
from tests.toy_graph import toy_store


@pytest.fixture(scope="module")
def toy() -> Columns:
    return open_columns(toy_store())


def names(columns: Columns) -> dict[int, str]:
    return dict(columns.execute("SELECT organization_id, iri FROM organizations").fetchall())


def test_plain_python_counts_the_same_loads(toy: Columns) -> None:
    known = names(toy)
    ours = {load.organization: (load.tasks, load.led, load.shared_load) for load in measure_loads(toy) if not load.period}
    theirs = {known[body]: borne for (body, period), borne in count_loads(read_duties(toy)).items() if period is None}
    assert {body: (borne.tasks, borne.led) for body, borne in theirs.items()} == {
        body: figures[:2] for body, figures in ours.items() if figures[0]
    }
    for body, borne in theirs.items():
        assert borne.shared == pytest.approx(ours[body][2], abs=1e-4)


def test_networkx_projects_the_same_pairs(toy: Columns) -> None:
    known = names(toy)
    projected = project_pairs(read_duties(toy))
    theirs = {tuple(sorted((known[a], known[b]))): projected[a][b]["weight"] for a, b in projected.edges}
    assert {(pair.a, pair.b): pair.shared for pair in measure_pairs(toy)} == theirs
    assert theirs


def test_networkx_finds_the_same_brokers(toy: Columns) -> None:
    known = names(toy)
    generic = {iri for (iri,) in toy.execute("SELECT iri FROM organizations WHERE kind = 'generic'").fetchall()}
    duties = [duty for duty in read_duties(toy) if known[duty.body] not in generic]
    theirs = {known[body]: value for body, value in find_betweenness(duties).items() if value}
    assert {broker.organization: broker.between for broker in measure_brokers(toy)} == pytest.approx(theirs, abs=1e-4)


def test_each_measure_has_rows_on_the_toy_and_rules_that_exist(toy: Columns) -> None:
    for measure in MEASURES:
        len(measure.work(toy))
        for rule in measure.rules:
            assert (data.QUERIES / "derive" / f"{rule}.rq").is_file(), rule
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)


def test_a_slow_work_is_done_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.analysis.LONG", 0.0)
    done: list[int] = []
    median(lambda: done.append(1), 5)
    assert len(done) == 1
    monkeypatch.setattr("benchmarks.analysis.LONG", 60.0)
    median(lambda: done.append(1), 5)
    assert len(done) == 6


MADE = [Measure("load", measure_loads, ("loads",), "Python", count_loads), Measure("gaps", measure_loads)]


def made(load: float, gaps: float, memory: int) -> Found:
    found = Found()
    for size in (100, 1000, 10_000):
        found.whole[size] = Spent(size / 1000, memory)
        found.taken[size, "load"] = Taken(load * size / 10_000, size, 2**20, load * size / 10_000)
        found.taken[size, "gaps"] = Taken(gaps * (size / 10_000) ** 1.5, size, None)
    found.by_rules[100, "load"] = 0.05
    found.by_rules[1000, "load"] = None
    found.by_rival[10_000, "load"] = 2.0
    return found


def test_the_page_says_what_is_kept() -> None:
    lines = list(describe(made(0.5, 0.5, 2**30), [100, 1000, 10_000], MADE[:1], 5, 60.0))
    assert "| load (Python) | 10,000 | 5.0 | 50 | 500 | 1.00 | 1 | 10× | too long |  |  | 4.0× |" in lines
    assert "| memory, MB | 1,024 | 1,024 | 1,024 |  |" in lines
    assert not [line for line in lines if "**no**" in line]
    assert "At 10,000 documents the first rows of `load` take 500 ms, at most 1 s: yes." in lines


def test_the_page_names_what_is_not_kept() -> None:
    lines = list(describe(made(1.5, 0.5, 2 * 2**30), [100, 1000, 10_000], MADE, 5, 60.0))
    assert "At 10,000 documents the first rows of `load` take 1,500 ms, at most 1 s: **no**." in lines
    assert "The whole takes at most 1.5 GiB of memory: **no**." in lines
    assert "Faster: `gaps`." in lines


def test_little_is_promised_of_small_graphs() -> None:
    lines = list(describe(made(99.0, 0.5, 2**40), [100, 1000], MADE[:1], 5, 60.0))
    assert not [line for line in lines if "at most 1 s" in line or "GiB" in line]
