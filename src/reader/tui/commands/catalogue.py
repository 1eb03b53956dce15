"""Every command there is: keys, footer, palette and help come from this list."""

from __future__ import annotations

from typing import Final

from reader.config.keymap import Keys, remapped
from reader.config.settings import Settings
from reader.model.scheme import Scheme
from reader.tui.commands import marks, pane
from reader.tui.commands.command import Command
from reader.tui.commands.marks import tagging

_MOVE: Final = "Move: what you move to is selected"
_EXTEND: Final = "Change the selection"
_FIND: Final = "Search"
_TEXTS: Final = "Texts"
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
    Command(
        "move.candidate.previous",
        ("shift+tab",),
        "previous name or quotation not tagged yet",
        _MOVE,
    ),
    Command("move.sentence.next", (")",), "next sentence", _MOVE, word="sentence", rank=27),
    Command("move.sentence.previous", ("(",), "previous sentence", _MOVE),
    Command("move.paragraph.next", ("}",), "next paragraph", _MOVE),
    Command("move.paragraph.previous", ("{",), "previous paragraph", _MOVE),
    Command("move.quotation.next", ("'",), "next quotation", _MOVE),
    Command("move.quotation.previous", ('"',), "previous quotation", _MOVE),
    Command("move.page.next", ("pagedown",), "page down", _MOVE),
    Command("move.page.previous", ("pageup",), "page up", _MOVE),
    Command(
        "jump",
        ("f",),
        "jump: every word in view gets a letter or two; type those of the one you want",
        _MOVE,
        needs="words",
        word="jump",
        rank=26,
    ),
    Command(
        "go.to",
        ("g o",),
        "go to a percentage of the text, or to a paragraph by its number",
        _MOVE,
        word="go to",
        rank=69,
    ),
    Command("move.start", ("g g", "home"), "beginning of the text", _MOVE, word="start", rank=90),
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
    Command(
        "jump.extend", ("F",), "extend to a word in view, by its letters", _EXTEND, needs="words"
    ),
    Command(
        "extend.clause.next",
        ("E",),
        "extend to the end of the clause: comma, dash, quotation mark …",
        _EXTEND,
        needs="words",
    ),
    Command(
        "extend.clause.previous",
        ("B",),
        "extend back to the beginning of the clause",
        _EXTEND,
        needs="words",
    ),
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
        "document.next",
        ("g n",),
        "next document of the queue",
        _TEXTS,
        panes=_BOTH,
        needs="queue",
        word="next text",
        rank=70,
    ),
    Command(
        "document.previous",
        ("g p",),
        "previous document of the queue",
        _TEXTS,
        panes=_BOTH,
        needs="queue",
        word="previous text",
        rank=92,
    ),
    Command(
        "document.list",
        ("g l",),
        "the list of documents, with their states and counts",
        _TEXTS,
        panes=_BOTH,
        word="list",
        rank=71,
    ),
    Command(
        "document.done",
        ("g d",),
        "mark the document done, or no longer",
        _TEXTS,
        panes=_BOTH,
        word="done",
        rank=72,
    ),
    Command(
        "document.card",
        ("g i",),
        "the document's card: title, URL, author, date, state, note",
        _TEXTS,
        panes=_BOTH,
        word="document",
        rank=73,
    ),
    Command(
        "export",
        ("g x",),
        "export: write the document as a file for others",
        _TEXTS,
        panes=_BOTH,
        word="export",
        rank=74,
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
    Command(
        "view.numbers", ("g #",), "paragraph numbers, or none", _READER, word="numbers", rank=91
    ),
    Command(
        "view.spacing",
        ("g s",),
        "rows further apart, then close again",
        _READER,
        word="spacing",
        rank=91,
    ),
    Command("view.wider", ("g +",), "longer rows", _READER, word="wider", rank=91),
    Command("view.narrower", ("g -",), "shorter rows", _READER, word="narrower", rank=91),
    Command(
        "theme",
        ("g t",),
        "theme: dark, light, high contrast, or for the colour-blind",
        _READER,
        panes=_BOTH,
        word="theme",
        rank=89,
    ),
    Command("help", ("?",), "all keys", _READER, panes=_BOTH, word="help", rank=1),
    Command(
        "palette",
        (":", "ctrl+p"),
        "all commands: find one by typing what it does",
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

GROUPS: Final = (_MOVE, _EXTEND, marks.TAG, marks.MARKS, _FIND, pane.GROUP, _TEXTS, _READER)
"""The order of the help."""


def commands(scheme: Scheme) -> list[Command]:
    """The commands for a scheme: one to tag with each of its kinds, and all others."""
    return [
        *tagging(scheme),
        *marks.COMMANDS,
        *_COMMANDS,
        *pane.COMMANDS,
        *pane.kinds(scheme),
    ]


def chosen(scheme: Scheme, settings: Settings) -> tuple[list[Command], list[str]]:
    """The commands with the person's own keys, and what is wrong with those, in sentences."""
    usual = commands(scheme)
    defaults = {each.id: Keys(each.keys, frozenset(each.panes)) for each in usual}
    keys, problems = remapped(defaults, settings)
    return [each._replace(keys=keys[each.id]) for each in usual], problems
