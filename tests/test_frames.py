"""Data frames: what each kind of value becomes, and what is done where pandas is missing."""

from __future__ import annotations

import datetime
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from pyoxigraph import Literal, NamedNode

from kg import vocab
from kg.analysis import analyze
from kg.ask import Answer, ask
from kg.ask.answer import Term
from kg.errors import InstallError, QueryError
from kg.frames import read_table, records_to_frame, to_frame
from kg.store import current
from kg.tables import TABLES
from tests.toy_graph import ECO, toy_store


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(vocab.XSD.iri + datatype))


DAY = datetime.date(2025, 12, 31)
WATER = NamedNode(f"{vocab.BASE}id/org/130100/water")
COLUMNS: list[tuple[list[Term | None], str, list[object]]] = [
    # a missing number makes no float of the others
    ([typed("3", "integer"), None], "Int64", [3, pd.NA]),
    ([typed("40.5", "decimal"), None], "float64", [40.5, float("nan")]),
    ([typed("40.5", "decimal"), typed("2", "integer")], "float64", [40.5, 2.0]),
    ([typed("1e3", "double")], "float64", [1000.0]),
    ([typed("2025-12-31", "date"), None], "datetime64[s]", [pd.Timestamp(DAY), pd.NaT]),
    # far beyond what nanoseconds reach
    ([typed("9999-12-31", "date")], "datetime64[s]", [pd.Timestamp("9999-12-31")]),
    ([typed("true", "boolean"), None], "boolean", [True, pd.NA]),
    ([Literal("市水利局", language="zh"), None], "string", ["市水利局", pd.NA]),
    ([WATER, None], "string", ["id:org/130100/water", pd.NA]),
    # a column may hold what it likes: as text nothing is lost
    ([typed("3", "integer"), Literal("约三")], "string", ["3", "约三"]),
    ([typed("viele", "integer"), typed("3", "integer")], "string", ["viele", "3"]),
    # more than 64 bits
    ([typed("9" * 30, "integer")], "float64", [float("9" * 30)]),
    ([None, None], "string", [pd.NA, pd.NA]),
    ([], "object", []),
]


@pytest.mark.parametrize(("terms", "dtype", "values"), COLUMNS)
def test_types(terms: list[Term | None], dtype: str, values: list[object]) -> None:
    column = to_frame(Answer(("x",), tuple((term,) for term in terms)))["x"]
    assert column.dtype == dtype
    assert [repr(value) for value in column.tolist()] == [repr(value) for value in values]


def test_moments_are_in_utc() -> None:
    texts = ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.25+08:00")
    column = to_frame(Answer(("x",), (*((typed(text, "dateTime"),) for text in texts), (None,))))["x"]
    assert str(column.dt.tz) == "UTC"
    assert column[1] == pd.Timestamp("2026-01-01 19:04:05.25", tz="UTC")
    assert column[2] is pd.NaT


def test_exact_numbers() -> None:
    answer = Answer(("x",), ((typed("0.1", "decimal"),), (typed("0.2", "decimal"),), (None,)))
    exact = to_frame(answer, decimal=True)["x"]
    assert (exact[0] + exact[1], exact[2]) == (Decimal("0.3"), None)
    assert to_frame(answer)["x"].sum() != 0.3


def test_iris_whole() -> None:
    assert to_frame(Answer(("x",), ((WATER,),)), iris="full")["x"].tolist() == [WATER.value]


def test_an_empty_answer_keeps_its_columns() -> None:
    frame = to_frame(Answer(("unit", "tasks"), ()))
    assert (list(frame.columns), len(frame)) == (["unit", "tasks"], 0)


def test_yes_or_no_and_triples() -> None:
    assert to_frame(ask(toy_store(), "ASK { ?s ?p ?o }"))["ask"].tolist() == [True]
    triples = ask(toy_store(), f"CONSTRUCT WHERE {{ <{ECO}> zr:function ?function }}")
    assert [to_frame(triples)[name][0] for name in ("subject", "predicate")] == [
        "id:org/130100/ecology-environment",
        "zr:function",
    ]


def test_for_reading_in_chinese() -> None:
    frame = to_frame(ask(toy_store(), "department-tasks", {"unit": ECO}), chinese=True)
    assert list(frame.columns[:4]) == ["文件", "顺序", "序号", "标题"]
    assert not [name for name in frame.columns if "标识" in name]  # IRIs are for programs
    assert sorted(frame["角色"].tolist()) == sorted(["牵头", "责任", "责任", "配合"])
    assert frame["顺序"].dtype == "Int64"
    # two columns of one name would hide each other
    text = "SELECT ?doc ?document WHERE { VALUES (?doc ?document) { ('a' 'b') } }"
    assert to_frame(ask(toy_store(), text), chinese=True).columns.is_unique


def test_tables_have_the_types_of_their_dictionary(built: Path) -> None:
    generation = current(built)
    wanted = {"INTEGER": "Int64", "VARCHAR": "string", "BOOLEAN": "boolean", "DATE": "datetime64[s]", "DECIMAL(38,10)": "float64"}
    for table in TABLES:
        frame = read_table(generation, table)
        assert list(frame.columns) == [column.name for column in table.columns]
        assert len(frame)
        for column in table.columns:
            if column.type in wanted:  # lists stay lists
                assert frame[column.name].dtype == wanted[column.type], f"{table.name}.{column.name}"


def test_a_table_with_exact_numbers_and_whole_iris(built: Path) -> None:
    generation, (table,) = current(built), (table for table in TABLES if table.name == "indicators")
    short, whole = read_table(generation, table), read_table(generation, table, iris="full", decimal=True)
    number = whole["value"].dropna().iloc[0]
    assert isinstance(number, Decimal)
    assert [float(value) for value in whole["value"].dropna()] == short["value"].dropna().tolist()
    assert whole["iri"].str.startswith("https://").all()
    assert short["iri"].str.startswith("id:indicator/").all()


def test_a_table_for_reading_in_chinese(built: Path) -> None:
    (table,) = (table for table in TABLES if table.name == "assignments")
    frame = read_table(current(built), table, chinese=True)
    assert {"角色", "责任单位（原文）"} <= set(frame.columns)
    assert not [name for name in frame.columns if "IRI" in name]


def test_a_table_with_names_for_its_numbers(built: Path) -> None:
    tables = {table.name: table for table in TABLES}
    duties = read_table(current(built), tables["assignments"], names=True)
    tasks = read_table(current(built), tables["tasks"]).set_index("task_id")
    assert duties["task_title"].tolist() == [tasks["title"][number] for number in duties["task_id"]]
    assert duties["organization_name"].isna().equals(duties["organization_id"].isna())  # named, but not identified
    assert duties["document_year"].dtype == "Int64"
    assert duties["task_due_date"].dtype == "datetime64[s]"
    assert len(duties) == len(read_table(current(built), tables["assignments"]))
    chinese = read_table(current(built), tables["indicators"], names=True, chinese=True)
    assert {"文件标题", "文件行政区名称", "任务标题"} <= set(chinese.columns)


def test_records() -> None:
    loads = records_to_frame(analyze(toy_store()).loads_by_period)
    row = loads[(loads["organization"] == "id:org/130100/ecology-environment") & (loads["first_year"] == 2023)].iloc[0]
    assert (row["tasks"], row["last_year"], row["verdict"]) == (2, 2023, "too few to judge")
    assert row["task_iris"] == ("id:task/sjz-2023/1", "id:task/sjz-2023/2")
    assert loads.dtypes[["tasks", "shared_load", "rank"]].astype(str).to_list() == ["Int64", "float64", "Int64"]
    assert records_to_frame(analyze(toy_store()).pairs, iris="full")["a"].str.startswith("https://").all()
    with pytest.raises(QueryError, match="int is no record that makes a row"):
        records_to_frame([1])


def test_empty_columns_of_known_kind() -> None:
    """``due`` can be compared with a day also where no task in the answer has one."""
    frame = to_frame(Answer(("due", "year", "value", "label"), ((None, None, None, None),)))
    assert frame.dtypes.astype(str).to_list() == ["datetime64[s]", "Int64", "float64", "string"]


def test_figures_as_written_are_numbers() -> None:
    answer = Answer(("value", "number"), ((Literal("3.30"), Literal("1")), (None, Literal("2")), (Literal("-7"), None)))
    assert to_frame(answer)["value"].tolist()[::2] == [3.3, -7.0]
    assert str(to_frame(answer, decimal=True)["value"][0]) == "3.30"
    assert to_frame(answer)["number"].dtype == "string"  # of an item, which may be （一）
    doubtful = Answer(("value",), ((Literal("3.30"),), (Literal("XX"),)))
    assert to_frame(doubtful)["value"].tolist() == ["3.30", "XX"]


def test_without_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(InstallError, match=r'data frames need pandas; install it with: pip install "zeren\[notebook\]"'):
        to_frame(Answer(("x",), ()))
