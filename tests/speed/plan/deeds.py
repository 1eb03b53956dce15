"""What makes one span or one tie: ways to a selection, and the keys that act on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

from plan.gold import Attribution, Span
from plan.hands import Hands, number_of
from plan.scratch import Scratch
from plan.search import Node, Search, Step, Way
from plan.terrain import Terrain
from reader.model.annotation import Annotation
from reader.model.fragment import Fragment, Fragments, extent
from reader.text.segment import Span as Stretch
from reader.workspace import splitting
from reader.workspace.edits import own_mark

Purpose = Literal["span", "link"]

_JOIN: Final = 5
"""What a further part of a claim is reckoned to take, while its first ones are chosen."""

_MOST: Final = 16
"""No way takes more keys."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Steps, and the command that does something where they lead; `digit` answers what it asks.

    `marks`: the steps lead to a span, even where the command is one for links.
    """

    purpose: Purpose
    steps: tuple[Step, ...]
    command: str
    digit: str = ""
    marks: bool = False

    @property
    def keys(self) -> int:
        return sum(step.keys for step in self.steps) + 1 + len(self.digit)


class Deeds:
    """Tries on a scratch desk what can be done for a span or a tie."""

    def __init__(self, hands: Hands, terrain: Terrain, keys: dict[str, tuple[str, ...]]) -> None:
        assert isinstance(hands.desk.session, Scratch)
        self._hands = hands
        self._desk = hands.desk
        self._scratch = hands.desk.session
        self._terrain = terrain
        self._search = Search(terrain)
        self._keys = keys
        self._ids: dict[Span, str] = {}

    # Where one is -------------------------------------------------------------------------------

    def here(self) -> Node:
        return Node(self._desk.selection, self._hands.viewport._top)

    def stand(self, node: Node) -> None:
        """Have a node's selection, and its row at the top of the view."""
        self._desk.selection = node.now
        self._hands.viewport._top = node.top
        self._hands.viewport._shown = None

    @property
    def mark(self) -> tuple[int, str | None]:
        """What `back_to` goes back to."""
        return self._scratch.mark, self._desk._visited

    def back_to(self, mark: int, visited: str | None) -> None:
        self._scratch.back_to(mark)
        self._desk._visited = visited

    def do(self, hands: Hands, deed: Deed) -> tuple[int, int]:
        """Type what a deed is; how many keys it took to get there, and to do it."""
        before = len(hands.pressed)
        for step in deed.steps:
            if step.count > 1:
                hands.press(*str(step.count))
            hands.press(*self._keys[step.command])
            if step.word is not None:
                found = next(label for label, word in hands.labels().items() if word == step.word)
                hands.press(*found)
        there = len(hands.pressed)
        hands.press(*self._keys[deed.command], *deed.digit)
        return there - before, len(hands.pressed) - there

    def _try(self, node: Node, deed: Deed) -> Deed:
        """Do on the scratch desk what a deed does where its steps have led to."""
        self.stand(node)
        self._hands.press(*self._keys[deed.command], *deed.digit)
        return deed

    def _way(
        self,
        node: Node,
        places: Sequence[Fragment],
        ends: Callable[[Node, bool], object],
        most: int,
    ) -> Way | None:
        return self._search.way(node, list(places), ends, self._taken, min(most, _MOST))  # type: ignore[arg-type]

    def _taken(self, span: Stretch) -> bool:
        fragment = Fragment(*span)
        return any(fragment in each.fragments for each in self._desk.layers.touching(fragment))

    def _annotation(self, span: Span) -> Annotation | None:
        layers = self._desk.layers
        known = layers.find(self._ids.get(span, ""))
        if known is not None:
            return known
        return own_mark(layers, self._scratch.author.name, span.kind, span.fragments)

    # Spans --------------------------------------------------------------------------------------

    def of_span(
        self, node: Node, span: Span, attribution: Attribution, most: int
    ) -> list[Deed] | None:
        """Mark a span, and tie it to what it belongs to, as far as that is marked already."""
        desk = self._desk
        visited = desk._visited
        only = desk.layers.find(visited) if visited is not None else None
        kind = desk.session.scheme.kind(span.kind)
        gold, whole = set(span.fragments), self._splittable(span, attribution)
        claims = self._untied(span, attribution)

        def ends(at: Node, first: bool) -> tuple[int, str] | None:
            now = at.now
            if only is not None and now.hard and now.fragment == only.fragments[0]:
                desk.selection = now
                target = desk.target(kind)
            else:
                target = self._terrain.natural(now, kind)
            if target == whole and len(gold) > 1:
                return 2, ""
            if not gold.issuperset(target):
                return None
            cost = 1 + min(_JOIN * (len(gold) - len(target)), _JOIN + 1)
            if claims:
                desk.selection = now
                answer = self._answer(claims)
                return (2, answer) if answer else (cost + 2, "")
            return cost, ""

        way = self._way(node, (*span.fragments, *(whole or ())), ends, most)
        if way is None:
            return None
        label = kind.labels[0].key if kind.asks else ""
        done = Deed("span", way.steps, f"tag.{span.kind}", label)
        if way.end:
            done = Deed("link", way.steps, "attribute", str(way.end), marks=True)
        before = {each.id for each in desk.layers.of_kind(span.kind)}
        desk._visited = visited
        self._try(way.node, done)
        made = next(each for each in desk.layers.of_kind(span.kind) if each.id not in before)
        self._ids[span] = made.id
        deeds = [done]
        if made.fragments != (whole or ()):
            for part in span.fragments:
                if part not in made.fragments:
                    joined = self._joined(span, part)
                    if joined is None:
                        return None
                    deeds.append(joined)
        return deeds + self._ties_here(span, attribution)

    def _untied(self, span: Span, attribution: Attribution) -> list[Annotation]:
        """The claims of a source that are marked and wait for it."""
        if span.kind != "source" or span not in attribution.sources:
            return []
        marked = (self._annotation(each) for each in attribution.claims)
        return [each for each in marked if each and self._desk.layers.lacks_source(each)]

    def _answer(self, claims: list[Annotation]) -> str:
        """What attributes one of the claims to what is selected, marking that as its source."""
        current = self._desk.current
        if current is not None and current.kind == "claim":
            return "n" if any(each.id == current.id for each in claims) else ""
        if current is not None and current.kind == "source":
            return ""
        number = number_of(self._desk.unsourced_near(), claims[0])
        return str(number) if number else ""

    def _splittable(self, span: Span, attribution: Attribution) -> Fragments | None:
        """The whole stretch of a claim, when cutting out what is marked in it gives its parts."""
        if len(span.fragments) < 2:
            return None
        whole = extent(span.fragments)
        marked = {
            each.fragments for kind in splitting.CUT_OUT for each in self._desk.layers.of_kind(kind)
        }
        marked |= {each.fragments for each in (*attribution.sources, *attribution.cues)}
        cuts = [
            part
            for each in marked
            for part in each
            if whole.overlaps(part) and not extent(each).holds(whole)
        ]
        left = splitting.without(self._terrain.text, (whole,), cuts)
        return (whole,) if left == span.fragments else None

    def _joined(self, span: Span, part: Fragment) -> Deed | None:
        """Add a part to a claim."""

        def ends(at: Node, first: bool) -> tuple[int, str] | None:
            if at.now.fragment != part:
                return None
            self._desk.selection = at.now
            can = self._desk.joinable()
            claim = self._annotation(span)
            number = number_of(list(can.partners), claim) if claim and not can.here else None
            return (2, str(number)) if number else None

        way = self._way(self.here(), [part], ends, _MOST)
        if way is None:
            return None
        return self._try(way.node, Deed("span", way.steps, "mark.join", str(way.end)))

    # Ties ---------------------------------------------------------------------------------------

    def _ties_here(self, span: Span, attribution: Attribution) -> list[Deed]:
        """The ties of the mark just made with those that are there already."""
        if span.kind not in ("claim", "source"):
            return []
        here = self._annotation(span)
        assert here is not None
        deeds = []
        others = attribution.sources if span.kind == "claim" else attribution.claims
        for other in others:
            digit = self._digit(here, self._annotation(other))
            if digit:
                deeds.append(self._try(self.here(), Deed("link", (), "attribute", digit)))
        if span.kind == "claim" and span in attribution.claims and not attribution.sources:
            deeds.append(self._try(self.here(), Deed("link", (), "attribute", "0")))
        return deeds

    def _digit(self, here: Annotation, other: Annotation | None) -> str:
        """The digit that ties the current mark to another; none if they are tied, or cannot be."""
        desk = self._desk
        current = desk.current
        if other is None or current is None or current.id != here.id:
            return ""
        claim, source = (here, other) if here.kind == "claim" else (other, here)
        if desk.own_tie(claim, source) is not None:
            return ""
        number = number_of(desk.partners(), other)
        return str(number) if number else ""

    def rest(self, node: Node, attribution: Attribution, most: int) -> list[Deed] | None:
        """What is left when all is marked: claims to be split, and ties not made on the way."""
        deeds: list[Deed] = []
        todo: list[Callable[[], Deed | None]] = []
        for claim in attribution.claims:
            made = self._annotation(claim)
            if made is not None and made.fragments != claim.fragments:
                todo.append(partial(self._split, claim))
        for claim in attribution.claims:
            for source in attribution.sources:
                todo.append(partial(self._tie, claim, source))
            if not attribution.sources:
                todo.append(partial(self._nobody, claim))
        for each in todo:
            deed = each()
            if deed is None:
                return None
            if deed.command:
                deeds.append(deed)
            if sum(deed.keys for deed in deeds) > most:
                return None
        return deeds

    def _split(self, span: Span) -> Deed | None:
        desk = self._desk
        claim = self._annotation(span)
        assert claim is not None

        def ends(at: Node, first: bool) -> tuple[int, str] | None:
            desk.selection = at.now
            here = desk.current
            if here is None:
                return None
            cut = splitting.cut(desk.layers, desk.text, here, at.now)
            if cut is None or cut.mark.id != claim.id:
                return None
            left = splitting.without(desk.text, cut.mark.fragments, cut.stretches)
            return (1, "") if left == span.fragments else None

        way = self._way(self.here(), [extent(claim.fragments)], ends, _MOST)
        if way is None:
            return None
        return self._try(way.node, Deed("span", way.steps, "mark.split"))

    def _tie(self, claim_span: Span, source_span: Span) -> Deed | None:
        desk = self._desk
        claim, source = self._annotation(claim_span), self._annotation(source_span)
        if claim is None or source is None:
            return None
        if desk.own_tie(claim, source) is not None:
            return Deed("link", (), "")

        def ends(at: Node, first: bool) -> tuple[int, str] | None:
            desk.selection = at.now
            digit = self._digit(claim, source) or self._digit(source, claim)
            return (2, digit) if digit else None

        places = (*claim.fragments, *source.fragments)
        way = self._way(self.here(), places, ends, _MOST)
        if way is None:
            return None
        return self._try(way.node, Deed("link", way.steps, "attribute", str(way.end)))

    def _nobody(self, span: Span) -> Deed | None:
        desk = self._desk
        claim = self._annotation(span)
        if claim is None or claim.unattributed:
            return Deed("link", (), "") if claim else None

        def ends(at: Node, first: bool) -> tuple[int, str] | None:
            desk.selection = at.now
            here = desk.current
            return (2, "0") if here is not None and here.id == claim.id else None

        way = self._way(self.here(), claim.fragments, ends, _MOST)
        if way is None:
            return None
        return self._try(way.node, Deed("link", way.steps, "attribute", "0"))
