"""A file's bytes and the text in them: small ones in memory, large ones left on the disk."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final, NamedTuple

from reader.errors import InputError
from reader.text.blocks import LARGE, BlockText
from reader.text.content import LargeContent
from reader.text.decode import Decoded, decode
from reader.text.units import Text

_SOME: Final = 1 << 16


class Source(NamedTuple):
    """What was read: the bytes, or where they are on the disk."""

    content: bytes | LargeContent

    @classmethod
    def at(cls, path: Path) -> Source:
        """What is in a file. Raises InputError."""
        if path.is_dir():
            raise InputError(
                f"{path} is a folder", remedy=f"Name the files in it: reader open {path}/*.txt"
            )
        try:
            large = path.is_file() and path.stat().st_size >= LARGE
            return cls(LargeContent(path) if large else path.read_bytes())
        except OSError as error:
            raise _unread(str(path), error) from error

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
        content = self.content
        try:
            decoded = decode(content, name, encoding)
            if isinstance(content, LargeContent) and decoded.encoding != "utf-8":
                self._refuse_if_changed(content, name)
        except OSError as error:
            raise _unread(name, error) from error
        return decoded

    @staticmethod
    def _refuse_if_changed(content: LargeContent, name: str) -> None:
        """What was read again must be what the hash was made of. A text that was read once only
        looks after that itself."""
        if content.changed:
            raise InputError(
                f"{name} cannot be read",
                "another program has just changed it",
                "Open it again.",
            )


def _unread(name: str, error: OSError) -> InputError:
    reason = (error.strerror or str(error)).lower()
    return InputError(f"{name} cannot be read", reason, "Check its owner and rights.")


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
    elif _is_full_of_nuls(decoded.text):
        order = "be" if decoded.text[:1] == "\0" else "le"
        said = f"{name} is full of NULs: it may be UTF-16. Try --encoding utf-16-{order}."
    else:
        return ()
    return (said,)


def _is_full_of_nuls(text: Text) -> bool:
    """As UTF-16 is that nothing announces; a large text shows it at its beginning."""
    some = text[:_SOME] if isinstance(text, BlockText) else text[:]
    return some.count("\0") * 3 > len(some)
