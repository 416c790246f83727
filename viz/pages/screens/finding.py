"""核查 The gaps of one kind, the open questions, what people decided."""

from kg.explorer.findings import gather_finding, list_findings
from viz.pages.screen import Screen

SCREEN = Screen("finding", "/findings/", gather_finding, list_findings, tab="findings", asked={"rows": ("500",)})
