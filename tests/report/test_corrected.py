"""What people decided stands in the report: corrections with who, when and why, and the reasons of gaps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import data, store
from kg.cli import main
from kg.report import gather_report
from viz.report import render_report

PLAN = "001_f73523da7cadad04.txt"


def test_corrections_and_reasons_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ["--out", str(tmp_path / "out")]
    source = data.SEEDS / "documents" / PLAN
    assert main(["build", str(source), *out]) == 0
    capsys.readouterr()
    asked = {}
    for subject in ("unit", "gap"):
        main(["review", "--subject", subject, "--all", "--limit", "1", *out])
        found = re.match(r"[ug]-\w+", capsys.readouterr().out)
        assert found is not None
        asked[subject] = found[0]
    assert main(["review", "reject", asked["unit"], "--because", "不是一个机构", "--by", "甲", *out]) == 0
    assert main(["review", "justify", asked["gap"], "--because", "由上级统一部署", "--by", "乙", *out]) == 0
    assert main(["build", str(source), *out]) == 0
    report = gather_report(store.current(tmp_path / "out"))
    assert [(one.by, one.why) for one in report.corrections] == [("甲", "不是一个机构")]
    assert [(gap.reason.by, gap.reason.why) for gap in report.gaps if gap.reason] == [("乙", "由上级统一部署")]
    page = render_report(report)
    assert "<td>甲</td>" in page
    assert "已说明：由上级统一部署（乙，" in page
