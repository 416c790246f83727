"""What became of people's corrections in all documents together, as their ledger entries tell it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from kg.correction import Correction, State

Standing = tuple[State, tuple[str, ...], tuple[str, ...]]  # the state, the notes on it, the keys of the documents


def gather_states(corrections: Iterable[Correction], entries: Iterable[Mapping[str, Any]]) -> dict[str, Standing]:
    """Return of each correction its state, the notes on it, and the keys of the documents that it touches."""
    found: dict[str, list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
    for entry in entries:
        for outcome in entry["corrections"]:
            found[outcome["key"]].append((entry["key"], outcome))
    return {correction.key: _standing(correction, found.get(correction.key, [])) for correction in corrections}


def _standing(correction: Correction, outcomes: list[tuple[str, Mapping[str, Any]]]) -> Standing:
    if correction.revoked is not None:
        return "revoked", (), ()
    if not outcomes and correction.extent == "everywhere":
        return "unused", ("没有文件里有可更正的内容",), ()
    if not outcomes:
        return "stale", ("所据文件不在本次建图的文件里；请补上文件，或撤回",), ()
    state: State = min((outcome["state"] for _, outcome in outcomes), key=get_args(State).index)
    notes = dict.fromkeys(outcome["note"] for _, outcome in outcomes if outcome["note"] and outcome["state"] == state)
    return state, tuple(notes), tuple(sorted({key for key, _ in outcomes}))


def count_states(states: Mapping[str, Standing]) -> dict[str, int]:
    """Return how many corrections are in each state."""
    return dict(sorted(Counter(state for state, _, _ in states.values()).items()))
