"""Which kinds, labels, keys and links exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from reader.errors import InputError

Look = Literal["wash", "underline", "bold", "italic"]
"""How a kind is drawn, besides its colour, so that kinds over one another can all be read."""

Natural = Literal["name", "speaker", "statement", "report"]
"""What a tag key takes from a soft selection: the name, the name or noun run, the quotation or
sentence, the verb run."""


@dataclass(frozen=True, slots=True)
class Label:
    """A kind's sub-type and the key that picks it, once the kind is chosen.

    `brief` stands for the name where there is little room.
    """

    name: str
    key: str
    brief: str = ""

    @property
    def short(self) -> str:
        return self.brief or self.name


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of mark. `asks` says whether its key waits for a label's key before it tags."""

    name: str
    plural: str
    key: str
    look: Look
    natural: Natural
    labels: tuple[Label, ...] = ()
    asks: bool = False


@dataclass(frozen=True, slots=True)
class LinkType:
    """A type of link and the kinds it may join."""

    name: str
    from_kind: str
    to_kind: str
    via_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """The kinds and links that an annotator works with."""

    name: str
    kinds: tuple[Kind, ...]
    links: tuple[LinkType, ...]

    def kind(self, name: str) -> Kind:
        for kind in self.kinds:
            if kind.name == name:
                return kind
        raise InputError(
            f"There is no kind '{name}'",
            remedy=f"The kinds are: {', '.join(kind.name for kind in self.kinds)}.",
        )

    def check_label(self, kind: str, label: str | None) -> None:
        """Raise InputError unless the kind exists and has that label (None is always allowed)."""
        labels = [each.name for each in self.kind(kind).labels]
        if label is not None and label not in labels:
            remedy = f"Its labels are: {', '.join(labels)}." if labels else "It has no labels."
            raise InputError(f"The kind '{kind}' has no label '{label}'", remedy=remedy)

    def short(self, kind: str, label: str | None) -> str | None:
        """A label where there is little room; one that the scheme lacks stays as it is."""
        labels = (each for own in self.kinds if own.name == kind for each in own.labels)
        return next((each.short for each in labels if each.name == label), label)

    def link(self, name: str) -> LinkType:
        for link in self.links:
            if link.name == name:
                return link
        raise InputError(
            f"There is no link type '{name}'",
            remedy=f"The link types are: {', '.join(link.name for link in self.links)}.",
        )


DEFAULT: Final = Scheme(
    name="attribution",
    kinds=(
        Kind(
            "entity",
            "Entities",
            "e",
            look="underline",
            natural="name",
            asks=True,
            labels=(
                Label("person", "p"),
                Label("organisation", "o", brief="org"),
                Label("place", "l"),
                Label("event", "v"),
                Label("date", "d"),
                Label("quantity", "q"),
                Label("work", "w"),
                Label("group", "g"),
            ),
        ),
        Kind(
            "claim",
            "Claims",
            "c",
            look="wash",
            natural="statement",
            labels=(
                Label("statement", "s"),
                Label("statistic", "t"),
                Label("quotation", "q"),
                Label("prediction", "p"),
                Label("causal", "c"),
            ),
        ),
        Kind(
            "source",
            "Sources",
            "s",
            look="bold",
            natural="speaker",
            labels=(
                Label("named", "n"),
                Label("unnamed", "u"),
                Label("document", "d"),
                Label("organisation", "o"),
                Label("medium", "m"),
            ),
        ),
        Kind("cue", "Cues", "r", look="italic", natural="report"),
    ),
    links=(LinkType("attribution", "claim", "source", via_kind="cue"),),
)
