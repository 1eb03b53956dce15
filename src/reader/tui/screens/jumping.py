"""Jumping: every word in view gets a letter or two, and typing those goes there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from reader.text.segment import Span
from reader.tui.screens.frame import Asking
from reader.tui.screens.pane import PaneFrame
from reader.tui.widgets.hints import Hint
from reader.workspace.jumping import in_view, signs

Go = Callable[[Span], None]


class JumpingFrame(PaneFrame):
    """A document's screen on which any word is three keys away."""

    def do_jump(self, count: int) -> None:
        def select(word: Span) -> None:
            self.desk.move_to(word[0])

        self._label(select, "Go to which word?")

    def do_jump_extend(self, count: int) -> None:
        def extend(word: Span) -> None:
            self.desk.extend_to(word[0])

        self._label(extend, "Extend to which word?")

    def _label(self, go: Go, question: str) -> None:
        desk = self.desk
        words = in_view(desk.text, self.article.stretch, desk.selection.start)
        self._narrow(words, go, question)

    def _narrow(self, labelled: dict[str, Span], go: Go, question: str) -> str:
        """Ask for the next letter of the labels that are left."""
        left: dict[str, dict[str, Span]] = {}
        for label, word in labelled.items():
            left.setdefault(label[0], {})[label[1:]] = word
        answers: dict[str, Callable[[], str]] = {}
        for letter, following in left.items():
            if "" in following:
                answers[letter] = partial(_gone, go, following[""])
            else:
                answers[letter] = partial(self._narrow, following, go, question)
        hints = (
            Hint("a … z", "the letters on the word", ""),
            Hint("Esc", "stay", "escape", kept=True),
        )
        shown = signs(self.desk.text, labelled)
        self.ask(Asking(question, hints, answers, labels=shown))
        return question


def _gone(go: Go, word: Span) -> str:
    go(word)
    return ""
