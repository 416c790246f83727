"""The ledger as a workbook, with a sheet per list."""

from __future__ import annotations

from kg.ledger.rows import CITATIONS, CORRECTIONS, INDICATORS, OWNERLESS, RESPONSIBILITIES, Ledger
from kg.workbook import Sheet, render_sheets

_WIDTHS = {
    "文件": 15, "地区": 9, "章节": 15, "序号": 6, "任务": 17, "责任单位(原文)": 14, "机构": 18, "角色": 7, "沿用": 7, "时限": 10,
    "指标": 26, "统一指标名": 22, "类型": 11, "引用文件": 36, "原文依据": 80, "起止位置": 12, "单位位置": 12, "人工更正": 26,
}  # fmt: skip


def render_workbook(ledger: Ledger) -> bytes:
    """Return the bytes of the workbook; people's corrections have a sheet where there are any."""
    corrected = any(document.get("corrections") for document in ledger["documents"])
    listings = (RESPONSIBILITIES, INDICATORS, CITATIONS, OWNERLESS, *([CORRECTIONS] if corrected else []))
    return render_sheets((Sheet(one.name, one.columns, one.rows(ledger), _WIDTHS) for one in listings), "责任清单")
