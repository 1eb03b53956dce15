"""From a name on the command line to a text and its marks."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from reader.errors import InputError, StoreError
from reader.model.fragment import Fragment
from reader.storage.repository import Damaged
from reader.text.decode import text_hash
from reader.workspace.library import Library, Listed
from tests.model.build import TEXT
from tests.workspace.build import author, every_byte, library, tagged, written


@pytest.fixture
def name(tmp_path: Path) -> str:
    return written(tmp_path, TEXT)


@pytest.fixture
def marked(tmp_path: Path, name: str) -> str:
    """A text with one mark and a remembered place; its name on the command line."""
    session = library(tmp_path).open(name)
    tagged(session, "Ines Varga", "source")
    session.leave(12)
    return name


def the_file(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "db" / "documents").glob("*.json")
    return path


def test_a_path_the_database_does_not_know(tmp_path: Path, name: str) -> None:
    found = library(tmp_path).find(name)
    assert (found.text, found.entry, found.notices, found.changed) == (TEXT, None, (), False)
    assert found.document.title == "harbour-fire.txt"
    assert found.document.sha256 == text_hash(TEXT)
    assert found.document.paths == ("harbour-fire.txt",)
    assert (found.document.bytes, found.document.length) == (len(TEXT.encode()), len(TEXT))
    assert (found.document.encoding, found.document.newline) == ("utf-8", "lf")
    assert library(tmp_path).layers(found).annotations == []
    assert not (tmp_path / "db").exists()


def test_a_marked_text_by_path_id_and_title(tmp_path: Path, marked: str) -> None:
    there = library(tmp_path)
    by_path = there.find(marked)
    assert by_path.entry is not None
    known = by_path.document
    for name in (known.id, known.id[:9], known.title):
        found = there.find(name)
        assert (found.text, found.document) == (TEXT, known)
        assert [each.quote for each in there.layers(found).annotations] == [("Ines Varga",)]
    assert there.open(known.id).document.position == 12


def test_a_path_goes_before_a_title(
    tmp_path: Path, marked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    written(other, "Another text.")
    monkeypatch.chdir(other)
    assert library(tmp_path).find("harbour-fire.txt").text == "Another text."


@pytest.mark.parametrize(
    "wrong", ["nothing.txt", "01ff", "x" * 300, "~nobody-of-that-name/a.txt", "a\x00b"]
)
def test_neither_path_nor_document(tmp_path: Path, marked: str, wrong: str) -> None:
    with pytest.raises(InputError, match="There is no file") as caught:
        library(tmp_path).find(wrong)
    assert "reader list" in caught.value.remedy


def test_a_file_whose_name_looks_like_a_home(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(name).rename(tmp_path / "~draft-of-nobody.txt")
    monkeypatch.chdir(tmp_path)
    assert library(tmp_path).find("~draft-of-nobody.txt").text == TEXT


def test_an_ambiguous_name_lists_the_ids(tmp_path: Path, marked: str) -> None:
    other = tmp_path / "b"
    other.mkdir()
    session = library(tmp_path, "boris").open(written(other, "Another text."))
    tagged(session, "Another")
    for name in ("harbour-fire.txt", "01a"):
        with pytest.raises(InputError, match="may be 2 documents") as caught:
            library(tmp_path).find(name)
        assert session.document.id in caught.value.cause


def test_a_folder_and_an_unreadable_file_are_said(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="is a folder"):
        library(tmp_path).find(str(tmp_path))

    real = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self == Path(name):
            raise PermissionError(13, "Permission denied")
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match="permission denied"):
        library(tmp_path).find(name)


@pytest.mark.parametrize(
    "text",
    ["\ufeffA byte order mark.\n", "one\r\ntwo\r\n", "one\rtwo\r", "a\x00b\x1b[2J\u202e\n", "\n"],
)
def test_the_text_is_exact_and_stays_so(tmp_path: Path, text: str) -> None:
    session = library(tmp_path).open(written(tmp_path, text))
    assert session.text == text
    session.tag("claim", (Fragment(0, len(text)),))
    Path(tmp_path / "harbour-fire.txt").unlink()
    assert library(tmp_path).find(session.document.id).text == text


def test_an_empty_file_opens(tmp_path: Path) -> None:
    session = library(tmp_path).open(written(tmp_path, ""))
    assert (session.text, session.document.newline) == ("", "none")
    with pytest.raises(InputError):
        session.tag("claim", (Fragment(0, 1),))


# Copies, other names, changed files ---------------------------------------------------------------


def test_a_renamed_or_copied_file_has_its_marks(tmp_path: Path, marked: str) -> None:
    copy = written(tmp_path, TEXT, "copy.txt")
    Path(marked).rename(tmp_path / "renamed.txt")
    for name in (copy, str(tmp_path / "renamed.txt")):
        found = library(tmp_path).find(name)
        assert found.entry is not None
        assert found.document.title == "harbour-fire.txt"
        assert len(library(tmp_path).layers(found)) == 1


def test_the_same_words_in_another_encoding_are_the_same_text(tmp_path: Path, marked: str) -> None:
    (tmp_path / "wide.txt").write_bytes(TEXT.encode("utf-16"))
    found = library(tmp_path).find(str(tmp_path / "wide.txt"))
    assert found.entry is not None
    assert found.text == TEXT


def test_a_changed_file_opens_the_text_that_was_annotated(tmp_path: Path, marked: str) -> None:
    written(tmp_path, "Now. " + TEXT)
    found = library(tmp_path).find(marked)
    assert found.changed
    assert found.text == TEXT
    assert "has changed since it was annotated" in found.notices[0]
    session = library(tmp_path).open(marked)
    assert session.notices == found.notices
    tagged(session, "harbour")
    assert len(library(tmp_path).layers(library(tmp_path).find(marked))) == 2


@pytest.mark.parametrize("leave", [True, False])
def test_a_changed_copy_opens_the_text_that_was_annotated(
    tmp_path: Path, marked: str, leave: bool
) -> None:
    """Where it was found is written down with a mark, and when it is left."""
    copy = written(tmp_path, TEXT, "copy.txt")
    session = library(tmp_path).open(copy)
    session.leave(3) if leave else tagged(session, "harbour")
    written(tmp_path, "Now. " + TEXT, "copy.txt")
    assert library(tmp_path).find(copy).changed
    assert library(tmp_path).find(copy).document.paths == ("harbour-fire.txt", "copy.txt")


def test_a_file_changed_before_any_mark_is_simply_new(tmp_path: Path, name: str) -> None:
    library(tmp_path).open(name).leave(5)
    written(tmp_path, "Now. " + TEXT)
    found = library(tmp_path).find(name)
    assert (found.changed, found.entry, found.text) == (False, None, "Now. " + TEXT)


def test_a_file_that_changed_back_is_the_text_again(tmp_path: Path, marked: str) -> None:
    written(tmp_path, "Now. " + TEXT)
    written(tmp_path, TEXT)
    assert not library(tmp_path).find(marked).changed


def test_a_changed_file_whose_kept_text_is_gone(tmp_path: Path, marked: str) -> None:
    for kept in (tmp_path / "db" / "texts").iterdir():
        kept.write_bytes(b"damaged")
    written(tmp_path, "Now. " + TEXT)
    with pytest.raises(StoreError, match="no longer the text it was"):
        library(tmp_path).find(marked)


def test_database_and_texts_can_be_moved_together(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    name = written(old, TEXT)
    session = library(old).open(name)
    tagged(session, "harbour")
    old.rename(tmp_path / "new")
    written(tmp_path / "new", "Now. " + TEXT)
    assert library(tmp_path / "new").find(str(tmp_path / "new/harbour-fire.txt")).changed


def test_an_unmarked_document_is_read_where_it_was(tmp_path: Path, name: str) -> None:
    library(tmp_path).open(name).leave(5)
    assert library(tmp_path).find("harbour-fire.txt").text == TEXT
    for change in (lambda: written(tmp_path, "x"), lambda: Path(name).write_bytes(b"\xff\xfe\xff")):
        change()
        with pytest.raises(InputError, match="is not at hand"):
            library(tmp_path).find("harbour-fire.txt")
    Path(name).unlink()
    with pytest.raises(InputError, match="is not at hand"):
        library(tmp_path).find("harbour-fire.txt")


# Encodings ----------------------------------------------------------------------------------------

LATIN = "Dépêche : l’été à la Réole, « café » et naïveté.\n" * 3


def test_a_guess_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(LATIN.encode("cp1252"))
    found = library(tmp_path).find(str(tmp_path / "a.txt"))
    assert found.text == LATIN
    assert "is not UTF-8: it was read as cp1252" in found.notices[0]


def test_an_encoding_given_once_is_remembered_for_these_bytes(tmp_path: Path) -> None:
    data = LATIN.encode("utf-16-le")
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(data)
    session = library(tmp_path).open(str(tmp_path / "a.txt"), "utf-16-le")
    tagged(session, "café")
    for name in ("a.txt", "b.txt"):
        found = library(tmp_path).find(str(tmp_path / name))
        assert (found.text, found.notices) == (LATIN, (f"{name} was read as utf-16-le.",))
        assert found.entry is not None
        assert len(library(tmp_path).layers(found)) == 1
    assert library(tmp_path).find(str(tmp_path / "b.txt"), "latin-1").text == data.decode("latin-1")


def test_a_wrong_encoding_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(LATIN.encode("cp1252"))
    with pytest.raises(InputError, match="cannot be read as utf-8"):
        library(tmp_path).find(str(tmp_path / "a.txt"), "utf-8")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.7\n")
    with pytest.raises(InputError, match="it is a PDF"):
        library(tmp_path).find(str(tmp_path / "a.txt"))


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(name).write_bytes(TEXT.encode())
    session = library(tmp_path).open(name)
    assert session.document.title == "caf\\xe9.txt"
    tagged(session, "harbour")
    session.leave(0)
    assert len(library(tmp_path).open(name).layers) == 1


def without_a_past(folder: Path) -> None:
    """Take away what a damaged document could be put together from again."""
    for name in ("journal", "backup"):
        shutil.rmtree(folder / "db" / name, ignore_errors=True)


# Damage -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", ["cut", "empty", "zeros", "merge"])
def test_a_damaged_file_that_may_hold_the_texts_marks_is_never_buried(
    tmp_path: Path, marked: str, damage: str
) -> None:
    path = the_file(tmp_path)
    data = path.read_bytes()
    broken = {
        "cut": data[: len(data) // 2],
        "empty": b"",
        "zeros": b"\0" * len(data),
        "merge": b"<<<<<<< HEAD\n" + data,
    }[damage]
    path.write_bytes(broken)
    without_a_past(tmp_path)
    before = every_byte(tmp_path / "db")
    for name in (marked, written(tmp_path, TEXT, "copy.txt")):
        with pytest.raises(StoreError) as caught:
            library(tmp_path).open(name)
        assert str(path) in caught.value.title
    with pytest.raises(InputError, match="cannot be used"):
        library(tmp_path).find("harbour-fire.txt")
    assert every_byte(tmp_path / "db") == before


def test_a_damaged_file_of_another_text_is_no_hindrance(tmp_path: Path, marked: str) -> None:
    path = the_file(tmp_path)
    path.write_bytes(path.read_bytes()[:-20])
    other = library(tmp_path).open(written(tmp_path, "Another text.", "b.txt"))
    tagged(other, "Another")
    assert len(library(tmp_path).open(str(tmp_path / "b.txt")).layers) == 1


def test_marks_that_quote_other_words_are_never_shown(tmp_path: Path, marked: str) -> None:
    path = the_file(tmp_path)
    path.write_bytes(path.read_bytes().replace(b'"quote":["Ines', b'"quote":["Inez'))
    without_a_past(tmp_path)
    before = path.read_bytes()
    found = library(tmp_path).find(marked)
    for look in (library(tmp_path).layers, library(tmp_path).session):
        with pytest.raises(StoreError, match="quotes other words"):
            look(found)
    assert path.read_bytes() == before


# Listing ------------------------------------------------------------------------------------------


def test_documents_are_listed_with_their_counts_and_the_damaged_ones(
    tmp_path: Path, marked: str
) -> None:
    session = library(tmp_path).open(marked)
    (source,) = session.layers.annotations
    session.link(tagged(session, "We had warned them twice"), source)
    (tmp_path / "db" / "documents" / "zz.json").write_bytes(b"{")
    one, two = library(tmp_path).listed()
    assert isinstance(one, Listed)
    assert isinstance(two, Damaged)
    assert (dict(one.counts), one.links) == ({"source": 1, "claim": 1}, 1)
    assert one.document.title == "harbour-fire.txt"


def test_a_document_damaged_further_down_is_listed_so(tmp_path: Path, marked: str) -> None:
    path = the_file(tmp_path)
    path.write_bytes(path.read_bytes().replace(b'"kind":"source"', b'"kind":null'))
    without_a_past(tmp_path)
    (wrong,) = library(tmp_path).listed()
    assert isinstance(wrong, Damaged)
    assert "$.kind" in wrong.error.cause


def test_the_last_opened_come_first(tmp_path: Path) -> None:
    there = Library(tmp_path / "db", author())
    for at, words in enumerate(("one", "two", "three")):
        session = there.open(written(tmp_path, words, f"{words}.txt"))
        session.author = session.author._replace(now=lambda at=at: f"2026-01-0{9 - at}")  # type: ignore[misc]
        session.leave(0)
    tagged(there.open(written(tmp_path, "four", "four.txt")), "four")
    assert [each.title for each in there.last_opened()] == ["one.txt", "two.txt", "three.txt"]
    assert [each.title for each in there.last_opened(1)] == ["one.txt"]


def test_a_file_read_in_two_ways_opens_where_its_marks_are(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Žižka lived in Łódź, the café said. ".encode("cp1250") * 3)
    library(tmp_path).open(str(path)).leave(0)  # guessed wrong, and only looked at
    session = library(tmp_path).open(str(path), "cp1250")
    tagged(session, "Žižka")
    found = library(tmp_path).find(str(path))
    assert found.text == session.text
    assert not found.changed
    assert found.notices == ("a.txt was read as cp1250.",)


def test_naming_another_encoding_after_the_first_mark_is_no_changed_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Žižka lived in Łódź.".encode("cp1250"))
    tagged(library(tmp_path).open(str(path), "latin-1"), "lived")
    found = library(tmp_path).find(str(path), "cp1250")
    assert found.text == "Žižka lived in Łódź."
    assert not found.changed
    assert "those marks are with the document" in found.notices[-1]


def test_a_text_whose_marks_are_all_deleted_gives_way_to_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Ines Varga said so.")
    session = library(tmp_path).open(str(path))
    session.untag(tagged(session, "Ines Varga"))
    path.write_text("Joris van der Aalt denied it.")
    found = library(tmp_path).find(str(path))
    assert found.text == "Joris van der Aalt denied it."
    assert not found.changed


def test_a_damaged_utf8_file_is_said_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("“Déjà vu,” said Zoë Márquel of Anse-Vérelle.".encode() + b"\xff")
    (notice,) = library(tmp_path).find(str(path)).notices
    assert "UTF-8 but for some bytes, the first at 53" in notice


# From no file -------------------------------------------------------------------------------------


def test_bytes_are_a_text_without_a_path(tmp_path: Path) -> None:
    found = library(tmp_path).find_bytes(TEXT.encode())
    assert (found.text, found.entry, found.changed) == (TEXT, None, False)
    assert (found.document.title, found.document.paths) == ("standard input", ())
    assert found.document.sha256 == text_hash(TEXT)
    assert found.document.bytes == len(TEXT.encode())
    assert library(tmp_path).layers(found).annotations == []
    assert not (tmp_path / "db").exists()


def test_bytes_that_are_known_have_their_marks(tmp_path: Path, marked: str) -> None:
    there = library(tmp_path)
    found = there.find_bytes(TEXT.encode())
    assert found.document == there.find(marked).document
    assert [each.quote for each in there.layers(found).annotations] == [("Ines Varga",)]


def test_what_was_marked_without_a_path_is_found_again(tmp_path: Path) -> None:
    session = library(tmp_path).session(library(tmp_path).find_bytes(TEXT.encode(), "a letter"))
    tagged(session, "Ines Varga", "source")
    there = library(tmp_path)
    assert there.find("a letter").text == TEXT
    assert there.find_bytes(TEXT.encode()).document.title == "a letter"
    assert there.find(written(tmp_path, TEXT)).document.paths == ("harbour-fire.txt",)


def test_bytes_of_no_path_are_never_a_changed_file(tmp_path: Path, marked: str) -> None:
    found = library(tmp_path).find_bytes(b"Another text.", "harbour-fire.txt")
    assert (found.text, found.entry, found.changed) == ("Another text.", None, False)


def test_bytes_are_decoded_as_a_file_is(tmp_path: Path) -> None:
    there = library(tmp_path)
    assert there.find_bytes(b"").text == ""
    assert there.find_bytes(b"caf\xe9", encoding="latin-1").text == "café"
    assert "standard input is not UTF-8" in there.find_bytes(b"caf\xe9").notices[0]
    with pytest.raises(InputError, match="standard input is not a text"):
        there.find_bytes(b"%PDF-1.7\n")
