"""The way from a task to whoever answers for it and up to the policies that it rests on, each step with its sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from itertools import groupby
from typing import Any, Literal

from pyoxigraph import NamedNode

from kg import data
from kg.ask import ask, find_query, resolve_value, shorten
from kg.errors import QueryError
from kg.queryable import Queryable

Kind = Literal["task", "organization", "document"]
_OF: Mapping[Kind, tuple[str, str]] = {
    "organization": ("department-tasks", "unit"),
    "document": ("document-tasks", "document"),
}
GAP = "缺口"  # as the query calls such a step
_MARKS = str.maketrans({char: "\\" + char for char in "\\|`*_[]<>#~"})


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's verdict on a step."""

    by: str
    when: str
    why: str
    before: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain: what it is, the words that say so, and why it was read and decided so."""

    kind: str  # 牵头单位, 指标, …
    label: str
    detail: str
    quote: str | None
    start: int | None
    end: int | None
    page: int | None
    file: str | None
    rule: str | None
    reason: str | None  # of the decision
    correction: Correction | None
    iri: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Chain:
    """A task with its steps, the policies above it first."""

    task: str
    iri: str
    steps: tuple[Step, ...]

    def __repr__(self) -> str:
        return f"<Chain of {self.task}: {len(self.steps)} steps; print it to see them>"

    def __str__(self) -> str:
        """Return the chain as a tree, for a terminal or a notebook."""
        return render_text([self])


def trace(store: Queryable, what: str) -> list[Chain]:
    """Return the chain of a task; of a body or a document, the chains of its tasks.

    ``what`` is a title, a name, document#number or an IRI.

    :raises QueryError: nothing is called so, or several things are.
    """
    kind, node = _find(store, what)
    if kind == "task":
        return [_chain(store, node.value)]
    query, param = _OF[kind]
    rows = ask(store, find_query(query), {param: node.value}, limit="all").records()
    return [_chain(store, task) for task in dict.fromkeys(row["task"] for row in rows)]


def _find(store: Queryable, what: str) -> tuple[Kind, NamedNode]:
    kinds: tuple[Kind, ...] = ("task", "organization", "document")
    faults = []
    for kind in kinds:
        try:
            found = resolve_value(store, kind, what)
        except QueryError as error:
            if " fits " in str(error):  # of this kind there are several
                raise
            faults.append(str(error))
            continue
        if isinstance(found, NamedNode):
            return kind, found
    raise QueryError(f"nothing to trace is called {shorten(what)!r}: {'; '.join(faults)}")


def _chain(store: Queryable, task: str) -> Chain:
    rows = ask(store, find_query("accountability-chain"), {"task": task}, limit="all").records()
    own = next((row["label"] for row in rows if row["what"] == task), task)
    return Chain(own, task, tuple(dict.fromkeys(_step(row) for row in rows)))


def _step(row: Mapping[str, Any]) -> Step:
    by = row["correctedBy"]
    said = Correction(by, row["correctedAt"] or "", row["correctionReason"] or "", row["before"]) if by else None
    facts = (row["quote"], row["start"], row["end"], row["page"], row["file"], row["rule"], row["reason"])
    code, _, rest = str(row["detail"] or "").partition(" ")
    detail = " ".join((comparator_signs().get(code, code), *rest.split()))
    return Step(row["kind"], str(row["label"] or ""), detail, *facts, said, row["what"])


@cache
def comparator_signs() -> Mapping[str, str]:
    """Return how a table writes the comparators: at-least is ≥."""
    found: Mapping[str, str] = tomllib.loads((data.QUERIES / "columns.toml").read_text("utf-8"))["codes"]["comparator"]
    return found


def chains_to_dict(chains: Iterable[Chain]) -> list[dict[str, Any]]:
    """Return chains as plain values, for JSON."""
    return [asdict(chain) for chain in chains]


def render_text(chains: Iterable[Chain]) -> str:
    """Return chains for a terminal: a tree by kind of step, the words below each."""
    lines: list[str] = []
    for chain in chains:
        lines += [chain.task]
        for kind, steps in groupby(chain.steps, key=lambda step: step.kind):
            lines.append(f"  {kind}")
            for step in steps:
                lines.append(f"    {step.label}" + (f"（{step.detail}）" if step.detail and step.detail != step.label else ""))
                lines += [f"        {line}" for line in _grounds(step)]
        lines.append("")
    return "\n".join(lines)


def _grounds(step: Step) -> Iterable[str]:
    """Yield on what a step rests: the words and where they stand, the rule, the decision, who corrected it."""
    if step.quote is not None:
        yield f"“{' '.join(step.quote.split())}”"
        yield _place(step)
    elif step.file:
        yield step.file
    if step.reason:
        yield f"判定：{step.reason}"
    if step.correction and step.kind == GAP:
        yield f"已说明理由：{step.correction.why}（{step.correction.by}，{step.correction.when}）"
    elif step.correction:
        before = f"（更正前：{step.correction.before}）" if step.correction.before else ""
        yield f"人工更正：{step.correction.by} {step.correction.when}：{step.correction.why}{before}"


def _place(step: Step) -> str:
    page = f"第{step.page}页 " if step.page is not None else ""
    return f"{step.file or ''} {page}{step.start}–{step.end}" + (f"，规则 {step.rule}" if step.rule else "")


def render_markdown(chains: Iterable[Chain]) -> str:
    """Return chains as Markdown, in which the words of documents are text and nothing else."""
    lines: list[str] = []
    for chain in chains:
        lines += [f"## {_plain(chain.task)}", ""]
        for kind, steps in groupby(chain.steps, key=lambda step: step.kind):
            lines += [f"### {kind}", ""]
            for step in steps:
                detail = f"（{_plain(step.detail)}）" if step.detail and step.detail != step.label else ""
                lines.append(f"- **{_plain(step.label)}**{detail}")
                lines += [f"  - {_plain(line)}" for line in _grounds(step)]
            lines.append("")
    return "\n".join(lines)


def _plain(text: str) -> str:
    return " ".join(text.split()).translate(_MARKS)
