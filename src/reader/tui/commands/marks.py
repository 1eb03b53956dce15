"""The commands that mark, and that work on marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reader.model.scheme import Scheme
from reader.tui.commands.command import Command

TAG: Final = "Mark"
MARKS: Final = "Work on a mark"


def tagging(scheme: Scheme) -> Iterator[Command]:
    """A command to tag with each kind of a scheme."""
    for rank, kind in enumerate(scheme.kinds, start=20):
        help_text = f"tag as {kind.name}"
        if kind.asks:
            help_text += ", then the key of its label: "
            help_text += ", ".join(f"{label.key} {label.name}" for label in kind.labels)
        yield Command(
            f"tag.{kind.name}",
            (kind.key,),
            help_text,
            TAG,
            word=kind.name,
            rank=rank,
            needs="words",
            argument=kind.name,
        )


COMMANDS: Final = (
    Command(
        "attribute",
        ("a",),
        "say whose claim it is: then 1 for the nearest source, 2 …, 0 for no source, / to pick one "
        "of all by typing, n to tag the words here as a new one; on a source, which claims are "
        "its; on other words, which claim they are the source of",
        TAG,
        needs="pair",
        word="attribute",
        rank=28,
    ),
    Command(
        "repeat",
        (".",),
        "tag again: the same kind and label as the last time",
        TAG,
        needs="tagged",
        word="again",
        rank=29,
    ),
    Command(
        "occurrences",
        ("*",),
        "tag every other occurrence of the mark's words: a list, all ticked, with switches for "
        "whole words and any case; one undo takes all of them back",
        TAG,
        needs="mark",
        word="every",
        rank=36,
    ),
    Command(
        "link",
        ("A",),
        "tie the mark to another by a link of any type: then the key of the type (about, same as, "
        "contradicts), and a number, or / to pick from all",
        TAG,
        needs="mark",
        word="tie",
        rank=38,
    ),
    Command("mark.next", ("]",), "next mark", MARKS, word="next mark", rank=50),
    Command("mark.previous", ("[",), "previous mark", MARKS),
    Command("mark.cycle", (";",), "the next one of the marks that lie here", MARKS, needs="mark"),
    Command(
        "mark.open",
        ("enter",),
        "open the mark's card: label, note, status, links and all else that is known of it",
        MARKS,
        needs="mark",
        word="card",
        rank=30,
    ),
    Command(
        "mark.delete",
        ("d", "delete"),
        "delete the mark, with its links",
        MARKS,
        needs="mark",
        word="delete",
        rank=31,
    ),
    Command(
        "mark.fit",
        ("m",),
        "move the mark's edges to the selection, once that is extended or shrunk",
        MARKS,
        needs="moved",
        word="move edges",
        rank=27,
    ),
    Command(
        "mark.retag",
        ("R",),
        "change the mark's kind: then the key of the kind, and of the label",
        MARKS,
        needs="mark",
        word="change kind",
        rank=39,
    ),
    Command(
        "mark.split",
        ("x",),
        "split: cut the source and cue within a claim out of it, or the selection out of the mark",
        MARKS,
        needs="mark",
        word="split",
        rank=37,
    ),
    Command(
        "mark.join",
        ("X",),
        "join the mark with another, or the selection to one; 0 closes its gaps",
        MARKS,
        needs="words",
    ),
    Command(
        "copy",
        ("y",),
        "copy the mark's words, or the selection's, with their place to the clipboard",
        MARKS,
        needs="words",
    ),
    Command(
        "undo",
        ("u",),
        "undo",
        MARKS,
        panes=("article", "tags"),
        needs="undo",
        word="undo",
        rank=32,
    ),
    Command(
        "redo",
        ("U",),
        "redo",
        MARKS,
        panes=("article", "tags"),
        needs="redo",
        word="redo",
        rank=33,
    ),
)
