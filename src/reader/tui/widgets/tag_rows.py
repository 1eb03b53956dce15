"""The rows of the tagging pane as they are drawn."""

from __future__ import annotations

from collections.abc import Sequence, Set

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.text.cells import cut, safe, width
from reader.tui.widgets.canvas import Canvas
from reader.tui.widgets.typed import TypedLine
from reader.workspace.outline import Row

_EMPTY = (
    ("Nothing is marked yet.", ""),
    ("", ""),
    ("The word you are on is selected;", ""),
    ("the arrow keys move.", ""),
    ("", ""),
    ("e p", "tag a name as a person"),
    ("c", "tag the sentence as a claim"),
    ("s", "tag who says it as a source"),
    ("a 1", "tie the claim to that source"),
    ("u", "undo"),
    ("?", "all keys"),
)

_NONE_SUCH = (
    ("No mark is such.", ""),
    ("", ""),
    ("Words are looked for in the", ""),
    ("quotation, label and note. Or:", ""),
    ("", ""),
)


class RowPainter:
    """Draws rows for a widget, in its width and styles."""

    def __init__(self, widget: Canvas) -> None:
        self._widget = widget

    def part(self, name: str) -> Style:
        return self._widget.part(f"tags--{name}")

    def line(self, parts: Sequence[tuple[str, Style]], end: str = "") -> Strip:
        """Parts from the left, the last of them cut to what is left, and an end at the right."""
        room = self._widget.area.width - width(end) - (2 if end else 1)
        segments = []
        for text, style in parts:
            shown = cut(text, room)
            room -= width(shown)
            segments.append(Segment(shown, style))
        segments.append(Segment(" " * max(0, room), self.part("text")))
        segments.append(Segment(f" {end} " if end else " ", self.part("quiet")))
        return Strip(segments).adjust_cell_length(self._widget.area.width, self.part("text"))

    def row(self, row: Row, ticked: Set[str], *, mixed: bool) -> Strip:
        """A row of the outline. `mixed`: marks of all kinds stand among one another."""
        match row.role:
            case "heading":
                return self.line([(safe(row.text), self.part("heading"))], str(row.count))
            case "mark":
                return self._mark(row, ticked, mixed)
            case "source":
                style = self._kind("source")
            case "hint":
                style = self.part("hint")
            case "settled":
                style = self.part("quiet")
        return self.line([("   ← ", self.part("quiet")), (safe(row.text), style)])

    def _mark(self, row: Row, ticked: Set[str], mixed: bool) -> Strip:
        claims = f"{row.claims:,} claim{'s' if row.claims > 1 else ''}" if row.claims else ""
        repeats = f"×{row.count:,}" if row.count > 1 else ""
        end = " · ".join(filter(None, (claims, repeats)))
        end = f"✎ {end}".rstrip() if row.noted else end
        end = f"? {end}".rstrip() if row.uncertain else end
        label = safe(row.label or (row.kind if mixed else ""))
        quoted = row.kind == "claim"
        parts = [self._box(row.ids, ticked)]
        if label:
            parts.append((f"{label} ", self.part("quiet")))
        parts.append((f"“{safe(row.text)}”" if quoted else safe(row.text), self._kind(row.kind)))
        return self.line(parts, end)

    def _kind(self, kind: str) -> Style:
        known = kind in ("entity", "claim", "source", "cue")
        return self.part(kind if known else "other")

    def _box(self, ids: Sequence[str], ticked: Set[str]) -> tuple[str, Style]:
        """The box before a row; none while nothing is ticked."""
        if not ticked:
            return " ", self.part("text")
        many = sum(each in ticked for each in ids)
        if not many:
            return "[ ] ", self.part("quiet")
        return "[x] " if many == len(ids) else "[-] ", self.part("key")

    def typed(self, line: TypedLine, end: str) -> Strip:
        """The line that a filter is typed into."""
        text = self.part("text")
        before, on, after = line.shown(max(4, self._widget.area.width - width(end) - 5))
        parts = [("/ ", self.part("key")), (before, text), (on, text + Style(reverse=True))]
        return self.line([*parts, (after, text)], end)

    def empty(self, y: int, *, filtered: bool) -> Strip:
        """A line of what stands there while there are no rows."""
        lines: Sequence[tuple[str, str]] = _EMPTY
        if filtered:
            from reader.workspace.filtering import QUESTIONS  # what no text needs that is opened

            lines = (*_NONE_SUCH, *QUESTIONS.items(), ("", ""), ("Esc", "show all marks again"))
        text, words = lines[y] if y < len(lines) else ("", "")
        if not words:
            return self.line([(f" {text}", self.part("quiet"))])
        wide = 16 if filtered and text != "Esc" else 4
        return self.line([(f" {text.ljust(wide)}", self.part("key")), (words, self.part("text"))])
