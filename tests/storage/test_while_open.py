"""Files that are deleted, put back or broken while a session has them open."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.errors import StoreError
from reader.model.change import Edit
from reader.storage.document_file import DocumentFile
from tests.model.build import adding, change, mark, removing
from tests.storage.build import (
    CLAIM,
    CUE,
    LINK,
    SOURCE,
    begun,
    lines,
    marks_in,
    number,
    opened,
    rows,
    shelf,
    state_of,
)

# Files that go away while they are open -----------------------------------------------------------


@pytest.mark.parametrize(
    "gone", ["journal", "journal/harbour-fire~000d0c.jsonl", "documents", "locks", ".", "backup"]
)
@pytest.mark.parametrize("looks", [True, False])
def test_what_is_deleted_while_it_is_open_is_written_again(
    tmp_path: Path, gone: str, *, looks: bool
) -> None:
    root = tmp_path / "db"
    file = begun(root, CLAIM)
    file.append(adding(SOURCE))
    file.append(removing(CLAIM))
    file.snapshot()
    file.append(adding(CUE))
    file.news()
    path = root / gone
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    if looks:
        assert file.news() == []
    file.append(adding(mark(9)))
    file.snapshot()
    assert marks_in(root) == number(2, 3, 9)
    assert opened(root).removed() == {CLAIM.id}
    assert opened(root).remarks == []
    assert file.lag == 0


def test_a_json_that_is_deleted_while_two_have_it_open_is_written_again_by_either(
    file: DocumentFile, other: DocumentFile, tmp_path: Path
) -> None:
    file.path.unlink()
    other.append(adding(SOURCE))
    file.news()
    file.append(adding(CUE))
    for each in (file, other):
        each.news()
        each.snapshot()
    assert sorted(row["id"] for row in rows(file.path)["annotations"].values()) == number(1, 2, 3)


def test_a_journal_that_two_sessions_lose_goes_on_as_one(
    file: DocumentFile, other: DocumentFile, tmp_path: Path
) -> None:
    file.append(adding(SOURCE))
    other.news()
    shelf(tmp_path).journal.unlink()
    other.append(adding(CUE))
    file.append(adding(mark(9)))
    assert marks_in(tmp_path) == number(1, 2, 3, 9)
    assert [line.s for line in lines(shelf(tmp_path).journal)] == [3, 4]
    assert [each.edits[0].record.id for each in other.news()] == number(3, 9)


def test_an_older_journal_put_back_while_it_is_open_takes_nothing_away(
    file: DocumentFile, tmp_path: Path
) -> None:
    journal = shelf(tmp_path).journal
    early = journal.read_bytes()
    file.append(adding(SOURCE, CUE, LINK))
    now = file.append(change(Edit(CLAIM, replace(CLAIM, note="kept"))))
    file.append(removing(LINK, CUE))
    truth = file.layers()
    journal.write_bytes(early)
    file.news()
    assert marks_in(tmp_path) == [CLAIM.id, SOURCE.id]
    layers = opened(tmp_path).layers()
    assert layers.get(CLAIM.id) == now.edits[0].after
    assert (layers.annotations, layers.links) == (truth.annotations, truth.links)
    file.append(adding(mark(9)))
    assert marks_in(tmp_path) == number(1, 2, 9)


# What is broken while it is open ------------------------------------------------------------------


@pytest.mark.parametrize("damage", [b"", b"\x00" * 900, b"{", b'{"_meta":{}}', b"<<<<<<< HEAD\n"])
@pytest.mark.parametrize("journal", [True, False])
def test_a_json_damaged_while_it_is_open_is_kept_and_written_again(
    file: DocumentFile, tmp_path: Path, damage: bytes, *, journal: bool
) -> None:
    file.append(adding(SOURCE))
    file.news()
    truth = state_of(file.path)
    file.path.write_bytes(damage)
    if not journal:
        shelf(tmp_path).journal.unlink()
    assert file.news() == []
    assert len(file.remarks) == 1
    assert state_of(file.path) == truth
    file.append(adding(CUE))
    file.snapshot()
    assert marks_in(tmp_path) == number(1, 2, 3)
    (kept,) = shelf(tmp_path).quarantine.iterdir()
    assert kept.read_bytes() == damage


def test_a_journal_mended_by_one_session_is_followed_by_the_other(
    file: DocumentFile, tmp_path: Path
) -> None:
    done = [file.append(adding(mark(each))) for each in (5, 6)]
    entries = file.history()
    journal = shelf(tmp_path).journal
    first, second, third = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(first + second[:40] + b"?" + second[41:] + third)
    other = opened(tmp_path)
    assert "1 line of the journal" in other.remarks[0]
    file.news()
    assert marks_in(tmp_path) == number(1, 5, 6)  # what was lost on the disk was still here
    assert file.change(entries[2]) == done[1]  # its line is in another place by now
    with pytest.raises(StoreError, match="no longer in it"):
        file.change(entries[1])
