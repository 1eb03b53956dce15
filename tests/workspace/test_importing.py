"""From a file that comes in: all of a document, or nothing of it."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.errors import InputError, ReaderError, StoreError
from reader.formats.codec import Options
from reader.text.decode import text_hash
from reader.workspace.exporting import export
from reader.workspace.importing import import_file
from reader.workspace.library import Library
from tests.model.build import TEXT, record_id
from tests.workspace.build import every_byte, library, tagged, written


def out(there: Library, *names: str, with_text: bool = True) -> bytes:
    options = Options(text=None if with_text else False)
    made = export(there, [there.find(name) for name in names], "json", options=options).only
    assert made is not None
    return made


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with two marked texts."""
    home = tmp_path / "home"
    home.mkdir()
    session = library(home).open(written(home, TEXT))
    source = tagged(session, "Ines Varga", "source", "named")
    claim = tagged(session, "We had warned them twice")
    session.link(claim, source, via=tagged(session, "said Ines", "cue"))
    session.describe(source, label="named", note="twice\n\x1b[31m\u202e")
    session.no_source(tagged(session, "nothing was done"))
    session.undo()
    session.leave(40)
    tagged(library(home, "boris").open(written(home, "Another\r\ntext.", "b.txt")), "Another")
    return home


@pytest.fixture
def file(home: Path, tmp_path: Path) -> Path:
    path = tmp_path / "export.json"
    path.write_bytes(out(library(home), str(home / "harbour-fire.txt"), str(home / "b.txt")))
    return path


@pytest.fixture
def away(tmp_path: Path) -> Library:
    """An empty database elsewhere."""
    (tmp_path / "away").mkdir()
    return library(tmp_path / "away", "carla")


def change(path: Path, turn: Callable[[dict[str, Any]], object]) -> None:
    """Change the first document of an export."""
    data = json.loads(path.read_bytes())
    turn(data["documents"][0])
    path.write_text(json.dumps(data))


def test_a_second_export_gives_the_same_bytes(file: Path, away: Library) -> None:
    made = import_file(away, file)
    assert [(each.annotations, each.links, each.known) for each in made] == [(4, 1, 0), (1, 0, 0)]
    ids = [each.document.id for each in made]
    assert out(away, *ids) == file.read_bytes()
    assert [away.find(each).text for each in ids] == [TEXT, "Another\r\ntext."]


def test_importing_twice_adds_nothing(file: Path, away: Library) -> None:
    import_file(away, file)
    before = every_byte(away.folder)
    made = import_file(away, file)
    assert [(each.annotations, each.links, each.known) for each in made] == [(0, 0, 5), (0, 0, 1)]
    assert every_byte(away.folder) == before


def test_what_is_missing_is_added_to_what_there_is(file: Path, home: Path) -> None:
    there = library(home, "carla")
    session = there.open(str(home / "harbour-fire.txt"))
    session.untag(session.layers.annotations[-1])
    own = tagged(session, "harbour")
    (first, _) = import_file(there, file)
    assert first.annotations + first.links + first.known == 5
    assert first.annotations >= 1
    again = there.open(str(home / "harbour-fire.txt"))
    assert len(again.layers) == 5
    assert own.id in again.layers


def test_a_text_opened_later_has_the_imported_marks(file: Path, away: Library) -> None:
    import_file(away, file)
    name = written(away.folder.parent, TEXT, "mine.txt")
    session = away.open(name)
    assert len(session.layers) == 4
    assert session.document.position == 0
    tagged(session, "harbour")
    written(away.folder.parent, "Now. " + TEXT, "mine.txt")
    assert away.find(name).changed


def test_without_its_text_the_text_is_given_beside_it(
    home: Path, tmp_path: Path, away: Library
) -> None:
    path = tmp_path / "bare.json"
    path.write_bytes(out(library(home), str(home / "harbour-fire.txt"), with_text=False))
    with pytest.raises(InputError, match="exported without its text"):
        import_file(away, path)
    with pytest.raises(InputError, match="not the one that was annotated"):
        import_file(away, path, text_path=home / "b.txt")
    with pytest.raises(InputError, match="cannot be read"):
        import_file(away, path, text_path=home / "none.txt")
    assert not away.folder.exists()
    (made,) = import_file(away, path, text_path=home / "harbour-fire.txt")
    assert out(away, made.document.id, with_text=False) == path.read_bytes()
    assert away.find(made.document.id).text == TEXT
    (again,) = import_file(away, path)  # the database knows the text now
    assert again.known == 5


@pytest.mark.parametrize(
    "turn",
    [
        lambda first: first["annotations"][0].update(note="other"),
        lambda first: first["annotations"][0].update(later=1),
        lambda first: first["links"][0].update(via=None),
        lambda first: first["links"][0].update(annotator="zoe"),
    ],
)
def test_a_record_that_says_something_else_is_refused(
    file: Path, away: Library, turn: Callable[[dict[str, Any]], object]
) -> None:
    import_file(away, file)
    before = every_byte(away.folder)
    change(file, turn)
    with pytest.raises(InputError, match="in the database already, and says something else"):
        import_file(away, file)
    assert every_byte(away.folder) == before


def test_a_changed_record_of_the_database_is_not_overwritten(file: Path, home: Path) -> None:
    there = library(home, "carla")
    session = there.open(str(home / "harbour-fire.txt"))
    session.describe(session.layers.annotations[0], label="quotation", note="")
    before = every_byte(there.folder)
    with pytest.raises(InputError, match="says something else"):
        import_file(there, file)
    assert every_byte(there.folder) == before


def swap_text(first: dict[str, Any]) -> None:
    first["text"] = "other".ljust(len(TEXT))
    first["sha256"] = text_hash(first["text"])
    first["annotations"], first["links"] = [], []


def test_another_text_under_the_same_id_is_refused(file: Path, home: Path) -> None:
    change(file, swap_text)
    before = every_byte(home)
    with pytest.raises(InputError, match="has another text as document"):
        import_file(library(home), file)
    assert every_byte(home) == before


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        (lambda data: data["documents"].append(data["documents"][0]), "same text twice"),
        (lambda data: data["documents"][1].update(id=data["documents"][0]["id"]), "same id"),
        (lambda data: data["documents"][1]["annotations"][0].update(quote=["x"]), "document 2"),
        (lambda data: data["documents"][1].update(length=3), "document 2"),
    ],
)
def test_what_is_wrong_anywhere_stops_everything(
    file: Path, away: Library, turn: Callable[[dict[str, Any]], object], said: str
) -> None:
    data = json.loads(file.read_bytes())
    turn(data)
    file.write_text(json.dumps(data))
    with pytest.raises(InputError, match=said):
        import_file(away, file)
    assert not away.folder.exists()


def test_a_quotation_that_is_not_in_the_given_text_is_refused(
    home: Path, tmp_path: Path, away: Library
) -> None:
    path = tmp_path / "bare.json"
    path.write_bytes(out(library(home), str(home / "harbour-fire.txt"), with_text=False))
    change(path, lambda first: first["annotations"][0].update(fragments=[[0, 3]]))
    with pytest.raises(InputError, match="quotes other words"):
        import_file(away, path, text_path=home / "harbour-fire.txt")
    assert not away.folder.exists()


def test_what_stays_at_home_is_not_taken_from_strangers(file: Path, away: Library) -> None:
    change(
        file,
        lambda first: first.update(
            paths=["../../etc/passwd"], position=10**9, opened="now", bytes="many", revisions=7
        ),
    )
    first, _ = import_file(away, file)
    assert (first.document.paths, first.document.position, first.document.opened) == ((), 0, None)
    assert first.document.bytes == 0


def test_fields_of_a_later_version_survive(file: Path, away: Library) -> None:
    def later(first: dict[str, Any]) -> None:
        first["genre"] = {"of": ["news"]}
        first["annotations"][0]["certainty"] = 0.25
        first["links"][0]["weight"] = 10**30

    change(file, later)
    made = import_file(away, file)
    data = json.loads(out(away, *(each.document.id for each in made)))
    assert data == json.loads(file.read_bytes())


@pytest.mark.parametrize("wild", ["../../x", "a/b", "a\x00b", "*", "x"])
def test_ids_of_strangers_are_only_ids(file: Path, away: Library, wild: str) -> None:
    before = sorted(away.folder.parent.parent.rglob("*"))
    change(file, lambda first: first.update(id=wild))
    first, _ = import_file(away, file)
    assert first.document.id == wild
    made = set(away.folder.parent.parent.rglob("*")) - set(before)
    assert all(path.is_relative_to(away.folder) for path in made)
    assert len(list((away.folder / "documents").iterdir())) == 2
    assert import_file(away, file)[0].known == 5


def test_a_damaged_file_that_may_hold_the_text_is_never_buried(file: Path, away: Library) -> None:
    import_file(away, file)
    path = next((away.folder / "documents").glob("harbour*"))
    path.write_bytes(path.read_bytes()[:-9])
    for name in ("journal", "backup"):
        shutil.rmtree(away.folder / name, ignore_errors=True)
    change(file, lambda first: first.update(id=record_id(77)))
    before = every_byte(away.folder)
    with pytest.raises(StoreError, match="cannot be used"):
        import_file(away, file)
    assert every_byte(away.folder) == before


def test_a_damaged_file_of_another_text_is_no_hindrance(file: Path, away: Library) -> None:
    (away.folder / "documents").mkdir(parents=True)
    (away.folder / "documents" / "a.json").write_bytes(b'{"sha256":"')
    assert len(import_file(away, file)) == 2


@pytest.mark.parametrize("name", ["none.json", "", "x" * 300])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, away: Library, name: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        import_file(away, tmp_path / name)


def test_a_failing_save_is_said_and_leaves_no_document(
    file: Path, away: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for name in ("fsync", "fdatasync"):
        monkeypatch.setattr(os, name, refuse)
    with pytest.raises(ReaderError, match="no space left"):
        import_file(away, file)
    assert list(away.listed()) == []


def test_what_was_deleted_here_comes_back_and_is_counted(home: Path, file: Path) -> None:
    session = library(home).open(str(home / "harbour-fire.txt"))
    session.untag(*session.layers.annotations)
    taken, _ = import_file(library(home), file)
    assert taken.revived == taken.annotations + taken.links
    session.refresh()
    assert len(session.layers) == taken.annotations > 0


def test_what_the_import_says_of_a_known_document_is_not_dropped(home: Path, file: Path) -> None:
    def described(document: dict[str, Any]) -> None:
        document.update(url="https://example.org/fire", note="Seen in print.", state="done")

    change(file, described)
    taken, _ = import_file(library(home), file)
    found = library(home).find(str(home / "harbour-fire.txt"))
    assert found.document.url == "https://example.org/fire"
    assert found.document.note == "Seen in print."
    assert found.document.state == "in progress"
    assert taken.kept == ("state",)
