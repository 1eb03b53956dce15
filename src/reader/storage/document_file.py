"""One document's files: what they hold, and the one way to change it.

A change is *appended* to the journal and is durable when the call returns; a *snapshot* brings the
JSON up to date with it; *news* tells what others appended. Memory follows the journal: it changes
only when a line has reached the disk.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from reader.errors import OvertakenError, StoreError
from reader.model.change import Change
from reader.model.document import Document
from reader.model.layer import Layers
from reader.storage.damage import DamagedError, damaged
from reader.storage.files import random_name, store_error
from reader.storage.journal import GoneError, Journal, Line, Op, checksum, encode
from reader.storage.json_file import Tables
from reader.storage.layout import Layout, Stamp, stamp
from reader.storage.locks import PATIENCE, HeldError, Lock
from reader.storage.outside import difference, joined
from reader.storage.past import Entry, change_at, entries
from reader.storage.reading import Reading, changed_outside
from reader.storage.recovery import read
from reader.storage.snapshot import Snapshot, snapshot_in
from reader.storage.state import (
    DOCUMENT,
    PLACE,
    REMOVED,
    State,
    at_home,
    change_of,
    fresh_tables,
    line_of,
    milliseconds,
    moment,
    placed,
    read_layers,
)
from reader.text.units import Text


class DocumentFile:
    """A document, its annotations and its links; it need not be on the disk yet."""

    def __init__(
        self,
        layout: Layout,
        name: str,
        document: Document | None = None,
        elsewhere: Callable[[], str | None] = lambda: None,
        *,
        who: str = "",
        text: Text | None = None,
    ) -> None:
        """Read the files with that name; where there are none, begin with `document`, written on
        demand.

        `elsewhere` names, when it comes to that, the files in which another session has begun the
        same text in the meantime. `who` is told to those who wait for the lock. Raises StoreError
        when the files are beyond repair, or there are none and no document.
        """
        self.patience = PATIENCE
        """How many seconds a change waits for another session."""
        self.found_at: tuple[str, ...] = ()
        """Where the text was found this time: written down with the next change."""
        self.remarks: list[str] = []
        """What the person should know about what was found in the files."""
        self.read_only: StoreError | None = None
        """Why nothing can be saved here at all."""
        self._layout = layout
        self._who = who
        self._text = text
        self._elsewhere = elsewhere
        self._news: list[Change] = []
        self._layers: Layers | None = None
        self._pending: Reading | None = None
        self._json: Stamp | None = None
        self._migrated = False
        self._stand(name)
        if document is not None and not self._is_there():
            self._begun = False
            self._state = State(fresh_tables(document), self._shelf.json)
            self._line, self._written = "", -1
            self._beside = layout.begun()
        else:
            self._begun = True
            self._open()

    @property
    def path(self) -> Path:
        """The JSON file, which lags behind while a session is open."""
        return self._shelf.json

    def _stand(self, name: str) -> None:
        self._shelf = self._layout.shelf(name)
        self._lock = Lock(self._shelf.lock, self._who, self._shelf.rights)
        self._journal = Journal(self._shelf.journal, self._shelf.rights)

    def _is_there(self) -> bool:
        return self._shelf.json.exists() or self._shelf.journal.exists()

    def _open(self) -> None:
        reading = read(self._shelf, self._text)
        self.remarks += reading.remarks
        if reading.needs_mending:
            try:
                with self._lock.held(f"{self.path.name}", self.patience):
                    broken = reading.broken
                    reading = self._mended()
                if broken:
                    self.remarks[0] += " Its bytes are kept in the folder quarantine."
            except StoreError as error:
                # it can be read all the same; nothing is appended before it is mended
                self.remarks.append(str(error))
                self._pending = reading
        self._take(reading)

    def _mended(self) -> Reading:
        """The files put right, under the lock. Raises StoreError."""
        from reader.storage.repair import mend  # which sound files do without

        mend(self._shelf, read(self._shelf, self._text))
        self._pending = None
        return read(self._shelf, self._text)

    def _take(self, reading: Reading) -> None:
        self.read_only, self._migrated = reading.read_only, reading.migrated
        self._state, self._layers = reading.state, reading.layers
        self._line, self._json, self._written = reading.line, reading.stamp, reading.written
        self._journal.stand(reading.end)

    def layers(self) -> Layers:
        """All that is held now."""
        known, self._layers = self._layers, None
        return known if known is not None else read_layers(self._state.tables, self.path)

    def removed(self) -> set[str]:
        """The ids of the records that were removed, and are not back."""
        return set(self._state.ids(REMOVED))

    def heard(self) -> list[Change]:
        """The news that is here already, without a look at the disk."""
        news, self._news = self._news, []
        return news

    def news(self) -> list[Change]:
        """What was written since this was last asked, oldest first: others' changes, and one's own
        in their place between them. Applied in order they lead to what the files hold.

        Raises StoreError. When another session is writing just now, its news come the next time.
        """
        if not self._begun:
            beside = self._layout.begun()
            if not beside <= self._beside:
                self._beside = beside
                self._join()
        elif self.read_only is None:
            try:
                self._look()
            except OSError as error:
                raise store_error(f"{self.path.name} cannot be followed", error) from error
        return self.heard()

    def _look(self) -> None:
        try:
            if not self._journal.grown() and stamp(self.path) == self._json:
                return
        except GoneError:
            if not self._is_there():
                return  # written again with the next change
        # under the lock: a line that is not flushed yet is nobody's
        with contextlib.suppress(HeldError), self._lock.held("", 0):
            self._follow()
            self._look_outside()

    def history(self) -> list[Entry]:
        """Every change there is a line of, oldest first; reading places left out.

        Raises StoreError.
        """
        return list(entries(self._shelf.journal))

    def change(self, entry: Entry) -> Change:
        """The whole of a change in the history. Raises StoreError when it is no longer there."""
        return change_at(self._shelf.journal, entry)

    # Changing -----------------------------------------------------------------------------------

    def append(self, change: Change, *, on_latest: bool = False) -> Change:
        """Make a change durable; returns it with its revisions numbered.

        `on_latest` says that it was made on all there is: then it raises OvertakenError when others
        have written since `news` was asked.

        Numbers are given here, under the lock, where no other session can give the same. It waits
        in `news`, after what others wrote before it. Raises StoreError, with nothing changed.
        """
        with self._writing(f"'{change.did}'"):
            if on_latest and self._news:
                raise OvertakenError(
                    f"'{change.did}' was not saved",
                    "other sessions are writing all the time",
                    "Try again.",
                )
            ops, written = self._state.operations(change)
            ops = [*self._beginning(), *placed(ops, self._state.document, self.found_at)]
            if not written.id:
                written = replace(written, id=random_name(6))
            self._add(line_of(written, self._state.seq + 1, ops))
            self._news.append(written)
        self._settled()
        return written

    def remember(self, document: Document) -> None:
        """Keep where the reader was and where the text was found: nothing to undo, no history."""
        with self._writing("The reading position"):
            row = self._state.document
            at = document.opened or str(row["updated"])
            ops = [*self._beginning(), Op(DOCUMENT, "1", at_home(row, document), row)]
            self._add(Line(s=self._state.seq + 1, t=milliseconds(at), a=self._who, u=PLACE, o=ops))
        self._settled()

    def _add(self, line: Line) -> None:
        data = encode(line)
        try:
            self._journal.append(data)
        except OSError as error:
            what = f"'{line.d}'" if line.d else "The reading position"
            raise store_error(f"{what} was not saved", error) from error
        self._state.apply(line)
        self._line = checksum(data)
        self._layers = None
        self._begun = True

    def _beginning(self) -> list[Op]:
        """What a document's first line holds besides: the document."""
        return [] if self._begun else [Op(DOCUMENT, "1", self._state.document, None)]

    @contextmanager
    def _writing(self, what: str) -> Iterator[None]:
        """Hold the document's lock, having taken in all that others wrote."""
        self._refuse_read_only(what)
        with ExitStack() as held:
            if not self._begun:
                new = Lock(self._layout.locks / "new.lock", self._who, self._shelf.rights)
                held.callback(new.close)
                held.enter_context(new.held(what, self.patience))
                self._take_back(what)
                self._join()
            held.enter_context(self._lock.held(what, self.patience))
            try:
                if self._pending is not None:
                    self._reload(self._mended())
                self._follow()
            except OSError as error:
                raise store_error(f"{what} was not saved", error) from error
            self._refuse_read_only(what)  # another session may have put a newer reader's file there
            yield

    def _refuse_read_only(self, what: str) -> None:
        if self.read_only is not None:
            raise StoreError(
                f"{what} was not saved", self.read_only.cause, self.read_only.remedy
            ) from self.read_only

    def _take_back(self, what: str) -> None:
        """Drop a first line that failed: it is no other session's document."""
        with self._lock.held(what, self.patience):
            try:
                self._journal.take_back()
            except OSError as error:
                raise store_error(f"{what} was not saved", error) from error

    def _join(self) -> None:
        """Go over to the files that another session has begun for the same text, if one has."""
        name = self._elsewhere()
        if name is None:
            return
        stayed = self._shelf.name
        mine = self._state.tables
        self._stand(name)
        try:
            self._open()
        except StoreError:
            self._stand(stayed)
            raise
        self._begun = True
        edits = difference(mine, self._state.tables, self.path)
        self._news.append(changed_outside(edits, self._state))

    def _follow(self) -> None:
        """Take in what others appended, under the lock."""
        if not self._begun:
            return
        try:
            lines = self._journal.follow()
        except GoneError:
            self._again()
            return
        for line, seal in lines:
            if line.s != self._state.seq + 1:
                self._again()
                return
            self._state.apply(line)
            self._line = seal
            self._layers = None
            if line.u != PLACE:
                self._news.append(change_of(line, self.path))

    def _look_outside(self) -> None:
        """Take in what was written into the JSON by hand, or by another tool."""
        seen = stamp(self.path)
        if seen == self._json:
            return
        if seen is None:
            self._json, self._written = None, -1  # written again with the next change
            return
        there = snapshot_in(self._shelf, self.path.read_bytes())
        if there is None or not self._written <= there <= self._state.seq:
            self._again()
        else:
            self._json, self._written = seen, there

    def _again(self) -> None:
        """The files are not those that were followed: read them anew, keep what is only here."""
        before = self._state.tables
        if not self._shelf.journal.exists() and stamp(self.path) in (None, self._json):
            # deleted while the session is open: written again from what is in memory
            self._journal.stand(0)
            self._snapshot_now()
            return
        try:
            reading = read(self._shelf, self._text)
        except DamagedError as error:
            self.remarks.append(f"{error.title}: {error.cause}. It was written again from memory.")
            from reader.storage.repair import set_aside

            set_aside(self._shelf)
            self._journal.stand(0)
            self._snapshot_now()
            return
        if reading.state.document["sha256"] != self._state.document["sha256"]:
            raise damaged(self.path, "it holds the marks of another text now")
        self.remarks += reading.remarks
        if reading.needs_mending:
            reading = self._mended()
        self._reload(reading)
        self._bring_back(before)

    def _bring_back(self, before: Tables) -> None:
        """Write again what was saved, and is in no file any more."""
        edits = joined(self._state, [before], fields=False)
        if not edits or self.read_only is not None:
            return
        did, now = "wrote again what was in no file", moment(time.time_ns() // 1_000_000)
        change = Change(tuple(edits), did, "", now, "outside", random_name(6))
        ops, written = self._state.operations(change)
        self._add(line_of(written, self._state.seq + 1, ops))
        self._news.append(written)

    def _reload(self, reading: Reading) -> None:
        before = self._state.tables
        self._take(reading)
        self._layers = None
        edits = difference(before, self._state.tables, self.path)
        if edits:
            self._news.append(changed_outside(edits, self._state))

    # The JSON -----------------------------------------------------------------------------------

    @property
    def lag(self) -> int:
        """How many changes the JSON is behind."""
        return self._state.seq - self._written if self._begun else 0

    def snapshot(self) -> None:
        """Bring the JSON up to date with what was appended. Raises StoreError; the journal has it
        all then."""
        work = self.snapshot_work()
        if work is not None:
            work()

    def snapshot_work(self) -> Callable[[], None] | None:
        """The same in two parts, the second of which may be done by another thread; None when there
        is nothing to do."""
        if not self._begun or self.read_only or self._pending or self._written >= self._state.seq:
            return None
        snapshot = Snapshot(self._shelf, self._state.copy(), self._line, self._json, self._who)
        return partial(self._snapshotted, snapshot)

    def _snapshotted(self, snapshot: Snapshot) -> None:
        seen = snapshot.write(self.patience)
        if seen is not None:
            self._json, self._written, self._migrated = seen, snapshot.seq, False

    def _snapshot_now(self) -> None:
        """Under the lock."""
        snapshot = Snapshot(self._shelf, self._state.copy(), self._line, self._json, self._who)
        self._json, self._written = snapshot.put(), snapshot.seq

    def _settled(self) -> None:
        """See to it that a new document has its JSON at once, for other programs look for that, and
        a migrated one, which an earlier reader would go on with."""
        if self._written < 0 or self._migrated:
            with contextlib.suppress(StoreError):  # the journal has it; it is tried again
                self.snapshot()

    def close(self) -> None:
        """Let go of the files. What is in the journal stays there."""
        self._journal.close()
        self._lock.close()
