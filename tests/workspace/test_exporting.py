"""From documents to a file that leaves."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from reader.errors import InputError, StoreError, UsageError
from reader.formats.codec import Options
from reader.formats.report import Report
from reader.workspace.exporting import export, save
from tests.model.build import TEXT
from tests.storage.build import names_in
from tests.workspace.build import clock, every_byte, ids, library, tagged, written


@pytest.fixture
def name(tmp_path: Path) -> str:
    return written(tmp_path, TEXT)


def out(*arguments: Any, **options: Any) -> tuple[bytes, Report]:
    made = export(*arguments, **options)
    assert made.only is not None
    return made.only, made.report


def document(data: bytes) -> dict:  # type: ignore[type-arg]
    (only,) = json.loads(data)["documents"]
    return only


def test_an_unknown_text_gives_the_same_bytes_each_time(tmp_path: Path, name: str) -> None:
    made = []
    for seed in (1, 2):
        there = library(tmp_path, "anna", seed)
        data, report = out(there, [there.find(name)], "json")
        assert not report
        made.append(data)
    assert made[0] == made[1]
    exported = document(made[0])
    assert (exported["annotations"], exported["links"]) == ([], [])
    assert (exported["text"], exported["state"]) == (TEXT, "new")
    assert exported["id"][14] == "8"
    assert not (tmp_path / "db").exists()


def test_different_unknown_texts_have_different_ids(tmp_path: Path, name: str) -> None:
    there = library(tmp_path)
    names = (name, written(tmp_path, "Another text.", "b.txt"))
    data, _ = out(there, [there.find(each) for each in names], "json")
    one, two = json.loads(data)["documents"]
    assert one["id"] != two["id"]


def test_all_marks_in_reading_order_and_nothing_that_stays_at_home(
    tmp_path: Path, name: str
) -> None:
    session = library(tmp_path).open(name)
    source = tagged(session, "Ines Varga", "source", "named")
    claim = tagged(session, "We had warned them twice")
    session.link(claim, source)
    session.leave(50)
    there = library(tmp_path, "boris")
    data, report = out(there, [there.find(name)], "json")
    assert not report
    exported = document(data)
    assert [each["quote"] for each in exported["annotations"]] == [
        ["We had warned them twice"],
        ["Ines Varga"],
    ]
    assert (exported["links"][0]["from"], exported["links"][0]["to"]) == (claim.id, source.id)
    assert not exported.keys() & {"paths", "position", "opened", "revisions", "created", "bytes"}
    assert "rev" not in exported["annotations"][0]
    assert (exported["id"], exported["state"]) == (session.document.id, "in progress")


def test_one_annotators_marks_and_what_is_lost_with_the_others(tmp_path: Path, name: str) -> None:
    anna, boris = library(tmp_path).open(name), library(tmp_path, "boris").open(name)
    claim = tagged(anna, "We had warned them twice")
    other = tagged(anna, "nothing was done")
    mine = tagged(anna, "a clerk of the port", "source")
    boris.refresh()
    source = tagged(boris, "Ines Varga", "source")
    cue = tagged(boris, "said Ines", "cue")
    anna.refresh()
    anna.link(claim, source)
    by_cue = anna.link(other, mine, via=cue)
    boris.refresh()
    boris.link(boris.layers.get(claim.id), source)  # anna's already
    there = library(tmp_path, "carla")
    data, report = out(there, [there.find(name)], "json", annotator="anna")
    exported = document(data)
    assert {each["annotator"] for each in exported["annotations"]} == {"anna"}
    assert [(each["id"], each["via"]) for each in exported["links"]] == [(by_cue.id, None)]
    assert report
    assert str(report) == (
        "cues by other annotators, left out of their links (1), "
        "links to marks of other annotators (1)"
    )
    data, report = out(there, [there.find(name)], "json", annotator="boris")
    assert len(document(data)["annotations"]) == 2
    assert str(report) == "links to marks of other annotators (1)"
    data, report = out(there, [there.find(name)], "json", annotator="nobody")
    assert (document(data)["annotations"], bool(report)) == ([], False)


def test_without_text(tmp_path: Path, name: str) -> None:
    there = library(tmp_path)
    data, _ = out(there, [there.find(name)], "json", options=Options(text=False))
    assert "text" not in document(data)
    assert b"warned" not in data


def test_a_changed_file_exports_what_was_annotated(tmp_path: Path, name: str) -> None:
    tagged(library(tmp_path).open(name), "harbour")
    there = library(tmp_path)
    before, _ = out(there, [there.find(name)], "json")
    written(tmp_path, "Now. " + TEXT)
    after, _ = out(there, [there.find(name)], "json")
    assert before == after


def test_looking_changes_nothing(tmp_path: Path, name: str) -> None:
    tagged(library(tmp_path).open(name), "harbour")
    before = every_byte(tmp_path)
    there = library(tmp_path)
    export(there, [there.find(name)], "json")
    assert every_byte(tmp_path) == before


def test_an_unknown_format_is_said(tmp_path: Path, name: str) -> None:
    there = library(tmp_path)
    with pytest.raises(UsageError, match="no format 'docx'"):
        export(there, [there.find(name)], "docx")


# Saving -------------------------------------------------------------------------------------------


def test_a_file_is_written_with_the_rights_of_the_person(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        save(b"data", tmp_path / "out.json", force=False)
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(mask)
    assert (tmp_path / "out.json").read_bytes() == b"data"
    assert (tmp_path / "out.json").stat().st_mode & 0o777 == 0o640


def test_an_existing_file_is_replaced_only_when_told_so(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_bytes(b"old")
    with pytest.raises(InputError, match="exists already"):
        save(b"new", path, force=False)
    assert path.read_bytes() == b"old"
    save(b"new", path, force=True)
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "is a folder"), ("none/out.json", "There is no folder"), ("x" * 300, "too long")],
)
def test_a_place_where_nothing_can_be_written_is_said(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises((InputError, StoreError), match=said):
        save(b"data", tmp_path / name, force=True)
    assert names_in(tmp_path) == []


def test_seeds_give_other_ids_and_clocks_go_on() -> None:
    assert ids(1)() != ids(2)()
    now = clock()
    assert now() < now()
