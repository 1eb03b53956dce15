"""What holds of every format, present and to come: nothing is lost in silence, nothing hangs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given

from reader.errors import InputError, UsageError
from reader.formats.codec import Codec, Content, Files, Options, check_options, check_places
from reader.formats.identity import identified
from reader.formats.registry import codecs, find
from reader.formats.report import Report
from tests.formats.fixtures import FIXTURES, large
from tests.formats.strategies import contents
from tests.formats.trip import decoded, encoded, said, source

ALL = codecs()
WRITING = [each for each in ALL if each.writes]
READING = [each for each in ALL if each.reads]
BOTH = [each for each in WRITING if each.reads]


def by_name(codec: Codec) -> str:
    return codec.name


every = pytest.mark.parametrize("codec", ALL, ids=by_name)
writing = pytest.mark.parametrize("codec", WRITING, ids=by_name)
reading = pytest.mark.parametrize("codec", READING, ids=by_name)
both = pytest.mark.parametrize("codec", BOTH, ids=by_name)
fixtures = pytest.mark.parametrize("fixture", FIXTURES)


@every
def test_it_describes_itself(codec: Codec) -> None:
    assert codec.summary
    assert not codec.summary.endswith(".")
    assert codec.carries
    assert codec.reads or codec.writes
    assert all(each.startswith(".") for each in codec.extensions)
    assert set(codec.options) <= set(Options.__struct_fields__)
    if "units" in codec.options:
        assert codec.unit in codec.options["units"]


@every
def test_an_option_that_it_lacks_is_refused(codec: Codec) -> None:
    for name in Options.__struct_fields__:
        value = codec.options.get(name, ("x",))[:1] or ("x",)
        options = Options(**{name: value[0]})  # type: ignore[arg-type]
        if name in codec.options:
            check_options(codec, options)
        else:
            with pytest.raises(UsageError, match=f"{codec.name} has no option"):
                check_options(codec, options)


# Out ----------------------------------------------------------------------------------------------


@fixtures
@writing
def test_it_writes_every_fixture_the_same_each_time(codec: Codec, fixture: str) -> None:
    one, two = encoded(codec, FIXTURES[fixture]), encoded(codec, FIXTURES[fixture])
    assert (one.files, one.shared) == (two.files, two.shared)
    assert one.report.kinds <= set(codec.loses), "losses are called as `loses` calls them"


@fixtures
@both
def test_its_files_are_known_for_its_own(codec: Codec, fixture: str) -> None:
    for files in encoded(codec, FIXTURES[fixture]).files:
        if files.main:
            assert find(f"article{codec.extensions[0]}", files.main[: 1 << 16]) is codec


def calls(work: Callable[[], object]) -> int:
    """How many functions are called in doing something: a measure that no other load disturbs."""
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@writing
def test_its_work_grows_with_the_size_alone(codec: Codec) -> None:
    small, big = large(20_000, 200), large(80_000, 800)
    encoded(codec, [small])  # what is done once is done
    assert calls(lambda: encoded(codec, [big])) < 6 * calls(lambda: encoded(codec, [small]))


@both
def test_the_work_of_reading_it_grows_with_the_size_alone(codec: Codec) -> None:
    small, big = large(20_000, 200), large(80_000, 800)
    one, other = encoded(codec, [small]), encoded(codec, [big])
    decoded(codec, one, [small])
    most = 6 * calls(lambda: decoded(codec, one, [small]))
    assert calls(lambda: decoded(codec, other, [big])) < most


# In -----------------------------------------------------------------------------------------------


@fixtures
@both
def test_what_comes_back_says_the_same_unless_a_loss_was_told(codec: Codec, fixture: str) -> None:
    _assert_nothing_is_lost_in_silence(codec, list(FIXTURES[fixture]))


@both
@given(content=contents())
def test_any_content_says_the_same_unless_a_loss_was_told(codec: Codec, content: Content) -> None:
    _assert_nothing_is_lost_in_silence(codec, [content])


@both
@given(content=contents(wild=False))
def test_usual_contents_say_the_same_unless_a_loss_was_told(codec: Codec, content: Content) -> None:
    _assert_nothing_is_lost_in_silence(codec, [content])


def _assert_nothing_is_lost_in_silence(codec: Codec, given: list[Content]) -> None:
    made = encoded(codec, given)
    assert made.report.kinds <= set(codec.loses)
    read, _ = decoded(codec, made, given)
    for each in read:
        settled = identified(each, codec.name, "anna", "2026-11-22T15:24:12.074Z")
        ids = [mark.id for mark in settled.annotations] + [link.id for link in settled.links]
        assert len(set(ids)) == len(ids)
        if each.text is not None:
            check_places(settled, each.text, "it")
    if not made.report:
        assert [said(each) for each in read] == [said(each) for each in given]
        assert [each.document.sha256 for each in read] == [each.document.sha256 for each in given]


@both
def test_reading_a_file_twice_gives_the_same_ids(codec: Codec) -> None:
    made = encoded(codec, FIXTURES["article"])
    first, second = (
        identified(each, codec.name, "anna", "")
        for read in range(2)
        for each in decoded(codec, made, FIXTURES["article"])[0]
    )
    assert first == second


# What is wrong ------------------------------------------------------------------------------------

DEEP = 100_000
JUNK = {
    "nothing": b"",
    "a blank": b" ",
    "a line end": b"\n",
    "NULs": b"\0" * 5000,
    "no UTF-8": b"kind,start,end\n\xff\xfe\xfd,1,2\n",
    "a BOM": b"\xef\xbb\xbf",
    "UTF-16": "T1\tperson 0 5\tWords\n".encode("utf-16"),
    "words": b"We had warned them twice.\n",
    "null": b"null",
    "a number": b"1e999",
    "a list": b"[1, [2, {}], null]",
    "an object": b'{"text": 5, "label": {"a": []}, "entities": "x", "annotations": [[]]}',
    "objects by line": b'{"text": null}\n{"text": "a", "label": [[0]]}\n[]\n7\n',
    "a deep list": b"[" * DEEP,
    "a closed deep list": b"[" * DEEP + b"]" * DEEP,
    "a less deep list": b"[" * 500 + b"]" * 500,
    "a deep object": b'{"text":' * DEEP,
    "deep XML": b"<a>" * DEEP,
    "closed deep XML": b"<a>" * DEEP + b"</a>" * DEEP,
    "entities that multiply": b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(10))
    + b"]><a>&k;</a>",
    "a file from elsewhere": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "one long line": b"x" * 2_000_000,
    "many lines": b"x\n" * 500_000,
    "many quotes": b'"' * 100_001,
    "many tabs": b"\t" * 500_000,
}


def refused_or_read(codec: Codec, data: bytes, beside: Files | None = None) -> None:
    """Reading ends in contents that are whole or in an error that names the file."""
    files = Files(data, beside.beside if beside is not None else {})
    text = None if ".txt" in files.beside else FIXTURES["article"][0].text
    try:
        read = codec.decode(source(codec, files, text=text), Options(), Report())
    except InputError as error:
        assert "article" in error.title, error
    else:
        for each in read:
            settled = identified(each, codec.name, "anna", "")
            if each.text is not None:
                check_places(settled, each.text, "it")


@pytest.mark.parametrize("junk", JUNK)
@reading
def test_junk_is_refused_or_read(codec: Codec, junk: str) -> None:
    refused_or_read(codec, JUNK[junk])


@fixtures
@both
def test_what_is_cut_off_is_refused_or_read(codec: Codec, fixture: str) -> None:
    for files in encoded(codec, FIXTURES[fixture]).files:
        for cut in range(0, len(files.main), max(1, len(files.main) // 60)):
            refused_or_read(codec, files.main[:cut], files)


def _damaged(data: bytes) -> Iterator[bytes]:
    """The file with numbers, quotes and brackets changed, here and there."""
    for old, new in (
        *((b"0", b"9"), (b"1", b"-1"), (b"2", b"99999999999999999999"), (b"3", b"x")),
        *((b'"', b""), (b"[", b"{"), (b"]", b"]]"), (b"{", b"["), (b"\t", b" "), (b":", b"::")),
        *(
            (b"<", b"&lt;"),
            (b">", b""),
            (b"=", b""),
            (b"\n", b"\n\n"),
            (b"\n", b" "),
            (b",", b",,"),
        ),
        *((b"null", b"0"), (b"true", b"null"), (b"T", b"R"), (b"claim", b""), (b"id", b"di")),
    ):
        yield data.replace(old, new)
        yield data.replace(old, new, 1)
        half = len(data) // 2
        yield data[:half] + data[half:].replace(old, new, 1)


@pytest.mark.parametrize("fixture", ["article", "ties", "notes", "several"])
@both
def test_what_is_damaged_is_refused_or_read(codec: Codec, fixture: str) -> None:
    for files in encoded(codec, FIXTURES[fixture]).files:
        for data in _damaged(files.main):
            refused_or_read(codec, data, files)


@both
def test_records_that_come_twice_are_refused_or_read(codec: Codec) -> None:
    (files,) = encoded(codec, FIXTURES["article"]).files
    refused_or_read(codec, files.main + files.main, files)
    lines = files.main.split(b"\n")
    for at in range(len(lines)):
        refused_or_read(codec, b"\n".join((*lines[: at + 1], *lines[at:])), files)
