"""Tying marks to one another: the numbers beside the nearest, or a pick from all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from reader.model.annotation import Annotation
from reader.model.link import ATTRIBUTION
from reader.model.scheme import LinkType
from reader.tui.screens import standing
from reader.tui.screens.aside import AsideFrame
from reader.tui.screens.frame import Asking
from reader.tui.widgets.hints import Hint
from reader.workspace.edits import shown

Answers = dict[str, Callable[[], str]]


class TyingFrame(AsideFrame):
    """A document's screen on which marks are attributed, and tied in other ways."""

    def do_attribute(self, count: int) -> None:
        """Ask who says it, or what they say; on words that are neither a claim nor a source, whose
        claim is theirs."""
        here = self.desk.current
        if here is not None and here.kind == "claim":
            self._ask_source(here)
        elif here is not None and here.kind == "source":
            self._ask_partner(here, self.desk.session.scheme.link(ATTRIBUTION))
        else:
            self._ask_claim()

    def _ask_source(self, claim: Annotation) -> None:
        desk = self.desk
        partners = desk.partners()
        answers, hints, tied = self._numbered(claim, partners, None)
        answers["0"] = partial(desk.no_source, claim)
        source = desk.session.scheme.kind("source")
        speaker = desk.target(source)
        if speaker != claim.fragments:
            words = standing.words(desk, source.name)
            answers["n"] = partial(desk.attribute_new, claim, speaker)
            hints.append(Hint("n", f"new: {words}", "n"))
        if partners:
            link = desk.session.scheme.link(ATTRIBUTION)
            answers["/"] = partial(self._pick, claim, link)
            hints.append(Hint("/", "pick", "/", kept=True))
        hints.append(Hint("0", "no source", "0", kept=True))
        question = "Whose claim is it?" if not tied else "Who else says so, or who does not?"
        if not partners:
            question = "No source is tagged yet. Tag one by n or s, or is there none?"
        self._ask(f"{question} Esc cancels. “{shown(claim)}”", hints, answers, partners)

    def _ask_claim(self) -> None:
        """Ask for the claim that the words here are the source of: they become one with that."""
        desk = self.desk
        claims = desk.unsourced_near()
        if not claims:
            self.say("No claim without a source is near: c tags one", alarm=True)
            return
        source = desk.session.scheme.kind("source")
        speaker = desk.target(source)
        answers: Answers = {
            str(number): partial(desk.attribute_new, claim, speaker)
            for number, claim in enumerate(claims, start=1)
        }
        answers["n"] = answers["1"]
        hints = [
            Hint(str(number), shown(claim, 24), str(number))
            for number, claim in enumerate(claims, start=1)
        ]
        question = f"“{standing.words(desk, source.name)}” is the source of which claim?"
        self._ask(f"{question} Esc cancels.", hints, answers, claims)

    def do_link(self, count: int) -> None:
        """Ask for the type of link, then for the other end."""
        here = self.desk.current
        assert here is not None  # what the command needs
        types = self.desk.link_types()
        answers: Answers = {each.key: partial(self._link_by, here, each) for each in types}
        hints = [Hint(each.key, _says(each, here), each.key) for each in types]
        if not types:
            self.say(f"A {here.kind} is tied to nothing", alarm=True)
            return
        self._ask(f"How is “{shown(here)}” tied? Esc cancels.", hints, answers, [])

    def _link_by(self, here: Annotation, link: LinkType) -> str:
        if link.name == ATTRIBUTION and here.kind == "claim":
            self._ask_source(here)
        else:
            self._ask_partner(here, link)
        return self.message

    def _ask_partner(self, here: Annotation, link: LinkType) -> None:
        desk = self.desk
        own = link.name == ATTRIBUTION
        partners = desk.partners() if own else desk.link_partners(link)
        if not partners:
            wanted = link.from_kind if here.kind == link.to_kind else link.to_kind
            none = "Every claim has its source already" if own else f"No {wanted} is near"
            self.say(none, alarm=True)
            return
        answers, hints, _ = self._numbered(here, partners, link)
        answers["/"] = partial(self._pick, here, link)
        hints.append(Hint("/", "pick", "/", kept=True))
        question = f"“{shown(here)}” {_says(link, here)} …? Esc cancels."
        if own:
            question = f"Which claim is theirs? Esc cancels. “{shown(here)}”"
        self._ask(question, hints, answers, partners)

    def _numbered(
        self, here: Annotation, partners: Sequence[Annotation], link: LinkType | None
    ) -> tuple[Answers, list[Hint], bool]:
        """The digits that tie, or untie what is tied already; whether any is."""
        desk = self.desk
        answers: Answers = {}
        hints = []
        tied = False
        kind = link or desk.session.scheme.link(ATTRIBUTION)
        for number, partner in enumerate(partners, start=1):
            tie = desk.own_tie(here, partner, kind)
            word = shown(partner, 24)
            if tie is not None:
                tied, word = True, f"not {word}"
                answers[str(number)] = partial(desk.untie, tie)
            else:
                answers[str(number)] = partial(desk.tie, here, partner, kind)
            hints.append(Hint(str(number), word, str(number)))
        return answers, hints, tied

    def _ask(
        self, question: str, hints: Sequence[Hint], answers: Answers, marks: Sequence[Annotation]
    ) -> None:
        self.ask(Asking(question, tuple(hints), answers, badges=numbers_beside(marks)))

    def _pick(self, here: Annotation, link: LinkType) -> str:
        """Have one picked from all by typing."""
        from reader.tui.screens.picking import Choice, PickScreen

        desk = self.desk
        partners = desk.all_partners(link)
        numbers = [self.article.numbering.holding(each.start) for each in partners]
        choices = [
            Choice(each.words, each.label or "", f"¶ {number}" if number else "")
            for each, number in zip(partners, numbers, strict=True)
        ]
        near = desk.partners() if link.name == ATTRIBUTION else desk.link_partners(link)
        at = partners.index(near[0]) if near and near[0] in partners else 0

        def picked(number: int | None) -> None:
            if number is not None:
                self.attempt(partial(desk.tie, here, partners[number], link))
            self.show()

        title = f"“{shown(here)}” {_says(link, here)} …"
        screen = PickScreen(title, choices, at, "Enter: tie them")
        self.cover(partial(self.app.push_screen, screen, picked))
        return ""


def numbers_beside(marks: Sequence[Annotation]) -> dict[int, str]:
    """The digits that pick marks, by where these begin: several may begin together."""
    digits: dict[int, str] = {}
    for number, mark in enumerate(marks, start=1):
        digits[mark.start] = digits.get(mark.start, "") + str(number)
    return digits


def _says(link: LinkType, here: Annotation) -> str:
    """What a link says of the mark it hangs on."""
    forth = here.kind == link.from_kind
    return (link.forth if forth else link.back) or link.name
