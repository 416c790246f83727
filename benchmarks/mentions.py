"""Show what names documents give to bodies: the most frequent and the rarest, each where it stands, and what was not read.

    python -m benchmarks.mentions FOLDER|FILE…

Read by eye: a mention that is no body, and a bracket at a sentence's end that names bodies and was not read as an assignment,
are faults of the wording rules in ``seeds/cues.toml``.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import SourceError
from kg.extract import read_policy
from kg.extract.units import find_assigned
from kg.extract.units.labels import find_brackets
from kg.model import Document
from kg.read import find_sources, read_document
from kg.text import map_text

SHOWN = 50
_BODY = re.compile("[局委办部院厅署]|政府|公司|中心")
_VERB_PHRASE = re.compile("[。？！]|(?:负责|牵头|配合|落实|推进|完成|开展|加强|做好)$|应当|必须|不得|不再|要(?!塞)")
LONGEST = 40


def is_doubtful(name: str) -> bool:
    """Say whether a mention is too long for a name, or holds a sentence or a verb phrase.

    >>> is_doubtful("市水利局"), is_doubtful("各县区按职责落实")
    (False, True)
    """
    return len(name) > LONGEST or _VERB_PHRASE.search(name) is not None


def read_all(paths: Iterable[Path]) -> Iterator[Document]:
    """Yield the documents that can be read; an empty file or a scan is passed over."""
    for path in paths:
        try:
            yield read_document(path)
        except SourceError:
            continue


def find_mentions(documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    """Yield each mention of a body with the words around it."""
    for document in documents:
        for task in read_policy(document).tasks:
            for unit in task.units:
                if unit.evidence is None:
                    continue
                span = unit.evidence.span
                around = " ".join(document.text[max(0, span.start - 20) : span.end + 20].split())
                yield unit.name, f"{Path(document.path).name[:12]} …{around}…"


def find_unread(documents: Iterable[Document]) -> Iterator[str]:
    """Yield the brackets at a sentence's end that hold words like bodies and were not read as assignments."""
    for document in documents:
        text = map_text(document.text).text
        taken = [(one.start, one.end) for one in find_assigned(text, 0, len(text))]
        for line in re.finditer("[^\n]+", text):
            for start, end in find_brackets(text, *line.span()):
                at_end = end >= line.end() or text[end] in "。；;" or text[start - 1 : start] in ("。", "；", ";")
                if at_end and _BODY.search(text, start, end) and not any(a < end and start < b for a, b in taken):
                    words = text[max(line.start(), start - 15) : min(end, start + 120)]
                    yield f"{Path(document.path).name[:12]} {words}"


def main(arguments: list[str]) -> None:
    """Print the lists."""
    documents = list(read_all(find_sources(map(Path, arguments))[0]))
    places: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for name, place in find_mentions(documents):
        counts[name] += 1
        places.setdefault(name, place)
    ordered = counts.most_common()
    doubtful = [name for name in counts if is_doubtful(name)]
    print(f"{sum(counts.values())} mentions, {len(counts)} names, {len(doubtful)} doubtful")
    for title, rows in (("most frequent", ordered[:SHOWN]), ("rarest", ordered[-SHOWN:])):
        print(f"\n{title}")
        for name, count in rows:
            print(f"{count:5} {name}  {places[name]}")
    print("\nbrackets not read as assignments")
    for bracket in find_unread(documents):
        print(f"      {bracket}")


if __name__ == "__main__":
    main(sys.argv[1:])
