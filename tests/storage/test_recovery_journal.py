"""A journal that is broken, torn, gone, or another document's: what it costs, and what is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.storage.repository import Repository
from tests.model.build import adding, mark, record_id
from tests.storage.build import (
    NOW,
    begun,
    every_byte,
    ids,
    lived,
    names_in,
    numbers,
    opened,
    shelf,
    state_of,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A document with a JSON at change 4, a backup at 2, and a journal up to 6."""
    lived(tmp_path)
    return tmp_path


def test_without_a_journal_the_json_is_what_there_is(root: Path) -> None:
    at = shelf(root)
    at.journal.unlink()
    file = opened(root)
    assert sorted(ids(file.layers())) == numbers(1, 2, 5)
    assert file.remarks == []
    file.append(adding(mark(9)))
    at.json.write_bytes(b"")
    # the backup is older than the new journal: what lies between is in no file
    layers, remarks = Repository(root).looked_at(at.json)
    assert {record_id(9)} <= set(ids(layers))
    assert "may be missing" in remarks[0]


@pytest.mark.parametrize("line", range(7))
@pytest.mark.parametrize("damage", ["flipped", "zeros", "lost"])
def test_a_line_broken_in_the_journal_costs_that_change_alone(
    root: Path, line: int, damage: str
) -> None:
    """And none that the JSON has already."""
    truth, at = state_of(shelf(root).json), shelf(root)
    rows = at.journal.read_bytes().splitlines(keepends=True)
    assert len(rows) == 7
    turned = {
        "flipped": rows[line].replace(b'"o":', b'"0":'),
        "zeros": b"\0" * (len(rows[line]) - 1) + b"\n",
        "lost": b"",
    }
    rows[line] = turned[damage]
    at.journal.write_bytes(b"".join(rows))
    before = every_byte(root)
    look = Repository(root).looked_at(at.json)[1]
    assert every_byte(root) == before
    file = opened(root)
    held = set(ids(file.layers()))
    if line < 4:
        assert state_of(at.json) == truth
        assert bool(look) == (line == 3 and damage != "lost")  # it is looked at, though not needed
        return
    assert file.remarks == look
    if (line, damage) == (6, "lost"):  # nothing tells that there was a last line
        assert look == []
    else:
        assert look != []
    expected = {4: numbers(1, 2, 5), 5: NOW, 6: NOW}
    assert held == set(expected[line])
    if damage != "lost":
        (kept,) = at.quarantine.iterdir()
        assert kept.read_bytes() == b"".join(rows)
    file.append(adding(mark(9)))
    file.close()
    again = opened(root)
    assert again.remarks == []
    assert set(ids(again.layers())) == {*held, record_id(9)}


@pytest.mark.parametrize("line", range(2, 7))
def test_a_line_missing_when_it_is_needed_is_never_called_nothing(root: Path, line: int) -> None:
    """JSON and a line are broken: what is said holds for the second opening, too."""
    at = shelf(root)
    rows = at.journal.read_bytes().splitlines(keepends=True)
    rows[line] = rows[line].replace(b'"o":', b'"0":')
    at.journal.write_bytes(b"".join(rows))
    at.json.write_bytes(b"")
    file = opened(root)
    assert not [each for each in file.remarks if "nothing that reader saved is missing" in each]
    assert [each for each in file.remarks if "may be missing" in each]
    assert len(names_in(at.quarantine)) == 2
    assert opened(root).remarks == []


def test_a_journal_mended_earlier_does_not_say_that_nothing_is_missing(root: Path) -> None:
    at = shelf(root)
    rows = at.journal.read_bytes().splitlines(keepends=True)
    at.journal.write_bytes(b"".join([*rows[:3], *rows[4:]]))
    at.json.write_bytes(b"")
    file = opened(root)
    assert "may be missing" in " ".join(file.remarks)


def test_a_json_whose_end_is_newer_than_the_journal_says_so(root: Path) -> None:
    at = shelf(root)
    rows = at.journal.read_bytes().splitlines(keepends=True)
    at.journal.write_bytes(b"".join(rows[:3]))
    at.json.write_bytes(at.json.read_bytes()[:-9])  # its beginning tells that it had change 4
    (remark,) = opened(root).remarks
    assert "may be missing" in remark


@pytest.mark.parametrize("torn", [b'{"s":8,"t":17?', b"\0" * 700, b"\0"])
def test_an_unfinished_line_is_dropped_without_a_word(root: Path, torn: bytes) -> None:
    truth, at = state_of(shelf(root).json), shelf(root)
    with at.journal.open("ab") as file:
        file.write(torn)
    hands = opened(root)
    assert (hands.remarks, state_of(at.json)) == ([], truth)
    hands.append(adding(mark(9)))
    assert torn not in at.journal.read_bytes()
    assert sorted(ids(opened(root).layers())) == [*NOW, record_id(9)]


@pytest.mark.parametrize(("backup", "first"), [(True, 0), (True, 1), (False, 0), (False, 1)])
def test_a_journal_of_another_document_takes_nothing_away(
    root: Path, tmp_path: Path, first: int, *, backup: bool
) -> None:
    """Copied by mistake: it is not the one that the JSON was written with."""
    at = shelf(root)
    other = begun(tmp_path, mark(50), name="other", number=0xF, title="other.txt")
    for each in range(60, 70):
        other.append(adding(mark(each)))
    other.remember(replace(other.layers().document, position=1))
    other.close()
    if not backup:
        at.backup.unlink()
    lines = shelf(root, "other").journal.read_bytes().splitlines(keepends=True)
    shelf(root, "other").journal.write_bytes(b"".join(lines[first:]))
    shutil.copy(shelf(root, "other").journal, at.journal)
    before = every_byte(root)
    layers, remarks = Repository(root).looked_at(at.json)
    assert every_byte(root) == before
    assert sorted(ids(layers)) == numbers(1, 2, 5)
    assert "another document's" in remarks[0]
    file = opened(root)
    assert file.remarks == remarks
    (kept,) = at.quarantine.iterdir()
    assert kept.read_bytes() == shelf(root, "other").journal.read_bytes()
    file.append(adding(mark(9)))
    assert sorted(ids(opened(root).layers())) == numbers(1, 2, 5, 9)
    assert opened(root).remarks == []


def test_a_broken_json_is_never_rebuilt_from_another_documents_journal(root: Path) -> None:
    at = shelf(root)
    other = begun(root, mark(50), name="other", number=0xF)
    for each in range(60, 64):
        other.append(adding(mark(each)))
    shutil.copy(shelf(root, "other").journal, at.journal)
    at.json.write_bytes(b"")
    file = opened(root)
    assert sorted(ids(file.layers())) == numbers(1, 2, 3)
    assert "another document's" in " ".join(file.remarks)
    assert "may be missing" in file.remarks[0]
    assert len(names_in(at.quarantine)) == 2
    assert opened(root).remarks == []
