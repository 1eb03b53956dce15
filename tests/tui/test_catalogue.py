"""Every command is declared once, and can be reached in every terminal."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from reader.config.settings import Settings
from reader.model.scheme import DEFAULT
from reader.tui.commands.catalogue import GROUPS, chosen, commands
from reader.tui.commands.command import NEEDS, Command, Pane, shown_key
from reader.tui.screens.reading import MOTIONS, ReadingScreen

ALL = commands(DEFAULT)
SWALLOWED = re.compile(r"ctrl\+[sqzimchjp]|shift\+enter|ctrl\+\d|ctrl\+enter")
"""What SSH, tmux, docker or the terminal itself keep, or cannot tell from another key."""


def test_ids_are_unique_and_speak() -> None:
    ids = [command.id for command in ALL]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z]+(\.[a-z]+)*", each) for each in ids)


@pytest.mark.parametrize("pane", ["article", "tags", "search"])
def test_no_key_has_two_commands_in_a_pane(pane: Pane) -> None:
    keys = Counter(key for command in ALL if pane in command.panes for key in command.keys)
    assert [key for key, number in keys.items() if number > 1] == []


@pytest.mark.parametrize("pane", ["article", "tags", "search"])
def test_no_key_is_the_beginning_of_another(pane: Pane) -> None:
    keys = [tuple(key.split()) for each in ALL if pane in each.panes for key in each.keys]
    assert not [(a, b) for a in keys for b in keys if len(a) < len(b) and b[: len(a)] == a]


def test_a_key_never_begins_with_a_count() -> None:
    assert not [key for command in ALL for key in command.keys if key[0].isdecimal()]


@pytest.mark.parametrize("command", ALL, ids=lambda command: command.id)
def test_each_is_done_told_and_reachable(command: Command) -> None:
    assert command.id in MOTIONS or callable(getattr(ReadingScreen, command.method))
    assert command.group in GROUPS
    assert command.help
    assert command.needs in NEEDS
    assert command.keys
    assert not all(SWALLOWED.fullmatch(key) for key in command.keys)
    assert all(shown_key(key) for key in command.keys)


def test_no_motion_is_a_method_as_well() -> None:
    methods = {command.id: command.method for command in ALL}
    assert set(MOTIONS) <= set(methods)
    assert not [each for each in MOTIONS if hasattr(ReadingScreen, methods[each])]


def test_no_method_is_left_without_its_command() -> None:
    methods = {name for name in dir(ReadingScreen) if name.startswith("do_")}
    assert methods <= {command.method for command in ALL}


def test_every_group_of_the_help_has_commands() -> None:
    assert {command.group for command in ALL} == set(GROUPS)


def test_a_schemes_keys_clash_with_no_command() -> None:
    others = {
        key
        for command in ALL
        for key in command.keys
        if not command.id.startswith("tag.") and "article" in command.panes
    }
    beginnings = {key.split()[0] for key in others}
    keys = [kind.key for kind in DEFAULT.kinds]
    assert len(keys) == len(set(keys))
    assert not set(keys) & beginnings
    for kind in DEFAULT.kinds:
        labels = [label.key for label in kind.labels]
        assert len(labels) == len(set(labels))
        assert not {"escape", "enter", "-"} & set(labels)


def test_a_persons_own_keys_take_the_place_of_ours() -> None:
    mine, problems = chosen(DEFAULT, Settings(keys={"mark.delete": ("D",)}))
    assert problems == []
    assert next(each.keys for each in mine if each.id == "mark.delete") == ("D",)
    assert [each.id for each in mine] == [each.id for each in ALL]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"mark.delet": ("D",)}, "no command 'mark.delet'"),
        ({"mark.delete": ("ctrl+shift",)}, "is no key"),
        ({"mark.delete": ("e",)}, "is of tag.entity"),
        ({"search.regex": ("r",)}, "'r' is no key"),
        ({"search.regex": ("ctrl+t",)}, "is of search.whole"),
    ],
)
def test_keys_that_cannot_be_are_refused(keys: dict[str, tuple[str, ...]], said: str) -> None:
    mine, problems = chosen(DEFAULT, Settings(keys=keys))
    assert len(problems) == 1
    assert said in problems[0]
    assert mine == ALL
