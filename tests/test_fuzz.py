"""Damaged documents are read without a crash, and every quote stands where it is said to stand."""

from __future__ import annotations

import pytest

from benchmarks.fuzz import find_evidence, load_texts, try_document
from benchmarks.mutate import mutate
from kg import data
from kg.registry import Registry, load_registry
from tests.records import resolved_toy

# the last ones once failed: rows of a table without a word above its first task; a text with one character a line; a name without end
SEEDS = (*range(120), 6609, 8062, 9628, 9815, 10591, 19553, 206206)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def test_damaged_documents_are_read(registry: Registry) -> None:
    texts = load_texts([data.SEEDS / "documents"])
    outcomes = [try_document(seed, mutate(seed, texts), registry, encode=seed % 5 == 0) for seed in SEEDS]
    assert [outcome for outcome in outcomes if outcome.fault] == []
    assert sum(not outcome.refused for outcome in outcomes) > len(SEEDS) / 2


def test_the_same_seed_damages_in_the_same_way() -> None:
    assert [mutate(seed, ["一、任务。\n（责任单位：市水利局）"]) for seed in SEEDS] == [
        mutate(seed, ["一、任务。\n（责任单位：市水利局）"]) for seed in SEEDS
    ]


def test_all_evidence_is_looked_at() -> None:
    reading = resolved_toy().reading
    expected = sum(
        1 + len(task.units) + len(task.indicators) + len(task.citations) + bool(task.deadline) for task in reading.tasks
    )
    assert len(list(find_evidence(reading.tasks))) == expected
