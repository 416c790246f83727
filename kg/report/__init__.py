"""What an office reads about a graph: all measures with their tasks and words, as records; :mod:`viz.report` sets them."""

from kg.report.gather import gather_report
from kg.report.model import (
    Concentration,
    CorrectionRow,
    DocumentRow,
    GapRow,
    HeatMap,
    IndicatorRow,
    LoadRow,
    Matrix,
    PairRow,
    ParentRow,
    Report,
    Scope,
    TaskEntry,
    Totals,
)

__all__ = [
    "Concentration",
    "CorrectionRow",
    "DocumentRow",
    "GapRow",
    "HeatMap",
    "IndicatorRow",
    "LoadRow",
    "Matrix",
    "PairRow",
    "ParentRow",
    "Report",
    "Scope",
    "TaskEntry",
    "Totals",
    "gather_report",
]
