"""One small made-up plan that README, doctests, fixtures and screenshots share; nothing in it was ever issued."""

from __future__ import annotations

import hashlib

from kg.model import Document

TEXT = """\
廊坊市2024年河湖与空气质量工作要点（示例）
为贯彻落实《河北省“十四五”生态环境保护规划》，结合我市实际，制定本工作要点。
一、总体要求
坚持目标导向，统筹推进。
二、重点任务
（一）改善水环境质量
1.整治入河排污口。年内完成120个入河排污口整治，国考断面优良水体比例达到70%以上。（牵头单位：市生态环境局；配合单位：市水利局，各县（市、区）政府，下同）
2.推进农村生活污水治理。农村生活污水治理率达到45%，2024年9月底前编制《廊坊市农村生活污水治理专项规划》。（责任单位：市生态环境局、市农业农村局、市发改委）
（二）改善空气质量
3.控制扬尘污染。施工工地扬尘治理措施全覆盖。（责任单位：市住房城乡建设局、市城管局）
4.开展绿色出行宣传。引导市民少开车。
三、保障措施
（一）加强组织领导。各部门要高度重视。
廊坊市生态环境委员会办公室
2024年2月6日
"""


def document(text: str = TEXT, path: str = "toy.txt") -> Document:
    """Return the toy plan, or another text, as a document.

    >>> document().text[:12]
    '廊坊市2024年河湖与空'
    """
    return Document(path, hashlib.sha256(text.encode()).hexdigest(), "utf-8", text)
