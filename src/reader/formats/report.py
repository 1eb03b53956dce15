"""What did not come along, and what was not understood, so that nothing is lost in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

MOST: Final = 20
"""So many remarks are told one by one, the rest as a number."""


class Report:
    """Losses by their kind, with counts, and remarks on places in a file."""

    def __init__(self) -> None:
        self._losses: Counter[str] = Counter()
        self._remarks: list[str] = []
        self._more = 0

    def lose(self, what: str, count: int = 1) -> None:
        """Say that so many of something are left behind ("links", "notes with line ends")."""
        if count:
            self._losses[what] += count

    def remark(self, what: str, name: str, line: int | None = None) -> None:
        """Say something about a line of a file: "an event of type 'Move' is kept but not shown"."""
        if len(self._remarks) < MOST:
            self._remarks.append(f"{place(name, line)}: {what}")
        else:
            self._more += 1

    def __bool__(self) -> bool:
        return bool(self._losses)

    def __str__(self) -> str:
        """The losses on one line: "links (2), notes with line ends (1)"."""
        return ", ".join(f"{what} ({count})" for what, count in sorted(self._losses.items()))

    @property
    def kinds(self) -> frozenset[str]:
        """What was lost, without how often."""
        return frozenset(self._losses)

    @property
    def remarks(self) -> Iterator[str]:
        """The remarks in their order, no more than a person reads."""
        yield from self._remarks
        if self._more:
            yield f"… and {self._more} more."


def place(name: str, line: int | None) -> str:
    """A file, or one of its lines, as people are told of it."""
    return name if line is None else f"{name}, line {line}"
