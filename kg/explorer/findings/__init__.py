"""核查: what documents leave open, what the program could not decide, and what people decided."""

from kg.explorer.findings.finding import gather_finding, list_findings
from kg.explorer.findings.kinds import gather_kinds

__all__ = ["gather_finding", "gather_kinds", "list_findings"]
