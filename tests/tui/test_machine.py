"""From keys to commands."""

from __future__ import annotations

import pytest

from reader.model.scheme import DEFAULT
from reader.tui.commands.catalogue import commands
from reader.tui.commands.command import Pane, shown_key
from reader.tui.commands.machine import KeyMachine, Run, Unknown, Wait


def machine(pane: Pane = "article") -> KeyMachine:
    return KeyMachine(commands(DEFAULT), pane)


def ran(keys: str, pane: Pane = "article") -> tuple[str, int]:
    steps = [made.press(key) for made in [machine(pane)] for key in keys.split()]
    last = steps[-1]
    assert isinstance(last, Run)
    assert all(isinstance(step, Wait) for step in steps[:-1])
    return last.command.id, last.count


@pytest.mark.parametrize(
    ("keys", "command", "count"),
    [
        ("right", "move.word.next", 1),
        ("5 right", "move.word.next", 5),
        ("1 0 tab", "move.candidate.next", 10),
        ("g g", "move.start", 1),
        ("3 g n", "document.next", 3),
        ("9 9 9 9 9 l", "move.word.next", 999),
        ("G", "move.end", 1),
        ("e", "tag.entity", 1),
    ],
)
def test_keys_with_counts_and_sequences(keys: str, command: str, count: int) -> None:
    assert ran(keys) == (command, count)


def test_a_count_is_forgotten_after_its_command() -> None:
    made = machine()
    for key in ("4", "2", "l"):
        made.press(key)
    step = made.press("l")
    assert isinstance(step, Run)
    assert step.count == 1


def test_what_is_typed_is_told_until_it_is_done() -> None:
    made = machine()
    assert made.press("1") == Wait("1", ())
    made.press("2")
    made.press("g")
    assert made.typed == "12g"
    made.reset()
    assert made.typed == ""


def test_a_sequence_begun_tells_how_it_goes_on() -> None:
    step = machine().press("g")
    assert isinstance(step, Wait)
    assert {key: command.id for key, command in step.options} == {
        "g": "move.start",
        "o": "go.to",
        "l": "document.list",
        "d": "document.done",
        "i": "document.card",
        "x": "export",
        "n": "document.next",
        "p": "document.previous",
        "t": "theme",
        "w": "save.elsewhere",
        "#": "view.numbers",
        "s": "view.spacing",
        "+": "view.wider",
        "-": "view.narrower",
    }


@pytest.mark.parametrize("keys", ["Z", "g Z", "0", "4 g 2", "ctrl+x", "²", "٣"])
def test_unknown_keys_do_nothing_and_are_forgotten(keys: str) -> None:
    made = machine()
    *before, last = [made.press(key) for key in keys.split()]
    assert all(isinstance(step, Wait) for step in before)
    assert isinstance(last, Unknown)
    assert made.typed == ""


def test_the_same_key_may_do_another_thing_in_the_other_pane() -> None:
    assert ran("d")[0] == "mark.delete"
    assert ran("d", "tags")[0] == "tags.delete"
    assert ran("u")[0] == ran("u", "tags")[0] == "undo"
    assert ran("e", "tags")[0] == "tags.kind.entity"


def test_keys_are_shown_as_people_know_them() -> None:
    assert shown_key("shift+tab") == "Shift+Tab"
    assert shown_key("g n") == "g n"
    assert shown_key("pagedown") == "PgDn"
