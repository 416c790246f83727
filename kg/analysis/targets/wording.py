"""What the words of two targets in successive plans say against setting their numbers beside each other.

The grounds and patterns are those of :mod:`kg.analysis.lineage.target_comparison` (seeds/comparison.toml). One region is compared
with itself, a period later; so amounts may be, and a change against the year before goes on against the year before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from kg.analysis.targets.values import Reason, TargetStep
from kg.cues import load_cues

_PLAIN = (("filler", ""), ("share", "率"), ("product", "GDP"), ("rise", "增"), ("fall", "降"))
_WRONG = {"higher": ("at-most", "below", "decrease"), "lower": ("at-least", "above", "increase")}
_LAST = re.compile("上(?:一)?年|去年|同比")
_YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class Wording:
    """A target's words."""

    name: str  # of the indicator, as written
    text: str
    comparator: str | None
    year: int | None = None
    baseline: int | None = None  # year
    metric: str = ""  # name


def weigh_wording(step: TargetStep, first: Wording, second: Wording, direction: str | None) -> TargetStep:
    """Return a step with what the words leave of it: nothing if they are about two things, the number alone if one is vague.

    >>> step = TargetStep("lowered", "weaker")
    >>> weigh_wording(step, Wording("绿化率", "绿化率40%", None), Wording("绿化率", "城区绿化率38%", None), "higher")
    TargetStep(step=None, strength=None, reason='scope')
    >>> weigh_wording(step, Wording("绿化率", "绿化率40%", None), Wording("绿化率", "力争38%", None), "higher")
    TargetStep(step='lowered', strength=None, reason='vague')
    """
    if step.step in (None, "same"):  # the same number in other words accuses nobody
        return step
    if (other := _differ(first, second)) is not None:
        return TargetStep(None, None, other)
    doubt = None if step.strength is None else _doubt(first, second, direction)
    return step if doubt is None else replace(step, strength=None, reason=doubt)


def _differ(first: Wording, second: Wording) -> Reason | None:
    both = first, second
    if _plain_name(first.name) != _plain_name(second.name):
        return "name"
    words = _cues()["scope"].pattern.split("|")
    if any((word in first.name + first.text) != (word in second.name + second.text) for word in words):
        return "scope"
    changes = any(one.comparator in ("increase", "decrease") or _cues()["change"].search(one.metric) for one in both)
    return "baseline" if changes and not _have_one_baseline(first, second) else None


def _have_one_baseline(first: Wording, second: Wording) -> bool:
    """Return whether two changes count against one year, or each against the year before."""
    if bool(_cues()["span"].search(first.text)) != bool(_cues()["span"].search(second.text)):
        return False
    found = _find_baseline(first), _find_baseline(second)
    if found[0] == found[1]:
        return True
    # 下降3% in a plan of a year, without a word on it, means the year before
    before = [
        said is None or (isinstance(said, int) and one.year == said + 1) for one, said in zip((first, second), found, strict=True)
    ]
    return all(before)


def _find_baseline(said: Wording) -> int | str | None:
    """Return the year that a change counts against, the words that name none, or ``None``."""
    if said.baseline is not None:
        return said.baseline
    found = _cues()["against"].search(said.text)
    if found is None:
        return None
    if year := _YEAR.search(found[0]):
        return int(year[0])
    if _LAST.search(found[0]) and said.year is not None:
        return said.year - 1
    return found[0]


def _doubt(first: Wording, second: Wording, direction: str | None) -> Reason | None:
    both = first, second
    if any(_cues()["range"].search(one.text) for one in both):
        return "range"
    vague = [one.comparator == "about" or bool(_cues()["vague"].search(one.text)) for one in both]
    if vague[0] != vague[1]:
        return "vague"
    return "against-direction" if any(one.comparator in _WRONG.get(direction or "", ()) for one in both) else None


def _plain_name(name: str) -> str:
    for rule, word in _PLAIN:
        name = _cues()[rule].sub(word, name)
    return name


@cache
def _cues() -> Mapping[str, re.Pattern[str]]:
    return {cue.id: cue.pattern for cue in load_cues("comparison.toml")["comparison"]}
