"""链条 One chain: lanes from policies over documents and tasks to bodies and targets, and its steps with their words."""

from kg.explorer.chain import gather_chain, list_chains
from viz.pages.screen import Screen

SCREEN = Screen("chain", "/chain/", gather_chain, list_chains)
