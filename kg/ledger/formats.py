"""The ledger written out: JSON for programs, CSV and Markdown for reading, a workbook for the office."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Literal, get_args

from kg.errors import OutputError
from kg.formulas import guard
from kg.ledger.rows import ALL_TASKS, CORRECTIONS, Listing, Value, name_document

LedgerFormat = Literal["json", "csv", "xlsx", "md"]
FORMATS: tuple[LedgerFormat, ...] = get_args(LedgerFormat)

_MARKDOWN = re.compile(r"([\\|`*_\[\]<>#~])")


def write_ledger(ledger: Mapping[str, Any], format: LedgerFormat, target: Path | BinaryIO, *, bom: bool = False) -> None:
    """Write the ledger to a file or a binary stream; always UTF-8, whatever the machine's own encoding."""
    data = render_ledger(ledger, format, bom=bom)
    if not isinstance(target, Path):
        target.write(data)
        return
    try:
        target.write_bytes(data)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written ({error.strerror}); close it elsewhere or name another file") from error


def render_ledger(ledger: Mapping[str, Any], format: LedgerFormat, *, bom: bool = False) -> bytes:
    """Return the ledger's bytes in one of the formats; the same ledger gives the same bytes.

    ``bom`` puts the mark before CSV by which Excel knows UTF-8.
    """
    match format:
        case "json":
            return (json.dumps(ledger, ensure_ascii=False, indent=1) + "\n").encode()
        case "csv":
            return (("\ufeff" if bom else "") + _csv(ALL_TASKS, ledger)).encode()
        case "md":
            return _markdown(ledger).encode()
        case "xlsx":
            from kg.ledger.workbook import render_workbook  # openpyxl takes a while to load

            return render_workbook(ledger)


def _csv(listing: Listing, ledger: Mapping[str, Any]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(listing.columns)
    writer.writerows([guard(value) for value in row] for row in listing.rows(ledger))
    return text.getvalue()


def _markdown(ledger: Mapping[str, Any]) -> str:
    """Return a table per document."""
    lines = ["# 责任清单", ""]
    columns = ALL_TASKS.columns[2:]  # file and region stand in the heading
    for document in ledger["documents"]:
        lines += [f"## {_cell(name_document(document))}", ""]
        facts = {"地区": document["region"], "发文机关": document["issuer"], "日期": document["date"], "源文件": document["file"]}
        lines += [f"- {name}：{_cell(value)}" for name, value in facts.items() if value] + [""]
        lines += ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
        for row in ALL_TASKS.rows({"documents": [document]}):
            lines.append("| " + " | ".join(_cell(value) for value in row[2:]) + " |")
        lines.append("")
        for row in CORRECTIONS.rows({"documents": [document]}):
            said = (f"{name} {_cell(value)}" for name, value in zip(CORRECTIONS.columns[1:], row[1:], strict=True) if value)
            lines.append(f"- 人工更正：{'；'.join(said)}")
        lines += [""] if document.get("corrections") else []
    return "\n".join(lines)


def _cell(value: Value) -> str:
    r"""Return text that stays in its table cell and is no markup.

    >>> _cell("3*5 | <b>")
    '3\\*5 \\| \\<b\\>'
    """
    return "" if value is None else _MARKDOWN.sub(r"\\\1", " ".join(str(value).split()))
