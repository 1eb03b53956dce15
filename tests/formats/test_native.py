"""reader's own JSON: nothing is lost, nothing is written raw, nothing wrong is taken in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from reader.errors import InputError
from reader.formats.codec import Content, Options
from reader.formats.native import JSON
from reader.formats.native_schema import json_schema
from reader.formats.report import Report
from reader.formats.source import Source
from reader.text.decode import text_hash
from tests.formats.strategies import contents
from tests.model.build import TEXT, document, mark, of, record_id, tie

CLAIM = of("We had warned them twice", 1, label="statement", note="n", attributes={"status": None})
SPLIT = mark(5, (73, 97), (117, 137), foreign={"brat": ["E1", {"x": 1.5}]})
SOURCE = of("Ines Varga", 2, kind="source", label="named", annotator="boris")
CUE = of("said Ines", 3, kind="cue", origin={"by": "suggested", "rule": "verbs"})
LINK = tie(4, CLAIM, SOURCE, CUE, attributes={"sure": True})
CONTENT = Content(document(), TEXT, (CLAIM, SPLIT, CUE, SOURCE), (LINK,))


def encode(*contents: Content) -> bytes:
    report = Report()
    files = JSON.encode(contents, Options(), report)
    assert not report
    return files.main


def decode(data: bytes) -> list[Content]:
    return JSON.decode(Source("export.json", data), Options(), Report())


def at_home(content: Content) -> Content:
    """A content without what stays where it is kept."""
    home = replace(content.document, revisions=(), created="", updated="")
    return replace(content, document=home)


def test_what_goes_out_comes_back() -> None:
    assert decode(encode(CONTENT)) == [at_home(CONTENT)]
    assert encode(*decode(encode(CONTENT))) == encode(CONTENT)


def test_without_text_the_rest_is_the_same() -> None:
    bare = replace(CONTENT, text=None)
    assert decode(encode(bare)) == [at_home(bare)]
    assert b'"text"' not in encode(bare)


def test_it_looks_as_documented() -> None:
    raw = json.loads(encode(CONTENT))
    assert (raw["format"], raw["schema"], len(raw["documents"])) == ("reader", 1, 1)
    (first,) = raw["documents"]
    assert list(first) == [
        *("id", "title", "sha256", "length", "encoding", "newline", "url", "author", "published"),
        *("state", "note", "attributes", "text", "annotations", "links"),
    ]
    assert list(first["annotations"][0]) == [
        *("id", "kind", "label", "fragments", "quote", "prefix", "suffix", "anchor"),
        *("attributes", "note", "foreign", "annotator", "origin", "created", "updated"),
    ]
    assert list(first["links"][0]) == [
        *("id", "type", "from", "to", "via", "attributes", "note", "foreign"),
        *("annotator", "origin", "created", "updated"),
    ]
    assert first["annotations"][1]["fragments"] == [[73, 97], [117, 137]]


def test_one_record_a_line() -> None:
    lines = encode(CONTENT).decode().split("\n")
    for each in (*CONTENT.annotations, LINK):
        assert sum(line.startswith(f'{{"id": "{each.id}"') for line in lines) == 1


def test_no_documents_and_several() -> None:
    assert decode(encode()) == []
    other = Content(document("b", number=9), "b", (), ())
    assert decode(encode(CONTENT, other)) == [at_home(CONTENT), at_home(other)]


# Safe bytes ---------------------------------------------------------------------------------------

HOSTILE = "".join(
    chr(code)
    for code in (
        *range(0x20),
        *range(0x7F, 0xA0),
        *(0x61C, 0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
)


def test_controls_are_escaped_in_the_bytes_and_equal_when_read() -> None:
    text = HOSTILE + "é中😀 “end”"
    hostile = mark(1, (0, len(text)), text=text, note=HOSTILE, attributes={HOSTILE: [HOSTILE]})
    content = Content(document(text, title=HOSTILE), text, (hostile,), ())
    data = encode(content)
    written = data.decode()
    assert not set(HOSTILE) - {"\n"} & set(written)
    assert "é中😀 “end”" in written  # what is harmless stays readable
    assert decode(data) == [at_home(content)]
    raw = json.loads(data)["documents"][0]
    assert raw["text"] == text
    assert raw["annotations"][0]["quote"] == [text]


@given(contents())
def test_any_content_comes_back_and_fits_the_schema(content: Content) -> None:
    data = encode(content)
    assert decode(data) == [at_home(content)]
    assert encode(*decode(data)) == data
    VALIDATOR.validate(json.loads(data))


VALIDATOR = Draft202012Validator(json_schema())


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_schema_fits_an_export_without_text() -> None:
    VALIDATOR.validate(json.loads(encode(replace(CONTENT, text=None))))


# What is wrong is said ----------------------------------------------------------------------------


def turned(turn: Callable[[dict[str, Any]], object], text: str | None = TEXT) -> bytes:
    """An export with its first document changed."""
    raw = json.loads(encode(replace(CONTENT, text=text)))
    turn(raw["documents"][0])
    return json.dumps(raw).encode()


def put(*path: Any, to: Any) -> Callable[[dict[str, Any]], None]:
    def turn(value: Any) -> None:
        for step in path[:-1]:
            value = value[step]
        value[path[-1]] = to

    return turn


def drop(*path: Any) -> Callable[[dict[str, Any]], None]:
    def turn(value: Any) -> None:
        for step in path[:-1]:
            value = value[step]
        del value[path[-1]]

    return turn


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is no JSON"),
        (b"\x00\x00", "is no JSON"),
        (b"PORT AMRIN - A fire", "is no JSON"),
        (b'{"format": "reader", "x": "\xff"}', "is no JSON"),
        (b"\xef\xbb\xbf{}", "is no JSON"),
        (b"[" * 200_000, "is no JSON"),
        (b'{"x": 1e999}', "is no JSON"),
        (b"[]", "is no export of reader"),
        (b"null", "is no export of reader"),
        (b'{"format": "writer"}', "is no export of reader"),
        (b'{"format": "reader", "schema": 2, "documents": 7}', "written by a newer reader"),
        (b'{"format": "reader", "schema": "1", "documents": []}', "$.schema"),
        (b'{"format": "reader", "schema": 0, "documents": []}', "$.schema"),
        (b'{"format": "reader", "schema": true, "documents": []}', "$.schema"),
        (b'{"format": "reader", "documents": []}', "`schema`"),
        (b'{"format": "reader", "schema": 1}', "`documents`"),
        (b'{"format": "reader", "schema": 1, "documents": {}}', "$.documents"),
        (b'{"format": "reader", "schema": 1, "documents": [[]]}', "$.documents[0]"),
    ],
)
def test_what_is_no_export_is_said(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data)
    assert str(caught.value).startswith("export.json")
    assert said in str(caught.value)


def test_an_export_cut_off_anywhere_is_refused() -> None:
    data = encode(CONTENT).rstrip()
    for cut in range(1, len(data), 7):
        with pytest.raises(InputError, match=r"export\.json(, line \d+)? is no"):
            decode(data[:cut])


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        (put("sha256", to="0" * 64), "document 1 cannot be imported: its text is not the one"),
        (put("sha256", to="x"), "documents[0].sha256"),
        (put("text", to=TEXT + " "), "its text is not the one"),
        (put("text", to=7), "documents[0].text"),
        (put("length", to=3), f"its text has {len(TEXT)} characters, not 3"),
        (put("length", to=-1), "documents[0].length"),
        (put("id", to=""), "documents[0].id"),
        (put("title", to=None), "documents[0].title"),
        (drop("state"), "`state`"),
        (put("attributes", to=[]), "documents[0].attributes"),
        (put("annotations", to={}), "documents[0].annotations"),
        (put("annotations", 0, to="x"), "annotations[0]"),
        (drop("annotations", 0, "quote"), "`quote`"),
        (put("annotations", 0, "quote", to=["We had warned them once."]), f"{CLAIM.id}: it quotes"),
        (put("annotations", 0, "quote", to=["a", "b"]), f"{CLAIM.id}: it quotes"),
        (put("annotations", 0, "quote", to="We"), "annotations[0].quote"),
        (put("annotations", 0, "fragments", to=[]), "annotations[0].fragments"),
        (put("annotations", 0, "fragments", to=[[0]]), "annotations[0].fragments[0]"),
        (put("annotations", 0, "fragments", to=[[-1, 5]]), "annotations[0].fragments[0][0]"),
        (put("annotations", 0, "fragments", to=[[0, 10**30]]), f"0:{10**30} is wrong"),
        (put("annotations", 0, "fragments", to=[[0, True]]), "annotations[0].fragments[0][1]"),
        (put("annotations", 0, "fragments", to=[["0", 5]]), "annotations[0].fragments[0][0]"),
        (put("annotations", 0, "fragments", to=[[5, 5]]), "the range 5:5 is wrong"),
        (put("annotations", 0, "fragments", to=[[9, 5]]), "the range 9:5 is wrong"),
        (put("annotations", 0, "fragments", to=[[0, 9999]]), "the range 0:9999 is wrong"),
        (put("annotations", 0, "fragments", to=[[0, 9], [5, 12]]), "the range 5:12 is wrong"),
        (put("annotations", 0, "fragments", to=[[9, 12], [0, 5]]), "the range 0:5 is wrong"),
        (put("annotations", 0, "anchor", to="guessed"), "annotations[0].anchor"),
        (put("annotations", 0, "label", to=""), "annotations[0].label"),
        (put("annotations", 0, "id", to=SOURCE.id), "two annotations have the same id"),
        (put("annotations", 0, "id", to=record_id(77)), "which is not there"),
        (put("links", 0, "to", to=record_id(78)), f"hangs on {record_id(78)}"),
        (put("links", 0, "via", to=record_id(78)), f"hangs on {record_id(78)}"),
        (put("links", 0, "from", to=None), "links[0].from"),
        (put("links", 0, "type", to=""), "links[0].type"),
        (put("links", 0, "attributes", to=None), "links[0].attributes"),
        (lambda raw: raw["links"].append(raw["links"][0]), "two links have the same id"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    turn: Callable[[dict[str, Any]], object], said: str
) -> None:
    with pytest.raises(InputError) as caught:
        decode(turned(turn))
    assert "export.json" in caught.value.title
    assert said in str(caught.value)


def test_what_is_wrong_is_said_with_its_line() -> None:
    wrong = turned(put("annotations", 0, "quote", to=["We had warned them once."]))
    lines = json.dumps(json.loads(wrong), indent=1).split("\n")
    record = next(at for at, line in enumerate(lines) if '"annotations": [' in line) + 2
    with pytest.raises(InputError, match=rf"^export\.json, line {record}, document 1 cannot be"):
        decode("\n".join(lines).encode())
    lines = json.dumps(json.loads(turned(put("links", 0, "type", to=""))), indent=1).split("\n")
    line = next(at for at, each in enumerate(lines, 1) if '"type": ""' in each)
    with pytest.raises(InputError, match=rf"^export\.json, line {line} cannot be imported"):
        decode("\n".join(lines).encode())
    with pytest.raises(InputError, match=r"^export\.json, line 3 is no JSON"):
        decode(b'{"format":\n"reader",\n,,}')


JUNK = (None, True, -1, 2**70, 1.5, "", "x", [], [None], {}, {"x": []}, [[1, 2]])


def places(raw: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in an export, by keys and indices."""
    found = [path] if path else []
    pairs: Any = ()
    if isinstance(raw, dict):
        pairs = raw.items()
    elif isinstance(raw, list):
        pairs = enumerate(raw)
    for key, value in pairs:
        found += places(value, (*path, key))
    return found


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_junk_anywhere_is_an_error_that_is_said_or_comes_back(junk: Any) -> None:
    raw = json.loads(encode(CONTENT))
    for path in places(raw):
        again = json.loads(encode(CONTENT))
        put(*path, to=junk)(again)
        try:
            read = decode(json.dumps(again).encode())
        except InputError:
            continue
        assert encode(*read) == encode(*decode(encode(*read)))


@pytest.mark.parametrize("junk", JUNK, ids=repr)
@pytest.mark.parametrize("name", ["paths", "position", "revisions", "opened", "bytes", "created"])
def test_what_stays_at_home_is_passed_over(name: str, junk: Any) -> None:
    assert decode(turned(put(name, to=junk))) == [at_home(CONTENT)]


def test_revisions_of_records_are_counted_anew() -> None:
    for junk in JUNK:
        (read,) = decode(turned(put("annotations", 0, "rev", to=junk)))
        assert read.annotations[0].rev == 1


def test_fields_of_a_later_version_survive() -> None:
    def later(raw: dict[str, Any]) -> None:
        raw["genre"] = ["news", {"x": 10**30}]
        raw["annotations"][0]["certainty"] = 0.25
        raw["annotations"][0]["extra"] = "a name of ours"
        raw["links"][0]["from_id"] = "another name of ours"

    data = turned(later)
    (read,) = decode(data)
    assert read.annotations[0].extra == {"certainty": 0.25, "extra": "a name of ours"}
    assert json.loads(encode(read)) == json.loads(data)
    VALIDATOR.validate(json.loads(data))


def test_places_are_not_checked_without_a_text() -> None:
    """They are when the text is at hand: see the import."""
    (read,) = decode(turned(put("annotations", 0, "fragments", to=[[0, 9999]]), text=None))
    assert read.annotations[0].end == 9999


def test_the_hash_is_of_the_exact_text() -> None:
    for text in ("a\r\nb", "a\nb", "é", "e\u0301", "\ufeffa"):
        content = Content(document(text), text, (), ())
        assert decode(encode(content))[0].document.sha256 == text_hash(text)
