"""Bytes to the exact text."""

from __future__ import annotations

import codecs
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import InputError
from reader.text.decode import _BINARIES, decode, newline_of, text_hash

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
