"""A screen under others: each key goes to the one it was typed for, however fast they are typed."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.message import Message
from textual.screen import Screen

_SOON = 0.01


class CoveredScreen(Screen[None]):
    """A screen that holds back the keys that are typed for another which does not stand yet."""

    def __init__(self) -> None:
        super().__init__()
        self.ahead: list[events.Key] = []
        """Keys that were typed for this screen before it stood."""
        self.held: list[events.Key] = []
        """Keys that were typed for the one that will stand over it, or in its place."""
        self._covering = False
        self._leaving = False
        self.stands = False
        """Whether it takes keys."""

    def press(self, key: str) -> None:
        """Take one key. The subclass knows what it does."""

    def taken_by_input(self, event: events.Key) -> bool:
        """Whether a key belongs to a line of input instead."""
        return False

    def stand(self) -> None:
        """From now on keys are taken; first those that were typed before."""
        self.stands = True
        for key in self.ahead:
            self.on_key(key)
        self.ahead.clear()

    def on_key(self, event: events.Key) -> None:
        if self.taken_by_input(event):
            return
        event.stop()
        event.prevent_default()
        if not self.stands:
            self.ahead.append(events.Key(event.key, event.character))
        elif self._covering:
            self.keep_key(event)
        else:
            self.press(token(event))

    def keep_key(self, event: events.Key) -> None:
        """Keep a key for the screen that is on its way."""
        self.held.append(events.Key(event.key, event.character))

    def cover(self, show: Callable[[], object]) -> None:
        """Show a screen over this one. Keys that were typed for it before it stood are its own."""
        self._covering = True
        show()
        self._hand_over()

    def want(self, message: Message) -> None:
        """Ask the program for another screen. What is typed from now on is not for this one: after
        `g n` a tag key must not mark the text that one is leaving."""
        self._covering = True
        self.post_message(message)

    def hold(self) -> None:
        """Another screen is on its way, which takes a while: keep what is typed for it."""
        self._covering = self._leaving = True

    def stay(self) -> None:
        """There is no other screen after all; what was typed for it is not for this one."""
        self._covering = self._leaving = False
        self.held.clear()

    @property
    def holding(self) -> bool:
        """Whether keys are kept for what is on its way."""
        return self._leaving

    def go_on(self) -> None:
        """What was typed is for this screen after all."""
        self._covering = self._leaving = False
        held = list(self.held)
        self.held.clear()
        for key in held:
            self.on_key(key)

    def _hand_over(self) -> None:
        over = self.app.screen
        if not self._covering:
            return  # it is closed again already
        if over is self or not over.is_mounted or (over.AUTO_FOCUS != "" and over.focused is None):
            self.set_timer(_SOON, self._hand_over)
            return
        for key in self.held:
            self.app.post_message(key)
        self.held.clear()

    def on_screen_resume(self) -> None:
        if not self._leaving:
            self.stay()


def token(event: events.Key) -> str:
    """A key as the catalogue writes it: printable ones by their character, but for the blank."""
    if event.character is not None and event.is_printable and event.character != " ":
        return event.character
    return event.key
