"""What a command is."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Pane = Literal["article", "tags", "search"]
"""What can have the keys; "search" is the line that words are typed into."""

Need = Literal[
    "",
    "words",
    "mark",
    "moved",
    "pair",
    "tagged",
    "undo",
    "redo",
    "hits",
    "queue",
    "waiting",
]

NEEDS: Final[dict[Need, str]] = {
    "": "",
    "words": "There is nothing to mark in this text.",
    "mark": "There is no mark here: [ and ] go to one, or tag the words.",
    "moved": "Extend or shrink a mark's selection first: > < E B F.",
    "pair": "There is no claim to attribute here: c tags one.",
    "tagged": "Nothing has been tagged yet that could be repeated.",
    "undo": "There is nothing to undo.",
    "redo": "There is nothing to redo.",
    "hits": "Nothing has been searched for yet: / searches.",
    "queue": "This is the only document open.",
    "waiting": "Everything is saved: there is nothing to write elsewhere.",
}
"""What a command needs, and what is said when that is missing."""


class Command(NamedTuple):
    """One thing a person can do.

    `id` is what a settings file names it by. `keys` are alternatives; one with a blank in it is a
    sequence ("g n"). A printable key is written as its character, others by Textual's name.
    `word` is what the footer says, nothing when it is not shown there; `rank` is its place there.
    """

    id: str
    keys: tuple[str, ...]
    help: str
    group: str
    word: str = ""
    rank: int = 100
    panes: tuple[Pane, ...] = ("article",)
    needs: Need = ""
    argument: str = ""

    @property
    def method(self) -> str:
        """The name of the screen's method that does it."""
        name = self.id.removesuffix(f".{self.argument}") if self.argument else self.id
        return "do_" + name.replace(".", "_")


def shown_key(key: str) -> str:
    """A key as a person knows it: arrows as arrows, names capitalised."""
    return " ".join(_SHOWN.get(part, part) for part in key.split(" "))


_SHOWN: Final = {
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "shift+left": "Shift+←",
    "shift+right": "Shift+→",
    "shift+up": "Shift+↑",
    "shift+down": "Shift+↓",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "backspace": "Backspace",
    "delete": "Del",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    **{f"ctrl+{letter}": f"Ctrl+{letter.upper()}" for letter in "abcdefghijklmnopqrstuvwxyz"},
}
