"""任务 One task: its words with the marked parts, who answers for it and why we say so, its targets, what it rests on.

records.py     what the page shows
facts.py       duties, targets, bases of tasks, read from the tables; the chain reads the same
wording.py     the sentence in pieces, each with what was read from it
succession.py  the task in the plan before and after
gather.py      ``gather_task(snapshot, params)``

Nothing is measured here; gaps and the plans beside are asked of ``kg.analysis``.
"""

from kg.explorer.task.gather import gather_task, list_tasks
from kg.explorer.task.records import Basis, Correction, Decision, Duty, Target, TaskView

__all__ = ["Basis", "Correction", "Decision", "Duty", "Target", "TaskView", "gather_task", "list_tasks"]
