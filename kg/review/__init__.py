"""What a person should look at, and what a person decided: open questions, their candidates, verdicts on file."""

from kg.review.opened import OpenDecision, gather, list_open

__all__ = ["OpenDecision", "gather", "list_open"]
