from __future__ import annotations

import contextlib
import json
import os
import pty
import select
import shutil
import subprocess
import sys
import termios
from pathlib import Path
from types import ModuleType

import pytest

from reader.cli import open as open_command
from reader.cli import output
from tests.cli.call import ARTICLE


@pytest.fixture
def screen(monkeypatch) -> list[tuple]:
    """Stands in for the screen; gives what it was opened with."""
    opened: list[tuple] = []

    def run_app(library, names, *, first, seen, encoding, theme, settings):
        opened.append((library.folder, library.author.name, names, first.text, encoding, theme))
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
        (Path("marks").absolute(), "anna", ["article.txt", "other.txt"], ARTICLE, None, "light")
    ]


def test_what_is_wrong_is_said_before_the_screen_opens(reader, screen, article):
    for name in ("nowhere.txt", "."):
        ran = reader("open", article, name)
        assert (ran.code, ran.out) == (1, "")
    assert reader("open", article, "--theme", "mauve").code == 2
    assert reader("open").code == 2
    assert screen == []


def test_a_mark_that_was_made_to_lie_is_not_shown(reader, screen, tag, article):
    tag("claim", "nothing was done", "--db", "marks")
    (file,) = Path("marks/documents").glob("*.json")
    file.write_text(file.read_text().replace('"nothing was done"', '"nothing was dome"'))
    ran = reader("show", article, "--db", "marks")
    assert ran.code == 0
    assert "quotes other words" in ran.err
    assert "[claim: nothing was done]" in ran.out
    shutil.rmtree("marks/journal")
    shutil.rmtree("marks/backup", ignore_errors=True)
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


# Standard input -----------------------------------------------------------------------------------


def test_standard_input_is_one_text_without_a_path(reader, screen, article, monkeypatch):
    monkeypatch.setattr(open_command, "_all_of_standard_input", lambda: ARTICLE.encode())
    assert reader("open", "-", "--db", "marks").code == 0
    ((_, _, names, text, *_),) = screen
    assert (names, text) == (["-"], ARTICLE)


def test_standard_input_is_opened_by_itself(reader, screen, article):
    ran = reader("open", "-", article)
    assert (ran.code, ran.out) == (2, "")
    assert "Standard input is one text" in ran.err
    assert screen == []


def test_standard_input_is_not_read_without_a_terminal():
    ran = subprocess.run(
        [sys.executable, "-m", "reader", "open", "-"],
        input=b"A text.",
        capture_output=True,
        start_new_session=True,  # without a terminal, wherever the tests run
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"'reader open -' needs a terminal" in ran.stderr


AT_A_TERMINAL = """
import os, sys
os.open(sys.argv[1], os.O_RDWR)  # the first that is opened becomes the session's own
from reader.cli.main import run
sys.exit(run(sys.argv[2:]))
"""


def _at_a_terminal(piped: bytes, *steps: tuple[str, str]) -> str:
    """Open a text from a pipe at a terminal; each step waits for words on the screen, then types.

    Gives all that was written to the screen.
    """
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    process = subprocess.Popen(
        [sys.executable, "-c", AT_A_TERMINAL, os.ttyname(theirs), "open", "-", "--db", "marks"],
        stdin=subprocess.PIPE,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env={**os.environ, "TERM": "xterm-256color"},
    )
    os.close(theirs)
    seen = b""
    try:
        assert process.stdin is not None
        process.stdin.write(piped)
        process.stdin.close()
        for words, keys in steps:
            before = len(seen)
            while words.encode() not in seen[before:]:
                assert select.select([ours], [], [], 20)[0], seen
                seen += os.read(ours, 65536)
            os.write(ours, keys.encode())
        with contextlib.suppress(OSError):  # how a terminal ends that nobody writes to any more
            while select.select([ours], [], [], 20)[0] and (more := os.read(ours, 65536)):
                seen += more
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    return seen.decode("utf-8", "replace")


@pytest.mark.skipif(not Path("/dev/tty").exists(), reason="no terminal of that name")
def test_standard_input_is_read_and_then_the_terminal_gives_the_keys(reader):
    _at_a_terminal(ARTICLE.encode(), ("quit", "\tep"), ("Tagged", "q"))
    ran = reader("show", "standard input", "--db", "marks")
    assert ran.code == 0, ran.err
    assert "[person: " in ran.out
    _at_a_terminal(ARTICLE.encode(), ("progress", "q"))  # it is known by its words
    assert len(json.loads(reader("list", "--json", "--db", "marks").out)) == 1
