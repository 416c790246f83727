"""任务 One task."""

from kg.explorer.task import gather_task, list_tasks
from viz.pages.screen import Screen

SCREEN = Screen("task", "/task/", gather_task, list_tasks, tab="table")
