"""Targets recorded as 0 that are no 0: 化肥使用量保持零增长 says that nothing is added, not that nothing is left."""

from __future__ import annotations

from kg.cues import load_cues


def find_growth(kind: str, words: str) -> str | None:
    """Return the words that state a growth of nothing, or below it; ``None`` where the value is the number itself.

    >>> find_growth("zero", "化肥使用量保持零增长"), find_growth("zero", "全部消除黑臭水体")
    ('零增长', None)
    """
    if kind != "zero":
        return None
    pattern = next(cue.pattern for cue in load_cues("comparison.toml")["comparison"] if cue.id == "growth")
    found = pattern.search(words)
    return found[0] if found else None
