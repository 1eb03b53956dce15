"""Commands start fast. Those without a screen import neither Textual nor what draws help; the one
with a screen imports what only a key needs once the text is there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

LOADED = """
import sys
from reader.cli.main import run
code = run(sys.argv[1:])
heavy = {"textual", "rich_argparse", "rich.console", "charset_normalizer", "reader.tui"}
print(sorted(heavy & set(sys.modules)), code, file=sys.stderr)
"""

FIRST_TEXT = """
import sys
from functools import partialmethod
from reader.cli import output
from reader.cli.main import run
from reader.tui import app
from reader.tui.screens.frame import DocumentFrame

output.has_screen = lambda: True

def begin(screen):
    print(*sorted(sys.modules), file=sys.stderr)
    screen.app.exit()

DocumentFrame._begin = begin  # what comes after the first text
app.ReaderApp.run = partialmethod(app.ReaderApp.run, headless=True, size=(80, 24))
sys.exit(run(["open", *sys.argv[1:]]))
"""

LATER = {
    "charset_normalizer",
    "regex",
    "rich_argparse",
    "secrets",
    "textual.widgets._text_area",
    "tinydb",
    "tomllib",
    "reader.cli.show",
    "reader.formats.native",
    "reader.storage.repair",
    "reader.storage.scan",
    "reader.storage.tinydb_storage",
    "reader.storage.trash",
    "reader.text.clauses",
    "reader.text.names",
    "reader.text.quotes",
    "reader.text.runs",
    "reader.text.search",
    "reader.text.sentences",
    "reader.tui.palette",
    "reader.tui.screens.card",
    "reader.tui.screens.help",
    "reader.tui.screens.place",
    "reader.workspace.exporting",
    "reader.workspace.finding",
    "reader.workspace.importing",
}


def _fresh(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        capture_output=True,
        check=True,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("show", "article.txt"),
        ("tag", "article.txt", "--kind", "claim", "--quote", "nothing was done"),
        ("export", "article.txt"),
        (),
    ],
    ids=lambda each: each[0] if each else "welcome",
)
def test_a_headless_command_imports_no_screen(article, arguments):
    assert _fresh(*arguments).stderr.endswith(b"[] 0\n")


def test_the_first_text_needs_little(article):
    command = [sys.executable, "-c", FIRST_TEXT, "article.txt"]
    ran = subprocess.run(command, capture_output=True, check=False)
    loaded = set(ran.stderr.decode().splitlines()[0].split())
    assert ran.returncode == 0
    assert "reader.tui.screens.reading" in loaded
    assert sorted(loaded & LATER) == []


def test_the_locale_does_not_change_the_bytes():
    text = "Łódź — “naïve”, 語\n".encode()
    Path("letters.txt").write_bytes(text)
    ran = _fresh("show", "letters.txt", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert ran.stdout == text


def test_python_m_reader(article):
    command = [sys.executable, "-m", "reader", "show", os.fsencode("nowhere\udcff.txt")]
    ran = subprocess.run(command, capture_output=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert b"There is no file" in ran.stderr
