"""The plan of one article: in which order its marks are made, and with which keys.

Attributions are taken in reading order. Within one, every order of what is still to be marked is
tried on a scratch session; the cheapest is then typed on a real desk, and compared with the gold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from plan.deeds import Deed, Deeds
from plan.gold import Article, Attribution, Span
from plan.hands import Hands, Pane, keys_of_commands
from plan.scratch import Scratch
from plan.search import Node
from plan.terrain import Terrain
from reader.model.link import ATTRIBUTION
from reader.workspace.author import author
from reader.workspace.library import Library

_DEAR: Final = 400
"""More keys than any attribution takes."""

_AT_ONCE: Final = 4
"""Of so many spans every order is tried; of more, they are taken as they stand in the text."""


@dataclass(slots=True)
class Plan:
    """The keys for an article, what came of them, and what could not be reached."""

    name: str
    spans: int
    links: int
    keys: list[str] = field(default_factory=list)
    span_keys: int = 0
    link_keys: int = 0
    missed: list[str] = field(default_factory=list)
    sourced: int = 0
    """How many links lead to a source; the others say that there is none."""
    vias: int = 0
    """How many of those go by way of a cue that the gold names."""
    how: dict[str, int] = field(default_factory=dict)
    """How often each command was used."""


class Planner:
    """Plans one article."""

    def __init__(self, article: Article, pane: Pane) -> None:
        self._article = article
        self._pane = pane
        self._terrain = Terrain(article.text, pane)
        self._keys = keys_of_commands()
        self._missed: list[str] = []

    def plan(self) -> Plan:
        """Plan it, type it on a desk of its own, and compare what is there with the gold."""
        article = self._article
        plan = Plan(article.name, len(article.spans), len(article.ties))
        with TemporaryDirectory() as folder:
            path = Path(folder, "article.txt")
            path.write_bytes(article.text.encode())
            library = Library(Path(folder, "db"), author("plan"))
            with library.open(str(path), None) as session:
                hands = Hands(session, self._pane)
                tried = Hands(Scratch(article.text, session.document), self._pane)
                deeds = Deeds(tried, self._terrain, self._keys)
                for chosen in self._chosen(deeds):
                    for deed in chosen:
                        deeds.do(tried, deed)
                        there, then = deeds.do(hands, deed)
                        if deed.purpose == "span" or deed.marks:
                            plan.span_keys += there
                        else:
                            plan.link_keys += there
                        if deed.purpose == "span":
                            plan.span_keys += then
                        else:
                            plan.link_keys += then
                        for each in (*(step.command for step in deed.steps), deed.command):
                            plan.how[each] = plan.how.get(each, 0) + 1
                plan.keys = hands.pressed
                plan.missed = self._missed + compared(article, hands, plan)
        return plan

    def _chosen(self, deeds: Deeds) -> Iterator[list[Deed]]:
        """What is done for each attribution in turn, the cheapest way there is."""
        left = set(self._article.spans)
        for attribution in self._article.attributions:
            wanted = [each for each in dict.fromkeys(attribution.spans) if each in left]
            left -= set(wanted)
            yield self._cheapest(deeds, attribution, wanted)
        for span in sorted(left, key=lambda each: each.fragments):
            yield self._cheapest(deeds, Attribution(), [span])

    def _cheapest(self, deeds: Deeds, attribution: Attribution, wanted: list[Span]) -> list[Deed]:
        found = _Found()
        begin = deeds.here()
        wanted = sorted(wanted, key=lambda each: each.start)

        def go_on(node: Node, left: list[Span], done: list[Deed]) -> None:
            keys = sum(deed.keys for deed in done)
            if not left:
                more = deeds.rest(node, attribution, found.keys - keys)
                if more is not None:
                    found.take([*done, *more])
                return
            for span in left if len(left) <= _AT_ONCE else left[:1]:
                mark, visited = deeds.mark
                room = found.keys - keys - len(left)
                made = deeds.of_span(node, span, attribution, room)
                if made is not None:
                    go_on(deeds.here(), [each for each in left if each is not span], done + made)
                deeds.back_to(mark, visited)

        mark, visited = deeds.mark
        go_on(begin, wanted, [])
        deeds.back_to(mark, visited)
        deeds.stand(begin)
        if found.keys == _DEAR:
            self._missed += [f"{each.kind} {list(map(tuple, each.fragments))}" for each in wanted]
            self._missed += ["its link"] if not wanted else []
        return found.deeds


class _Found:
    """The cheapest deeds so far."""

    def __init__(self) -> None:
        self.keys = _DEAR
        self.deeds: list[Deed] = []

    def take(self, deeds: list[Deed]) -> None:
        keys = sum(deed.keys for deed in deeds)
        if keys < self.keys:
            self.keys, self.deeds = keys, deeds


def compared(article: Article, hands: Hands, plan: Plan) -> list[str]:
    """In what the desk differs from the gold, in words; what agrees is counted in the plan."""
    layers = hands.desk.layers
    there = {(each.kind, each.fragments) for each in layers.annotations}
    wanted = {(each.kind, each.fragments) for each in article.spans}
    wrong = [f"not there: {kind} {list(map(tuple, parts))}" for kind, parts in wanted - there]
    wrong += [f"too many: {kind} {list(map(tuple, parts))}" for kind, parts in there - wanted]
    ties = set()
    cues = {
        (claim.fragments, source.fragments): {each.fragments for each in attribution.cues}
        for attribution in article.attributions
        for claim in attribution.claims
        for source in attribution.sources
    }
    for link in layers.links:
        ends = layers.get(link.from_id).fragments, layers.get(link.to_id).fragments
        ties.add(ends)
        via = layers.get(link.via_id).fragments if link.via_id else None
        plan.vias += via in cues.get(ends, set())
    for each in layers.of_kind("claim"):
        if not layers.links_from(each.id, ATTRIBUTION) and each.unattributed:
            ties.add((each.fragments, ()))
    gold = {
        (claim.fragments, source.fragments if source is not None else ())
        for claim, source in article.ties
    }
    plan.sourced = len([each for each in gold if each[1]])
    wrong += [f"not tied: {list(map(tuple, claim))}" for claim, _ in gold - ties]
    return wrong + [f"tied: {list(map(tuple, claim))}" for claim, _ in ties - gold]
