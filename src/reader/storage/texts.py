"""Every exact text that was annotated, kept by the hash of what it says and written once."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from reader.errors import StoreError
from reader.storage.files import make_folder, store_error, write_atomically
from reader.storage.json_file import damaged
from reader.storage.layout import PRIVATE, Rights
from reader.text.decode import text_hash


class Texts:
    """The folder of kept texts."""

    def __init__(self, folder: Path, rights: Rights = PRIVATE) -> None:
        self.folder = folder
        self._rights = rights

    def path(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.txt.gz"

    def has(self, sha256: str) -> bool:
        return self.path(sha256).exists()

    def keep(self, text: str, sha256: str) -> None:
        """Write the text down, unless it is there already. On the disk when this returns."""
        path = self.path(sha256)
        if path.exists():
            return
        make_folder(self.folder, self._rights)
        # no time stamp inside: the same text gives the same bytes
        data = gzip.compress(text.encode("utf-8"), compresslevel=6, mtime=0)
        write_atomically(path, data, self._rights)

    def read(self, sha256: str) -> str:
        """The exact text. Raises StoreError when it is missing or not what it was."""
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
