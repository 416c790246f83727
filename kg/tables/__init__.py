"""The graph as seven tables: documents, tasks, assignments, indicators, citations, organizations, decisions.

They hold the same values as the quads, with integer keys for joins and IRIs that lead back; ``generations/N/tables/``.
"""

from kg.tables.dictionary import render_dictionary, render_page
from kg.tables.engine import quote
from kg.tables.filled import fill_tables
from kg.tables.opened import open_folder, open_tables
from kg.tables.rows import TableRow, document_rows
from kg.tables.schema import TABLES, Column, Table
from kg.tables.write import TableDraft, table_files

__all__ = [
    "TABLES",
    "Column",
    "Table",
    "TableDraft",
    "TableRow",
    "document_rows",
    "fill_tables",
    "open_folder",
    "open_tables",
    "quote",
    "render_dictionary",
    "render_page",
    "table_files",
]
