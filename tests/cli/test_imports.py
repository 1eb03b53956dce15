"""Commands without a screen start fast: they import neither Textual nor what draws help."""

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
