"""Every link of every screen leads somewhere, to an anchor that is there, in the language of the page."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
import pytest

from kg import store
from kg.endpoint import Settings, running
from kg.explorer import Snapshot
from tests.viz.explored import sample_pages
from viz.pages import make_routes, sparql_page

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
KEYED = re.compile(r"^/(doc/id/\w+|chain/\w+|sheet/\w+|[\w-]+)/.*")
EACH = 2  # links of one shape that are followed


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[httpx.Client]:
    settings = Settings(built, port=0, workers=1)
    with (
        running(settings, routes=make_routes(), page=sparql_page) as url,
        httpx.Client(base_url=url, trust_env=False, headers=BROWSER, timeout=30) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def paths(built: Path) -> list[str]:
    snapshot = Snapshot(store.current(built))
    found = [path for _, path in sample_pages(snapshot, each=2)]
    snapshot.close()
    return [*found, "/sparql", "/sparql?name=department-load", "/compare?by=city", "/findings/open", "/ns"]


def links(page: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'<a [^>]*?href="([^"]*)"', page)]


def shape(address: str) -> str:
    """Return what an address asks for, without which thing."""
    parts = urlsplit(address)
    return KEYED.sub(r"/\1/…", parts.path) + "?" + ",".join(sorted(name for name, _ in parse_qsl(parts.query)))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_link_leads_somewhere(client: httpx.Client, paths: list[str], lang: str) -> None:
    followed: Counter[str] = Counter()
    asked: set[str] = set()
    wrong: list[tuple[str, str]] = []
    for path in paths:
        whole = path + ("&" if "?" in path else "?") + f"lang={lang}"
        page = client.get(whole).text
        ids = set(re.findall(r'\bid="([^"]*)"', page))
        for address in links(page):
            if address.startswith("#"):
                wrong += [(whole, address)] if len(address) > 1 and unquote(address[1:]) not in ids else []
                continue
            place = address.partition("#")[0]
            if not place.startswith("/"):  # nothing leads out
                wrong.append((whole, address))
                continue
            followed[shape(place)] += place not in asked
            if place in asked or followed[shape(place)] > EACH:
                continue
            asked.add(place)
            if client.get(place).status_code != 200:
                wrong.append((whole, address))
    assert wrong == []
    assert len(asked) > 100


def test_links_of_an_english_page_stay_english(client: httpx.Client, paths: list[str]) -> None:
    """But for the one to the other language, and for data, which have none."""
    wrong = []
    for path in paths:
        page = client.get(path + ("&" if "?" in path else "?") + "lang=en").text
        other = [html.unescape(one) for one in re.findall(r'<a class="button language" href="([^"]*)"', page)]
        for address in links(page):
            known = "lang=en" in address or "format=" in address or address.startswith(("#", "/static/", "/api/", "/sparql/csv"))
            if not known and address not in other:
                wrong.append((path, address))
    assert wrong == []
