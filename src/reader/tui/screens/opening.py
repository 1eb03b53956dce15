"""What is seen of a document while it is being read."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from reader.config.settings import Settings
from reader.model.scheme import DEFAULT
from reader.tui.commands.catalogue import chosen
from reader.tui.commands.command import shown_key
from reader.tui.screens.covering import token
from reader.tui.screens.layout import DocumentLayout
from reader.tui.widgets.hints import Hint, Standing
from reader.workspace.glance import Glance

_READING = "The document is being read; keys are kept until it is there"


class OpeningScreen(DocumentLayout):
    """The text where the reader was, without its marks. It never stands: whatever is typed is for
    the screen that comes in its place, but for quitting first of all."""

    def __init__(
        self, glance: Glance, place: str, settings: Settings, then: Callable[[], object]
    ) -> None:
        """`then` is called once the text is drawn."""
        super().__init__(place, settings)
        self._glance = glance
        self._then = then
        self._quit = next(each for each in chosen(DEFAULT, settings)[0] if each.id == "quit")

    def on_mount(self) -> None:
        text, document = self._glance
        self.entitle(document, "opening")
        self.tags.entitle(" Tags ")
        self.article.glance(text, document, document.position)
        leave = Hint(shown_key(self._quit.keys[0]), self._quit.word, kept=True)
        self.hints.show(Standing(_READING, state="opening", progress="…"), [leave])
        self.call_after_refresh(self._then)

    def on_unmount(self) -> None:
        """Textual holds its first screen to the end, but need not hold what was on it."""
        del self._glance, self.article, self.tags, self.hints

    def on_key(self, event: events.Key) -> None:
        if token(event) in self._quit.keys and not self.ahead:
            self.app.exit()
        super().on_key(event)
