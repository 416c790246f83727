"""The rule of target comparison a third time: in plain Python, over two targets."""

from __future__ import annotations

import re

from kg.cues import load_cues
from kg.schemes import find_unit, intensive_units
from tests.analysis.targets_graph import Plan, Said

CUES = {cue.id: cue.pattern for cue in load_cues("comparison.toml")["comparison"]}
UP, DOWN = ("at-least", "above", "increase"), ("at-most", "below", "decrease")


def judge(child: Plan, parent: Plan, metric: str, direction: str | None) -> tuple[str, str | None]:
    """Return the verdict and the ground on the first targets of two documents."""
    ground = _ground(child, parent, metric, direction)
    if ground is not None:
        return "not-comparable", ground
    one, two = child.targets[0], parent.targets[0]
    gap = (one.normal or 0) - (two.normal or 0)
    if gap == 0:
        return "equal", None
    return ("stronger" if (gap > 0) == (turns(one) or direction == "higher") else "weaker"), None


def turns(said: Said) -> bool:
    return said.sign in ("increase", "decrease")


def plain_name(name: str) -> str:
    """Return a name without the words that do not matter.

    >>> plain_name("全市农作物秸秆综合利用比例")
    '秸秆利用率'
    """
    for rule, word in (("filler", ""), ("share", "率"), ("product", "GDP"), ("rise", "增"), ("fall", "降")):
        name = CUES[rule].sub(word, name)
    return name


def _ground(child: Plan, parent: Plan, metric: str, direction: str | None) -> str | None:
    one, two = child.targets[0], parent.targets[0]
    both = (one, two)
    if any(said.value is None or said.kind not in ("quantitative", "zero") for said in both):
        return "no-number"
    still = [said.kind == "zero" and bool(CUES["growth"].search(said.text)) for said in both]
    if still[0] != still[1] and not turns(one) and not turns(two):
        return "change-and-level"
    bare = all(said.kind == "zero" and said.unit is None for said in both) and one.value == two.value
    if not bare:
        units = [find_unit(said.unit) for said in both]
        if units[0] is None or units[1] is None:
            return "unit-unknown"
        if units[0].base != units[1].base:
            return "unit-differs"
        if units[0].base.value not in intensive_units() and not CUES["per"].search(metric):
            return "amount"
    if direction is None:
        return "no-direction"
    if turns(one) != turns(two):
        return "change-and-level"
    if not turns(one) and one.unit in ("%", "‰") and CUES["amount"].search(metric):
        return "unit-unlike-metric"
    if (turns(one) or CUES["change"].search(metric) or still[0]) and not _same_baseline(child, parent):
        return "baseline"
    return _doubt(child, parent, direction)


def _same_baseline(child: Plan, parent: Plan) -> bool:
    one, two = child.targets[0], parent.targets[0]
    against = [match[0] if (match := CUES["against"].search(said.text)) else "" for said in (one, two)]
    if one.baseline != two.baseline or against[0] != against[1]:
        return False
    if bool(CUES["span"].search(one.text)) != bool(CUES["span"].search(two.text)):
        return False
    return one.baseline is not None or against[0] != "" or child.period == parent.period


def _doubt(child: Plan, parent: Plan, direction: str) -> str | None:
    one, two = child.targets[0], parent.targets[0]
    both = (one, two)
    if plain_name(one.name) != plain_name(two.name):
        return "name"
    words = CUES["scope"].pattern.split("|")
    if any((word in one.name + one.text) != (word in two.name + two.text) for word in words):
        return "scope"
    if any(CUES["range"].search(said.text) for said in both):
        return "range"
    if _says_several(child) or _says_several(parent):
        return "several-values"
    vague = [said.sign == "about" or bool(re.search(CUES["vague"], said.text)) for said in both]
    if vague[0] != vague[1]:
        return "vague"
    wrong = DOWN if direction == "higher" else UP
    return "against-direction" if any(said.sign in wrong for said in both) else None


def _says_several(plan: Plan) -> bool:
    first = plan.targets[0]
    alike = [
        said
        for said in plan.targets
        if said.year == first.year and turns(said) == turns(first) and plain_name(said.name) == plain_name(first.name)
    ]
    numbers = {said.normal for said in alike if said.normal is not None and _base(said) == _base(first)}
    return len(numbers) > 1


def _base(said: Said) -> object:
    unit = find_unit(said.unit)
    return unit.base if unit else None
