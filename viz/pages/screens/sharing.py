"""协同 Who answers together with whom."""

from kg.explorer.sharing import gather_sharing
from viz.pages.screen import Screen

SCREEN = Screen("sharing", "/sharing", gather_sharing)
