"""矩阵: bodies by documents, their sections, their tasks.

records.py    what the screen shows
asked.py      what its address asks: the part of the graph, which headings are open, roles, order
columns.py    the columns that are open, and the headings above them
cells.py      what stands where a body and a column meet; the row of tasks that name nobody
detail.py     one cell's tasks with their sentences
gather.py     all of it together
"""

from kg.explorer.matrix.asked import list_regions
from kg.explorer.matrix.gather import gather_matrix
from kg.explorer.matrix.records import Matrix

__all__ = ["Matrix", "gather_matrix", "list_regions"]
