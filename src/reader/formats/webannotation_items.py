"""An annotation as it stands in a file, before its place is looked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from reader.formats.webannotation_bodies import Bodies, listed, words
from reader.formats.webannotation_place import selectors_of
from reader.formats.webannotation_terms import KIND, LABEL, record_name

_KINDS: Final = ("entity", "claim", "source", "cue")


class Item:
    """An annotation as it stands in the file."""

    def __init__(self, raw: Mapping[str, Any], number: int) -> None:
        self.raw = raw
        iri = words(raw.get("id", raw.get("@id")))
        self.iri = iri or f"annotation {number}"
        self.name = record_name(self.iri)
        self.targets = listed(raw.get("target"))
        self.motivations = [
            each.removeprefix("oa:")
            for each in listed(raw.get("motivation"))
            if isinstance(each, str)
        ]

    def references(self) -> list[str]:
        """The IRIs of what it is about, and of what it says of that, where they are given."""
        bodies = listed(self.raw.get("body"))
        named = [
            each.get("id") if isinstance(each, dict) else each for each in (*self.targets, *bodies)
        ]
        return [each for each in named if isinstance(each, str)]


def documents_of(raw: Any) -> dict[str, Mapping[str, Any]]:
    """The texts that a file of ours names, by their IRIs."""
    given = raw.get("documents") if isinstance(raw, dict) else None
    named = [each for each in listed(given) if isinstance(each, dict)]
    return {each["id"]: each for each in named if isinstance(each.get("id"), str)}


def ends_of(item: Item, marks: Mapping[str, Item]) -> tuple[Item, Item] | None:
    """The two marks that a link ties; None if it is none."""
    ends = [marks[each] for each in dict.fromkeys(item.references()) if each in marks]
    return (ends[0], ends[1]) if len(ends) > 1 else None


def named(bodies: Bodies) -> tuple[str, str | None, list[str]]:
    """Kind, label, and the tags that are neither."""
    tags = list(bodies.tags)
    kind, label = bodies.tag(KIND), bodies.tag(LABEL)
    if kind is None:
        kind = next((each for each in tags if each.lower() in _KINDS), None)
        if kind is not None:
            tags.remove(kind)
            kind = kind.lower()
    if label is None and tags:
        label = tags.pop(0)
    return kind or "entity", label, tags


def plainly(name: str, value: Any) -> str | None:
    """A time, or a creator's name; None where it is something else."""
    if isinstance(value, str) or name != "creator":
        return words(value)
    if not isinstance(value, dict):
        return None
    return words(value.get("name")) or words(value.get("nickname")) or words(value.get("id"))


def says_more(name: str, value: Any) -> bool:
    """Whether a time or a creator says something that is not `plainly` kept."""
    if name == "creator" and isinstance(value, dict):
        return not {"type", "name"}.issuperset(value) or words(value.get("name")) is None
    return words(value) is None


def left_over(target: Mapping[str, Any]) -> dict[str, Any]:
    """What a target says beside its source and the selectors that are followed."""
    rest = {
        name: each
        for name, each in target.items()
        if name not in ("type", "@type", "source", "selector", "part")
    }
    followed = selectors_of(target)
    others = [each for each in listed(target.get("selector")) if each not in followed]
    return {**rest, "selector": others} if others else rest


def iri_of(value: Any) -> Any:
    """What names a body or a target."""
    return value.get("id") if isinstance(value, dict) else value
