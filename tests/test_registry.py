"""The knowledge base: whole, sorted, unambiguous, and its errors say where to mend it."""

from __future__ import annotations

import csv
import re
import shutil
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg import data
from kg.errors import KnowledgeError
from kg.registry import COUNTRY, Registry, load_registry
from kg.registry.functions import Function, compile_pattern
from kg.registry.seed_files import expand

FILES = ("functions.toml", "regions.csv", "regions.toml", "policies.toml", "metrics.toml", "corpus.toml")


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(data.SEEDS / name, tmp_path)
    return tmp_path


def _tables(name: str) -> dict[str, Any]:
    return tomllib.loads((data.SEEDS / name).read_text("utf-8"))


def test_holds_what_such_documents_name(registry: Registry) -> None:
    assert len(registry.functions) >= 160
    assert sum(region.level == "province" for region in registry.regions.values()) == 34
    assert sum(region.level == "county" for region in registry.regions.values()) > 2800


def test_every_kind_is_named_in_both_languages(registry: Registry) -> None:
    for function in registry.functions.values():
        assert re.search(r"[一-鿿]", function.zh), function.key
        assert re.fullmatch(r"[\x20-\x7e]+", function.en), function.key


def test_a_kind_that_ended_has_an_heir_that_goes_on(registry: Registry) -> None:
    for function in registry.functions.values():
        heir, steps = function, 0
        while heir.until is not None and heir.successor is not None:
            heir, steps = registry.functions[heir.successor], steps + 1
            assert steps < 5, function.key
        assert (function.until is None) == (function.successor is None), function.key
        assert heir.until is None, function.key


def test_loads_fast() -> None:
    load_registry()
    start = time.process_time()
    load_registry()
    assert time.process_time() - start < 0.5  # about 0.05 s; the rest is a slow machine


def test_a_name_stands_in_one_row_or_is_ambiguous_on_purpose(registry: Registry) -> None:
    twice = {text for text, names in registry.names.items() if len({name.function for name in names}) > 1}
    assert twice == set(_tables("functions.toml")["ambiguous"])


def _official(function: Function) -> Iterator[str]:
    yield from (form for level, form in function.official.items() if level != "national")
    yield from function.also


def test_official_names_are_names(registry: Registry) -> None:
    for function in registry.functions.values():
        for form in _official(function):
            if "{" not in form:
                assert function.key in {name.function for name in registry.names[form]}, form


@pytest.mark.parametrize("table", ["kind", "generic"])
def test_patterns_against_their_own_examples(table: str) -> None:
    for row in _tables("functions.toml")[table]:
        pattern = compile_pattern(row["pattern"])
        for words in row["matches"]:
            bare = words.replace("（", "(").replace("）", ")")
            assert any(pattern.search(text) for text in (bare, bare[1:], bare.removeprefix("国务院"))), (row["key"], words)
        for words in row["rejects"]:
            assert not pattern.search(words.replace("（", "(").replace("）", ")")), (row["key"], words)


@pytest.mark.parametrize(
    ("file", "table"), [("policies.toml", "policy"), ("metrics.toml", "metric"), ("functions.toml", "function")]
)
def test_rows_are_sorted(file: str, table: str) -> None:
    keys = [row["key"] for row in _tables(file)[table]]
    assert keys == sorted(keys)


def test_regions_are_sorted_and_hang_together(registry: Registry) -> None:
    with (data.SEEDS / "regions.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    assert codes == sorted(codes)
    for code in registry.regions:
        assert registry.lineage(code)[-1] == COUNTRY
    for old in registry.former:
        assert old.successor is None or old.successor in registry.regions


REGIONS = [
    ("石家庄市", "130100", "a city"),
    ("石家庄", "130100", "without its kind"),
    ("浦东新区", "310115", "a district of a municipality"),
    ("恩施州", "422800", "a prefecture without its peoples"),
    ("木里县", "513422", "an autonomous county likewise"),
    ("内蒙古", "150000", "an autonomous region"),
    ("鹿泉市", "130110", "a county-level city that became a district in 2014"),
    ("襄樊市", "420600", "renamed in 2010, same code"),
    ("静海县", "120118", "a county that became a district in 2015"),
    ("莱芜市", "370116", "a city that became a district in 2018"),
    ("闸北区", "310106", "a district that became part of another"),
    ("儋州市", "460400", "a county-level city that was raised"),
    ("嘉峪关市", "620200", "a city without counties"),
    ("石河子市", "659001", "a city of the production corps"),
    ("和康县", "653228", "founded in 2024"),
    ("新疆", "650000", "without its people"),
    ("义乌市", "330782", "a county-level city"),
]


@pytest.mark.parametrize(("name", "code", "why"), REGIONS)
def test_places(registry: Registry, name: str, code: str, why: str) -> None:
    assert registry.places[name] == (code,), why


def test_namesakes_stay_several(registry: Registry) -> None:
    assert len(registry.places["鼓楼区"]) >= 4


def test_braces() -> None:
    assert list(expand("{a,b}{,c} d{place}")) == ["a", "ac", "b", "bc", "d{place}"]


def test_statement_is_bound_to_the_source(registry: Registry) -> None:
    from hashlib import sha256

    (statement,) = registry.statements
    assert sha256((data.SEEDS / "documents" / statement.file).read_bytes()).hexdigest() == statement.sha256


BROKEN = [
    ("functions.toml", 'key = "audit"', 'key = "Audit!"', "is no slug"),
    ("functions.toml", 'key = "audit"', 'key = "archives"', "'archives' appears twice"),
    ("functions.toml", 'key = "audit"', 'key = "zzz"', "keep the rows sorted"),
    ("functions.toml", 'topics = "', 'topics = "防汛 ', "the topic '防汛' stands in"),
    ("functions.toml", 'names = "审计', 'names = "教育局 审计', "'教育局' names both"),
    ("functions.toml", 'kind = "zone"', 'kind = "zon"', "kind 'zon'"),
    ("functions.toml", 'source = "law"', 'source = "lore"', "[sources] does not explain"),
    ("functions.toml", "[[kind]]", "[[kind", "mend the file"),
    ("functions.toml", 'successor = "market-regulation"', 'successor = "market"', "there is no such row"),
    ("regions.csv", "code,name,level,parent,until,successor", "code,name,level,parent,until,then", "no column 'successor'"),
    ("regions.csv", "130100,石家庄市,prefecture,130000,,", "130100,石家庄市,prefecture,139999,,", "139999, which is not listed"),
    ("regions.csv", "130100,石家庄市,prefecture,130000,,", "130200,石家庄市,prefecture,130000,,", "130200 appears twice"),
    ("regions.toml", '"冀 河北省"', '"冀 河北"', "'河北' is no province or city"),
    ("regions.toml", 'source = "cities"', 'source = "lore"', "[sources] does not explain"),
    ("metrics.toml", 'direction = "lower"', 'direction = "down"', "direction 'down'"),
    ("metrics.toml", 'names = "GDP ', 'names = "CPI GDP ', "'CPI' stands in"),
    ("policies.toml", 'region = "130000"', 'region = "999999"', "region '999999'"),
    ("corpus.toml", "reason = ", "reasons = ", "'reason' is missing"),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), BROKEN)
def test_a_broken_row_is_named(seeds: Path, file: str, old: str, new: str, message: str) -> None:
    text = (seeds / file).read_text("utf-8")
    assert old in text
    (seeds / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(KnowledgeError, match=file) as caught:
        load_registry(seeds)
    assert message in str(caught.value)


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_named(seeds: Path, file: str) -> None:
    (seeds / file).unlink()
    with pytest.raises(KnowledgeError, match=f"{file}: not found"):
        load_registry(seeds)


def test_a_bad_pattern_is_named() -> None:
    with pytest.raises(KnowledgeError, match="is no regular expression"):
        compile_pattern("(")
