"""Count which of the bodies named in documents are known, and list the others by frequency.

    python -m benchmarks.bodies FOLDER|FILE…

A mention counts once for each bracket, line or cell that it stands in; what one passage says for all later tasks counts
once. Groups (各县（市、区）政府) and words for nobody (有关部门) are counted apart. A body is known if it has a function.
Kinds that only say what sort of thing a body is (事业单位, 工作专班, 内设机构) are no function; enterprises, schools, towns
and zones are kinds of their own.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SourceError
from kg.extract import read_policy
from kg.model import Organization
from kg.read import find_sources, read_document
from kg.registry import Registry, load_registry
from kg.resolve import resolve_reading

REST = frozenset(("public-institution", "temporary-office", "internal-division"))  # say no more than: a body of some sort


@dataclass(frozen=True, slots=True)
class Mention:
    """A body as one passage names it."""

    document: str
    name: str
    body: Organization

    @property
    def group(self) -> bool:
        """Say whether it names several bodies or nobody."""
        return self.body.kind == "generic"

    @property
    def known(self) -> bool:
        """Say whether its body has a function that tells what it is for."""
        return self.body.function is not None and self.body.function not in REST


def find_mentions(paths: Iterable[Path], registry: Registry) -> Iterator[Mention]:
    """Yield the mentions of each readable document."""
    for path in paths:
        try:
            document = read_document(path)
        except SourceError:  # an empty file, a scan
            continue
        resolved = resolve_reading(read_policy(document), registry)
        for task in resolved.reading.tasks:
            for unit in task.units:
                if not unit.inherited:
                    yield Mention(path.name, unit.name, resolved.organizations[unit.name])


def render_counts(label: str, mentions: list[Mention]) -> str:
    """Return one line: how many mentions, groups, bodies and known bodies."""
    bodies = [mention for mention in mentions if not mention.group]
    known = sum(mention.known for mention in bodies)
    share = f"{known / len(bodies):.1%}" if bodies else "–"
    return (
        f"{label}: {len(mentions)} mentions, {len(mentions) - len(bodies)} groups, {len(bodies)} bodies, {known} known ({share})"
    )


def main(arguments: list[str]) -> int:
    """Print the counts of each folder, of all together, and the unknown bodies; return 1 below 97 %."""
    if not arguments:
        print((__doc__ or "").strip())
        return 2
    registry, everything = load_registry(), list[Mention]()
    for argument in arguments:
        found, _ = find_sources([Path(argument)], Path("nowhere"))
        mentions = list(find_mentions(found, registry))
        print(render_counts(argument, mentions))
        everything += mentions
    print(render_counts("all", everything))
    unknown = [mention for mention in everything if not (mention.group or mention.known)]
    where = {mention.name: mention.document for mention in unknown}
    for name, count in Counter(mention.name for mention in unknown).most_common():
        print(f"{count:5}  {name}  ({where[name]})")
    return int(len(unknown) > 0.03 * sum(not mention.group for mention in everything))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
