"""What the explorer's screens show: a record per screen, gathered from one generation of the graph.

    snapshot.py   Snapshot: a generation, opened once; Shelf: the current one of a folder
    params.py     Params: what an address asks; Scope: the part of the graph that it is about
    records.py    what several screens show
    listings/     tables of tasks, bodies, indicators and policies; indicators/ all metrics, and one of them
    <screen>.py   ``gather_x(snapshot, params)`` → the record of a screen

Nothing here knows HTML or a language; measures are asked where they are made, in ``kg.analysis``.
"""

from kg.explorer.params import Params, Scope
from kg.explorer.records import Cut, NotHereError
from kg.explorer.snapshot import Shelf, Snapshot

__all__ = ["Cut", "NotHereError", "Params", "Scope", "Shelf", "Snapshot"]
