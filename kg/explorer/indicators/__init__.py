"""What is measured: all metrics, and one of them across cities and years.

metrics.py   the metrics that targets are set for, by the function of those who answer
metric.py    one metric: its targets, each beside those above it
scales.py    the targets that can stand on one scale
"""

from kg.explorer.indicators.metric import gather_metric, list_metrics
from kg.explorer.indicators.metrics import gather_metrics

__all__ = ["gather_metric", "gather_metrics", "list_metrics"]
