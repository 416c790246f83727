"""比较 Two plans, or cities side by side."""

from kg.explorer.compare import gather_compare, list_parts
from viz.pages.screen import Screen

SCREEN = Screen("compare", "/compare", gather_compare)
PARTS = Screen("compare", "/compare/", gather_compare, list_parts)  # a folder of files has no queries: a page for each
