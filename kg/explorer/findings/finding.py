"""One list of findings: the gaps of a kind, the open questions, or what people decided."""

from __future__ import annotations

from kg.explorer.findings.gaps import GapPage, gather_gaps
from kg.explorer.findings.kinds import gather_kinds
from kg.explorer.findings.log import Log, gather_log
from kg.explorer.findings.questions import Questions, gather_questions
from kg.explorer.params import Params
from kg.explorer.snapshot import Snapshot

QUESTIONS, LOG = "open", "corrections"  # beside the kinds of gaps


def gather_finding(snapshot: Snapshot, params: Params) -> GapPage | Questions | Log:
    """Return the list that the path names.

    :raises NotHereError: there is no such list.
    """
    if params.key == QUESTIONS:
        return gather_questions(snapshot, params)
    return gather_log(snapshot, params) if params.key == LOG else gather_gaps(snapshot, params)


def list_findings(snapshot: Snapshot) -> list[str]:
    """Return the lists that hold something, and those that always are there."""
    return [*(one.kind.code for one in gather_kinds(snapshot, Params()).kinds if one.count), QUESTIONS, LOG]
