"""The first page: each of its numbers leads to the table that lists exactly as many."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import lxml.html
import pytest

from kg.endpoint import Settings, running
from kg.explorer import Params, Snapshot
from kg.explorer.listings import gather_table
from viz.pages import make_routes, sparql_page

FACTS = ["/document", "/table/tasks", "/table/departments", "/table/indicators", "/table/policies"]


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[httpx.Client]:
    with (
        running(Settings(built, port=0, workers=2), routes=make_routes(), page=sparql_page) as url,
        httpx.Client(base_url=url, trust_env=False, timeout=30) as client,
    ):
        yield client


def read(client: httpx.Client, path: str) -> lxml.html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.text)


def count(snapshot: Snapshot, address: str) -> int:
    """Return how many rows the table at an address has."""
    parts = urlsplit(address)
    query = {name: tuple(values) for name, values in parse_qs(parts.query).items()}
    return gather_table(snapshot, Params(parts.path.removeprefix("/table/"), query)).fitting


@pytest.mark.parametrize("query", ["", "?region=130100", "?region=130100&period=2023-2023", "?lang=en"])
def test_every_number_is_the_length_of_the_list_behind_it(client: httpx.Client, snapshot: Snapshot, query: str) -> None:
    page = read(client, f"/{query}")
    facts = {urlsplit(one.get("href")).path: one for one in page.xpath("//*[@class='fact']/a")}
    assert list(facts) == [path for path in FACTS if "period" not in query or path != "/table/policies"]
    for path, one in facts.items():
        if path.startswith("/table/"):
            assert int(one.xpath("./b")[0].text.replace(",", "")) == count(snapshot, one.get("href")), path
    assert int(facts["/document"].xpath("./b")[0].text) == len(page.xpath("//table[@class='sources']/tbody/tr"))
    for row in page.xpath("//table[@class='sources']/tbody/tr"):
        (link,) = row.xpath(".//a[contains(@href, '/table/tasks')]")
        assert int(link.text) == count(snapshot, link.get("href"))


def test_findings_of_a_period_are_rows_of_a_table(client: httpx.Client, snapshot: Snapshot) -> None:
    page = read(client, "/?period=2022-2022")
    found = page.xpath("//ul[@class='findings']/li")
    assert found
    for one in found:
        assert int(one.xpath(".//b")[0].text) == count(snapshot, one.xpath(".//a")[0].get("href"))


def test_the_picture_and_the_bodies_lead_on(client: httpx.Client) -> None:
    page = read(client, "/")
    bodies = page.xpath("//table[@class='loads']/tbody/tr")
    assert len(bodies) == 10
    assert all(one.xpath("./th/a")[0].get("href").startswith("/department/") for one in bodies)
    assert all(one.xpath(".//*[local-name()='svg']/@aria-label") for one in bodies)
    cells = page.xpath("//table[@class='picture']//td/a")
    assert len(cells) > 20
    assert all(one.get("aria-label") and one.text.isdecimal() for one in cells)


def test_an_empty_part_says_so_and_leads_back(client: httpx.Client) -> None:
    page = read(client, "/?region=130100&period=1999-1999")
    assert [one.get("href") for one in page.xpath("//*[@class='empty']//a")] == ["/"]
    assert client.get("/?region=999999").status_code == 404
