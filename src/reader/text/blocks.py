"""A large text that stays on the disk: decoded block by block, where somebody looks.

The bytes are read from a file that is nobody else's: a copy without a name. Until that is made,
the file itself is read, and it is noticed when another program writes to it meanwhile.

No piece that is read is larger than a block. What is larger is given back to the system late, if
at all: malloc takes a freed piece of 1 MB for a reason to keep as much from then on.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import tempfile
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from threading import RLock
from typing import Final, NamedTuple, overload

from reader.text.newlines import LineEnds

LARGE: Final = 4 << 20
"""From so many bytes on a text is not held in memory as one string."""

BLOCK: Final = 1 << 16
PIECE: Final = 1 << 15
"""So much is read at once where all of it is gone through."""

_KEPT: Final = 6


class Stamp(NamedTuple):
    """What changes when a file is written to. The last also changes when it is only moved, and
    cannot be set back."""

    size: int
    modified: int
    touched: int

    @classmethod
    def of(cls, handle: int) -> Stamp:
        stat = os.fstat(handle)
        return cls(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


class Index:
    """Where the blocks of a text begin, and what is known of the whole, taken block by block."""

    def __init__(self) -> None:
        self.bytes = array("q", [0])
        self.chars = array("q", [0])
        self._digest = hashlib.sha256()
        self._ends = LineEnds()

    def take(self, data: bytes | bytearray, end: int | None = None) -> int:
        """Take the next bytes, up to an end, as far as they are whole characters of UTF-8; how many
        those are. Raises UnicodeDecodeError with the place among them."""
        with memoryview(data)[:end] as view:
            at = 0
            while at < len(view):
                try:
                    text, used = codecs.utf_8_decode(view[at : at + BLOCK], "strict", False)
                except UnicodeDecodeError as error:
                    raise moved(error, at) from None
                if not used:
                    break
                at += used
                self.bytes.append(self.bytes[-1] + used)
                self.chars.append(self.chars[-1] + len(text))
            self._digest.update(view[:at])
        self._ends.take(data, at)
        return at

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    @property
    def newline(self) -> str:
        return self._ends.name


def index_of(handle: int) -> Index:
    """Read a whole file once, to know where its blocks begin. Raises OSError, and
    UnicodeDecodeError with the place in the file when it is not UTF-8."""
    index, at = Index(), 0
    buffer = bytearray(BLOCK)
    while size := os.preadv(handle, [buffer], at):
        try:
            used = index.take(buffer, size)
            if not used:
                buffer[:size].decode()  # a character that breaks off at the end of the file
        except UnicodeDecodeError as error:
            raise moved(error, at) from None
        at += used
    return index


def moved(error: UnicodeDecodeError, by: int) -> UnicodeDecodeError:
    """An error in a piece, with its place in the whole."""
    start, end = error.start + by, error.end + by
    return UnicodeDecodeError(error.encoding, b"", start, end, error.reason)


class BlockText:
    """A text in UTF-8 on the disk; its length and its parts count in code points, as a string's.

    It may be read by several threads.
    """

    def __init__(self, handle: int, index: Index, stamp: Stamp | None = None) -> None:
        """`handle` is closed with the text. `stamp` is what the file had before it was read; none
        for a file that nobody else can write to."""
        self._handle = handle
        self._stamp = stamp
        self._changed = False
        self._lock = RLock()
        self._cache: OrderedDict[int, str] = OrderedDict()
        self._bytes = index.bytes
        self._chars = index.chars
        self.sha256 = index.sha256
        self.newline = index.newline
        """Which line ends it has."""
        self.size = self._bytes[-1]
        """How many bytes it has."""

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    @property
    def changed(self) -> bool:
        """Whether another program has written to the file before there was a copy of it."""
        with self._lock:
            if self._stamp is not None and not self._changed:
                stamp = Stamp.of(self._handle)
                if stamp != self._stamp:
                    # it may have been moved only, or written as it was
                    self._changed = stamp.size != self.size or not self._is_same()
                    self._stamp = stamp
            return self._changed

    def _is_same(self) -> bool:
        digest = hashlib.sha256()
        for piece in self.pieces():
            digest.update(piece)
        return digest.hexdigest() == self.sha256

    # As a text ----------------------------------------------------------------------------------

    def __len__(self) -> int:
        return self._chars[-1]

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> str: ...
    def __getitem__(self, at: int | slice) -> str:
        if isinstance(at, int):
            place = at + len(self) if at < 0 else at
            if not 0 <= place < len(self):
                raise IndexError(at)
            return self._part(place, place + 1)
        start, stop, step = at.indices(len(self))
        part = self._part(start, stop) if start < stop else ""
        return part if step == 1 else part[::step]

    def __str__(self) -> str:
        return "".join(self._block(number) for number in range(len(self._chars) - 1))

    def _part(self, start: int, stop: int) -> str:
        first = bisect_right(self._chars, start) - 1
        last = bisect_right(self._chars, stop - 1) - 1
        base = self._chars[first]
        if first == last:
            return self._block(first)[start - base : stop - base]
        parts = [self._block(number) for number in range(first, last + 1)]
        parts[0] = parts[0][start - base :]
        parts[-1] = parts[-1][: stop - self._chars[last]]
        return "".join(parts)

    def _block(self, number: int) -> str:
        with self._lock:
            block = self._cache.get(number)
            if block is not None:
                self._cache.move_to_end(number)
                return block
            block = self._decoded(number)
            self._cache[number] = block
            if len(self._cache) > _KEPT:
                self._cache.popitem(last=False)
            return block

    def _decoded(self, number: int) -> str:
        start, end = self._bytes[number], self._bytes[number + 1]
        count = self._chars[number + 1] - self._chars[number]
        data = os.pread(self._handle, end - start, start)
        try:
            text = data.decode()
        except UnicodeDecodeError:
            text = data.decode("utf-8", "replace")
            self._changed = True
        self._changed = self.changed or len(text) != count
        # no mark is made on what changed; what is drawn meanwhile must have its length
        return text[:count].ljust(count, "\ufffd") if self._changed else text

    def byte_of(self, position: int) -> int:
        """At which byte of the file a code point stands."""
        block = bisect_right(self._chars, position) - 1
        if block == len(self._chars) - 1:
            return self._bytes[block]
        before = self._block(block)[: position - self._chars[block]]
        return self._bytes[block] + len(before.encode())

    # Its bytes ----------------------------------------------------------------------------------

    def pieces(self) -> Iterator[bytes]:
        """Its bytes, piece by piece. Raises OSError."""
        for at in range(0, self.size, PIECE):
            with self._lock:
                piece = os.pread(self._handle, min(PIECE, self.size - at), at)
            yield piece

    def make_own(self) -> None:
        """Copy the file, for nobody else to change; may take its time in another thread.

        Where there is no room for it, the file itself is read on. Raises OSError.
        """
        if self._stamp is None:
            return
        with tempfile.TemporaryFile(prefix="reader-") as copy:
            digest = hashlib.sha256()
            for piece in self.pieces():
                digest.update(piece)
                copy.write(piece)
            copy.flush()
            with self._lock:
                if digest.hexdigest() != self.sha256:
                    self._changed = True
                    return
                own = os.dup(copy.fileno())
                self._handle, before, self._stamp = own, self._handle, None
            os.close(before)
