"""A JSON that others wrote, who know nothing of the journal: other tools, and other machines."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from tinydb import TinyDB, where

from reader.errors import StoreError
from reader.model.change import Change, Edit
from reader.model.layer import Layers
from reader.model.plain import to_plain
from reader.storage.document_file import DocumentFile
from reader.storage.migrations import SCHEMA
from tests.model.build import LATER, adding, change, mark, record_id, removing
from tests.storage.build import (
    CLAIM,
    CUE,
    LINK,
    SOURCE,
    begun,
    field,
    ids,
    marks_in,
    number,
    opened,
    rewrite,
    shelf,
    state_of,
)

# Written by others --------------------------------------------------------------------------------


def with_tinydb(path: Path) -> None:
    """What somebody may do who knows TinyDB, and nothing of us."""
    with TinyDB(path) as database:
        marks = database.table("annotations")
        marks.update({"note": "from TinyDB"}, where("id") == CLAIM.id)
        marks.insert(to_plain(mark(7)))
        database.table("document").update({"note": "seen"})


@pytest.mark.parametrize("is_open", [True, False])
def test_what_plain_tinydb_wrote_is_taken_in_and_can_be_undone(
    file: DocumentFile, tmp_path: Path, *, is_open: bool
) -> None:
    layers = file.layers()
    with_tinydb(file.path)
    hands = file if is_open else opened(tmp_path)
    news = hands.news()
    assert hands.remarks == ["3 changes were made outside of reader; undo takes that back."]
    now = hands.layers()
    if is_open:
        for each in news:
            layers.apply(each)
        assert (layers.annotations, layers.document) == (now.annotations, now.document)
    assert (now.get(CLAIM.id).note, now.document.note) == ("from TinyDB", "seen")
    assert record_id(7) in now
    entry = hands.history()[-1]
    assert (entry.did, entry.way) == ("took in 3 changes made outside of reader", "outside")
    whole = hands.change(entry)
    hands.append(whole.inverse(annotator="anna", at=LATER, way="undo"))
    again = opened(tmp_path)
    assert again.remarks == []
    assert ids(again.layers()) == [CLAIM.id]
    assert (again.layers().get(CLAIM.id).note, again.layers().document.note) == ("", "")


def test_the_same_record_changed_on_both_sides_is_kept_twice(
    file: DocumentFile, tmp_path: Path
) -> None:
    """TinyDB wrote the JSON from what it read of it, before the journal's last line."""
    old = file.path.read_bytes()
    file.append(change(Edit(CLAIM, replace(CLAIM, note="here"))))
    file.append(adding(SOURCE))
    file.path.write_bytes(old)
    with_tinydb(file.path)
    file.news()
    layers = opened(tmp_path).layers()
    assert sorted(each.note for each in layers.annotations) == ["", "", "from TinyDB", "here"]
    assert layers.get(CLAIM.id).note == "here"
    assert {SOURCE.id, record_id(7)} <= set(ids(layers))
    assert state_of(file.path) == state_of(file.path)


def test_what_was_removed_outside_is_gone_unless_it_is_linked_here(
    file: DocumentFile, tmp_path: Path
) -> None:
    file.append(adding(SOURCE, CUE))
    file.snapshot()
    file.append(adding(replace(LINK, via_id=None)))
    rewrite(file.path, lambda tables: [tables["annotations"].pop(each) for each in "13"])
    file.news()
    layers = opened(tmp_path).layers()
    assert (ids(layers), len(layers.links)) == ([CLAIM.id, SOURCE.id], 1)
    assert "1 mark that was removed outside is still there" in file.remarks[-1]
    assert opened(tmp_path).removed() == {CUE.id}


def test_a_row_number_taken_outside_and_here_loses_neither(
    file: DocumentFile, tmp_path: Path
) -> None:
    """Even where there is neither a backup nor the whole journal to compare with."""
    shelf(tmp_path).journal.unlink()
    file.news()
    shelf(tmp_path).backup.unlink(missing_ok=True)
    old = file.path.read_bytes()
    file.append(adding(SOURCE))  # row 2
    file.close()
    file.path.write_bytes(old)
    with_tinydb(file.path)  # row 2, too
    assert marks_in(tmp_path) == number(1, 2, 7)
    assert marks_in(tmp_path) == number(1, 2, 7)


def test_a_snapshot_never_writes_over_what_others_wrote(file: DocumentFile, tmp_path: Path) -> None:
    file.append(adding(SOURCE))
    with_tinydb(file.path)
    theirs = file.path.read_bytes()
    file.snapshot()
    file.append(adding(CUE))
    file.snapshot()
    assert file.path.read_bytes() == theirs
    file.news()
    assert marks_in(tmp_path) == number(1, 2, 3, 7)


def test_another_sessions_snapshot_is_no_news(file: DocumentFile, other: DocumentFile) -> None:
    other.append(adding(SOURCE))
    other.snapshot()
    file.append(adding(CUE))
    file.news()
    other.news()
    other.snapshot()
    assert file.news() == []
    assert (file.remarks, file.lag) == ([], 0)


# Another machine's file ---------------------------------------------------------------------------


@pytest.fixture
def elsewhere(file: DocumentFile, tmp_path: Path) -> DocumentFile:
    """The same document on another machine, to which only the JSON came."""
    there = tmp_path / "elsewhere"
    (there / "documents").mkdir(parents=True)
    file.snapshot()
    shutil.copy(file.path, there / "documents")
    return opened(there)


def pulled(elsewhere: DocumentFile, file: DocumentFile) -> None:
    """The other machine's JSON comes here, as by git."""
    elsewhere.snapshot()
    elsewhere.close()
    data = elsewhere.path.read_bytes()
    file.path.unlink()
    file.path.write_bytes(data)


@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.parametrize("mine", range(4))
@pytest.mark.parametrize("theirs", range(1, 4))
def test_a_json_from_another_machine_takes_nothing_away(
    file: DocumentFile,
    elsewhere: DocumentFile,
    tmp_path: Path,
    mine: int,
    theirs: int,
    *,
    is_open: bool,
) -> None:
    """However far either was: what is here in the journal alone stays."""
    here = [mark(100 + each) for each in range(mine)]
    there = [mark(200 + each, (each, each + 5)) for each in range(theirs)]
    for each in here:
        file.append(adding(each))
    for each in there:
        elsewhere.append(adding(each))
    layers = file.layers()
    file.news()
    pulled(elsewhere, file)
    if is_open:
        for each in file.news():
            layers.apply(each)
    else:
        file.close()
        file = opened(tmp_path)
        layers = file.layers()
    expected = sorted(each.id for each in (CLAIM, *here, *there))
    assert marks_in(tmp_path) == expected
    assert sorted(ids(layers)) == expected
    file.append(adding(mark(300)))
    file.snapshot()
    file.close()
    assert marks_in(tmp_path) == [*expected, record_id(300)]
    assert opened(tmp_path).remarks == []


def test_of_a_mark_changed_on_two_machines_both_are_kept(
    file: DocumentFile, elsewhere: DocumentFile, tmp_path: Path
) -> None:
    file.append(change(Edit(CLAIM, replace(CLAIM, note="here"))))
    elsewhere.append(change(Edit(CLAIM, replace(CLAIM, note="there"))))
    file.close()
    pulled(elsewhere, file)
    assert sorted(each.note for each in opened(tmp_path).layers().annotations) == ["here", "there"]
    assert len(opened(tmp_path).layers()) == 2


def test_what_was_removed_on_one_of_two_machines_is_not_revived(
    file: DocumentFile, elsewhere: DocumentFile, tmp_path: Path
) -> None:
    file.append(adding(SOURCE))
    elsewhere.append(removing(CLAIM))
    file.close()
    pulled(elsewhere, file)
    assert marks_in(tmp_path) == [SOURCE.id]


def test_a_json_of_a_newer_reader_that_comes_while_it_is_open_is_left(
    file: DocumentFile, tmp_path: Path
) -> None:
    file.append(adding(SOURCE))
    newer = file.path.read_bytes().replace(b'"schema":%d' % SCHEMA, b'"schema":%d' % (SCHEMA + 1))
    file.path.unlink()
    file.path.write_bytes(newer)
    file.news()
    assert file.read_only is not None
    with pytest.raises(StoreError, match="a newer reader wrote it"):
        file.append(adding(CUE))
    file.snapshot()
    assert file.path.read_bytes() == newer
    assert ids(file.layers()) == [CLAIM.id, SOURCE.id]


def test_another_documents_file_in_its_place_is_told_from_it(
    file: DocumentFile, tmp_path: Path
) -> None:
    other = begun(tmp_path, mark(50), mark(51), name="b", number=0xB)
    other.append(adding(mark(52)))
    other.snapshot()
    file.append(adding(SOURCE))
    file.close()
    file.path.write_bytes(other.path.read_bytes())
    hands = opened(tmp_path)
    assert ids(hands.layers()) == [CLAIM.id, SOURCE.id]
    assert "it holds another document" in hands.remarks[0]
    (kept,) = shelf(tmp_path).quarantine.iterdir()
    assert kept.read_bytes() == other.path.read_bytes()


@pytest.mark.parametrize("name", ["sha256", "length", "id"])
@pytest.mark.parametrize("is_open", [True, False])
def test_a_document_is_never_made_another_by_hand(
    file: DocumentFile, tmp_path: Path, name: str, *, is_open: bool
) -> None:
    truth = state_of(file.path)
    rewrite(file.path, field("document", name, 2**20 if name == "length" else "0" * 64))
    hands = file if is_open else opened(tmp_path)
    assert hands.news() == []
    assert "it holds" in hands.remarks[0]
    assert state_of(file.path) == truth


def test_news_of_layers_never_conflict(file: DocumentFile, tmp_path: Path) -> None:
    """A session's own layers follow by its news whatever was done to the files."""
    layers: Layers = file.layers()
    with_tinydb(file.path)
    other = opened(tmp_path)
    other.append(adding(SOURCE))
    shelf(tmp_path).journal.unlink()
    other.append(adding(CUE))
    news: list[Change] = file.news()
    for each in news:
        layers.apply(each)
    assert sorted(ids(layers)) == marks_in(tmp_path) == number(1, 2, 3, 7)
