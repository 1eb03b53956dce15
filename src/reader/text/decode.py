"""Bytes to the exact text: never a character dropped, replaced or normalised."""

from __future__ import annotations

import codecs
import contextlib
import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final, NamedTuple

from reader.errors import InputError
from reader.text.blocks import BlockText
from reader.text.content import Content, SmallContent
from reader.text.newlines import newline_of
from reader.text.units import Text

__all__ = ["Decoded", "decode", "is_announced", "newline_of", "text_hash"]

_BOMS: Final = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_BINARIES: Final = (
    (b"%PDF-", "a PDF", "Save its text first: pdftotext FILE.pdf FILE.txt"),
    (b"PK\x03\x04", "a zip archive (or a DOCX, ODT or EPUB)", "Save its text first."),
    (b"PK\x05\x06", "an empty zip archive", "Save its text first."),
    (b"\x1f\x8b", "gzip data", "Unpack it first: gunzip FILE.gz"),
    (b"BZh", "bzip2 data", "Unpack it first: bunzip2 FILE.bz2"),
    (b"\xfd7zXZ\x00", "xz data", "Unpack it first: unxz FILE.xz"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it first."),
    (b"\x28\xb5\x2f\xfd", "Zstandard data", "Unpack it first: unzstd FILE.zst"),
    (b"Rar!\x1a\x07", "a RAR archive", "Unpack it first."),
    (b"\x89PNG\r\n", "a PNG image", "An image has no text to mark."),
    (b"\xff\xd8\xff", "a JPEG image", "An image has no text to mark."),
    (b"GIF87a", "a GIF image", "An image has no text to mark."),
    (b"GIF89a", "a GIF image", "An image has no text to mark."),
    (b"II*\x00", "a TIFF image", "An image has no text to mark."),
    (b"MM\x00*", "a TIFF image", "An image has no text to mark."),
    (b"\x7fELF", "an executable", "It has no text to mark."),
    (b"MZ\x90\x00", "an executable", "It has no text to mark."),
    (b"\xcf\xfa\xed\xfe", "an executable", "It has no text to mark."),
    (b"\xca\xfe\xba\xbe", "an executable or a Java class", "It has no text to mark."),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file", "Save its text first."),
    (b"SQLite format 3\x00", "a SQLite database", "It has no text to mark."),
    (b"OggS\x00", "an Ogg recording", "It has no text to mark."),
    (b"ID3\x02", "an MP3 recording", "It has no text to mark."),
    (b"ID3\x03", "an MP3 recording", "It has no text to mark."),
    (b"ID3\x04", "an MP3 recording", "It has no text to mark."),
    (b"fLaC\x00", "a FLAC recording", "It has no text to mark."),
    (b"{\\rtf", "an RTF file", "Save it as plain text first."),
)

_FEW: Final = 8
_JUDGED: Final = 1 << 20
"""By so many bytes an encoding is judged; with fewer than those few beyond ASCII among them,
statistics say nothing."""

_ENOUGH: Final = 64
"""With so many characters beyond ASCII it may be clear what they are."""

_ASCII: Final = bytes(range(0x80))
_HEAD: Final = 64


class Decoded(NamedTuple):
    """A text and how it was read. `encoding` is a name that Python's `open` understands.

    `guessed` says that the encoding was neither given nor certain. `flaw` is the first byte, from
    0, that keeps a file from being UTF-8 when nearly all of it is: letters look wrong then.
    """

    text: Text
    encoding: str
    newline: str
    guessed: bool = False
    flaw: int | None = None

    @property
    def sha256(self) -> str:
        return self.text.sha256 if isinstance(self.text, BlockText) else text_hash(str(self.text))


def text_hash(text: str) -> str:
    """The SHA-256 of the text written as UTF-8: what a document is known by."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def is_announced(head: bytes) -> bool:
    """Whether the first bytes of a file say that it is no text, or one in another encoding than
    UTF-8."""
    known = (*(magic for magic, _, _ in _BINARIES), *(bom for bom, _ in _BOMS), b"RIFF")
    return head.startswith(known) or head[4:8] == b"ftyp"


def decode(data: bytes | Content, name: str, encoding: str | None = None) -> Decoded:
    """Decode a file's bytes: the encoding given, else BOM, UTF-8, detection, cp1252, latin-1.

    A U+FEFF that opens a UTF-8 file stays as code point 0; UTF-16 and UTF-32 use theirs up, as
    Python's codecs do. Raises InputError for what is known not to be text, and for bytes that the
    encoding given (or announced by a BOM) cannot decode.
    """
    content = SmallContent(data) if isinstance(data, bytes) else data
    if encoding is not None:
        return _decode_as(content, name, encoding)
    head = content.head(_HEAD)
    for magic, what, remedy in _BINARIES:
        if head.startswith(magic):
            raise InputError(f"{name} is not a text", f"it is {what}", remedy)
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise InputError(f"{name} is not a text", "it is an image, a recording or a film")
    if head[:2] == b"\x00\x00" and head[4:8] == b"ftyp":
        raise InputError(f"{name} is not a text", "it is a film or a picture")
    for bom, announced in _BOMS:
        if head.startswith(bom):
            return _decode_as(content, name, announced)
    try:
        return _decoded(content.read("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if _nearly_utf8(content, error.start):
            return _first(content, _WESTERN)._replace(flaw=error.start)
        return _first(content, _guesses(content.head(_JUDGED)))


def _decode_as(content: Content, name: str, encoding: str) -> Decoded:
    try:
        text = content.read(encoding)
    except LookupError as error:
        raise InputError(
            f"There is no encoding '{encoding}'",
            remedy="Names such as utf-8, utf-16, cp1252, latin-1, shift_jis are known.",
        ) from error
    except UnicodeError as error:
        at = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise InputError(
            f"{name} cannot be read as {encoding}",
            f"its bytes do not fit{at}",
            "Name the right one with --encoding.",
        ) from error
    return _decoded(text, codecs.lookup(encoding).name)


def _nearly_utf8(content: Content, flaw: int) -> bool:
    """Whether the bytes beyond ASCII are letters of UTF-8 but for a few: a damaged file, then, and
    no other encoding. What follows the first flaw is gone through until that is clear."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    bad = letters = seen = 0
    for data in chain(content.pieces(), (b"",)):
        seen += len(data)
        text = decoder.decode(data, not data)
        lost = text.count("\ufffd")
        bad += lost
        letters += len(text) - len(text.encode("ascii", "ignore")) - lost
        clear = letters < bad or letters >= 16 * bad
        if clear and bad + letters >= _ENOUGH and seen >= flaw + _JUDGED:
            break
    return letters >= 4 * bad


_WESTERN: Final = ("cp1252", "latin-1")


def _guesses(head: bytes) -> Iterator[str]:
    """What a text may be in that begins so, the likeliest first; with the last it can be read."""
    if len(head.translate(None, _ASCII)) >= _FEW:  # else an accent or two, most likely
        from charset_normalizer import from_bytes  # 30 ms, and most files are UTF-8

        results = from_bytes(_whole_lines(head))
        best = results.best()
        # of single-byte encodings that fit alike it takes any: then the one most in use is meant
        western = next((each for each in results if "cp1252" in each.could_be_from_charset), None)
        if best is not None and western is not None and western.coherence >= best.coherence:
            yield "cp1252"
        yield from (each.encoding for each in results)
    yield from _WESTERN


def _whole_lines(head: bytes) -> bytes:
    """No character is cut through at the end of a line, in any encoding where it is one byte."""
    if len(head) < _JUDGED or b"\0" in head:
        return head
    return head[: head.rfind(b"\n") + 1] or head


def _first(content: Content, encodings: Iterable[str]) -> Decoded:
    """The text in the first encoding that its bytes fit."""
    for encoding in encodings:
        with contextlib.suppress(UnicodeError, LookupError):
            return _decoded(content.read(encoding), encoding, guessed=True)
    raise AssertionError("any bytes are latin-1")


def _decoded(text: Text, encoding: str, guessed: bool = False) -> Decoded:
    newline = text.newline if isinstance(text, BlockText) else newline_of(text[:])
    return Decoded(text, encoding, newline, guessed)
