"""One writer at a time. The kernel's lock on an open file dies with its process: none is stale.

The file's content says who holds it, for those who wait in vain; it means nothing to the lock.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from reader.errors import StoreError
from reader.storage.files import make_folder, store_error
from reader.storage.layout import PRIVATE, Rights

PATIENCE: Final = 2.0
"""How many seconds a command waits for another session to let go."""

_PAUSE: Final = 0.002
_BUSY: Final = (errno.EAGAIN, errno.EACCES)


class HeldError(StoreError):
    """Another session has the lock, and did not let go in time. Nothing was changed."""


class Lock:
    """The lock at a path. The file stays open between uses: taking it costs some microseconds."""

    def __init__(self, path: Path, who: str = "", rights: Rights = PRIVATE) -> None:
        self._path = path
        self._rights = rights
        self._handle = -1
        self._file = (0, 0)
        """Which file it is that the handle holds."""
        self._said = f"{who}\t{os.getpid()}\t{socket.gethostname()}"

    @contextmanager
    def held(self, what: str, patience: float = PATIENCE) -> Iterator[None]:
        """Hold the lock while `what` is written.

        Raises HeldError that names the holder after `patience` seconds; StoreError when there can
        be no lock here.
        """
        try:
            self._take(what, patience)
        except OSError as error:
            if error.errno in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS):
                raise StoreError(
                    f"{what} was not saved",
                    "this file system cannot lock files",
                    "Name a place on a local disk with --db.",
                ) from error
            raise store_error(f"{what} was not saved", error) from error
        try:
            yield
        finally:
            fcntl.flock(self._handle, fcntl.LOCK_UN)

    def _take(self, what: str, patience: float) -> None:
        until = time.monotonic() + patience
        while True:
            if self._handle < 0:
                make_folder(self._path.parent, self._rights)
                self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, self._rights.file)
                opened = os.fstat(self._handle)
                self._file = opened.st_ino, opened.st_dev
            try:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                if error.errno not in _BUSY:
                    raise
                if time.monotonic() >= until:
                    raise self._held_by_another(what, patience) from error
                time.sleep(_PAUSE)
                continue
            try:
                if self._is_ours():
                    break
            except OSError:
                self.close()  # a lock that nobody knows of would be kept for ever
                raise
            self.close()  # somebody cleared the folder: lock the file that the next one will open
        # nobody depends on who it was: a full disk must not stop the letting go of one's own
        with contextlib.suppress(OSError):
            text = f"{self._said}\t{int(time.time())}\n"
            os.pwrite(self._handle, text.encode().ljust(160), 0)

    def _is_ours(self) -> bool:
        """Whether the file that is locked is still the one at the path."""
        try:
            there = self._path.stat()
        except FileNotFoundError:
            return False
        return (there.st_ino, there.st_dev) == self._file

    def _held_by_another(self, what: str, patience: float) -> HeldError:
        return HeldError(
            f"{what} was not saved",
            f"{self._holder()} holds the lock",
            "It can be saved as soon as that session lets go or ends; "
            "a command has to be run again.",
        )

    def _holder(self) -> str:
        """Who holds the lock since when, as far as they have said so."""
        try:
            words = os.pread(self._handle, 400, 0).decode("utf-8", "replace").split("\t")
            who, process, host, since = words[0], int(words[1]), words[2], int(words[3])
        except (OSError, ValueError, IndexError):
            return "another session"
        at = datetime.fromtimestamp(since, UTC).strftime("%H:%M:%S")
        where = f"process {process}"
        if host != socket.gethostname():
            where += f" on {host}"
        name = f"another session of {who}" if who else "another session"
        return f"{name} ({where}, since {at} UTC)"

    def close(self) -> None:
        if self._handle >= 0:
            handle, self._handle = self._handle, -1
            os.close(handle)

    def __del__(self) -> None:
        # a session that was forgotten must not keep its handle
        with contextlib.suppress(OSError):
            self.close()
