"""The working copy: one paragraph a line, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import map_text, simplify

COPIES = [
    # blanks inside words, full-width digits, markup
    ("到 ２０２５ 年，PM<sub>2.5</sub> 浓度下降。", "到2025年，PM2.5浓度下降。"),
    # a page break in the middle of a sentence, with a page number between
    (
        "加快完善城市排水管网，推进雨污分流改造，科学应对重污\n\n－ 3 －\n\n天气，将全市企业纳入清单。",
        "加快完善城市排水管网，推进雨污分流改造，科学应对重污天气，将全市企业纳入清单。",
    ),
    # a page number within a name
    ("（责任单位：市发展－ 3 －改革委）", "（责任单位：市发展改革委）"),
    ("（责任单位：－ 3 －市发展改革委、市教育第 3 页 共 10 页局）", "（责任单位：市发展改革委、市教育局）"),
    ("（责任单位：市教育局、\n3\n市财政局）", "（责任单位：市教育局、市财政局）"),
    # parts of characters where a PDF should have characters
    ("责任部⻔：市⺠政局、市⻓热线办", "责任部门：市民政局、市长热线办"),
    ("（县教育局 县财政局）推进 改造", "（县教育局 县财政局）推进改造"),
    # a number that a page tore off its words
    ("3.\n推进改革。\n4.\n加强监管。", "3.推进改革。\n4.加强监管。"),
    ("（一）\n推进改革。\n5\n．加强监管。", "（一）推进改革。\n5．加强监管。"),
    # in a table a number alone is a cell
    ("序号\n任务\n单位\n1.\n治水\n市水利局", "序号\n任务\n单位\n1.\n治水\n市水利局"),
    # a line that opens with a separator goes on; so does a list that ends in the middle of a name
    (
        "责任单位：市教育局\n、市财政局、市人力资源\n和社会保障局\n2.下一项。",
        "责任单位：市教育局、市财政局、市人力资源和社会保障局\n2.下一项。",
    ),
    (
        "责任单位：市教育局\n配合单位：\n市财政局、\n各区政府\n完成时限：6月",
        "责任单位：市教育局\n配合单位：市财政局、各区政府\n完成时限：6月",
    ),
    # a heading is no broken sentence
    ("（一）总体要求\n坚持绿色发展。", "（一）总体要求\n坚持绿色发展。"),
    # nor does a marker continue anything
    ("二、重点任务\n1.开展整治", "二、重点任务\n1.开展整治"),
    # a bracket that a page break tore apart
    ("推进改造。（牵头部\n\n门：市交通委）", "推进改造。（牵头部门：市交通委）"),
    # several paragraphs with a bracket of their own stay apart
    (
        "2、强化责任制。(牵头单位:市审计局)\n实行终身追究制。(牵头单位:市纪委)",
        "2、强化责任制。(牵头单位:市审计局)\n实行终身追究制。(牵头单位:市纪委)",
    ),
    # Markdown headings and emphasis
    ("#### **四、降碳减排**\n正文。", "四、降碳减排\n正文。"),
    # a blank between Latin words was meant
    ("采用 Open Data 标准。", "采用Open Data标准。"),
    # a document's number, a date, a note to the page stand alone
    (
        "某市人民政府办公室关于印发某市二〇二三年重点工作任务分工的通知\n某政办发〔2023〕5号",
        "某市人民政府办公室关于印发某市二〇二三年重点工作任务分工的通知\n某政办发〔2023〕5号",
    ),
    # a title that is whole, with a page's field or whom it is for below
    (
        "某某市人民政府办公室关于做好二〇二三年全市重点工作责任分解的通知\n发布时间：2023-02-08 来源：市政府办",
        "某某市人民政府办公室关于做好二〇二三年全市重点工作责任分解的通知\n发布时间：2023-02-08来源：市政府办",
    ),
    (
        "关于印发某某市2021年农村人居环境整治提升实施方案的通知 | 某某市农业农村局\n各县市区农业农村局：",
        "关于印发某某市2021年农村人居环境整治提升实施方案的通知|某某市农业农村局\n各县市区农业农村局：",
    ),
    # but a sentence goes on
    (
        "按照省政府办公厅关于做好全省高标准农田建设管护工作的实施方案\n要求，抓好管护。",
        "按照省政府办公厅关于做好全省高标准农田建设管护工作的实施方案要求，抓好管护。",
    ),
    # blanks between names that stand in a list, and within a word
    ("责任单位：市水利局 市林业局", "责任单位：市水利局 市林业局"),
    ("| 牵 头 部 门 | 市水利局 市林业局 |", "|牵头部门|市水利局 市林业局|"),
    ("推进市 水利局 牵头", "推进市水利局牵头"),
    # a table in HTML: a row a line, a sign before each cell
    ("<table><tr><td>任务</td><td>单位</td></tr><tr><td>治水</td><td>市水利局</td></tr></table>", "|任务|单位|\n|治水|市水利局|"),
    # Windows line ends
    ("一、总体要求\r\n坚持。\r\n", "一、总体要求\n坚持。"),
]


@pytest.mark.parametrize(("pinned", "expected"), COPIES)
def test_joins_cleans_and_keeps_apart(pinned: str, expected: str) -> None:
    assert map_text(pinned).text.strip("\n") == expected


def test_lines_of_a_fixed_width_are_joined() -> None:
    words = "围绕构建现代化产业体系加快推动传统产业转型升级培育壮大新兴产业不断提升核心竞争力" * 6
    lines = [words[i : i + 20] for i in range(0, len(words) - 20, 20)]
    assert map_text("一、产业\n" + "\n".join(lines) + "。\n二、生态\n").text.count("\n") == 3


def test_short_lines_are_no_broken_sentences() -> None:
    text = "某区重点工作任务分解方案\n" + "".join(f"{i}.改善第{i}条河流的水质。\n牵头单位：区水利局\n" for i in range(1, 12))
    assert map_text(text).text == text


def test_traditional_text_is_read_simplified_and_pinned_as_it_is() -> None:
    copy = map_text("確保環境信息公開率達到100%。(牽頭單位:市生態環境局)")
    assert copy.text.startswith("确保环境信息公开率达到100%。(牵头单位:市生态环境局)")
    assert copy.span(0, 2).of(copy.pinned) == "確保"


def test_simplified_text_is_left_alone() -> None:
    text = "加强乾县水土保持，" * 20  # 乾 would become 干
    assert simplify(text) == text


policy_text = st.text(st.sampled_from("一二（）()、。，：；1２ \n\t#*<sub>责任單位市環境局“”Ⅲ㎡—－|"), max_size=120)


@given(policy_text)
def test_each_character_leads_back_to_where_it_stands(text: str) -> None:
    copy = map_text(text)
    assert len(copy.text) == len(copy.offsets)
    assert list(copy.offsets) == sorted(copy.offsets)
    for i, char in enumerate(copy.text):
        if char not in "\n " and char.isascii() and not char.isalnum():
            assert text[copy.offsets[i]] == char


@given(st.text(st.sampled_from("一二（）()、，。：；1２ 　责任單位市環境局“”Ⅲ㎡—－\u200b⼀"), max_size=80))
def test_normalising_a_line_twice_is_normalising_it_once(line: str) -> None:
    once = map_text(line).text
    assert map_text(once).text == once


def test_half_width_signs_are_half_as_wide_where_lines_were_broken() -> None:
    # as many characters in a line as fit: 24 of Chinese, more where it holds figures
    figures = "到2025年底前,PM2.5年平均浓度达到35微克以下,优良天数达到"
    prose = "加强水环境质量监测推进污染防治完善责任落实制度确保各"
    assert len(prose) == 26 < len(figures) - 5
    copy = map_text("\n".join([prose, figures] * 8 + ["255天。"]))
    assert copy.text.count("\n") == 1
