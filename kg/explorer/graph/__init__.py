"""The graph, as much of it as is seen: what is around one thing, or who has how many tasks in which document.

reach.py    which tasks and documents are around a thing; a walk ends at bodies, policies and documents
entries.py  these, in the shape of the ledger
loads.py    documents × bodies, and regions, as numbers of tasks
gather.py   ``gather_graph``: the record of the screen
"""

from kg.explorer.graph.entries import Entry
from kg.explorer.graph.gather import GraphView, Neighbourhood, ego_of, gather_graph
from kg.explorer.graph.loads import Loads

__all__ = ["Entry", "GraphView", "Loads", "Neighbourhood", "ego_of", "gather_graph"]
