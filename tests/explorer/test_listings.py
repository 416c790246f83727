"""Tables: what is counted, chosen and sorted in SQL is what plain Python finds in the seven tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pytest

from kg import pipeline, store
from kg.analysis import measure_gaps, measure_loads
from kg.explorer import NotHereError, Params, Scope, Snapshot
from kg.explorer.listings import LISTINGS, TableView, gather_table, list_tables, read_table
from kg.explorer.listings.gather import WHOLE

FIRST = """石家庄市2024年生态环境工作要点

一、改善水环境
1.治理河流。到2024年底，水质达标率达到90%以上。（牵头单位：市水利局；配合单位：市财政局）
2.保护水源。（责任单位：市水利局、市生态环境局）
二、改善大气环境
3.治理扬尘。2024年6月底前完成。（牵头单位：市生态环境局；责任单位：市住建局）
"""
SECOND = """唐山市2023年生态环境工作要点

一、改善水环境
1.治理河流。到2023年底，水质达标率达到85%以上。（责任单位：市水利局）
2.安排宣传。
"""
STRANGE = ["'", '"', "%", "_", "\x00", "'; DROP TABLE listed_tasks; --", "\\", "长" * 300, "{{7*7}}", "$word0", "?"]


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """Open two documents of which every number is known by hand."""
    folder = tmp_path_factory.mktemp("toy")
    (folder / "石家庄.txt").write_text(FIRST, encoding="utf-8", newline="\n")
    (folder / "唐山.txt").write_text(SECOND, encoding="utf-8", newline="\n")
    pipeline.build([folder], folder / "out")
    found = Snapshot(store.current(folder / "out"))
    yield found
    found.close()


def ask(snapshot: Snapshot, table: str, **query: str) -> TableView:
    return gather_table(snapshot, Params(table, {name: (value,) for name, value in query.items()}))


def counts(view: TableView, facet: str) -> dict[str, int]:
    return {one.value: one.rows for one in next(one for one in view.facets if one.key == facet).choices}


def titles(view: TableView) -> list[Any]:
    return [row.cells[view.main].value for row in view.rows]


# --- by hand


def test_two_small_documents_by_hand(toy: Snapshot) -> None:
    view = ask(toy, "tasks")
    assert titles(view) == ["治理河流", "保护水源", "治理扬尘", "治理河流", "安排宣传"]
    assert counts(view, "region") == {"130100": 3, "130200": 2}
    assert counts(view, "role") == {"lead": 2, "responsible": 3, "support": 1, "-": 1}
    assert counts(view, "has_lead") == {"yes": 2, "no": 3}
    assert counts(view, "has_indicator") == {"yes": 2, "no": 3}
    assert counts(view, "due") == {"2023": 1, "2024": 2, "-": 2}
    lead = ask(toy, "tasks", role="lead")
    assert titles(lead) == ["治理河流", "治理扬尘"]
    assert counts(lead, "region") == {"130100": 2}
    assert counts(lead, "role") == {"lead": 2, "responsible": 3, "support": 1, "-": 1}  # what else could be chosen
    assert titles(ask(toy, "tasks", q="水 治理")) == ["治理河流", "治理河流"]
    assert titles(ask(toy, "tasks", sort="task")) == ["安排宣传", "保护水源", "治理河流", "治理河流", "治理扬尘"]  # an, bao, zhi


def test_a_body_asked_for_is_asked_for_in_its_role(toy: Snapshot) -> None:
    keys = {row["name"]: row["key"] for row in toy.rows("SELECT name, key FROM organizations")}
    water = keys["石家庄市水利局"]
    view = ask(toy, "tasks", department=water)
    assert titles(view) == ["治理河流", "保护水源"]
    assert counts(view, "role") == {"lead": 1, "responsible": 1}  # the office of finance supports; this one does not
    assert titles(ask(toy, "tasks", department=water, role="support")) == []
    both = ask(toy, "tasks", department=f"{water},{keys['石家庄市生态环境局']}")
    assert titles(both) == ["保护水源"]  # those that they share
    assert view.rows[0].quote is not None
    assert "市水利局" in view.rows[0].quote.text


def test_targets_and_policies_by_hand(toy: Snapshot) -> None:
    view = ask(toy, "indicators", sort="-value")
    assert [row.cells["value"].value for row in view.rows] == ["90", "85"]
    assert [[one.name for one in row.cells["bodies"].value] for row in view.rows] == [  # type: ignore[union-attr]
        ["石家庄市水利局", "石家庄市财政局"],
        ["唐山市水利局"],
    ]
    assert counts(view, "unit") == {"%": 2}
    assert counts(ask(toy, "policies"), "here") == {"yes": 2}


# --- against plain Python over the tables


def plain_tasks(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return the values of each task by facet, from the tables row by row."""
    bodies = {row["organization_id"]: row for row in snapshot.rows("SELECT * FROM organizations")}
    documents = {row["document_id"]: row for row in snapshot.rows("SELECT * FROM documents")}
    indicators = Counter(row["task_id"] for row in snapshot.rows("SELECT task_id FROM indicators"))
    gaps: dict[str, set[str]] = defaultdict(set)
    for gap in measure_gaps(snapshot.columns(Scope())):
        gaps[gap.task or ""].add(gap.kind)
    held: dict[int, dict[str, list[Mapping[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in snapshot.rows("SELECT * FROM assignments"):
        held[row["task_id"]][str(row["organization_id"] or row["unit_written"])].append(row)
    found = []
    for task in snapshot.rows(
        "SELECT tasks.* FROM tasks JOIN documents USING (document_id) ORDER BY region_code, period_start, document_id, position"
    ):
        document = documents[task["document_id"]]
        roles, keys, functions = set(), set(), set()
        for rows in held[task["task_id"]].values():
            body = bodies.get(rows[0]["organization_id"])
            passed_on = any(row["inherited"] for row in rows)
            roles |= (
                {"inherited"} if body and passed_on else {row["role"] for row in rows if not row["inherited"]} or {"inherited"}
            )
            if body:
                keys.add(body["key"])
                functions |= {body["function"]} - {None}
        year = str(task["due_date"].year) if task["due_date"] else "-"
        found.append(
            {
                "title": task["title"],
                "region": {document["region_code"] or "-"},
                "document": {document["key"]},
                "period": {f"{document['period_start'].year}-{document['period_end'].year}" if document["period_start"] else "-"},
                "kind": {"safeguard" if task["measure"] else "task"},
                "role": roles or {"-"},
                "department": keys,
                "function": functions or {"-"},
                "has_lead": {"yes" if "lead" in roles else "no"},
                "has_indicator": {"yes" if indicators[task["task_id"]] else "no"},
                "due": {task["due_kind"] if task["due_kind"] in ("recurring", "continuous") else year},
                "finding": gaps[task["iri"]] or {"-"},
            }
        )
    return found


def fits(task: Mapping[str, Any], asked: Mapping[str, str], without: str = "") -> bool:
    return all(value in task[facet] for facet, value in asked.items() if facet != without)


def test_every_choice_leaves_what_python_finds(snapshot: Snapshot) -> None:
    tasks = plain_tasks(snapshot)
    facets = [facet.key for facet in LISTINGS["tasks"].facets if not facet.once]
    some: list[dict[str, str]] = [{}] + [
        {facet: sorted(value)[0]} for task in tasks[::40] for facet in facets if (value := task[facet])
    ]
    some += [
        {a: sorted(task[a])[0], b: sorted(task[b])[-1]}
        for task in tasks[::60]
        for a, b in pairwise(facets)
        if task[a] and task[b]
    ]
    for asked in {tuple(sorted(one.items())): one for one in some}.values():
        asked = {key: value for key, value in asked.items() if not ("department" in asked and key == "role")}  # see above
        view = ask(snapshot, "tasks", **asked)
        fitting = [task for task in tasks if fits(task, asked)]
        assert view.fitting == len(fitting), asked
        assert titles(view) == [task["title"] for task in fitting[:100]], asked
        for facet in facets:
            if facet == "role" and "department" in asked:
                continue
            without = "" if facet == "department" else facet  # two bodies: the tasks that they share
            left = Counter(value for task in tasks if fits(task, asked, without) for value in task[facet])
            shown = counts(view, facet)
            assert {key: n for key, n in shown.items() if n} == {key: left[key] for key in shown if left[key]}, (asked, facet)
            if len(shown) < 40:
                assert left.keys() <= shown.keys(), (asked, facet)


def test_bodies_are_those_of_the_measure(snapshot: Snapshot) -> None:
    loads = measure_loads(snapshot.columns(Scope()))
    whole = [load for load in loads if load.period is None]
    view = ask(snapshot, "departments", columns="department,tasks,led,load,verdict")
    assert view.fitting == view.whole == len(whole)
    shown = [tuple(row.cells[key].value for key in ("department", "tasks", "led", "load", "verdict")) for row in view.rows]
    assert shown == [(load.label, load.tasks, load.led, load.shared_load, load.verdict) for load in whole][:100]
    assert counts(view, "verdict") == Counter(load.verdict for load in whole)
    of_period = [load for load in loads if load.period == (2022, 2022)]
    one = ask(snapshot, "departments", period="2022-2022", sort="-led")
    assert one.fitting == len(of_period)
    assert [row.cells["led"].value for row in one.rows] == sorted((load.led for load in of_period), reverse=True)[:100]
    assert counts(view, "period")["2022-2022"] == len(of_period)
    assert counts(one, "period")["-"] == len(whole)


def test_policies_are_all_that_are_named_and_all_that_are_here(snapshot: Snapshot) -> None:
    cited = {
        row["policy"] for row in snapshot.rows("SELECT policy FROM citations WHERE policy IS NOT NULL AND relation <> 'self'")
    }
    here = {row["iri"] for row in snapshot.rows("SELECT iri FROM documents")}
    view = ask(snapshot, "policies", columns="policy,key,here")
    assert sorted(row.cells["key"].value for row in view.rows) == sorted(snapshot.key(iri) for iri in cited | here)  # type: ignore[type-var]
    assert counts(view, "here")["yes"] == len(here)


# --- all tables


@pytest.mark.parametrize("table", LISTINGS)
def test_pages_together_are_the_file(snapshot: Snapshot, table: str) -> None:
    some = [{}, {"q": "环境"}, {"sort": f"-{LISTINGS[table].columns[1].key}"}, {"columns": "key,quote"}]
    for query in some:
        first = ask(snapshot, table, **query)
        pages = [ask(snapshot, table, **query, page=str(number)).rows for number in range(1, first.pages + 1)]
        columns, rows = read_table(snapshot, Params(table, {name: (value,) for name, value in query.items()}))
        together = [row for page in pages for row in page]
        assert together == list(rows)
        assert len(together) == first.fitting
        assert columns == first.shown


@pytest.mark.parametrize("table", LISTINGS)
def test_every_column_sorts(snapshot: Snapshot, table: str) -> None:
    every = ",".join(column.key for column in LISTINGS[table].columns)
    _, rows = read_table(snapshot, Params(table, {"columns": (every,)}))
    plain = list(rows)
    for column in LISTINGS[table].columns:
        for sign in ("", "-"):
            _, rows = read_table(snapshot, Params(table, {"columns": (every,), "sort": (sign + column.key,)}))
            sorted_rows = list(rows)
            assert sorted(map(repr, sorted_rows)) == sorted(map(repr, plain)), column.key
            values = [row.cells[column.key].value for row in sorted_rows]
            if column.form in ("number", "decimal", "date") and not column.sort:
                said = [value for value in values if value is not None]
                assert values[len(said) :] == [None] * (len(values) - len(said)), column.key
                assert said == sorted(said, reverse=bool(sign)), column.key


def test_names_stand_in_the_order_of_their_sound(snapshot: Snapshot) -> None:
    view = ask(snapshot, "departments", sort="region")
    regions = list(dict.fromkeys(row.cells["region"].value for row in view.rows))
    assert regions == ["石家庄市", "宿州市", "唐山市"]  # shi, su, tang


@pytest.mark.parametrize("table", LISTINGS)
@pytest.mark.parametrize("words", STRANGE)
def test_strange_words_are_words(snapshot: Snapshot, table: str, words: str) -> None:
    view = ask(snapshot, table, q=words, sort=words, columns=words, page=words, **{LISTINGS[table].facets[0].key: words})
    assert view.fitting == 0
    assert view.columns == ask(snapshot, table).columns
    assert view.sort == ""
    assert ask(snapshot, table, q=words).fitting in (0, *range(view.whole))
    assert ask(snapshot, table).fitting == view.whole


def test_a_choice_that_leaves_nothing_can_be_taken_back(snapshot: Snapshot) -> None:
    view = ask(snapshot, "tasks", region="999999")
    assert view.fitting == 0
    assert [(one.value, one.rows, one.chosen) for one in view.facets[0].chosen] == [("999999", 0, True)]
    assert view.page == view.pages == 1


def test_all_rows_in_one_page_carry_what_filters_need(snapshot: Snapshot) -> None:
    view = ask(snapshot, "tasks", rows="all")
    assert len(view.rows) == min(view.whole, WHOLE)
    assert [row.values["has_lead"] for row in view.rows].count(("yes",)) == counts(view, "has_lead")["yes"]
    assert all(row.quote and row.quote.text[:9].lower() in row.words for row in view.rows)


def test_parts_are_the_whole(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(list_tables(snapshot)) == list(LISTINGS)
    monkeypatch.setattr("kg.explorer.listings.gather.WHOLE", 20)
    keys = list(list_tables(snapshot))
    for table in LISTINGS:
        parts = [ask(snapshot, key) for key in keys if key.startswith(f"{table}/")]
        assert sum(part.fitting for part in parts) == ask(snapshot, table).whole
        assert [one.value for one in ask(snapshot, table).parts] == [
            key.partition("/")[2] for key in keys if key.startswith(f"{table}/")
        ]


@pytest.mark.parametrize("key", ["", "none", "tasks/none", "../tasks", "tasks.csv"])
def test_a_table_that_is_not_there(snapshot: Snapshot, key: str) -> None:
    with pytest.raises(NotHereError):
        gather_table(snapshot, Params(key))
