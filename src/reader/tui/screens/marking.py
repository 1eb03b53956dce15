"""Marking: tagging, and every way to change what is tagged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.errors import InputError
from reader.model.annotation import Annotation
from reader.model.fragment import Fragments
from reader.model.scheme import Kind
from reader.tui.screens import standing
from reader.tui.screens.frame import Asking
from reader.tui.screens.tying import TyingFrame, numbers_beside
from reader.tui.widgets.hints import Hint
from reader.workspace.aside import Deed
from reader.workspace.edits import shown
from reader.workspace.history import LARGE

if TYPE_CHECKING:
    from reader.workspace.occurrences import Ticked


class MarkingFrame(TyingFrame):
    """A document's screen on which words are marked, and marks changed."""

    # Tagging ------------------------------------------------------------------------------------

    def do_tag(self, kind_name: str) -> None:
        """Tag at once, or ask for the label first where the scheme says so, or a twin has one."""
        desk = self.desk
        kind = desk.session.scheme.kind(kind_name)
        twin = desk.twin(kind)
        if twin is not None and kind.labels:
            self.ask_label(kind, partial(desk.relabel, twin), twin.label, twin.fragments)
        elif twin is not None:
            desk.visit(twin)
            self.say(f"“{shown(twin)}” is tagged as {kind.name} already")
        elif desk.doubles(kind):
            answers: dict[str, Callable[[], str]] = {kind.key: partial(desk.tag, kind)}
            hints = (Hint(kind.key, "these very words", kind.key), Hint("Esc", "stay", "escape"))
            question = (
                f"No {kind.name} is found beside “{standing.selected(desk)}”: go to its words"
            )
            self.ask(Asking(question, hints, answers))
        elif kind.asks:
            target = desk.target(kind)
            self.ask_label(kind, partial(desk.tag, kind, fragments=target), None, target)
        else:
            self.attempt(partial(desk.tag, kind))

    def ask_label(
        self,
        kind: Kind,
        give: Callable[..., str],
        now: str | None,
        preview: Fragments = (),
        words: str = "",
    ) -> None:
        """Ask for a label, and `give` it. What is marked is settled now, whatever comes between.

        Enter, or the kind's key again, leaves it at the label there is now; minus takes that away.
        """
        answers: dict[str, Callable[[], str]] = {
            label.key: partial(give, label=label.name) for label in kind.labels
        }
        for key in ("enter", "space", kind.key):
            answers.setdefault(key, partial(give, label=now))
        answers["-"] = partial(give, label=None)
        hints = [Hint(label.key, label.short, label.key) for label in kind.labels]
        words = words or f"“{standing.words_of(self.desk, preview)}”"
        question = f"Which {kind.name}? Enter: {now or 'none'}. Esc cancels. {words}"
        self.ask(Asking(question, tuple(hints), answers, preview=preview))

    def ask_kind(self, question: str, give: Callable[[Kind], str]) -> None:
        """Ask for a kind by its key."""
        kinds = self.desk.session.scheme.kinds
        answers: dict[str, Callable[[], str]] = {kind.key: partial(give, kind) for kind in kinds}
        hints = tuple(Hint(kind.key, kind.name, kind.key) for kind in kinds)
        self.ask(Asking(f"{question} Esc cancels.", hints, answers))

    def do_repeat(self, count: int) -> None:
        self.attempt(self.desk.repeat)

    def do_mark_retag(self, count: int) -> None:
        """Ask for another kind, and its label where it has some that are asked for."""
        here = self._here()
        self.ask_kind(f"“{shown(here)}” is a what?", partial(self._retag, [here]))

    def _retag(self, marks: Sequence[Annotation], kind: Kind) -> str:
        desk = self.desk
        if not kind.asks:
            return desk.retag(marks, kind)
        words = f"“{shown(marks[0])}”" if len(marks) == 1 else f"{len(marks)} marks"
        now = marks[0].label if all(each.kind == kind.name for each in marks) else None
        self.ask_label(kind, partial(desk.retag, marks, kind), now, words=words)
        return self.message

    def do_mark_delete(self, count: int) -> None:
        self.attempt(partial(self.desk.delete, self._here()))

    def _here(self) -> Annotation:
        here = self.desk.current
        assert here is not None  # what the command needs
        return here

    # Every occurrence ---------------------------------------------------------------------------

    def do_occurrences(self, count: int) -> None:
        """List the other places of a mark's words, to tick those that are to be marked as well."""
        from reader.tui.screens.ticking import TickScreen

        desk, here = self.desk, self._here()
        try:
            occurrences = desk.occurrences(here)
        except InputError as error:
            self.say(str(error), alarm=True)
            return

        def ticked(places: Ticked | None) -> None:
            if places and len(places) > LARGE:
                self._tag_many(here, places)
            elif places:
                self.attempt(partial(desk.tag_all, here, places))
            self.show()

        screen = TickScreen(occurrences, here.label or here.kind)
        self.cover(partial(self.app.push_screen, screen, ticked))

    def _tag_many(self, here: Annotation, places: Ticked) -> None:
        many = f"{len(places):,} “{shown(here, 24)}”"

        def told() -> str:
            if places.reached < len(places):
                percent = 100 * places.reached // len(places)
                return f"Tagging {many}, {percent} %: Escape stops it, other keys are kept"
            return f"Saving {many}: keys are kept until they are saved"

        def more() -> None:
            if places.left and not places.stopped:
                self.say(f"{self.message}; * tags {places.left:,} more")

        deed = self.desk.tagging_all(here, places)
        self.attempt_aside(deed, told, stop=places.stop, then=more)

    # Edges and parts ----------------------------------------------------------------------------

    def do_mark_fit(self, count: int) -> None:
        self.attempt(self.desk.fit)

    def do_mark_split(self, count: int) -> None:
        self.attempt(self.desk.split)

    def do_mark_join(self, count: int) -> None:
        """Ask with which mark; what is selected outside of all marks becomes a part of it."""
        desk = self.desk
        can = desk.joinable()
        here = can.here
        answers: dict[str, Callable[[], str]] = {}
        hints = []
        for number, partner in enumerate(can.partners, start=1):
            key = str(number)
            answers[key] = (
                partial(desk.join_selection, partner, can.stretch)
                if here is None
                else partial(desk.join, here, partner)
            )
            hints.append(Hint(key, shown(partner, 24), key))
        if here is not None and can.gaps:
            answers["0"] = partial(desk.close_gaps, here)
            hints.append(Hint("0", "close its gaps", "0", kept=True))
        if not answers:
            what = "the selection" if here is None else f"this {here.kind}"
            self.say(f"There is no mark near that {what} could be joined to", alarm=True)
            return
        words = f"“{shown(here)}”" if here is not None else f"“{standing.selected(desk)}”"
        question = f"Join {words} to which? Esc cancels."
        self.ask(Asking(question, tuple(hints), answers, badges=numbers_beside(can.partners)))

    # Undoing ------------------------------------------------------------------------------------

    def do_undo(self, count: int) -> None:
        for left in reversed(range(count)):
            if not self.met("undo"):
                return
            if self.desk.session.undo_is_large:
                self._turn_large(self.desk.undoing(), "taken back", partial(self.do_undo, left))
                return
            if not self.attempt(self.desk.undo):
                return

    def do_redo(self, count: int) -> None:
        for left in reversed(range(count)):
            if not self.met("redo"):
                return
            if self.desk.session.redo_is_large:
                self._turn_large(self.desk.redoing(), "done again", partial(self.do_redo, left))
                return
            if not self.attempt(self.desk.redo):
                return

    def _turn_large(self, deed: Deed[str], how: str, then: Callable[[], object]) -> None:
        told = f"A change of many marks is being {how}: keys are kept until that is saved"
        self.attempt_aside(deed, lambda: told, then=then)

    # Going --------------------------------------------------------------------------------------

    def do_mark_next(self, count: int) -> None:
        if not self.desk.to_mark(1, count):
            self.say("There is no further mark")

    def do_mark_previous(self, count: int) -> None:
        if not self.desk.to_mark(-1, count):
            self.say("There is no mark before this")

    def do_mark_cycle(self, count: int) -> None:
        if self.desk.cycle() < 2:
            self.say("Only one mark lies here")

    def do_copy(self, count: int) -> None:
        """The words with their place to the clipboard, by the terminal (OSC 52)."""
        desk = self.desk
        here = desk.current
        start = here.start if here is not None else desk.selection.start
        numbering = self.article.numbering
        number = numbering.holding(start) if numbering.reaches(start) else None
        self.app.copy_to_clipboard(desk.quotation(number or None))
        words = shown(here) if here is not None else standing.selected(desk)
        self.say(f"Copied “{words}” with its place, if the terminal lets a program do that")
