"""A graph too large for one page: what is kept of it is counted right, and a part can be asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from kg.errors import QueryError
from tests.viz.ledgers import SHIJIAZHUANG, document, many_departments, task, three_cities, unit
from tests.viz.test_views import data_of
from viz.collect import build_view
from viz.graph import render_graph
from viz.overview import place_regions
from viz.parts import keep_document, keep_region
from viz.survey import build_survey, count_pairs, count_things
from viz.tiles import place_tiles
from viz.views import ROLES, Survey


@pytest.fixture
def survey() -> Survey:
    return build_survey(three_cities()["documents"])


def test_things_are_counted_without_building_them(ledger: Mapping[str, Any]) -> None:
    nodes = build_view(ledger).nodes
    assert count_things(ledger["documents"]) == sum(node.kind != "section" for node in nodes)


def test_pairs_are_the_loads_of_the_whole(survey: Survey) -> None:
    view = build_view(three_cities())
    assert survey.loads() == view.loads()
    assert survey.pairs == tuple(count_pairs(view))
    named = [edge for edge in view.edges if edge.relation in ROLES]
    assert sum(pair.inherited for pair in survey.pairs) == sum(edge.inherited for edge in named)
    assert sum(pair.lead for pair in survey.pairs) == sum(edge.relation == "lead" and not edge.inherited for edge in named)


def test_totals_and_gaps_are_those_of_the_whole(survey: Survey) -> None:
    view = build_view(three_cities())
    totals = dict(survey.totals)
    assert totals["task"] + totals["measure"] == len(view.of_kind("task"))
    assert [totals[kind] for kind in ("section", "indicator", "policy")] == [
        len(view.of_kind(kind)) for kind in ("section", "indicator", "policy")
    ]
    assert totals["parent"] == len({edge.target for edge in view.edges if edge.relation == "basis"})
    assert survey.gaps == tuple((gap.name, len(gap.members) + len(gap.notes)) for gap in view.gaps)


def test_regions_stand_in_their_province(survey: Survey) -> None:
    assert survey.groups == (("河北省", ("region/130100", "region/130200", "region/130500")),)
    assert {node.label: node.counts for node in survey.of_kind("region")} == {
        "石家庄市": (2, 4, 5),
        "唐山市": (1, 2, 2),
        "邢台市": (1, 6, 0),
    }


def test_tiles_do_not_lie_over_each_other(survey: Survey) -> None:
    tiles = place_tiles(survey)
    assert [place.node for place in tiles.places] == [node.id for node in survey.of_kind("region")]
    assert len({(place.x, place.y) for place in tiles.places}) == 3
    [ground] = tiles.panels
    assert all(0 < place.x < ground.width and 0 < place.y < ground.height for place in tiles.places)


def test_a_region_shows_its_most_loaded_departments() -> None:
    alone = place_regions(build_survey(many_departments(400)["documents"]))
    assert list(alone) == ["石家庄市"]
    [panel] = alone["石家庄市"].panels
    assert (panel.shown, panel.total) == (99, 400)


def test_a_large_page_holds_no_task_and_says_how_many_things_there_are() -> None:
    ledger = three_cities()
    things = count_things(ledger["documents"])
    full, cut = render_graph(ledger, things), render_graph(ledger, things - 1)
    assert "pairs" not in data_of(full)
    assert data_of(cut)["things"] == things
    assert "打好蓝天保卫战" not in cut
    assert "石家庄市生态环境局" in cut


def test_a_page_of_many_documents_stays_small() -> None:
    offices = [unit(f"130100/office-{n}", f"石家庄市第{n}办公室", f"市第{n}办公室") for n in range(40)]
    documents = [
        document(
            f"130100/d{n}",
            f"石家庄市第{n}号工作方案",
            SHIJIAZHUANG,
            [task(f"130100/d{n}", k, "长" * 200, offices) for k in range(1, 20)],
        )
        for n in range(200)
    ]
    page = render_graph({"documents": documents})
    assert len(page.encode()) < 1_000_000
    assert len(json.dumps(documents, ensure_ascii=False).encode()) > 20_000_000


def test_the_same_page_every_time() -> None:
    assert render_graph(three_cities(), 1) == render_graph(three_cities(), 1)


@pytest.mark.parametrize("name", ["石家庄市", "130100"])
def test_a_region_alone(name: str) -> None:
    assert [entry["region"] for entry in keep_region(three_cities(), name)["documents"]] == ["石家庄市"] * 2


@pytest.mark.parametrize(
    "name", ["唐山市2022年度工作方案", "130200/t", "130200-t.txt", "https://w3id.org/zeren/id/policy/130200/t"]
)
def test_a_document_alone(name: str) -> None:
    assert [entry["title"] for entry in keep_document(three_cities(), name)["documents"]] == ["唐山市2022年度工作方案"]


def test_an_unknown_part_is_said_with_what_is_near() -> None:
    with pytest.raises(QueryError, match="no region '唐山'; there are 唐山市"):
        keep_region(three_cities(), "唐山")
    with pytest.raises(QueryError, match="唐山市2022年度工作方案"):
        keep_document(three_cities(), "唐山市工作方案")
    twice = three_cities()
    twice["documents"][1]["title"] = twice["documents"][0]["title"]
    with pytest.raises(QueryError, match=r"2 documents are called .*130100/x"):
        keep_document(twice, twice["documents"][0]["title"])
