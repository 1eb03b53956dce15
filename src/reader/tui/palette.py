"""The command palette: the same commands, found by their words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from reader.tui.commands.command import Command, shown_key
from reader.tui.screens.frame import DocumentFrame

_NAMED: Final = 100.0
"""A command that is called so goes before those whose help only speaks of it."""


class CommandProvider(Provider):
    """Offers what can be done on the screen that the palette was called from."""

    def _entries(self) -> Iterator[tuple[Command, str, Callable[[], None]]]:
        screen = self.screen
        if isinstance(screen, DocumentFrame):
            for command in screen.offered:
                words = command.help[:1].upper() + command.help[1:]
                yield command, words, partial(screen.run_from_palette, command)

    async def discover(self) -> Hits:
        for command, words, call in self._entries():
            yield DiscoveryHit(Content(words), call, text=words, help=_keys(command))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command, words, call in self._entries():
            score = matcher.match(words)
            if _is_named(command, query):
                score += _NAMED
            if score > 0:
                yield Hit(score, matcher.highlight(words), call, text=words, help=_keys(command))


def _is_named(command: Command, query: str) -> bool:
    """Whether each typed word begins one of the command's own: those of the footer, or its id."""
    names = [*command.word.lower().split(), *command.id.lower().split(".")]
    typed = query.lower().split()
    return all(any(name.startswith(each) for name in names) for each in typed) and bool(typed)


def _keys(command: Command) -> str:
    return "  ".join(shown_key(key) for key in command.keys)
