from __future__ import annotations

import io
import os
import shlex
import sys

import pytest

from reader import __version__
from reader.cli import output, welcome
from reader.cli.main import run
from reader.cli.parser import COMMANDS, command_module, command_parser, main_parser


def test_version(reader):
    assert reader("--version") == (0, f"reader {__version__}\n", "")


def test_help_lists_every_command(reader):
    ran = reader("--help")
    assert ran.code == 0
    assert ran.err == ""
    widest = max(map(len, COMMANDS))
    for name, command in COMMANDS.items():
        assert f"  {name:<{widest}}  {command.summary}\n" in ran.out


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_describes_it_and_gives_examples(reader, name):
    module = command_module(name)
    ran = reader(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: reader {name}")
    assert module.DESCRIPTION.splitlines()[0] in ran.out
    assert len(module.EXAMPLES) > 0
    for example in module.EXAMPLES:
        assert example in ran.out
    assert "\x1b" not in ran.out


@pytest.mark.parametrize(
    "example", [each for name in COMMANDS for each in command_module(name).EXAMPLES]
)
def test_examples_parse(example):
    program, name, *arguments = shlex.split(example.split(" > ")[0].split(" | ")[0])
    assert program == "reader"
    command_parser(name, command_module(name)).parse_intermixed_args(arguments)


def test_every_module_explains_its_arguments():
    for name in COMMANDS:
        for action in command_parser(name, command_module(name))._actions:
            assert action.help, (name, action.dest)
    assert all(action.help for action in main_parser()._actions)


def test_the_database_may_be_named_before_or_behind_the_command(reader, tmp_path):
    place = str(tmp_path / "marks")
    for call in (("--db", place, "where"), (f"--db={place}", "where"), ("where", "--db", place)):
        assert f"{place}  (named with --db; not there yet)" in reader(*call).out


def test_the_later_of_two_databases_counts(reader, tmp_path):
    ran = reader("--db", tmp_path / "one", "where", "--db", tmp_path / "two")
    assert str(tmp_path / "two") in ran.out
    assert str(tmp_path / "one") not in ran.out


def test_options_may_stand_between_positional_arguments(reader, tag, article):
    claim, source = tag("claim", "nothing was done"), tag("source", "Ines Varga")
    ran = reader("link", article, claim, "--type", "attribution", source)
    assert ran.code == 0, ran.err


def test_two_dashes_end_the_options(reader, article):
    article.rename("-dash.txt")
    assert reader("show", "--", "-dash.txt").out.startswith("Depot burns")


def test_an_unknown_command_is_met_with_a_close_one(reader):
    ran = reader("tga")
    assert ran == (2, "", "reader: There is no command 'tga'. Did you mean 'reader tag'?\n")


def test_a_file_instead_of_a_command(reader, article):
    ran = reader("article.txt")
    assert ran.code == 2
    assert "reader open article.txt" in ran.err


def test_an_interruption_ends_quietly(monkeypatch, capsys):
    def interrupt(arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(welcome, "run", interrupt)
    assert run([]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_closed_pipe_ends_quietly(monkeypatch, capfd):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as nobody:
        monkeypatch.setattr(sys, "stdout", nobody)
        assert run(["--version"]) == 141
        nobody.flush()
    assert capfd.readouterr() == ("", "")


def test_a_full_disk_behind_stdout_is_said(monkeypatch, capsys):
    with open("/dev/full", "w") as full:  # noqa: PTH123
        monkeypatch.setattr(sys, "stdout", full)
        assert run(["schema"]) == 3
    assert "no space left" in capsys.readouterr().err


def test_no_stdout_at_all_is_said(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdout", None)
    assert run(["where"]) == 3
    assert "it is closed" in capsys.readouterr().err


def test_what_nobody_foresaw_is_not_swallowed(monkeypatch):
    def stumble(arguments):
        raise ZeroDivisionError

    monkeypatch.setattr(welcome, "run", stumble)
    with pytest.raises(ZeroDivisionError):
        run([])


class _Old(io.TextIOWrapper):
    """A stdout with an encoding of the last century."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__(io.BytesIO(), encoding="iso8859-1")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def test_text_in_a_pipe_is_utf_8_whatever_the_locale(monkeypatch):
    monkeypatch.setattr(sys, "stdout", _Old(terminal=False))
    output.data("é Ł\n")
    assert sys.stdout.buffer.getvalue() == "é Ł\n".encode()


def test_a_terminal_that_cannot_show_a_letter_gets_its_number(monkeypatch):
    monkeypatch.setattr(sys, "stdout", _Old(terminal=True))
    output.data("é Ł\n")
    assert sys.stdout.buffer.getvalue() == b"\xe9 \\u0141\n"
