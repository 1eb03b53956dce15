"""The two lines at the foot: where one is and whether it is saved, and what can be done now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.text.cells import cut, safe, width
from reader.tui.widgets.canvas import Canvas


class Hint(NamedTuple):
    """A key and what it does now. `key` is as shown, `press` as typed. `kept` ones go last, and
    stay when there is no room for all."""

    key: str
    word: str
    press: str = ""
    kept: bool = False


class Standing(NamedTuple):
    """The upper line. `alarm` stands for what must be seen; `progress` is at the right, always."""

    subject: str = ""
    kind: str = ""
    takes: tuple[Hint, ...] = ()
    alarm: bool = False
    progress: str = ""
    unsaved: str = ""
    state: str = "saved"


class HintBar(Canvas):
    """Two rows, never more; what does not fit is left out from the right, help and quit last."""

    COMPONENT_CLASSES = {
        "hints--text",
        "hints--key",
        "hints--word",
        "hints--quiet",
        "hints--alarm",
        "hints--saved",
    }

    class Pressed(Message):
        """A hint was clicked: as if its key had been pressed."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._standing = Standing()
        self._hints: tuple[Hint, ...] = ()
        self._title = ""
        self._all = False
        self._places: list[tuple[int, int, str]] = []

    def show(
        self, standing: Standing, hints: Sequence[Hint], title: str = "", *, whole: bool = False
    ) -> None:
        """`title` says what the keys continue ("g …") while a sequence waits; `whole` that these
        are all the keys there are: then words are cut before any is left out."""
        if standing != self._standing:
            self._standing = standing
            self.redraw([0])
        lower = (tuple(hints), title, whole)
        if lower != (self._hints, self._title, self._all):
            self._hints, self._title, self._all = lower
            self.redraw([1])

    def _part(self, name: str) -> Style:
        return self.part(f"hints--{name}")

    def render_line(self, y: int) -> Strip:
        return self._upper() if y == 0 else self._lower()

    def _upper(self) -> Strip:
        now = self._standing
        text = self._part("text")
        if now.unsaved:
            right = [Segment(f"NOT SAVED: {safe(now.unsaved)} ", self._part("alarm"))]
        else:
            right = [
                Segment(now.state, self._part("saved")),
                Segment(f" · {now.progress} ", self._part("quiet")),
            ]
        taken = sum(width(part.text) for part in right)
        if taken > self.area.width - 4:
            right = [Segment(cut(right[0].text, self.area.width - 4), right[0].style)]
            taken = sum(width(part.text) for part in right)
        room = self.area.width - taken - 2
        left: list[Segment] = [Segment(" ", text)]
        room -= 1
        style = self._part("alarm") if now.alarm else text
        if now.subject:
            # what the keys would take is seen beside what was done
            least = min(room // 2, sum(14 for _ in now.takes))
            shown = cut(safe(now.subject), room - least) + ("  " if now.takes else "")
            left.append(Segment(shown, style))
            room -= width(shown)
        each_room = max(12, room // max(1, len(now.takes)) - 2) if now.takes else 0
        for hint in now.takes:
            words = cut(safe(hint.word), each_room - width(hint.key) - 1)
            need = width(hint.key) + 1 + width(words) + 2
            if need > room:
                break
            left += [
                Segment(f"{hint.key} ", self._part("key")),
                Segment(f"{words}  ", self._part("word")),
            ]
            room -= need
        left.append(Segment(" " * max(0, room + 2), text))
        return Strip([*left, *right]).adjust_cell_length(self.area.width, text)

    def _lower(self) -> Strip:
        text = self._part("text")
        room = self.area.width - 1
        parts: list[Segment] = [Segment(" ", text)]
        self._places = []
        at = 1
        if self._title:
            title = f"{safe(self._title)}  "
            parts.append(Segment(title, self._part("text")))
            room -= width(title)
            at += width(title)
        hints = _shortened(self._hints, room) if self._all else self._hints
        last = [hint for hint in hints if hint.kept]
        others = [hint for hint in hints if not hint.kept]
        kept = room - sum(_wide(hint) for hint in last)
        for hint in [*others, *last]:
            need = _wide(hint)
            budget = room if hint.kept else kept
            if need > budget:
                kept = 0 if not hint.kept else kept  # leave out the rest, too: no gaps in the order
                continue
            parts += [
                Segment(hint.key, self._part("key")),
                Segment(f" {safe(hint.word)}  " if hint.word else "  ", self._part("word")),
            ]
            self._places.append((at, at + need, hint.press))
            at += need
            room -= need
            kept -= 0 if hint.kept else need
        return Strip(parts).adjust_cell_length(self.area.width, text)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or offset.y != 1:
            return
        for start, end, press in self._places:
            if start <= offset.x < end and press:
                self.post_message(self.Pressed(press))


def _shortened(hints: Sequence[Hint], room: int) -> list[Hint]:
    """The hints with their words cut, and at last left out from the end, to fit into the room.

    A word may be cut; that a key exists must not be left out.
    """
    shorter = list(hints)
    for longest in (40, 24, 16, 12, 9, 6, 4):
        shorter = [
            hint if hint.kept else hint._replace(word=cut(safe(hint.word), longest))
            for hint in hints
        ]
        if sum(map(_wide, shorter)) <= room:
            return shorter
    for at in reversed(range(len(shorter))):
        if not shorter[at].kept:
            shorter[at] = shorter[at]._replace(word="")
        if sum(map(_wide, shorter)) <= room:
            break
    return shorter


def _wide(hint: Hint) -> int:
    return width(hint.key) + (1 + width(safe(hint.word)) if hint.word else 0) + 2
