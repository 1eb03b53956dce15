"""The journal: one checksummed line per change, appended and flushed. The save itself.

A line is one transaction over any tables:

    {"s":7,"t":1795360639091,"a":"anna","i":"3f9a1c22-17","d":"tagged …","o":[…],"c":"57d37c59"}

`s` numbers the changes of the document, `t` is the time in milliseconds, `i` the change's own id,
`u` (undo, redo, outside, place) how it came about and `of` the change it takes back. Each operation
is `[table, row, new, old]`, null where there is none. `c` is the CRC-32 of all that stands before.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from reader.errors import StoreError
from reader.storage.files import TemporaryFile, make_folder, store_error, sync_folder, write_all
from reader.storage.layout import PRIVATE, Rights

Row = dict[str, object]


class Op(NamedTuple):
    """One row of one table as it shall be, and as it was."""

    table: str
    number: str
    new: Row | None
    old: Row | None


class Head(msgspec.Struct, frozen=True):
    """A line without its operations: what a history is made of."""

    s: int
    t: int
    a: str = ""
    i: str = ""
    d: str = ""
    u: str = ""
    of: str = ""


class Line(Head, frozen=True, kw_only=True, omit_defaults=True):
    o: list[Op]


_SEAL: Final = re.compile(rb'^,"c":"[0-9a-f]{8}"\}$')
_SEAL_BYTES: Final = len(',"c":"57d37c59"}')
_CHUNK: Final = 1 << 18
_encoder: Final = msgspec.json.Encoder()
_line: Final = msgspec.json.Decoder(Line)
_head: Final = msgspec.json.Decoder(Head)


def encode(line: Line) -> bytes:
    """A line as it is written. Raises StoreError for what is no text."""
    try:
        body = _encoder.encode(line)[:-1]
    except UnicodeEncodeError as error:
        raise StoreError(
            "The change was not saved",
            "a name or a note holds bytes that are no text",
            "Write it in UTF-8.",
        ) from error
    return b'%b,"c":"%08x"}\n' % (body, zlib.crc32(body))


def checksum(data: bytes) -> str:
    """The checksum that a line carries."""
    return data.rstrip(b"\n")[-10:-2].decode("ascii", "replace")


def sound(data: bytes) -> bool:
    """Whether a line (without its line end) says what was written."""
    body, seal = data[:-_SEAL_BYTES], data[-_SEAL_BYTES:]
    return bool(_SEAL.match(seal)) and b"%08x" % zlib.crc32(body) == seal[6:14]


def decode(data: bytes) -> Line | None:
    """A line with its operations; None when it is not what was written."""
    if not sound(data):
        return None
    with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _line.decode(data[:-_SEAL_BYTES] + b"}")
    return None


def decode_head(data: bytes) -> Head | None:
    if not sound(data):
        return None
    with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _head.decode(data[:-_SEAL_BYTES] + b"}")
    return None


class Tail(NamedTuple):
    """The end of a journal."""

    lines: list[tuple[Line, str]]
    """The lines asked for, oldest first, each with its checksum."""
    before: tuple[Head, str] | None
    """The last line before those, with its checksum."""
    end: int
    """Where the last whole line ends."""
    torn: int
    """How many bytes of an unfinished line follow."""
    broken: int
    """How many lines among those looked at say something else than what was written."""


def read_tail(path: Path, after: int) -> Tail:
    """The lines with numbers above `after`, looked for from the end. No file is no lines.

    Raises StoreError when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            start, data = size, b""
            while True:
                start = max(0, start - max(_CHUNK, len(data)))
                file.seek(start)
                data = file.read(size - start)
                tail = _tail_of(data, start, after)
                if tail.before is not None or start == 0:
                    return tail
    except FileNotFoundError:
        return Tail([], None, 0, 0, 0)
    except OSError as error:
        raise store_error(f"{path} cannot be read", error) from error


def _tail_of(data: bytes, start: int, after: int) -> Tail:
    whole = data.rfind(b"\n") + 1
    torn = len(data) - whole
    rows = data[:whole].split(b"\n")[:-1]
    if start > 0:
        rows = rows[1:]  # the first one begins somewhere before
    lines: list[tuple[Line, str]] = []
    before = None
    broken = 0
    for row in reversed(rows):
        head = decode_head(row)
        if head is None:
            broken += 1
            continue
        if head.s <= after:
            before = head, checksum(row)
            break
        line = decode(row)
        if line is None:
            broken += 1
        else:
            lines.append((line, checksum(row)))
    lines.reverse()
    return Tail(lines, before, start + whole, torn, broken)


def read_rows(path: Path, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Every whole row of a journal from a place on, with the place where it begins, sound or not.

    Raises StoreError when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            at = file.seek(start)
            for row in file:
                if row.endswith(b"\n"):
                    yield at, row[:-1]
                at += len(row)
    except FileNotFoundError:
        return
    except OSError as error:
        raise store_error(f"{path} cannot be read", error) from error


class GoneError(OSError):
    """The journal is no longer the file that was followed."""

    def __init__(self) -> None:
        super().__init__(errno.ENOENT, "the journal has been moved or deleted just now")


class Journal:
    """A journal that is followed and appended to. Appending is done under the document's lock."""

    def __init__(self, path: Path, rights: Rights = PRIVATE) -> None:
        self.path = path
        self.end = 0
        """Where the last line ends that was read or written."""
        self._rights = rights
        self._handle = -1
        self._file = (0, 0)
        """Which file it is that the handle holds."""
        self._writable = False
        self._unsynced = True
        self._leftover = b""
        """A line that failed, and could not be taken back."""

    def stand(self, end: int) -> None:
        """Follow the file at the path from a place on. There need be none yet, at 0."""
        self.close()
        self.end = end
        try:
            try:
                self._open(self.path)
            except OSError as error:
                if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                    raise
                self._hold(os.open(self.path, os.O_RDONLY))  # to be read it is good enough
        except FileNotFoundError:
            self.end = 0
        except OSError as error:
            raise store_error(f"{self.path} cannot be read", error) from error

    def _open(self, path: Path) -> None:
        handle = os.open(path, os.O_RDWR | os.O_APPEND)
        self.close()
        self._hold(handle)
        self._writable = True

    def _hold(self, handle: int) -> None:
        self._handle = handle
        opened = os.fstat(handle)
        self._file = opened.st_ino, opened.st_dev

    def grown(self) -> bool:
        """Whether there is more than was read. Raises GoneError, OSError."""
        return not self._leftover and self._size() > self.end

    def _size(self) -> int:
        try:
            there = self.path.stat()
        except FileNotFoundError:
            if self._handle < 0:
                return 0
            raise GoneError from None
        if self._handle < 0:
            raise GoneError  # another session began it
        if (there.st_ino, there.st_dev) != self._file or there.st_size < self.end:
            raise GoneError
        return there.st_size

    def follow(self) -> list[tuple[Line, str]]:
        """What others appended since the last time. Raises GoneError, OSError."""
        size = self._size()
        if size <= self.end:
            return []
        data = os.pread(self._handle, size - self.end, self.end)
        if self._leftover.startswith(data):
            self._cut()
            return []
        self._leftover = b""  # others have cut it off, or gone on after it
        whole = data.rfind(b"\n") + 1
        lines = []
        for row in data[:whole].split(b"\n")[:-1]:
            line = decode(row)
            if line is None:
                raise GoneError  # damaged: to be read anew, with all that is done about that
            lines.append((line, checksum(row)))
        self.end += whole
        return lines

    def take_back(self) -> None:
        """Try again to drop a line that failed; where others have gone on after it, it stays.

        Raises GoneError, OSError.
        """
        if self._leftover:
            data = os.pread(self._handle, self._size() - self.end, self.end)
            if self._leftover.startswith(data):
                self._cut()

    def append(self, data: bytes) -> None:
        """Write one line; it is on the disk when this returns.

        Raises OSError, with nothing of it left behind; GoneError when the file has gone away.
        """
        size = self._size()
        if self._handle >= 0 and not self._writable:
            self._open(self.path)  # perhaps it can be written by now
        if size > self.end:
            self._cut()  # what a killed session left unfinished
        try:
            if self._handle < 0:
                self._begin(data)
            else:
                write_all(self._handle, data)
                os.fdatasync(self._handle)
            if self._unsynced:
                sync_folder(self.path.parent)
                self._unsynced = False
        except OSError:
            self._leftover = data
            self._cut()
            raise
        self.end += len(data)

    def _begin(self, data: bytes) -> None:
        """Make the file with its first line in it: one without says that a document is there, and
        not what it holds."""
        make_folder(self.path.parent, self._rights)
        with TemporaryFile(self.path, data, self._rights) as made:
            self._open(made.path)
            try:
                made.path.replace(self.path)
            except OSError:
                self.close()  # it stands nowhere
                raise

    def _cut(self) -> None:
        """Drop what stands behind the last line that counts."""
        if self.end:
            os.ftruncate(self._handle, self.end)
        elif self._handle >= 0:
            self.path.unlink(missing_ok=True)
            self.close()
        self._leftover = b""

    def close(self) -> None:
        if self._handle >= 0:
            handle, self._handle = self._handle, -1
            os.close(handle)
        self._writable, self._unsynced, self._leftover = False, True, b""

    def __del__(self) -> None:
        with contextlib.suppress(OSError):
            self.close()
