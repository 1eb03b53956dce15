"""The example that the design measures other tools by: in how many keys, and is it all there?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.bench import opened

NEWS = """\
Pentagon chief says troops will stay in Syria
WASHINGTON - U.S. Defense Secretary Mark Esper said on Monday that some troops would stay near \
oil fields in northeastern Syria.
The plan has not been approved, according to two officials who spoke on condition of anonymity.
"""
SENTENCE = NEWS.splitlines()[1].rstrip(".")


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_a_person_a_claim_and_its_source_in_nine_keys(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    keys = "4 tab e p s ( c a 1"
    assert len(keys.split()) <= 12
    async with opened(tmp_path, NEWS, size=size) as bench:
        await bench.press(keys)
        assert bench.marks == [
            ("claim", None, [SENTENCE]),
            ("entity", "person", ["Mark Esper"]),
            ("source", None, ["Mark Esper"]),
        ]
        assert bench.ties == [([SENTENCE], ["Mark Esper"])]
        assert "saved" in bench.said
        assert "Attributed" in bench.said
        if size[0] == 160:
            assert "← Mark Esper" in bench.picture
            assert "unsourced" not in bench.picture
