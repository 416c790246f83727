"""链条 Chains of responsibility: from a policy over documents and tasks to bodies and targets, each step with its words.

    records.py   what the screens show
    ways.py      which policy carries out which, through how many others
    choose.py    which tasks a chain is about, and which of them are shown: cut in SQL
    lanes.py     documents with their policies and tasks, as they stand side by side
    edges.py     each step with its words, its rule, its decision
    gather.py    ``gather_chain(snapshot, params)``
    start.py     ``gather_start(snapshot, params)``: where chains begin

A task's chain says what ``zeren trace`` says of it; a test compares.
"""

from kg.explorer.chain.gather import gather_chain, gather_file, gather_sheet, list_chains
from kg.explorer.chain.records import ChainView, Edge
from kg.explorer.chain.start import gather_start

__all__ = ["ChainView", "Edge", "gather_chain", "gather_file", "gather_sheet", "gather_start", "list_chains"]
