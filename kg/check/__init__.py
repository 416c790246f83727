"""Is the built graph right? Shapes, integrity queries, the quotations against their sources, and the logic of the ontology."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from kg import store
from kg.check.derived import check_derived
from kg.check.gaps import COVERED, check_gaps
from kg.check.logic import check_logic, find_java
from kg.check.queries import load_checks, run_checks
from kg.check.report import Checked, Finding, Report, Skipped
from kg.check.shapes import check_shapes, read_ontology
from kg.check.sources import Read, check_corrections, check_files, check_shared_files, check_sources
from kg.queryable import Queryable
from kg.store import Generation

__all__ = ["Checked", "Finding", "Report", "Skipped", "check", "check_queries", "find_java", "load_checks", "run_checks"]

Progress = Callable[[str, int, int], None]  # stage, done, total
_LOCAL = (("files", "文件"), ("shapes", "形状"), ("evidence", "引文"), ("logic", "本体一致性"))
_DERIVED = (("derived", "推导结果"),)


def check(
    target: Path | Generation,
    read: Read | None = None,
    *,
    java: str | None = None,
    derived: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Return everything that is wrong with a built graph, or worth knowing.

    ``target`` is an output folder or one generation of it; ``read`` returns the bytes of a source file, so that they and the
    quotations can be compared; ``java`` is the command that starts Java, found by itself when not given; an empty one leaves
    the logic out. ``derived`` also works the figures of the derived graph out anew, by their definitions in SPARQL.

    :raises StoreError: there is no graph, or its store is damaged.
    """
    generation = target if isinstance(target, Generation) else store.current(target)
    graph = store.open_store(generation)
    findings: dict[tuple[str, str], Finding] = {}  # the first word on a rule and a thing counts
    skipped: list[Skipped] = []
    checked: list[Checked] = []

    def collect(stage: str, steps: Sequence[Iterable[Finding]]) -> None:
        for done, found in enumerate(steps):
            if progress:
                progress(stage, done, len(steps))
            for finding in found:
                findings.setdefault((finding.name, finding.where), finding)
        if progress:
            progress(stage, len(steps), len(steps))
        if stage.rpartition(" ")[2] not in {one.part for one in skipped}:
            checked.append(Checked(stage, len(steps)))

    damaged = {part: list(check_files(generation, part)) for part in generation.manifest.documents}
    collect("文件 files", [*damaged.values(), check_shared_files(generation), check_corrections(generation)])
    whole = [part for part, found in damaged.items() if not found]
    gaps = list(check_gaps(graph, generation.out))
    said = COVERED if gaps else frozenset()
    collect("缺口 gaps", [gaps])
    collect("查询 queries", [run_checks(graph, [rule], generation.out) for rule in load_checks() if rule.name not in said])
    ontology = read_ontology(generation) if whole else None
    shapes = (check_shapes(generation, part, ontology) for part in whole)
    collect("形状 shapes", [(finding for finding in found if finding.name not in said) for found in shapes])
    if derived:
        with store.guarded(generation.store, generation.out):
            collect("推导 derived", [check_derived(graph, generation.manifest.base)])
    if read is None:
        skipped.append(Skipped("evidence", "没有给出读取原文的方法，引文未核对", "no way to read the sources was given"))
    else:
        collect("引文 evidence", [check_sources(generation, part, read) for part in whole])
    command = find_java() if java is None else java
    if not command:
        skipped.append(
            Skipped("logic", "没有 Java，本体一致性未检查", "no Java here: the consistency of the ontology was not checked")
        )
    else:
        collect("逻辑 logic", [check_logic(generation, whole, command, skipped)])
    return Report.of(findings.values(), skipped, graph, checked)


def check_queries(graph: Queryable, progress: Progress | None = None, *, derived: bool = False) -> Report:
    """Return what the integrity queries find in any graph; what needs the files of a built one is left out, and said so."""
    findings = list(check_gaps(graph))
    rules = [rule for rule in load_checks() if not (findings and rule.name in COVERED)]
    for done, rule in enumerate(rules):
        if progress:
            progress("查询 queries", done, len(rules))
        findings += run_checks(graph, [rule])
    if progress:
        progress("查询 queries", len(rules), len(rules))
    parts = (*_LOCAL, *_DERIVED) if derived else _LOCAL
    skipped = [Skipped(part, f"{zh}未检查，要本地文件", f"{part} not checked: needs the local files") for part, zh in parts]
    return Report.of(findings, skipped, graph, [Checked("查询 queries", len(rules))])
