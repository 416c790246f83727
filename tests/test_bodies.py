"""The benchmark of bodies: what it counts, and that 97 of 100 bodies in real documents are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.bodies import find_mentions, main
from kg import data
from kg.registry import load_registry

SHARED = Path(__file__).parents[2] / "shared"
FOLDERS = [data.SEEDS / "documents", SHARED / "gold" / "more" / "docs", SHARED / "wild"]

PLAN = """石家庄市2023年重点工作任务分工
一、重点任务
1.加强大气污染防治。强化扬尘管控。（责任单位：市生态环境局、市住建局、市云台管理局、各县（市、区）政府）
2.推进城乡融合。完善机制。（责任单位：市城乡融合专班、市有关部门）
"""


def test_groups_are_apart_and_a_task_force_without_a_topic_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(PLAN, "utf-8")
    found = {mention.name: mention for mention in find_mentions([tmp_path / "plan.txt"], load_registry())}
    assert [name for name, mention in found.items() if mention.group] == ["各县（市、区）政府", "市有关部门"]
    assert [name for name, mention in found.items() if mention.known] == ["市生态环境局", "市住建局"]


def test_the_unknown_are_listed_with_where_they_stand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plan.txt").write_text(PLAN, "utf-8")
    assert main([str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert "all: 6 mentions, 2 groups, 4 bodies, 2 known (50.0%)" in printed
    assert "1  市云台管理局  (plan.txt)" in printed


@pytest.mark.parametrize("folder", FOLDERS, ids=["seeds", "more", "wild"])
def test_bodies_of_real_documents_are_known(folder: Path) -> None:
    if not folder.exists():
        pytest.skip(f"{folder.name} is not here (../shared is not part of the repository)")
    mentions = [m for m in find_mentions(sorted(folder.iterdir()), load_registry()) if not m.group]
    known = sum(mention.known for mention in mentions)
    assert len(mentions) > 200
    assert known >= 0.97 * len(mentions), sorted({mention.name for mention in mentions if not mention.known})
