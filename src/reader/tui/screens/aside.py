"""What takes longer than a key may: done in another thread, told of, and then shown."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Final

from msgspec import Struct
from textual import events
from textual.timer import Timer

from reader.errors import ReaderError
from reader.tui.screens.leaving import LeavingFrame
from reader.workspace.aside import Aside, Deed

_NEWS: Final = 0.05
"""How often, in seconds, it is told how far it is."""


class _Large(Struct):
    """What is under way."""

    aside: Aside[str]
    told: Callable[[], str]
    stop: Callable[[], object]
    then: Callable[[], object]
    timer: Timer | None = None
    taken_in: bool = False
    went_well: bool = False


class AsideFrame(LeavingFrame):
    """A screen that goes on being drawn while a large change is made and saved; keys are kept until
    it is done. Nothing else is changed or drawn anew meanwhile."""

    _large: _Large | None = None

    def attempt_aside(
        self,
        deed: Deed[str],
        told: Callable[[], str],
        *,
        stop: Callable[[], object] = lambda: None,
        then: Callable[[], object] = lambda: None,
    ) -> None:
        """Do what takes long, and say how it went. `told` says how far it is, `stop` is what Escape
        does, and `then` what is to be done after it."""
        try:
            aside = self.desk.session.begin(deed)
        except ReaderError as error:
            self.say(str(error), alarm=True)
            return
        self._large = _Large(aside, told, stop, then)
        self.hold()
        self._large.timer = self.set_interval(_NEWS, self._tell_large)
        self._tell_large()

    def _tell_large(self) -> None:
        """Tell how far it is; when it is done, take it in, then have the rows of it made."""
        large = self._large
        if large is None:
            return
        if not large.aside.over:
            self.say(large.told())
            self.show_hints()
        elif self.tags.arranging:
            return  # rows of what there is now are made, in pieces
        elif not large.taken_in:
            large.taken_in = True
            large.went_well = self._take_in(large.aside)
        else:
            assert large.timer is not None  # which has called this
            large.timer.stop()
            self._large = None
            if large.went_well:
                large.then()
            self.show()
            if self._large is None:
                self.go_on()

    def _take_in(self, aside: Aside[str]) -> bool:
        before = self.desk.layers.revision
        went_well = self.attempt(aside.settle)
        gc.freeze()  # what has come stays, and to go through it takes longer than a key may
        if self.desk.layers.revision != before:
            self._arrange(self.tags.filter)
        return went_well

    def settle_large(self) -> list[str]:
        """Take in what is under way, on the way out; what went wrong with it, in sentences."""
        large, self._large = self._large, None
        if large is None:
            return []
        if large.timer is not None:
            large.timer.stop()
        try:
            large.aside.settle()
        except ReaderError as error:
            return [] if large.taken_in else [str(error)]
        return []

    def _arrange(self, words: str) -> None:
        """Have the rows of the tags made anew. The subclass knows how."""

    @property
    def searching(self) -> bool:
        return super().searching or self._large is not None

    def keep_key(self, event: events.Key) -> None:
        if self._large is not None and event.key == "escape":
            self._large.stop()
        else:
            super().keep_key(event)

    def keep(self) -> None:
        if self._large is None:
            super().keep()

    def show(self) -> None:
        if self._large is None:
            super().show()
        else:
            self.show_hints()
