"""What the explorer's screens show: a record per screen, gathered from one generation of the graph.

    snapshot.py   Snapshot: a generation, opened once; Shelf: the current one of a folder
    params.py     Params: what an address asks; Scope: the part of the graph that it is about
    records.py    what several screens show; names.py  what things are called, by IRI

A screen is a module or a package of its own; ``gather_x(snapshot, params)`` gives its record:

    overview.py (picture.py: its small picture)   matrix/       department/   sharing/      task/      chain/ (check sheet, too)
    listings/ (tables)   indicators/ (all; one)   findings/     documents.py  reader/ (原文)  compare/   graph/    search.py

What several screens look up:

    measured.py   loads, pairs and counts of gaps, made once for each part   gaps.py  the gaps of a task
    choices.py    what a person may say of a question or a gap
    taking.py     from what was said to a correction on file                 decided.py  what is on file since the build

Nothing here knows HTML or a language; measures are asked where they are made, in ``kg.analysis``.
"""

from kg.explorer.params import Params, Scope
from kg.explorer.records import Cut, NotHereError
from kg.explorer.snapshot import Shelf, Snapshot

__all__ = ["Cut", "NotHereError", "Params", "Scope", "Shelf", "Snapshot"]
