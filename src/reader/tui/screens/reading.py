"""The screen where a document is read and marked: its motions, and the mouse.

The command `x.y` is the method `do_x_y` of this screen, or of one of those it is made of: marking,
tying, jumping, the tagging pane, cards and files each have theirs.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from textual import on

from reader.tui.commands.command import Command
from reader.tui.screens.going import GoingFrame
from reader.tui.widgets.article import ArticlePane
from reader.workspace import selection as motion
from reader.workspace.desk import Motion

MOTIONS: Final[dict[str, Motion]] = {
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
    "extend.clause.next": partial(motion.extended_to_clause, step=1),
    "extend.clause.previous": partial(motion.extended_to_clause, step=-1),
    "select.grow": motion.grown,
    "select.shrink": motion.shrunk,
}
"""The commands that are nothing but a motion; the others are methods."""


_PAUSE: Final = 0.01
"""Seconds between two steps of a motion that goes far, in which keys are taken."""


class ReadingScreen(GoingFrame):
    """One open document and the commands on it."""

    _column: int | None = None
    """The cell where a run of row motions began, which the later ones keep to."""

    def perform(self, command: Command, count: int) -> None:
        if ".row." not in command.id and ".page." not in command.id:
            self._column = None
        if command.id in MOTIONS:
            self.desk.move(MOTIONS[command.id], count)
            self._tell_look("")
        else:
            super().perform(command, count)

    # Moving -------------------------------------------------------------------------------------

    def do_move_candidate_next(self, count: int) -> None:
        moved = self.desk.to_candidate(1, count)
        self._tell_look("" if moved else "No name or quotation ahead that is not tagged")

    def do_move_candidate_previous(self, count: int) -> None:
        moved = self.desk.to_candidate(-1, count)
        self._tell_look("" if moved else "None before this that is not tagged")

    _looking = ""
    """What was said last of a motion that goes on for longer than a key may take."""

    def _tell_look(self, none: str) -> None:
        """Say how far such a motion is, and have it go on; or else what it came to."""
        look = self.desk.look
        if look is None:
            self.say(none)
            return
        self._looking = f"Going on, {look.told}; any key ends it"
        self.say(self._looking)
        self.set_timer(_PAUSE, partial(self._look_on, none or "There is no more of them"))

    def _look_on(self, none: str) -> None:
        if self.message == self._looking:  # no key was pressed meanwhile
            moved = self.desk.look_on()
            self._tell_look("" if moved and self.desk.look is None else none)
            self.show()

    def do_move_start(self, count: int) -> None:
        self.desk.move_to(0)
        self._bring_edge(end=False)

    def do_move_end(self, count: int) -> None:
        self.desk.move_to(len(self.desk.text))
        self._bring_edge(end=True)

    def _bring_edge(self, *, end: bool) -> None:
        """Show the text's own edge, also where there are no words."""
        now = self.desk.selection
        self.article.bring_edge(self.followed or now.fragment, end=end)
        self.stay_in_view()

    def do_move_row_next(self, count: int) -> None:
        self.desk.move_to(self._rows_away(count))

    def do_move_row_previous(self, count: int) -> None:
        self.desk.move_to(self._rows_away(-count))

    def do_move_page_next(self, count: int) -> None:
        self._page(count * self.article.page)

    def do_move_page_previous(self, count: int) -> None:
        self._page(-count * self.article.page)

    def _page(self, rows: int) -> None:
        """To the words so many rows away. Where there are none, and as long as none are in view,
        it is the view that moves."""
        here = self.desk.selection.active
        place = self._rows_away(rows)
        if self.article.is_blank or (place == here and self.article.shows(here)):
            self.article.scroll_rows(rows)
            self.stay_in_view()
        else:
            self.desk.move_to(place)

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

    # The mouse ----------------------------------------------------------------------------------

    @on(ArticlePane.Clicked)
    def _clicked(self, message: ArticlePane.Clicked) -> None:
        """Once selects a mark or a word, twice the word, three times the sentence."""
        self.leave_off()
        match message.times:
            case 1:
                self.desk.click(message.position)
            case 2:
                self.desk.move_to(message.position)
            case _:
                self.desk.move_to_sentence(message.position)
        self.enter("article")
        self.show()

    _held_end: int | None = None
    """The end of the current mark that stays while the other one is dragged."""
    _dragging = False

    @on(ArticlePane.Dragged)
    def _drag(self, message: ArticlePane.Dragged) -> None:
        """Select what is dragged over; from an edge of the current mark, move that edge."""
        desk = self.desk
        if not self._dragging:
            self.leave_off()
            self.enter("article")
            self._dragging, self._held_end = True, desk.other_edge(message.origin)
        origin = message.origin if self._held_end is None else self._held_end
        desk.select_between(origin, message.position)
        if message.ended:
            self._dragging = False
            if self._held_end is not None:
                self.attempt(desk.fit)
        self.article.keep(message.position)
        self.stay_in_view()  # what is dragged over is under the mouse
        self.show()
