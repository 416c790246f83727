"""``zeren compare``: what can be named, the forms of the answer, and what is said when nothing can be compared."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from kg import cli
from kg.analysis.continuity.comparison import compare
from kg.analysis.continuity.comparison_tables import make_tables
from kg.errors import QueryError
from kg.store import current, open_current
from tests.toy_graph import ID, toy_store

EARLIER, LATER = "石家庄市2022年生态文明建设工作要点", "石家庄市2023年生态文明建设工作要点"
FOUR = ("石家庄市", "唐山市", "邢台市", "宿州市")
Said = Callable[..., tuple[str, str]]


@pytest.fixture
def zeren(built: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run the verb on the graph of the five documents; return what it printed."""

    def run(*words: object, code: int = 0) -> tuple[str, str]:
        capsys.readouterr()
        assert cli.main(["compare", *map(str, words), "--out", str(built)]) == code
        out, err = capsys.readouterr()
        return out, err

    return run


def test_a_region_and_its_two_documents_are_the_same_question(zeren: Said) -> None:
    by_region, _ = zeren("石家庄市")
    assert f"《{EARLIER}》→《{LATER}》" in by_region
    assert zeren("130100")[0] == zeren(EARLIER, LATER)[0] == zeren(f"《{LATER}》", EARLIER)[0] == by_region


def test_the_table_names_what_was_dropped_and_what_is_new(zeren: Said) -> None:
    out, _ = zeren("石家庄市", "--aspect", "tasks")
    rows = [line.split()[:3] for line in out.splitlines() if line.startswith(("取消", "新增"))]
    assert [row[1] for row in rows if row[0] == "取消"] == ["8", "9", "12", "20"]
    assert [row[1] for row in rows if row[0] == "新增"] == ["4", "6", "13", "20"]


def test_csv_holds_the_quotes_and_no_formulas(zeren: Said) -> None:
    out, _ = zeren("石家庄市", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 33
    first = rows[0]
    assert (first["去向"], first["旧序号"], first["新序号"], first["时期"]) == ("延续", "1", "5", "2022→2023")
    assert first["旧原文"].startswith("1.健全国土空间规划体系。")
    assert first["相同的话（旧）"] in first["旧原文"]
    assert all(row["单位增减"][:1] not in ("=", "+", "-", "@") for row in rows)


def test_json_has_everything(zeren: Said) -> None:
    found = json.loads(zeren("石家庄市", "--format", "json")[0])
    (pair,) = found["pairs"]
    assert (pair["earlier"]["title"], pair["later"]["title"], found["cities"]) == (EARLIER, LATER, None)
    assert len(pair["continuations"]) == 25
    assert {link["kind"] for link in pair["continuations"]} == {"continued", "merged", "split"}
    assert all(link["earlier"]["iri"].startswith("https://") for link in pair["continuations"])


def test_a_sheet_for_each_aspect(zeren: Said, tmp_path: Path) -> None:
    for words, sheets in (
        (("石家庄市",), ["概况", "任务去向", "目标变化", "单位变化", "单位任务数"]),
        (FOUR, ["概况", "指标对照", "职能对照", "指标明细", "职能明细"]),
    ):
        target = tmp_path / f"{len(words)}.xlsx"
        _, said = zeren(*words, "--to", target)
        assert str(target) in said
        book = openpyxl.load_workbook(target)
        assert book.sheetnames == sheets
        assert all(book[name].max_row > 1 for name in sheets)
        again = target.read_bytes()
        zeren(*words, "--to", target)
        assert target.read_bytes() == again


def test_four_cities_by_metric_and_by_function(zeren: Said) -> None:
    rows = list(csv.DictReader(io.StringIO(zeren(*FOUR, "--format", "csv")[0])))
    straw = next(row for row in rows if row["指标"] == "秸秆综合利用率")
    assert [straw[name] for name in FOUR] == ["≥97%（2023）；数值隐去（2022）", "", "100%（2025）", "≥92%（2022）"]
    assert int(straw["设目标的地区数"]) == 3
    functions = csv.DictReader(io.StringIO(zeren(*FOUR, "--format", "csv", "--aspect", "functions")[0]))
    environment = next(row for row in functions if row["职能"] == "生态环境")
    assert environment["唐山市"] == "唐山市生态环境局 22 项，牵头 22"
    # the plan of 邢台 names nobody
    assert environment["邢台市"] == ""


def test_what_cannot_be_compared_is_said_first(zeren: Said) -> None:
    out, _ = zeren(*FOUR)
    notes = [line for line in out.splitlines() if line.startswith("注意：")]
    assert any("时期长短不同" in note and "1 年与 5 年" in note for note in notes)
    assert any("文种不同" in note for note in notes)
    across = zeren("唐山市创建国家生态文明建设示范市2022年度工作方案", "邢台市生态环境保护“十四五”规划")[0]
    assert "地区不同：" in across
    assert "时期重叠" in across


def test_cities_with_more_plans_than_others_are_told_apart(zeren: Said) -> None:
    caution = "注意：文件份数不同，任务数是各份合计：石家庄市 2 份、唐山市 1 份"
    assert caution in zeren("石家庄市", "唐山市")[0]
    assert "文件份数不同" not in zeren("石家庄市", "唐山市", "--period", "2022")[0]


def test_a_year_leaves_the_others_out(zeren: Said) -> None:
    found = json.loads(zeren("石家庄市", "宿州市", "--period", "2022", "--format", "json")[0])
    assert {plan["title"] for plan in found["cities"]["plans"]} == {EARLIER, "宿州市实施绿色发展行动2022年工作要点"}


WRONG = [
    (("石家庄",), ("nothing to compare is called", "石家庄市")),
    (("石家庄市", LATER), ("not both at once",)),
    ((LATER,), ("needs two documents",)),
    (("唐山市",), ("唐山市 has no two plans", "name two documents")),
    (("河北省", "唐山市"), ("no document of '河北省' is here", "石家庄市")),
    (("石家庄市", "--aspect", "工作量"), ("no aspect is called", "tasks（任务去向）")),
    (("石家庄市", "--period", "2023"), ("no two plans",)),
    (("石家庄市", "--to", "a.ttl"), ("this answer has no ttl", "json, csv, xlsx")),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_wrong_use_is_told_in_one_line(zeren: Said, words: tuple[str, ...], said: tuple[str, ...]) -> None:
    out, err = zeren(*words, code=2)
    assert not out
    assert len(err.strip().splitlines()) == 1
    assert all(part in err for part in said), err


def test_two_documents_of_one_title_need_the_key() -> None:
    store = toy_store()
    store.update(_TWIN)
    with pytest.raises(QueryError, match=r"fits 2 documents; give the key of one: .*sjz-2023"):
        compare(store, ["双胞胎", "sjz-plan"])


_TWIN = """
DELETE { GRAPH ?g { ?plan dcterms:title ?title } } INSERT { GRAPH ?g { ?plan dcterms:title "双胞胎"@zh } }
WHERE { GRAPH ?g { VALUES ?plan { policy:sjz-2023 policy:ts-2022 } ?plan dcterms:title ?title ; zr:sourceText ?text } }
"""
_TWIN = (
    f"PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX policy: <{ID}policy/> PREFIX zr: <https://w3id.org/zeren/ns#> {_TWIN}"
)


def test_a_store_without_tables_gives_the_same(built: Path) -> None:
    by_tables = compare(open_current(built), ["石家庄市"], current(built))
    by_queries = compare(open_current(built), ["石家庄市"])
    tables = [make_tables(found) for found in (by_tables, by_queries)]
    assert tables[0] == tables[1]
