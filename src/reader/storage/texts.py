"""Every exact text that was annotated, kept by the hash of what it says and written once."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Final

from reader.errors import ConflictError, StoreError
from reader.storage.damage import damaged
from reader.storage.files import UnnamedFile, make_folder, store_error, write_atomically
from reader.storage.layout import PRIVATE, Rights
from reader.text.blocks import BLOCK, LARGE, BlockText
from reader.text.decode import text_hash
from reader.text.units import Text

_LARGE: Final = 1 << 18


class Texts:
    """The folder of kept texts."""

    def __init__(self, folder: Path, rights: Rights = PRIVATE) -> None:
        self.folder = folder
        self._rights = rights
        self._ahead: dict[str, UnnamedFile] = {}
        self._making = Lock()
        """Held while a text is got ready: whoever needs it meanwhile waits, and has it."""
        self._expected: set[str] = set()
        """Which texts may be needed; one that is dropped is not got ready any further."""

    def path(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.txt.gz"

    def has(self, sha256: str) -> bool:
        return self.path(sha256).exists()

    def keep(self, text: Text, sha256: str) -> None:
        """Write the text down, unless it is there already. On the disk when this returns. Raises
        StoreError; ConflictError when it is another text by now."""
        path = self.path(sha256)
        if path.exists():
            return
        make_folder(self.folder, self._rights)
        with self._making:
            made = self._ahead.pop(sha256, None)
        if made is None:
            write_atomically(path, self._packed(text, sha256), self._rights)
            return
        try:
            made.put()
        except OSError as error:
            raise store_error(f"{path} was not saved", error) from error
        finally:
            made.drop()

    def expect(self, sha256: str) -> None:
        """This text may be needed, until it is dropped."""
        self._expected.add(sha256)

    def get_ready(self, text: Text, sha256: str) -> None:
        """Do the long part of keeping a large text that is expected, for another thread.

        Nothing of it is seen before it is kept: who only looks leaves nothing behind.
        """
        if len(text) < _LARGE or self.path(sha256).exists():
            return
        with self._making:
            if sha256 in self._ahead or sha256 not in self._expected:
                return
            pieces = self._as_long_as_expected(self._packed(text, sha256), sha256)
            # then it is done, or fails aloud, when it is needed
            with contextlib.suppress(OSError, ConflictError, _DroppedError):
                self._ahead[sha256] = UnnamedFile(self.path(sha256), pieces, self._rights)

    def _as_long_as_expected(self, pieces: Iterator[bytes], sha256: str) -> Iterator[bytes]:
        for piece in pieces:
            if sha256 not in self._expected:
                raise _DroppedError
            yield piece

    def drop(self, sha256: str) -> None:
        """What was got ready, or is just being, is not needed."""
        self._expected.discard(sha256)
        with self._making:
            made = self._ahead.pop(sha256, None)
        if made is not None:
            made.drop()

    def _packed(self, text: Text, sha256: str) -> Iterator[bytes]:
        """The text as it is kept, piece by piece. Raises ConflictError at the end unless it is the
        text that the hash was made of."""
        import zlib

        digest = hashlib.sha256()
        size = text.size if isinstance(text, BlockText) else len(text)
        # as gzip, without a time stamp inside: the same text gives the same bytes
        packer = zlib.compressobj(6 if size < LARGE else 1, wbits=31)
        for piece in _pieces(text):
            digest.update(piece)
            yield packer.compress(piece)
        if digest.hexdigest() != sha256:
            raise ConflictError(
                f"{self.path(sha256)} was not saved",
                "another program has changed the text meanwhile",
                "Leave it, and open it again.",
            )
        yield packer.flush()

    def read(self, sha256: str) -> str:
        """The exact text. Raises StoreError when it is missing or not what it was."""
        import gzip  # which a text that is where it was does without
        import zlib

        path = self.path(sha256)
        try:
            text = gzip.decompress(path.read_bytes()).decode("utf-8")
        except FileNotFoundError as error:
            raise StoreError(
                "The text is not in the database",
                f"{path} is missing",
                "Put the file the marks were made on back to its place, and name it.",
            ) from error
        except (zlib.error, EOFError, gzip.BadGzipFile, UnicodeDecodeError) as error:
            raise damaged(path, "it is no longer the text it was") from error
        except OSError as error:
            raise store_error(f"{path} cannot be read", error) from error
        if text_hash(text) != sha256:
            raise damaged(path, "it is no longer the text it was")
        return text


class _DroppedError(Exception):
    """The document was left while its text was being packed."""


def _pieces(text: Text) -> Iterator[bytes]:
    """The text as UTF-8, piece by piece: a large one is never in memory whole."""
    if isinstance(text, BlockText):
        yield from text.pieces()
        return
    for at in range(0, len(text), BLOCK):
        yield text[at : at + BLOCK].encode("utf-8")
