"""协同: who answers together with whom, in one region at a time."""

from kg.explorer.sharing.gather import gather_sharing

__all__ = ["gather_sharing"]
