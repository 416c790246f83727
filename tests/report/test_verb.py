"""``zeren report``: the two files, what can be narrowed down, and what goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import store
from kg.cli import main
from kg.errors import QueryError
from kg.report import gather_report


def test_page_and_workbook_stand_side_by_side(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "报告.html"
    assert main(["report", "--out", str(built), "--to", str(target), "--lang", "en"]) == 0
    assert "报告.xlsx" in target.read_text("utf-8")
    assert '<html lang="en">' in target.read_text("utf-8")
    assert target.with_suffix(".xlsx").read_bytes()[:2] == b"PK"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["报告.html", "报告.xlsx"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--region", "月球市"], "月球市"),
        (["--period", "2030"], "no document fits"),
        (["--to", "report.xlsx"], "ends in .html"),
        (["--to", "missing/report.html"], "cannot be written"),
    ],
)
def test_what_goes_wrong_is_said(
    built: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["report", "--out", str(built), "--to", "report.html", *options]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_year_is_a_year(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["report", "--out", str(built), "--period", "next"])
    assert "write 2023 or 2021-2025" in capsys.readouterr().err


def test_scope_narrows_everything_down(built: Path) -> None:
    generation = store.current(built)
    one = gather_report(generation, region="石家庄市", period=(2023, 2023))
    assert [document.title for document in one.documents] == ["石家庄市2023年生态文明建设工作要点"]
    assert {load.region for load in one.loads} == {"石家庄市"}
    assert {task.document for task in one.tasks.values()} == {1}
    assert one.scope.region == "石家庄市"
    same = gather_report(generation, documents=["石家庄市2023年生态文明建设工作要点"])
    assert same.scope.documents == ("石家庄市2023年生态文明建设工作要点",)
    assert (same.loads, same.gaps, same.indicators) == (one.loads, one.gaps, one.indicators)
    with pytest.raises(QueryError):
        gather_report(generation, region="石家庄市", documents=["唐山市创建国家生态文明建设示范市2022年度工作方案"])
