"""The screen for comparing, as pages and as files."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from openpyxl import load_workbook

from kg import store
from kg.analysis.continuity.cautions import _SAID
from kg.endpoint import Settings, running
from kg.explorer import Snapshot
from kg.explorer.compare import successions
from viz.pages import make_routes, sparql_page

WORDS = tomllib.loads((Path(__file__).parents[2] / "viz" / "words" / "compare.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def pair(built: Path) -> dict[str, str]:
    snapshot = Snapshot(store.current(built))
    ((before, after),) = successions(snapshot)
    snapshot.close()
    return {"before": before.key, "after": after.key}


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[httpx.Client]:
    with (
        running(Settings(built, port=0, workers=2), routes=make_routes(), page=sparql_page) as url,
        httpx.Client(base_url=url, trust_env=False, timeout=30) as client,
    ):
        yield client


def shown(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_two_plans_stand_side_by_side(client: httpx.Client, pair: dict[str, str]) -> None:
    page = client.get("/compare", params=pair).text
    assert page.count('<tr data-kind="') == 33
    assert "<b>13</b><span>延续" in page
    assert "在原文中查看" in page
    assert re.search(r"<del>[^<]+</del>", page)
    assert re.search(r"<ins>[^<]+</ins>", page)
    english = client.get("/compare", params={**pair, "lang": "en", "view": "targets"})
    assert "neither has a number" in english.text
    assert client.get("/compare", params={**pair, "kind": "dropped"}).text.count('<tr data-kind="dropped"') == 4


def test_the_record_says_the_same(client: httpx.Client, pair: dict[str, str]) -> None:
    record = client.get("/api/compare", params=pair).json()
    assert record["plans"]["counts"]["continued"] == 13
    assert (record["choice"], record["cities"]) == (None, None)


def test_nothing_is_compared_that_is_not_there(client: httpx.Client, pair: dict[str, str]) -> None:
    assert client.get("/compare", params={**pair, "after": "none"}).status_code == 404
    same = client.get("/compare", params={**pair, "after": pair["before"]})
    assert "两边是同一份文件" in shown(same.text)


def test_files_open_in_a_spreadsheet(client: httpx.Client, pair: dict[str, str]) -> None:
    answer = client.get("/compare.csv", params={**pair, "kind": "new"})
    assert answer.content.startswith("\ufeff时期,去向".encode())
    assert len(answer.text.splitlines()) == 5
    book = load_workbook(io.BytesIO(client.get("/compare.xlsx", params=pair).content), read_only=True)
    assert book.sheetnames == ["概况", "任务去向", "目标变化", "单位变化", "单位任务数"]
    assert client.get("/compare.csv").status_code == 400
    assert client.get("/compare.csv", params={**pair, "after": "none"}).status_code == 404


def test_cities_stand_side_by_side(client: httpx.Client) -> None:
    choice = client.get("/compare", params={"by": "city"}).text
    assert "function=ecology-environment" in choice
    page = client.get("/compare", params={"function": "ecology-environment"})
    assert {"石家庄市生态环境局", "唐山市生态环境局", "中位数"} <= set(shown(page.text).split())
    assert "注意" in shown(page.text)
    assert client.get("/compare", params={"metric": "none"}).status_code == 404
    assert client.get("/compare/metric/good-air-days").status_code == 200
    assert client.get("/compare/nothing/at-all").status_code == 404
    answer = client.get("/compare.csv", params={"function": "ecology-environment", "period": "2022-2022"})
    assert answer.text.splitlines()[0].startswith("\ufeff职能,地区")
    book = load_workbook(io.BytesIO(client.get("/compare.xlsx", params={"metric": "good-air-days"}).content), read_only=True)
    assert book.sheetnames == ["概况", "指标对照", "指标明细"]


def test_cautions_are_worded_as_the_command_words_them() -> None:
    assert {kind: WORDS[f"caution_{kind}"]["zh"] for kind in _SAID} == dict(_SAID)
