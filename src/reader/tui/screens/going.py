"""Cards, and the ways out of a document: to a place, to another text, to a file, to a theme."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.model.annotation import UNATTRIBUTED, Annotation
from reader.model.document import Document
from reader.text.cells import cut, safe, safe_lines
from reader.tui.screens.exporting import ExportingFrame
from reader.tui.screens.frame import Asking
from reader.tui.screens.wanted import DocumentWanted, Finished, ListWanted, ThemeWanted
from reader.tui.themes import KEYS
from reader.tui.widgets.hints import Hint
from reader.workspace.edits import shown

if TYPE_CHECKING:
    from reader.tui.screens.card import CardScreen, Filled
    from reader.tui.widgets.form import Field

_PLACE: Final = r"\s*(?:(\d{1,9}(?:[.,]\d{1,9})?)\s*%|[¶#]?\s*(\d{1,9}))\s*"

_TIES: Final = 5
"""So many ties are named on a card: what is to be filled in must not be pushed off it."""


class About(NamedTuple):
    """What a card is of, as it was when it was opened: a mark, or the document when there is
    none."""

    annotation: Annotation | None
    document: Document


class GoingFrame(ExportingFrame):
    """A document's screen from which one goes to a card, a place, a file or another text."""

    # Cards --------------------------------------------------------------------------------------

    def do_mark_open(self, count: int) -> None:
        annotation = self.desk.current
        assert annotation is not None  # what the command needs
        self.open_card(annotation)

    def open_card(
        self, annotation: Annotation, draft: Filled | None = None, trouble: str = ""
    ) -> None:
        """Show an annotation's card; `draft` is what was filled in before and could not be saved,
        and `trouble` why not."""
        from reader.tui.screens.fields import of_mark

        fields = of_mark(annotation, self.desk.session.scheme, draft)
        words = f"“{annotation.words}”"
        self._card(annotation.kind, words, fields, self._facts(annotation), annotation, trouble)

    def do_document_card(self, count: int) -> None:
        self.open_document_card()

    def open_document_card(self, draft: Filled | None = None, trouble: str = "") -> None:
        """Show the card of the document."""
        from reader.tui.screens.fields import of_document

        document = self.desk.session.document
        facts = [f"{document.length:,} characters, {document.encoding}, {document.newline}"]
        facts += [f"read from {path}" for path in document.paths[-1:]]
        fields = of_document(document, draft)
        self._card("document", document.title, fields, facts, None, trouble)

    def _card(
        self,
        title: str,
        words: str,
        fields: Sequence[Field],
        facts: Sequence[str],
        annotation: Annotation | None,
        trouble: str,
    ) -> None:
        from reader.tui.screens.card import CardScreen

        about = About(annotation, self.desk.session.document)
        card = CardScreen(title, words, fields, facts, about=about, trouble=trouble)
        self.typing = True
        self.show_hints()
        self.cover(partial(self.app.push_screen, card, partial(self._filled, about)))

    def _facts(self, annotation: Annotation) -> Sequence[str]:
        desk = self.desk
        facts = []
        ties = desk.ties(annotation)
        for tie in ties[:_TIES]:
            via = desk.layers.find(tie.link.via_id) if tie.link.via_id else None
            by = f" ({shown(via, 24)})" if via is not None else ""
            facts.append(f"{tie.word} {tie.other.kind} “{shown(tie.other, 48)}”{by}")
        if len(ties) > _TIES:
            facts.append(f"… and {len(ties) - _TIES:,} ties more")
        if annotation.unattributed:
            facts.append("no source named")
        known = {each.name for each in desk.session.scheme.attributes(annotation.kind)}
        facts += [
            f"{name}: {value}"
            for name, value in annotation.attributes.items()
            if name != UNATTRIBUTED and name not in known
        ]
        facts.append(f"{annotation.annotator}, {annotation.updated[:16].replace('T', ' ')} UTC")
        return facts

    def _save(self, about: About, filled: Filled) -> str:
        """Save what was left on a card."""
        if about.annotation is None:
            # what was left alone may be another by now: another session has a card, too
            mine = {
                name: value
                for name, value in filled.items()
                if value != getattr(about.document, name)
            }
            change = self.desk.session.set_document(mine)
            return f"{change.did[:1].upper()}{change.did[1:]}" if change else ""
        attributes = dict(filled)
        label, note = attributes.pop("label", None), attributes.pop("note")
        assert label is None or isinstance(label, str)
        return self.desk.describe(
            about.annotation, label=label, note=str(note), attributes=attributes
        )

    def take_from_card(self, card: CardScreen) -> str:
        """Save what stands on a card that is closed from outside; what must be said if it fails."""
        assert isinstance(card.about, About)
        if self.attempt(partial(self._save, card.about, card.left)):
            return ""
        return f"{self.message} The note was: {card.left['note']}"

    def _filled(self, about: About, filled: Filled | None) -> None:
        """Save what was left on the card. What cannot be saved is put back on it, not dropped."""
        self.typing = False
        mark = about.annotation
        if filled is None:
            return
        if mark is not None and mark.id not in self.desk.layers:
            note = str(filled["note"])
            self.app.copy_to_clipboard(note)
            text = f"The mark was deleted by another session. Its note was: {note}"
            self.notify(safe_lines(text), severity="error", markup=False, timeout=60)
        elif not self.attempt(partial(self._save, about, filled)):
            if mark is None:
                self.open_document_card(filled, self.message)
            else:
                self.open_card(mark, filled, self.message)
        self._show_titles()
        self.show()

    # Places -------------------------------------------------------------------------------------

    def do_go_to(self, count: int) -> None:
        """Ask for a percentage or the number of a paragraph, and go there."""
        from reader.tui.screens.place import PlaceScreen

        def go(place: str | None) -> None:
            if place:
                self._go_to(place)
            self.show()

        why = "A percentage of the text (50 %), or a paragraph's number (12):"
        asked = PlaceScreen("Go to", why, "", "Enter: go there · Esc: back")
        self.cover(partial(self.app.push_screen, asked, go))

    def _go_to(self, place: str) -> None:
        match = re.fullmatch(_PLACE, place)
        if match is None:
            self.say(
                f"“{cut(safe(place), 20)}” is neither a percentage nor a paragraph's number",
                alarm=True,
            )
            return
        percent, number = match.groups()
        if percent is not None:
            self.desk.to_percent(float(percent.replace(",", ".")))
        elif not self.desk.to_paragraph(self.article.numbering, int(number)):
            known = self.article.numbering.known
            more = "" if self.article.numbering.complete else " so far; they are being counted"
            self.say(f"There are {known:,} paragraphs{more}", alarm=True)

    # The view -----------------------------------------------------------------------------------

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
        """Ask for a theme by its letter."""
        answers: dict[str, Callable[[], str]] = {
            key: partial(self._theme, name) for key, name in KEYS.items()
        }
        hints = tuple(Hint(key, name, key) for key, name in KEYS.items())
        self.ask(Asking("Which theme? Esc cancels.", hints, answers))

    def _theme(self, name: str) -> str:
        self.post_message(ThemeWanted(name))
        return f"Theme: {name}"

    # Documents ----------------------------------------------------------------------------------

    def do_document_next(self, count: int) -> None:
        self.leave(partial(self.want, DocumentWanted(count)))

    def do_document_previous(self, count: int) -> None:
        self.leave(partial(self.want, DocumentWanted(-count)))

    def do_document_list(self, count: int) -> None:
        self.want(ListWanted())

    def do_document_done(self, count: int) -> None:
        if self.attempt(self.desk.mark_done):
            self._show_titles()

    # The program --------------------------------------------------------------------------------

    def do_help(self, count: int) -> None:
        from reader.tui.screens.help import HelpScreen

        self.cover(partial(self.app.push_screen, HelpScreen(self._catalogue)))

    def do_palette(self, count: int) -> None:
        self.cover(self.app.action_command_palette)

    def do_quit(self, count: int) -> None:
        self.leave(partial(self.want, Finished()))
