"""Every key there is, by subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rich.table import Table
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.tui.commands.catalogue import GROUPS
from reader.tui.commands.command import Command, shown_key

_INTRODUCTION: Final = """\
What you move to is selected, and a tag key marks what is selected: after moving, the name, the \
quotation or the sentence round it; after extending, exactly that. The line above the footer shows \
which words each tag key would take; right after a mark is made these are what goes with it: its \
speaker, or the word that reports.

Jump: <jump> writes letters on the words; type those of the one you want. On a mark <mark.open> \
opens its card (label, note, status …), <attribute> says whose claim it is, <occurrences> lists \
the other places of its words, to tick, and <mark.delete> deletes it. <document.list> lists the \
texts, <document.card> is the card of this one, and <export> writes it for others.

Every mark is on the disk before it shows as saved, and <undo> undoes whatever was done. A number \
before a key repeats it, Esc leaves whatever was begun. The mouse selects by a click, twice the \
word, three times the sentence, or by dragging; from an edge of a mark it moves that edge."""
_COMMAND: Final = re.compile(r"<([a-z.]+)>")


class HelpScreen(ModalScreen[None]):
    """The commands with their live keys. Any key that does not scroll closes it."""

    CSS_PATH = "../cards.tcss"

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = commands
        self._shut = False

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help") as box:
            box.border_title = "Keys"
            box.border_subtitle = "↑ ↓ scroll · any other key closes"
            yield Static(_introduction(self._commands), classes="help--intro", markup=False)
            for group in GROUPS:
                commands = [command for command in self._commands if command.group == group]
                yield Static(group, classes="help--group", markup=False)
                yield Static(_table(commands), markup=False)

    def on_key(self, event: events.Key) -> None:
        box = self.query_one("#help", VerticalScroll)
        event.stop()
        event.prevent_default()
        scrolls = {
            "down": box.scroll_down,
            "j": box.scroll_down,
            "up": box.scroll_up,
            "k": box.scroll_up,
            "pagedown": box.scroll_page_down,
            "space": box.scroll_page_down,
            "pageup": box.scroll_page_up,
            "home": box.scroll_home,
            "end": box.scroll_end,
        }
        scroll = scrolls.get(event.key)
        if scroll is None:
            self._close()
        else:
            scroll(animate=False)

    def on_click(self, event: events.Click) -> None:
        if event.widget is self:
            self._close()

    def _close(self) -> None:
        if not self._shut:  # a second key may be on its way
            self._shut = True
            self.dismiss()


def _table(commands: Sequence[Command]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(width=17, no_wrap=True)
    table.add_column(ratio=1)
    for command in commands:
        keys = "  ".join(shown_key(key) for key in command.keys)
        table.add_row(Text(keys, style="bold"), Text(command.help))
    return table


def _introduction(commands: Sequence[Command]) -> str:
    """The introduction with the live keys."""
    keys = {each.id: shown_key(each.keys[0]) for each in commands if each.keys}
    return _COMMAND.sub(lambda found: keys.get(found[1], found[1]), _INTRODUCTION)
