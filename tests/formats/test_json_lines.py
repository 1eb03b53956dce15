"""Lines of a JSON file, found when something is to be said of it."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.formats.json_lines import line_at, line_of_error, path_in

TEXT = """
{"a": [1,
 {"b": "x\\"]}", "c": [],
  "c": [[],
   7]}],
 "d": {}}
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 2),
        (("a",), 2),
        (("a", 0), 2),
        (("a", 1), 3),
        (("a", 1, "c"), 4),
        (("a", 1, "c", 1), 5),
        (("d",), 6),
        (("a", 9), 2),
        (("d", "x", "y"), 6),
        (("a", 0, "x"), 2),
    ],
)
def test_each_value_has_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert line_at(TEXT, path) == line


def test_the_path_is_the_one_that_is_complained_of() -> None:
    assert path_in("Expected `int` - at `$.documents[0].annotations[12].id`") == [
        *("documents", 0, "annotations", 12, "id"),
    ]
    assert path_in("Expected `int`") == []
    assert path_in("Number out of range - at `$[...][3]`") == []


def test_what_is_broken_has_a_line() -> None:
    assert _line(b'{"a":\n\n 1,, 2}') == 3
    assert _line(b'{"a":\n\n 1,\n\n') == 3
    assert line_at('{"a": ' + "9" * 5000 + ', "b": 1}', ("b",)) == 1
    assert line_at("", ("a",)) == 1


def _line(data: bytes) -> int:
    with pytest.raises(msgspec.DecodeError) as caught:
        msgspec.json.decode(data)
    return line_of_error(data, str(caught.value))


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
)


@given(steps=st.lists(st.integers(0, 3) | st.text(max_size=3), max_size=5), value=JSON)
def test_a_value_is_found_however_deep_it_is(steps: list[int | str], value: object) -> None:
    written = f"\n{json.dumps(value)}"
    for step in reversed(steps):
        if isinstance(step, str):
            written = f'{{"]": 1, {json.dumps(step)}: {written}, "{{\\"": []}}'
        else:
            written = f"[{step * '[0, {}], '}{written}, null]"
    assert line_at(written, steps) == 2
