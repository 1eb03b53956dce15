"""From keys pressed to commands: counts, and sequences such as `g n`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from msgspec import Struct

from reader.tui.commands.command import Command, Pane

_MOST: Final = 999
"""The largest count: more is a slip of the finger."""


class Run(Struct, frozen=True):
    """A command is to be done, so many times."""

    command: Command
    count: int


class Wait(NamedTuple):
    """The keys so far begin a sequence; these are the keys that go on, and what they lead to."""

    typed: str
    options: tuple[tuple[str, Command], ...]


class Unknown(NamedTuple):
    """No command has these keys."""

    typed: str


class KeyMachine:
    """The keys of one pane. It holds what was typed of a count and of a sequence."""

    def __init__(self, commands: Iterable[Command], pane: Pane) -> None:
        self._commands: dict[tuple[str, ...], Command] = {}
        for command in commands:
            if pane in command.panes:
                for keys in command.keys:
                    self._commands[tuple(keys.split(" "))] = command
        self._beginnings = {
            keys[:length] for keys in self._commands for length in range(1, len(keys))
        }
        self._typed: tuple[str, ...] = ()
        self._count = ""

    @property
    def typed(self) -> str:
        """What has been typed and waits for more, for the footer."""
        return self._count + " ".join(self._typed)

    def reset(self) -> None:
        self._typed, self._count = (), ""

    def press(self, key: str) -> Run | Wait | Unknown:
        """One key more. After a Run or an Unknown everything typed is forgotten."""
        if not self._typed and key.isdecimal() and key.isascii() and (self._count or key != "0"):
            self._count = str(min(int(self._count + key), _MOST))
            return Wait(self._count, ())
        typed = (*self._typed, key)
        if typed in self._commands:
            count = int(self._count or 1)
            self.reset()
            return Run(self._commands[typed], count)
        if typed in self._beginnings:
            self._typed = typed
            following = tuple(
                (keys[len(typed)], command)
                for keys, command in self._commands.items()
                if keys[: len(typed)] == typed
            )
            return Wait(" ".join(typed), following)
        self.reset()
        return Unknown(" ".join(typed))
