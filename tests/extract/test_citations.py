"""Other documents that a text names."""

from __future__ import annotations

from typing import get_args

import pytest

from kg.cues import Cue, load_cues
from kg.extract.citations import find_citations
from kg.extract.citations.numbers import CUES
from kg.extract.citations.own import Own
from kg.model import Level, Relation
from kg.text import map_text

ROWS = [pytest.param(cue, id=f"{table}-{cue.id}") for table, cues in load_cues(CUES).items() for cue in cues]
SAYS = {
    "relation": get_args(Relation),
    "relation_behind": (*get_args(Relation), "ground"),
    "weak_relation": get_args(Relation),
    "unmarked": get_args(Relation),
    "proper_title": get_args(Relation),
    "number_level": get_args(Level),
}


@pytest.mark.parametrize("cue", ROWS)
def test_a_cue_finds_its_matches_and_passes_its_rejects_over(cue: Cue) -> None:
    assert cue.matches
    assert [words for words in cue.matches if not cue.pattern.search(words)] == []
    assert [words for words in cue.rejects if cue.pattern.search(words)] == []


def test_a_cue_says_what_the_records_can_hold() -> None:
    assert [cue.id for table, words in SAYS.items() for cue in load_cues(CUES)[table] if cue.says not in words] == []


CITATIONS: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("按照省委、省政府《关于遏制“两高”项目的若干措施》，严格准入。", [("关于遏制“两高”项目的若干措施", "basis", "province")]),
    ("按照《国务院关于资源有偿使用的指导意见》等要求，推进改革。", [("国务院关于资源有偿使用的指导意见", "basis", "national")]),
    ("认真贯彻落实《清洁生产促进法》。", [("清洁生产促进法", "basis", "national")]),
    ("编制《唐山市海岸线保护与利用规划》。", [("唐山市海岸线保护与利用规划", "creates", "prefecture")]),
    ("保护列入《国家重点保护野生动物名录》的物种。", [("国家重点保护野生动物名录", "reference", "national")]),
    # both share the word before the first
    ("依据《甲市规划》和《乙省条例》。", [("甲市规划", "basis", "prefecture"), ("乙省条例", "basis", "province")]),
    # the document itself, also in an earlier edition
    ("《某市生态环境保护“十三五”规划》顺利完成。", [("某市生态环境保护“十三五”规划", "self", "prefecture")]),
    # a paper is no policy
    ("在《人民日报》上宣传。", []),
    # without marks: a proper title behind a verb
    ("研究制定社会组织参与环境治理工作方案。", [("社会组织参与环境治理工作方案", "creates", "prefecture")]),
    (
        "组织编制重点行业碳达峰实施方案和碳达峰碳中和保障方案。",
        [("重点行业碳达峰实施方案", "creates", "prefecture"), ("碳达峰碳中和保障方案", "creates", "prefecture")],
    ),
    ("严格执行国家重点生态功能区产业准入负面清单。", [("国家重点生态功能区产业准入负面清单", "basis", "national")]),
    ("以河北省主体功能区划为基础。", [("河北省主体功能区划", "basis", "province")]),
    ("全面贯彻环境保护法以及有关规定。", [("环境保护法", "basis", "national")]),
    # short for another document, or for this one
    (
        "落实《某省水利发展规划纲要》（以下简称《纲要》），按照《纲要》要求推进。",
        [("某省水利发展规划纲要", "basis", "province")],
    ),
    ("《某市生态环境保护“十四五”规划》（以下简称《规划》）印发。", [("某市生态环境保护“十四五”规划", "self", "prefecture")]),
    # its number is not part of its title, an edition in years is
    ("落实《关于支农的意见》（某发〔2019〕13号）。", [("关于支农的意见", "basis", "unknown")]),
    # a list that is merely met
    ("新建项目应当符合《某省产业目录》要求。", [("某省产业目录", "reference", "province")]),
    # forms and contracts are no policies
    ("填写《项目申请表》，签订《劳动合同》和《责任书》。", []),
    # lists, standards and guides that are to be made have no titles yet
    ("制定高端装备技术路线图，编制温室气体清单。", []),
    ("制定数据对接标准和服务指南。", []),
    ("推进县级总规和村庄规划编制。", []),
    # parts of sentences
    ("按照上述原则修订和制定相关实施办法。", []),
    ("制定专项资金管理办法、具体操作办法。", []),
    ("落实“一户一宅”规定。", []),
    ("执行国家报废更新补贴标准。", []),
    # words that only sound like one
    ("制定实施方案，落实各项政策措施。", []),
    ("按照年度工作计划推进。", []),
    ("推动企业制定碳达峰行动方案。", []),
]


@pytest.mark.parametrize(("text", "expected"), CITATIONS)
def test_titles_relations_and_levels(text: str, expected: list[tuple[str, str, str]]) -> None:
    copy = map_text(text)
    found = find_citations(copy, 0, len(copy.text), None, Own("某市生态环境保护“十四五”规划"))
    assert [(citation.title, citation.relation, citation.level) for citation in found] == expected
