"""The JSON file: what is written, and what is refused and left as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB

from reader.errors import StoreError
from reader.storage.damage import damaged
from reader.storage.json_file import parse, serialize
from reader.storage.tinydb_storage import JsonFile

PATH = Path("documents/fire.json")

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
rows = st.dictionaries(
    st.integers(1, 10_000).map(str), st.dictionaries(words, values, max_size=4), max_size=4
)
tables = st.dictionaries(words, rows, max_size=4)


@given(tables)
def test_what_is_written_is_read_again(data: dict) -> None:
    written = serialize(data)
    assert parse(written, PATH) == data
    assert serialize(parse(written, PATH)) == written
    assert json.loads(written) == data


@given(tables)
def test_every_record_has_a_line_of_its_own(data: dict) -> None:
    lines = serialize(data).decode().split("\n")
    for table in data.values():
        for number, row in table.items():
            start = f'"{number}":'
            held = [line for line in lines if line.startswith(start)]
            assert row in [json.loads(line.rstrip(",")[len(start) :]) for line in held]


def test_order_is_kept() -> None:
    data = {"b": {"2": {"z": 1, "a": 2}, "1": {}}, "a": {}}
    assert serialize(data) == b'{"b":{\n"2":{"z":1,"a":2},\n"1":{}\n},\n"a":{}}\n'


def test_plain_tinydb_opens_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    JsonFile(path).write({"annotations": {"3": {"id": "x", "note": "“é\n"}}, "links": {}})
    with TinyDB(path) as database:
        (row,) = database.table("annotations").all()
        assert (row.doc_id, dict(row)) == (3, {"id": "x", "note": "“é\n"})
        assert database.table("annotations").insert({"id": "y"}) == 4
    assert parse(path.read_bytes(), path)["annotations"]["4"] == {"id": "y"}


def test_no_file_is_no_tables(tmp_path: Path) -> None:
    assert JsonFile(tmp_path / "none.json").read() is None


def test_a_folder_in_the_files_place_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be read: is a directory"):
        JsonFile(tmp_path).read()


GOOD = b'{"document":{\n"1":{"id":"a","note":"two"}\n},\n"links":{}}\n'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it is empty"),
        (b"\x00" * 512, "nothing but zeros"),
        (b" \n\t\r\n", "nothing but zeros and blanks"),
        (GOOD[:30], "line 2"),
        (GOOD[:-3], "line"),
        (GOOD + b"\x00" * 16, "line"),
        (b"\x00" * 16 + GOOD, ""),
        (b"<<<<<<< HEAD\n" + GOOD, "line 1"),
        (GOOD.replace(b"},\n", b"},\n<<<<<<< ours\n=======\n>>>>>>> theirs\n"), "line 4"),
        (GOOD.replace(b"two", b"tw\xff"), ""),
        (GOOD.replace(b"two", b"tw\no"), "line 2"),
        (GOOD.decode().encode("utf-16"), ""),
        (b"PORT AMRIN - A fire", "line 1"),
        (b"[]", "no file of tables"),
        (b"null", "no file of tables"),
        (b'"text"', "no file of tables"),
        (b'{"document":[]}', "no file of tables"),
        (b'{"document":{"1":7}}', "no file of tables"),
        (b'{"document":{"one":{}}}', "'one' is no row number"),
        (b'{"document":{"-1":{}}}', "'-1' is no row number"),
        (b'{"document":{"1":{"x":1e999}}}', ""),
        (b'{"document":{"1":{"x":' + b"[" * 100_000, ""),
        (b'{"document":{"1":{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}}}", ""),
    ],
)
def test_what_is_broken_is_refused_and_left_untouched(
    tmp_path: Path, data: bytes, said: str
) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(data)
    with pytest.raises(StoreError) as caught:
        JsonFile(path).read()
    assert str(path) in str(caught.value)
    assert said in caught.value.cause
    assert path.read_bytes() == data


@pytest.mark.parametrize("cut", range(len(GOOD) - 1))
def test_a_file_cut_off_anywhere_is_refused(cut: int) -> None:
    with pytest.raises(StoreError):
        parse(GOOD[:cut], PATH)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":{\n"1":{"id":"x"},\n"1":{"id":"y"}\n}}\n',
        b'{\n "a": {\n  "1": {\n   "id": "x"\n  },\n  "1": {\n   "id": "y"\n  }\n }\n}',
        b'{"a":{\n"1":{"id":"x"}\n},\n"a":{\n"2":{"id":"y"}\n}}\n',
    ],
)
def test_a_merge_that_kept_both_sides_loses_neither(data: bytes) -> None:
    """JSON parsers keep the last of two equal keys: the first would be gone with the next save."""
    with pytest.raises(StoreError, match="is there twice"):
        parse(data, PATH)


def test_the_same_number_may_stand_in_an_attribute() -> None:
    data = b'{"a":{\n"1":{"x":{\n"1":{"y":\n{"1":2}}}}\n},\n"b":{\n"1":{}\n}}'
    assert parse(data, PATH) == {"a": {"1": {"x": {"1": {"y": {"1": 2}}}}}, "b": {"1": {}}}


def test_what_json_cannot_hold_is_said_and_nothing_written(tmp_path: Path) -> None:
    """A name given in bytes that are no UTF-8 comes from the command line as lone surrogates."""
    path = tmp_path / "a.json"
    JsonFile(path).write({"a": {}})
    with pytest.raises(StoreError, match="not saved"):
        JsonFile(path).write({"a": {"1": {"note": "caf\udce9"}}})
    assert JsonFile(path).read() == {"a": {}}


def test_the_error_says_that_it_was_left_untouched() -> None:
    error = damaged(PATH, "it is gone")
    assert str(error).startswith("documents/fire.json cannot be used: it is gone.")
    assert "left untouched" in str(error)
