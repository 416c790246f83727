"""部门: what a body has to do, by when, with whom, and how much that is beside others."""

from kg.explorer.department.gather import gather_department, list_departments

__all__ = ["gather_department", "list_departments"]
