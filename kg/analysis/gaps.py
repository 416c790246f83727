"""What a document leaves open: who answers, who leads, what is measured."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.analysis.facts import Duty, Facts, IndicatorFact, TaskFact

Severity = Literal["high", "medium", "low"]
SEVERITIES: Mapping[Severity, str] = {"high": "严重", "medium": "一般", "low": "提示"}


@dataclass(frozen=True, slots=True)
class GapKind:
    """A sort of gap."""

    code: str
    severity: Severity
    title: str  # in Chinese


KINDS = {
    kind.code: kind
    for kind in (
        GapKind("no-unit", "high", "没有责任单位"),
        GapKind("vague-only", "high", "只有笼统主体"),
        GapKind("no-lead", "medium", "多个主体、没有牵头"),
        GapKind("unknown-unit", "medium", "责任单位未能识别"),
        GapKind("indicator-without-value", "medium", "指标缺数值"),
        GapKind("indicator-without-unit", "medium", "指标缺单位"),
        GapKind("collective-only", "low", "只有集合主体"),
        GapKind("no-lead-joint", "low", "按职责分工、没有牵头"),
        GapKind("no-indicator", "low", "没有指标"),
        GapKind("measure-without-unit", "low", "保障措施没有责任单位"),
    )
}
_WITHOUT_VALUE = {
    "trend": "只说方向，没有数值",
    "delegated": "数值由别处规定，本文件没有写明",
    "placeholder": "数值被隐去",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a task or an indicator leaves open, with the words where it shows."""

    kind: str
    severity: Severity
    words: str  # in Chinese: 3 个主体共同承担，没有牵头单位
    task: str | None  # IRI; None for an indicator outside the tasks
    document: str  # IRI
    document_title: str
    number: str | None
    title: str  # of the task, or the indicator's name
    quote: str | None
    start: int | None
    end: int | None
    indicator: str | None = None  # IRI

    @property
    def kind_words(self) -> str:
        """The kind in Chinese."""
        return KINDS[self.kind].title

    @property
    def severity_words(self) -> str:
        """The severity in Chinese."""
        return SEVERITIES[self.severity]


@dataclass(frozen=True, slots=True)
class GapCount:
    """How often a kind of gap was found, among how many tasks or indicators."""

    kind: str
    severity: Severity
    title: str
    count: int
    of: int


def find_gaps(facts: Facts) -> list[Gap]:
    """Return all gaps, the severest kind first, each kind in reading order."""
    measured = {indicator.task for indicator in facts.indicators}
    gaps = [
        gap for task in facts.tasks.values() for gap in _task_gaps(task, facts.duties_of[task.iri], facts, task.iri in measured)
    ]
    gaps += [gap for fact in facts.indicators for gap in _indicator_gaps(fact, facts)]
    order = {code: place for place, code in enumerate(KINDS)}
    return sorted(gaps, key=lambda gap: order[gap.kind])  # stable: reading order stays


def count_gaps(gaps: Iterable[Gap], facts: Facts) -> list[GapCount]:
    """Return how many of each kind there are, kinds without any included."""
    found = Counter(gap.kind for gap in gaps)
    measures = sum(task.measure for task in facts.tasks.values())
    totals: dict[str, int] = defaultdict(lambda: len(facts.tasks) - measures)
    totals |= {"measure-without-unit": measures}
    totals |= dict.fromkeys(("vague-only", "collective-only", "unknown-unit"), len(facts.tasks))
    totals |= {code: len(facts.indicators) for code in KINDS if code.startswith("indicator-")}
    return [GapCount(kind.code, kind.severity, kind.title, found[kind.code], totals[kind.code]) for kind in KINDS.values()]


def _task_gaps(task: TaskFact, duties: tuple[Duty, ...], facts: Facts, measured: bool) -> Iterator[Gap]:
    if not duties:
        yield _gap("measure-without-unit" if task.measure else "no-unit", "没有写明责任单位", task)
    elif all(duty.vague for duty in duties):
        yield _gap("vague-only", f"只写了{_names(duties)}，没有指明具体部门", task)
    elif all(_is_generic(duty, facts) for duty in duties):
        yield _gap("collective-only", f"只落到{_names(duties)}，没有具体部门", task)
    unknown = [duty for duty in duties if duty.unit is None]
    if unknown:
        yield _gap("unknown-unit", f"{_names(unknown)}未能对应到机构", task)
    bodies = len(facts.direct_of[task.iri])
    if bodies > 1 and not task.measure and not any(duty.role == "lead" for duty in duties):
        if task.joint:
            yield _gap("no-lead-joint", f"{bodies} 个主体按职责分工承担，没有牵头单位", task)
        else:
            yield _gap("no-lead", f"{bodies} 个主体共同承担，没有牵头单位", task)
    if not measured and not task.measure:
        yield _gap("no-indicator", "没有可以检查的指标", task)


def _is_generic(duty: Duty, facts: Facts) -> bool:
    body = facts.bodies.get(duty.unit) if duty.unit is not None else None
    return duty.vague or duty.collective or (body is not None and body.kind == "generic")


def _names(duties: Iterable[Duty]) -> str:
    return "、".join(f"“{name}”" for name in dict.fromkeys(duty.written for duty in duties))


def _gap(kind: str, words: str, task: TaskFact) -> Gap:
    return Gap(
        kind=kind,
        severity=KINDS[kind].severity,
        words=words,
        task=task.iri,
        document=task.document,
        document_title=task.document_title,
        number=task.number,
        title=task.title,
        quote=task.quote,
        start=task.start,
        end=task.end,
    )


def _indicator_gaps(fact: IndicatorFact, facts: Facts) -> Iterator[Gap]:
    # a dated completion (milestone) has no value to miss, and nothing (zero) needs no unit
    if fact.value is None and fact.kind != "milestone":
        kind, words = "indicator-without-value", _WITHOUT_VALUE.get(fact.kind or "", "没有数值")
    elif fact.value is not None and fact.unit is None and fact.kind == "quantitative":
        kind, words = "indicator-without-unit", "没有计量单位"
    else:
        return
    task = facts.tasks.get(fact.task) if fact.task is not None else None
    yield Gap(
        kind=kind,
        severity=KINDS[kind].severity,
        words=f"指标“{fact.name}”{words}",
        task=fact.task,
        document=fact.document,
        document_title=fact.document_title,
        number=task.number if task else None,
        title=task.title if task else fact.name,
        quote=fact.quote,
        start=fact.start,
        end=fact.end,
        indicator=fact.iri,
    )
