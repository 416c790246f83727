"""The graph inside the explorer, in a real browser: what is seen is what the address says, and every click leads on."""

from __future__ import annotations

from typing import Any

import pytest

from kg.explorer import Snapshot
from tests.viz.explored import AXE, Open, Visit

_SPOT = """id => {
  const frame = document.querySelector('#net canvas').getBoundingClientRect(), at = atlas.net.canvasToDOM(atlas.net.getPosition(id));
  return [frame.x + at.x, frame.y + at.y];
}"""


class Picture(Visit):
    """A tab with the graph."""

    def spot(self, name: str) -> tuple[float, float]:
        x, y = self.page.evaluate(_SPOT, name)
        return x, y

    def shown(self) -> set[str]:
        return set(self.page.evaluate("() => atlas.scene().items.map(item => item.id)"))

    @property
    def title(self) -> str:
        text: str = self.page.locator("#panel h2").inner_text()
        return text


@pytest.fixture(scope="session")
def tab() -> type[Visit]:
    return Picture


@pytest.fixture(scope="session")
def window() -> dict[str, Any]:
    return {"viewport": {"width": 1400, "height": 860}}


@pytest.fixture(scope="module")
def busy(snapshot: Snapshot) -> tuple[str, str]:
    """The body with most tasks of its own: its id in the picture, its name."""
    row = next(
        snapshot.rows(
            "SELECT organization, any_value(name) AS name FROM assignments JOIN organizations USING (organization_id) "
            "WHERE organizations.kind = 'organization' GROUP BY 1 ORDER BY count(DISTINCT task_id) DESC, 1 LIMIT 1"
        )
    )
    return f"org/{snapshot.key(row['organization'])}", row["name"]


def test_a_click_names_what_is_under_it_and_a_double_click_opens_it(
    visit: Open, busy: tuple[str, str], snapshot: Snapshot
) -> None:
    picture = visit("/graph")
    picture.page.mouse.click(*picture.spot(busy[0]))
    assert picture.title == busy[1]
    assert f"n={busy[0]}" in picture.page.url
    with picture.page.expect_navigation():
        picture.page.mouse.dblclick(*picture.spot(busy[0]))
    assert f"view=ego&center={busy[0]}" in picture.page.url
    assert busy[1] in picture.page.locator("h1").inner_text()
    tasks = snapshot.rows("SELECT DISTINCT task FROM assignments WHERE organization = $iri", iri=f"{snapshot.base}id/{busy[0]}")
    assert picture.shown() - {busy[0]} == {f"task/{snapshot.key(row['task'])}" for row in tasks}


def test_links_lead_to_the_pages_of_things_and_to_the_source(visit: Open, snapshot: Snapshot) -> None:
    row = next(snapshot.rows("SELECT iri, document, quote_start, quote_end FROM tasks ORDER BY task_id LIMIT 1 OFFSET 30"))
    key = snapshot.key(row["iri"])
    picture = visit(f"/graph?view=ego&center=task/{key}")
    assert picture.page.locator("#panel .actions a", has_text="任务页").get_attribute("href") == f"/task/{key}"
    addresses = [one.get_attribute("href") for one in picture.page.locator("#panel figure a").all()]
    assert f"/document/{snapshot.key(row['document'])}?at={row['quote_start']}-{row['quote_end']}#at" in addresses


def test_two_steps_are_asked_from_the_server(visit: Open, snapshot: Snapshot) -> None:
    row = next(snapshot.rows("SELECT iri, section FROM tasks WHERE section IS NOT NULL ORDER BY task_id LIMIT 1"))
    picture = visit(f"/graph?view=ego&center=task/{snapshot.key(row['iri'])}")
    one_step = picture.shown()
    with picture.page.expect_navigation():
        picture.page.locator("#depth").select_option("2")
    assert "hops=2" in picture.page.url
    beside = snapshot.rows("SELECT iri FROM tasks WHERE section = $section", section=row["section"])
    assert picture.shown() >= one_step | {f"task/{snapshot.key(one['iri'])}" for one in beside}


def test_a_region_is_chosen_by_a_form(visit: Open) -> None:
    picture = visit("/graph")
    with picture.page.expect_navigation():
        picture.page.locator("select[name=region]").select_option("130200")
    assert picture.page.url.endswith("/graph?region=130200")
    regions = picture.page.evaluate("() => [...new Set(atlas.data.nodes.map(node => node.region))]")
    assert regions == ["唐山市"]
    assert picture.page.locator("h1").inner_text() == "唐山市"


def test_filters_pins_and_table_stand_in_the_address(visit: Open, busy: tuple[str, str]) -> None:
    picture = visit(f"/graph?view=ego&center={busy[0]}&hops=2")
    everything = picture.shown()
    kinds = dict(picture.page.evaluate("() => atlas.scene().items.map(item => [item.id, item.kind])"))
    picture.page.locator("#legend [data-hide=indicator]").click()
    assert picture.shown() <= {name for name in everything | set(kinds) if kinds.get(name) != "indicator"} | picture.shown()
    assert "indicator" not in set(picture.page.evaluate("() => atlas.scene().items.map(item => item.kind)"))
    picture.page.locator("#net").focus()
    picture.page.keyboard.press("p")
    picture.page.keyboard.press("t")
    assert picture.page.locator("#pins li").count() == 1
    assert picture.page.locator("#table tbody tr").count() > 10
    other = visit(picture.page.url)
    assert other.page.locator("#table").is_visible()
    assert other.page.locator("#pins li").inner_text().startswith(busy[1][:4])
    assert other.shown() == picture.shown()
    other.open("/graph?region=130200&pin=" + busy[0])  # it stands in no picture of this city
    assert other.page.locator("#pins li a").inner_text().startswith(busy[1][:4])


def test_the_way_is_kept_from_page_to_page(visit: Open, busy: tuple[str, str]) -> None:
    picture = visit(f"/graph?view=ego&center={busy[0]}")
    first = next(name for name in sorted(picture.shown()) if name.startswith("task/"))
    picture.page.mouse.dblclick(*picture.spot(first))
    picture.page.wait_for_url(f"**center={first}")
    assert picture.page.locator("#trail li").inner_text().startswith(busy[1][:4])
    with picture.page.expect_navigation():
        picture.page.locator("#trail a").first.click()
    assert f"center={busy[0]}" in picture.page.url


def test_without_script_the_table_says_it(visit: Open, busy: tuple[str, str]) -> None:
    page = visit(f"/graph?view=ego&center={busy[0]}", java_script_enabled=False).page
    assert page.locator("#table tbody tr").count() > 10
    assert page.locator("#net").is_hidden()
    page.locator("#table tbody a").first.click()
    assert "/graph?" in page.url
    assert "center=task" in page.url


def test_an_unknown_middle_is_a_page_that_says_so(visit: Open) -> None:
    picture = visit("/graph?view=ego&center=task/none/1", expect="404 (Not Found)")
    assert len(picture.complaints) == 1
    assert picture.page.locator("h1").count() == 1


@pytest.mark.skipif(not AXE.exists(), reason="axe was not fetched: python viz/web/bundle.py --tests")
@pytest.mark.parametrize("state", ["", "&hops=2", "&t=1", "&lang=en"])
def test_axe_finds_nothing_around_a_body(visit: Open, busy: tuple[str, str], state: str) -> None:
    picture = visit(f"/graph?view=ego&center={busy[0]}{state}")
    picture.page.keyboard.press("p")
    assert picture.violations() == []
