"""A person in an open document: where the selection is, how it moves, and what is searched for.

What a key does, without the key or the screen: so that all of it can be tried without a terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from time import thread_time
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from reader.model.annotation import Annotation, reading_order
from reader.model.fragment import Fragment, Fragments
from reader.model.layer import Layers
from reader.model.scheme import Kind
from reader.text import segment, signs
from reader.text.cells import clusters
from reader.text.numbering import Numbering, place_of_percent
from reader.text.segment import Span
from reader.text.units import Text, cluster_start
from reader.workspace import selection as motion
from reader.workspace import targets
from reader.workspace.selection import Motion, Selection
from reader.workspace.session import Session
from reader.workspace.window import STEP, Window

if TYPE_CHECKING:
    from reader.text.search import Query
    from reader.workspace.finding import Finding

Find = Callable[[int | None, float], Selection | int]
"""Looks from a place on, or from the selection, until some moment: the selection to go to, the same
one when there is no further, or the place that was reached in time."""

_PATIENCE: Final = 0.006
"""Seconds of work after which a motion leaves off, so that no key hangs: one that finds nothing, or
one with a large count."""

_SLACK: Final = 1 << 14
"""So far before the place where something may be a motion begins: more than a very long line's
piece."""


class Look(Struct, frozen=True):
    """A motion that has not come to its end in time: what it is, how often it is to be done still,
    from which selection it started and which place it has reached."""

    sort: object
    find: Find
    left: int
    selection: Selection
    place: int

    @property
    def told(self) -> str:
        """How far it is, in words."""
        far = abs(self.place - self.selection.start)
        return f"{far:,} characters looked through" if far else f"{self.left:,} more to go"


class Reading:
    """An open document with a selection on it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._window = Window(session.text)
        self.selection = self._word_at(session.document.position)
        self.finding: Finding | None = None
        self._hits_shown = False
        self._visited: str | None = None
        self.look: Look | None = None
        """What a motion still looks for: `look_on` goes on with it, and so does the same motion."""
        self._current_for: tuple[Selection, str | None, Layers, int] | None = None
        self._current_mark: Annotation | None = None

    @property
    def text(self) -> Text:
        return self.session.text

    @property
    def layers(self) -> Layers:
        return self.session.layers

    @property
    def current(self) -> Annotation | None:
        """The annotation that keys such as delete act on."""
        layers = self.layers
        now = self.selection, self._visited, layers, layers.revision
        if self._current_for != now:  # it is asked for a dozen times on each key
            self._current_for = now
            self._current_mark = targets.current(layers, self.selection, self._visited)
        return self._current_mark

    @property
    def has_words(self) -> bool:
        return self.selection.start < self.selection.end

    # Moving -------------------------------------------------------------------------------------

    def select(self, selection: Selection) -> None:
        self.selection = selection

    def move(self, step: Motion, count: int = 1) -> None:
        """Move by one of the motions, so many times or as far as it goes; see `look`."""
        self._go(step, partial(self._moved, step), count)

    def look_on(self) -> bool:
        """Go on with the motion that took too long; whether it has led further."""
        look = self.look
        if look is None or look.selection != self.selection:
            self.look = None
            return False
        return self._go(look.sort, look.find, look.left)

    def _go(self, sort: object, find: Find, count: int) -> bool:
        before, look = self.selection, self.look
        until = thread_time() + _PATIENCE
        again = look is not None and look.sort == sort and look.selection == before
        place = look.place if look is not None and again else None
        self.look = None
        while count > 0:
            found = find(place, until)
            if isinstance(found, int):
                self.look = Look(sort, find, count, self.selection, found)
                break
            if found == self.selection:
                break
            self.selection, place = found, None
            count -= 1
        return self.selection != before

    def _moved(self, step: Motion, place: int | None, until: float) -> Selection | int:
        """Where a motion leads; from a place on, when nothing that it looks for is before that."""
        now, lead, length = self.selection, motion.lead(step), len(self.text)
        if place is None and thread_time() >= until:
            return now.start  # the count was a large one
        if place is None or place == now.start:
            moved = self._near(step, now, now.active)
            if lead is None or _extent(moved) != _extent(now):
                return moved
            text, base = self._window.at(now.active)
            place = base + (len(text) if lead.step > 0 else 0)
        assert lead is not None  # else there is no place to go on from
        while 0 < place < length:
            if thread_time() >= until:
                return place
            low = place if lead.step > 0 else max(0, place - STEP)
            if lead.has(self.text[low : low + STEP if lead.step > 0 else place]):
                brought = lead.brought(now, place - lead.step * _SLACK)
                moved = self._near(step, brought, low)
                if _extent(moved) != _extent(brought):
                    return moved
            place = low + STEP if lead.step > 0 else low
        return self._near(step, now, now.active)

    def move_to(self, position: int) -> None:
        """To the word at a position."""
        self.selection = self._word_at(position)

    def to_percent(self, percent: float) -> None:
        """To so far into the text."""
        self.move_to(place_of_percent(self.text, percent))

    def to_paragraph(self, numbering: Numbering, number: int) -> bool:
        """To the paragraph with a number, so far as they are counted; whether there is one."""
        start = numbering.start(number)
        if start is not None:
            self.move_to(start)
        return start is not None

    def move_to_sentence(self, position: int) -> None:
        """To the sentence at a position; the word, where there is none."""
        text, base = self._window.at(position)
        found = segment.sentence_at(text, position - base)
        if found is None:
            self.move_to(position)
        else:
            self.selection = motion.shifted(motion.soft(found, "sentence"), base)

    def select_between(self, one: int, other: int) -> None:
        """Select from one position to another, both included, whichever comes first; extending goes
        on at the other one. The end of the text stands for what is before it."""
        end_of_text = len(self.text) - 1
        start, last = sorted((min(one, end_of_text), min(other, end_of_text)))
        text, base = self._window.at(last)
        around = clusters(
            text, cluster_start(text, last - base), min(len(text), last - base + motion.LONGEST)
        )
        end = next((end for first, end in around if first <= last - base < end), last - base + 1)
        stretch = motion.hard((start, max(start + 1, base + end)))
        self.selection = replace(stretch, at_start=other < one)

    def other_edge(self, position: int) -> int | None:
        """Where the current mark's part ends that has its edge at a position: the first code point
        of it, or the last one; None when no edge is there."""
        here = self.current
        for start, end in here.fragments if here is not None else ():
            if position in (start, end - 1) and end - start > 1:
                return end - 1 if position == start else start
        return None

    def _word_at(self, position: int) -> Selection:
        text, base = self._window.at(position)
        return motion.shifted(motion.at(text, position - base), base)

    def _near(self, step: Motion, now: Selection, position: int) -> Selection:
        """Where a motion leads from a selection, by the text round a position."""
        text, base = self._window.at(position)
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
        """To the next name or quotation that nobody has tagged; whether it led further. See
        `look`."""
        return self._go(step, partial(self._candidate, step), count)

    def _candidate(self, step: int, place: int | None, until: float) -> Selection | int:
        """The next one by a paragraph after the other, from a place on."""
        now, length = self.selection, len(self.text)
        look = motion.candidate_after if step > 0 else motion.candidate_before
        if place is None:
            place = now.start
            if thread_time() >= until:
                return place
        while 0 <= place < length:
            text, base = self._window.at(place)
            at = motion.shifted(now, -base)
            found, there = look(text, at, place - base, partial(self._tagged, base))
            if found is not None:
                return motion.shifted(motion.soft(found), base)
            place = base + there
            if not 0 <= there < len(text):
                place = self._past_plain(step, place, until)
            if thread_time() >= until and 0 <= place < length:
                return place
        return now

    def _past_plain(self, step: int, place: int, until: float) -> int:
        """Over blocks in which nothing can be a candidate."""
        while 0 <= place < len(self.text) and thread_time() < until:
            low = place if step > 0 else max(0, place + 1 - STEP)
            if signs.may_have_candidate(self.text[low : low + STEP if step > 0 else place + 1]):
                break
            place = low + STEP if step > 0 else low - 1
        return place

    def _tagged(self, base: int, span: Span) -> bool:
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

    # What a tag key would take ------------------------------------------------------------------

    @property
    def _only(self) -> Annotation | None:
        """The mark just made or visited, as long as it is what is selected."""
        here = self.layers.find(self._visited) if self._visited is not None else None
        selected = here is not None and here.fragments[0] == self.selection.fragment
        return here if selected and self.selection.hard else None

    def target(self, kind: Kind) -> Fragments:
        """What a kind's key would mark now: beside the mark just made or visited its neighbour."""
        now, here = self.selection, self._only
        if here is not None:
            from reader.workspace.neighbours import beside  # with its words: once there is a mark

            taken = beside(self._window, self.layers, self.session.scheme, here, kind)
            if taken:
                return taken
        if now.hard:
            return (now.fragment,)
        text, base = self._window.at(now.active)
        found = targets.natural(text, motion.shifted(now, -base), kind)
        return tuple(Fragment(base + start, base + end) for start, end in found)

    def doubles(self, kind: Kind) -> bool:
        """Whether a kind's key would put a second mark on the very words of the one just made or
        visited, because nothing stands beside it that the key could take instead."""
        here = self._only
        if here is None or self.target(kind) != (self.selection.fragment,):
            return False
        from reader.workspace.neighbours import are_neighbours

        return are_neighbours(self.session.scheme, here.kind, kind)

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
        from reader.workspace.finding import Finding

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


def _extent(selection: Selection) -> Span:
    return selection.start, selection.end
