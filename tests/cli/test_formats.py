from __future__ import annotations

import json

from reader.formats.registry import NAMES


def test_every_format_with_what_it_carries_and_loses(reader):
    ran = reader("formats")
    assert (ran.code, ran.err) == (0, "")
    assert [line.partition(":")[0] for line in ran.out.splitlines() if line[:1].strip()] == [*NAMES]
    assert "loses      documents without marks" in ran.out
    assert "--units codepoints|utf16|bytes" in ran.out


def test_for_scripts(reader):
    listed = json.loads(reader("formats", "--json").out)
    assert [each["name"] for each in listed] == [*NAMES]
    assert listed[0]["imports"] is listed[0]["exports"] is True
    assert listed[0]["extensions"] == [".json"]
    assert listed[0]["loses"] == []
