"""查找 What bears the words that somebody types."""

from kg.explorer.search import gather_search
from viz.pages.screen import Screen

SCREEN = Screen("search", "/search", gather_search)
