"""Every exact text that was annotated, kept by the hash of what it says and written once."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

from reader.errors import StoreError
from reader.storage.files import TemporaryFile, make_folder, store_error, write_atomically
from reader.storage.damage import damaged
from reader.storage.layout import PRIVATE, Rights
from reader.text.blocks import LARGE, BlockText
from reader.text.decode import text_hash
from reader.text.units import Text

_LARGE: Final = 1 << 18


class Texts:
    """The folder of kept texts."""

    def __init__(self, folder: Path, rights: Rights = PRIVATE) -> None:
        self.folder = folder
        self._rights = rights
        self._ahead: dict[str, TemporaryFile] = {}

    def path(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.txt.gz"

    def has(self, sha256: str) -> bool:
        return self.path(sha256).exists()

    def keep(self, text: Text, sha256: str) -> None:
        """Write the text down, unless it is there already. On the disk when this returns."""
        path = self.path(sha256)
        if path.exists():
            return
        make_folder(self.folder, self._rights)
        made = self._ahead.pop(sha256, None)
        try:
            if made is not None and made.path.exists():
                made.put()
                return
        except OSError as error:
            raise store_error(f"{path} was not saved", error) from error
        write_atomically(path, _packed(text), self._rights)

    def get_ready(self, text: Text, sha256: str) -> None:
        """Do the long part of keeping a large text, for another thread, before it is needed.

        Nothing is done where there is no database yet: who only looks leaves nothing behind.
        """
        if len(text) < _LARGE or not self.folder.is_dir() or self.path(sha256).exists():
            return
        with contextlib.suppress(OSError):  # then it is done, or fails aloud, when it is needed
            self._ahead[sha256] = TemporaryFile(self.path(sha256), _packed(text), self._rights)

    def drop(self, sha256: str) -> None:
        """What was got ready is not needed."""
        made = self._ahead.pop(sha256, None)
        if made is not None:
            made.drop()

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


def _packed(text: Text) -> bytes:
    """The text as it is kept."""
    import gzip

    data = text.read_bytes() if isinstance(text, BlockText) else str(text).encode("utf-8")
    # no time stamp inside: the same text gives the same bytes
    return gzip.compress(data, compresslevel=6 if len(data) < LARGE else 1, mtime=0)
