"""Where the parts of a document's screen are: the text, the tagging pane, the foot."""

from __future__ import annotations

from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from reader.config.settings import Settings
from reader.model.document import Document
from reader.text.cells import cut, safe
from reader.tui.screens.covering import CoveredScreen
from reader.tui.widgets.article import ArticlePane
from reader.tui.widgets.hints import HintBar
from reader.tui.widgets.tags import TagsPane

_WIDE: Final = 90
"""From this width on both panes stand side by side; below, the tagging pane is a drawer."""


class DocumentLayout(CoveredScreen):
    """The panes side by side, or one over the other, and the foot below them."""

    AUTO_FOCUS = ""  # nothing: the keys are the screen's own, but for those typed in the search

    def __init__(self, place: str, settings: Settings) -> None:
        """`place` says where in a queue the document is ("2 of 5"); empty when it is alone."""
        super().__init__()
        self.article = ArticlePane(settings, id="article")
        self.tags = TagsPane(id="tags")
        self.hints = HintBar(id="hints")
        self.place = place

    def compose(self) -> ComposeResult:
        with Horizontal(id="panes"):
            yield self.article
            yield self.tags
        yield self.hints

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < _WIDE, "narrow")

    def entitle(self, document: Document, state: str) -> None:
        """Say over the text which it is."""
        where = f"  {self.place}" if self.place else ""
        self.article.entitle(f" {cut(safe(document.title), 40)}{where} · {state} ")
