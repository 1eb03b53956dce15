"""What a file holds, to be read as a text: a small one in memory, a large one left on the disk."""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from reader.text.blocks import BLOCK, PIECE, BlockText, Index, Stamp, index_of, moved
from reader.text.units import Text

_AT_ONCE: Final = ("idna", "punycode")
"""What was read in one way in pieces, and in another as a whole."""

_ORDERED: Final = {
    "utf-16": (codecs.BOM_UTF16, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
    "utf-32": (codecs.BOM_UTF32, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),
}
"""Encodings in the machine's own order, where no mark says another: in pieces that is an error."""


class Content(Protocol):
    """The bytes of a file."""

    def head(self, most: int) -> bytes:
        """Its first bytes."""

    def pieces(self) -> Iterator[bytes]:
        """All of them, piece by piece."""

    def read(self, encoding: str) -> Text:
        """The text in an encoding. Raises LookupError when there is none of that name, and
        UnicodeError when the bytes do not fit it, or the text has no UTF-8."""


class SmallContent:
    """Bytes in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def head(self, most: int) -> bytes:
        return self._data[:most]

    def pieces(self) -> Iterator[bytes]:
        for at in range(0, len(self._data), PIECE):
            yield self._data[at : at + PIECE]

    def read(self, encoding: str) -> str:
        text = self._data.decode(encoding)
        if codecs.lookup(encoding).name != "utf-8":
            text.encode("utf-8")  # lone surrogates (utf-7, raw_unicode_escape) cannot be kept
        return text


class LargeContent:
    """The bytes of a large file. What is not UTF-8 is written so into a file without a name."""

    def __init__(self, path: Path) -> None:
        """Read it once. Raises OSError."""
        self._handle = -1
        self._handle = os.open(path, os.O_RDONLY)
        self._stamp = Stamp.of(self._handle)
        self._index: Index | None = None
        self._flaw: UnicodeDecodeError | None = None
        try:
            self._index = index_of(self._handle)
            self.sha256 = self._index.sha256
            """That of the bytes."""
            self.size = self._index.bytes[-1]
        except UnicodeDecodeError as error:
            self._flaw = moved(error, 0)  # one that has been raised holds on to all of this
            digest, self.size = hashlib.sha256(), 0
            for piece in self.pieces():
                digest.update(piece)
                self.size += len(piece)
            self.sha256 = digest.hexdigest()

    def __del__(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)

    @property
    def changed(self) -> bool:
        """Whether another program has written to it since it was read."""
        return Stamp.of(self._handle) != self._stamp

    def head(self, most: int) -> bytes:
        return os.pread(self._handle, most, 0)

    def pieces(self) -> Iterator[bytes]:
        at = 0
        while piece := os.pread(self._handle, PIECE, at):
            at += len(piece)
            yield piece

    def read(self, encoding: str) -> Text:
        """The text in an encoding; in memory where there is no room for it on the disk. Raises
        OSError, too."""
        codec = codecs.lookup(encoding)
        if codec.name == "utf-8":
            if self._index is None:
                assert self._flaw is not None
                raise moved(self._flaw, 0)
            return BlockText(os.dup(self._handle), self._index, self._stamp)
        with contextlib.suppress(UnicodeError):
            b" ".decode(encoding)  # there are codecs that are not for texts
        if codec.name in _AT_ONCE or codec.incrementaldecoder is None:
            return SmallContent(b"".join(self.pieces())).read(encoding)
        try:
            return self._recoded(codec)
        except OSError:
            return SmallContent(b"".join(self.pieces())).read(encoding)

    def _recoded(self, codec: codecs.CodecInfo) -> BlockText:
        index = Index()
        unfit: UnicodeEncodeError | None = None
        with tempfile.TemporaryFile(prefix="reader-") as made:
            for text in self._decoded(codec):
                try:
                    data = text.encode()
                except UnicodeEncodeError as error:
                    unfit = error  # bytes that do not fit are told rather, if there are any
                if unfit is None:
                    made.write(data)
                    index.take(data)
            if unfit is not None:
                raise unfit
            made.flush()
            return BlockText(os.dup(made.fileno()), index)

    def _decoded(self, codec: codecs.CodecInfo) -> Iterator[str]:
        """The text, piece by piece, none of them empty."""
        marks = _ORDERED.get(codec.name)
        if marks is not None and not self.head(4).startswith(marks[1:]):
            native = "le" if marks[0] == marks[1] else "be"
            codec = codecs.lookup(f"{codec.name}-{native}")
        assert codec.incrementaldecoder is not None
        decoder = codec.incrementaldecoder("strict")
        at = 0
        while True:
            data = os.pread(self._handle, BLOCK, at)
            held = len(decoder.getstate()[0])
            try:
                text = decoder.decode(data, not data)
            except UnicodeDecodeError as error:
                raise moved(error, at - held) from None
            if text:
                yield text
            if not data:
                return
            at += len(data)
