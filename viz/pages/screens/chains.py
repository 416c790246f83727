"""链条 Where chains begin."""

from kg.explorer.chain import gather_start
from viz.pages.screen import Screen

SCREEN = Screen("chains", "/chain", gather_start, tab="chain")
