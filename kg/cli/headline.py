"""What matters most in an analysis, in a few lines; what it does not cover is said, too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.cli.sections.loads import find_heavy
from kg.cli.sections.section import View, years

if TYPE_CHECKING:
    from kg.analysis import Load

_UNDATED = "SELECT count(*), min(title) FROM documents WHERE period_start IS NULL OR period_end IS NULL"
_UNLED = ("no-lead", "no-lead-joint")


def say_headline(view: View) -> str:
    """Return who is overloaded, what nobody owns and what nobody leads; what there is none of is left out."""
    from kg.analysis.gaps.found import count_gaps
    from kg.analysis.sharing.diffusion import count_diffusion

    totals = next(view.columns.records("totals"))
    if not totals["tasks"] + totals["measures"]:
        return "所选文件中没有任务。" if totals["documents"] else "所选范围内没有文件。"
    said = []
    if heavy := [load for load in find_heavy(view.loads) if load.verdict == "overloaded"]:
        said.append(_say_overloaded(heavy))
    counts = {one.kind: one for one in count_gaps(view.columns)}
    severe = [one for one in counts.values() if one.severity == "high" and one.count > one.justified]
    said += [f"{one.count - one.justified} 项任务{one.title}" for one in severe]
    diffuse = count_diffusion(view.columns)
    if diffuse.diffuse:
        reasons = sum(counts[kind].justified for kind in _UNLED)
        apart = f"（其中 {reasons} 项已说明理由）" if reasons else ""
        said.append(f"{diffuse.shared} 项多家承担的任务中 {diffuse.diffuse} 项无人牵头{apart}")
    if said:
        return "最要紧的：" + "；".join(said) + "。"
    judged = any(load.score is not None for load in view.loads)
    owned = "任务都有责任单位" + ("或已说明理由" if any(one.justified for one in counts.values()) else "")
    led = "，多家承担的都有牵头" if diffuse.shared else ""
    return f"{'没有机构超负荷' if judged else '机构太少，负荷不评判'}；{owned}{led}。"


def say_scope(view: View) -> Iterator[str]:
    """Yield what a reader could take for more than it is: a part of the documents, and documents without a period."""
    if view.region or view.period:
        yield "只看所选地区或时期的文件：名次、中位数和评判都只在这些文件之内比较。"
    ((undated, title),) = view.columns.execute(_UNDATED).fetchall()
    if undated and any(load.period is not None for load in view.loads):
        yield f"{undated} 份文件没有时期（如《{title}》）：任务不在各时期之内，只计入合计；合计见 --format json、csv、xlsx。"


def _say_overloaded(heavy: list[Load]) -> str:
    first = heavy[0]
    when = f"{years(first.period)} 年" if first.period else ""
    more = f"等 {len(heavy)} 家（次）" if len(heavy) > 1 else ""
    return f"{when}{first.label}（{first.tasks} 项任务，稳健 z {first.score:.1f}）{more}与同地区机构相比超负荷"
