"""Tasks as counts of characters and pairs of characters, clause by clause: what the similarity of Chinese texts is taken from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]

SHORTEST = 5  # characters of a clause that says something by itself
_CLAUSE = re.compile(r"[^，。；：！？,;:!?\n]+")
# numbers change from year to year, and quotation marks come and go; neither tells what a task is about
_PASSED_OVER = re.compile(r"[\d.%％‰\s“”‘’\"'《》〈〉「」]+")


@dataclass(frozen=True)
class Clauses:
    """The clauses of a plan's tasks in order, each task's title first, and how often which gram stands in each."""

    words: tuple[str, ...]
    task: Whole  # of each clause: the place of its task
    clause: Whole  # of each count: the place of its clause
    gram: Whole
    count: Whole

    @cached_property
    def starts(self) -> Whole:
        """The place of each task's first clause, which is its title."""
        import numpy as np

        return np.flatnonzero(np.diff(self.task, prepend=-1))


def read_clauses(tasks: Sequence[tuple[str, str]]) -> Clauses:
    """Return the clauses of tasks, each a title and a text.

    >>> clauses = read_clauses([("新建口袋公园15个", "新建口袋公园15个，由市园林局负责。")])
    >>> clauses.words
    ('新建口袋公园15个', '由市园林局负责')
    >>> "".join(chr(gram) for gram in clauses.gram[clauses.clause == 0] if gram < 2**21)
    '个公口园建新袋'
    """
    import numpy as np

    words: list[str] = []
    places: list[int] = []
    for place, (title, text) in enumerate(tasks):
        title = title.strip()
        heads = _CLAUSE.findall(title)  # 新增停车泊位3000个，改造农贸市场8个: a title of two
        parts = [*(heads if len(heads) > 1 else ()), *_CLAUSE.findall(text.strip().removeprefix(title))]
        words += [title, *(part.strip() for part in parts if len(part.strip()) >= SHORTEST)]
        places += [place] * (len(words) - len(places))
    plain = "\n".join(_PASSED_OVER.sub("", unicodedata.normalize("NFKC", clause)).casefold() for clause in words)
    clause, gram, count = _count(plain)
    return Clauses(tuple(words), np.array(places, dtype=np.int64), clause, gram, count)


def _count(lines: str) -> tuple[Whole, Whole, Whole]:
    """Return line, gram and count of every gram in lines of text: a character is its code, a pair has the first in front."""
    import numpy as np

    codes = np.frombuffer(lines.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    known, which = np.unique(codes, return_inverse=True)
    word = np.array([chr(code).isalnum() for code in known], dtype=bool)[which] if len(codes) else np.zeros(0, dtype=bool)
    line = np.cumsum(codes == ord("\n"))
    pair = word[:-1] & word[1:]
    grams = np.concatenate([codes[word], (codes[:-1][pair] << 21) | codes[1:][pair]])
    lines_of = np.concatenate([line[word], line[:-1][pair]])
    # one number for both, as a pair of numbers takes ten times as long to sort
    seen, count = np.unique((lines_of << 42) | grams, return_counts=True)
    return seen >> 42, seen & ((1 << 42) - 1), count
