"""What ``zeren analyze`` says of the whole: nothing that nobody worked out, and nothing left out in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli import main

Capture = pytest.CaptureFixture[str]
OFFICES = ("市发展改革委", "市教育局", "市科技局", "市公安局", "市民政局", "市财政局", "市农业农村局", "市水利局")


def plan(title: str, bodies: tuple[str, ...]) -> str:
    items = "".join(f"{n}.推进第{n}件实事。办好实事。（责任单位：{body}）\n" for n, body in enumerate(bodies, 1))
    return f"{title}\n\n{items}"


def analyze(capsys: Capture, out: Path, *words: str) -> list[str]:
    capsys.readouterr()
    assert main(["analyze", "--out", str(out), *words]) == 0
    return capsys.readouterr().out.splitlines()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight offices that bear the same in 2023, and two elsewhere in a plan that tells no year."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "docs").mkdir()
    (folder / "docs" / "a.txt").write_text(plan("石家庄市2023年重点工作要点", OFFICES), "utf-8")
    (folder / "docs" / "b.txt").write_text(plan("唐山市重点工作要点", ("市水利局", "市审计局")), "utf-8")
    assert main(["build", str(folder / "docs"), "--out", str(folder / "out")]) == 0
    return folder / "out"


def test_of_no_document_nothing_is_said(built: Path, capsys: Capture) -> None:
    """No claim that all is well where nothing was looked at."""
    assert analyze(capsys, built, "--period", "2030", "--measure", "gaps")[0] == "所选范围内没有文件。"


def test_nobody_is_cleared_who_was_not_judged(small: Path, capsys: Capture) -> None:
    assert analyze(capsys, small, "--measure", "overload")[0] == "没有机构超负荷；任务都有责任单位。"
    printed = analyze(capsys, small, "--region", "唐山市", "--measure", "overload")
    assert printed[0] == "机构太少，负荷不评判；任务都有责任单位。"
    assert "没有一个地区够 8 家机构，不评判" in printed[-2]


def test_documents_without_a_period_are_told_of(small: Path, capsys: Capture) -> None:
    """Their bodies stand in the sums alone, which the table leaves out beside periods."""
    printed = analyze(capsys, small, "--measure", "load")
    assert not any("唐山市" in line for line in printed[2:])
    assert printed[1].startswith("注意：1 份文件没有时期（如《唐山市重点工作要点》）")


def test_a_part_says_among_whom_it_compares(built: Path, capsys: Capture) -> None:
    printed = analyze(capsys, built, "--region", "石家庄市", "--measure", "peers")
    assert printed[1] == "注意：只看所选地区或时期的文件：名次、中位数和评判都只在这些文件之内比较。"
    assert "不加 --region 才与别处的同职能机构相比" in printed[-2]


def test_what_is_only_inherited_counts_apart_when_a_body_goes(built: Path, capsys: Capture) -> None:
    first = analyze(capsys, built, "--without", "各县（市、区）政府（石家庄市）", "--top", "1")[0]
    assert first.endswith("2 项任务少了它，其中由它牵头的 0 项；另有沿用（下同）的 39 项")
