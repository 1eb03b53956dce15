"""A file's bytes and the text in them: small ones in memory, large ones left on the disk."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final, NamedTuple

from reader.errors import InputError
from reader.text.blocks import LARGE, BlockText, open_blocks
from reader.text.decode import Decoded, decode, is_announced, newline_of

_HEAD: Final = 64


class Source(NamedTuple):
    """What was read: the bytes, or the text on the disk."""

    content: bytes | BlockText

    @classmethod
    def at(cls, path: Path) -> Source:
        """What is in a file. Raises InputError."""
        if path.is_dir():
            raise InputError(
                f"{path} is a folder", remedy=f"Name the files in it: reader open {path}/*.txt"
            )
        try:
            return cls(_large(path) or path.read_bytes())
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InputError(
                f"{path} cannot be read", reason, "Check its owner and rights."
            ) from error

    @property
    def sha256(self) -> str:
        """That of the bytes."""
        if isinstance(self.content, bytes):
            return hashlib.sha256(self.content).hexdigest()
        return self.content.sha256

    @property
    def size(self) -> int:
        return len(self.content) if isinstance(self.content, bytes) else self.content.size

    def decoded(self, name: str, encoding: str | None) -> Decoded:
        """The text, by the encoding given or found. Raises InputError."""
        if isinstance(self.content, bytes):
            return decode(self.content, name, encoding)
        text = self.content
        if encoding not in (None, "utf-8"):
            return decode(text.read_bytes(), name, encoding)
        newline = newline_of(str(text)) if text.returns else newline_of(text[:_SOME])
        return Decoded(text, "utf-8", newline)


_SOME: Final = 1 << 16


def _large(path: Path) -> BlockText | None:
    """A large file that is plain UTF-8, as far as its first bytes say; None for all others."""
    if not path.is_file() or path.stat().st_size < LARGE:
        return None
    with path.open("rb") as file:
        if is_announced(file.read(_HEAD)):
            return None
    return open_blocks(path)


def said(name: str, decoded: Decoded) -> tuple[str, ...]:
    """What a person should know about how a file was read; nothing when it is plain UTF-8."""
    if decoded.flaw is not None:
        said = (
            f"{name} is UTF-8 but for some bytes, the first at {decoded.flaw}: it was read as "
            f"{decoded.encoding}, and accents and quotation marks look wrong. "
            "Mend the file before you mark it."
        )
    elif decoded.guessed:
        said = (
            f"{name} is not UTF-8: it was read as {decoded.encoding}. "
            "If letters look wrong, name the right one with --encoding."
        )
    elif decoded.encoding != "utf-8":
        said = f"{name} was read as {decoded.encoding}."
    elif isinstance(decoded.text, str) and decoded.text.count("\0") * 3 > len(decoded.text):
        order = "be" if decoded.text.startswith("\0") else "le"
        said = f"{name} is full of NULs: it may be UTF-16. Try --encoding utf-16-{order}."
    else:
        return ()
    return (said,)
