"""The card of one annotation: its label by a key, its note, what it is tied to, who made it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static, TextArea

from reader.model.annotation import Annotation
from reader.model.scheme import Label
from reader.text.cells import safe, visible, width


class Described(NamedTuple):
    """What the person left on the card."""

    label: str | None
    note: str


class LabelPicker(Widget, can_focus=True):
    """The labels in a row, each with its key; the one chosen stands out."""

    COMPONENT_CLASSES = {"labels--text", "labels--key", "labels--chosen"}

    class Done(Message):
        """Enter was pressed: the card may close."""

    def __init__(self, labels: Sequence[Label], chosen: str | None) -> None:
        super().__init__()
        self.labels = labels
        self.chosen = chosen

    def _fold(self, room: int) -> list[list[tuple[str, str, str | None]]]:
        """The choices in as many lines as they need: key, words, the label's name."""
        choices: list[tuple[str, str, str | None]] = [
            (label.key, label.name, label.name) for label in self.labels
        ]
        if self.chosen is not None and self.chosen not in [label.name for label in self.labels]:
            choices.append(("", safe(self.chosen), self.chosen))
        choices.append(("-", "none", None))
        lines: list[list[tuple[str, str, str | None]]] = [[]]
        used = 0
        for choice in choices:
            need = width(choice[0]) + width(choice[1]) + 5
            if used + need > room and lines[-1]:
                lines.append([])
                used = 0
            lines[-1].append(choice)
            used += need
        return lines

    def get_content_height(self, container: object, viewport: object, room: int) -> int:
        return len(self._fold(room))

    def render_line(self, y: int) -> Strip:
        base = self.get_component_rich_style("labels--text")
        key_style = self.get_component_rich_style("labels--key")
        chosen = self.get_component_rich_style("labels--chosen")
        lines = self._fold(self.size.width)
        parts: list[Segment] = []
        for key, words, name in lines[y] if y < len(lines) else []:
            here: Style = chosen if name == self.chosen else base
            parts.append(Segment(f" {key} ", chosen if name == self.chosen else key_style))
            parts.append(Segment(f"{words} ", here))
            parts.append(Segment(" ", base))
        return Strip(parts).adjust_cell_length(self.size.width, base)

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            self.post_message(self.Done())
            return
        names = [*(label.name for label in self.labels), None]
        by_key = {label.key: label.name for label in self.labels}
        if event.character in by_key:
            self.chosen = by_key[event.character]
        elif event.key in ("minus", "backspace", "delete"):
            self.chosen = None
        elif event.key in ("left", "right"):
            step = 1 if event.key == "right" else -1
            at = names.index(self.chosen) if self.chosen in names else 0
            self.chosen = names[(at + step) % len(names)]
        else:
            return
        event.stop()
        self.refresh()


class NoteArea(TextArea):
    """An editor that draws controls as pictures: a note may come from a stranger's file."""

    def on_key(self, event: events.Key) -> None:
        """Take what Textual holds for unprintable but emoji and many scripts are joined with."""
        char = event.character
        if char and not event.is_printable and unicodedata.category(char) in ("Cf", "Mn", "Me"):
            event.stop()
            event.prevent_default()
            self.insert(char)

    def get_line(self, line_index: int) -> Text:
        return Text(visible(self.document.get_line(line_index)), end="", no_wrap=True)


class CardScreen(ModalScreen[Described]):
    """Edit label and note. Closing keeps what was typed, by whichever key: undo takes it back."""

    # Ctrl+Q too: it quits elsewhere, and what was being typed would be gone
    BINDINGS = [Binding("escape,f2,ctrl+q", "close", "done", id="card.close", priority=True)]
    VERTICAL_BREAKPOINTS = [(0, "low"), (23, "high")]

    def __init__(
        self,
        annotation: Annotation,
        labels: Sequence[Label],
        facts: Sequence[str],
        left: Described,
        trouble: str = "",
    ) -> None:
        """`facts` are lines to read only; `left` is what stands in the label and the note;
        `trouble` says why it could not be saved when it was closed before."""
        super().__init__()
        self.annotation = annotation
        self._labels = labels
        self._facts = facts
        self._left = left
        self.trouble = trouble
        self._shut = False
        self._as_opened = ""

    def compose(self) -> ComposeResult:
        annotation = self.annotation
        with Vertical(id="card") as box:
            box.border_title = Content(safe(annotation.kind))
            yield Static(f"“{safe(annotation.words)}”", id="card--words", markup=False)
            yield Static("Note", classes="card--heading", markup=False)
            yield NoteArea(self._left.note, id="card--note", tab_behavior="focus")
            if self._labels or annotation.label:
                yield Static("Label: Tab, then its key", classes="card--heading", markup=False)
                yield LabelPicker(self._labels, self._left.label)
            for fact in self._facts:
                yield Static(safe(fact), classes="card--fact", markup=False)
            if self.trouble:
                yield Static(safe(self.trouble), classes="card--trouble", markup=False)
                keys = "Esc or F2: try again · Ctrl+Q: leave it unsaved, to be printed at the end"
            else:
                keys = "Tab: note / label · Esc or F2: done, which saves it"
            yield Static(keys, id="card--keys", markup=False)

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)
        self._as_opened = area.text

    @on(LabelPicker.Done)
    def _label_done(self) -> None:
        self.action_close()

    def action_close(self) -> None:
        if not self._shut:  # a second key may be on its way
            self._shut = True
            self.dismiss(self.left)

    @property
    def left(self) -> Described:
        """What stands on the card now."""
        picker = self.query(LabelPicker)
        label = picker.first().chosen if picker else self._left.label
        text = self.query_one(TextArea).text
        # the editor joins lines with one kind of line end: a note that was left alone stays as is
        note = self._left.note if text == self._as_opened else text
        return Described(label, note)
