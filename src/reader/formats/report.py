"""What did not come along, so that nothing is lost in silence."""

from __future__ import annotations

from collections import Counter


class Report:
    """Counts what a format could not carry, by kind of loss."""

    def __init__(self) -> None:
        self._losses: Counter[str] = Counter()

    def lose(self, what: str, count: int = 1) -> None:
        """Say that so many of something are left behind ("links", "notes with line ends")."""
        self._losses[what] += count

    def __bool__(self) -> bool:
        return self._losses.total() > 0

    def __str__(self) -> str:
        """One line: "links (2), notes with line ends (1)"."""
        return ", ".join(f"{what} ({count})" for what, count in sorted(self._losses.items()))
