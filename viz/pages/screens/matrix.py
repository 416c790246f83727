"""矩阵 Bodies by documents, sections and tasks."""

from kg.explorer.matrix import gather_matrix
from viz.pages.screen import Screen

SCREEN = Screen("matrix", "/matrix", gather_matrix)
