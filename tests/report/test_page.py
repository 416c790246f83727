"""The report's page: its parts, its links, its words, and that text stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from kg import store
from kg.report import Report, Scope, gather_report
from viz.report import LANGUAGES, Language, render_report
from viz.report.page import PARTS
from viz.report.words import Words, read_words

HOSTILE = "</style><script>window.x=1</script><img src=x onerror=alert(1)>\"'&amp;{{ 7*7 }}=1+1"


@pytest.fixture(scope="module")
def report(built: Path) -> Report:
    return gather_report(store.current(built))


@pytest.fixture(scope="module", params=LANGUAGES)
def page(report: Report, request: pytest.FixtureRequest) -> Any:
    return html.fromstring(render_report(report, request.param, workbook="report.xlsx"))


def test_parts_stand_in_the_order_in_which_an_office_reads(page: Any) -> None:
    assert [heading.get("id") for heading in page.xpath("//h2")] == [f"p-{part}" for part in PARTS]
    assert [link.get("href") for link in page.xpath("//nav//a")] == [f"#p-{part}" for part in PARTS]


def test_every_table_and_figure_is_numbered_in_turn(page: Any) -> None:
    captions = [" ".join(found.text_content().split()) for found in page.xpath("//figcaption | //caption")]
    for name in ("图|Figure", "表|Table"):
        numbers = [int(found[1]) for caption in captions if (found := re.match(rf"(?:{name}) (\d+)", caption))]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) > 5


def test_every_link_leads_somewhere_inside(page: Any) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = set(page.xpath("//@href"))
    assert len(targets) > 400
    assert {target for target in targets if not target.startswith("#") or target[1:] not in ids} == set()


@pytest.mark.parametrize("rows", [1, 2, 20])
def test_links_lead_somewhere_when_not_all_documents_are_listed(report: Report, rows: int) -> None:
    links = html.fromstring(render_report(report, "zh", rows=rows)).xpath("//@href | //@id")
    ids = {"#" + link for link in links if not link.startswith("#")}
    assert {link for link in links if link.startswith("#")} <= ids


def test_nothing_is_loaded_and_nothing_runs(page: Any, report: Report) -> None:
    text = html.tostring(page, encoding="unicode")
    assert not re.search(r"https?://|\burl\(|@import|\bsrc=|<script|<link|\son\w+=", text)
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert page.xpath("//*[@style]") == []  # the policy would leave it out


def test_what_a_drawing_shows_is_said_and_stands_in_a_table_too(page: Any) -> None:
    drawings = page.xpath("//figure/*[name()='svg']")
    assert len(drawings) >= 7
    for drawing in drawings:
        assert drawing.xpath("./*[name()='title']")[0].text
        assert drawing.xpath("./*[name()='desc']")[0].text
        section = next(node for node in drawing.iterancestors() if node.tag == "section")
        assert section.xpath(".//table")


def test_a_number_leads_to_as_many_tasks_and_these_to_their_words(page: Any, report: Report) -> None:
    load = report.loads[0]
    assert (load.label, len(load.tasks)) == ("石家庄市发展和改革委员会", 27)
    (row,) = page.xpath(f"//section[.//*[@id='p-load']]//tr[th='{load.label}']")
    shown = row.xpath("./td[1]/a")[0]
    (entry,) = page.xpath(f"//li[@id='{shown.get('href')[1:]}']")
    cited = entry.xpath("./a")
    assert shown.text == "27"
    assert len(cited) == 27
    (words,) = page.xpath(f"//tr[@id='{cited[0].get('href')[1:]}']")
    assert report.tasks[load.tasks[0]].quote == words.xpath("./td[@class='quote']")[0].text


def test_quotes_stand_where_the_report_says(built: Path, report: Report) -> None:
    generation = store.current(built)
    texts = [path.read_text("utf-8") for path in (generation.folder / "texts").iterdir()]
    for task in report.tasks.values():
        assert any(text[task.start : task.end] == task.quote for text in texts)


def test_the_summary_says_what_matters(report: Report) -> None:
    said = html.fromstring(render_report(report, "zh")).xpath("//section[.//*[@id='p-summary']]")[0].text_content()
    assert "5 份文件" in said
    assert "唐山市（2022 年）：唐山市生态环境局承担 22 项任务，其中牵头 22 项，在本地区各机构中最多" in said
    assert "138 项没有责任单位（占 54.3%）" in said
    assert "石家庄市发展和改革委员会与石家庄市生态环境局，共 20 项任务" in said


def test_documents_without_years_are_said_to_be_so(report: Report) -> None:
    undated = replace(report, documents=tuple(replace(one, period=None) for one in report.documents))
    assert "（4 个地区，时期不明）" in html.fromstring(render_report(undated, "zh")).xpath("//p[@class='lead']")[0].text_content()


def test_too_few_to_judge_is_said_as_it_is(report: Report) -> None:
    few = tuple(replace(load, verdict="too few to judge", score=None) for load in report.loads_by_period)
    places = tuple(replace(one, region=replace(one.region, judged=False)) for one in report.concentration)
    said = render_report(replace(report, loads_by_period=few, concentration=places), "zh")
    assert "样本太少，不评判" in said
    assert "超负荷</td>" not in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_part_without_data_says_so(report: Report, lang: Language) -> None:
    nothing: dict[str, Any] = dict.fromkeys(
        (
            "loads",
            "loads_by_period",
            "concentration",
            "heat_maps",
            "pairs",
            "networks",
            "brokers",
            "leans",
            "diffuse",
            "indicators",
            "parents",
            "gaps",
            "continuity",
            "weaker",
            "target_counts",
        ),
        (),
    )
    page = html.fromstring(render_report(replace(report, **nothing), lang))
    words = Words(lang)
    said = {found.text for found in page.xpath("//p[@class='empty']")}
    parts = (
        "load",
        "overload",
        "concentration",
        "sections",
        "sharing",
        "groups",
        "indicators",
        "lineage",
        "gaps",
        "corrections",
        "continuity",
    )
    assert {words[f"{part}_none"] for part in parts} <= said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_stays_text(report: Report, lang: Language) -> None:
    documents = tuple(replace(one, title=HOSTILE, file=HOSTILE, region=HOSTILE, written=HOSTILE) for one in report.documents)
    hostile = replace(
        report,
        scope=Scope(HOSTILE, None, (HOSTILE,)),
        documents=documents,
        loads=tuple(replace(one, label=HOSTILE, short=HOSTILE, region=HOSTILE) for one in report.loads),
        loads_by_period=tuple(replace(one, label=HOSTILE, region=HOSTILE) for one in report.loads_by_period),
        heat_maps=tuple(
            replace(one, sections=(HOSTILE,) * len(one.sections), bodies=(HOSTILE,) * len(one.bodies)) for one in report.heat_maps
        ),
        pairs=tuple(replace(one, label_a=HOSTILE, label_b=HOSTILE) for one in report.pairs),
        matrix=replace(report.matrix, labels=(HOSTILE,) * len(report.matrix.labels)),
        networks=tuple(
            replace(one, communities=tuple(replace(group, label=HOSTILE, region_label=HOSTILE) for group in one.communities))
            for one in report.networks
        ),
        brokers=tuple(replace(one, label=HOSTILE, community=HOSTILE) for one in report.brokers),
        leans=tuple(replace(one, lead=HOSTILE, support=HOSTILE) for one in report.leans),
        diffuse=tuple(replace(one, bodies=(HOSTILE,)) for one in report.diffuse),
        indicators=tuple(replace(one, name=HOSTILE, metric=HOSTILE, unit=HOSTILE, quote=HOSTILE) for one in report.indicators),
        parents=tuple(replace(one, reach=replace(one.reach, title=HOSTILE)) for one in report.parents),
        missing=tuple(replace(one, title=HOSTILE, quote=HOSTILE) for one in report.missing),
        gaps=tuple(replace(one, words=HOSTILE, words_en=HOSTILE, name=HOSTILE, quote=HOSTILE) for one in report.gaps),
        tasks={number: replace(task, title=HOSTILE, quote=HOSTILE, file=HOSTILE) for number, task in report.tasks.items()},
    )
    text = render_report(hostile, lang, workbook=HOSTILE)
    page = html.fromstring(text)
    assert page.xpath("//script | //img") == []
    assert [name for node in page.iter() for name in node.attrib if name.startswith("on")] == []
    assert text.count("</style>") == 1
    assert "{{ 7*7 }}" in page.xpath("//dd")[0].text_content()


def test_the_same_graph_gives_the_same_page(built: Path, report: Report) -> None:
    assert render_report(report, "zh") == render_report(gather_report(store.current(built)), "zh")


def test_fewer_rows_say_where_the_rest_is(report: Report) -> None:
    page = html.fromstring(render_report(report, "zh", rows=3))
    assert len(page.xpath("//section[.//*[@id='p-load']]//tbody/tr")) == 3
    assert "前 3 行，共" in page.xpath("//section[.//*[@id='p-load']]//p[@class='more']")[0].text


def test_every_word_has_both_languages_with_the_same_blanks() -> None:
    for key, pair in read_words().items():
        assert set(pair) == {"zh", "en"}, key
        blanks = [set(re.findall(r"\{(\w+)", pair[lang])) for lang in LANGUAGES]
        assert blanks[0] == blanks[1], key


def test_no_word_is_missing_and_none_is_left_over() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in Path(str(files("viz.report"))).glob("*.[ph][yt]*"))
    known = set(read_words())
    used = set(re.findall(r"""(?:w|words)\[["'](\w+)["']\]|say\(["'](\w+)["']|missing\("(\w+)"\)""", sources))
    named = {name for names in used for name in names if name}
    assert named - known == set()
    spelled = set(re.findall(r"""["'](\w+)["']""", sources))
    made = re.compile(
        r"part_|v_|severity_|binding|expected|often_|same_|k_|b_|step_|strength_|c_(led|responsible|supported|inherited)"
    )
    assert {key for key in known - spelled if not made.match(key)} == set()
