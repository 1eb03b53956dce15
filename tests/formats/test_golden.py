"""What each codec makes of each fixture, byte for byte.

    pytest tests/formats/test_golden.py -n 0 -k brat --snapshot-update

writes them anew: look at the difference before it is kept.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.formats.registry import codecs
from tests.formats.fixtures import FIXTURES
from tests.formats.trip import encoded

GOLDEN = Path(__file__).parent / "golden"
WRITING = [each for each in codecs() if each.writes]


def made(codec_name: str, fixture: str) -> dict[str, bytes]:
    """The files of an export by their names, and what is said to be lost as `losses`."""
    (codec,) = (each for each in WRITING if each.name == codec_name)
    out = encoded(codec, FIXTURES[fixture])
    files: dict[str, bytes] = {}
    for number, each in enumerate(out.files, start=1):
        stem = fixture if len(out.files) == 1 else f"{fixture}-{number}"
        files[f"{stem}{codec.extensions[0]}"] = each.main
        files |= {f"{stem}{end}": data for end, data in each.beside.items()}
    files |= {f"{fixture}.{name}": data for name, data in out.shared.items()}
    if out.report:
        files[f"{fixture}.losses"] = f"{out.report}\n".encode()
    return files


@pytest.mark.parametrize("fixture", FIXTURES)
@pytest.mark.parametrize("codec_name", [each.name for each in WRITING])
def test_bytes_are_those_that_were_looked_at(
    request: pytest.FixtureRequest, codec_name: str, fixture: str
) -> None:
    folder = GOLDEN / codec_name
    files = made(codec_name, fixture)
    if request.config.getoption("--snapshot-update"):
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
    there = {
        path.name: path.read_bytes()
        for path in folder.glob("*")
        if path.name.startswith((f"{fixture}.", f"{fixture}-"))
    }
    assert files == there


@pytest.mark.parametrize("codec", WRITING, ids=lambda each: each.name)
def test_no_golden_file_is_left_over(codec) -> None:
    names = {name for fixture in FIXTURES for name in made(codec.name, fixture)}
    assert {path.name for path in (GOLDEN / codec.name).glob("*")} <= names
