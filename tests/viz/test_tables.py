"""Tables as pages and as files: what a file holds is what the pages show, and no cell of it is a formula."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import openpyxl
import pytest

from kg import pipeline
from kg.endpoint import Settings, running
from kg.explorer.listings import LISTINGS
from kg.formulas import is_formula
from viz.pages import make_routes, sparql_page
from viz.pages.codes import name_choice, name_code, name_column, name_facet
from viz.pages.scales import make_ticks

SLY = """石家庄市2024年工作要点

一、重点任务
1.=HYPERLINK("http://127.0.0.1:9")。（责任单位：市水利局）
2.@财政补贴发放。（责任单位：市财政局）
"""


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[httpx.Client]:
    settings = Settings(built, port=0, workers=2)
    with (
        running(settings, routes=make_routes(), page=sparql_page) as url,
        httpx.Client(base_url=url, trust_env=False, timeout=30) as client,
    ):
        yield client


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def cells(page: str) -> list[list[str]]:
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = re.findall(
        r"<tr>(.*?)</tr>",
        re.sub(r"<details(?! class=.rest).*?</details>|<summary.*?</summary>", "", body, flags=re.DOTALL),
        re.DOTALL,
    )
    return [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]


def words(cell: str) -> str:
    """Return what a cell says; a body stands without its region, and has its whole name as a title."""
    parts = re.findall(r'<span class="(?:thing|tag)[^"]*"(?: title="([^"]*)")?>(.*?)</span>', cell, re.DOTALL) or [("", cell)]
    texts = [html.unescape(title or re.sub(r"<[^>]+>", "", part)).strip() for title, part in parts]
    return "" if 'class="soft"' in cell else "、".join(texts)


@pytest.mark.parametrize("name", LISTINGS)
@pytest.mark.parametrize("query", ["", "?q=环境&lang=en", "?sort=-number", "?columns=key,quote"])
def test_the_file_is_what_the_pages_show(client: httpx.Client, name: str, query: str) -> None:
    file = table(client.get(f"/table/{name}.csv{query}").content)
    shown: list[list[str]] = []
    number = 1
    while True:
        page = client.get(f"/table/{name}{query}{'&' if query else '?'}page={number}").text
        heads = [html.unescape(one) for one in re.findall(r'data-sort="[^"]*" title="[^"]*">([^<]*)<', page)]
        shown += [[words(cell) for cell in row] for row in cells(page)] if "<tbody>" in page else []
        if 'rel="next"' not in page:
            break
        number += 1
    assert file[0] == heads or not shown
    assert len(file) - 1 == len(shown)
    exact = [
        place for place, head in enumerate(file[0]) if head not in (name_column("zh", name, "load"), "Shared load", "分担负荷")
    ]
    for one, other in zip(file[1:], shown, strict=True):
        for place in exact:
            said = " ".join(one[place].removeprefix("'").split())
            assert said == " ".join(other[place].split()) or float(said) == pytest.approx(float(other[place]), abs=0.006)


def test_the_workbook_holds_the_same(client: httpx.Client) -> None:
    query = "?sort=-indicators&has_lead=yes"
    answer = client.get(f"/table/tasks.xlsx{query}")
    assert 'filename="tasks.xlsx"' in answer.headers["content-disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    assert rows == [[cell.removeprefix("'") for cell in row] for row in table(client.get(f"/table/tasks.csv{query}").content)]
    assert len(rows) == 42


def test_files_are_safe_and_open_in_an_office(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SLY, encoding="utf-8", newline="\n")
    pipeline.build([tmp_path], tmp_path / "out")
    with running(Settings(tmp_path / "out", port=0), routes=make_routes(), page=sparql_page) as url:
        answer = httpx.get(f"{url}/table/tasks.csv?columns=task,quote", trust_env=False)
        book = httpx.get(f"{url}/table/tasks.xlsx?columns=task,quote", trust_env=False)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    found = [cell for row in table(answer.content) for cell in row]
    assert not [cell for cell in found if is_formula(cell)]
    assert [cell for cell in found if cell.startswith(("'=", "'@"))]
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


@pytest.mark.parametrize("path", ["/table/none.csv", "/table/tasks/none.xlsx", "/table/.csv"])
def test_a_file_of_nothing(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<" not in answer.text


def test_a_part_has_its_own_file(client: httpx.Client) -> None:
    (key,) = set(re.findall(r'name="document" value="(p-a69[^"]+)"', client.get("/table/tasks").text))
    assert len(table(client.get(f"/table/tasks/{key}.csv").content)) - 1 == 143
    page = client.get(f"/table/tasks/{key}").text
    assert f'href="/table/tasks/{key}.csv"' in page
    assert "143" in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_column_facet_and_value_has_words(client: httpx.Client, lang: str) -> None:
    for name, listing in LISTINGS.items():
        heads = [name_column(lang, name, column.key) for column in listing.columns]  # type: ignore[arg-type]
        assert len(set(heads)) == len(heads)
        labels = [name_facet(lang, name, facet.key) for facet in listing.facets]  # type: ignore[arg-type]
        assert len(set(labels)) == len(labels)
        for facet in listing.facets:
            for code in facet.codes:
                said = name_choice(lang, name, facet.key, code, None)  # type: ignore[arg-type]
                assert said != code or lang == "en", (facet.key, code)
        record = client.get(f"/api/table/{name}").json()
        for row in record["rows"]:
            for column in record["columns"]:
                value = row["cells"][column["key"]]["value"] if column["shown"] else None
                for code in (
                    value if column["form"] == "codes" and value else [value] if column["form"] == "code" and value else []
                ):
                    assert name_code(lang, column["codes"], code) != code or lang == "en", (column["key"], code)  # type: ignore[arg-type]


def test_cells_lead_to_the_things(client: httpx.Client) -> None:
    page = client.get("/table/tasks").text
    for start in ("/task/p-", "/department/130100/", "/document/p-"):
        assert f'<a href="{start}' in page
    assert re.search(r'<a href="/document/p-[^"]+\?at=\d+-\d+#at">', page)
    assert '<a href="/chain/policy/' in client.get("/table/policies").text
    assert '<a href="/indicators/' in client.get("/table/indicators").text


@pytest.mark.parametrize("path", ["/table/departments", "/table/departments?period=2022-2022", "/table/policies"])
def test_a_number_leads_to_as_many_rows(client: httpx.Client, path: str) -> None:
    page = client.get(path).text
    links = re.findall(r'<a href="(/table/(?:tasks|indicators)\?[^"]+)">(\d+)</a>', page)
    assert len(links) > 5
    for address, number in links[::9]:
        way = html.unescape(address).replace("/table/", "/api/table/", 1)
        assert client.get(way).json()["fitting"] == int(number), address


@pytest.mark.parametrize("path", ["/table/tasks?has_lead=yes&sort=-due&q=治理", "/indicators/good-air-days?region=130500"])
def test_the_link_to_a_file_asks_the_same(client: httpx.Client, path: str) -> None:
    page = client.get(path).text
    (address,) = re.findall(r'href="([^"]+\.csv[^"]*)"', page)
    shown = client.get(path.replace("/table", "/api/table").replace("/indicators/", "/api/metric/")).json()
    rows = table(client.get(html.unescape(address)).content)
    assert len(rows) - 1 == len(shown["rows"]) > 0


@pytest.mark.parametrize("path", ["/table/tasks", "/indicators", "/indicators/good-air-days"])
def test_names_of_parameters_may_be_any(client: httpx.Client, path: str) -> None:
    for name in ("path", "self", "anchor", "without", "columns", "metric", "form", "key"):
        assert client.get(f"{path}?{name}=x").status_code == 200, name


@pytest.mark.parametrize(("low", "high"), [(57.9, 88.0), (40, 40), (0, 0), (-3, 12), (1.5, 1.6), (2_000, 200_000), (0.001, 0.5)])
def test_ticks_are_few_and_round_and_hold_all_numbers(low: float, high: float) -> None:
    ticks = make_ticks(low, high)
    assert ticks[0] <= low <= high <= ticks[-1]
    assert 3 <= len(ticks) <= 8
    assert all(len(f"{tick:g}".strip("-").replace(".", "").strip("0")) <= 3 for tick in ticks)


def test_a_number_stands_at_its_place_on_the_scale(client: httpx.Client) -> None:
    page = client.get("/indicators/good-air-days").text
    drawing = page[page.index('<svg viewBox="0 0 960') : page.index("</svg>", page.index('<svg viewBox="0 0 960'))]
    ticks = {float(text): float(x) for x, text in re.findall(r'<text x="([\d.]+)"[^>]*class="tick">([\d.]+)</text>', drawing)}
    (first, at), (last, end) = min(ticks.items()), max(ticks.items())
    (baseline,) = re.findall(r'<circle cx="([\d.]+)"[^>]*class="base">', drawing)
    assert float(baseline) == pytest.approx(at + (57.9 - first) / (last - first) * (end - at), abs=0.02)
    assert "67.8%" in drawing
    assert "邢台市" in drawing
