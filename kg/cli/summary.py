"""What a build says at its end: what was found, who bears most, what nobody owns, and what to ask next."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli import show

if TYPE_CHECKING:
    from kg.analysis import Analysis
    from kg.pipeline import BuildReport

TOP = 5


def print_summary(report: BuildReport, ledger: Mapping[str, Any], analysis: Analysis, out: Path) -> None:
    """Print what the graph in ``out`` holds."""
    if report.unchanged:
        print(f"没有变化：{out} 中的图谱已是最新，没有重建。")
    else:
        print(f"图谱已建成（{sum(report.seconds.values()):.1f} 秒），存于 {out}。")
    print()
    figures = {
        "文件": report.documents,
        "任务": analysis.tasks,
        "机构": analysis.organizations,
        "指标": analysis.indicators,
        "上位政策": len(parent_policies(ledger)),
    }
    print("    ".join(f"{name} {figure}" for name, figure in figures.items()))
    print()
    loads = [(load.label, load.tasks, load.led, load.indicators) for load in analysis.top_loads(TOP)]
    show.table(("任务最多的部门（各年合计）", "任务", "牵头", "指标"), loads)
    print()
    pairs = [(pair.label_a, pair.label_b, pair.shared) for pair in analysis.top_pairs(TOP)]
    show.table(("共同承担最多的两个部门", "", "共同任务"), pairs)
    print()
    for line in ownerless(analysis):
        print(show.cell(line))
    print()
    if report.corrections:
        from kg.ledger.rows import STATES

        parts = "，".join(f"{STATES[state]} {count}" for state, count in report.corrections.items())
        print(f"人工更正：{parts}（{command_line('review', 'log', *(() if out == Path('out') else ('--out', str(out))))}）")
        print()
    print(f"打开看图：{out / 'graph.html'}")
    print(f"在浏览器里逐页查看：{command_line('serve', *(() if out == Path('out') else ('--out', str(out))))}")
    print("接着可问：")
    for line in questions(analysis, out):
        print(f"  {line}")


def ownerless(analysis: Analysis) -> Iterator[str]:
    """Yield how many tasks nobody owns, by document, each with the first of them."""
    by_document: dict[str, list[str]] = {}
    gaps = analysis.gaps_of("no-unit")
    unsaid = [gap for gap in gaps if gap.reason is None]
    for gap in unsaid:
        by_document.setdefault(gap.document_title, []).append(gap.title)
    apart = f"，其中 {len(gaps) - len(unsaid)} 项已说明理由" if len(unsaid) < len(gaps) else ""
    yield f"没有责任单位的任务 {len(gaps)} 项{apart}" + ("：" if unsaid else "")
    for document, titles in sorted(by_document.items(), key=lambda item: -len(item[1]))[:TOP]:
        yield f"· {document}：{len(titles)} 项，如“{titles[0]}”"
    if len(by_document) > TOP:
        yield f"· 另有 {len(by_document) - TOP} 份文件"


def parent_policies(ledger: Mapping[str, Any]) -> set[str]:
    """Return the policies that documents or their tasks carry out."""
    found = set()
    for document in ledger["documents"]:
        for part in (document, *document["tasks"]):
            found |= {cited["policy_id"] or cited["title"] for cited in part["citations"] if cited["relation"] == "basis"}
    return found


def questions(analysis: Analysis, out: Path) -> Iterator[str]:
    """Yield three commands that answer something on this graph, as they can be typed here."""
    words: list[tuple[str, ...]] = [("department-load",)]
    busiest = analysis.top_loads(1, generic=True)
    words.append(("department-tasks", "--param", f"unit={busiest[0].label}") if busiest else ("documents",))
    words.append(("unowned-tasks",) if analysis.gaps_of("no-unit") else ("parent-policies",))
    where = () if out == Path("out") else ("--out", str(out))
    for query in words:
        yield _quote((*_program(), "query", *query, *where))


def command_line(*words: str) -> str:
    """Return a call of this program as it can be typed here."""
    return _quote((*_program(), *words))


def _program() -> tuple[str, ...]:
    """Return how this program can be called from here: by its name where that finds it, else by its path."""
    started = Path(sys.argv[0])
    if started.name == "__main__.py" or not (started.exists() or started.with_suffix(".exe").exists()):
        return (sys.executable, "-m", "kg.cli")
    found = shutil.which("zeren")
    if found and Path(found).resolve().with_suffix("") == started.resolve().with_suffix(""):
        return ("zeren",)
    path = Path(os.path.abspath(started))  # noqa: PTH100 — resolve() would leave a linked environment
    return (str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path),)


def _quote(words: tuple[str, ...]) -> str:
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)
