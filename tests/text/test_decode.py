"""Bytes to the exact text."""

from __future__ import annotations

import codecs
import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reader.errors import InputError
from reader.text import blocks, content
from reader.text import decode as module
from reader.text.blocks import BlockText
from reader.text.content import Content, LargeContent, SmallContent
from reader.text.decode import _BINARIES, decode, newline_of, text_hash
from reader.workspace.source import said

FRENCH = "Dépêche : l’été à la Réole, « café » et naïveté.\n"
PORTUGUESE = "A situação não é fácil, disse o ministro em São Paulo.\n"
SWEDISH = "Regeringen sade på måndagen att även små företag får stöd.\n"
RUSSIAN = "Представитель заявил в понедельник, что пожар уничтожил два склада.\n" * 2
JAPANESE = "港で火事があり、倉庫二棟が焼けたと当局者が月曜日に述べた。\n"


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"", "", "utf-8"),
        (b"plain", "plain", "utf-8"),
        (FRENCH.encode(), FRENCH, "utf-8"),
        (b"\xef\xbb\xbfwith a mark", "\ufeffwith a mark", "utf-8"),
        (b"\xef\xbb\xbf", "\ufeff", "utf-8"),
        (b"a\xef\xbb\xbfb", "a\ufeffb", "utf-8"),
        (b"NUL \x00 and \x1b[2J are text", "NUL \x00 and \x1b[2J are text", "utf-8"),
        (b"\x00\x00", "\x00\x00", "utf-8"),
        (b"a\r\nb\rc\n", "a\r\nb\rc\n", "utf-8"),
        ("e\u0301 \u00e9 \ufb01".encode(), "e\u0301 \u00e9 \ufb01", "utf-8"),
        (codecs.BOM_UTF16_LE + FRENCH.encode("utf-16-le"), FRENCH, "utf-16"),
        (codecs.BOM_UTF16_BE + FRENCH.encode("utf-16-be"), FRENCH, "utf-16"),
        (codecs.BOM_UTF32_LE + FRENCH.encode("utf-32-le"), FRENCH, "utf-32"),
        (codecs.BOM_UTF32_BE + FRENCH.encode("utf-32-be"), FRENCH, "utf-32"),
        ("😀\r\n".encode("utf-16"), "😀\r\n", "utf-16"),
    ],
)
def test_what_is_certain(data: bytes, text: str, encoding: str) -> None:
    decoded = decode(data, "a.txt")
    assert (decoded.text, decoded.encoding, decoded.guessed) == (text, encoding, False)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (PORTUGUESE, "cp1252"),
        (SWEDISH, "cp1252"),
        ("caf\u00e9", "cp1252"),
        ("“Nothing was done” — she said.", "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (JAPANESE, "shift_jis"),
    ],
)
def test_what_is_guessed_is_right_and_said_to_be_a_guess(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), "a.txt")
    assert (decoded.text, decoded.guessed) == (text, True)


@given(st.binary(max_size=120))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    """And whatever was taken, the recorded encoding gives the same text again."""
    try:
        decoded = decode(data, "a.txt")
    except InputError:
        return
    assert decode(data, "a.txt", decoded.encoding).text == decoded.text
    assert decoded.sha256 == hashlib.sha256(decoded.text.encode()).hexdigest()


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_utf_8_is_exact(text: str) -> None:
    data = text.encode()
    if any(data.startswith(magic) for magic, *_ in _BINARIES):
        return
    assert decode(data, "a.txt").text == text


@given(
    st.text(st.characters(exclude_categories=("Cs",))),
    st.sampled_from(["utf-8", "utf-16", "utf-32", "utf-16-le", "utf-7", "gb18030"]),
)
def test_an_encoding_given_is_exact(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), "a.txt", encoding)
    assert (decoded.text, decoded.encoding, decoded.guessed) == (
        text,
        codecs.lookup(encoding).name,
        False,
    )


def test_an_encoding_given_goes_before_everything() -> None:
    assert decode(b"\xe9", "a.txt", "latin-1").text == "\u00e9"
    assert decode(b"%PDF-", "a.txt", "utf-8").text == "%PDF-"
    assert decode(b"\xef\xbb\xbfa", "a.txt", "utf-8").text == "\ufeffa"
    assert decode(b"\xef\xbb\xbfa", "a.txt", "utf-8-sig").text == "a"


@pytest.mark.parametrize("encoding", ["klingon", "", "hex", "rot13", "base64", "zlib"])
def test_an_encoding_that_there_is_not(encoding: str) -> None:
    with pytest.raises(InputError, match="There is no encoding") as caught:
        decode(b"abcd", "a.txt", encoding)
    assert "utf-8" in caught.value.remedy


@pytest.mark.parametrize(
    ("data", "encoding", "place"),
    [
        (b"abc\xff", "utf-8", " at byte 3"),
        (b"\x81", "cp1252", " at byte 0"),
        (b"\xe9", "ascii", " at byte 0"),
        (b"abc", "utf-16", " at byte 2"),
        (b"\x00\xd8", "utf-16-le", " at byte 0"),
        (b"+2AA-", "utf-7", ""),
        (b"\\ud800", "raw_unicode_escape", ""),
        (b"x", "undefined", ""),
    ],
)
def test_bytes_that_do_not_fit(data: bytes, encoding: str, place: str) -> None:
    with pytest.raises(InputError, match=r"a\.txt cannot be read as") as caught:
        decode(data, "a.txt", encoding)
    assert caught.value.cause == f"its bytes do not fit{place}"
    assert "--encoding" in caught.value.remedy


def test_bytes_that_break_what_their_mark_promises() -> None:
    with pytest.raises(InputError, match="cannot be read as utf-16"):
        decode(codecs.BOM_UTF16_LE + b"abc", "a.txt")


@pytest.mark.parametrize(("magic", "what"), [(each[0], each[1]) for each in _BINARIES])
def test_what_is_known_to_be_no_text_is_refused_by_name(magic: bytes, what: str) -> None:
    with pytest.raises(InputError, match=r"a\.txt is not a text") as caught:
        decode(magic + b"\x00\x01\x02\xff", "a.txt")
    assert what in caught.value.cause
    assert caught.value.remedy


@pytest.mark.parametrize(
    "data",
    [
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
        b"RIFF\x10\x00\x00\x00WAVEfmt ",
        b"RIFF\x10\x00\x00\x00AVI LIST",
        b"\x00\x00\x00\x20ftypisom",
        b"\x00\x00\x00\x18ftypheic",
    ],
)
def test_films_and_recordings_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="is not a text"):
        decode(data, "a.txt")


@pytest.mark.parametrize(
    "text",
    [
        "ID3 is an algorithm that makes decision trees.",
        "OggS begins every page of such a file.",
        "fLaC is how those files begin.",
        "The ftyp box comes first.",
        "MZ was his initials.",
        "PK yelled.",
        "RIFF raff",
        "GIFs are pictures.",
        "II* and MM are byte orders.",
        "Rar! they cried.",
        "7z is a program.",
    ],
)
def test_a_text_that_begins_like_a_binary_is_a_text(text: str) -> None:
    assert decode(text.encode(), "a.txt").text == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "none"),
        ("a", "none"),
        ("a\x85b\u2028c\v\f", "none"),
        ("a\nb", "lf"),
        ("a\r\nb\r\n", "crlf"),
        ("a\rb", "cr"),
        ("a\n\r\nb", "mixed"),
        ("a\rb\n", "mixed"),
        ("\r\r\n", "mixed"),
        ("\n\r", "mixed"),
    ],
)
def test_names_of_line_ends(text: str, name: str) -> None:
    assert newline_of(text) == name
    assert decode(text.encode(), "a.txt").newline == name


def test_the_hash_is_of_the_text_not_of_the_file() -> None:
    assert text_hash("é") == hashlib.sha256(b"\xc3\xa9").hexdigest()
    assert decode("é".encode("utf-16"), "a.txt").sha256 == text_hash("é")


# A large file ------------------------------------------------------------------------------------


def outcome(data: bytes | Content, encoding: str | None) -> object:
    """All that is known of a text, and all that is said of it."""
    try:
        decoded = decode(data, "a.txt", encoding)
    except InputError as error:
        return str(error)
    text = str(decoded.text)
    assert len(decoded.text) == len(text)
    return (text, *decoded[1:], decoded.sha256, said("a.txt", decoded))


ENCODINGS = [
    *("utf-8", "utf-16", "utf-32", "utf-16-le", "utf-32-be", "utf-7", "utf-8-sig", "cp1252"),
    *("latin-1", "shift_jis", "gb18030", "iso2022_jp", "hz", "big5", "euc_kr", "koi8_r", "idna"),
    *("raw_unicode_escape", "punycode", "charmap", "undefined", "klingon", "hex"),
]
words = st.lists(
    st.sampled_from(
        [
            "a",
            "word ",
            "\r\n",
            "\r",
            "\n",
            "é",
            "“",
            "東京",
            "한",
            "Ж",
            "👩",
            "\ufeff",
            "\0",
            "~",
            "+",
            "-",
        ]
    ),
    max_size=40,
).map("".join)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Bytes in some encoding, whole or damaged, or any."""
    if draw(st.integers(0, 3)) == 0:
        return draw(st.binary(max_size=60))
    encoding = draw(st.sampled_from(ENCODINGS[:-6]))
    text = draw(words)
    if encoding == "idna":
        return text.encode("utf-8")
    data = text.encode(encoding, "ignore")
    if draw(st.booleans()):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(max_size=2)) + data[at + draw(st.integers(0, 2)) :]
    return data


@given(files(), st.none() | st.sampled_from(ENCODINGS), st.integers(4, 9))
@example(b"a" * 8 + b"\xff", "utf-8", 4)
@example("é\r\n".encode("utf-16-be"), "utf-16", 4)
@example(b"+2AA-" * 4 + b"\xff", "utf-7", 4)
@example(("ab" * 9).encode("utf-16") + b"c", None, 4)
@example("東京".encode("shift_jis") * 3 + b"\x81", "shift_jis", 5)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400)
def test_a_large_file_is_read_as_a_small_one(
    tmp_path: Path, data: bytes, encoding: str | None, size: int
) -> None:
    """The same text at the same places, with the same name, line ends and hash; what cannot be read
    is refused in the same words."""
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        for each in (blocks, content):
            patch.setattr(each, "BLOCK", size)
            patch.setattr(each, "PIECE", size + 3)
        large = LargeContent(tmp_path / "a.txt")
        assert large.sha256 == hashlib.sha256(data).hexdigest()
        assert large.size == len(data)
        assert outcome(large, encoding) == outcome(data, encoding)


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (FRENCH, "utf-16", "utf-16"),
        (FRENCH, "utf-32", "utf-32"),
        (FRENCH, "cp1252", "cp1252"),
        (RUSSIAN, "koi8_r", "koi8_r"),
        (RUSSIAN, "cp1251", "cp1251"),
        (JAPANESE, "shift_jis", "cp932"),
    ],
)
def test_a_large_file_of_another_encoding_stays_on_the_disk(
    tmp_path: Path, text: str, encoding: str, found: str
) -> None:
    text = text.replace("\n", "\r\n") * 4000
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    decoded = decode(LargeContent(tmp_path / "a.txt"), "a.txt")
    assert isinstance(decoded.text, BlockText)
    assert str(decoded.text) == text
    assert (decoded.encoding, decoded.newline) == (found, "crlf")
    assert decoded.sha256 == text_hash(text)
    decoded.text.make_own()  # it is nobody else's already
    (tmp_path / "a.txt").write_bytes(b"")
    assert not decoded.text.changed
    assert decoded.text[100_000:100_100] == text[100_000:100_100]


def test_without_room_on_the_disk_it_is_held_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(FRENCH.encode("utf-16"))

    def full(*_: object, **__: object) -> object:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    assert decode(LargeContent(tmp_path / "a.txt"), "a.txt").text == FRENCH


class Counted(SmallContent):
    """Tells how much of it was looked at."""

    looked_at = 0

    def head(self, most: int) -> bytes:
        data = super().head(most)
        self.looked_at = max(self.looked_at, len(data))
        return data

    def pieces(self) -> Iterator[bytes]:
        seen = 0
        for piece in super().pieces():
            seen += len(piece)
            self.looked_at = max(self.looked_at, seen)
            yield piece


@pytest.mark.parametrize("encoding", ["cp1252", "shift_jis"])
def test_an_encoding_is_judged_by_the_beginning(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setattr(module, "_JUDGED", 1 << 16)
    text = (FRENCH if encoding == "cp1252" else JAPANESE) * 6000
    counted = Counted(text.encode(encoding))
    decoded = decode(counted, "a.txt")
    assert (decoded.text, decoded.guessed) == (text, True)
    assert counted.looked_at <= 1 << 17


def test_one_wrong_byte_late_in_a_long_file_is_told_by_its_place() -> None:
    data = FRENCH.encode() * 20_000
    data = data[:900_000] + b"\xff" + data[900_000:]
    with pytest.raises(UnicodeDecodeError) as caught:
        data.decode()
    decoded = decode(data, "a.txt")
    assert (decoded.flaw, decoded.encoding) == (caught.value.start, "cp1252")
