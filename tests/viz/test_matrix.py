"""The page of the matrix and its workbook, without a browser: what a table, a link, a form have to be."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import lxml.html
import openpyxl
import pytest

from kg import store
from kg.endpoint import Settings, running
from kg.explorer import Params, Snapshot
from kg.explorer.matrix import Matrix, gather_matrix
from tests.explorer.toy import build_toy
from viz.pages import make_routes, sparql_page

LETTERS = {"lead": "牵", "responsible": "责", "support": "配", "inherited": "同"}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_toy(tmp_path_factory.mktemp("matrix"))


@pytest.fixture(scope="module")
def client(out: Path) -> Iterator[httpx.Client]:
    with (
        running(Settings(out, port=0, workers=2), routes=make_routes(), page=sparql_page) as url,
        httpx.Client(base_url=url, trust_env=False, timeout=30) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def snapshot(out: Path) -> Iterator[Snapshot]:
    found = Snapshot(store.current(out))
    yield found
    found.close()


def show(snapshot: Snapshot, **query: str) -> Matrix:
    return gather_matrix(snapshot, Params(query={name: (value,) for name, value in query.items()}))


def read(client: httpx.Client, path: str) -> lxml.html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.text)


def said(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def shown(matrix: Matrix) -> list[list[str]]:
    """Return what the cells of each row should say."""
    return [
        [f"{LETTERS[one.role]}{n if (n := one.tasks or one.inherited) > 1 else ''}" if one.role else "" for one in row.cells]
        for row in matrix.rows
    ]


@pytest.mark.parametrize("query", ["", "open=none", "open=all", "role=responsible", "sort=name"])
def test_the_table_says_what_the_record_says(client: httpx.Client, snapshot: Snapshot, query: str) -> None:
    matrix = show(snapshot, **{name: values[0] for name, values in parse_qs(query).items()})
    page = read(client, f"/matrix?{query}")
    (table,) = page.xpath("//table")
    assert table.xpath("./caption")
    body = [row for row in table.xpath("./tbody/tr") if row.get("class") != "nobody"]
    assert [said(row.xpath("./th/a")[0]) for row in body] == [row.label for row in matrix.rows]
    assert [[said(cell) for cell in row.xpath("./td")[6:]] for row in body] == shown(matrix)
    assert all(one.get("scope") for one in table.xpath(".//th"))
    wide = {sum(int(cell.get("colspan", 1)) for cell in row.xpath("./th|./td")) for row in table.xpath("./tbody/tr")}
    assert wide == {7 + len(matrix.columns)}
    assert sum(int(one.get("colspan", 1)) for one in table.xpath("./thead/tr[1]/th")) == 7 + len(matrix.columns)


def test_the_row_of_tasks_that_name_nobody_stands_first(client: httpx.Client) -> None:
    page = read(client, "/matrix")
    (first,) = page.xpath("//tbody/tr[1]")
    assert first.get("class") == "nobody"
    assert said(first.xpath("./td[1]")[0]) == "1"
    (link,) = first.xpath(".//a[@class='nobody']")
    opened = read(client, link.get("href"))
    assert "开展绿色出行宣传" in said(opened.get_element_by_id("cell"))
    assert not read(client, "/matrix?role=lead").xpath("//tbody/tr[@class='nobody']")


def test_every_cell_leads_to_its_tasks_and_their_words(client: httpx.Client, snapshot: Snapshot) -> None:
    page = read(client, "/matrix")
    for link in page.xpath("//td[@class='c']/a"):
        number = int(re.sub(r"\D", "", said(link)) or 1)
        drawer = read(client, link.get("href")).get_element_by_id("cell")
        assert drawer.get("hidden") is None
        articles = drawer.xpath(".//article")
        assert len(articles) >= number
        assert len(drawer.xpath(".//blockquote")) == len(articles)
        for one in articles:
            key = urlsplit(one.xpath("./h3/a")[0].get("href")).path.removeprefix("/task/")
            (row,) = snapshot.rows("SELECT quote FROM tasks WHERE iri = $iri", iri=snapshot.iri("task", key))
            assert said(one.xpath(".//blockquote")[0]) == " ".join(row["quote"].split())


def test_headings_open_and_close(client: httpx.Client) -> None:
    page = read(client, "/matrix?open=none")
    city = next(one for one in page.xpath("//thead//a[contains(@href, 'open=')]") if "廊坊" in said(one))
    page = read(client, city.get("href"))
    water = next(one for one in page.xpath("//thead//a[contains(@href, 'open=')]") if "水环境" in said(one))
    page = read(client, water.get("href"))
    assert [said(one) for one in page.xpath("//thead/tr[3]/th")] == ["1 整治入河排污口", "2 推进农村生活污水治理"]
    assert page.xpath("//thead/tr[3]/th/a")[0].get("href").startswith("/task/")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_holds_what_is_shown(client: httpx.Client, snapshot: Snapshot, lang: str) -> None:
    (link,) = read(client, f"/matrix?sort=name&lang={lang}").xpath("//a[contains(@href, '.xlsx')]")
    answer = client.get(link.get("href"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    matrix = show(snapshot, sort="name")
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows[2:]] == [row.label for row in matrix.rows]
    assert [row[1] for row in rows[2:]] == [row.tasks for row in matrix.rows]
    assert rows[1][1] == matrix.gap_total
    if lang == "zh":
        assert [[cell or "" for cell in row[9:]] for row in rows[2:]] == shown(matrix)
        assert rows[0][9:] == tuple(f"{one.document.title} › {one.label}" for one in matrix.columns)
    words = list(book.worksheets[1].iter_rows(values_only=True))
    assert len(words) == 1 + matrix.tasks
    assert "3.控制扬尘污染。施工工地扬尘治理措施全覆盖。（责任单位：市住房城乡建设局、市城管局）" in {row[6] for row in words}
    assert client.get(link.get("href")).content == answer.content


def test_what_is_not_there(client: httpx.Client) -> None:
    for path in ("/matrix?region=999999", "/matrix?document=none", "/matrix.xlsx?region=999999", "/api/matrix?region=999999"):
        assert client.get(path).status_code == 404
    lost = read(client, "/matrix?cell=none@section/none/1")
    assert lost.xpath("//*[@role='status']//a[contains(@href, '/matrix')]")
    empty = read(client, "/matrix?period=1999-1999")
    assert empty.xpath("//*[@class='empty']//a")
    assert not empty.xpath("//table")


def test_the_record_as_json(client: httpx.Client, snapshot: Snapshot) -> None:
    found = client.get("/api/matrix", params={"role": "lead"}).json()
    assert [row["label"] for row in found["rows"]] == [row.label for row in show(snapshot, role="lead").rows]
