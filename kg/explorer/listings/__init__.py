"""Tables of tasks, bodies, indicators and policies: filtered, sorted, in columns of one's choice, all of it in SQL.

kinds.py    what tables there are: their columns, and by what they are filtered
model.py    Listing, Column, Facet; the records that a table shows
made.py     a table in memory for each, made once per snapshot from ``queries/tables/``
asked.py    from the parameters of an address to SQL
gather.py   a page of a table; all rows of it, for a file
"""

from kg.explorer.listings.gather import gather_table, list_tables, read_table
from kg.explorer.listings.kinds import LISTINGS
from kg.explorer.listings.model import Cell, Choice, ColumnView, FacetView, Listing, TableRow, TableView, Thing

__all__ = [
    "LISTINGS",
    "Cell",
    "Choice",
    "ColumnView",
    "FacetView",
    "Listing",
    "TableRow",
    "TableView",
    "Thing",
    "gather_table",
    "list_tables",
    "read_table",
]
