"""部门 One body."""

from kg.explorer.department import gather_department, list_departments
from viz.pages.screen import Screen

SCREEN = Screen("department", "/department/", gather_department, list_departments, tab="table")
