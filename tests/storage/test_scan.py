"""Words found by scanning are those that are found by reading everything."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.annotation import Annotation
from reader.model.link import Link
from reader.model.plain import to_plain
from reader.storage import scan as module
from reader.storage.document_file import DocumentFile
from reader.storage.json_file import seal
from reader.storage.layout import Layout, Shelf
from reader.storage.scan import SPELLED_OUT, Needle, Scanned, scan
from reader.storage.state import fresh_tables
from tests.model.build import adding, document, mark, removing, tie

LETTERS = "aiskKSßſtTﬁJǰ éÉłŁ\t\n\u00a0\u2028\x1f\x1b\"\\,{}[]:火İı\u0307Σσςn'’ŉ"


def at(tmp_path: Path, *records: Annotation | Link, **fields: object) -> tuple[Shelf, DocumentFile]:
    """A document at rest with these records."""
    layout = Layout(tmp_path / "db")
    file = DocumentFile(layout, "x", document(**fields))
    file.append(adding(*records))
    file.snapshot()
    return layout.shelf("x"), file


def found(shelf: Shelf, words: str) -> list[tuple[str, tuple[str, ...]]]:
    scanned = scan(shelf, Needle(words))
    return [(hit.record.id, hit.fields) for hit in scanned.hits] if scanned else []


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> list[Shelf]:
    """The documents that were read whole."""
    read: list[Shelf] = []
    real = module._whole

    def noted(shelf: Shelf, needle: Needle) -> Scanned | None:
        read.append(shelf)
        return real(shelf, needle)

    monkeypatch.setattr(module, "_whole", noted)
    return read


# What is found ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("FIRE destroyed", {"quote"}),
        ("said.\n“we", {"quote"}),
        ("said. “WE  HAD", {"quote"}),
        ("stat", {"label"}),
        ("  ask the\tPORT ", {"note"}),
        ('"why"', {"note"}),
        ("C:\\x", {"note"}),
        ("calm", {"attributes"}),
        ("deep", {"attributes"}),
        ("STRASSE", {"attributes"}),
        ("straße", {"attributes"}),
        ("火事", {"attributes"}),
        ("łódź", {"attributes"}),
        ("s", {"quote", "note", "attributes", "label"}),
    ],
)
def test_in_the_fields_of_a_mark(
    tmp_path: Path, whole: list[Shelf], words: str, fields: set[str]
) -> None:
    note = 'ask\nthe port "why" C:\\x'
    attributes = {
        "mood": "Calm",
        "more": {"x": [1, True, None, "deep"]},
        "at": "Hauptstraße 火事 ŁÓDŹ",
    }
    one = mark(1, (0, 100), label="statement", note=note, attributes=attributes)
    shelf, _ = at(tmp_path, one)
    (hit,) = scan(shelf, Needle(words)).hits  # type: ignore[union-attr]
    assert (hit.record, hit.mark) == (one, one)
    assert set(hit.fields) == fields
    assert not whole


@pytest.mark.parametrize(
    "words",
    ["anna", "annotations", "2026", "quote", "hand", "claim", "mood", "document", "01a203db"],
)
def test_not_in_what_only_machines_read(tmp_path: Path, words: str, whole: list[Shelf]) -> None:
    shelf, _ = at(tmp_path, mark(1, (20, 40), attributes={"mood": "calm"}))
    assert found(shelf, words) == []
    assert not whole


@pytest.mark.parametrize("words", ["\x1b", "\x00", "\x7f", '"', "\\", "}", "\u0307", "’"])
def test_words_of_one_strange_character(tmp_path: Path, words: str) -> None:
    shelf, _ = at(tmp_path, mark(1, note=f"a {words} b"), mark(2))
    assert (mark(1).id, ("note",)) in found(shelf, words)
    assert scan(shelf, Needle(words)) == module._whole(shelf, Needle(words))
    assert Needle("").lines(shelf.json.read_bytes())  # it ends


def test_not_across_the_parts_of_a_split_quotation(tmp_path: Path) -> None:
    shelf, _ = at(tmp_path, mark(1, (0, 4), (5, 10)))
    assert found(shelf, "port") == found(shelf, "amrin") != []
    assert found(shelf, "port amrin") == []


def test_in_title_and_note_of_the_document(tmp_path: Path, whole: list[Shelf]) -> None:
    shelf, _ = at(tmp_path, mark(1), title="Harbour.txt", note="seen twice")
    assert found(shelf, "HARBOUR") == [(document().id, ("title",))]
    assert found(shelf, "seen twice") == [(document().id, ("note",))]
    assert not whole


def test_in_the_note_of_a_link_with_the_mark_it_begins_at(tmp_path: Path) -> None:
    one, two = mark(1), mark(2, (20, 30), kind="source")
    shelf, _ = at(tmp_path, one, two, tie(3, one, two, note="hearsay"))
    (hit,) = scan(shelf, Needle("Hearsay")).hits  # type: ignore[union-attr]
    assert (hit.record.id, hit.fields, hit.mark) == (tie(3, one, two).id, ("note",), one)
    assert found(shelf, "attribution") == []


def test_in_reading_order(tmp_path: Path) -> None:
    marks = [mark(number, (9 - number, 20)) for number in range(6)]
    shelf, _ = at(tmp_path, *marks)
    assert [each for each, _ in found(shelf, "a fire")] == [each.id for each in reversed(marks)]


# The true state -----------------------------------------------------------------------------------


def test_what_is_in_the_journal_alone_is_found(tmp_path: Path, whole: list[Shelf]) -> None:
    shelf, file = at(tmp_path, mark(1, note="first"))
    file.append(adding(mark(2, note="second")))
    assert found(shelf, "second") == [(mark(2).id, ("note",))]
    file.append(removing(file.layers().get(mark(1).id)))
    assert found(shelf, "first") == []
    file.snapshot()
    whole.clear()
    assert found(shelf, "first") == []
    assert found(shelf, "second") == [(mark(2).id, ("note",))]
    assert not whole


def test_a_file_that_somebody_else_wrote_is_read_whole(tmp_path: Path) -> None:
    shelf, _ = at(tmp_path, mark(1, note="naive"))
    data = shelf.json.read_bytes()
    shelf.json.write_bytes(data.replace(b"naive", b"na\\u00efve"))
    shelf.journal.unlink()
    assert found(shelf, "NAÏVE") == [(mark(1).id, ("note",))]


def test_a_damaged_file_says_what_is_wrong(tmp_path: Path) -> None:
    shelf, _ = at(tmp_path, mark(1))
    shelf.json.write_bytes(shelf.json.read_bytes()[:-30])
    scanned = scan(shelf, Needle("nowhere"))
    assert scanned is not None
    assert scanned.hits == []
    assert scanned.remarks


def test_a_torn_line_hides_nothing(tmp_path: Path) -> None:
    shelf, file = at(tmp_path, mark(1, note="first"))
    file.close()
    with shelf.journal.open("ab") as journal:
        journal.write(b'{"s":2,"t":')
    assert found(shelf, "first") == [(mark(1).id, ("note",))]


def test_a_journal_whose_last_line_is_long(tmp_path: Path) -> None:
    shelf, _ = at(tmp_path, mark(1, note="first " + "x" * 20_000))
    assert found(shelf, "first") == [(mark(1).id, ("note",))]


# By scanning and by reading -----------------------------------------------------------------------


def test_no_letter_that_folds_to_ascii_is_left_out() -> None:
    letters = (chr(code) for code in range(128, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    folding = {each for each in letters if any(char.isascii() for char in each.casefold())}
    assert folding == set(SPELLED_OUT)


texts = st.text(LETTERS, max_size=8)


@given(
    notes=st.lists(texts, min_size=1, max_size=5),
    labels=st.lists(texts, min_size=1, max_size=2),
    title=texts,
    words=st.data(),
)
def test_the_same_as_by_reading_everything(
    tmp_path_factory: pytest.TempPathFactory,
    notes: list[str],
    labels: list[str],
    title: str,
    words: st.DataObject,
) -> None:
    marks = [
        mark(number, (number, 20), note=note, label=label, attributes={"a": [label, note]})
        for number, note in enumerate(notes)
        for label in labels[number % len(labels) :][:1]
    ]
    tables = fresh_tables(document(title=title))
    tables["annotations"] = {str(row): to_plain(each) for row, each in enumerate(marks, 1)}
    shelf = Layout(tmp_path_factory.getbasetemp()).shelf("scanned")
    shelf.json.parent.mkdir(exist_ok=True)
    shelf.json.write_bytes(seal(tables, ""))
    text = words.draw(st.sampled_from([*notes, *labels, title]))
    start = words.draw(st.integers(0, len(text)))
    part = text[start : words.draw(st.integers(start, len(text)))]
    turn = words.draw(st.sampled_from([str, str.upper, str.lower, str.casefold, str.swapcase]))
    needle = Needle(words.draw(st.sampled_from([turn(part), part, words.draw(texts)])))
    if needle.folded:
        assert module._at_rest(shelf.json.read_bytes(), shelf.journal)
        assert scan(shelf, needle) == module._whole(shelf, needle)
