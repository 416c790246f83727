"""核查 What documents leave open: how many gaps of each kind."""

from kg.explorer.findings import gather_kinds
from viz.pages.screen import Screen

SCREEN = Screen("findings", "/findings", gather_kinds)
