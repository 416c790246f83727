"""The figures of the measures as words that both languages have; the bounds are those of the measures."""

from __future__ import annotations

from kg.analysis import Pair
from kg.analysis.sharing import pairs as of_pairs
from kg.analysis.sharing import partitions as of_splits
from kg.analysis.sharing.communities import Network
from kg.explorer.sharing.records import Reading, Split


def read_figures(pair: Pair) -> Reading:
    """Return what ``read_pair`` says, as codes."""
    lift, jaccard = pair.lift, pair.jaccard
    often = (
        "bound" if lift >= of_pairs.BOUND else "more" if lift >= of_pairs.MORE else "chance" if lift > of_pairs.LESS else "less"
    )
    same = "mostly" if jaccard >= of_pairs.MOSTLY else "partly" if jaccard >= of_pairs.PARTLY else "hardly"
    return Reading("few" if pair.shared < of_pairs.FEWEST else often, same, lift, jaccard)


def read_split(network: Network) -> Split:
    """Return what ``read_partition`` says, as codes."""
    value = network.agreement
    bounds = (("excellent", of_splits.EXCELLENT), ("good", of_splits.GOOD), ("moderate", of_splits.MODERATE))
    agreement = next((name for name, bound in bounds if value >= bound), "poor")
    few, clear = network.bodies < of_splits.FEWEST, network.modularity >= of_splits.CLEAR
    return Split(network.bodies, few, clear, agreement, network.modularity)
