"""Putting a document's JSON in its place: whole, with the one before it kept as its backup."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from reader.errors import StoreError
from reader.storage.files import (
    TemporaryFile,
    clear_leftovers,
    make_folder,
    random_name,
    store_error,
    write_atomically,
)
from reader.storage.journal import read_tail
from reader.storage.json_file import Tables, meta, seal, sealed
from reader.storage.layout import Shelf, Stamp, stamp
from reader.storage.locks import Lock
from reader.storage.migrations import SCHEMA
from reader.storage.state import sequence

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV)


class Snapshot:
    """A document as it was at one change, to be written when there is time.

    It works on a copy, and shares nothing with the session that goes on meanwhile.
    """

    def __init__(
        self, shelf: Shelf, tables: Tables, line: str, seen: Stamp | None, who: str
    ) -> None:
        """`line` is the checksum of the last change in the tables; `seen` the JSON's stamp when it
        was last read or written."""
        self.seq = sequence(tables)
        self._shelf = shelf
        self._tables = tables
        self._line = line
        self._seen = seen
        self._who = who

    def write(self, patience: float) -> Stamp | None:
        """Write the JSON, and return its stamp; None when it was left as it is, because somebody
        else has written it since. Raises StoreError."""
        # most of the work comes before the lock, which others wait for
        data = seal(self._tables, self._line)
        lock = Lock(self._shelf.lock, self._who, self._shelf.rights)
        try:
            make_folder(self._shelf.json.parent, self._shelf.rights)
            with (
                TemporaryFile(self._target, data, self._shelf.rights) as made,
                lock.held(self._shelf.json.name, patience),
            ):
                if stamp(self._shelf.json) != self._seen and not self._is_older():
                    return None
                self._keep_backup()
                made.put()
                clear_leftovers(self._target)
                return stamp(self._shelf.json)
        except OSError as error:
            raise self._failure(error) from error
        finally:
            lock.close()

    def put(self) -> Stamp | None:
        """The same, by who holds the lock and has seen to the rest. Raises StoreError."""
        try:
            make_folder(self._shelf.json.parent, self._shelf.rights)
            data = seal(self._tables, self._line)
            with TemporaryFile(self._target, data, self._shelf.rights) as made:
                made.put()
            return stamp(self._shelf.json)
        except OSError as error:
            raise self._failure(error) from error

    def _failure(self, error: OSError) -> StoreError:
        return store_error(f"{self._shelf.json.name} was not brought up to date", error)

    @property
    def _target(self) -> Path:
        return Path(os.path.realpath(self._shelf.json))  # a link to the file keeps pointing at it

    def _is_older(self) -> bool:
        """Whether the JSON is another session's, of an earlier change; nobody's hand was in it."""
        try:
            there = snapshot_in(self._shelf, self._shelf.json.read_bytes())
        except FileNotFoundError:
            return True
        return there is not None and there < self.seq

    def _keep_backup(self) -> None:
        """Keep the JSON that is there by another name: a second link to it, no copy."""
        shelf = self._shelf
        if not shelf.json.exists():
            return
        make_folder(shelf.backup.parent, shelf.rights)
        link = shelf.backup.with_name(f".{shelf.backup.name}.{random_name(4)}.tmp")
        try:
            os.link(self._target, link)
            link.replace(shelf.backup)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            write_atomically(shelf.backup, shelf.json.read_bytes(), shelf.rights)
        finally:
            # renaming between two names of one file does nothing, and leaves the first one there
            with contextlib.suppress(OSError):
                link.unlink()


def snapshot_in(shelf: Shelf, data: bytes) -> int | None:
    """The change up to which a session has written a JSON, by this journal; None when it is
    something else: a newer reader's, another machine's, or written by hand."""
    about = meta(data)
    seq = about.get("seq")
    if not isinstance(seq, int) or about.get("schema") != SCHEMA or not sealed(data):
        return None
    last = read_tail(shelf.journal, seq).before
    follows = last is None or last[0].s < seq or last[1] == about.get("line")
    return seq if follows else None
