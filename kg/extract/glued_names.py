"""Bodies that a lost line's end put together in a cell: 文化宣传股文化馆, by the names that other cells of the table show."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from kg.extract.names import Name
from kg.extract.parts import is_body

# an office of the body before it, or a body of that party or government: 市教育局办公室, 市委宣传部
_OFFICE = re.compile("(?:办|办公室|科|处|股|室|组)$")
_WHOLE = re.compile("(?:委|政府|管委会)$")
SHORTEST = 3


def split_glued(name: Name, known: Collection[str]) -> Iterator[Name]:
    """Yield the two or more bodies that a name is made of; ``known``: names of the table's cells.

    >>> name = Name("派出所质监所", "responsible", 0, 6, False, False)
    >>> [one.name for one in split_glued(name, {"质监所"})]
    ['派出所', '质监所']
    """
    for at in range(SHORTEST, len(name.name) - SHORTEST + 1):
        left, right = name.name[:at], name.name[at:]
        shown = (left in known) + (right in known)
        if shown and _stand_alone(left, right) and (shown == 2 or (is_body(left) and is_body(right))):
            yield replace(name, name=left, end=name.start + at)
            yield from split_glued(replace(name, name=right, start=name.start + at), known)
            return
    yield name


def _stand_alone(left: str, right: str) -> bool:
    inner = _OFFICE.search(right) and not _OFFICE.search(left)
    return not inner and not _WHOLE.search(left)
