"""What a foreign file brings to a document that is known already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping

from msgspec.structs import replace

from reader.formats.codec import Content
from reader.formats.draft import FOREIGN
from reader.formats.identity import is_derived
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.layer import Layers
from reader.model.link import Link


def new_records(content: Content, layers: Layers) -> tuple[list[Annotation | Link], int]:
    """The marks and links of a file that are not there yet, and how many are there and say
    something else: those stay as they are.

    A mark that came without an id of its own is the same as one with its id; else as one of the
    same annotator with the same kind, label and place, which another way has brought here.
    """
    coming = {each.id for each in content.annotations}
    twins: dict[Hashable, list[Annotation]] = defaultdict(list)
    for mark in layers.annotations:
        if mark.id not in coming:
            twins[_what(mark)].append(mark)
    fresh: list[Annotation | Link] = []
    differing = 0
    ids: dict[str, str] = {}
    for mark in content.annotations:
        there = layers.find(mark.id)
        if there is None and is_derived(mark.id) and twins[_what(mark)]:
            there = twins[_what(mark)].pop(0)
        ids[mark.id] = there.id if there is not None else mark.id
        if there is None:
            fresh.append(mark)
        elif _says(there) != _says(mark):
            differing += 1
    tied = Counter(_ties(each) for each in layers.links)
    for link in content.links:
        via = ids[link.via_id] if link.via_id is not None else None
        link = replace(link, from_id=ids[link.from_id], to_id=ids[link.to_id], via_id=via)
        known = layers.link_if_there(link.id)
        if known is not None:
            differing += _ties(known) != _ties(link)
        elif is_derived(link.id) and tied[_ties(link)]:
            tied[_ties(link)] -= 1
        else:
            fresh.append(link)
    return fresh, differing


def _what(mark: Annotation) -> Hashable:
    return mark.annotator, mark.kind, mark.label, mark.fragments


def _says(mark: Annotation) -> tuple[object, ...]:
    return mark.kind, mark.label, mark.fragments, mark.attributes, mark.note


def _ties(link: Link) -> tuple[str | None, ...]:
    return link.annotator, link.type, link.from_id, link.to_id, link.via_id


def filled(here: Document, there: Document) -> tuple[Document, tuple[str, ...]]:
    """The document with what the import says where it says nothing itself, and the fields on which
    the two differ."""
    fresh = {"state": "new"}
    complete, differing = here, []
    for field in ("title", "url", "author", "published", "state", "note", "attributes"):
        mine, theirs = getattr(here, field), getattr(there, field)
        if mine == theirs or theirs in (None, "", {}, fresh.get(field)):
            continue
        if mine in (None, "", {}, fresh.get(field)):
            complete = replace(complete, **{field: theirs})
        elif field != "title":
            differing.append(field)
    extra = _joined(here.extra, there.extra)
    if not _holds(extra, there.extra):
        differing.append("extra")
    return replace(complete, extra=extra), tuple(differing)


def _joined(here: Mapping[str, object], there: Mapping[str, object]) -> Mapping[str, object]:
    """All fields of both, those of `here` where they differ. What is kept of other formats is
    joined format by format."""
    kept, coming = here.get(FOREIGN), there.get(FOREIGN)
    both = {**there, **here}
    if isinstance(kept, Mapping) and isinstance(coming, Mapping):
        both[FOREIGN] = {**coming, **kept}
    return both


def _holds(larger: Mapping[str, object], smaller: Mapping[str, object]) -> bool:
    """Whether the joined fields say all that those of one side do."""
    return _joined(smaller, larger) == larger
