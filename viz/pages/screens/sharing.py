"""协同 Who answers together with whom."""

from kg.explorer.sharing import gather_sharing, list_regions
from viz.pages.screen import Screen

SCREEN = Screen("sharing", "/sharing", gather_sharing)
PARTS = Screen("sharing", "/sharing/", gather_sharing, list_regions)  # a folder of files has no queries: a page for each region
