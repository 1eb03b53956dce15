"""A person's own keys: checked whole, so that no command silently loses its key."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from reader.config.settings import Settings

_NAMED: Final = frozenset(
    {
        *("left", "right", "up", "down", "home", "end", "pageup", "pagedown", "enter", "escape"),
        *("tab", "space", "backspace", "delete", "insert"),
        *(f"f{number}" for number in range(1, 13)),
    }
)


class Keys(NamedTuple):
    """The keys of one command, and in which panes they hold."""

    keys: tuple[str, ...]
    panes: frozenset[str]


def remapped(
    defaults: Mapping[str, Keys], settings: Settings
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The keys of every command with the person's in the place of the defaults, and what is wrong.

    A choice that names no command, is no key, or takes a key that another command keeps is left
    aside, with a sentence that gives its line.
    """
    problems: list[str] = []
    result = {command: own.keys for command, own in defaults.items()}
    for command, chosen in settings.keys.items():
        where = f"settings.toml line {settings.lines.get(command, 1)}"
        if command not in defaults:
            problems.append(f"{where}: there is no command '{command}'.")
            continue
        typing = "search" in defaults[command].panes
        impossible = [keys for keys in chosen if not _possible(keys) or (typing and _typed(keys))]
        if impossible or not chosen:
            what = f"'{impossible[0]}' is no key" if impossible else "no key is given"
            problems.append(f"{where}: {what}; {command} keeps its own.")
            continue
        result[command] = chosen
    own = [
        command for command in settings.keys if result.get(command) != _default(defaults, command)
    ]
    while clash := _first_clash(own, result, defaults):
        # giving a command its default back may clash with another choice: hence the loop
        command, other = clash
        where = f"settings.toml line {settings.lines.get(command, 1)}"
        taken = ", ".join(result[command])
        problems.append(f"{where}: {taken} is of {other}; {command} keeps its own.")
        result[command] = defaults[command].keys
        own.remove(command)
    return result, problems


def _default(defaults: Mapping[str, Keys], command: str) -> tuple[str, ...] | None:
    return defaults[command].keys if command in defaults else None


def _first_clash(
    own: Iterable[str], keys: Mapping[str, tuple[str, ...]], defaults: Mapping[str, Keys]
) -> tuple[str, str] | None:
    """A command with keys of the person's that clash, and the other one."""
    for command in own:
        other = _clash(command, keys, defaults)
        if other is not None:
            return command, other
    return None


def _possible(keys: str) -> bool:
    parts = keys.split(" ")
    counts = parts[0] in tuple("123456789")  # a digit is the beginning of a count
    return bool(keys.strip()) and not counts and all(is_key(part) for part in parts)


def _typed(keys: str) -> bool:
    """Whether a line that words are typed into would take these for some of them."""
    return any(part == "space" or _is_character(part) for part in keys.split(" "))


def is_key(key: str) -> bool:
    """Whether a terminal can send such a key: a printable character, or a key by its name.

    Shift does not go with a character, which is another one then, nor Ctrl with a capital.
    """
    if _is_character(key):
        return True
    *modifiers, bare = key.split("+") if not key.endswith("+") else [key]
    if bare in _NAMED:
        return all(modifier in ("ctrl", "shift", "alt") for modifier in modifiers)
    return modifiers in (["ctrl"], ["alt"]) and _is_character(bare) and bare == bare.lower()


def _is_character(key: str) -> bool:
    return (
        len(key) == 1 and key.isprintable() and not key.isspace() and not unicodedata.combining(key)
    )


def _clash(
    command: str, keys: Mapping[str, tuple[str, ...]], defaults: Mapping[str, Keys]
) -> str | None:
    """Another command that a key of this one would take, or whose sequence it would begin."""
    mine = [tuple(each.split(" ")) for each in keys[command]]
    for other, own in keys.items():
        if other == command or not defaults[other].panes & defaults[command].panes:
            continue
        if any(_same_beginning(each, theirs) for each in mine for theirs in _split(own)):
            return other
    return None


def _split(keys: Iterable[str]) -> list[tuple[str, ...]]:
    return [tuple(each.split(" ")) for each in keys]


def _same_beginning(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two sequences are equal, or the shorter one keeps the longer from ever ending."""
    short = min(len(one), len(other))
    return one[:short] == other[:short]
