"""表格 Tables of tasks, bodies, indicators and policies."""

from kg.explorer.listings import gather_table, list_tables
from viz.pages.screen import Screen

SCREEN = Screen("table", "/table/", gather_table, list_tables)
