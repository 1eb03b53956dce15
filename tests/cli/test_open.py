from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from reader.cli import output


@pytest.fixture
def screen(monkeypatch) -> list[tuple]:
    """Stands in for the screen; gives what it was opened with."""
    opened: list[tuple] = []

    def run_app(library, names, *, encoding, theme, settings):
        opened.append((library.folder, library.author.name, names, encoding, theme))
        return ["The marks are \x1b[31msaved."]

    app = ModuleType("reader.tui.app")
    app.run_app = run_app
    monkeypatch.setitem(sys.modules, "reader.tui.app", app)
    monkeypatch.setattr(output, "has_screen", lambda: True)
    return opened


def test_opens_the_screen_and_tells_its_remarks(reader, screen, article):
    Path("other.txt").write_text("Another text.")
    ran = reader("open", article, "other.txt", "--theme", "light", "--db", "marks")
    assert ran == (0, "", "The marks are ␛[31msaved.\n")
    assert screen == [
        (Path("marks").absolute(), "anna", ["article.txt", "other.txt"], None, "light")
    ]


def test_what_is_wrong_is_said_before_the_screen_opens(reader, screen, article):
    for name in ("nowhere.txt", "."):
        ran = reader("open", article, name)
        assert (ran.code, ran.out) == (1, "")
    assert reader("open", article, "--theme", "mauve").code == 2
    assert reader("open").code == 2
    assert screen == []


def test_a_mark_that_lies_is_found_before_the_screen_opens(reader, screen, tag, article):
    tag("claim", "nothing was done", "--db", "marks")
    (file,) = Path("marks/documents").glob("*.json")
    file.write_text(file.read_text().replace('"nothing was done"', '"nothing was dome"'))
    ran = reader("open", article, "--db", "marks")
    assert ran.code == 3
    assert "quotes other words" in ran.err
    assert screen == []


def test_without_a_terminal_it_says_what_to_do(reader, article):
    ran = reader("open", article)
    assert ran == (
        *(2, ""),
        "reader: 'reader open' needs a terminal. To read in a pipe use 'reader show FILE'.\n",
    )


def test_a_dumb_terminal_is_none(monkeypatch):
    class Terminal:
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    assert output.has_screen()
    monkeypatch.setenv("TERM", "dumb")
    assert not output.has_screen()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdin", None)
    assert not output.has_screen()
