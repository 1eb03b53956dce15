"""The tagging pane's keys: going through the rows, having fewer shown, changing many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from textual import events, on

from reader.model.annotation import Annotation, reading_order
from reader.model.scheme import Kind
from reader.tui.commands.command import Command, shown_key
from reader.tui.screens.frame import Asking
from reader.tui.screens.marking import MarkingFrame
from reader.tui.widgets.hints import Hint
from reader.tui.widgets.tags import TagsPane
from reader.tui.widgets.typed import TypedLine
from reader.workspace.edits import shown
from reader.workspace.outline import ORDERS, Order, Outline

_ORDERED: Final[dict[Order, str]] = {
    "kind": "By kind",
    "place": "As they stand in the text",
    "time": "The last changed first",
}

_STEPS: Final = {"down": 1, "up": -1}

_KEPT: Final = frozenset({"help", "tags.leave"})
"""What the narrowest footer still shows."""

_OF_TICKED: Final = frozenset({"tags.delete", "tags.kind", "tags.label", "tags.all"})
"""What the footer shows first while something is ticked."""


class PaneFrame(MarkingFrame):
    """A document's screen with the commands of the tagging pane."""

    _order: Order = "kind"

    def open_card(self, annotation: Annotation) -> None:
        """Show an annotation's card."""
        raise NotImplementedError  # by whoever has cards

    # Going --------------------------------------------------------------------------------------

    def do_tags(self, count: int) -> None:
        self.enter("tags")
        if self.tags.row is None:
            self.tags.step(1)

    def do_tags_leave(self, count: int) -> None:
        self.enter("article")

    def do_tags_escape(self, count: int) -> None:
        """Take back the last of what the pane was given, or leave it."""
        if self.tags.ticked:
            self.tags.untick()
        elif self.tags.filter or self.tags.arranging:
            self._show_only("")
        else:
            self.enter("article")

    def do_tags_row_next(self, count: int) -> None:
        self.tags.step(count)

    def do_tags_row_previous(self, count: int) -> None:
        self.tags.step(-count)

    def do_tags_page_next(self, count: int) -> None:
        self.tags.step(count * self.tags.page)

    def do_tags_page_previous(self, count: int) -> None:
        self.tags.step(-count * self.tags.page)

    def do_tags_start(self, count: int) -> None:
        self.tags.to_end(-1)

    def do_tags_end(self, count: int) -> None:
        self.tags.to_end(1)

    def do_tags_jump(self, count: int) -> None:
        row = self.tags.row
        if row is not None:
            self._visit_one(row.ids)
            self.enter("article")

    def do_tags_card(self, count: int) -> None:
        """Open the card of the row's first mark."""
        row = self.tags.row
        mark = self.desk.layers.find(row.ids[0]) if row is not None and row.ids else None
        if mark is not None:
            self.open_card(mark)
        else:
            self._say_no_row()

    def _say_no_row(self) -> None:
        self.say("There is no mark on this row", alarm=True)

    def _visit_one(self, wanted: Sequence[str]) -> None:
        """Go to the annotation; of several, to the one after the one that is current."""
        here = self.desk.current
        ids = [each for each in wanted if each in self.desk.layers]
        if not ids:  # deleted between the click and now
            return
        at = ids.index(here.id) + 1 if here is not None and here.id in ids else 0
        self.desk.visit(self.desk.layers.get(ids[at % len(ids)]))

    @on(TagsPane.Picked)
    def _row_clicked(self, message: TagsPane.Picked) -> None:
        self.leave_off()
        self._visit_one(message.row.ids)
        self.enter("article")
        self.show()

    @on(TagsPane.Ticked)
    def _box_clicked(self) -> None:
        self.leave_off()
        self.enter("tags")
        self.show()

    # Changing marks -----------------------------------------------------------------------------

    def do_tags_tick(self, count: int) -> None:
        for _ in range(count):
            if not self.tags.tick():
                self._say_no_row()
                return

    def do_tags_all(self, count: int) -> None:
        self.tags.tick_all()

    @property
    def _meant(self) -> list[Annotation]:
        """The ticked marks, or else those of the row, in reading order."""
        row = self.tags.row
        ids = self.tags.ticked or (row.ids if row is not None else ())
        found = (self.desk.layers.find(each) for each in ids)
        return sorted((each for each in found if each is not None), key=reading_order)

    def do_tags_delete(self, count: int) -> None:
        """Delete the marks that are meant; on the row of a claim's source only untie the two."""
        row = self.tags.row
        marks = self._meant
        if not self.tags.ticked and row is not None and row.role == "source":
            self.attempt(partial(self.desk.untie, self.desk.layers.link(row.link)))
        elif marks and (self.tags.ticked or (row is not None and row.role == "mark")):
            self.attempt(partial(self.desk.delete, *marks))
        else:
            self.say("There is nothing to delete on this row", alarm=True)

    def do_tags_kind(self, kind_name: str) -> None:
        """Make the marks that are meant ones of a kind; if they are, ask for their label."""
        kind = self.desk.session.scheme.kind(kind_name)
        marks = self._meant
        if not marks:
            self._say_no_row()
        elif kind.labels and all(each.kind == kind.name for each in marks):
            self._ask_labels(kind, marks)
        else:
            self.attempt(partial(self._retag, marks, kind))

    def do_tags_label(self, count: int) -> None:
        """Ask for a label for the marks that are meant."""
        marks = self._meant
        names = {each.kind for each in marks}
        kind = next((each for each in self.desk.session.scheme.kinds if {each.name} == names), None)
        if not marks:
            self._say_no_row()
        elif len(names) > 1:
            kinds = " and ".join(sorted(names))
            self.say(f"These are {kinds}: tick marks of one kind to label them", alarm=True)
        elif kind is None or not kind.labels:
            self.say(f"A {marks[0].kind} has no labels", alarm=True)
        else:
            self._ask_labels(kind, marks)

    def _ask_labels(self, kind: Kind, marks: Sequence[Annotation]) -> None:
        give = partial(self.desk.relabel_all, marks)
        answers: dict[str, Callable[[], str]] = {
            label.key: partial(give, label.name) for label in kind.labels
        }
        for key in ("enter", "space", kind.key):
            answers.setdefault(key, lambda: "Nothing was changed")
        answers["-"] = partial(give, None)
        hints = [Hint(label.key, label.short, label.key) for label in kind.labels]
        words = f"“{shown(marks[0])}”" if len(marks) == 1 else f"{len(marks):,} marks"
        labels = sorted({each.label or "none" for each in marks})
        now = f"now {labels[0]}" if len(labels) == 1 else "now several"
        question = f"Which {kind.name}? Esc cancels. {words}, {now}"
        self.ask(Asking(question, (*hints, Hint("-", "none", "-", kept=True)), answers))

    # Other rows ---------------------------------------------------------------------------------

    def do_tags_order(self, count: int) -> None:
        self._order = ORDERS[(ORDERS.index(self._order) + count) % len(ORDERS)]
        self._arrange(self.tags.filter)
        self.say(f"{_ORDERED[self._order]}. m: another order")

    def do_tags_filter(self, count: int) -> None:
        """Open the line that a filter is typed into, with what was typed last."""
        self.enter("tags")
        self.tags.type_filter(TypedLine(self.tags.filter))

    def _show_only(self, words: str) -> None:
        """Have only those marks shown that something holds for, once they are found."""
        self._arrange(words)
        self._tell_none()

    def _arrange(self, words: str) -> None:
        from reader.workspace.filtering import matching

        layers, scheme = self.desk.layers, self.desk.session.scheme
        wanted = matching(words, layers, scheme)
        outline = Outline(layers, scheme, self._order, wanted, whole=False)
        self.tags.rearrange(outline, " ".join(words.split()) if wanted is not None else "")

    def _tell_none(self) -> None:
        if self.tags.filter and not self.tags.shown and not self.tags.arranging:
            self.say("No mark is such")

    @on(TagsPane.Arranged)
    def _arranged(self) -> None:
        self._tell_none()
        self.show()

    @property
    def searching(self) -> bool:
        return super().searching or self.tags.arranging

    def _close_line(self) -> None:
        if self.tags.line is not None:
            self.tags.type_filter(None)

    def _typed(self, key: str, character: str | None) -> None:
        """Take a key of the line that a filter is typed into."""
        line = self.tags.line
        assert line is not None  # whoever calls this has looked
        before = line.words
        self.say("")
        if key == "escape":
            self._close_line()
            if self.tags.filter or self.tags.arranging:
                self._show_only("")
        elif key == "enter":
            self._close_line()
        elif key in _STEPS:
            self.tags.step(_STEPS[key])
        elif key in ("pagedown", "pageup"):
            self.tags.step(self.tags.page if key == "pagedown" else -self.tags.page)
        elif line.key(key, character):
            self.tags.type_filter(line)
            if line.words != before:
                self._show_only(line.words)
        self.show()

    def taken_by_input(self, event: events.Key) -> bool:
        """The line that a filter is typed into takes all keys."""
        if self.tags.line is None:
            return super().taken_by_input(event)
        event.stop()
        event.prevent_default()
        self._typed(event.key, event.character if event.is_printable else None)
        return True

    def press(self, key: str) -> None:
        """The same for keys that stand for a hint that was clicked."""
        if self.tags.line is None:
            super().press(key)
        else:
            self._typed(key, None)

    def on_paste(self, event: events.Paste) -> None:
        line = self.tags.line
        if line is not None:
            event.stop()
            line.insert(event.text)
            self._show_only(line.words)
            self.show()

    def leave_off(self) -> None:
        self._close_line()
        super().leave_off()

    # The foot -----------------------------------------------------------------------------------

    def usual_hints(self) -> list[Hint]:
        """In the pane: what can be done with the rows, or how marks are asked for."""
        if self.tags.line is not None:
            from reader.workspace.filtering import QUESTIONS

            return [
                *(Hint(example, "") for example in QUESTIONS),
                Hint("Enter", "keep", "enter", kept=True),
                Hint("Esc", "all marks", "escape", kept=True),
            ]
        return self._pane_hints() if self.pane == "tags" else super().usual_hints()

    def _pane_hints(self) -> list[Hint]:
        """The commands of the pane by their rank; those that change what is ticked come first, and
        those of the kinds are one hint."""
        ticked = len(self.tags.ticked)
        keys: dict[str, list[str]] = {}
        first: dict[str, Command] = {}
        for command in self._catalogue:
            if "tags" in command.panes and command.word and self.met(command.needs):
                stem = command.id.removesuffix(f".{command.argument}")
                keys.setdefault(stem, []).append(shown_key(command.keys[0]))
                first.setdefault(stem, command)
        keys["tags.row.next"] = ["↑ ↓"]
        ranked = sorted(
            first,
            key=lambda stem: (stem == "quit", ticked and stem not in _OF_TICKED, first[stem].rank),
        )
        hints = [Hint(f"{ticked:,} ticked:", "")] if ticked else []
        for stem in ranked:
            one = first[stem]
            hints.append(Hint(" ".join(keys[stem]), one.word, one.keys[0], kept=stem in _KEPT))
        if ticked or self.tags.filter:
            word = "untick" if ticked else "all marks"
            hints.append(Hint("Esc", word, "escape", kept=True))
        return hints
