"""责任链条核查单 A chain on paper, to be checked and signed."""

from kg.explorer.chain import gather_sheet, list_chains
from viz.pages.screen import Screen

SCREEN = Screen("sheet", "/sheet/", gather_sheet, list_chains, tab="chain", written=False)
