"""What is filled in on a card: choices by a key, lines, and a note of many lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal, NamedTuple

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from reader.text.cells import cut, safe, visible, width

_HEADING = 13
"""Cells for what a field is called, beside it."""


class Option(NamedTuple):
    """A value that can be chosen, the key for it, and how it is called."""

    key: str
    words: str
    value: object


class Field(NamedTuple):
    """One thing to fill in. `options` are those of a choice; a line gives a string, a number an
    int or float; what is left empty gives None, an empty note the empty string."""

    name: str
    heading: str
    sort: Literal["choice", "line", "number", "note"]
    value: object
    options: tuple[Option, ...] = ()
    required: bool = False
    """Whether a choice must have a value."""


class Done(Message):
    """Enter was pressed in a field: the card may close."""


class ChoicePicker(Widget, can_focus=True):
    """The options in a row behind the heading, each with its key; the one chosen stands out."""

    COMPONENT_CLASSES = {"choice--text", "choice--heading", "choice--key", "choice--chosen"}

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._heading = safe(field.heading)
        self._options = list(field.options)
        self.value = field.value
        if self.value is not None and self.value not in [each.value for each in self._options]:
            self._options.append(Option("", str(self.value), self.value))  # no value of the scheme
        if not field.required:
            self._options.append(Option("-", "none", None))

    def _fold(self, room: int) -> list[list[Option]]:
        """The options in as many lines as they need."""
        lines: list[list[Option]] = [[]]
        used = _HEADING
        for option in self._options:
            need = width(option.key) + width(safe(option.words)) + 5
            if used + need > room and lines[-1]:
                lines.append([])
                used = _HEADING
            lines[-1].append(option)
            used += need
        return lines

    def get_content_height(self, container: object, viewport: object, room: int) -> int:
        return len(self._fold(room))

    def render_line(self, y: int) -> Strip:
        base = self.get_component_rich_style("choice--text")
        key_style = self.get_component_rich_style("choice--key")
        chosen = self.get_component_rich_style("choice--chosen")
        heading = self.get_component_rich_style("choice--heading")
        mark = "›" if self.has_focus else " "
        first = f"{mark}{cut(self._heading, _HEADING - 2)}" if y == 0 else ""
        first += " " * (_HEADING - width(first))
        lines = self._fold(self.size.width)
        parts: list[Segment] = [Segment(first, key_style if self.has_focus else heading)]
        for key, words, value in lines[y] if y < len(lines) else []:
            taken = value == self.value
            here: Style = chosen if taken else base
            # brackets besides the colour: not every terminal shows that
            parts.append(Segment(f"[{key} " if taken else f" {key} ", here if taken else key_style))
            parts.append(Segment(f"{safe(words)}{']' if taken else ' '}", here))
            parts.append(Segment(" ", base))
        return Strip(parts).adjust_cell_length(self.size.width, base)

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            self.post_message(Done())
            return
        by_key = {each.key: each.value for each in self._options if each.key}
        if event.character in by_key:
            self.value = by_key[event.character]
        elif event.key in ("backspace", "delete") and "-" in by_key:
            self.value = None
        elif event.key in ("left", "right"):
            values = [each.value for each in self._options]
            step = 1 if event.key == "right" else -1
            self.value = values[(values.index(self.value) + step) % len(values)]
        else:
            return
        event.stop()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        lines = self._fold(self.size.width)
        if offset is None or offset.y >= len(lines):
            return
        at = _HEADING
        for option in lines[offset.y]:
            need = width(option.key) + width(safe(option.words)) + 4
            if at <= offset.x < at + need:
                self.value = option.value
                self.refresh()
            at += need


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


class FieldLine(Horizontal):
    """A heading and a line of input."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._field = field
        # a value may come from a stranger's file, and the line is drawn as it stands
        self._as_opened = "" if field.value is None else safe(str(field.value))

    def compose(self) -> ComposeResult:
        field = self._field
        yield Static(f" {safe(field.heading)}", markup=False)
        yield Input(
            self._as_opened,
            type="number" if field.sort == "number" else "text",
            compact=True,
            select_on_focus=False,
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(Done())

    @property
    def value(self) -> object:
        """What stands there; what was left alone is what it was."""
        typed = self.query_one(Input).value
        if typed == self._as_opened:
            return self._field.value
        return _number(typed) if self._field.sort == "number" else typed.strip() or None


class Form(Widget):
    """Fields one below the other; Tab goes from one to the next."""

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__()
        self.fields = tuple(fields)
        self._widgets: dict[str, ChoicePicker | FieldLine | NoteArea] = {}
        self._as_opened: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        for field in self.fields:
            if field.sort == "note":
                yield Static(field.heading, classes="card--heading", markup=False)
            widget = self._widgets[field.name] = _widget(field)
            yield widget

    def on_mount(self) -> None:
        for name, widget in self._widgets.items():
            if isinstance(widget, NoteArea):
                widget.move_cursor(widget.document.end)
                self._as_opened[name] = widget.text

    def focus_first(self) -> None:
        """Give the keys to the first field."""
        widget = self._widgets[self.fields[0].name]
        (widget.query_one(Input) if isinstance(widget, FieldLine) else widget).focus()

    @property
    def values(self) -> dict[str, object]:
        """What stands in the fields now. What was left alone is what it was."""
        return {field.name: self._value(field) for field in self.fields}

    def _value(self, field: Field) -> object:
        widget = self._widgets[field.name]
        if isinstance(widget, NoteArea):
            # the editor joins lines with one kind of line end: a note left alone stays as it is
            return field.value if widget.text == self._as_opened[field.name] else widget.text
        return widget.value


def _widget(field: Field) -> ChoicePicker | FieldLine | NoteArea:
    match field.sort:
        case "note":
            return NoteArea("" if field.value is None else str(field.value), tab_behavior="focus")
        case "choice":
            return ChoicePicker(field)
        case _:
            return FieldLine(field)


def _number(typed: str) -> int | float | str | None:
    """The number that was typed; what is none as it stands, for whoever saves it to refuse."""
    for kind in (int, float):
        try:
            return kind(typed)
        except ValueError:
            continue
    return typed.strip() or None
