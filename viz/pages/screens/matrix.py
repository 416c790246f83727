"""矩阵 Bodies by documents, sections and tasks."""

from kg.explorer.matrix import gather_matrix, list_regions
from viz.pages.screen import Screen

SCREEN = Screen("matrix", "/matrix", gather_matrix)
PARTS = Screen("matrix", "/matrix/", gather_matrix, list_regions)  # a folder of files has no queries: a page for each region
