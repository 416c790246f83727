"""Print what a body has to do and by when, with whom and how it is measured.

python examples/due.py 石家庄市生态环境局
python examples/due.py 唐山市水利局 --out out --to 时限.csv
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

import kg
from kg.errors import ZerenError
from kg.formulas import guard  # the words are strangers': Excel shall run none of them
from kg.opened import KnowledgeGraph


def list_duties(graph: KnowledgeGraph, unit: str) -> pd.DataFrame:
    """Return the tasks of a body with their last day and their indicators, the earliest first.

    Where a task says no date, its last day is that of the document's period, and ``stated`` is false.
    """
    tasks = graph.frame("department-tasks", unit=unit)
    periods = graph.frame("documents").set_index("doc")["end"]
    targets = graph.frame("department-indicators", unit=unit).groupby("task")["asWritten"].agg("；".join)
    due = pd.to_datetime(tasks["due"])  # whole of None where no task says a date
    found = pd.DataFrame(
        {
            "due": due.fillna(tasks["doc"].map(periods)),
            "stated": due.notna(),
            "role": tasks["role"],
            "title": tasks["title"],
            "indicators": tasks["task"].map(targets),
            "document": tasks["documentTitle"],
        }
    )
    return found.sort_values(["due", "document"], kind="stable", ignore_index=True)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("unit", help="a body, as people name it")
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder of the graph (out)")
    parser.add_argument("--to", type=Path, help="write a CSV that Excel opens, instead of printing")
    options = parser.parse_args()
    try:
        with kg.open(options.out) as graph:
            duties = list_duties(graph, options.unit)
    except ZerenError as error:
        print(error, file=sys.stderr)
        return 2
    if options.to is not None:
        duties.map(guard).to_csv(options.to, index=False, encoding="utf-8-sig")
        return 0
    for due, stated, role, title, indicators, _ in duties.itertuples(index=False):
        day = "未知      " if pd.isna(due) else f"{due:%Y-%m-%d}"
        print(day, "写明" if stated else "期末", role, title, "" if pd.isna(indicators) else indicators, sep="  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
