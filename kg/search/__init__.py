"""Finding things by what people type: a name, a short form, the first letters of its pinyin."""

from kg.search.fold import fold
from kg.search.pinyin import initials, spell

__all__ = ["fold", "initials", "spell"]
