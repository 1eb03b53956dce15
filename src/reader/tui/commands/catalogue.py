"""Every command there is: keys, footer, palette and help come from this list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from reader.config.keymap import Keys, remapped
from reader.config.settings import Settings
from reader.model.scheme import Scheme
from reader.tui.commands.command import Command

_MOVE: Final = "Move: what you move to is selected"
_EXTEND: Final = "Change the selection"
_TAG: Final = "Mark"
_MARKS: Final = "Work on a mark"
_FIND: Final = "Search"
_PANE: Final = "In the tagging pane"
_READER: Final = "reader"
_BOTH: Final = ("article", "tags")

_COMMANDS: Final = (
    Command("move.word.next", ("right", "l"), "next word", _MOVE, word="move", rank=10),
    Command("move.word.previous", ("left", "h"), "previous word", _MOVE),
    Command("move.row.next", ("down", "j"), "row below", _MOVE),
    Command("move.row.previous", ("up", "k"), "row above", _MOVE),
    Command(
        "move.candidate.next",
        ("tab",),
        "next name or quotation not tagged yet",
        _MOVE,
        word="name",
        rank=25,
    ),
    Command("move.candidate.previous", ("shift+tab",), "the one before", _MOVE),
    Command("move.sentence.next", (")",), "next sentence", _MOVE, word="sentence", rank=27),
    Command("move.sentence.previous", ("(",), "previous sentence", _MOVE),
    Command("move.paragraph.next", ("}",), "next paragraph", _MOVE),
    Command("move.paragraph.previous", ("{",), "previous paragraph", _MOVE),
    Command("move.quotation.next", ("'",), "next quotation", _MOVE),
    Command("move.quotation.previous", ('"',), "previous quotation", _MOVE),
    Command("move.page.next", ("pagedown",), "page down", _MOVE),
    Command("move.page.previous", ("pageup",), "page up", _MOVE),
    Command("move.start", ("g g", "home"), "beginning of the text", _MOVE),
    Command("move.end", ("G", "end"), "end of the text", _MOVE),
    Command(
        "extend.word.next",
        ("shift+right", "L"),
        "extend by a word",
        _EXTEND,
        needs="words",
        word="extend",
        rank=60,
    ),
    Command(
        "extend.word.previous", ("shift+left", "H"), "take a word back", _EXTEND, needs="words"
    ),
    Command("extend.row.next", ("shift+down", "J"), "extend by a row", _EXTEND, needs="words"),
    Command("extend.row.previous", ("shift+up", "K"), "take a row back", _EXTEND, needs="words"),
    Command("extend.character.next", (">",), "extend by a character", _EXTEND, needs="words"),
    Command("extend.character.previous", ("<",), "take a character back", _EXTEND, needs="words"),
    Command("extend.turn", ("o",), "extend at the other end", _EXTEND, needs="words"),
    Command(
        "select.grow",
        ("+", "=", "space"),
        "grow: word, name, quotation, sentence, paragraph",
        _EXTEND,
        needs="words",
        word="grow",
        rank=61,
    ),
    Command("select.shrink", ("-", "backspace"), "shrink again", _EXTEND, needs="words"),
    Command(
        "attribute",
        ("a",),
        "attribute the claim to a source: then 1 for the nearest, 2 …, "
        "or 0 for no source; on a source, to the claims without one",
        _TAG,
        needs="pair",
        word="attribute",
        rank=28,
    ),
    Command("mark.next", ("]",), "next mark", _MARKS, word="next mark", rank=50),
    Command("mark.previous", ("[",), "previous mark", _MARKS),
    Command("mark.cycle", (";",), "the next one of the marks that lie here", _MARKS, needs="mark"),
    Command("mark.open", ("enter",), "label and note", _MARKS, needs="mark", word="note", rank=30),
    Command(
        "mark.delete",
        ("d", "delete"),
        "delete the mark, with its links",
        _MARKS,
        needs="mark",
        word="delete",
        rank=31,
    ),
    Command("undo", ("u",), "undo", _MARKS, panes=_BOTH, needs="undo", word="undo", rank=32),
    Command("redo", ("U",), "redo", _MARKS, panes=_BOTH, needs="redo", word="redo", rank=33),
    Command(
        "search",
        ("/",),
        "search the text, whatever case, accents and blanks",
        _FIND,
        word="search",
        rank=55,
    ),
    Command("search.next", ("n",), "next hit", _FIND, needs="hits"),
    Command("search.previous", ("N",), "previous hit", _FIND, needs="hits"),
    Command(
        "search.regex",
        ("ctrl+r",),
        "in the search line: take it as a regular expression, or no longer",
        _FIND,
        word="regex",
        panes=("search",),
    ),
    Command(
        "search.whole",
        ("ctrl+t",),
        "in the search line: find whole words only, or parts of words again",
        _FIND,
        word="whole word",
        panes=("search",),
    ),
    Command(
        "search.exact",
        ("ctrl+e",),
        "in the search line: hold to case and accents, or no longer",
        _FIND,
        word="exact",
        panes=("search",),
    ),
    Command("tags", ("t",), "into the tagging pane", _READER, word="tags", rank=40),
    Command(
        "tags.row.next", ("down", "j"), "row below", _PANE, panes=("tags",), word="move", rank=10
    ),
    Command("tags.row.previous", ("up", "k"), "row above", _PANE, panes=("tags",)),
    Command("tags.page.next", ("pagedown",), "page down", _PANE, panes=("tags",)),
    Command("tags.page.previous", ("pageup",), "page up", _PANE, panes=("tags",)),
    Command("tags.start", ("home", "g g"), "first row", _PANE, panes=("tags",)),
    Command("tags.end", ("end", "G"), "last row", _PANE, panes=("tags",)),
    Command(
        "tags.jump",
        ("enter",),
        "go to the mark in the text; again for its next occurrence",
        _PANE,
        panes=("tags",),
        word="go to text",
        rank=11,
    ),
    Command(
        "tags.delete",
        ("d", "delete"),
        "delete the row's marks, with their links",
        _PANE,
        panes=("tags",),
        word="delete",
        rank=31,
    ),
    Command(
        "tags.leave",
        ("t", "escape"),
        "back to the text",
        _PANE,
        panes=("tags",),
        word="back",
        rank=40,
    ),
    Command(
        "document.next",
        ("g n",),
        "next document of the queue",
        _READER,
        panes=_BOTH,
        needs="queue",
        word="next text",
        rank=70,
    ),
    Command(
        "document.previous",
        ("g p",),
        "previous document of the queue",
        _READER,
        panes=_BOTH,
        needs="queue",
    ),
    Command(
        "save.elsewhere",
        ("g w",),
        "write what cannot be saved to another place",
        _READER,
        panes=_BOTH,
        needs="waiting",
        word="save elsewhere",
        rank=3,
    ),
    Command("view.numbers", ("g #",), "paragraph numbers, or none", _READER),
    Command("view.spacing", ("g s",), "rows further apart, then close again", _READER),
    Command("view.wider", ("g +",), "longer rows", _READER),
    Command("view.narrower", ("g -",), "shorter rows", _READER),
    Command("theme", ("g t",), "light or dark", _READER, panes=_BOTH),
    Command("help", ("?",), "all keys", _READER, panes=_BOTH, word="help", rank=1),
    Command(
        "palette",
        (":", "ctrl+p"),
        "find a command by its name",
        _READER,
        panes=_BOTH,
        word="commands",
        rank=80,
    ),
    Command(
        "quit",
        ("q",),
        "quit; everything is saved already",
        _READER,
        panes=_BOTH,
        word="quit",
        rank=2,
    ),
)

GROUPS: Final = (_MOVE, _EXTEND, _TAG, _MARKS, _FIND, _PANE, _READER)
"""The order of the help."""


def commands(scheme: Scheme) -> list[Command]:
    """The commands for a scheme: one to tag with each of its kinds, and all others."""
    return [*_tagging(scheme), *_COMMANDS]


def chosen(scheme: Scheme, settings: Settings) -> tuple[list[Command], list[str]]:
    """The commands with the person's own keys, and what is wrong with those, in sentences."""
    usual = commands(scheme)
    defaults = {each.id: Keys(each.keys, frozenset(each.panes)) for each in usual}
    keys, problems = remapped(defaults, settings)
    return [replace(each, keys=keys[each.id]) for each in usual], problems


def _tagging(scheme: Scheme) -> Iterator[Command]:
    for rank, kind in enumerate(scheme.kinds, start=20):
        help_text = f"tag as {kind.name}"
        if kind.asks:
            help_text += ", then the key of its label: "
            help_text += ", ".join(f"{label.key} {label.name}" for label in kind.labels)
        yield Command(
            f"tag.{kind.name}",
            (kind.key,),
            help_text,
            _TAG,
            word=kind.name,
            rank=rank,
            needs="words",
            argument=kind.name,
        )
