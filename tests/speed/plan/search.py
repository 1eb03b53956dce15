"""The fewest keys from one selection to another: a search over selections and views.

Nodes are what is selected and which row is at the top of the view. Motions lead on while one looks
for the place; once an end is extended, only what brings an end of the selection to where it belongs
is tried further.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Final, NamedTuple

from plan.terrain import Key, Terrain, key_of
from reader.model.fragment import Fragment
from reader.text.segment import Span
from reader.text.wrap import Place
from reader.workspace import selection as motion
from reader.workspace.selection import Selection

_MOST: Final = 9
"""The largest count that is tried: more of them is a jump."""

_NEAR: Final = 40
"""So many code points from where it belongs an end is worth to be moved further."""

_JUMP: Final = 3

_OPENED: Final = 400
"""So many nodes are opened before the best that is known by then is taken."""

_MANY: Final = 6000
"""So many are opened while nothing is known."""

_AHEAD: Final = (
    "move.word.next",
    "move.sentence.next",
    "move.quotation.next",
    "move.paragraph.next",
)
_BACK: Final = (
    "move.word.previous",
    "move.sentence.previous",
    "move.quotation.previous",
    "move.paragraph.previous",
)


class Step(NamedTuple):
    """One command with its count; `word` is what a jump goes to."""

    command: str
    count: int = 1
    word: Span | None = None

    @property
    def keys(self) -> int:
        if self.word is not None:
            return _JUMP
        return 1 if self.count == 1 else 1 + len(str(self.count))


@dataclass(frozen=True, slots=True)
class Node:
    """What is selected, and the row at the top of the view. `rowed`: a motion by rows led here."""

    now: Selection
    top: Place
    rowed: bool = False

    @property
    def key(self) -> tuple[Key, Place, bool]:
        return key_of(self.now), self.top, self.rowed


class Way(NamedTuple):
    """How to get somewhere: so many keys, these steps, and where one is then. `end` is what the
    goal said of it."""

    keys: int
    steps: tuple[Step, ...]
    node: Node
    end: object


Ends = Callable[[Node, bool], "tuple[int, object] | None"]
"""What it takes at a node to be done, in keys, with a word for how; None where it cannot be done.
The second value says whether the node is where the search began."""


class Search:
    """Finds the cheapest way to where a goal can be reached."""

    def __init__(self, terrain: Terrain) -> None:
        self.terrain = terrain

    def way(
        self,
        begin: Node,
        places: list[Fragment],
        ends: Ends,
        taken: Callable[[Span], bool],
        most: int = 14,
    ) -> Way | None:
        """The cheapest way from a node to where it `ends`; `places` are the stretches that are
        worth to be selected, whole or by a part."""
        low, high = min(each.start for each in places), max(each.end for each in places)
        words = [each for place in places for each in self.terrain.words_near(place)]
        order = count()
        queue: list[tuple[int, int, int, bool, Node, tuple[Step, ...], object]] = []
        seen: dict[object, int] = {}

        ended = False

        def add(keys: int, node: Node, steps: tuple[Step, ...], extending: bool) -> None:
            known = (node.key, extending)
            if seen.get(known, 99) <= keys:
                return
            seen[known] = keys
            first = not steps
            end = ends(node, first)
            nonlocal ended
            if end is not None and keys + end[0] <= most:
                ended = True
                heappush(
                    queue, (keys + end[0], next(order), keys, True, node, steps, (end, extending))
                )
            if end is not None and end[0] == 1:
                return  # nothing is cheaper from here
            more = 2 if not extending else self._least(node.now, places)
            if more and keys + more <= most:
                heappush(
                    queue, (keys + more, next(order), keys, False, node, steps, (None, extending))
                )

        add(0, begin, (), False)
        opened = 0
        while queue and opened < (_OPENED if ended else _MANY):
            total, _, keys, done, node, steps, (end, extending) = heappop(queue)  # type: ignore[misc]
            if done:
                return Way(total, steps, node, end[1])
            opened += 1
            if not extending and keys < _JUMP:
                for step, now in self._moves(node, low, high, words, taken, keys):
                    self._go(add, keys, node, steps, step, now, False)
            if node.now.start < high + _NEAR and node.now.end > low - _NEAR:
                for step, now in self._extensions(node, places):
                    self._go(add, keys, node, steps, step, now, True)
        rest = min((each for each in queue if each[3]), default=None)
        return Way(rest[0], rest[5], rest[4], rest[6][0][1]) if rest is not None else None  # type: ignore[index]

    def _go(
        self,
        add: Callable[[int, Node, tuple[Step, ...], bool], None],
        keys: int,
        node: Node,
        steps: tuple[Step, ...],
        step: Step,
        now: Selection,
        extending: bool,
    ) -> None:
        top = self.terrain.top(node.top, now)
        rowed = ".row." in step.command or ".page." in step.command
        add(keys + step.keys, Node(now, top, rowed), (*steps, step), extending)

    def _least(self, now: Selection, places: list[Fragment]) -> int:
        """How many keys an extended selection still needs at the least; 0 when it leads nowhere."""
        if any(now.start == each.start or now.end == each.end for each in places):
            return 2
        near = any(
            abs(now.start - each.start) < _NEAR or abs(now.end - each.end) < _NEAR
            for each in places
        )
        return 3 if near and now.unit == "other" else 0

    # Moving -------------------------------------------------------------------------------------

    def _moves(
        self,
        node: Node,
        low: int,
        high: int,
        words: list[Span],
        taken: Callable[[Span], bool],
        keys: int,
    ) -> Iterator[tuple[Step, Selection]]:
        now = node.now
        whole = now.unit in ("sentence", "paragraph")
        if now.start < high:
            for command in _AHEAD:
                yield from self._counted(command, now, lambda each: each.start > high)
            yield from self._candidates(now, 1, high, taken)
        if now.start > low or (whole and now.end > low):
            for command in _BACK:
                yield from self._counted(command, now, lambda each: each.end < low)
            yield from self._candidates(now, -1, low, taken)
        if not keys:
            yield from self._rows(node, low, high)
        view = self.terrain.in_view(node.top)
        for word in words:
            if view.start <= word[0] and word[1] <= view.end:
                yield Step("jump", 1, word), motion.soft(word, "word")

    def _counted(
        self, command: str, now: Selection, beyond: Callable[[Selection], bool]
    ) -> Iterator[tuple[Step, Selection]]:
        for times in range(1, _MOST + 1):
            moved = self.terrain.moved(command, now)
            if moved == now:
                return
            now = moved
            yield Step(command, times), now
            if beyond(now):
                return

    def _candidates(
        self, now: Selection, step: int, edge: int, taken: Callable[[Span], bool]
    ) -> Iterator[tuple[Step, Selection]]:
        command = "move.candidate.next" if step > 0 else "move.candidate.previous"
        times, at = 0, now.start
        for each in self.terrain.candidates[::step]:
            if (each[0] <= at if step > 0 else each[0] >= at) or taken(each):
                continue
            times, at = times + 1, each[0]
            yield Step(command, times), motion.soft(each)
            if times == _MOST or (each[0] > edge if step > 0 else each[1] < edge):
                return

    def _rows(self, node: Node, low: int, high: int) -> Iterator[tuple[Step, Selection]]:
        now = node.now
        ahead = now.active < low
        if not ahead and now.start <= high:
            return
        for unit in ("row", "page"):
            command = f"move.{unit}.{'next' if ahead else 'previous'}"
            for times in range(1, _MOST + 1):
                moved = self.terrain.by_rows(command, now, times)
                if moved.start == now.start:
                    break
                yield Step(command, times), moved
                if (moved.start > high) if ahead else (moved.end < low):
                    break

    # Extending ----------------------------------------------------------------------------------

    def _extensions(self, node: Node, places: list[Fragment]) -> Iterator[tuple[Step, Selection]]:
        """What brings an end of the selection to where it belongs, or near that."""
        now = node.now
        yield Step("extend.turn"), motion.turned(now)
        for times, grown in enumerate(self._chain("select.grow", now, 4), start=1):
            yield Step("select.grow", times), grown
        for place in places:
            yield from self._clauses(now, place)
            yield from self._active(node, now, place)

    def _clauses(self, now: Selection, place: Fragment) -> Iterator[tuple[Step, Selection]]:
        if now.end < place.end + _NEAR:
            chain = self._chain("extend.clause.next", now, _MOST)
            for times, moved in enumerate(chain, start=1):
                if abs(moved.end - place.end) < _NEAR:
                    yield Step("extend.clause.next", times), moved
                if moved.end > place.end:
                    break
        if now.start > place.start - _NEAR:
            chain = self._chain("extend.clause.previous", now, _MOST)
            for times, moved in enumerate(chain, start=1):
                if abs(moved.start - place.start) < _NEAR:
                    yield Step("extend.clause.previous", times), moved
                if moved.start < place.start:
                    break

    def _active(
        self, node: Node, now: Selection, place: Fragment
    ) -> Iterator[tuple[Step, Selection]]:
        """The active end by words, characters and jumps."""
        edge, wanted = (now.start, place.start) if now.at_start else (now.end, place.end)
        way = "next" if wanted > edge else "previous"
        for unit in ("word", "character"):
            command = f"extend.{unit}.{way}"
            for times, moved in enumerate(self._chain(command, now, _MOST), start=1):
                at = moved.start if moved.at_start else moved.end
                off = abs(at - wanted)
                if off == 0 or (unit == "word" and off < 6):
                    yield Step(command, times), moved
                if off == 0 or (at > wanted) == (way == "next"):
                    break
        view = self.terrain.in_view(node.top)
        around = Fragment(max(0, wanted - 6), wanted + 6)
        for word in self.terrain.words_near(around):
            moved = motion.extended_to(now, word)
            at = moved.start if now.at_start else moved.end
            if abs(at - wanted) < 6 and view.start <= word[0] and word[1] <= view.end:
                yield Step("jump.extend", 1, word), moved

    def _chain(self, command: str, now: Selection, most: int) -> Iterator[Selection]:
        for _ in range(most):
            moved = self.terrain.moved(command, now)
            if moved == now:
                return
            now = moved
            yield now
