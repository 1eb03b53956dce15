"""One document's files: changes that are kept, and what is refused."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tinydb import TinyDB

from reader.errors import StoreError
from reader.model.annotation import Annotation
from reader.model.change import Change, Edit
from reader.storage.document_file import DocumentFile
from reader.storage.migrations import SCHEMA
from tests.model.build import (
    LATER,
    adding,
    change,
    document,
    mark,
    removing,
    tie,
)
from tests.storage.build import (
    CLAIM,
    CUE,
    LINK,
    SOURCE,
    begun,
    every_byte,
    ids,
    lines,
    names_in,
    opened,
    rewrite,
    rows,
    shelf,
    state_of,
)

LINK_WITHOUT_CUE = tie(4, CLAIM, SOURCE)


@pytest.fixture
def file(tmp_path: Path) -> DocumentFile:
    """A document that is not written yet."""
    return begun(tmp_path)


def again(file: DocumentFile) -> DocumentFile:
    return opened(file.path.parent.parent, file.path.stem)


# Appending ----------------------------------------------------------------------------------------


def test_nothing_is_written_until_something_is_appended(file: DocumentFile, tmp_path: Path) -> None:
    assert file.layers().document == document()
    assert file.news() == []
    assert file.history() == []
    file.snapshot()
    file.close()
    assert names_in(tmp_path) == []


def test_there_must_be_a_file_or_a_document(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="it is gone"):
        opened(tmp_path)
    assert names_in(tmp_path) == []


def test_what_is_appended_is_read_again(file: DocumentFile) -> None:
    file.append(adding(CLAIM, SOURCE, CUE, LINK))
    layers = again(file).layers()
    assert layers.annotations == [CLAIM, CUE, SOURCE]
    assert layers.links == [LINK]
    assert layers.document == document(updated=LATER)
    assert file.layers().annotations == layers.annotations


def test_a_change_is_a_line_and_the_json_follows_when_it_is_told(file: DocumentFile) -> None:
    file.append(adding(CLAIM))
    assert rows(file.path)["annotations"]["1"]["id"] == CLAIM.id  # a new document's is there
    file.append(adding(SOURCE))
    before = file.path.read_bytes()
    file.append(adding(CUE))
    assert (file.lag, file.path.read_bytes()) == (2, before)
    file.snapshot()
    assert (file.lag, rows(file.path)["_meta"]["1"]["seq"]) == (0, 3)
    assert {name: rows(file.path)[name] for name in state_of(file.path)} == state_of(file.path)
    after = file.path.stat()
    file.snapshot()  # nothing to do
    assert file.path.stat() == after


def test_one_record_a_line_and_plain_tinydb_reads_it(file: DocumentFile) -> None:
    file.append(adding(CLAIM, SOURCE, LINK_WITHOUT_CUE))
    written = file.path.read_text().split("\n")
    assert sum(CLAIM.id in line and '"kind"' in line for line in written) == 1
    with TinyDB(file.path) as database:
        assert [row["id"] for row in database.table("annotations").all()] == [CLAIM.id, SOURCE.id]
        meta = database.table("_meta").get(doc_id=1)
    assert meta is not None
    assert (meta["format"], meta["schema"], meta["seq"]) == ("reader", SCHEMA, 1)


def test_revisions_are_numbered_as_it_is_written(file: DocumentFile) -> None:
    first = file.append(adding(CLAIM)).edits[0].after
    assert isinstance(first, Annotation)
    assert first.rev == 1
    second = file.append(change(Edit(first, replace(first, note="x", rev=77)))).edits[0].after
    assert isinstance(second, Annotation)
    assert second.rev == 2
    assert again(file).layers().get(CLAIM.id).rev == 2


def test_a_removal_leaves_a_tombstone_and_a_revival_takes_it_away(file: DocumentFile) -> None:
    file.append(adding(CLAIM, SOURCE))
    file.append(removing(CLAIM, annotator="boris"))
    assert state_of(file.path)["removed"] == {
        "1": {
            "id": CLAIM.id,
            "rev": 2,
            "table": "annotations",
            "annotator": "boris",
            "at": LATER,
        }
    }
    file.snapshot()
    file = again(file)  # the tombstone is read, too
    assert file.removed() == {CLAIM.id}
    back = file.append(adding(CLAIM)).edits[0].after
    assert isinstance(back, Annotation)
    assert back.rev == 3
    assert state_of(file.path)["removed"] == {}
    assert ids(again(file).layers()) == [CLAIM.id, SOURCE.id]


def test_undo_and_redo_of_a_change_with_links(file: DocumentFile) -> None:
    file.append(adding(CLAIM, SOURCE, CUE, LINK))
    gone = file.append(
        change(Edit(LINK, None), Edit(CLAIM, None), Edit(CUE, replace(CUE, note="alone")))
    )
    assert ids(again(file).layers()) == [CUE.id, SOURCE.id]
    back = file.append(gone.inverse(annotator="anna", at=LATER, way="undo"))
    layers = again(file).layers()
    assert [replace(each, rev=1) for each in layers.annotations] == [CLAIM, CUE, SOURCE]
    assert [replace(each, rev=1) for each in layers.links] == [LINK]
    file.append(back.inverse(annotator="anna", at=LATER, way="redo"))
    assert ids(again(file).layers()) == [CUE.id, SOURCE.id]
    assert again(file).layers().get(CUE.id).note == "alone"


def test_rows_keep_their_numbers_and_no_number_is_given_twice(file: DocumentFile) -> None:
    file.append(adding(CLAIM, SOURCE, CUE))
    file.append(removing(SOURCE))
    file.append(change(Edit(CUE, replace(CUE, note="x"))))
    file.append(adding(SOURCE))
    file.snapshot()
    numbers = {row["id"]: number for number, row in rows(file.path)["annotations"].items()}
    assert numbers == {CLAIM.id: "1", CUE.id: "3", SOURCE.id: "4"}
    assert all(number.isdecimal() for table in rows(file.path).values() for number in table)


def test_every_change_counts_and_sets_the_time(file: DocumentFile) -> None:
    for number, at in enumerate(("2026-11-23T00:00:00.000Z", "2026-11-24T00:00:00.000Z"), 1):
        file.append(adding(mark(number), at=at))
        file.snapshot()
        assert rows(file.path)["_meta"]["1"]["seq"] == number
        assert rows(file.path)["document"]["1"]["updated"] == at


def later(tables: dict[str, Any]) -> None:
    """What a later version, or another tool, may have to say besides."""
    tables["_meta"]["1"]["machine"] = "m"
    tables["document"]["1"]["genre"] = ["news"]
    tables["annotations"]["1"]["certainty"] = 0.5
    tables["links"]["1"]["weight"] = 12345678901234567890123
    tables["trails"] = {"7": {"seen": [1, None]}}


@pytest.mark.parametrize("is_open", [True, False])
def test_unknown_fields_and_tables_are_kept(file: DocumentFile, *, is_open: bool) -> None:
    file.append(adding(CLAIM, SOURCE, LINK_WITHOUT_CUE))
    file.snapshot()
    rewrite(file.path, later)
    if is_open:
        file.news()
    else:
        file = again(file)
    claim = file.layers().get(CLAIM.id)
    link = file.layers().link(LINK.id)
    file.append(
        change(Edit(claim, replace(claim, note="new")), Edit(link, replace(link, note="n")))
    )
    file.remember(replace(file.layers().document, position=9))
    file.snapshot()
    kept = rows(file.path)
    assert kept["_meta"]["1"]["machine"] == "m"
    assert kept["document"]["1"]["genre"] == ["news"]
    assert (kept["annotations"]["1"]["certainty"], kept["annotations"]["1"]["note"]) == (0.5, "new")
    assert kept["links"]["1"]["weight"] == 12345678901234567890123
    assert kept["trails"] == {"7": {"seen": [1, None]}}
    file.path.write_bytes(b"")  # and the journal has them, too
    kept_again = state_of(file.path)
    assert kept_again["trails"] == kept["trails"]
    assert kept_again["document"]["1"]["genre"] == ["news"]


def test_what_another_tool_left_out_is_no_conflict(file: DocumentFile) -> None:
    """Fields with a default may be missing, and a list of numbers is no other list."""
    file.append(adding(CLAIM, SOURCE))

    def shorten(tables: dict[str, Any]) -> None:
        for name in ("rev", "note", "prefix", "suffix", "anchor", "foreign", "attributes"):
            del tables["annotations"]["1"][name]
        del tables["removed"]
        del tables["links"]
        tables["document"] = {"5": tables["document"]["1"]}

    rewrite(file.path, shorten)
    file = again(file)
    claim = file.layers().get(CLAIM.id)
    assert replace(claim, rev=1) == replace(CLAIM, prefix="", suffix="")
    file.append(change(Edit(claim, replace(claim, note="x")), Edit(None, LINK_WITHOUT_CUE)))
    file.append(removing(file.layers().link(LINK.id), file.layers().get(CLAIM.id)))
    assert ids(again(file).layers()) == [SOURCE.id]


# Where the reader was -----------------------------------------------------------------------------


def test_remember_keeps_the_place_and_nothing_else(file: DocumentFile) -> None:
    file.append(adding(CLAIM))
    start = again(file).layers().document
    file.remember(replace(start, position=33, opened=LATER, note="no", state="done", updated="no"))
    assert again(file).layers().document == replace(start, position=33, opened=LATER)
    assert [each.did for each in file.history()] == ["tagged"]


def test_places_of_the_text_are_gathered(file: DocumentFile) -> None:
    file.append(adding(CLAIM))
    other = again(file)
    start = file.layers().document
    file.remember(replace(start, paths=("a.txt", "b.txt")))
    other.remember(replace(start, paths=("a.txt", "c.txt")))
    assert again(file).layers().document.paths == ("a.txt", "b.txt", "c.txt")


def test_where_it_was_found_is_written_with_the_next_change_that_succeeds(
    file: DocumentFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.append(adding(CLAIM))
    file.found_at = ("here.txt",)
    with monkeypatch.context() as patch:
        refuse(patch, "fdatasync")
        with pytest.raises(StoreError):
            file.append(adding(SOURCE))
    file.append(adding(SOURCE))
    assert again(file).layers().document.paths == ("here.txt",)


# The history --------------------------------------------------------------------------------------


def test_the_history_tells_what_was_done_and_gives_each_change_whole(file: DocumentFile) -> None:
    first = file.append(adding(CLAIM, SOURCE, did="tagged two"))
    back = file.append(first.inverse(annotator="boris", at=LATER, way="undo"))
    for hands in (file, again(file)):
        entries = hands.history()
        assert [(e.seq, e.did, e.annotator, e.way, e.of) for e in entries] == [
            (1, "tagged two", "anna", "do", ""),
            (2, "tagged two", "boris", "undo", first.id),
        ]
        assert [hands.change(each) for each in entries] == [first, back]


def test_a_change_whose_line_is_gone_is_said(file: DocumentFile) -> None:
    file.append(adding(CLAIM))
    (entry,) = file.history()
    shelf(file.path.parent.parent).journal.unlink()
    with pytest.raises(StoreError, match="no longer in it"):
        file.change(entry)


# What goes wrong ----------------------------------------------------------------------------------


def refuse(patch: pytest.MonkeyPatch, name: str, code: int = errno.ENOSPC) -> None:
    def fail(*arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    patch.setattr(os, name, fail)


@pytest.mark.parametrize("name", ["write", "fdatasync"])
def test_a_failed_save_changes_nothing(
    file: DocumentFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    file.append(adding(CLAIM))
    file.news()
    before = every_byte(tmp_path)
    with monkeypatch.context() as patch:
        refuse(patch, name)
        with pytest.raises(StoreError, match="no space left"):
            file.append(adding(SOURCE))
        with pytest.raises(StoreError, match="no space left"):
            file.remember(replace(file.layers().document, position=5))
    assert every_byte(tmp_path) == before
    assert ids(file.layers()) == [CLAIM.id]
    assert file.news() == []
    file.append(adding(SOURCE))
    assert ids(again(file).layers()) == [CLAIM.id, SOURCE.id]
    assert [line.s for line in lines(shelf(tmp_path).journal)] == [1, 2]


@pytest.mark.parametrize("name", ["write", "fsync"])
def test_a_new_document_that_cannot_be_saved_leaves_nothing_to_read(
    file: DocumentFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with monkeypatch.context() as patch:
        refuse(patch, name)
        with pytest.raises(StoreError, match="no space left"):
            file.append(adding(SOURCE))
    assert not file.path.exists()
    file.append(adding(CLAIM))
    assert ids(again(file).layers()) == [CLAIM.id]


def test_a_snapshot_that_fails_loses_nothing_and_is_tried_again(
    file: DocumentFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.append(adding(CLAIM))
    file.append(adding(SOURCE))
    before = file.path.read_bytes()
    with monkeypatch.context() as patch:
        refuse(patch, "fsync")
        with pytest.raises(StoreError, match="not brought up to date: no space left"):
            file.snapshot()
    assert file.path.read_bytes() == before
    assert names_in(file.path.parent) == [file.path.name]
    assert ids(again(file).layers()) == [CLAIM.id, SOURCE.id]
    file.snapshot()
    assert len(rows(file.path)["annotations"]) == 2


def test_what_is_no_text_is_refused_before_anything_is_written(
    file: DocumentFile, tmp_path: Path
) -> None:
    file.append(adding(CLAIM))
    before = every_byte(tmp_path)
    with pytest.raises(StoreError, match="bytes that are no text"):
        file.append(adding(replace(SOURCE, note="caf\udce9")))
    assert every_byte(tmp_path) == before
    file.append(adding(SOURCE))


def test_a_change_needs_a_kind_that_the_file_has(file: DocumentFile) -> None:
    """Documents begin outside of changes."""
    with pytest.raises(AssertionError):
        file.append(Change((Edit(None, document(number=7)),), "?", "anna", LATER))
    assert not file.path.exists()
