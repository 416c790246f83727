"""Metrics: all of them by group, one across regions and years; no two units on a scale, nothing without a number at zero."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from kg import pipeline, store
from kg.analysis.lineage.target_comparison import TARGET_VERDICTS, compare_with_above
from kg.explorer import NotHereError, Params, Scope, Snapshot
from kg.explorer.indicators import gather_metric, gather_metrics, list_metrics
from kg.explorer.indicators.records import MetricsView, MetricView, TargetRow
from kg.explorer.indicators.scales import make_scales
from kg.explorer.listings.model import Thing
from kg.explorer.records import Quote

PROVINCE = """河北省生态环境保护“十四五”规划

一、改善大气环境
1.治理大气。到2025年，空气质量优良天数比率达到80%以上。（牵头单位：省生态环境厅）
2.国土绿化。到2025年，完成营造林300万亩。
"""
CITY = """石家庄市生态环境保护“十四五”规划

一、改善大气环境
1.治理大气。到2025年，空气质量优良天数比率达到75%以上。（牵头单位：市生态环境局；配合单位：市财政局）
2.国土绿化。到2025年，完成营造林XX万亩。（责任单位：市林业局）
3.秸秆利用。到2025年，空气质量优良天数比率持续提高。
"""
OTHER = """唐山市生态环境保护“十四五”规划

一、改善大气环境
1.治理大气。到2025年，空气质量优良天数比率达到82%以上。
2.国土绿化。到2025年，完成营造林2000公顷。
"""


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """Open a plan of the province and two of its cities."""
    folder = tmp_path_factory.mktemp("plans")
    for name, text in {"河北": PROVINCE, "石家庄": CITY, "唐山": OTHER}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
    pipeline.build([folder], folder / "out")
    found = Snapshot(store.current(folder / "out"))
    yield found
    found.close()


def metrics(snapshot: Snapshot, **query: str) -> MetricsView:
    return gather_metrics(snapshot, Params("", {name: (value,) for name, value in query.items()}))


def metric(snapshot: Snapshot, key: str, **query: str) -> MetricView:
    return gather_metric(snapshot, Params(key, {name: (value,) for name, value in query.items()}))


def test_a_metric_across_regions_by_hand(toy: Snapshot) -> None:
    view = metric(toy, "good-air-days")
    assert [(row.region, row.written) for row in view.rows] == [
        ("河北省", "80"),
        ("石家庄市", "75"),
        ("石家庄市", None),
        ("唐山市", "82"),
    ]
    assert [row.as_written for row in view.apart] == ["空气质量优良天数比率持续提高"]
    (scale,) = view.scales
    assert (scale.unit, scale.converted, scale.change, scale.low, scale.high) == ("%", False, False, Decimal(75), Decimal(82))
    assert [(track.name, [point.value for point in track.points]) for track in scale.tracks] == [
        ("唐山市", [Decimal(82)]),
        ("河北省", [Decimal(80)]),
        ("石家庄市", [Decimal(75)]),
    ]
    assert view.verdicts == (("weaker", 1), ("stronger", 1), ("not-comparable", 1))
    shijiazhuang = view.rows[1]
    assert (shijiazhuang.above[0].verdict, shijiazhuang.above[0].region) == ("weaker", "河北省")
    assert shijiazhuang.bodies[0].name == "石家庄市生态环境局"
    assert [one.ground for one in view.rows[2].above] == ["no-number"]
    text = toy.read_text(shijiazhuang.above[0].document)
    assert "80%以上" in text[shijiazhuang.above[0].start : shijiazhuang.above[0].end]


def test_units_are_converted_and_what_is_redacted_stands_apart(toy: Snapshot) -> None:
    view = metric(toy, "afforestation")
    (scale,) = view.scales
    assert (scale.unit, scale.converted) == ("公顷", True)
    assert [(track.name, [point.value for point in track.points]) for track in scale.tracks] == [
        ("河北省", [Decimal(200_000)]),
        ("唐山市", [Decimal(2_000)]),
    ]
    assert [(row.region, row.kind) for row in view.apart] == [("石家庄市", "placeholder")]
    assert {one.ground for row in view.rows for one in row.above} <= {"amount", "no-number"}


def test_what_is_asked_for_leaves_its_targets(toy: Snapshot) -> None:
    view = metric(toy, "good-air-days", region="130100")
    assert (view.targets, view.whole, view.regions) == (2, 4, 1)
    assert metric(toy, "good-air-days", q="持续").targets == 1
    assert metric(toy, "good-air-days", year="1999").scales == ()
    found = metrics(toy, region="130200")
    assert {one.name: one.targets for group in found.groups for one in group.metrics} == {
        "空气质量优良天数比率": 1,
        "营造林面积": 1,
    }


# --- against plain Python over the tables


def test_metrics_are_counted_as_python_counts(snapshot: Snapshot) -> None:
    documents = {row["document_id"]: row for row in snapshot.rows("SELECT * FROM documents")}
    plain = [row | {"region": documents[row["document_id"]]["region_code"]} for row in snapshot.rows("SELECT * FROM indicators")]
    for query in ({}, {"region": "130500"}, {"binding": "binding"}, {"kind": "quantitative", "year": "2025"}):
        fitting = [
            row
            for row in plain
            if row["metric"] and all(str(row["year" if key == "year" else key]) == value for key, value in query.items())
        ]
        view = metrics(snapshot, **query)
        entries = {one.key: one for group in view.groups for one in group.metrics}
        assert {key: one.targets for key, one in entries.items()} == Counter(snapshot.key(row["metric"]) for row in fitting)
        assert view.targets == len(fitting)
        for key, one in entries.items():
            own = [row for row in fitting if snapshot.key(row["metric"]) == key]
            assert one.valued == sum(row["value"] is not None for row in own)
            assert one.baselines == sum(row["baseline_value"] is not None for row in own)
            assert one.binding == sum(row["binding"] == "binding" for row in own)
            assert one.regions == len({row["region"] for row in own} - {None})
            assert one.names == len({row["name"] for row in own})
            years = [row["year"] for row in own if row["year"]]
            assert one.years == ((min(years), max(years)) if years else None)


def test_every_metric_has_its_page(snapshot: Snapshot) -> None:
    keys = list(list_metrics(snapshot))
    assert sorted(keys) == sorted(one.key for group in metrics(snapshot).groups for one in group.metrics)
    total = 0
    for key in keys[::7]:
        view = metric(snapshot, key)
        total += view.targets
        assert len(view.rows) == view.targets == view.whole
        assert len(view.apart) == sum(row.value is None for row in view.rows)
        drawn = [point.target for scale in view.scales for track in scale.tracks for point in track.points if not point.baseline]
        assert sorted(drawn) == sorted(row.number for row in view.rows if row.value is not None)
        for row in view.rows:
            assert snapshot.read_text(row.document)[row.quote.start : row.quote.end] == row.quote.text
    assert total > 0


def test_verdicts_are_those_of_the_measure(toy: Snapshot) -> None:
    measured = Counter(
        (pair.child.iri, pair.verdict, pair.ground) for pair in compare_with_above(toy.columns(Scope()), TARGET_VERDICTS)
    )
    iris = {row["indicator_id"]: row["iri"] for row in toy.rows("SELECT indicator_id, iri FROM indicators")}
    shown = Counter(
        (iris[row.number], one.verdict, one.ground)
        for key in list_metrics(toy)
        for row in metric(toy, key).rows
        for one in row.above
    )
    assert shown == measured
    assert len(measured) > 3


def test_no_metric_no_page(snapshot: Snapshot) -> None:
    for key in ("", "-", "none", "'", "good-air-days/x"):
        with pytest.raises(NotHereError):
            metric(snapshot, key)


# --- scales


def row(
    value: str | None, unit: str | None, comparator: str | None = None, baseline: str | None = None, code: str = "130100"
) -> TargetRow:
    return TargetRow(
        1, "造林", "quantitative", comparator, Decimal(value) if value else None, value, unit, 2025,
        Decimal(baseline) if baseline else None, 2020, None, code, code, "d", "文件", None, None, (Thing("局", None, "局"),), "造林",
        Quote("造林", "d", 0, 2), (),
    )  # fmt: skip


SCALES = [
    ([row("2", "万亩"), row("300", "公顷")], [("公顷", True, False)]),
    ([row("2", "万亩"), row("3", "万亩")], [("万亩", False, False)]),
    ([row("2", "万亩"), row("3", "吨")], [("万亩", False, False), ("吨", False, False)]),
    # a fall of 18 % is not beside a share of 18 %
    ([row("18", "%", "decrease"), row("18", "%")], [("%", False, True), ("%", False, False)]),
    ([row("18", "%"), row("20", "％")], [("%", False, False)]),
    ([row("2", "柱"), row("3", None)], [("柱", False, False), (None, False, False)]),
    ([row(None, "%")], []),
]


@pytest.mark.parametrize(("rows", "expected"), SCALES)
def test_what_stands_on_one_scale(rows: list[TargetRow], expected: list[tuple[str | None, bool, bool]]) -> None:
    found = [(scale.unit, scale.converted, scale.change) for scale in make_scales(rows)]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_a_baseline_is_a_level_in_the_same_unit() -> None:
    (scale,) = make_scales([row("3", "万亩", baseline="1.5"), row("300", "公顷", code="130200")])
    points = {track.code: [(point.value, point.baseline) for point in track.points] for track in scale.tracks}
    assert points["130100"] == [(Decimal(1000), True), (Decimal(2000), False)]
    (fall,) = make_scales([row("18", "%", "decrease", baseline="40")])
    assert [point.baseline for point in fall.tracks[0].points] == [False]  # 40 is a level, 18 % is not
