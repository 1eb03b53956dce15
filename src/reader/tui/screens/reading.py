"""The screen where a document is read and marked: what each command does there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import on
from textual.message import Message

from reader.model.annotation import Annotation
from reader.model.scheme import Kind
from reader.text.cells import safe_lines
from reader.tui.commands.command import Command
from reader.tui.screens import standing
from reader.tui.screens.frame import Asking, DocumentFrame
from reader.tui.screens.leaving import LeavingFrame
from reader.tui.widgets.article import ArticlePane
from reader.tui.widgets.hints import Hint
from reader.tui.widgets.tags import TagsPane
from reader.workspace import selection as motion
from reader.workspace.desk import Motion
from reader.workspace.edits import shown

if TYPE_CHECKING:
    from reader.tui.screens.card import CardScreen, Described

_MOTIONS: Final[dict[str, Motion]] = {
    "move.word.next": motion.next_word,
    "move.word.previous": motion.previous_word,
    "move.sentence.next": motion.next_sentence,
    "move.sentence.previous": motion.previous_sentence,
    "move.paragraph.next": motion.next_paragraph,
    "move.paragraph.previous": motion.previous_paragraph,
    "move.quotation.next": motion.next_quotation,
    "move.quotation.previous": motion.previous_quotation,
    "extend.word.next": partial(motion.extended_by_word, step=1),
    "extend.word.previous": partial(motion.extended_by_word, step=-1),
    "extend.character.next": partial(motion.extended_by_character, step=1),
    "extend.character.previous": partial(motion.extended_by_character, step=-1),
    "select.grow": motion.grown,
    "select.shrink": motion.shrunk,
}
"""The commands that are nothing but a motion; the others are methods."""


class ReadingScreen(LeavingFrame):
    """One open document and the commands on it: the command `x.y` is the method `do_x_y`."""

    @dataclass
    class DocumentWanted(Message):
        """The document so many places further in the queue was asked for."""

        screen: DocumentFrame
        step: int

    class ThemeWanted(Message):
        """The other theme was asked for."""

    class Finished(Message):
        """The person has finished."""

    _column: int | None = None
    """The cell where a run of row motions began, which the later ones keep to."""

    def perform(self, command: Command, count: int) -> None:
        if ".row." not in command.id and ".page." not in command.id:
            self._column = None
        if command.id in _MOTIONS:
            self.desk.move(_MOTIONS[command.id], count)
        else:
            super().perform(command, count)

    # Moving -------------------------------------------------------------------------------------

    def do_move_candidate_next(self, count: int) -> None:
        if not self.desk.to_candidate(1, count):
            self.say("No name or quotation ahead that is not tagged")

    def do_move_candidate_previous(self, count: int) -> None:
        if not self.desk.to_candidate(-1, count):
            self.say("None before this that is not tagged")

    def do_move_start(self, count: int) -> None:
        self.desk.move_to(0)

    def do_move_end(self, count: int) -> None:
        self.desk.move_to(len(self.desk.text))

    def do_move_row_next(self, count: int) -> None:
        self.desk.move_to(self._rows_away(count))

    def do_move_row_previous(self, count: int) -> None:
        self.desk.move_to(self._rows_away(-count))

    def do_move_page_next(self, count: int) -> None:
        self.desk.move_to(self._rows_away(count * self.article.page))

    def do_move_page_previous(self, count: int) -> None:
        self.desk.move_to(self._rows_away(-count * self.article.page))

    def do_extend_row_next(self, count: int) -> None:
        self.desk.extend_to(self._rows_away(count))

    def do_extend_row_previous(self, count: int) -> None:
        self.desk.extend_to(self._rows_away(-count))

    def do_extend_turn(self, count: int) -> None:
        self.desk.select(motion.turned(self.desk.selection))

    def _rows_away(self, rows: int) -> int:
        """The position so many visual rows away, in the column where row motions began."""
        position = self.desk.selection.active
        if self._column is None:
            self._column = self.article.rows.column(position)
        return self.article.position_of_row(position, rows, self._column)

    # Marking ------------------------------------------------------------------------------------

    def do_tag(self, kind_name: str) -> None:
        """Tag at once, or ask for the label first where the scheme says so, or a twin has one."""
        desk = self.desk
        kind = desk.session.scheme.kind(kind_name)
        twin = desk.twin(kind)
        if twin is not None and kind.labels:
            self._ask_label(kind, partial(desk.relabel, twin), twin.label)
        elif twin is not None:
            desk.visit(twin)
            self.say(f"“{shown(twin)}” is tagged as {kind.name} already")
        elif kind.asks:
            self._ask_label(kind, partial(desk.tag, kind, fragments=desk.target(kind)), None)
        else:
            self.attempt(partial(desk.tag, kind))

    def _ask_label(self, kind: Kind, give: Callable[..., str], now: str | None) -> None:
        """Ask for a label, and `give` it. What is marked is settled now, whatever comes between.

        Enter, or the kind's key again, leaves it at the label there is now; minus takes that away.
        """
        desk = self.desk
        answers: dict[str, Callable[[], str]] = {
            label.key: partial(give, label=label.name) for label in kind.labels
        }
        for key in ("enter", "space", kind.key):
            answers.setdefault(key, partial(give, label=now))
        answers["-"] = partial(give, label=None)
        hints = [Hint(label.key, label.short, label.key) for label in kind.labels]
        words = standing.words(desk, kind.name)
        question = f"Which {kind.name}? Enter: {now or 'none'}. Esc cancels. “{words}”"
        self.ask(Asking(question, tuple(hints), answers, preview=desk.target(kind)))

    def do_attribute(self, count: int) -> None:
        desk = self.desk
        here = desk.current
        assert here is not None  # what the command needs
        partners = desk.partners()
        answers: dict[str, Callable[[], str]] = {}
        hints = []
        badges = {}
        tied = False
        for number, partner in enumerate(partners, start=1):
            tie = desk.own_tie(here, partner) if here.kind == "claim" else None
            word = shown(partner, 24)
            if tie is not None:
                tied, word = True, f"not {word}"
                answers[str(number)] = partial(desk.untie, tie)
            else:
                answers[str(number)] = partial(desk.attribute, here, partner)
            hints.append(Hint(str(number), word, str(number)))
            badges[partner.start] = str(number)
        if here.kind == "claim":
            answers["0"] = partial(desk.no_source, here)
            hints.append(Hint("0", "no source", "0", kept=True))
        if not partners and here.kind == "source":
            self.say("Every claim has its source already", alarm=True)
            return
        question = "Whose claim is it?" if here.kind == "claim" else "Which claim is theirs?"
        if tied:
            question = "Who else says so, or who does not?"
        question = f"{question} Esc cancels. “{shown(here)}”"
        if not partners:
            question = "No source is tagged yet: Esc, then s tags one. Or is there none?"
        self.ask(Asking(question, tuple(hints), answers, badges=badges))

    def do_mark_next(self, count: int) -> None:
        if not self.desk.to_mark(1, count):
            self.say("There is no further mark")

    def do_mark_previous(self, count: int) -> None:
        if not self.desk.to_mark(-1, count):
            self.say("There is no mark before this")

    def do_mark_cycle(self, count: int) -> None:
        if self.desk.cycle() < 2:
            self.say("Only one mark lies here")

    def do_mark_open(self, count: int) -> None:
        annotation = self.desk.current
        assert annotation is not None  # what the command needs
        self.open_card(annotation)

    def open_card(
        self, annotation: Annotation, draft: Described | None = None, trouble: str = ""
    ) -> None:
        """Show an annotation's card; `draft` is what was typed before and could not be saved, and
        `trouble` why not."""
        from reader.tui.screens.card import CardScreen, Described

        scheme = self.desk.session.scheme
        labels = next((kind.labels for kind in scheme.kinds if kind.name == annotation.kind), ())
        left = draft or Described(annotation.label, annotation.note)
        card = CardScreen(annotation, labels, self._facts(annotation), left, trouble)
        self.typing = True
        self.show_hints()
        self.cover(partial(self.app.push_screen, card, partial(self._described, annotation)))

    def take_from_card(self, card: CardScreen) -> str:
        """Save what stands on a card that is closed from outside; what must be said if it fails."""
        label, note = card.left
        if self.attempt(partial(self.desk.describe, card.annotation, label=label, note=note)):
            return ""
        return f"{self.message} The note was: {note}"

    def _facts(self, annotation: Annotation) -> Sequence[str]:
        ties = self.desk.attributions(annotation)
        arrow = "← " if annotation.kind == "claim" else "→ "
        facts = [f"{arrow}{shown(other, 60)}" for _, other in ties]
        if annotation.unattributed:
            facts.append("no source named")
        facts += [
            f"{name}: {value}"
            for name, value in annotation.attributes.items()
            if name != "unattributed"
        ]
        facts.append(f"{annotation.annotator}, {annotation.updated[:16].replace('T', ' ')} UTC")
        return facts

    def _described(self, annotation: Annotation, described: Described | None) -> None:
        """Save what was left on the card. What cannot be saved is put back on it, not dropped."""
        self.typing = False
        if described is None:
            return
        label, note = described
        now = self.desk.layers.find(annotation.id)
        if now is None:
            self.app.copy_to_clipboard(note)
            text = f"The mark was deleted by another session. Its note was: {note}"
            self.notify(safe_lines(text), severity="error", markup=False, timeout=60)
        elif not self.attempt(partial(self.desk.describe, annotation, label=label, note=note)):
            self.open_card(annotation, described, self.message)
        self.show()

    def do_mark_delete(self, count: int) -> None:
        annotation = self.desk.current
        assert annotation is not None  # what the command needs
        self.attempt(partial(self.desk.delete, annotation))

    def do_undo(self, count: int) -> None:
        for _ in range(count):
            if not self.met("undo") or not self.attempt(self.desk.undo):
                return

    def do_redo(self, count: int) -> None:
        for _ in range(count):
            if not self.met("redo") or not self.attempt(self.desk.redo):
                return

    # The tagging pane ---------------------------------------------------------------------------

    def do_tags(self, count: int) -> None:
        self.enter("tags")
        if self.tags.row is None:
            self.tags.step(1)

    def do_tags_leave(self, count: int) -> None:
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

    def do_tags_delete(self, count: int) -> None:
        """Delete the row's marks; on the row of a claim's source only untie the two."""
        row = self.tags.row
        if row is None:
            return
        if row.role == "source":
            self.attempt(partial(self.desk.untie, self.desk.layers.link(row.link)))
        elif row.role == "mark":
            marks = [self.desk.layers.get(each) for each in row.ids]
            self.attempt(partial(self.desk.delete, *marks))
        else:
            self.say("There is nothing to delete on this row", alarm=True)

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

    # The mouse ----------------------------------------------------------------------------------

    @on(ArticlePane.Clicked)
    def _clicked(self, message: ArticlePane.Clicked) -> None:
        self.leave_off()
        self.desk.click(message.position)
        self.enter("article")
        self.show()

    # The program --------------------------------------------------------------------------------

    def do_help(self, count: int) -> None:
        from reader.tui.screens.help import HelpScreen

        self.cover(partial(self.app.push_screen, HelpScreen(self._catalogue)))

    def do_palette(self, count: int) -> None:
        self.cover(self.app.action_command_palette)

    def do_view_numbers(self, count: int) -> None:
        shown = self.article.number_paragraphs()
        self.say("The paragraphs are numbered" if shown else "The paragraphs have no numbers")

    def do_view_spacing(self, count: int) -> None:
        rows = self.article.space_rows()
        self.say("The rows stand close" if rows == 1 else f"Each row takes {rows}")

    def do_view_wider(self, count: int) -> None:
        self.say(f"Rows of up to {self.article.measure_by(4 * count)} cells")

    def do_view_narrower(self, count: int) -> None:
        self.say(f"Rows of up to {self.article.measure_by(-4 * count)} cells")

    def do_theme(self, count: int) -> None:
        self.post_message(self.ThemeWanted())

    def do_document_next(self, count: int) -> None:
        self.leave(lambda: self.post_message(self.DocumentWanted(self, count)))

    def do_document_previous(self, count: int) -> None:
        self.leave(lambda: self.post_message(self.DocumentWanted(self, -count)))

    def do_quit(self, count: int) -> None:
        self.leave(lambda: self.post_message(self.Finished()))
