"""A large text that stays on the disk: decoded block by block, where somebody looks.

The bytes are read from a file that is nobody else's: a copy without a name. Until that is made,
the file itself is read, and it is noticed when another program writes to it meanwhile.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Final, overload

LARGE: Final = 4 << 20
"""From so many bytes on a text is not held in memory as one string."""

_BLOCK: Final = 1 << 16
_CHUNK: Final = 1 << 20
_KEPT: Final = 64


class BlockText:
    """A text in UTF-8 on the disk; its length and its parts count in code points, as a string's.

    It may be read by several threads.
    """

    def __init__(self, handle: int) -> None:
        """Read the whole file once, to know where its blocks begin. Raises OSError, and
        UnicodeDecodeError when it is not UTF-8."""
        self._changed = False
        self._handle = handle
        self._stamp = _stamp(handle)
        self._own = False
        self._lock = Lock()
        self._cache: OrderedDict[int, str] = OrderedDict()
        self._bytes = array("q", [0])
        self._chars = array("q", [0])
        digest = hashlib.sha256()
        self.returns = False
        """Whether there is a carriage return in it."""
        for chunk in self._chunks():
            digest.update(chunk)
            self.returns = self.returns or b"\r" in chunk
            self._enter(chunk)
        self.sha256 = digest.hexdigest()
        self.size = self._bytes[-1]
        """How many bytes it has."""

    def _chunks(self) -> Iterator[bytes]:
        """The file in pieces that end between two characters."""
        at, rest = 0, b""
        while data := os.pread(self._handle, _CHUNK, at):
            at += len(data)
            chunk = rest + data
            cut = _edge(chunk, len(chunk))
            yield chunk[:cut]
            rest = chunk[cut:]
        if rest:
            rest.decode()  # a character that breaks off
            yield rest

    def _enter(self, chunk: bytes) -> None:
        plain = chunk.isascii()
        start = 0
        while start < len(chunk):
            end = min(start + _BLOCK, len(chunk))
            if plain:
                count = end - start
            else:
                end = _edge(chunk, end)
                count = len(chunk[start:end].decode())
            self._bytes.append(self._bytes[-1] + end - start)
            self._chars.append(self._chars[-1] + count)
            start = end

    @property
    def changed(self) -> bool:
        """Whether another program has written to the file before there was a copy of it."""
        if not self._own and _stamp(self._handle) != self._stamp:
            self._changed = True
        return self._changed

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
        if first == last:
            base = self._chars[first]
            return self._block(first)[start - base : stop - base]
        joined = "".join(self._block(number) for number in range(first, last + 1))
        base = self._chars[first]
        return joined[start - base : stop - base]

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
        data = os.pread(self._handle, end - start, start)
        count = self._chars[number + 1] - self._chars[number]
        if not self.changed:
            return data.decode()
        # no mark is made on it any more; what is drawn meanwhile must have its length
        return data.decode("utf-8", "replace")[:count].ljust(count, "\ufffd")

    def byte_of(self, position: int) -> int:
        """At which byte of the file a code point stands."""
        block = bisect_right(self._chars, position) - 1
        if block == len(self._chars) - 1:
            return self._bytes[block]
        before = self._block(block)[: position - self._chars[block]]
        return self._bytes[block] + len(before.encode())

    # Its bytes ----------------------------------------------------------------------------------

    def read_bytes(self) -> bytes:
        return os.pread(self._handle, self.size, 0) if self.size < _CHUNK else self._all()

    def _all(self) -> bytes:
        pieces = [os.pread(self._handle, _CHUNK, at) for at in range(0, self.size, _CHUNK)]
        return b"".join(pieces)[: self.size]

    def make_own(self) -> None:
        """Copy the file, for nobody else to change; may take its time in another thread.

        Where there is no room for it, the file itself is read on. Raises OSError.
        """
        with tempfile.TemporaryFile(prefix="reader-") as copy:
            digest = hashlib.sha256()
            for at in range(0, self.size, _CHUNK):
                piece = os.pread(self._handle, min(_CHUNK, self.size - at), at)
                digest.update(piece)
                copy.write(piece)
            copy.flush()
            with self._lock:
                if digest.hexdigest() != self.sha256:
                    self._changed = True
                    return
                own = os.dup(copy.fileno())
                self._handle, before, self._own = own, self._handle, True
            os.close(before)

    def close(self) -> None:
        os.close(self._handle)


def open_blocks(path: Path) -> BlockText | None:
    """A large file as a text; None when it is not UTF-8. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        return BlockText(handle)
    except UnicodeDecodeError:
        os.close(handle)
        return None
    except BaseException:
        os.close(handle)
        raise


def _edge(data: bytes, wanted: int) -> int:
    """The last place up to one where a character begins, or the end of all."""
    at = wanted
    while at > wanted - 4 and 0 < at < len(data) and data[at] & 0xC0 == 0x80:
        at -= 1
    if at == len(data):
        # the last character may go on in what follows
        for back in range(1, min(4, at) + 1):
            byte = data[at - back]
            if byte & 0xC0 != 0x80:
                needs = 4 if byte >= 0xF0 else 3 if byte >= 0xE0 else 2 if byte >= 0xC0 else 1
                return at - back if needs > back else at
    return at


def _stamp(handle: int) -> tuple[int, int]:
    stat = os.fstat(handle)
    return stat.st_size, stat.st_mtime_ns
