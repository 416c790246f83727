"""The matrix: on the toy as counted by hand, on the five documents as counted in plain Python from the rows of the tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg import store
from kg.analysis import measure_gaps
from kg.explorer import NotHereError, Params, Scope, Snapshot
from kg.explorer.matrix import Matrix, asked, gather_matrix
from kg.explorer.matrix.records import Cell
from kg.explorer.matrix.words import list_words
from tests.explorer.toy import build_toy

CITY, PROVINCE = "廊坊市2024年河湖与空气质量工作要点（示例）", "河北省“十四五”生态环境保护规划"
# what each body is in the city's two sections and the province's one: role, tasks, carried over (下同)
BY_HAND = {
    "廊坊市生态环境局": (None, ("lead", 2, 0), None),
    "河北省生态环境厅": (("responsible", 1, 0), None, None),
    "廊坊市住房和城乡建设局": (None, None, ("responsible", 1, 0)),
    "廊坊市城市管理局": (None, None, ("responsible", 1, 0)),
    "廊坊市农业农村局": (None, ("responsible", 1, 0), None),
    "廊坊市发展和改革委员会": (None, ("responsible", 1, 0), None),
    "各县（市、区）政府（廊坊市）": (None, ("support", 1, 1), ("inherited", 0, 1)),
    "廊坊市水利局": (None, ("lead", 1, 0), None),  # since a person corrected it; it then carries nothing over
}


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    found = Snapshot(store.current(build_toy(tmp_path_factory.mktemp("matrix"))))
    yield found
    found.close()


@pytest.fixture(scope="module")
def seeds(built: Path) -> Iterator[Snapshot]:
    found = Snapshot(store.current(built))
    yield found
    found.close()


def show(snapshot: Snapshot, **query: str) -> Matrix:
    return gather_matrix(snapshot, Params(query={name: (value,) for name, value in query.items()}))


def cell(matrix: Matrix, body: str, column: str) -> Cell:
    row = next(row for row in matrix.rows if row.label == body)
    return row.cells[[one.key for one in matrix.columns].index(column)]


def test_the_toy_by_hand(toy: Snapshot) -> None:
    matrix = show(toy)
    assert [(one.document.title, one.label, one.tasks) for one in matrix.columns] == [
        (PROVINCE, "一、主要任务", 1),
        (CITY, "（一）改善水环境质量", 2),
        (CITY, "（二）改善空气质量", 2),
    ]
    found = {
        row.label: tuple((one.role, one.tasks, one.inherited) if one.role else None for one in row.cells) for row in matrix.rows
    }
    assert found == BY_HAND
    assert (matrix.gaps, matrix.gap_total, matrix.tasks) == ((0, 0, 1), 1, 5)  # 开展绿色出行宣传 names nobody


def test_a_document_opens_and_closes_and_so_does_a_section(toy: Snapshot) -> None:
    closed = show(toy, open="none")
    assert [one.key.partition("/")[0] for one in closed.columns] == ["policy", "policy"]
    assert [[one.down for one in line] for line in closed.headings] == [[1, 1]]
    city = closed.headings[0][1]
    assert city.label == CITY
    sections = show(toy, open=city.toggled or "")
    assert [one.label for one in sections.columns] == [PROVINCE, "（一）改善水环境质量", "（二）改善空气质量"]
    assert [[(one.across, one.down) for one in line] for line in sections.headings] == [[(1, 2), (2, 1)], [(1, 1), (1, 1)]]
    air = sections.headings[1][1]
    tasks = show(toy, open=air.toggled or "")
    assert [one.label for one in tasks.columns][2:] == ["3 控制扬尘污染", "4 开展绿色出行宣传"]
    assert [[(one.across, one.down) for one in line] for line in tasks.headings] == [
        [(1, 3), (3, 1)],
        [(1, 2), (2, 1)],
        [(1, 1), (1, 1)],
    ]
    assert tasks.gaps == (0, 0, 0, 1)
    assert cell(tasks, "廊坊市城市管理局", tasks.columns[2].key).role == "responsible"
    again = tasks.headings[0][1].toggled  # closing the document closes its section too
    assert show(toy, open=again or "").columns == closed.columns


def test_a_cell_opens_with_its_sentences(toy: Snapshot) -> None:
    matrix = show(toy)
    water = matrix.columns[1].key
    body = next(row.key for row in matrix.rows if row.label == "各县（市、区）政府（廊坊市）")
    detail = show(toy, cell=f"{body}@{water}").detail
    assert detail
    assert [(one.title, one.roles) for one in detail.tasks] == [
        ("整治入河排污口", ("support",)),
        ("推进农村生活污水治理", ("inherited",)),
    ]
    for one in detail.tasks:
        assert toy.read_text(one.quote.document)[one.quote.start : one.quote.end] == one.quote.text
    nobody = show(toy, cell=f"-@{matrix.columns[2].key}").detail
    assert nobody
    assert nobody.body is None
    assert [one.title for one in nobody.tasks] == ["开展绿色出行宣传"]
    only = show(toy, cell=f"{body}@{water}", role="support").detail
    assert only
    assert [one.title for one in only.tasks] == ["整治入河排污口"]


def test_a_cell_that_is_not_in_view_is_said(toy: Snapshot) -> None:
    assert show(toy, cell="131000/water@section/none/1").lost
    assert show(toy, cell="nonsense").lost
    assert not show(toy).lost
    with pytest.raises(NotHereError):
        show(toy, cell=f"131000/nobody-knows@{show(toy).columns[0].key}")
    with pytest.raises(NotHereError):
        show(toy, document="none")


def on_tasks(snapshot: Snapshot) -> dict[str, dict[int, tuple[set[str], bool]]]:
    """Return each body's roles on each task, and whether it only carries the task over; from the rows as they are."""
    found: dict[str, dict[int, tuple[set[str], bool]]] = defaultdict(dict)
    for row in snapshot.rows("SELECT task_id, organization, role, inherited FROM assignments WHERE organization IS NOT NULL"):
        roles, passed = found[row["organization"]].get(row["task_id"], (set(), False))
        found[row["organization"]][row["task_id"]] = (roles | {row["role"]}, passed or row["inherited"])
    return found


def count(duties: dict[int, tuple[set[str], bool]], tasks: set[int], role: str) -> Cell:
    own = [roles for task, (roles, passed) in duties.items() if task in tasks and not passed]
    passed = sum(passed for task, (_, passed) in duties.items() if task in tasks)
    led, answering, supported = (sum(name in roles for roles in own) for name in ("lead", "responsible", "support"))
    return {
        "": Cell(len(own), led, answering, supported, passed),
        "lead": Cell(led, led=led),
        "responsible": Cell(answering, responsible=answering),
        "support": Cell(supported, supported=supported),
        "inherited": Cell(inherited=passed),
    }[role]


@pytest.mark.parametrize("role", ["", "lead", "responsible", "support", "inherited"])
@pytest.mark.parametrize("opened", ["none", "all", ""])
def test_every_cell_counts_its_tasks(seeds: Snapshot, opened: str, role: str) -> None:
    matrix = show(seeds, open=opened, role=role, rows="400")
    columns: dict[str, set[int]] = defaultdict(set)
    keys = {one.key for one in matrix.columns}
    for row in seeds.rows("SELECT task_id, document, section, measure FROM tasks"):
        places = [iri.removeprefix(f"{seeds.base}id/") for iri in (row["document"], row["section"]) if iri]
        for key in (place for place in places if place in keys and not row["measure"]):
            columns[key].add(row["task_id"])
    assert [len(columns[one.key]) for one in matrix.columns] == [one.tasks for one in matrix.columns]
    duties = on_tasks(seeds)
    for line in matrix.rows:
        own = duties[seeds.iri("org", line.key)]
        assert line.cells == tuple(count(own, columns[one.key], role) for one in matrix.columns), line.label


def test_rows_add_up(seeds: Snapshot) -> None:
    matrix = show(seeds, rows="400")
    assert not matrix.cut_rows.is_cut
    for row in matrix.rows:
        assert row.tasks == sum(one.tasks for one in row.cells)
        assert (row.led, row.responsible) == (sum(one.led for one in row.cells), sum(one.responsible for one in row.cells))
        assert row.inherited == sum(one.inherited for one in row.cells)
    assert sum(matrix.gaps) == matrix.gap_total == len(measure_gaps(seeds.columns(Scope()), "no-unit"))
    assert matrix.tasks == sum(one.tasks for one in seeds.documents.values())
    for line in matrix.headings:
        assert sum(one.across for one in line) <= len(matrix.columns)
    assert sum(one.across for one in matrix.headings[0]) == len(matrix.columns)


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("tasks", lambda row: -row.tasks),
        ("load", lambda row: -row.shared_load),
        ("led", lambda row: -row.led),
        ("indicators", lambda row: -row.indicators),
        ("name", lambda row: row.label.encode("gb18030")),
    ],
)
def test_the_order_of_rows(seeds: Snapshot, sort: str, key: Any) -> None:
    keys = [key(row) for row in show(seeds, sort=sort).rows]
    assert keys == sorted(keys)
    assert len(set(keys)) > 5


def test_rows_are_cut_and_it_is_said(seeds: Snapshot) -> None:
    few, all_rows = show(seeds, rows="7"), show(seeds, rows="400")
    assert (few.cut_rows.shown, few.cut_rows.total) == (len(few.rows), len(all_rows.rows)) == (7, all_rows.cut_rows.total)
    assert few.rows == all_rows.rows[:7]


def test_filters(seeds: Snapshot) -> None:
    city = show(seeds, region="130100")
    assert {one.document.region for one in city.columns} == {"130100"}
    year = show(seeds, region="130100", period="2023-2023")
    (key,) = {one.document.key for one in year.columns}
    assert show(seeds, document=key).columns == year.columns
    assert [row.label for row in show(seeds, document=key).rows] == [row.label for row in year.rows]
    assert show(seeds, region="130100", period="1999-1999").columns == ()
    with pytest.raises(NotHereError):
        show(seeds, region="999999")


def test_of_many_documents_one_region_is_shown_first(seeds: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not show(seeds).chosen
    monkeypatch.setattr(asked, "MOST_UNASKED", 3)
    first = gather_matrix(seeds, Params())
    assert (first.chosen, first.region) == (True, seeds.regions[0].code)
    assert {one.document.region for one in first.columns} == {first.region}
    assert show(seeds, region="all").region is None
    monkeypatch.setattr(asked, "MOST_DOCUMENTS", 2)
    cut = show(seeds, region="all", open="none")
    assert (cut.cut_documents.shown, cut.cut_documents.total, len(cut.columns)) == (2, 5, 2)
    most = Counter({one.key: one.tasks for one in seeds.documents.values()}).most_common(2)
    assert {one.document.key for one in cut.columns} == {key for key, _ in most}
    assert cut.rows
    assert all(any(one.role for one in row.cells) for row in cut.rows)  # bodies that only other documents name are left out


def test_the_words_of_the_workbook(toy: Snapshot) -> None:
    listed = {one.title: one for one in list_words(toy, Params())}
    assert len(listed) == 5
    assert listed["整治入河排污口"].bodies == {
        "lead": ("廊坊市生态环境局", "廊坊市水利局"),
        "support": ("各县（市、区）政府（廊坊市）",),
    }
    assert listed["开展绿色出行宣传"].bodies == {}
    assert listed["控制扬尘污染"].quote.text.startswith("3.控制扬尘污染。")
