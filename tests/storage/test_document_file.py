"""One document's file: changes that are kept, those of other sessions, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from reader.errors import ConflictError, StoreError
from reader.model.annotation import Annotation
from reader.model.change import Change, Edit
from reader.model.document import Document
from reader.model.layer import Layers
from reader.storage import json_file
from reader.storage.document_file import DocumentFile
from tests.model.build import (
    LATER,
    TEXT,
    adding,
    change,
    document,
    mark,
    of,
    record_id,
    removing,
    tie,
)
from tests.storage.build import names_in

CLAIM = of("We had warned them twice", 1)
SOURCE = of("Ines Varga", 2, kind="source", label="named")
CUE = of("said Ines", 3, kind="cue")
LINK = tie(4, CLAIM, SOURCE, CUE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "documents" / "harbour-fire~000d0c.json"


@pytest.fixture
def file(path: Path) -> DocumentFile:
    """A document's file that is not written yet."""
    return DocumentFile(path, path.parent.parent / "locks", document())


def again(file: DocumentFile) -> DocumentFile:
    """Another session's hands on the same file."""
    return DocumentFile(file.path, file.path.parent.parent / "locks")


def rows(path: Path) -> dict[str, Any]:
    return json.loads(path.read_bytes())


def ids(layers: Layers) -> list[str]:
    return [each.id for each in layers.annotations]


def rewrite(path: Path, turn: Any) -> None:
    """Change a file by hand, as another tool would."""
    tables = rows(path)
    turn(tables)
    path.write_text(json.dumps(tables, indent=1))


# Appending ----------------------------------------------------------------------------------------


def test_nothing_is_written_until_something_is_appended(file: DocumentFile) -> None:
    assert file.layers().document == document()
    assert file.news() == []
    file.snapshot()
    assert not file.path.parent.exists()


def test_there_must_be_a_file_or_a_document(path: Path) -> None:
    with pytest.raises(StoreError, match="it is gone"):
        DocumentFile(path, path.parent)


def test_what_is_appended_is_read_again(file: DocumentFile) -> None:
    file.append(adding(CLAIM, SOURCE, CUE, LINK))
    layers = again(file).layers()
    assert layers.annotations == [CLAIM, CUE, SOURCE]
    assert layers.links == [LINK]
    assert layers.document == document(updated=LATER)
    assert file.layers().annotations == layers.annotations


def test_one_record_a_line_and_plain_tinydb_reads_it(file: DocumentFile) -> None:
    file.append(adding(CLAIM, SOURCE, LINK_WITHOUT_CUE))
    lines = file.path.read_text().split("\n")
    assert sum(CLAIM.id in line and '"kind"' in line for line in lines) == 1
    with TinyDB(file.path) as database:
        assert [row["id"] for row in database.table("annotations").all()] == [CLAIM.id, SOURCE.id]
        assert database.table("_meta").get(doc_id=1) == {"format": "reader", "schema": 1, "seq": 1}


LINK_WITHOUT_CUE = tie(4, CLAIM, SOURCE)


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
    assert rows(file.path)["removed"] == {
        "1": {
            "id": CLAIM.id,
            "rev": 2,
            "table": "annotations",
            "annotator": "boris",
            "at": LATER,
        }
    }
    file = again(file)  # the tombstone is read, too
    back = file.append(adding(CLAIM)).edits[0].after
    assert isinstance(back, Annotation)
    assert back.rev == 3
    assert rows(file.path)["removed"] == {}
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


def test_rows_keep_their_numbers(file: DocumentFile) -> None:
    file.append(adding(CLAIM, SOURCE, CUE))
    file.append(removing(SOURCE))
    file.append(change(Edit(CUE, replace(CUE, note="x"))))
    file.append(adding(SOURCE))
    numbers = {row["id"]: number for number, row in rows(file.path)["annotations"].items()}
    assert numbers == {CLAIM.id: "1", CUE.id: "3", SOURCE.id: "4"}


def test_every_change_counts_and_sets_the_time(file: DocumentFile) -> None:
    for number, at in enumerate(("2026-11-23T00:00:00.000Z", "2026-11-24T00:00:00.000Z"), 1):
        file.append(adding(mark(number), at=at))
        assert rows(file.path)["_meta"]["1"]["seq"] == number
        assert rows(file.path)["document"]["1"]["updated"] == at


def test_unknown_fields_and_tables_are_kept(file: DocumentFile) -> None:
    file.append(adding(CLAIM, SOURCE, LINK_WITHOUT_CUE))

    def later(tables: dict[str, Any]) -> None:
        tables["_meta"]["1"]["machine"] = "m"
        tables["document"]["1"]["genre"] = ["news"]
        tables["annotations"]["1"]["certainty"] = 0.5
        tables["links"]["1"]["weight"] = 12345678901234567890123
        tables["trails"] = {"7": {"seen": [1, None]}}

    rewrite(file.path, later)
    file = again(file)
    claim = file.layers().get(CLAIM.id)
    link = file.layers().link(LINK.id)
    file.append(
        change(Edit(claim, replace(claim, note="new")), Edit(link, replace(link, note="n")))
    )
    file.remember(replace(file.layers().document, position=9))
    kept = rows(file.path)
    assert kept["_meta"]["1"] == {
        "format": "reader",
        "schema": 1,
        "seq": 2,
        "machine": "m",
    }
    assert kept["document"]["1"]["genre"] == ["news"]
    assert (kept["annotations"]["1"]["certainty"], kept["annotations"]["1"]["note"]) == (0.5, "new")
    assert kept["links"]["1"]["weight"] == 12345678901234567890123
    assert kept["trails"] == {"7": {"seen": [1, None]}}


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
    assert claim == replace(CLAIM, prefix="", suffix="")
    file.append(change(Edit(claim, replace(claim, note="x")), Edit(None, LINK_WITHOUT_CUE)))
    file.append(removing(file.layers().link(LINK.id), file.layers().get(CLAIM.id)))
    assert ids(again(file).layers()) == [SOURCE.id]


# Two sessions -------------------------------------------------------------------------------------


def test_what_two_sessions_mark_is_kept_both(file: DocumentFile) -> None:
    file.append(adding(CLAIM))
    other = again(file)
    file.append(adding(SOURCE))
    other.append(adding(CUE, annotator="boris"))
    file.append(adding(mark(9)))
    assert sorted(ids(again(file).layers())) == [record_id(each) for each in (1, 2, 3, 9)]


def test_news_tells_what_others_did_once(file: DocumentFile) -> None:
    file.append(adding(CLAIM))
    file.news()
    other = again(file)
    other.append(adding(SOURCE))
    other.append(removing(CLAIM))
    other.append(adding(CUE))
    (news,) = file.news()
    assert news.way == "outside"
    assert {(e.before and e.before.id, e.after and e.after.id) for e in news.edits} == {
        (None, SOURCE.id),
        (None, CUE.id),
        (CLAIM.id, None),
    }
    assert file.news() == []
    other.append(adding(mark(9)))
    assert len(file.news()) == 1


def test_news_applied_in_order_gives_the_files_state(file: DocumentFile) -> None:
    """One's own changes are among them, in their place between those of others."""
    layers = file.layers()
    file.append(adding(CLAIM))
    other = again(file)
    other.append(adding(SOURCE))
    other.append(change(Edit(CLAIM, replace(CLAIM, note="from the other"))))
    file.append(adding(CUE))
    other.append(removing(CUE))
    for each in file.news():
        layers.apply(each)
    assert layers.annotations == again(file).layers().annotations
    assert ids(layers) == [CLAIM.id, SOURCE.id]
    assert layers.get(CLAIM.id).note == "from the other"


def test_news_comes_in_the_same_order_each_time(file: DocumentFile) -> None:
    file.append(adding(CLAIM))
    file.news()
    marks = [mark(each) for each in range(20, 60)]
    again(file).append(adding(*reversed(marks)))
    (news,) = file.news()
    assert [edit.record.id for edit in news.edits] == [each.id for each in marks]


def test_a_record_that_another_changed_is_refused(file: DocumentFile) -> None:
    file.append(adding(CLAIM))
    other = again(file)
    other.append(change(Edit(CLAIM, replace(CLAIM, note="theirs"))))
    before = file.path.read_bytes()
    for wrong in (
        change(Edit(CLAIM, replace(CLAIM, note="ours"))),
        removing(CLAIM),
        adding(CLAIM),
        change(Edit(None, SOURCE), Edit(CLAIM, None)),
    ):
        with pytest.raises(ConflictError, match="somebody else has changed the mark"):
            file.append(wrong)
    assert file.path.read_bytes() == before
    assert len([each for each in file.news() if each.way == "outside"]) == 1
    assert ids(file.layers()) == [CLAIM.id]
    file.append(removing(file.layers().get(CLAIM.id)))


def test_a_record_that_another_removed_is_refused(file: DocumentFile) -> None:
    file.append(adding(CLAIM))
    again(file).append(removing(CLAIM))
    with pytest.raises(ConflictError):
        file.append(change(Edit(CLAIM, replace(CLAIM, note="ours"))))


def test_a_link_to_what_another_removed_is_refused(file: DocumentFile) -> None:
    """It would hang in the air, and a file with such a link in it is unusable."""
    file.append(adding(CLAIM, SOURCE, CUE))
    again(file).append(removing(SOURCE))
    with pytest.raises(ConflictError):
        file.append(adding(LINK))
    assert ids(again(file).layers()) == [CLAIM.id, CUE.id]


@pytest.mark.parametrize("gone", [CLAIM, SOURCE, CUE])
def test_a_mark_that_another_has_linked_is_not_removed_alone(
    file: DocumentFile, gone: Annotation
) -> None:
    file.append(adding(CLAIM, SOURCE, CUE))
    again(file).append(adding(LINK))
    with pytest.raises(ConflictError):
        file.append(removing(gone))
    assert again(file).layers().links == [LINK]
    file.append(removing(LINK, gone))


def test_fields_of_the_document_are_merged(file: DocumentFile) -> None:
    file.append(adding(CLAIM))
    other = again(file)
    start = file.layers().document
    other.append(change(Edit(start, replace(start, note="theirs"))))
    file.append(change(Edit(start, replace(start, state="done"))))
    now = again(file).layers().document
    assert (now.note, now.state) == ("theirs", "done")


def test_news_of_the_document_leaves_out_where_others_read(file: DocumentFile) -> None:
    file.append(adding(CLAIM))
    file.news()
    other = again(file)
    other.remember(replace(other.layers().document, position=70, opened=LATER))
    assert file.news() == []
    start = other.layers().document
    other.append(change(Edit(start, replace(start, state="done"))))
    (news,) = file.news()
    (edit,) = news.edits
    assert isinstance(edit.after, Document)
    assert (edit.after.state, edit.record.id) == ("done", start.id)


def test_remember_keeps_the_place_and_nothing_else(file: DocumentFile) -> None:
    file.append(adding(CLAIM))
    start = again(file).layers().document
    file.remember(replace(start, position=33, opened=LATER, note="no", state="done", updated="no"))
    assert again(file).layers().document == replace(start, position=33, opened=LATER)
    assert rows(file.path)["_meta"]["1"]["seq"] == 1


def test_places_of_the_text_are_gathered(file: DocumentFile) -> None:
    file.append(adding(CLAIM))
    other = again(file)
    start = file.layers().document
    file.remember(replace(start, paths=("a.txt", "b.txt")))
    other.remember(replace(start, paths=("a.txt", "c.txt")))
    assert again(file).layers().document.paths == ("a.txt", "b.txt", "c.txt")


def test_two_sessions_that_begin_the_same_text_end_in_one_file(tmp_path: Path) -> None:
    folder, locks = tmp_path / "documents", tmp_path / "locks"
    first = DocumentFile(folder / "one.json", locks, document(number=1))
    second = DocumentFile(
        folder / "two.json", locks, document(number=2), elsewhere=lambda: folder / "one.json"
    )
    layers = second.layers()
    begun = document(number=1)
    first.append(change(Edit(None, CLAIM), Edit(begun, replace(begun, state="in progress"))))
    mine = document(number=2)
    second.append(change(Edit(None, SOURCE), Edit(mine, replace(mine, state="in progress"))))
    assert names_in(folder) == ["one.json"]
    assert second.path == folder / "one.json"
    for each in second.news():
        layers.apply(each)
    assert ids(layers) == [CLAIM.id, SOURCE.id]
    assert layers.document == again(first).layers().document
    assert (layers.document.id, layers.document.state) == (begun.id, "in progress")
    assert first.append(adding(CUE)).edits
    second.append(adding(mark(9)))
    assert len(again(first).layers()) == 4


def test_a_damaged_file_of_the_same_text_is_never_written_over(tmp_path: Path) -> None:
    folder, locks = tmp_path / "documents", tmp_path / "locks"
    second = DocumentFile(
        folder / "two.json", locks, document(number=2), elsewhere=lambda: folder / "one.json"
    )
    first = DocumentFile(folder / "one.json", locks, document(number=1))
    first.append(adding(CLAIM))
    broken = first.path.read_bytes()[:-9]
    first.path.write_bytes(broken)
    for _ in range(3):
        with pytest.raises(StoreError, match=r"one\.json cannot be used"):
            second.append(adding(SOURCE))
    assert names_in(folder) == ["one.json"]
    assert first.path.read_bytes() == broken


# What goes wrong ----------------------------------------------------------------------------------


def test_a_failed_save_changes_nothing(file: DocumentFile, monkeypatch: pytest.MonkeyPatch) -> None:
    file.append(adding(CLAIM))
    file.news()
    before = file.path.read_bytes()

    def refuse(path: Path, data: bytes) -> None:
        raise StoreError(f"{path} was not saved", "no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(json_file, "write_atomically", refuse)
        with pytest.raises(StoreError, match="no space left"):
            file.append(adding(SOURCE))
        with pytest.raises(StoreError, match="no space left"):
            file.remember(replace(file.layers().document, position=5))
    assert file.path.read_bytes() == before
    assert ids(file.layers()) == [CLAIM.id]
    assert file.news() == []
    file.append(adding(SOURCE))
    assert ids(again(file).layers()) == [CLAIM.id, SOURCE.id]


@pytest.mark.parametrize("damage", [b"", b"\x00" * 900, b"{", b'{"_meta":{}}'])
def test_a_file_damaged_while_it_is_open_is_never_written_over(
    file: DocumentFile, damage: bytes
) -> None:
    file.append(adding(CLAIM))
    file.news()
    file.path.write_bytes(damage)
    for _ in range(2):
        with pytest.raises(StoreError, match="cannot be used"):
            file.append(adding(SOURCE))
        with pytest.raises(StoreError, match="cannot be used"):
            file.news()
        with pytest.raises(StoreError, match="cannot be used"):
            file.remember(file.layers().document)
    assert file.path.read_bytes() == damage
    assert ids(file.layers()) == [CLAIM.id]


def test_a_file_that_became_another_texts_is_never_written_to(file: DocumentFile) -> None:
    file.append(adding(CLAIM))

    def swap(tables: dict[str, Any]) -> None:
        tables["document"]["1"]["sha256"] = "0" * 64

    rewrite(file.path, swap)
    before = file.path.read_bytes()
    with pytest.raises(StoreError, match="another text"):
        file.append(adding(SOURCE))
    assert file.path.read_bytes() == before


def test_a_file_that_vanished_is_written_again(file: DocumentFile) -> None:
    file.append(adding(CLAIM))
    file.news()
    file.path.unlink()
    file.path.parent.rmdir()
    assert file.news() == []
    file.append(adding(SOURCE))
    assert ids(again(file).layers()) == [CLAIM.id, SOURCE.id]


def test_leftovers_of_a_killed_session_are_cleared_away(file: DocumentFile) -> None:
    file.append(adding(CLAIM))
    stale = file.path.with_name(f".{file.path.name}.x7.tmp")
    stale.write_bytes(b"half")
    other = file.path.with_name(".other.json.x7.tmp")
    other.write_bytes(b"half")
    file.append(adding(SOURCE))
    assert not stale.exists()
    assert other.exists()


def put(table: str, row: str, value: object) -> Any:
    def turn(tables: dict[str, Any]) -> None:
        tables[table][row] = value

    return turn


def field(table: str, name: str, value: object) -> Any:
    def turn(tables: dict[str, Any]) -> None:
        tables[table]["1"][name] = value

    return turn


def missing(table: str, name: str) -> Any:
    def turn(tables: dict[str, Any]) -> None:
        del tables[table]["1"][name]

    return turn


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        (field("_meta", "schema", 2), "a newer reader wrote it (schema 2"),
        (field("_meta", "schema", "1"), "no number of a schema"),
        (field("_meta", "schema", True), "no number of a schema"),
        (field("_meta", "schema", 0), "no number of a schema"),
        (missing("_meta", "schema"), "no number of a schema"),
        (field("_meta", "format", "writer"), "not written by reader"),
        (lambda tables: tables.pop("_meta"), "not written by reader"),
        (lambda tables: tables.pop("document"), "0 documents instead of one"),
        (lambda tables: tables["document"].clear(), "0 documents instead of one"),
        (put("document", "2", {}), "2 documents instead of one"),
        (missing("document", "id"), "document, id None"),
        (missing("document", "length"), "`length`"),
        (field("document", "length", "170"), "$.length"),
        (field("document", "revisions", [{"sha256": "0"}]), "$.revisions[0]"),
        (missing("annotations", "kind"), "`kind`"),
        (field("annotations", "kind", 7), "$.kind"),
        (field("annotations", "fragments", []), "make no sense"),
        (field("annotations", "fragments", [[5, 5]]), "make no sense"),
        (field("annotations", "fragments", [[9, 5]]), "make no sense"),
        (field("annotations", "fragments", [[-3, 5]]), "make no sense"),
        (field("annotations", "fragments", [[0, 9], [5, 12]]), "make no sense"),
        (field("annotations", "fragments", [[9, 12], [0, 5]]), "make no sense"),
        (field("annotations", "fragments", [[0, 4], [5, 9]]), "make no sense"),
        (field("annotations", "fragments", [[0, 4, 5]]), "$.fragments[0]"),
        (field("annotations", "fragments", [[0.5, 4]]), "$.fragments[0]"),
        (field("annotations", "fragments", [[0, len(TEXT) + 1]]), "lies outside the text"),
        (field("annotations", "quote", "word"), "$.quote"),
        (field("annotations", "attributes", []), "$.attributes"),
        (field("annotations", "id", SOURCE.id), "the same id"),
        (put("annotations", "9", 5), "no file of tables"),
        (field("links", "to", record_id(99)), f"hangs on '{record_id(99)}'"),
        (field("links", "via", record_id(98)), f"hangs on '{record_id(98)}'"),
        (field("links", "from", None), "$.from_id"),
        (lambda tables: tables["annotations"].pop("1"), "which is not there"),
        (put("removed", "1", {"rev": 1}), "does not say what was removed"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_and_left(
    file: DocumentFile, turn: Any, said: str
) -> None:
    file.append(adding(CLAIM, SOURCE, CUE, LINK))
    rewrite(file.path, turn)
    before = file.path.read_bytes()
    with pytest.raises(StoreError) as caught:
        again(file)
    assert str(file.path) in caught.value.title
    assert said in caught.value.cause
    assert "left untouched" in caught.value.remedy
    with pytest.raises(StoreError):
        file.append(adding(mark(9)))
    assert file.path.read_bytes() == before


def test_a_change_needs_a_kind_that_the_file_has(file: DocumentFile) -> None:
    """Documents begin outside of changes."""
    with pytest.raises(AssertionError):
        file.append(Change((Edit(None, document(number=7)),), "?", "anna", LATER))
    assert not file.path.exists()
