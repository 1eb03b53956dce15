"""`reader remove`, and `reader trash`, which has what was removed."""

from __future__ import annotations

import io
import json
import sys

import pytest

from tests.cli.call import ARTICLE
from tests.workspace.build import every_byte


class Keyboard(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def typed(monkeypatch):
    """Sit at a terminal and answer."""

    def typed(answer: str) -> None:
        monkeypatch.setattr(sys, "stdin", Keyboard(answer))
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)

    return typed


@pytest.fixture
def marked(reader, tag, article) -> str:
    """The id of a document with a claim and its source."""
    claim, source = tag("claim", "nothing was done"), tag("source", "Ines Varga")
    reader("link", article, claim, source)
    return json.loads(reader("list", "--json").out)[0]["id"]


def test_it_says_what_goes_and_how_it_comes_back(reader, marked, article):
    shown, history = reader("show", article).out, reader("history", article).out
    ran = reader("remove", article, "--yes")
    assert (ran.code, ran.out) == (0, "")
    assert "article.txt, with 2 marks, 1 link and 3 changes in its history" in ran.err
    assert f"reader trash --restore {marked}" in ran.err
    assert article.read_text() == ARTICLE
    assert reader("list").out == ""
    assert reader("show", article).out == ARTICLE
    ran = reader("trash", "--restore", marked)
    assert (ran.code, ran.out) == (0, "")
    assert "article.txt is back" in ran.err
    assert reader("show", article).out == shown
    assert reader("history", article).out == history


def test_without_a_terminal_it_has_to_be_said(reader, marked, article, tmp_path):
    before = every_byte(tmp_path / "home")
    ran = reader("remove", article)
    assert (ran.code, ran.out) == (2, "")
    assert "--yes" in ran.err
    reader("remove", article, "--yes")
    assert reader("trash", "--empty").code == 2
    reader("trash", "--restore", marked)
    after = every_byte(tmp_path / "home")
    assert after == before


@pytest.mark.parametrize(("answer", "gone"), [("y\n", True), ("YES\n", True)])
@pytest.mark.parametrize("command", ["remove", "empty"])
def test_a_yes(reader, marked, article, typed, answer, gone, command):
    if command == "empty":
        reader("remove", article, "--yes")
    typed(answer)
    ran = reader("remove", article) if command == "remove" else reader("trash", "--empty")
    assert ran.code == 0
    assert "[y/N] " in ran.err
    assert reader("list").out == ""
    assert bool(reader("trash").out) == (command == "remove")


@pytest.mark.parametrize("answer", ["\n", "n\n", "", "yesterday\n", "\x1b[A\n"])
def test_anything_else_is_a_no(reader, marked, article, typed, answer, tmp_path):
    typed(answer)
    before = every_byte(tmp_path / "home")
    ran = reader("remove", article)
    assert (ran.code, "Nothing was removed." in ran.err) == (0, True)
    assert every_byte(tmp_path / "home") == before
    reader("remove", article, "--yes")
    typed(answer)
    assert "Nothing was deleted." in reader("trash", "--empty").err
    assert "article.txt" in reader("trash").out


def test_by_id_though_the_text_is_nowhere(reader, article, marked, tmp_path):
    article.unlink()
    for text in (tmp_path / "home" / "reader" / "texts").iterdir():
        text.unlink()
    assert reader("remove", marked[:13], "--yes").code == 0
    assert reader("list").out == ""


def test_the_beginning_of_an_id_may_mean_a_damaged_one(reader, marked, tmp_path):
    damaged = tmp_path / "home" / "reader" / "documents" / "zz.json"
    damaged.write_bytes(b"{")
    ran = reader("remove", marked[:13], "--yes")
    assert (ran.code, ran.out) == (1, "")
    assert str(damaged) in ran.err
    assert marked in ran.err
    assert reader("remove", marked, "--yes").code == 0


def test_what_is_not_there(reader, article, tmp_path):
    assert reader("remove", "nowhere", "--yes").code == 1
    ran = reader("remove", article, "--yes")
    assert ran.code == 1
    assert "does not know the text" in ran.err
    assert reader("trash", "--restore", "nowhere").code == 1
    assert not (tmp_path / "home").exists()


def test_an_empty_trash(reader, tmp_path):
    for more in ((), ("--empty",), ("--empty", "--yes")):
        assert reader("trash", *more) == (0, "", "The trash is empty.\n")
    assert json.loads(reader("trash", "--json").out) == []
    assert not (tmp_path / "home").exists()


def test_the_trash_as_a_table_and_for_scripts(reader, marked, article):
    reader("remove", article, "--yes")
    (row,) = reader("trash").out.splitlines()
    assert row[10:] == f"  {marked}  article.txt  2 marks, 1 link"
    (item,) = json.loads(reader("trash", "--json").out)
    assert list(item) == ["id", "title", "removed", "annotations", "links", "folder"]
    assert item["annotations"] == {"claim": 1, "source": 1}
    assert item["removed"] == row[:10]


def test_the_last_state_comes_back(reader, marked, article, tag):
    reader("remove", article, "--yes")
    reader("trash", "--restore", marked)
    tag("cue", "never answered")
    shown = reader("show", article).out
    reader("remove", article, "--yes")
    reader("trash", "--restore", "article.txt")
    assert reader("show", article).out == shown


def test_a_text_marked_anew_is_not_joined_with_the_old(reader, marked, article, tag):
    reader("remove", article, "--yes")
    tag("cue", "never answered")
    shown = reader("show", article).out
    ran = reader("trash", "--restore", marked)
    assert (ran.code, ran.out) == (1, "")
    assert "its text is in the database again" in ran.err
    assert reader("show", article).out == shown
    new = json.loads(reader("list", "--json").out)[0]["id"]
    assert reader("remove", new, "--yes").code == 0
    assert reader("trash", "--restore", "article.txt").code == 1  # which of the two?
    assert reader("trash", "--restore", marked).code == 0
    assert "never answered]" not in reader("show", article).out


def test_a_damaged_one_in_the_trash(reader, marked, article, tmp_path):
    reader("remove", article, "--yes")
    folder = next((tmp_path / "home" / "reader" / "trash").glob("*/*"))
    for past in ("journal", "backup"):
        (folder / past).rename(tmp_path / past)
    next((folder / "documents").iterdir()).write_bytes(b"{")
    ran = reader("trash")
    assert (ran.code, ran.out) == (3, "")
    assert "cannot be used" in ran.err
    ran = reader("trash", "--empty", "--yes")
    assert ran.code == 0
    assert str(folder) in ran.err
    assert reader("trash").err == "The trash is empty.\n"


def test_options_that_exclude_each_other(reader):
    assert reader("trash", "--empty", "--json").code == 2
    assert reader("trash", "--restore", "x", "--empty").code == 2


def test_titles_cannot_write_on_the_screen(reader, marked, article):
    reader("document", article, "--title", "a\x1b[2J")
    assert "\x1b" not in reader("remove", article, "--yes").err
    assert "␛[2J" in reader("trash").out
    ran = reader("trash", "--empty", "--yes")
    assert "␛[2J" in ran.err
    assert "\x1b" not in ran.err
