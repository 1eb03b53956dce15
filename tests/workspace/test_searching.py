from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import UsageError
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.link import Link
from reader.storage.catalog import Damaged
from reader.workspace.searching import Hit, search
from tests.workspace.build import library, tagged, written

TEXT = "Ines Varga said\nnothing was done. The port denied that Varga had warned anybody."


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Two documents, with a link between marks of the first."""
    with library(tmp_path).open(written(tmp_path, TEXT, "a.txt")) as session:
        source = tagged(session, "Ines Varga", "source", "named")
        claim = tagged(session, "said\nnothing was done")
        session.link(claim, source)
    with library(tmp_path, "boris").open(written(tmp_path, "Varga again.", "varga.txt")) as session:
        tagged(session, "Varga", "entity", "person")
    return tmp_path


def hits(folder: Path, words: str, kind: str | None = None) -> list[Hit]:
    found = list(search(library(folder), words, kind))
    assert not [each for each in found if isinstance(each, Damaged)]
    return [each for each in found if isinstance(each, Hit)]


def test_over_all_documents_by_all_annotators(desk: Path) -> None:
    found = hits(desk, "VARGA")
    assert [(each.document.title, type(each.record), each.fields) for each in found] == [
        ("a.txt", Annotation, ("quote",)),
        ("varga.txt", Document, ("title",)),
        ("varga.txt", Annotation, ("quote",)),
    ]


def test_a_line_end_is_a_blank(desk: Path) -> None:
    (hit,) = hits(desk, "said nothing")
    assert hit.mark is not None
    assert hit.mark.quote == ("said\nnothing was done",)


def test_of_one_kind_alone(desk: Path) -> None:
    assert [each.document.title for each in hits(desk, "varga", "entity")] == ["varga.txt"]
    with pytest.raises(UsageError, match="no kind 'no such kind'"):
        hits(desk, "varga", "no such kind")


def test_what_is_not_marked_is_not_found(desk: Path) -> None:
    assert hits(desk, "denied") == []


def test_a_session_that_is_open_is_heard(desk: Path) -> None:
    session = library(desk).open(str(desk / "a.txt"))
    tagged(session, "The port denied")
    assert len(hits(desk, "denied")) == 1
    session.undo()
    assert hits(desk, "denied") == []
    session.close()
    assert hits(desk, "denied") == []


def test_a_note_of_a_link(desk: Path) -> None:
    path = next((desk / "db" / "documents").glob("a~*.json"))
    data = path.read_bytes()
    at = data.index(b'"links":{')
    path.write_bytes(data[:at] + data[at:].replace(b'"note":""', b'"note":"hearsay"', 1))
    for folder, suffix in (("journal", "jsonl"), ("backup", "json")):
        (desk / "db" / folder / f"{path.stem}.{suffix}").unlink(missing_ok=True)
    (hit,) = hits(desk, "Hearsay")
    assert isinstance(hit.record, Link)
    assert hit.mark is not None
    assert hit.mark.kind == "claim"
    assert hits(desk, "hearsay", "claim") == []


def test_a_damaged_document_is_named_and_the_others_searched(desk: Path) -> None:
    (desk / "db" / "documents" / "zz.json").write_bytes(b"{")
    *found, wrong = search(library(desk), "varga")
    assert len(found) == 3
    assert isinstance(wrong, Damaged)


def test_what_has_to_be_mended_is_said(desk: Path) -> None:
    path = next((desk / "db" / "documents").glob("a~*.json"))
    path.write_bytes(path.read_bytes()[:-30])
    there = library(desk)
    assert len(list(search(there, "varga"))) == 3
    assert there.remarks


@pytest.mark.parametrize("words", ["", " \n\t "])
def test_no_words(desk: Path, words: str) -> None:
    with pytest.raises(UsageError, match="nothing to look for"):
        search(library(desk), words)


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    assert hits(tmp_path, "varga") == []
    assert not (tmp_path / "db").exists()


def test_what_was_written_outside_is_found_before_it_is_taken_in(desk: Path) -> None:
    path = next((desk / "db" / "documents").glob("varga~*.json"))
    path.write_bytes(
        path.read_bytes().replace(b'"note":"","foreign"', b'"note":"hearsay","foreign"')
    )
    (hit,) = hits(desk, "hearsay", "entity")
    assert hit.record.note == "hearsay"
