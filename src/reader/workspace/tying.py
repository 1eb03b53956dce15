"""A person who ties marks to one another: claims to sources, and whatever the scheme joins.

Every call that changes the document returns what it did, in words, once that is on the disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reader.model.annotation import Annotation
from reader.model.change import Change
from reader.model.fragment import Fragments
from reader.model.link import ATTRIBUTION, Link
from reader.model.scheme import LinkType
from reader.workspace import targets
from reader.workspace.edits import own_tie, shown
from reader.workspace.reading import Reading


class Tie(NamedTuple):
    """A link as the mark at one of its ends sees it: `word` is what it says of the other."""

    link: Link
    other: Annotation
    word: str


class Tying(Reading):
    """An open document with a selection, and the links of the mark where it is."""

    # Attributing --------------------------------------------------------------------------------

    def partners(self) -> list[Annotation]:
        """Whom the current claim (or source) can be tied to, the nearest first."""
        here = self.current
        return targets.partners(self.layers, here) if here is not None else []

    def unsourced_near(self) -> list[Annotation]:
        """The claims without a source that plain words could be the source of, nearest first."""
        return targets.unsourced_near(self.layers, self.selection.fragment)

    def attribute(self, here: Annotation, partner: Annotation) -> str:
        """Tie a claim to a source, or a source to a claim, with the cue between the two."""
        claim, source = (here, partner) if here.kind == "claim" else (partner, here)
        cue = self._cue(claim, source)
        self.session.link(claim, source, via=cue)
        said = f"Attributed “{shown(claim)}” to {shown(source)}"
        said += f", by “{shown(cue)}”" if cue else ""
        sources = len(self.attributions(claim))
        return f"{said}: its source number {sources}" if sources > 1 else said

    def attribute_all(self, claims: Sequence[Annotation], source: Annotation) -> str:
        """Tie claims to one source, each with its cue."""
        change = self.session.attribute(claims, source, self._cue)
        return said_of(change) or f"{these(claims)} attributed to {shown(source)} already"

    def attribute_new(
        self, claims: Annotation | Sequence[Annotation], fragments: Fragments = ()
    ) -> str:
        """Tag these fragments, or else what the key of sources takes now, as a source, and tie a
        claim to it, or several: one change."""
        several = [claims] if isinstance(claims, Annotation) else list(claims)
        wanted = fragments or self.target(self.session.scheme.kind("source"))
        change = self.session.attribute_new(several, wanted, self._cue)
        source = targets.twin(self.layers, "source", wanted, self.session.author.name)
        if source is not None:
            self.visit(source)
        return said_of(change) or f"{these(several)} attributed so already"

    def _cue(self, claim: Annotation, source: Annotation) -> Annotation | None:
        return targets.cue_between(self.layers, claim, source)

    def no_source(self, claim: Annotation) -> str:
        """Say that a claim has no source."""
        change = self.session.no_source(claim)
        return said_of(change) or "That this claim has no source is marked already"

    def attributions(self, annotation: Annotation) -> list[tuple[Link, Annotation]]:
        """The attributions of a claim with their sources, or of a source with its claims."""
        if annotation.kind == "claim":
            links = self.layers.links_from(annotation.id, ATTRIBUTION)
            return [(link, self.layers.get(link.to_id)) for link in links]
        links = self.layers.links_to(annotation.id, ATTRIBUTION)
        return [(link, self.layers.get(link.from_id)) for link in links]

    # Links of any type --------------------------------------------------------------------------

    def link_types(self) -> tuple[LinkType, ...]:
        """The types of link that the current mark can have."""
        here = self.current
        return self.session.scheme.links_for(here.kind) if here is not None else ()

    def link_partners(self, link_type: LinkType) -> list[Annotation]:
        """What the current mark can be tied to by a link of a type, the nearest first."""
        here = self.current
        return targets.link_partners(self.layers, here, link_type) if here is not None else []

    def all_partners(self, link_type: LinkType | None = None) -> list[Annotation]:
        """All that the current mark can be attributed to, or tied to by another type of link, in
        reading order."""
        here = self.current
        wanted = link_type or self.session.scheme.link(ATTRIBUTION)
        return targets.all_partners(self.layers, here, wanted) if here is not None else []

    def tie(self, here: Annotation, partner: Annotation, link_type: LinkType) -> str:
        """Tie two marks by a link of a type, whichever end of it `here` is; an attribution with its
        cue."""
        if link_type.name == ATTRIBUTION:
            return self.attribute(here, partner)
        ends = (here, partner) if here.kind == link_type.from_kind else (partner, here)
        before = self.layers.revision
        self.session.link(*ends, link_type=link_type.name)
        said = f"“{shown(ends[0])}” {link_type.forth or link_type.name} “{shown(ends[1])}”"
        return said if self.layers.revision != before else f"{said}: that was said already"

    def own_tie(
        self, claim: Annotation, source: Annotation, link_type: LinkType | None = None
    ) -> Link | None:
        """The annotator's own link between two marks, an attribution unless another type is
        named; of a type that joins two of a kind, in the direction there is."""
        wanted = link_type or self.session.scheme.link(ATTRIBUTION)
        pair = (claim, source) if claim.kind == wanted.from_kind else (source, claim)
        author = self.session.author
        return own_tie(self.layers, author, *pair, wanted.name, mutual=wanted.mutual)

    def ties(self, annotation: Annotation) -> list[Tie]:
        """All links from a mark and to it, with the marks at their other ends."""
        words = {each.name: (each.forth, each.back) for each in self.session.scheme.links}
        ties = []
        for link in self.layers.links_of(annotation.id):
            forth, back = words.get(link.type, ("", ""))
            if link.from_id == annotation.id:
                ties.append(Tie(link, self.layers.get(link.to_id), forth or link.type))
            elif link.to_id == annotation.id:
                ties.append(Tie(link, self.layers.get(link.from_id), back or link.type))
        return ties

    def untie(self, link: Link) -> str:
        """Remove a link; both its ends stay."""
        return said_of(self.session.unlink(link)) or "It was untied already"


def said_of(change: Change | None) -> str:
    """What a change did, as the beginning of a sentence."""
    return change.did[:1].upper() + change.did[1:] if change else ""


def these(marks: Sequence[Annotation]) -> str:
    """Marks as the beginning of a sentence that goes on with what they are."""
    return f"“{shown(marks[0])}” is" if len(marks) == 1 else "All of them are"
