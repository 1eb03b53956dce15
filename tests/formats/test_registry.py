"""Which formats there are, and which of them a file is in."""

from __future__ import annotations

import subprocess
import sys

import pytest

from reader.errors import Exit, UsageError
from reader.formats.registry import _PLACES, NAMES, codec, find


@pytest.mark.parametrize("name", NAMES)
def test_every_format_has_a_codec_of_its_name(name: str) -> None:
    assert codec(name).name == name
    assert codec(name).extensions == _PLACES[name].extensions


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="The formats are: json, ") as caught:
        codec("pdf")
    assert caught.value.exit_code is Exit.USAGE


@pytest.mark.parametrize(
    ("name", "head", "found"),
    [
        ("a.json", b'{"format": "reader", "schema": 1', "json"),
        ("A.JSON", b'\n{\n "schema": 1, "format" : "reader"', "json"),
        ("a.json", b"[]", None),
        ("a.csv", b"kind,start,end\n", "csv"),
        ("a.csv", b'\xef\xbb\xbf"kind";"fragments"\r\n', "csv"),
        ("a.csv", b"name,age\n", None),
        ("a.tsv", b"kind\tstart\tend\n", "tsv"),
        ("a.txt", b'{"format": "reader"}', None),
        ("a", b"", None),
    ],
)
def test_a_file_is_known_by_its_name_and_its_beginning(
    name: str, head: bytes, found: str | None
) -> None:
    there = find(name, head)
    assert (there.name if there is not None else None) == found


def test_only_the_codec_that_is_used_is_imported() -> None:
    code = (
        "import sys; from reader.formats.registry import codec; codec('json')\n"
        "print([each for each in sys.modules if each == 'reader.formats.table'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"[]\n"
