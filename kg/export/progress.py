"""How far an export is: what the command line draws as a bar."""

from collections.abc import Callable

Tell = Callable[[str, int, int], None]  # stage, done, total


def silent(stage: str, done: int, total: int) -> None:
    """Say nothing."""
