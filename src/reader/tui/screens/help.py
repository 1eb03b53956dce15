"""Every key there is, by subject."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.tui.commands.catalogue import GROUPS
from reader.tui.commands.command import Command, shown_key

_INTRODUCTION = (
    "What you move to is selected, and a tag key marks what is selected: after moving, the name, "
    "the quotation or the sentence round it; after extending, exactly that. Every mark is on the "
    "disk before it shows as saved. A number before a key repeats it. The mouse selects a word or "
    "a mark, and the wheel scrolls."
)


class HelpScreen(ModalScreen[None]):
    """The commands with their live keys. Any key that does not scroll closes it."""

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = commands
        self._shut = False

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help") as box:
            box.border_title = "Keys"
            box.border_subtitle = "↑ ↓ scroll · any other key closes"
            yield Static(_INTRODUCTION, classes="help--intro", markup=False)
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
