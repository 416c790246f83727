"""图谱 The graph: an overview, and what is around one thing."""

from kg.explorer.graph import gather_graph
from viz.pages.screen import Screen

SCREEN = Screen("graph", "/graph", gather_graph, written=False)
