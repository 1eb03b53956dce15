"""Keeping an open document in step with the disk: others' marks, what waits, the JSON at rest."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from reader.errors import ReaderError, StoreError

if TYPE_CHECKING:
    from reader.workspace.session import Session

_REST = 1.0
"""Seconds without a key after which somebody rests."""

_AWAY = 60.0
"""Seconds without a key after which nobody is there."""

_YOUNG = 5_000
_OLD = 200_000
"""So many objects are made before garbage is looked for among them; and among all there are."""

ENOUGH = 200
"""After so many changes the JSON is brought up to date, even while nobody rests."""


class Keeper:
    """What is done once a second, and what the foot says about it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._revision = session.layers.revision
        self._failed = False
        self._pressed = monotonic()
        self._aged = 0
        session.hold_on()

    def look(self) -> bool:
        """Save what waits and take in what others did; whether anything changed. Raises StoreError
        when the document's files cannot be followed."""
        session = self._session
        before = session.layers.revision, session.waiting
        session.retry()
        if not session.waiting:
            session.refresh()
        return (session.layers.revision, session.waiting) != before

    def rest(self) -> Callable[[], None] | None:
        """The work of bringing the JSON up to date, when nothing has been done for a moment; for
        another thread to do. What it cannot write is in the journal all the same."""
        if not gc.isenabled():
            self._collect()
        now = self._session.layers.revision
        busy, self._revision = now != self._revision, now
        if (busy and self._session.lag < ENOUGH) or (self._failed and not busy):
            return None
        work = self._session.snapshot_work()
        return None if work is None else lambda: self._do(work)

    def _collect(self) -> None:
        """Look for garbage while nobody presses a key: among what is new, and, which takes longer
        than a key may, among all there is, once nobody is there."""
        idle, young = monotonic() - self._pressed, gc.get_count()[0]
        if idle >= _AWAY and self._aged > _OLD:
            gc.collect()
            self._aged = 0
        elif idle >= _REST and young > _YOUNG:
            gc.collect(1)
            self._aged += young

    def pressed(self) -> None:
        """A key was pressed: what can wait is left for later."""
        self._pressed = monotonic()

    def _do(self, work: Callable[[], None]) -> None:
        try:
            work()
            self._failed = False
        except StoreError:
            self._failed = True  # tried again after the next change, and said at the end

    @property
    def unsaved(self) -> str:
        """Why something is not saved, and how much; nothing when all is."""
        trouble = self._session.trouble
        if trouble is None:
            return ""
        many = self._session.waiting
        return f"{trouble.cause or trouble.title}; {counted(many)} waiting"


def counted(changes: int) -> str:
    return "1 change" if changes == 1 else f"{changes} changes"


def rescued(session: Session) -> list[str]:
    """Write what cannot be saved to where it can be, since nobody is there to be asked any more;
    what is to be said of it, in sentences. None, when all is saved."""
    from reader.workspace.exporting import rescue, rescue_place

    session.retry()
    said = [str(each) for each in session.refusals()]
    waiting = counted(session.waiting)
    if not session.at_risk:
        if session.waiting and session.rescued_to is not None:
            said.append(
                f"{waiting} could not be saved in the database: "
                f"'reader import {session.rescued_to}' takes in what was written there."
            )
        return said
    place = rescue_place(session.document)
    try:
        rescue(session, place)
    except ReaderError as error:
        return [*said, f"Lost: {waiting}. {session.trouble} {error}"]
    said.append(
        f"{waiting} could not be saved in the database: {session.trouble} "
        f"'reader import {place}' takes in what was written there."
    )
    return said
