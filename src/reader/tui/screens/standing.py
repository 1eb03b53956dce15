"""What the two lines at the foot say: where one is, what a key would take, what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reader.model.fragment import Fragments
from reader.tui.commands.command import Command, Need, Pane, shown_key
from reader.tui.commands.machine import Wait
from reader.tui.widgets.hints import Hint
from reader.workspace.desk import Desk
from reader.workspace.edits import shown
from reader.workspace.selection import Selection

_ONLY_WHEN_MET = frozenset(
    {"words", "redo", "undo", "hits", "queue", "pair", "tagged", "mark", "moved", "waiting"}
)
"""Commands with such a need are left out of the footer while it is not met."""

_KEPT = frozenset({"help", "quit", "tags.leave"})
"""What the narrowest footer still shows."""

_ON_MARK = frozenset({"mark", "moved", "pair", "undo", "waiting"})


def met(desk: Desk, need: Need) -> bool:
    """Whether what a command needs is there."""
    here = desk.current
    match need:
        case "words":
            return desk.has_words
        case "mark":
            return here is not None
        case "moved":
            now = desk.selection
            return here is not None and now.hard and now.fragment not in here.fragments
        case "pair":
            tied = here is not None and here.kind in ("claim", "source")
            return tied or (desk.has_words and desk.layers.open_claims > 0)
        case "tagged":
            return desk.repeats is not None
        case "undo":
            return desk.session.undoable
        case "redo":
            return desk.session.redoable
        case "hits":
            return bool(desk.pattern)
        case "waiting":
            return bool(desk.session.waiting)
    return need == ""


def subject(desk: Desk) -> str:
    """The current annotation by name, with its source and its note; nothing when there is none."""
    here = desk.current
    if here is None:
        return ""
    parts = [f"{here.label or here.kind} “{shown(here, 48)}”"]
    if here.label:
        parts[0] = f"{here.kind}, {parts[0]}"
    if here.kind == "claim":
        sources = [shown(source, 24) for _, source in desk.attributions(here)]
        if sources:
            parts.append(f"← {', '.join(sources)}")
        else:
            parts.append("no source named" if here.unattributed else "a: whose claim is it?")
    if here.anchor != "same":
        parts.append(f"its place is uncertain ({here.anchor})")
    if here.note:
        parts.append(f"✎ {here.note}")
    return " · ".join(parts)


def on_mark(desk: Desk) -> bool:
    """Whether the selection is the current annotation, or one of its fragments."""
    here = desk.current
    return here is not None and desk.selection.fragment in here.fragments


def place(desk: Desk) -> str:
    """In which annotation one is, where the selection is only a part of it."""
    here = desk.current
    return f"in {here.kind} “{shown(here, 16)}”  " if here is not None else ""


class Taking:
    """What each tag key would mark, found out once for a selection and the marks round it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._for: tuple[Selection, str, int] | None = None
        self._hints: tuple[Hint, ...] = ()

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The keys with the words they would mark; those that take the same share a hint. On a mark
        only those that would take something else."""
        desk = self._desk
        here = desk.current
        now = desk.selection, here.id if here is not None else "", desk.layers.revision
        if self._for != now:
            self._for, self._hints = now, self._found()
        return self._hints

    def _found(self) -> tuple[Hint, ...]:
        desk = self._desk
        here = desk.current
        if not desk.has_words:
            return ()
        own: set[Fragments] = set()
        if here is not None and on_mark(desk):
            own = {here.fragments, (desk.selection.fragment,)}
        keys: dict[Fragments, list[str]] = {}
        for kind in desk.session.scheme.kinds:
            target = desk.target(kind)
            if target not in own:
                keys.setdefault(target, []).append(kind.key)
        return tuple(Hint(" ".join(each), words_of(desk, taken)) for taken, each in keys.items())


def words(desk: Desk, kind: str) -> str:
    """The words that a kind's key would mark."""
    return words_of(desk, desk.target(desk.session.scheme.kind(kind)))


def selected(desk: Desk) -> str:
    """The words that are selected."""
    return words_of(desk, (desk.selection.fragment,))


def words_of(desk: Desk, fragments: Fragments) -> str:
    """The words of fragments, on one line."""
    return " … ".join(" ".join(desk.text[start:end][:200].split()) for start, end in fragments)


def usual_hints(
    catalogue: Sequence[Command], pane: Pane, met: Callable[[Need], bool]
) -> list[Hint]:
    """The footer's commands for a pane, in their order there."""
    at_mark = met("mark")
    ranked = sorted(
        (each for each in catalogue if each.word and pane in each.panes),
        # on a mark one wants to work on it; elsewhere, to go on
        key=lambda each: (at_mark and each.needs not in _ON_MARK, each.rank),
    )
    return [
        Hint(_footer_key(each), each.word, each.keys[0], kept=each.id in _KEPT)
        for each in ranked
        if each.needs not in _ONLY_WHEN_MET or met(each.needs)
    ]


def continued(
    waiting: Wait, met: Callable[[Need], bool], room: int
) -> tuple[tuple[Hint, ...], tuple[Hint, ...]]:
    """What the keys that were typed can be followed by, as far as it fits into the lower line; and
    the rest, for the upper one."""
    hints = [
        Hint(shown_key(key), each.word or each.help, key)
        for key, each in waiting.options
        if each.needs not in _ONLY_WHEN_MET or met(each.needs)
    ]
    fitting = 0
    for hint in hints:
        room -= len(hint.key) + len(hint.word) + 3
        if room < 0:
            break
        fitting += 1
    return tuple(hints[:fitting]), tuple(hints[fitting:])


def _footer_key(command: Command) -> str:
    """The key shown in the footer: for moving both arrows, as one thinks of them."""
    pairs = {"move.word.next": "← →", "tags.row.next": "↑ ↓", "move.sentence.next": "( )"}
    return pairs.get(command.id) or shown_key(command.keys[0])
