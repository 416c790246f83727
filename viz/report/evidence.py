"""The way from each number of the report to the tasks that it counts, and to their words, inside the same file."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from kg.report import Report, TaskEntry
from viz.report.svg import tag
from viz.report.words import Words

WHOLE = 500  # tasks of a report that quotes all of them; above, each number leads to its first ones
PART = 5  # of a table's rows as many: 4 tasks where a table has 20, or the appendix would fill hundreds of pages


@dataclass(frozen=True, slots=True)
class Entry:
    """A number with its tasks."""

    anchor: str
    words: str
    tasks: tuple[int, ...]
    total: int


@dataclass
class Evidence:
    """Collects the numbers while the report is set; afterwards it knows which tasks must be quoted."""

    report: Report
    words: Words
    rows: int
    parts: dict[str, list[Entry]] = field(default_factory=dict)
    _known: dict[tuple[str, tuple[int, ...]], str] = field(default_factory=dict)
    _cited: set[int] = field(default_factory=set)

    @property
    def most(self) -> int | None:
        """How many tasks a number may cite; ``None``: all of them."""
        return None if len(self.report.tasks) <= WHOLE else max(1, self.rows // PART)

    def target(self, tasks: tuple[int, ...], words: str, part: str) -> str | None:
        """Return where a number leads: to its task, or to the list of its tasks; nothing counted leads nowhere."""
        if not tasks:
            return None
        kept = tasks[: self.most]
        self._cited.update(kept)
        if len(tasks) == 1:
            return f"#{self.anchor(tasks[0])}"
        if (words, tasks) not in self._known:
            anchor = f"n{len(self._known) + 1}"
            self._known[words, tasks] = anchor
            self.parts.setdefault(part, []).append(Entry(anchor, words, kept, len(tasks)))
        return f"#{self._known[words, tasks]}"

    def cite(self, tasks: tuple[int, ...], words: str, part: str, shown: object = None) -> Markup:
        """Return how many tasks there are, as what leads to them."""
        target = self.target(tasks, words, part)
        text = self.words.number(len(tasks)) if shown is None else shown
        return tag("a", text, href=target) if target else Markup(f'<span class="zero">{text}</span>')

    def refer(self, task: int) -> Markup:
        """Return how a task is cited, as what leads to its words."""
        self._cited.add(task)
        return tag("a", self.report.tasks[task].ref, href=f"#{self.anchor(task)}", class_="ref")

    def anchor(self, task: int) -> str:
        """Return the anchor of a task's words."""
        return f"t{self.report.tasks[task].ref}"

    def quoted(self) -> list[tuple[int, list[TaskEntry]]]:
        """Return what is cited so far, document by document, in reading order."""
        found: dict[int, list[TaskEntry]] = {}
        for task in sorted(self._cited, key=lambda one: (self.report.tasks[one].document, self.report.tasks[one].position)):
            found.setdefault(self.report.tasks[task].document, []).append(self.report.tasks[task])
        return list(found.items())
