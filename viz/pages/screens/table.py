"""表格 Tables of tasks, bodies, indicators and policies."""

from kg.explorer.listings import gather_table, list_tables
from viz.pages.screen import Screen

# no server turns the page there: all rows, or a file for each part
SCREEN = Screen("table", "/table/", gather_table, list_tables, asked={"rows": ("all",)})
