"""Which kinds, labels, keys and links exist."""

from __future__ import annotations

from math import isfinite
from typing import Final, Literal, NamedTuple

from reader.errors import InputError
from reader.model.annotation import UNATTRIBUTED

Look = Literal["wash", "underline", "bold", "italic"]
"""How a kind is drawn, besides its colour, so that kinds over one another can all be read."""

Natural = Literal["name", "speaker", "statement", "report"]
"""What a tag key takes from a soft selection: the name, the name or noun run, the quotation or
sentence, the verb run."""


ValueType = Literal["choice", "flag", "text", "number"]
"""What an attribute's value is: one of a list, whether or not, words, or a number."""


class Label(NamedTuple):
    """A kind's sub-type and the key that picks it, once the kind is chosen.

    `brief` stands for the name where there is little room.
    """

    name: str
    key: str
    brief: str = ""

    @property
    def short(self) -> str:
        return self.brief or self.name


class Attribute(NamedTuple):
    """Something that can be said of a mark of some kind, under a name.

    `values` are those of a choice. `brief` stands for the name where people read it, and `help`
    says what it is for.
    """

    name: str
    key: str
    type: ValueType
    values: tuple[str, ...] = ()
    brief: str = ""
    help: str = ""

    @property
    def short(self) -> str:
        return self.brief or self.name

    def check(self, value: object) -> None:
        """Raise InputError unless the value is one that this attribute can have."""
        match self.type:
            case "choice":
                fine, remedy = value in self.values, f"It is one of: {', '.join(self.values)}."
            case "flag":
                fine, remedy = isinstance(value, bool), "It is true or false."
            case "text":
                fine, remedy = isinstance(value, str), "Its value is words."
            case "number":
                number = isinstance(value, int | float) and not isinstance(value, bool)
                fine, remedy = number and isfinite(float(str(value))), "Its value is a number."
        if not fine:
            raise InputError(f"{self.short} cannot be '{value}'", remedy=remedy)


class Kind(NamedTuple):
    """A kind of mark. `asks` says whether its key waits for a label's key before it tags."""

    name: str
    plural: str
    key: str
    look: Look
    natural: Natural
    labels: tuple[Label, ...] = ()
    asks: bool = False
    attributes: tuple[Attribute, ...] = ()


class LinkType(NamedTuple):
    """A type of link and the kinds it may join.

    `forth` says it of the mark that it goes from, `back` of the one it goes to. A `mutual` one says
    the same either way round. `key` picks it where several are possible.
    """

    name: str
    from_kind: str
    to_kind: str
    via_kind: str | None = None
    key: str = ""
    forth: str = ""
    back: str = ""
    mutual: bool = False

    def joins(self, kind: str) -> bool:
        """Whether it can hang on marks of a kind, at either end."""
        return kind in (self.from_kind, self.to_kind)


class Scheme(NamedTuple):
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

    def attributes(self, kind: str) -> tuple[Attribute, ...]:
        """What can be said of the marks of a kind; nothing of a kind that the scheme lacks."""
        return next((own.attributes for own in self.kinds if own.name == kind), ())

    def check_attribute(self, kind: str, name: str, value: object) -> None:
        """Raise InputError unless marks of a kind have such an attribute, with such a value.

        None, which takes the value away, is always allowed.
        """
        known = self.kind(kind).attributes
        if name == UNATTRIBUTED:
            raise InputError(
                f"'{UNATTRIBUTED}' is not set by itself",
                remedy="Say that the claim has no source, or attribute it to one.",
            )
        attribute = next((each for each in known if each.name == name), None)
        if attribute is None:
            names = ", ".join(each.name for each in known)
            remedy = f"Its attributes are: {names}." if known else "It has no attributes."
            raise InputError(f"The kind '{kind}' has no attribute '{name}'", remedy=remedy)
        if value is not None:
            attribute.check(value)

    def links_for(self, kind: str) -> tuple[LinkType, ...]:
        """The types of link that can hang on marks of a kind."""
        return tuple(link for link in self.links if link.joins(kind))

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
            attributes=(
                Attribute(
                    "reference", "r", "text", help="who or what it is: a Wikidata id, a full name"
                ),
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
            attributes=(
                Attribute(
                    "priority",
                    "p",
                    "choice",
                    ("high", "medium", "low"),
                    help="how much it matters that it is checked",
                ),
                Attribute(
                    "status",
                    "s",
                    "choice",
                    ("unchecked", "supported", "disputed", "refuted", "unverifiable"),
                    help="what the check has found",
                ),
                Attribute(
                    "check_note",
                    "k",
                    "text",
                    brief="check note",
                    help="how it was checked, and against what",
                ),
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
    links=(
        LinkType(
            "attribution",
            "claim",
            "source",
            via_kind="cue",
            key="a",
            forth="is said by",
            back="says",
        ),
        LinkType("about", "claim", "entity", key="b", forth="is about", back="is in"),
        LinkType(
            "same as",
            "entity",
            "entity",
            key="s",
            forth="is the same as",
            back="is the same as",
            mutual=True,
        ),
        LinkType(
            "contradicts",
            "claim",
            "claim",
            key="x",
            forth="contradicts",
            back="contradicts",
            mutual=True,
        ),
    ),
)
