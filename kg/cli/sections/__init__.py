"""What ``zeren analyze`` shows: a section for each measure, in the order in which it is read."""

from __future__ import annotations

from kg.cli.sections.gaps import GAP_LIST, GAPS
from kg.cli.sections.lineage import MISSING, PARENTS, TARGETS, WEAKER
from kg.cli.sections.loads import CONCENTRATION, LOAD, OVERLOAD, PEERS
from kg.cli.sections.section import Section, View
from kg.cli.sections.sharing import BROKERS, CARRYING, COMMUNITIES, DEPENDENCE, DIFFUSION, PAIRS

__all__ = ["SECTIONS", "Section", "View"]

# a further measure adds its section here, and its name to kg.cli.analyze.NAMES
SECTIONS: tuple[Section, ...] = (
    LOAD,
    OVERLOAD,
    PEERS,
    CONCENTRATION,
    PAIRS,
    COMMUNITIES,
    BROKERS,
    DIFFUSION,
    DEPENDENCE,
    CARRYING,
    GAPS,
    GAP_LIST,
    PARENTS,
    MISSING,
    WEAKER,
    TARGETS,
)
