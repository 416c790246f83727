"""What things are called in a plan: the plans themselves, and the bodies as the government of a place writes them."""

from __future__ import annotations

from functools import cache
from random import Random

from benchmarks.corpus.plans import Plan, plans_above
from benchmarks.corpus.wording import registry, wording
from kg.model import Region
from kg.registry import COUNTRY, short_name

GROUPS = {  # who is below a government: the words, and the key that they stand for
    "national": ("各省、自治区、直辖市人民政府", "provincial-governments"),
    "province": ("各市人民政府", "prefecture-governments"),
    "prefecture": ("各县（市、区）政府", "county-governments"),
    "county": ("各乡镇（街道）", "townships"),
}
KINDS = {"ecology": "工作要点", "rural": "实施方案", "industry": "行动方案", "welfare": "工作方案"}
LEVEL_WORDS = {"national": "全国", "province": "全省", "prefecture": "全市", "county": "全县"}


def title_of(plan: Plan) -> str:
    """Return what a plan is called."""
    name = wording()["theme"][plan.theme]["name"]
    place = "全国" if plan.region.code == COUNTRY else plan.region.name
    return f"{place}{name}“十四五”规划" if plan.year is None else f"{place}{plan.year}年{name}{KINDS[plan.theme]}"


def parents_of(plan: Plan) -> list[str]:
    """Return the titles of the policies that a plan carries out, nearest first."""
    return [title_of(above) for above in plans_above(plan)] + list(wording()["theme"][plan.theme]["national"])


def find_mark(region: Region) -> str:
    """Return the word that stands before a body of a place: 市财政局."""
    return "省" if region.level == "province" else "县" if region.name.endswith("县") else region.name[-1]


def has_body(region: Region, function: str) -> bool:
    """Say whether a place has such a body: the centre has no bureau of approvals."""
    return region.code != COUNTRY or "national" in registry().functions[function].official


@cache
def names_below(code: str) -> tuple[str, ...]:
    """Return what the places right below a place are called."""
    return tuple(region.name for region in registry().regions.values() if region.parent == code)


def name_body(region: Region, function: str, chance: Random) -> str:
    """Return a body's name as the place's government writes it."""
    official = registry().functions[function].official
    if region.code == COUNTRY:
        return official["national"]
    short: list[str] | None = wording()["short"].get(function)
    place = short_name(region.name)
    if region.level == "prefecture" and short:
        name = short[-1] if len(short) > 1 and chance.random() < 0.2 else short[0]
    else:
        levels = {"province": ("province", "prefecture"), "county": ("county", "prefecture", "province")}
        order = levels.get(region.level, ("prefecture", "province"))
        name = next((official[level] for level in order if level in official), official.get("national", ""))  # type: ignore[index]
        if "{" in name and short:
            name = short[0]
    if "{mark}" in name:
        return name.format(mark=find_mark(region))
    return name.format(place=place, short=place) if "{" in name else f"{find_mark(region)}{name}"
