"""Marks that are there already, made into others: other places, another kind, one out of two.

As changes; nothing here writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from reader.anchoring.describe import describe
from reader.model.annotation import UNATTRIBUTED, Annotation
from reader.model.change import Change, Edit
from reader.model.fragment import Fragments, normalized, within
from reader.model.layer import Layers
from reader.model.link import ATTRIBUTION, Link
from reader.model.scheme import Scheme
from reader.text.units import Text
from reader.workspace.author import Author
from reader.workspace.edits import shown

# Places -----------------------------------------------------------------------------------------


def reshape(
    text: Text, author: Author, annotation: Annotation, fragments: Fragments, did: str = ""
) -> Change | None:
    """Give a mark other fragments; None when they are those it has.

    Raises InputError when they mark nothing or do not lie within the text.
    """
    now = author.now()
    after = _placed(text, annotation, fragments, now)
    if after.fragments == annotation.fragments:
        return None
    did = did or f"changed “{shown(annotation)}” to “{shown(after)}”"
    return Change((Edit(annotation, after),), did, author.name, now)


def _placed(text: Text, annotation: Annotation, fragments: Fragments, now: str) -> Annotation:
    fragments = normalized(fragments)
    within(fragments, len(text))
    quote, prefix, suffix = describe(text, fragments)
    return replace(
        annotation,
        fragments=fragments,
        quote=quote,
        prefix=prefix,
        suffix=suffix,
        anchor="same",
        updated=now,
    )


def join(
    layers: Layers,
    scheme: Scheme,
    text: Text,
    author: Author,
    kept: Annotation,
    other: Annotation,
) -> Change:
    """Make one mark of two: the fragments of both, and what is said of both.

    Where the two say different things it is what the one that is kept says; notes follow one
    another. The links of the other one are its own from then on, but none twice.
    """
    now = author.now()
    placed = _placed(text, kept, (*kept.fragments, *other.fragments), now)
    links = list(_moved_links(layers, scheme, kept, other, now))
    attributes = {**other.attributes, **kept.attributes}
    left = [edit.after for edit in links if isinstance(edit.after, Link)]
    ties = [*layers.links_from(kept.id, ATTRIBUTION), *left]
    if any(each.type == ATTRIBUTION and each.from_id == kept.id for each in ties):
        attributes.pop(UNATTRIBUTED, None)
    after = replace(
        placed,
        label=kept.label or other.label,
        note="\n".join(dict.fromkeys(each for each in (kept.note, other.note) if each)),
        attributes=attributes,
    )
    did = f"joined “{shown(other)}” to “{shown(kept)}”"
    edits = (Edit(kept, after), *links, Edit(other, None))
    return Change(edits, did, author.name, now)


def _moved_links(
    layers: Layers, scheme: Scheme, kept: Annotation, other: Annotation, now: str
) -> Iterable[Edit]:
    """The links of a mark that becomes part of another, as links of that one; those that would lead
    from it to itself, or say again what is said, go."""
    known = {_saying(scheme, link) for link in layers.links_of(kept.id)}
    for link in layers.links_of(other.id):
        from_id, to_id, via_id = (
            kept.id if end == other.id else end for end in (link.from_id, link.to_id, link.via_id)
        )
        assert from_id is not None  # it had both its ends
        assert to_id is not None
        moved = replace(link, from_id=from_id, to_id=to_id, via_id=via_id, updated=now)
        ends_moved = other.id in (link.from_id, link.to_id)
        if from_id == to_id or (ends_moved and _saying(scheme, moved) in known):
            yield Edit(link, None)
        else:
            known.add(_saying(scheme, moved))
            yield Edit(link, moved)


def _saying(scheme: Scheme, link: Link) -> tuple[str, str, frozenset[str] | tuple[str, str]]:
    """What tells a link from one that says the same."""
    mutual = any(each.name == link.type and each.mutual for each in scheme.links)
    ends = (link.from_id, link.to_id)
    return link.type, link.annotator, frozenset(ends) if mutual else ends


# Kinds ------------------------------------------------------------------------------------------


def retag(
    layers: Layers,
    scheme: Scheme,
    author: Author,
    marks: Sequence[Annotation],
    kind: str,
    label: str | None,
) -> Change | None:
    """Make marks ones of a kind, with a label; None when they are so already.

    A mark of that kind keeps its label when none is given. What the new kind cannot have goes in
    the same change: links that the scheme does not allow it, and attributes of the old kind only.
    """
    now = author.now()
    before = [
        each for each in marks if each.kind != kind or (label is not None and each.label != label)
    ]
    if not before:
        return None
    changed = {each.id: _retagged(scheme, each, kind, label, now) for each in before}
    links = list(_allowed_links(layers, scheme, changed, now))
    gone = sum(edit.after is None for edit in links)
    did = f"marked “{shown(before[0])}”{_and_more(len(before))} as {label or kind}"
    if all(each.kind != kind for each in before) and len({each.kind for each in before}) == 1:
        did += f" instead of {before[0].kind}"
    if gone:
        did += f"; {gone:,} {'link' if gone == 1 else 'links'} went with that"
    edits = (*(Edit(each, changed[each.id]) for each in before), *links)
    return Change(edits, did, author.name, now)


def _retagged(
    scheme: Scheme, mark: Annotation, kind: str, label: str | None, now: str
) -> Annotation:
    attributes = _attributes(scheme, mark, kind)
    return replace(mark, kind=kind, label=label, attributes=attributes, updated=now)


def _attributes(scheme: Scheme, mark: Annotation, kind: str) -> Mapping[str, object]:
    """The attributes that a mark keeps as one of another kind: all that are not the old kind's."""
    if mark.kind == kind:
        return mark.attributes
    kept = {each.name for each in scheme.attributes(kind)}
    lost = {each.name for each in scheme.attributes(mark.kind)} - kept
    lost |= {UNATTRIBUTED} if kind != "claim" else set()
    return {name: value for name, value in mark.attributes.items() if name not in lost}


def _allowed_links(
    layers: Layers, scheme: Scheme, changed: Mapping[str, Annotation], now: str
) -> Iterable[Edit]:
    """What becomes of the links of marks whose kinds change."""

    def kind_of(mark_id: str) -> str:
        return changed[mark_id].kind if mark_id in changed else layers.get(mark_id).kind

    types = {each.name: each for each in scheme.links}
    links = {link.id: link for each in changed for link in layers.links_of(each)}
    for link in links.values():
        allowed = types.get(link.type)
        if allowed is None:
            continue  # of another scheme: nobody knows what it may join
        if (kind_of(link.from_id), kind_of(link.to_id)) != (allowed.from_kind, allowed.to_kind):
            yield Edit(link, None)
        elif link.via_id is not None and kind_of(link.via_id) != allowed.via_kind:
            yield Edit(link, replace(link, via_id=None, updated=now))


def relabel(author: Author, marks: Sequence[Annotation], label: str | None) -> Change | None:
    """Give marks a label, or take theirs away; None when they have it already."""
    now = author.now()
    edits = [
        Edit(each, replace(each, label=label, updated=now)) for each in marks if each.label != label
    ]
    if not edits:
        return None
    first = edits[0].before
    assert isinstance(first, Annotation)
    did = f"labelled “{shown(first)}”{_and_more(len(edits))} {label or 'nothing'}"
    return Change(tuple(edits), did, author.name, now)


def _and_more(count: int) -> str:
    return f" and {count - 1:,} more" if count > 1 else ""
