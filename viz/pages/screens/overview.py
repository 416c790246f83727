"""总览 The first page."""

from kg.explorer.overview import gather_overview
from viz.pages.screen import Screen

SCREEN = Screen("overview", "/", gather_overview)
