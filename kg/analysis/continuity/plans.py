"""Plans as they are compared: their tasks with words, bodies and targets, and which plan goes on from which."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kg.analysis.continuity.alignment import PlanTask
from kg.analysis.continuity.cautions import plan_years
from kg.analysis.targets.growth import find_growth
from kg.analysis.targets.values import TargetValue
from kg.analysis.targets.wording import Wording

if TYPE_CHECKING:
    from kg.analysis.columns import Columns

_ROLES = ("lead", "responsible", "support")  # the weightiest first
_YEAR = r"(?:(?<!\d)(?:(?:19|20)\d{2}(?!\d)年?|\d{2}年)|二[〇○零][〇○零一二三四五六七八九]{2}年)(?:度(?!假))?"
_YEARS = re.compile(
    rf"[“”\"‘’《》〈〉\s]|十[一二三四五六七八九]五|{_YEAR}(?:[-—–~至]+{_YEAR}|[-—–~至]\d{{2}}(?!\d)年?)?"
    # （第二批） stays: a second list does not follow the first
    r"|第[一二三四五六七八九十]+轮|[(（][^()（）]*(?:\d{4}|试行|暂行|修订|草案|稿)[^()（）]*[)）]"
)
# what is left of 2023年工作要点: any office may have one, so the issuer has to be known
_BARE = re.compile(
    r"(?:工作|重点|要点|计划|方案|任务|安排|年度|目标|责任|分解|清单|台账|总结|实施|行动|规划|发展|推进|主要|印发|通知|关于|[表的及和])*"
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A document as people name it."""

    id: int  # in this build's tables only
    iri: str
    key: str
    title: str
    kind: str | None
    region: str | None  # code
    region_name: str | None
    level: str | None
    period: tuple[int, int] | None
    tasks: int
    issuer: str | None = None  # IRI, or as written

    @property
    def years(self) -> str:
        """The period as it is written: 2023, 2021–2025."""
        return "" if self.period is None else plan_years(self.period)

    @property
    def series(self) -> tuple[str | None, ...] | None:
        """What plans of successive periods have in common: region, kind, the title but for years and region.

        Where the title names no subject, the issuer belongs to it; ``None`` if nobody can tell what the plan goes on from.

        >>> Plan(1, "", "", "甲市2022年生态文明建设工作要点", "key-points", "130100", "甲市", None, (2022, 2022), 20).series
        ('130100', 'key-points', '生态文明建设工作要点', None)
        >>> Plan(1, "", "", "2022年工作要点", "key-points", "130100", "甲市", None, (2022, 2022), 20).series is None
        True
        """
        plain = _YEARS.sub("", unicodedata.normalize("NFKC", self.title)).removeprefix(self.region_name or "")
        bare = _BARE.fullmatch(plain) is not None
        if self.region is None or self.period is None or (bare and self.issuer is None):
            return None
        return self.region, self.kind, plain, self.issuer if bare else None


@dataclass(frozen=True, slots=True)
class Duty:
    """A body on a task; ``body`` stays the same when a reform renames it."""

    body: str  # IRI, or the words where nobody is known by them
    name: str
    written: str
    role: str
    inherited: bool
    quote: str | None
    assignment: str = ""  # IRI


@dataclass(frozen=True, slots=True)
class Goal:
    """A target with its words."""

    iri: str
    task: int | None
    name: str  # as written
    metric: str  # IRI, or the words
    metric_name: str
    direction: str | None
    kind: str
    value_text: str | None
    unit: str | None
    year: int | None
    target: TargetValue
    written: str
    quote: str
    growth: str | None = None  # 零增长: the value 0 is what is added
    baseline: int | None = None  # year

    @property
    def wording(self) -> Wording:
        """Its words, as they are set beside those of another."""
        sign = None if self.growth else self.target.comparator
        return Wording(self.name, self.written, sign, self.year, self.baseline, self.metric_name)


@dataclass(frozen=True, slots=True)
class Item:
    """A task of a plan."""

    id: int
    iri: str
    number: str | None
    title: str
    path: tuple[str, ...]
    quote: str
    start: int
    words: str  # the quote without the bodies' names
    duties: tuple[Duty, ...]
    goals: tuple[Goal, ...]

    @property
    def bodies(self) -> Mapping[str, Duty]:
        """Who is named here, each in the weightiest role; what holds by 下同 is left out."""
        found: dict[str, Duty] = {}
        for duty in sorted(self.duties, key=lambda duty: _ROLES.index(duty.role)):
            if not duty.inherited:
                found.setdefault(duty.body, duty)
        return found


@dataclass(frozen=True)
class Content:
    """A plan with what stands in it."""

    plan: Plan
    items: tuple[Item, ...]
    goals: tuple[Goal, ...]  # all, also those outside the tasks

    @cached_property
    def tasks(self) -> list[PlanTask]:
        """The tasks as they are aligned."""
        return [
            PlanTask(item.title, item.words, frozenset(item.bodies), frozenset(goal.metric for goal in item.goals))
            for item in self.items
        ]


def list_plans(columns: Columns) -> list[Plan]:
    """Return all documents, by region and then by period."""
    plans = []
    for row in columns.records("plans"):
        first, last = row.pop("first_year"), row.pop("last_year")
        row.pop("date")
        plans.append(Plan(**row, period=None if first is None or last is None else (first, last)))
    return plans


def find_successions(plans: Iterable[Plan]) -> list[tuple[Plan, Plan]]:
    """Return each plan with the one that follows it: of the same region and kind, titled alike, of the next period.

    Periods that overlap or last differently do not follow each other; the plan of one period may be missing between two, as it
    may not be here, but no more than one: what stood in between is not known then. Of two plans for one period none is
    followed: which of them goes on, nobody says.
    """
    series: dict[tuple[str | None, ...], dict[tuple[int, int], list[Plan]]] = defaultdict(lambda: defaultdict(list))
    for plan in plans:
        if plan.period is not None and plan.tasks and (own := plan.series) is not None:
            series[own][plan.period].append(plan)
    found = []
    for by_period in series.values():
        for before, after in pairwise(sorted(by_period)):
            length = before[1] - before[0] + 1
            follows = 1 <= after[0] - before[1] <= length + 1 and after[1] - after[0] + 1 == length
            if follows and len(by_period[before]) == len(by_period[after]) == 1:
                found.append((by_period[before][0], by_period[after][0]))
    return sorted(found, key=lambda pair: (pair[0].region or "", pair[0].iri, pair[1].iri))


def read_contents(columns: Columns, plans: Sequence[Plan]) -> dict[int, Content]:
    """Return what stands in these plans, by their ids."""
    if not plans:
        return {}
    chosen = [plan.id for plan in plans]
    heirs = {row["id"]: row["successor"] for row in columns.records("successors")}
    names = _names(columns, set(heirs.values())) if heirs else {}
    duties: dict[int, list[Duty]] = defaultdict(list)
    for row in columns.records("plan-bodies", documents=chosen):
        duties[row["task"]].append(_duty(row, heirs, names))
    goals = read_goals(columns, plans)
    on_task: dict[int | None, list[Goal]] = defaultdict(list)
    for found in goals.values():
        for goal in found:
            on_task[goal.task].append(goal)
    items: dict[int, list[Item]] = defaultdict(list)
    for row in columns.records("plan-tasks", documents=chosen):
        items[row["document"]].append(_item(row, duties[row["id"]], on_task.get(row["id"], [])))
    return {plan.id: Content(plan, tuple(items[plan.id]), tuple(goals[plan.id])) for plan in plans}


def read_goals(columns: Columns, plans: Sequence[Plan], metric: str | None = None) -> dict[int, list[Goal]]:
    """Return the targets of these plans by the plans' ids; with ``metric`` (IRI, or the words) those of one metric."""
    goals: dict[int, list[Goal]] = defaultdict(list)
    for row in columns.records("plan-targets", documents=[plan.id for plan in plans], metric=metric):
        goals[row.pop("document")].append(make_goal(row))
    return goals


def _names(columns: Columns, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    cursor = columns.execute(
        "SELECT organization_id, iri, name FROM organizations WHERE organization_id IN (SELECT unnest($ids))",
        {"ids": sorted(ids)},
    )
    return {id_: (iri, name) for id_, iri, name in cursor.fetchall()}


def _duty(row: Mapping[str, Any], heirs: Mapping[int, int], names: Mapping[int, tuple[str, str]]) -> Duty:
    """Return a duty under the name of whoever holds it after all reforms."""
    known, seen = row["id"], set()
    while known in heirs and known not in seen:
        seen.add(known)
        known = heirs[known]
    body, name = names[known] if seen and known in names else (row["iri"] or row["written"], row["name"])
    return Duty(body, name or row["written"], row["written"], row["role"], row["inherited"], row["quote"], row["assignment"])


def make_goal(row: Mapping[str, Any]) -> Goal:
    """Return a target from a row of ``queries/measures/plan-targets.sql``."""
    normal = row["normalized_value"], row["normalized_unit"]
    value, unit = normal if None not in normal else (row["value"], _plain(row["unit"]))
    written = row["as_written"] or row["quote"] or ""
    comparator, growth = row["comparator"], find_growth(row["kind"], written)
    if growth is not None:  # a change of nothing; 负增长 gives no number
        value, comparator = (None if growth.startswith("负") else value), "increase"
    return Goal(
        row["iri"],
        row["task"],
        row["name"],
        row["metric"] or row["name"],
        row["metric_name"] or row["name"],
        row["direction"],
        row["kind"],
        row["value_text"],
        row["unit"],
        row["year"],
        TargetValue(None if value is None else Decimal(value), unit, comparator),
        written,
        row["quote"] or "",
        growth,
        row["baseline_year"],
    )


def _plain(unit: str | None) -> str | None:
    return None if unit is None else unicodedata.normalize("NFKC", unit)


def _item(row: Mapping[str, Any], duties: Sequence[Duty], goals: Sequence[Goal]) -> Item:
    quote, start = row["quote"] or row["title"], row["start"] or 0
    words = list(quote)
    for begin, end in row["spans"] or ():
        words[begin - start : end - start] = "。" * (end - begin)
    text = _after(row["title"], re.sub(r"\s+", "", "".join(words)))
    return Item(
        row["id"], row["iri"], row["number"], row["title"], tuple(row["path"]), quote, start, text, tuple(duties), tuple(goals)
    )


def _after(title: str, words: str) -> str:
    """Return the words behind the number and the title; all of them where the title is none of theirs."""
    plain = re.sub(r"\s+", "", title)
    place = words.find(plain)
    return words[place + len(plain) :] if 0 <= place <= 8 else words
