"""A person at work on an open document: what each key does to the marks.

Every call that changes the document returns what it did, in words, once that is on the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.errors import InputError
from reader.model.annotation import Annotation
from reader.model.change import Change
from reader.model.document import State
from reader.model.fragment import Fragment, Fragments, extent, normalized
from reader.model.link import Link
from reader.model.scheme import Kind
from reader.workspace import selection as motion
from reader.workspace import targets
from reader.workspace.aside import Deed
from reader.workspace.edits import shown
from reader.workspace.selection import Motion
from reader.workspace.session import Session
from reader.workspace.tying import Tie, Tying, said_of, these

if TYPE_CHECKING:
    from reader.workspace.occurrences import Occurrences

__all__ = ["Desk", "Joinable", "Motion", "Tie"]

_NOTHING_FOUND: Final[State] = "done with nothing found"


class Joinable(NamedTuple):
    """What joining can mean now: `here` with one of the partners, the nearest first, or, when there
    is no `here`, the stretch with one of them. `gaps`: `here` can be made of one piece."""

    here: Annotation | None
    stretch: Fragment
    partners: tuple[Annotation, ...]
    gaps: bool


class Desk(Tying):
    """An open document with a selection, and what can be done where it is."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._last: tuple[str, str | None] | None = None

    # Marking ------------------------------------------------------------------------------------

    def twin(self, kind: Kind) -> Annotation | None:
        """One's own mark of that kind on just what would be marked: to label, not to make twice."""
        return targets.twin(self.layers, kind.name, self.target(kind), self.session.author.name)

    def tag(self, kind: Kind, label: str | None = None, fragments: Fragments = ()) -> str:
        """Mark these fragments, or else what the kind's key takes now."""
        made = self.session.tag(kind.name, fragments or self.target(kind), label=label)
        self._last = kind.name, label
        self.visit(made)
        return f"Tagged “{shown(made)}” as {label or kind.name}{self._of_tie(made)}"

    def _of_tie(self, cue: Annotation) -> str:
        """Which claim of whom goes by a cue that was just marked, if one does."""
        ties = (each for each in self.layers.links_of(cue.id) if each.via_id == cue.id)
        tie = next(ties, None)
        if tie is None:
            return ""
        claim, source = self.layers.get(tie.from_id), self.layers.get(tie.to_id)
        return f" of “{shown(claim)}” ← {shown(source)}"

    def relabel(self, annotation: Annotation, label: str | None) -> str:
        """Give a mark another label; its note stays."""
        change = self.session.describe(annotation, label=label, note=annotation.note)
        now = self.layers.find(annotation.id)
        if now is None:
            return f"“{shown(annotation)}” is no longer marked"
        self._last = now.kind, label
        self.visit(now)
        return said_of(change) or f"“{shown(now)}” is {label or now.kind} already"

    @property
    def repeats(self) -> tuple[str, str | None] | None:
        """The kind and label that `repeat` would give; None before anything was tagged."""
        return self._last

    def repeat(self) -> str:
        """Tag as the last time, what the kind's key takes now."""
        if self._last is None:
            return "Nothing has been tagged yet that could be repeated"
        name, label = self._last
        kind = self.session.scheme.kind(name)
        twin = self.twin(kind)
        if twin is None:
            return self.tag(kind, label)
        if label is not None:
            return self.relabel(twin, label)
        self.visit(twin)
        return f"“{shown(twin)}” is tagged as {name} already"

    def describe(
        self,
        annotation: Annotation,
        *,
        label: str | None,
        note: str,
        attributes: Mapping[str, object] | None = None,
    ) -> str:
        """Give a mark label, note and the attributes that are named; the others stay."""
        return said_of(
            self.session.describe(annotation, label=label, note=note, attributes=attributes)
        )

    def retag(self, marks: Sequence[Annotation], kind: Kind, label: str | None = None) -> str:
        """Make marks ones of a kind; those that are keep their label when none is given."""
        change = self.session.retag(marks, kind.name, label)
        if len(marks) == 1:
            self._last = kind.name, label
            self._stay(marks[0])
        return said_of(change) or f"{these(marks)} tagged as {label or kind.name} already"

    def relabel_all(self, marks: Sequence[Annotation], label: str | None) -> str:
        """Give marks a label, or take theirs away."""
        change = self.session.relabel(marks, label)
        return said_of(change) or f"{these(marks)} labelled so already"

    def delete(self, *annotations: Annotation) -> str:
        """Delete annotations with their links."""
        change = self.session.untag(*annotations)
        self._visited = None
        return said_of(change)

    # Other occurrences --------------------------------------------------------------------------

    def occurrences(self, annotation: Annotation) -> Occurrences:
        """The other places where a mark's words stand, to be looked for by whoever asked; raises
        InputError for a mark of several parts."""
        from reader.workspace.occurrences import Occurrences  # and the search, for one key

        marks = self.layers.of_kind(annotation.kind)
        return Occurrences(self.text, annotation, self.session.author.name, marks)

    def tag_all(self, annotation: Annotation, places: Iterable[Fragment]) -> str:
        """Tag places as what an annotation is."""
        return self.session.do(self.tagging_all(annotation, places))

    def tagging_all(self, annotation: Annotation, places: Iterable[Fragment]) -> Deed[str]:
        """The same, to be done on the spot or in another thread."""

        class Wanted:  # gone through again where another session was faster
            def __iter__(self) -> Iterator[Fragments]:
                return ((place,) for place in places)

        change = yield from self.session.tagging_all(annotation.kind, annotation.label, Wanted())
        self._stay(annotation)
        return said_of(change) or "There was nothing more to tag"

    # Edges and parts ----------------------------------------------------------------------------

    def fit(self) -> str:
        """Move the edges of the current mark to the selection: of the part that it touches."""
        here, stretch = self._current(), self.selection.fragment
        rest = [each for each in here.fragments if not each.overlaps(stretch)]
        change = self.session.reshape(here, normalized((*rest, stretch)))
        self._stay(here)
        return said_of(change) or f"“{shown(here)}” has these edges already"

    def split(self) -> str:
        """Cut the sources and cues within the current mark out of it, or else the selection."""
        from reader.workspace import splitting  # as most keys do without it

        here = self._current()
        cut = splitting.cut(self.layers, self.text, here, self.selection)
        if cut is None:
            return (
                f"Nothing is tagged within “{shown(here)}” that could be cut out of it: "
                "tag its source or cue, or select a part"
            )
        left = splitting.without(self.text, cut.mark.fragments, cut.stretches)
        if not left:
            return f"Nothing would be left of “{shown(cut.mark)}”"
        gone = " and ".join(f"“{name}”" for name in cut.names[:2])
        more = f" and {len(cut.names) - 2} more" if len(cut.names) > 2 else ""
        did = f"cut {gone}{more} out of “{shown(cut.mark)}”"
        change = self.session.reshape(cut.mark, left, did)
        self.visit(self.layers.get(cut.mark.id))
        return said_of(change)

    def joinable(self) -> Joinable:
        """With what the current mark can be joined; with what the selection, where it lies outside
        of that or there is none."""
        here, stretch = self.current, self.selection.fragment
        if here is None or not any(each.holds(stretch) for each in here.fragments):
            near = targets.marks_near(self.layers, stretch, self.session.author.name)
            return Joinable(None, stretch, tuple(near), gaps=False)
        partners = targets.joinable(self.layers, here)
        return Joinable(here, stretch, tuple(partners), gaps=len(here.fragments) > 1)

    def join(self, here: Annotation, partner: Annotation) -> str:
        """Make one mark of two; what is said of the first one stays."""
        change = self.session.join(here, partner)
        self.visit(self.layers.get(here.id))
        return said_of(change)

    def join_selection(self, partner: Annotation, stretch: Fragment | None = None) -> str:
        """Add the selection, or another stretch, to a mark as one more part."""
        added = stretch or self.selection.fragment
        words = " ".join(self.text[added.start : added.end].split())
        did = f"joined “{words[:40]}” to “{shown(partner)}”"
        change = self.session.reshape(partner, (*partner.fragments, added), did)
        self.select(motion.hard(added))
        self._stay(partner)
        return said_of(change) or f"“{shown(partner)}” holds that already"

    def close_gaps(self, annotation: Annotation) -> str:
        """Make one piece of a mark's parts, with all that lies between them."""
        did = f"closed the gaps of “{shown(annotation)}”"
        change = self.session.reshape(annotation, (extent(annotation.fragments),), did)
        self.visit(self.layers.get(annotation.id))
        return said_of(change) or f"“{shown(annotation)}” is of one piece already"

    def _current(self) -> Annotation:
        """The current mark. Raises InputError when there is none."""
        here = self.current
        if here is None:
            raise InputError("No mark is here", remedy="Go to one with ] or [.")
        return here

    def _stay(self, annotation: Annotation) -> None:
        """Make a mark the current one, with the selection as it is."""
        self._visited = annotation.id

    # The document -------------------------------------------------------------------------------

    def mark_done(self) -> str:
        """Say that the work on the document is done, with nothing found where nothing is marked; a
        second time, that it is not."""
        done: State = "done" if len(self.layers) else _NOTHING_FOUND
        open_: State = "in progress" if len(self.layers) else "new"
        state = open_ if self.session.document.state in ("done", _NOTHING_FOUND) else done
        self.session.set_document({"state": state})
        told = {"done": "done", _NOTHING_FOUND: "done, with nothing found"}
        return f"This document is {told.get(state, f'{state} again')}"

    def quotation(self, paragraph: int | None = None) -> str:
        """The words of the current mark, or else of the selection, with their place, to be copied.
        `paragraph` is the number of theirs, where it is known."""
        from reader.workspace import quoting

        here = self.current
        fragments = here.fragments if here is not None else (self.selection.fragment,)
        return quoting.quotation(self.text, self.session.document, fragments, paragraph)

    # Undoing ------------------------------------------------------------------------------------

    def undo(self) -> str:
        return self.session.do(self.undoing())

    def undoing(self) -> Deed[str]:
        """The same, to be done on the spot or in another thread."""
        return self._back((yield from self.session.undoing()), "Undone")

    def redo(self) -> str:
        return self.session.do(self.redoing())

    def redoing(self) -> Deed[str]:
        """The same, to be done on the spot or in another thread."""
        return self._back((yield from self.session.redoing()), "Redone")

    def _back(self, change: Change | None, word: str) -> str:
        """Go where the change was made, so that one sees what came back."""
        if change is None:
            return f"There is nothing to be {word.lower()}"
        for edit in change.edits:
            record = edit.record
            if isinstance(record, Annotation):
                if record.id in self.layers:
                    self.visit(self.layers.get(record.id))
                else:
                    first = record.fragments[0]
                    self.selection = motion.hard((first.start, first.end))
                break
            if isinstance(record, Link) and record.from_id in self.layers:
                self.visit(self.layers.get(record.from_id))
                break
        return f"{word}: {change.did}"
