"""The data dictionary: what each column of the tables means, for ``kg/tables/README.md`` and for who gets the tables alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.tables.schema import TABLES, Table

_HEAD = """\
# 数据字典 Data dictionary

责任图谱的七张表，与图谱同源、同值。Seven tables with the same values as the graph.

- 连接用 `*_id`（整数，从 1 起，只在本次构建内有效）；回溯用 IRI。Join by `*_id` (integers, valid within one build); IRIs lead
  back to the graph and hold for ever.
- `quote` 为原文引文，`quote_start`–`quote_end` 是它在定稿文本中的位置（字符，末位不含）。A quote is word for word; its
  offsets are code points in the pinned text, end exclusive.
- 空值表示原文没有说：隐去的数值（XX）为空而不为零，原样见 `as_written`。Empty means that the text does not say: a redacted number
  is empty, never zero; the words stand beside it.
"""
_MADE = """
<!-- Made from kg/tables/schema.py; a test compares. Write it anew with:
python -c "from pathlib import Path; from kg import tables; Path('kg/tables/README.md').write_text(tables.render_page(), 'utf-8')"
-->
"""


def render_dictionary(tables: Iterable[Table] = TABLES) -> str:
    """Return the dictionary as Markdown."""
    return "\n".join([_HEAD, *(line for table in tables for line in _render(table))])


def render_page() -> str:
    """Return the page beside the code, which also says how it is made."""
    return render_dictionary() + _MADE


def _render(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    yield f"{table.zh}。{table.en[0].upper()}{table.en[1:]}; sorted by {', '.join(f'`{name}`' for name in table.order)}.\n"
    yield "| column | type | empty | 含义 | meaning |"
    yield "|---|---|---|---|---|"
    for column in table.columns:
        kind = "LIST of STRUCT" if column.type.startswith("STRUCT") else column.type
        yield f"| `{column.name}` | {kind} | {'yes' if column.empty else ''} | {column.zh} | {column.en} |"
    yield ""
