from __future__ import annotations

import io
import sys

from reader.cli import output


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def sit_at_terminal(monkeypatch) -> Terminal:
    """In the test itself: pytest puts its own stderr back after a fixture."""
    made = Terminal()
    monkeypatch.setattr(sys, "stderr", made)
    monkeypatch.setenv("TERM", "xterm")
    return made


def test_what_takes_long_shows_how_far_it_is(monkeypatch):
    terminal = sit_at_terminal(monkeypatch)
    monkeypatch.setattr(output, "_LONG", -1)
    assert list(output.progress(range(50), "Exporting", 50)) == [*range(50)]
    assert "Exporting" in terminal.getvalue()


def test_what_is_soon_done_shows_nothing(monkeypatch):
    terminal = sit_at_terminal(monkeypatch)
    assert list(output.progress(range(50), "Exporting", 50)) == [*range(50)]
    assert terminal.getvalue() == ""


def test_without_a_terminal_nothing_is_shown(monkeypatch, capsys):
    monkeypatch.setattr(output, "_LONG", -1)
    assert list(output.progress(range(5), "Exporting", 5)) == [*range(5)]
    assert capsys.readouterr() == ("", "")
