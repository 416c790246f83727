"""What the corpus is made of: the sentences of wording.toml, and the places, bodies and metrics that the project knows."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kg.registry import Registry, load_registry

WHOLE = ("个", "家", "座", "所", "处", "户", "人", "部", "套", "张", "场", "项", "件", "亩", "吨")
SHARES = ("%", "μg/m3", "吨/平方公里·月")  # a province has no more of these than its cities


@cache
def wording() -> Mapping[str, Any]:
    """Return what wording.toml says, its themes and fields by key."""
    tables = tomllib.loads(Path(__file__).with_name("wording.toml").read_text("utf-8"))
    return {name: {row["key"]: row for row in tables[name]} for name in ("theme", "field")} | {
        "short": tables["short"],
        "general": tables["general"],
    }


@cache
def registry() -> Registry:
    """Return what is known of places, bodies, metrics and policies."""
    return load_registry()


def fields_of(theme: str) -> Sequence[str]:
    """Return the fields of work that a theme covers, in its order."""
    return tuple(wording()["theme"][theme]["fields"])


def nouns_of(theme: str) -> Iterator[tuple[str, str]]:
    """Yield what is to be done in a theme, each with its field."""
    yield from ((field, noun) for field in fields_of(theme) for noun in wording()["field"][field]["tasks"])


@cache
def _metrics() -> Mapping[str, Any]:
    return {known.metric.key: known for known in registry().metrics}


def is_better_high(metric: str) -> bool:
    """Say whether more of a metric is better."""
    return bool(_metrics()[metric].metric.direction == "higher")


def metric_words(metric: str) -> tuple[str, str]:
    """Return a metric's name and its unit."""
    known = _metrics()[metric]
    return known.metric.label, known.unit or ""


def write_number(value: float, metric: str) -> str:
    """Write a value as documents do: firms are counted whole, shares and amounts of money are not."""
    counted = metric_words(metric)[1] in WHOLE or value >= 200
    return str(round(value)) if counted else f"{value:.1f}".removesuffix(".0")
