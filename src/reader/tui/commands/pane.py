"""The commands of the tagging pane. Those that change a kind come from the scheme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reader.model.scheme import Scheme
from reader.tui.commands.command import Command, Pane

GROUP: Final = "In the tagging pane"
_HERE: Final[tuple[Pane, ...]] = ("tags",)

COMMANDS: Final[tuple[Command, ...]] = (
    Command("tags.row.next", ("down", "j"), "row below", GROUP, panes=_HERE, word="move", rank=20),
    Command("tags.row.previous", ("up", "k"), "row above", GROUP, panes=_HERE),
    Command("tags.page.next", ("pagedown",), "page down", GROUP, panes=_HERE),
    Command("tags.page.previous", ("pageup",), "page up", GROUP, panes=_HERE),
    Command("tags.start", ("home", "g g"), "first row", GROUP, panes=_HERE),
    Command("tags.end", ("end", "G"), "last row", GROUP, panes=_HERE),
    Command(
        "tags.jump",
        ("enter",),
        "go to the mark in the text; again for its next occurrence",
        GROUP,
        panes=_HERE,
        word="go",
        rank=11,
    ),
    Command(
        "tags.filter",
        ("/",),
        "show only marks with certain words, or that something holds for: "
        "no source, has note, kind:claim, status:disputed, by:NAME",
        GROUP,
        panes=_HERE,
        word="filter",
        rank=13,
    ),
    Command(
        "tags.tick",
        ("space",),
        "tick the row, or no longer: what follows then changes all that is ticked",
        GROUP,
        panes=_HERE,
        word="tick",
        rank=12,
    ),
    Command(
        "tags.all",
        ("v",),
        "tick all marks that are shown, or none",
        GROUP,
        panes=_HERE,
        word="all",
        rank=19,
    ),
    Command(
        "tags.label",
        ("l",),
        "label the ticked marks, or the row's",
        GROUP,
        panes=_HERE,
        word="label",
        rank=16,
    ),
    Command(
        "tags.delete",
        ("d", "delete"),
        "delete the ticked marks, or the row's, with their links; "
        "below a claim, untie the source from it",
        GROUP,
        panes=_HERE,
        word="delete",
        rank=14,
    ),
    Command(
        "tags.card",
        ("i",),
        "open the mark: label, note, links",
        GROUP,
        panes=_HERE,
        word="note",
        rank=18,
    ),
    Command(
        "tags.order",
        ("m",),
        "another order: by kind, as they stand in the text, the last changed first",
        GROUP,
        panes=_HERE,
        word="order",
        rank=17,
    ),
    Command(
        "tags.escape",
        ("escape",),
        "tick none; then show all marks again; then back to the text",
        GROUP,
        panes=_HERE,
    ),
    Command("tags.leave", ("t",), "back to the text", GROUP, panes=_HERE, word="back", rank=40),
)


def kinds(scheme: Scheme) -> Iterator[Command]:
    """For each kind of the scheme the command that makes marks ones of that kind."""
    for kind in scheme.kinds:
        help_text = f"make the ticked marks, or the row's, {kind.plural.lower()}"
        if kind.asks:
            help_text += ", then the key of the label"
        yield Command(
            f"tags.kind.{kind.name}",
            (kind.key,),
            help_text,
            GROUP,
            panes=_HERE,
            word="kind",
            rank=15,
            argument=kind.name,
        )
