"""Questions as rows of a table, and the rows as people fill them in with a spreadsheet: every row is right, or none counts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from kg.correction import Action, Correction, Extent, Field
from kg.errors import CorrectionError
from kg.ledger.rows import SUBJECTS
from kg.review.decide import ROLES, Desk, Order
from kg.review.items import Item

ACTIONS: Mapping[str, Action] = {
    "接受": "accept", "确认": "accept", "否定": "reject", "合并": "merge", "拆分": "split", "改值": "correct", "补充": "add",
    "说明理由": "justify",
}  # fmt: skip
EXTENTS: Mapping[str, Extent] = {"一处": "mention", "本文件": "document", "全部": "everywhere"}
SHOWN = ("编号", "次数", "类别", "原文", "判定", "候选", "理由", "上下文", "文件", "位置")
ASKED = (
    "裁定",
    "对象",
    "新名称",
    "职能",
    "地区",
    "范围",
    "限于文件",
    "补充单位",
    "名称",
    "比较",
    "数值",
    "单位",
    "年份",
    "时期",
    "角色",
    "裁定理由",
    "裁定人",
)
_FIELDS: Mapping[str, Field] = {
    "名称": "name", "比较": "op", "数值": "value", "单位": "unit", "年份": "year", "时期": "period", "角色": "role",
}  # fmt: skip
LARGEST = 20_000_000  # bytes
_FAULTS = 20  # that are named in one message


def sheet_rows(items: Sequence[Item], desk: Desk) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of questions under :data:`SHOWN`."""
    for item in items:
        candidates = (f"{key}（{label}）" if label != key else key for key, label in desk.labels(item).items())
        places = " ".join(place.address for place in item.places[:20] if place.start is not None)
        yield (
            item.id, item.count, SUBJECTS[item.subject], item.mention, item.verdict, "；".join(candidates),
            "；".join(item.reasons), item.places[0].context, "；".join(item.documents), places,
        )  # fmt: skip


def read_sheet(content: bytes, desk: Desk, *, by: str, why: str, when: str, where: str = "table") -> list[Correction]:
    """Return the corrections of a table that people have filled in; rows without a verdict are passed over.

    ``by`` and ``why`` stand in for rows that do not say so themselves.

    :raises CorrectionError: any row is wrong; the message names each, and none of the rows is taken.
    """
    corrections, faults = [], []
    for number, row in _rows(content, where):
        if not row.get("裁定"):
            continue
        try:
            corrections.append(desk.decide(_order(row, by, why), when))
        except CorrectionError as error:
            faults.append(f"row {number}: {error}")
    if faults:
        more = f"; and {len(faults) - _FAULTS} more" if len(faults) > _FAULTS else ""
        raise CorrectionError(
            f"{where}: nothing was taken, since {len(faults)} rows are wrong: {'; '.join(faults[:_FAULTS])}{more}"
        )
    return corrections


def _order(row: Mapping[str, str], by: str, why: str) -> Order:
    action = ACTIONS.get(row["裁定"], row["裁定"])
    if action not in ACTIONS.values():
        raise CorrectionError(f"裁定 '{row['裁定']}' is none of {'、'.join(ACTIONS)}")
    extent = EXTENTS.get(row.get("范围", ""), row.get("范围") or None)
    if extent is not None and extent not in EXTENTS.values():
        raise CorrectionError(f"范围 '{row['范围']}' is none of {'、'.join(EXTENTS)}")
    changes: dict[Field, str] = {field: row[name] for name, field in _FIELDS.items() if row.get(name)}
    if "role" in changes:
        changes["role"] = ROLES.get(changes["role"], changes["role"])
    return Order(
        action=cast(Action, action),
        item=row.get("编号", ""),
        by=row.get("裁定人") or by,
        why=row.get("裁定理由") or why,
        target=row.get("对象") or None,
        new=row.get("新名称") or None,
        function=row.get("职能") or None,
        region=row.get("地区") or None,
        extent=cast("Extent | None", extent),
        document=row.get("限于文件") or None,
        words=row.get("补充单位") or None,
        changes=changes,
    )


def _rows(content: bytes, where: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows with their line, whatever a spreadsheet saved them in."""
    if len(content) > LARGEST:
        raise CorrectionError(f"{where}: larger than {LARGEST // 1_000_000} MB; leave out the rows without a verdict")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise CorrectionError(f"{where}: is neither UTF-8 nor GBK; save it as CSV UTF-8")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise CorrectionError(
            f"{where}: is no CSV ({error}); export it with `zeren review --format csv` and save it as CSV"
        ) from error
    heading = [cell.strip() for cell in lines[0]] if lines else []
    if missing := {"编号", "裁定"} - set(heading):
        raise CorrectionError(f"{where}: has no column {'、'.join(sorted(missing))}; export it with `zeren review --format csv`")
    for number, cells in enumerate(lines[1:], 2):
        row = {name: cell.strip().removeprefix("'") for name, cell in zip(heading, cells, strict=False)}
        if any(row.values()):
            yield number, row
