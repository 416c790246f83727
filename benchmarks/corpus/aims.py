"""What the made-up governments of the corpus want: tasks with bodies and targets, by seeded chance and from year to year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import Literal

from benchmarks.corpus.plans import FIRST, Plan, plans_above
from benchmarks.corpus.targets import Target, are_alike, first_target, next_target
from benchmarks.corpus.wording import fields_of, nouns_of, wording

Style = Literal["responsible", "lead-support", "single", "spoken"]
STYLES: tuple[Style, ...] = ("responsible", "lead-support", "single", "spoken", "responsible", "lead-support")
Gap = Literal["unowned", "vague", "diffuse"]
VERBS = ("推进", "加强", "深化", "强化", "抓好", "做好", "统筹推进", "扎实推进")
DROPPED, MERGED, SPLIT = 0.12, 0.06, 0.4  # how often a task ends, joins the next one, or falls into those it was joined from


@dataclass(frozen=True, slots=True)
class Aim:
    """A task as it is meant: what to do, who does it, what is to come out."""

    field: str
    nouns: tuple[str, ...]  # several where tasks were joined
    verb: str
    actions: tuple[str, ...]
    lead: str  # functions
    support: tuple[str, ...]
    targets: tuple[Target, ...]
    gap: Gap | None = None

    @property
    def title(self) -> str:
        """Return what the task is called."""
        return self.verb + "和".join(self.nouns)


@lru_cache(maxsize=256)
def aims_of(plan: Plan, seed: int) -> tuple[Aim, ...]:
    """Return what a plan wants; a year's plan goes on from the one before, a five-year plan has the aims of the first year."""
    if plan.year is None or plan.year == FIRST:
        return _first_aims(plan, seed)
    chance = Random(f"{seed}/{plan.region.code}/{plan.theme}/{plan.year}")
    before = aims_of(replace(plan, year=plan.year - 1), seed)
    kept = [_go_on(part, plan, chance) for aim in before if chance.random() > DROPPED for part in _split(aim, plan, chance)]
    taken = {noun for aim in before for noun in aim.nouns}
    spare = [(field, noun) for field, noun in nouns_of(plan.theme) if noun not in taken]
    chosen = chance.sample(spare, min(chance.randint(1, 5), len(spare)))
    order = list(fields_of(plan.theme))
    found = _merge(kept, chance) + [_aim(field, noun, (), chance) for field, noun in chosen]
    return tuple(sorted(found, key=lambda aim: order.index(aim.field)))


def style_of(plan: Plan, seed: int) -> Style:
    """Return how a government writes who answers for what; it keeps to one way for a theme."""
    return Random(f"{seed}/style/{plan.region.code}/{plan.theme}").choice(STYLES)


def _first_aims(plan: Plan, seed: int) -> tuple[Aim, ...]:
    chance = Random(f"{seed}/{plan.region.code}/{plan.theme}/{plan.year or 'plan'}")
    size = chance.randint(22, 38) if plan.year else chance.choice((30, 36, 44, 60))
    nouns = list(nouns_of(plan.theme))
    weights = [1 / (1 + 0.12 * i) for i in range(len(nouns))]
    chosen = sorted(set(chance.choices(range(len(nouns)), weights, k=3 * size)), key=lambda i: chance.random())[:size]
    wanted = _wanted_above(plan, seed)
    aims = []
    for field in fields_of(plan.theme):
        mine = [nouns[i][1] for i in sorted(chosen) if nouns[i][0] == field]
        metrics: list[str] = [metric for metric, *_ in wording()["field"][field]["metrics"] if chance.random() < 0.88]
        chance.shuffle(metrics)
        for n, noun in enumerate(mine):
            targets = [first_target(metric, field, plan, wanted.get(metric), chance) for metric in metrics[n :: len(mine)]]
            aims.append(_aim(field, noun, targets, chance))
    return tuple(_merge(aims, chance))


def _wanted_above(plan: Plan, seed: int) -> Mapping[str, Target]:
    """Return the targets of the plan right above that can be compared, by metric."""
    above = next(plans_above(plan), None)
    if above is None:
        return {}
    targets = [target for aim in aims_of(above, seed) for target in aim.targets]
    return {target.metric: target for target in targets if are_alike(target.metric, plan, above)}


def _aim(field: str, noun: str, targets: Sequence[Target], chance: Random) -> Aim:
    row = wording()["field"][field]
    gaps: tuple[Gap | None, ...] = (None, "unowned", "vague", "diffuse")
    gap = chance.choices(gaps, (86, 4, 4, 6))[0]
    lead = row["lead"][0] if chance.random() < 0.75 else row["lead"][-1]
    actions = tuple(chance.sample(row["actions"], chance.randint(3, 5)))
    support = _support([name for name in row["support"] if name != lead], chance)
    return Aim(field, (noun,), chance.choice(VERBS), actions, lead, support, tuple(targets), gap)


def _support(names: Sequence[str], chance: Random) -> tuple[str, ...]:
    """Return some bodies in the field's order; the first ones are asked far more often."""
    weights = list(accumulate(1 / (i + 1) for i in range(len(names))))
    chosen = set(chance.choices(range(len(names)), cum_weights=weights, k=chance.randint(1, 7)))
    return tuple(names[i] for i in sorted(chosen))


def _go_on(aim: Aim, plan: Plan, chance: Random) -> Aim:
    """Return next year's task: the same work in other words, most targets higher, some lower, some dropped."""
    targets = tuple(next_target(target, aim.field, plan, chance) for target in aim.targets if chance.random() > 0.06)
    verb = aim.verb if chance.random() < 0.6 else chance.choice(VERBS)
    actions = tuple(chance.sample(wording()["field"][aim.field]["actions"], chance.randint(3, 5)))
    return replace(aim, verb=verb, support=_next_support(aim, chance), targets=targets, actions=actions)


def _next_support(aim: Aim, chance: Random) -> tuple[str, ...]:
    """Return who helps next year: mostly the same, else the last is gone or another has come."""
    known: list[str] = wording()["field"][aim.field]["support"]
    draw = chance.random()
    if draw < 0.85:
        return aim.support
    if draw < 0.93:
        return aim.support[:-1] or aim.support
    others = [name for name in known if name not in (aim.lead, *aim.support)]
    return (*aim.support, chance.choice(others)) if others else aim.support


def _split(aim: Aim, plan: Plan, chance: Random) -> list[Aim]:
    """Return a task that was joined from several as these again, now and then; what is to come out is shared out."""
    if len(aim.nouns) < 2 or chance.random() > SPLIT:
        return [aim]
    return [replace(aim, nouns=(noun,), targets=aim.targets[n :: len(aim.nouns)]) for n, noun in enumerate(aim.nouns)]


def _merge(aims: Sequence[Aim], chance: Random) -> list[Aim]:
    """Return the tasks, now and then two neighbours of a field as one, with the bodies and the targets of both."""
    merged: list[Aim] = []
    for aim in aims:
        last = merged[-1] if merged else None
        if last is None or len(last.nouns) + len(aim.nouns) > 2 or last.field != aim.field or chance.random() > MERGED:
            merged.append(aim)
            continue
        support = dict.fromkeys((*last.support, *([aim.lead] if aim.lead != last.lead else []), *aim.support))
        helpers = tuple(name for name in support if name != last.lead)
        merged[-1] = replace(last, nouns=last.nouns + aim.nouns, support=helpers, targets=last.targets + aim.targets)
    return merged
