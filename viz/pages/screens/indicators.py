"""指标 What is measured: all metrics, and one across cities and years."""

from kg.explorer.indicators import gather_metric, gather_metrics, list_metrics
from viz.pages.screen import Screen

SCREEN = Screen("indicators", "/indicators", gather_metrics)
METRIC = Screen("metric", "/indicators/", gather_metric, list_metrics, tab="indicators")
