"""Grapheme clusters against Unicode's own cases (Debian: apt install unicode-data)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader.text.cells import clusters

NO_LONGER = {"✁\u200d✁": ["✁\u200d", "✁"]}
"""Unicode 17, which `regex` follows, takes symbols such as U+2701 no longer for pictographs, which
a joiner joins; the cases of Unicode 15 and 16 still do."""

CASES = Path("/usr/share/unicode/auxiliary/GraphemeBreakTest.txt")


def cases() -> list[list[str]]:
    """The clusters of each case."""
    lines = (line.partition("#")[0] for line in CASES.read_text("utf-8").splitlines())
    return [
        ["".join(chr(int(code, 16)) for code in re.findall(r"[0-9A-F]+", part)) for part in parts]
        for line in lines
        if line.strip()
        for parts in [[part for part in line.strip(" \t÷").split("÷") if part]]
    ]


@pytest.mark.skipif(not CASES.exists(), reason="Unicode's cases are not installed")
def test_every_case_of_unicode() -> None:
    found = cases()
    assert len(found) > 600
    wrong = []
    for expected in found:
        text = "".join(expected)
        made = [text[start:end] for start, end in clusters(text, 0, len(text))]
        if made not in (expected, NO_LONGER.get(text)):
            wrong.append((expected, made))
    assert wrong == []
