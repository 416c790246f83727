"""The ledger as lists for people: one row per task and body, per indicator, per citation; headings in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Ledger = Mapping[str, Any]
Value = str | int | float | None
Row = tuple[Value, ...]

ROLES = {"lead": "牵头", "responsible": "责任", "support": "配合"}
KINDS = {
    "quantitative": "定量",
    "zero": "清零或全覆盖",
    "placeholder": "数值隐去",
    "delegated": "由上级确定",
    "trend": "趋势",
    "milestone": "节点",
}
OPERATORS = {">=": "≥", ">": "＞", "<=": "≤", "<": "＜", "=": "=", "+=": "增加", "-=": "减少", "~": "约"}
RELATIONS = {"basis": "依据", "creates": "制定", "reference": "参照", "self": "自身"}
LEVELS = {"national": "国家级", "province": "省级", "prefecture": "市级", "county": "县级", "unknown": "未知"}
BINDINGS = {"binding": "约束性", "expected": "预期性"}
SUBJECTS = {
    "region": "地区", "unit": "责任单位", "period": "时期", "policy": "引用文件", "metric": "指标", "indicator": "指标值",
    "assignment": "责任分工", "task": "任务", "gap": "缺口",
}  # fmt: skip
STATES = {
    "applied": "已适用", "moved": "已重新定位", "superseded": "已被取代", "stale": "失效", "unused": "未用到",
    "revoked": "已撤回",
}  # fmt: skip
PLACES = {"preamble": "开头", "goals": "总体要求和目标", "measures": "保障措施"}

_ITEM = ("文件", "地区", "章节", "序号", "任务")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list with its headings; ``rows`` makes it of a ledger, in the order of the documents."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[Ledger], Iterator[Row]]


def _responsibilities(ledger: Ledger, ownerless: bool = False) -> Iterator[Row]:
    for document, task in _tasks(ledger):
        figures = "；".join(figure(indicator) for indicator in task["indicators"]) or None
        for assignment in task["assignments"] or ([{}] if ownerless else []):
            yield (
                *_item(document, task),
                assignment.get("unit"),
                assignment.get("label"),
                ROLES.get(assignment.get("role", "")),
                "是" if assignment.get("inherited") else None,
                figures,
                _due(task["deadline"]),
                "、".join(person["name"] for person in task.get("supervisors", ())) or None,
                task["text"],
                _span(task),
                _span(assignment),
                remark(assignment.get("correction")),
            )


def _indicators(ledger: Ledger) -> Iterator[Row]:
    for document, task, indicator in _parts(ledger, "indicators"):
        baseline = indicator["baseline"] or {}
        yield (
            *_item(document, task or {"path": [PLACES["goals"]]}),
            indicator["name"],
            indicator["metric"],
            KINDS[indicator["kind"]],
            OPERATORS.get(indicator["op"] or ""),
            indicator["value"],
            indicator["unit"],
            indicator["year"],
            baseline.get("year"),
            baseline.get("value"),
            BINDINGS.get(indicator["binding"] or ""),
            indicator["quote"],
            _span(indicator),
            remark(indicator.get("correction")),
        )


def _citations(ledger: Ledger) -> Iterator[Row]:
    for document, task, citation in _parts(ledger, "citations"):
        yield (
            *_item(document, task or {"path": [PLACES[citation["where"] or "preamble"]]}),
            citation["title"],
            RELATIONS[citation["relation"]],
            LEVELS[citation["level"]],
            citation["quote"],
            _span(citation),
            remark(citation.get("correction")),
        )


def _corrections(ledger: Ledger) -> Iterator[Row]:
    for document in ledger["documents"]:
        for one in document.get("corrections", ()):
            what = (one["mention"], one["before"], one["verdict"], one["by"], one["when"], one["why"])
            yield (
                name_document(document),
                SUBJECTS[one["subject"]],
                *what,
                STATES[one["state"]],
                one["note"] or None,
                one["quote"],
            )


def remark(correction: Mapping[str, Any] | None) -> str | None:
    """Return in one line who corrected something, when and why, and what it was before.

    >>> remark({"by": "王某", "when": "2025-03-01T08:30:00Z", "why": "已更名", "before": "未识别"})
    '王某 2025-03-01：已更名（更正前：未识别）'
    """
    if correction is None:
        return None
    before = f"（更正前：{correction['before']}）" if correction["before"] else ""
    return f"{correction['by']} {correction['when'][:10]}：{correction['why']}{before}"


def _ownerless(ledger: Ledger) -> Iterator[Row]:
    for document, task in _tasks(ledger):
        if not task["assignments"] and not task["measure"]:
            yield (*_item(document, task), task["text"], _span(task))


_UNITS = ("责任单位(原文)", "机构", "角色", "沿用", "指标", "时限", "责任领导", "原文依据", "起止位置", "单位位置", "人工更正")
_FIGURES = (
    "指标",
    "统一指标名",
    "类型",
    "比较",
    "数值",
    "单位",
    "年份",
    "基期年份",
    "基期数值",
    "属性",
    "原文依据",
    "起止位置",
    "人工更正",
)

RESPONSIBILITIES = Listing("责任清单", (*_ITEM, *_UNITS), _responsibilities)
ALL_TASKS = Listing("责任清单", (*_ITEM, *_UNITS), lambda ledger: _responsibilities(ledger, ownerless=True))
INDICATORS = Listing("指标", (*_ITEM, *_FIGURES), _indicators)
CITATIONS = Listing("引用文件", (*_ITEM, "引用文件", "关系", "层级", "原文依据", "起止位置", "人工更正"), _citations)
OWNERLESS = Listing(
    "无责任单位", (*_ITEM, "原文依据", "起止位置"), _ownerless
)  # safeguards (保障措施) are no tasks in this sense
CORRECTIONS = Listing(
    "人工更正", ("文件", "类别", "原文", "更正前", "更正为", "何人", "何时", "为何", "状态", "说明", "原文依据"), _corrections
)


def name_document(document: Mapping[str, Any]) -> str:
    """Return a document's title; where a person had to say it, with the title that stands in the text.

    >>> name_document({"title": "XX市2022年工作要点", "stated": {"title": "石家庄市2022年工作要点"}})
    '石家庄市2022年工作要点（原文：XX市2022年工作要点）'
    >>> name_document({"title": None, "file": "docs/a.txt"})
    'docs/a.txt'
    """
    read, stated = document.get("title"), (document.get("stated") or {}).get("title")
    if stated and read and stated != read:
        return f"{stated}（原文：{read}）"
    return str(stated or read or document.get("file") or "")


def figure(indicator: Mapping[str, Any]) -> str:
    """Return an indicator in one phrase.

    >>> figure({"name": "秸秆综合利用率", "op": ">=", "value": 97, "unit": "%", "quote": "…"})
    '秸秆综合利用率≥97%'
    >>> figure({"name": "优良天数比率", "op": None, "value": None, "unit": None, "quote": "优良天数比率持续改善"})
    '优良天数比率持续改善'
    """
    if indicator["value"] is None:
        return str(indicator["quote"] or indicator["name"])
    return f"{indicator['name']}{OPERATORS.get(indicator['op'], ' ')}{indicator['value']}{indicator['unit'] or ''}"


def _tasks(ledger: Ledger) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    for document in ledger["documents"]:
        for task in document["tasks"]:
            yield document, task


def _parts(ledger: Ledger, name: str) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any] | None, Mapping[str, Any]]]:
    """Yield document, task and part; the parts outside the tasks come first, with no task."""
    for document in ledger["documents"]:
        yield from ((document, None, part) for part in document[name])
        yield from ((document, task, part) for task in document["tasks"] for part in task[name])


def _item(document: Mapping[str, Any], task: Mapping[str, Any]) -> Row:
    return name_document(document), document["region"], " › ".join(task["path"]), task.get("number"), task.get("title")


def _due(deadline: Mapping[str, Any] | None) -> str | None:
    """Return the day by which something is due; the words where there is none: 每月28日前."""
    return None if deadline is None else deadline.get("due") or deadline.get("quote")


def _span(part: Mapping[str, Any]) -> str | None:
    return None if part.get("start") is None else f"{part['start']}–{part['end']}"
