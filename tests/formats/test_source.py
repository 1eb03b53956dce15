"""A file that comes in: its lines, the text it is about, and errors that name places."""

from __future__ import annotations

import pytest

from reader.errors import InputError
from reader.formats.source import DEEPEST, Source, is_deep, shown
from reader.text.decode import decode, text_hash


def lines(data: bytes) -> list[tuple[int, str]]:
    return [tuple(each) for each in Source("x.ann", data).lines()]


def test_lines_are_cut_at_lf_alone() -> None:
    assert lines(b"") == []
    assert lines(b"a\n\nb") == [(1, "a"), (2, ""), (3, "b")]
    assert lines(b"a\r\nb\n") == [(1, "a\r"), (2, "b")]
    assert lines("\ufeffa\u2028b\x0cc\x85\n".encode()) == [(1, "a\u2028b\x0cc\x85")]


def test_what_is_no_utf8_is_said_with_its_line() -> None:
    with pytest.raises(InputError, match=r"x\.ann, line 3 cannot be imported: it is not UTF-8"):
        lines(b"a\nb\nc\xff\n")


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "no JSON"), (b"{", "no JSON"), (b"[" * 99999, "deeply"), (b"[" * 500 + b"]" * 500, "")],
)
def test_json_that_is_none_is_said_with_its_line(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=rf"x\.json, line 7 cannot be imported: .*{said}"):
        Source("x.json", b"").json(data.decode(), 7)
    with pytest.raises(InputError, match=r"x\.json(, line 1)? cannot be imported"):
        Source("x.json", data).json()


def test_how_deep_is_too_deep() -> None:
    value: object = 1
    for _ in range(DEEPEST):
        value = [value, 1]
    assert not is_deep(value)
    assert is_deep({"a": value})
    assert not is_deep([1] * 100_000)


def test_an_error_names_its_line_once() -> None:
    source = Source("x.ann", b"")
    with (
        pytest.raises(InputError, match=r"^x\.ann, line 4 cannot be imported: it is odd\.$"),
        source.at(5),
        source.at(4),
    ):
        raise InputError("It is odd")
    with pytest.raises(InputError) as caught, source.at(2):
        raise InputError("This is odd", "very", "Mend it.")
    assert str(caught.value) == "x.ann, line 2 cannot be imported: this is odd, very. Mend it."


def test_the_text_is_the_one_given_else_that_beside_it_else_the_known_one() -> None:
    sha256 = text_hash("known")
    there = {".txt": b"beside"}
    given = decode(b"given", "t.txt")
    source = Source("x.ann", b"", given, there.get, {sha256: "known"}.get)
    assert source.document(".txt").text == "given"
    source = Source("x.ann", b"", None, there.get, {sha256: "known"}.get)
    assert source.document(".text", ".txt").text == "beside"
    assert source.document(".txt", sha256=sha256).text == "known"
    assert source.document(sha256=sha256).newline == "none"
    with pytest.raises(InputError, match=r"not at hand.*--document"):
        source.document(".text")
    with pytest.raises(InputError, match="not the one that was annotated"):
        Source("x.ann", b"", given).document(sha256=sha256)
    with pytest.raises(InputError, match=r"about, “a\.txt”, is not at hand"):
        Source("x.ann", b"").document("a.txt")


def test_where_the_text_given_is_another_it_may_still_be_beside() -> None:
    there = {"b.txt": b"beside"}
    source = Source("x.csv", b"", decode(b"given", "t.txt"), there.get)
    assert source.document("b.txt", sha256=text_hash("beside")).text == "beside"
    assert source.document("b.txt").text == "given"


@pytest.mark.parametrize("name", ["", "..", "../a.txt", "/etc/passwd", "a\\b", "a\0"])
def test_names_that_lead_elsewhere_are_not_looked_for(name: str) -> None:
    asked: list[str] = []
    source = Source("x.csv", b"", beside=lambda each: asked.append(each))
    with pytest.raises(InputError, match="not at hand"):
        source.document(name)
    assert asked == []


def test_words_are_quoted_on_one_line_and_not_without_end() -> None:
    assert shown("a\n\tb") == "“a b”"
    assert shown("x" * 100) == f"“{'x' * 60}…”"
