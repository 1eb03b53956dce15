"""A card over the document: what is known of a mark, or of the document, to be filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.text.cells import safe
from reader.tui.widgets.form import Done, Field, Form

Filled = Mapping[str, object]
"""What the person left on a card: the value of each field by its name."""

_KEYS = " Tab: next field · a key or ← → chooses · Esc: save and close "
_KEYS_AFTER_TROUBLE = " Esc: try again · Ctrl+Q: leave it unsaved, to be printed at the end "


class CardScreen(ModalScreen[Filled]):
    """Closing keeps what was filled in, by whichever key: undo takes it back."""

    CSS_PATH = "../cards.tcss"

    # Ctrl+Q too: it quits elsewhere, and what was being typed would be gone
    BINDINGS = [Binding("escape,f2,ctrl+q", "close", "done", id="card.close", priority=True)]
    VERTICAL_BREAKPOINTS = [(0, "low"), (23, "high")]

    def __init__(
        self,
        title: str,
        words: str,
        fields: Sequence[Field],
        facts: Sequence[str] = (),
        *,
        about: object = None,
        trouble: str = "",
    ) -> None:
        """`facts` are lines to read only; `about` is what the card is of, for whoever takes what is
        left on it; `trouble` says why it could not be saved when it was closed before."""
        super().__init__()
        self.about = about
        self._title = title
        self._words = words
        self._fields = fields
        self._facts = facts
        self.trouble = trouble
        self._shut = False

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="card", can_focus=False) as box:
            box.border_title = Content(f" {safe(self._title)} ")
            # in the border the keys are seen however far a long card is scrolled
            box.border_subtitle = Content(_KEYS_AFTER_TROUBLE if self.trouble else _KEYS)
            if self.trouble:
                yield Static(safe(self.trouble), classes="card--trouble", markup=False)
            yield Static(safe(self._words), id="card--words", markup=False)
            for fact in self._facts:
                yield Static(safe(fact), classes="card--fact", markup=False)
            yield Form(self._fields)

    def on_mount(self) -> None:
        self.query_one(Form).focus_first()

    @on(Done)
    def _field_done(self) -> None:
        self.action_close()

    def action_close(self) -> None:
        if not self._shut:  # a second key may be on its way
            self._shut = True
            self.dismiss(self.left)

    @property
    def left(self) -> Filled:
        """What stands on the card now."""
        return self.query_one(Form).values
