"""A change that takes longer than a key may: made and written by another thread, while the screen
goes on being drawn, and then taken in.

Until it is taken in nothing else is changed: whoever asks for that waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from threading import Thread
from typing import Generic, TypeVar, cast

from reader.errors import ReaderError
from reader.model.change import Change
from reader.workspace.saving import Build, Saver, Saving

T = TypeVar("T")

Deed = Generator[Build, Change | None, T]
"""Something that is done by one change: it gives what builds that, hears what was saved, or why
nothing was, and says how it went."""


def done(deed: Deed[T], save: Callable[[Build], Change | None]) -> T:
    """Do something by one change, saved by `save`. Raises what that raises, if the deed does."""
    try:
        build = next(deed)
    except StopIteration as end:
        return cast(T, end.value)
    return _ended(deed, lambda: save(build))


def _ended(deed: Deed[T], save: Callable[[], Change | None]) -> T:
    try:
        try:
            change = save()
        except ReaderError as error:
            deed.throw(error)
        else:
            deed.send(change)
    except StopIteration as end:
        return cast(T, end.value)
    raise RuntimeError("a deed is one change")


class Aside(Generic[T]):
    """A deed under way in another thread."""

    def __init__(self, deed: Deed[T], saver: Saver, taken: Callable[[Change], None]) -> None:
        """Begin. Raises what speaks against it at once."""
        self._deed = deed
        self._outcome: Callable[[], T] | None = None
        self._saving: Saving | None = None
        self._thread: Thread | None = None
        try:
            self._build = next(deed)
        except StopIteration as end:
            value = cast(T, end.value)
            self._outcome = lambda: value
            return
        self._save = lambda: saver.save(self._build, taken)
        if saver.follow(taken):
            self._saving = Saving(saver, self._build, taken)
            self._save = self._saving.settle
            self._thread = Thread(target=self._saving.run, name="saving")
            self._thread.start()

    @property
    def over(self) -> bool:
        """Whether the thread has done its part."""
        return self._thread is None or not self._thread.is_alive()

    def finish(self) -> None:
        """Wait until it is written, and take it in. How it went is for `settle` to say."""
        if self._outcome is not None:
            return
        if self._thread is not None:
            self._thread.join()
        try:
            value = _ended(self._deed, self._save)
        except Exception as error:  # noqa: BLE001 - raised by `settle`
            failed = error  # the name in `except` goes with it

            def fail() -> T:
                raise failed

            self._outcome = fail
        else:
            self._outcome = lambda: value

    def settle(self) -> T:
        """Wait, take it in, and give what came of it; raises what the deed raises."""
        self.finish()
        assert self._outcome is not None  # that is what `finish` is for
        return self._outcome()
