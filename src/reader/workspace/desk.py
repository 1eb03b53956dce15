"""A person at work on an open document: where the selection is, which mark is the current one.

What a key does, without the key or the screen: so that all of it can be tried without a terminal.
Every call that changes the document returns what it did, in words, once that is on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from reader.model.annotation import Annotation, reading_order
from reader.model.change import Change
from reader.model.fragment import Fragment, Fragments
from reader.model.layer import Layers
from reader.model.link import ATTRIBUTION, Link
from reader.model.scheme import Kind
from reader.text.search import Query
from reader.text.segment import Span
from reader.text.units import Text
from reader.workspace import selection as motion
from reader.workspace import targets
from reader.workspace.edits import own_tie, shown
from reader.workspace.finding import Finding
from reader.workspace.selection import Selection
from reader.workspace.session import Session
from reader.workspace.window import Window

Motion = Callable[[str, Selection], Selection]


class Desk:
    """An open document with a selection on it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._window = Window(session.text)
        self.selection = self._word_at(session.document.position)
        self.finding: Finding | None = None
        self._hits_shown = False
        self._visited: str | None = None

    @property
    def text(self) -> Text:
        return self.session.text

    @property
    def layers(self) -> Layers:
        return self.session.layers

    @property
    def current(self) -> Annotation | None:
        """The annotation that keys such as delete act on."""
        return targets.current(self.layers, self.selection, self._visited)

    @property
    def has_words(self) -> bool:
        return self.selection.start < self.selection.end

    # Moving -------------------------------------------------------------------------------------

    def select(self, selection: Selection) -> None:
        self.selection = selection

    def move(self, step: Motion, count: int = 1) -> None:
        """Move by one of the motions, so many times or as far as it goes."""
        for _ in range(count):
            moved = self._near(step)
            if moved == self.selection:
                return
            self.selection = moved

    def move_to(self, position: int) -> None:
        """To the word at a position."""
        self.selection = self._word_at(position)

    def _word_at(self, position: int) -> Selection:
        text, base = self._window.at(position)
        return motion.shifted(motion.at(text, position - base), base)

    def _near(self, step: Motion) -> Selection:
        """Where a motion leads, by the text round the selection."""
        now = self.selection
        text, base = self._window.at(now.active)
        moved = step(text, motion.within(motion.shifted(now, -base), len(text)))
        moved = motion.shifted(moved, base)
        # an end that lies far off stays where it is
        if moved.start == base and now.start < base:
            moved = replace(moved, start=now.start)
        if moved.end == base + len(text) and now.end > moved.end:
            moved = replace(moved, end=now.end)
        return moved

    def extend_to(self, position: int) -> None:
        """Move the active end to the word at a position."""
        word = self._word_at(position)
        if word.start < word.end:
            self.selection = motion.extended_to(self.selection, (word.start, word.end))

    def to_candidate(self, step: int, count: int = 1) -> bool:
        """To the next name or quotation that nobody has tagged; whether there was one."""
        go = motion.next_candidate if step > 0 else motion.previous_candidate
        before = self.selection
        for _ in range(count):
            self.selection = self._near(partial(go, taken=self._tagged))
        return self.selection != before

    def _tagged(self, span: Span) -> bool:
        _, base = self._window.at(self.selection.active)
        fragment = Fragment(base + span[0], base + span[1])
        return any(fragment in each.fragments for each in self.layers.touching(fragment))

    def visit(self, annotation: Annotation) -> None:
        """Make an annotation the current one, its first fragment selected."""
        first = annotation.fragments[0]
        self.selection = motion.hard((first.start, first.end))
        self._visited = annotation.id

    def to_mark(self, step: int, count: int = 1) -> bool:
        """To the next or previous annotation; whether there was one."""
        here = self.current
        at_mark = here is not None and here.start == self.selection.start
        place = (
            reading_order(here)
            if here is not None and at_mark
            else (self.selection.start, self.selection.start, "", "")
        )
        found = None
        for _ in range(count):
            following = self.layers.neighbour(place, step)
            if following is None:
                break
            found, place = following, reading_order(following)
        if found is not None:
            self.visit(found)
        return found is not None

    def cycle(self) -> int:
        """The next one of the marks that hold the selection; how many there are."""
        held = targets.holding(self.layers, self.selection)
        here = self.current
        if held:
            at = held.index(here) + 1 if here in held else 0
            self._visited = held[at % len(held)].id
        return len(held)

    def click(self, position: int) -> None:
        """Select the smallest mark at a position; the word there, if there is none or that mark
        is the current one already."""
        word = self._word_at(position)
        here = motion.hard((position, position + 1))
        held = targets.holding(self.layers, here)
        if held and held[0] != self.current:
            self.visit(held[0])
        else:
            self.selection, self._visited = word, None

    # Marking ------------------------------------------------------------------------------------

    def target(self, kind: Kind) -> Fragments:
        """What a kind's key would mark now."""
        now = self.selection
        if now.hard:
            return (now.fragment,)
        text, base = self._window.at(now.active)
        found = targets.natural(text, motion.shifted(now, -base), kind)
        return tuple(Fragment(base + start, base + end) for start, end in found)

    def twin(self, kind: Kind) -> Annotation | None:
        """One's own mark of that kind on just what would be marked: to label, not to make twice."""
        return targets.twin(self.layers, kind.name, self.target(kind), self.session.author.name)

    def tag(self, kind: Kind, label: str | None = None, fragments: Fragments = ()) -> str:
        """Mark these fragments, or else what the kind's key takes now."""
        made = self.session.tag(kind.name, fragments or self.target(kind), label=label)
        self.visit(made)
        return f"Tagged “{shown(made)}” as {label or kind.name}"

    def relabel(self, annotation: Annotation, label: str | None) -> str:
        """Give a mark another label; its note stays."""
        change = self.session.describe(annotation, label=label, note=annotation.note)
        now = self.layers.find(annotation.id)
        if now is None:
            return f"“{shown(annotation)}” is no longer marked"
        self.visit(now)
        return _said(change) or f"“{shown(now)}” is {label or now.kind} already"

    def describe(self, annotation: Annotation, *, label: str | None, note: str) -> str:
        return _said(self.session.describe(annotation, label=label, note=note))

    def delete(self, *annotations: Annotation) -> str:
        """Delete annotations with their links."""
        change = self.session.untag(*annotations)
        self._visited = None
        return _said(change)

    def own_tie(self, claim: Annotation, source: Annotation) -> Link | None:
        """The annotator's own attribution of a claim to a source."""
        return own_tie(self.layers, self.session.author, claim, source, ATTRIBUTION)

    def untie(self, link: Link) -> str:
        """Remove a link; both its ends stay."""
        return _said(self.session.unlink(link)) or "It was untied already"

    # Attributing --------------------------------------------------------------------------------

    def partners(self) -> list[Annotation]:
        """Whom the current claim (or source) can be tied to, the nearest first."""
        here = self.current
        return targets.partners(self.layers, here) if here is not None else []

    def attribute(self, here: Annotation, partner: Annotation) -> str:
        """Tie a claim to a source, or a source to a claim, with the cue between the two."""
        claim, source = (here, partner) if here.kind == "claim" else (partner, here)
        cue = targets.cue_between(self.layers, claim, source)
        self.session.link(claim, source, via=cue)
        said = f"Attributed “{shown(claim)}” to {shown(source)}"
        said += f", by “{shown(cue)}”" if cue else ""
        sources = len(self.attributions(claim))
        return f"{said}: its source number {sources}" if sources > 1 else said

    def no_source(self, claim: Annotation) -> str:
        """Say that a claim has no source."""
        change = self.session.no_source(claim)
        return _said(change) or "That this claim has no source is marked already"

    def attributions(self, annotation: Annotation) -> list[tuple[Link, Annotation]]:
        """The attributions of a claim with their sources, or of a source with its claims."""
        if annotation.kind == "claim":
            links = self.layers.links_from(annotation.id, ATTRIBUTION)
            return [(link, self.layers.get(link.to_id)) for link in links]
        links = self.layers.links_to(annotation.id, ATTRIBUTION)
        return [(link, self.layers.get(link.from_id)) for link in links]

    # Undoing ------------------------------------------------------------------------------------

    def undo(self) -> str:
        return self._back(self.session.undo(), "Undone")

    def redo(self) -> str:
        return self._back(self.session.redo(), "Redone")

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

    # Searching ----------------------------------------------------------------------------------

    @property
    def hits(self) -> Sequence[Fragment]:
        """What is shown as found."""
        return self.finding.hits if self.finding is not None and self._hits_shown else ()

    @property
    def pattern(self) -> str:
        """What was searched for."""
        return self.finding.query.words if self.finding is not None else ""

    def search(self, query: Query, start: int) -> Finding:
        """Begin to look for something from a position on; whoever asked has it run.

        Raises InputError when the query cannot be understood.
        """
        finding = Finding(self.text, query, start)
        self.hide_hits()
        self.finding, self._hits_shown = finding, True
        return finding

    def to_first_hit(self) -> bool:
        """Select the first hit from where the search began, once that is known."""
        hit = self.finding.first if self.finding is not None else None
        if hit is not None:
            self.selection = motion.hard(hit)
        return hit is not None

    def to_hit(self, step: int) -> str:
        """The next hit or the one before, round the end of the text; which one it is, in words."""
        finding = self.finding
        assert finding is not None  # what the commands need
        self._hits_shown = True
        finding.resume()
        before = self.selection.start
        hit = finding.beside(before, step)
        if hit is None and finding.complete:
            return finding.trouble or f"“{self.pattern}” does not occur in the text"
        if hit is None:
            return "No further hit so far; the search goes on"
        self.selection = motion.hard(hit)
        turned = hit.start <= before if step > 0 else hit.start >= before
        said = f"for “{self.pattern}”{', round the end of the text' if turned else ''}"
        if not finding.complete:
            return f"Hit {said}; they are still being counted"
        partly = "the first " if finding.full or finding.trouble else ""
        return f"Hit {finding.number(hit):,} of {partly}{len(finding.hits):,} {said}"

    def hide_hits(self) -> None:
        """Show the hits no longer, and look for no more of them; `to_hit` does both again."""
        self._hits_shown = False
        if self.finding is not None:
            self.finding.stop()


def _said(change: Change | None) -> str:
    """What a change did, as the beginning of a sentence."""
    return change.did[:1].upper() + change.did[1:] if change else ""
