"""A line of words that is typed into where it is drawn, without a widget of its own."""

from __future__ import annotations

import re
from typing import Final

from reader.text.cells import clusters, cut, safe, width

_LONGEST: Final = 200
_WORD: Final = re.compile(r"\S*\s*$")


class TypedLine:
    """Words with a place in them where the next ones go."""

    def __init__(self, words: str = "") -> None:
        self.words = words
        self.at = len(words)

    def insert(self, words: str) -> None:
        """Put words in at the cursor, on one line."""
        words = safe(words)[: _LONGEST - len(self.words)]
        self.words = self.words[: self.at] + words + self.words[self.at :]
        self.at += len(words)

    def key(self, key: str, character: str | None) -> bool:
        """Do what a key does in a line; whether it does anything there."""
        before, after = self.words[: self.at], self.words[self.at :]
        match key:
            case "left":
                self.at = _last(before)
            case "right":
                self.at += len(after) and clusters(after, 0, len(after))[0][1]
            case "home" | "ctrl+a":
                self.at = 0
            case "end" | "ctrl+e":
                self.at = len(self.words)
            case "backspace" | "ctrl+h":
                self.at = _last(before)
                self.words = before[: self.at] + after
            case "delete":
                self.words = before + (after and after[clusters(after, 0, len(after))[0][1] :])
            case "ctrl+w":
                self.at = _WORD.search(before.rstrip()).start()  # type: ignore[union-attr]
                self.words = before[: self.at] + after
            case "ctrl+u":
                self.words, self.at = after, 0
            case _ if character is not None and character.isprintable():
                self.insert(character)
            case _:
                return False
        return True

    def shown(self, room: int) -> tuple[str, str, str]:
        """What stands before the cursor, on it and after it, in so many cells."""
        before, after = self.words[: self.at], self.words[self.at :]
        on = after[: clusters(after, 0, len(after))[0][1]] if after else " "
        room -= width(on)
        while width(before) > room:
            before = before[clusters(before, 0, len(before))[0][1] :]
        return before, on, cut(after[len(on) :], room - width(before)) if after else ""


def _last(words: str) -> int:
    """Where the last cluster of some words begins."""
    return clusters(words, 0, len(words))[-1][0] if words else 0
