"""What matters most in an analysis, in one line."""

from __future__ import annotations

from kg.cli.sections.loads import find_heavy
from kg.cli.sections.section import View, years


def say_headline(view: View) -> str:
    """Return who is overloaded, what nobody owns and what nobody leads; what there is none of is left out."""
    from kg.analysis.diffusion import count_diffusion
    from kg.analysis.gaps import count_gaps

    said = []
    heavy = [load for load in find_heavy(view.loads) if load.verdict == "overloaded"]
    if heavy:
        first = heavy[0]
        when = f"{years(first.period)} 年" if first.period else ""
        more = f"等 {len(heavy)} 家（次）" if len(heavy) > 1 else ""
        said.append(f"{when}{first.label}（{first.tasks} 项任务，稳健 z {first.score:.1f}）{more}超负荷")
    severe = [one for one in count_gaps(view.columns) if one.severity == "high" and one.count > one.justified]
    said += [f"{one.count - one.justified} 项任务{one.title}" for one in severe]
    diffuse = count_diffusion(view.columns)
    if diffuse.diffuse:
        said.append(f"{diffuse.shared} 项多家承担的任务中 {diffuse.diffuse} 项无人牵头")
    return "最要紧的：" + "；".join(said) + "。" if said else "没有机构超负荷，任务都有责任单位，多家承担的都有牵头。"
