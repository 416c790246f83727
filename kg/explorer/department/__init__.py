"""部门: what a body has to do, by when, with whom, and how much that is beside others.

records.py   what the page shows
body.py      names, function, region, reforms
duties.py    the tasks: all in a few words, to count and to choose from; those chosen in all their words
beside.py    load in the region and among the same function, partners, open findings
gather.py    a key and what is asked → the page
"""

from kg.explorer.department.gather import gather_department, list_departments

__all__ = ["gather_department", "list_departments"]
