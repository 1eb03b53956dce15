"""One document in the hands of several sessions, and of others who know nothing of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.errors import ConflictError, OvertakenError, StoreError
from reader.model.annotation import Annotation
from reader.model.change import Edit
from reader.model.document import Document
from reader.storage.document_file import DocumentFile
from reader.storage.layout import Layout
from reader.storage.migrations import SCHEMA
from tests.model.build import LATER, adding, change, document, mark, removing
from tests.storage.build import (
    CLAIM,
    CUE,
    LINK,
    SOURCE,
    begun,
    every_byte,
    field,
    ids,
    marks_in,
    names_in,
    number,
    opened,
    rewrite,
    shelf,
    state_of,
)

# Both write ---------------------------------------------------------------------------------------


def test_what_two_sessions_mark_is_kept_both(
    file: DocumentFile, other: DocumentFile, tmp_path: Path
) -> None:
    file.append(adding(SOURCE))
    other.append(adding(CUE, annotator="boris"))
    file.append(adding(mark(9)))
    assert marks_in(tmp_path) == number(1, 2, 3, 9)
    numbers = state_of(file.path)["annotations"]
    assert sorted(numbers) == ["1", "2", "3", "4"]  # none given twice


def test_news_tells_what_others_did_once_and_in_its_order(
    file: DocumentFile, other: DocumentFile
) -> None:
    done = [other.append(each) for each in (adding(SOURCE), removing(CLAIM), adding(CUE))]
    assert file.news() == done
    assert file.news() == []
    other.append(adding(mark(9)))
    assert len(file.news()) == 1


def test_an_undo_of_another_session_is_told_as_one(file: DocumentFile, other: DocumentFile) -> None:
    done = other.append(adding(SOURCE))
    back = other.append(done.inverse(annotator="boris", at=LATER, way="undo"))
    assert file.news() == [done, back]
    assert (back.way, back.of) == ("undo", done.id)


def test_news_applied_in_order_gives_the_files_state(
    file: DocumentFile, other: DocumentFile, tmp_path: Path
) -> None:
    """One's own changes are among them, in their place between those of others."""
    layers = file.layers()
    other.append(adding(SOURCE))
    other.append(change(Edit(CLAIM, replace(CLAIM, note="from the other"))))
    file.append(adding(CUE))
    other.append(removing(CUE))
    for each in file.news():
        layers.apply(each)
    assert layers.annotations == opened(tmp_path).layers().annotations
    assert ids(layers) == [CLAIM.id, SOURCE.id]
    assert layers.get(CLAIM.id).note == "from the other"


def test_a_change_made_on_what_was_known_is_refused_when_others_were_faster(
    file: DocumentFile, other: DocumentFile
) -> None:
    other.append(adding(SOURCE))
    with pytest.raises(OvertakenError):
        file.append(adding(CUE), on_latest=True)
    assert [each.edits[0].record.id for each in file.news()] == [SOURCE.id]
    file.append(adding(CUE), on_latest=True)


def test_a_record_that_another_changed_is_refused(file: DocumentFile, other: DocumentFile) -> None:
    other.append(change(Edit(CLAIM, replace(CLAIM, note="theirs"))))
    truth = state_of(file.path)
    for wrong in (
        change(Edit(CLAIM, replace(CLAIM, note="ours"))),
        removing(CLAIM),
        adding(CLAIM),
        change(Edit(None, SOURCE), Edit(CLAIM, None)),
    ):
        with pytest.raises(ConflictError, match="somebody else has changed the mark"):
            file.append(wrong)
    assert state_of(file.path) == truth
    assert len(file.news()) == 1
    file.append(removing(file.layers().get(CLAIM.id)))


def test_a_record_that_another_removed_is_refused(file: DocumentFile, other: DocumentFile) -> None:
    other.append(removing(CLAIM))
    with pytest.raises(ConflictError):
        file.append(change(Edit(CLAIM, replace(CLAIM, note="ours"))))


def test_a_link_to_what_another_removed_is_refused(
    file: DocumentFile, other: DocumentFile, tmp_path: Path
) -> None:
    """It would hang in the air, and a file with such a link in it is unusable."""
    file.append(adding(SOURCE, CUE))
    other.append(removing(SOURCE))
    with pytest.raises(ConflictError):
        file.append(adding(LINK))
    assert marks_in(tmp_path) == [CLAIM.id, CUE.id]


@pytest.mark.parametrize("gone", [CLAIM, SOURCE, CUE])
def test_a_mark_that_another_has_linked_is_not_removed_alone(
    file: DocumentFile, other: DocumentFile, tmp_path: Path, gone: Annotation
) -> None:
    file.append(adding(SOURCE, CUE))
    other.append(adding(LINK))
    with pytest.raises(ConflictError):
        file.append(removing(gone))
    assert opened(tmp_path).layers().links == [LINK]
    file.append(removing(LINK, gone))


def test_fields_of_the_document_are_merged(
    file: DocumentFile, other: DocumentFile, tmp_path: Path
) -> None:
    start = file.layers().document
    other.append(change(Edit(start, replace(start, note="theirs"))))
    file.append(change(Edit(start, replace(start, state="done"))))
    now = opened(tmp_path).layers().document
    assert (now.note, now.state) == ("theirs", "done")


def test_where_others_read_is_no_news(file: DocumentFile, other: DocumentFile) -> None:
    other.remember(replace(other.layers().document, position=70, opened=LATER))
    assert file.news() == []
    start = other.layers().document
    other.append(change(Edit(start, replace(start, state="done"))))
    (news,) = file.news()
    (edit,) = news.edits
    assert isinstance(edit.after, Document)
    assert (edit.after.state, edit.record.id) == ("done", start.id)


# Both begin ---------------------------------------------------------------------------------------


def test_two_sessions_that_begin_the_same_text_end_in_one_file(tmp_path: Path) -> None:
    first = begun(tmp_path, name="one", number=1)
    second = DocumentFile(Layout(tmp_path), "two", document(number=2), lambda: "one")
    layers = second.layers()
    one, two = document(number=1), document(number=2)
    first.append(change(Edit(None, CLAIM), Edit(one, replace(one, state="in progress"))))
    second.append(change(Edit(None, SOURCE), Edit(two, replace(two, state="in progress"))))
    assert names_in(tmp_path / "documents") == ["one.json"]
    assert names_in(tmp_path / "journal") == ["one.jsonl"]
    assert second.path == first.path
    for each in second.news():
        layers.apply(each)
    assert ids(layers) == [CLAIM.id, SOURCE.id]
    assert layers.document == opened(tmp_path, "one").layers().document
    assert (layers.document.id, layers.document.state) == (one.id, "in progress")
    assert first.append(adding(CUE)).edits
    second.append(adding(mark(9)))
    assert len(opened(tmp_path, "one").layers()) == 4


def test_a_document_of_the_same_text_beyond_repair_is_never_written_over(tmp_path: Path) -> None:
    second = DocumentFile(Layout(tmp_path), "two", document(number=2), lambda: "one")
    first = begun(tmp_path, CLAIM, name="one")
    shelf(tmp_path, "one").journal.unlink()
    first.path.write_bytes(first.path.read_bytes()[:-9])
    before = every_byte(tmp_path)
    for _ in range(3):
        with pytest.raises(StoreError, match=r"one\.json cannot be used"):
            second.append(adding(SOURCE))
    assert every_byte(tmp_path) == before


def test_a_document_of_a_newer_reader_is_not_written_to_by_way_of_a_new_one(tmp_path: Path) -> None:
    second = DocumentFile(Layout(tmp_path), "two", document(number=2), lambda: "one")
    first = begun(tmp_path, CLAIM, name="one")
    rewrite(first.path, field("_meta", "schema", SCHEMA + 1))
    before = every_byte(tmp_path)
    with pytest.raises(StoreError, match="a newer reader wrote it"):
        second.append(adding(SOURCE))
    assert every_byte(tmp_path) == before
