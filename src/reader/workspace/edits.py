"""What each command does to a document, as a change. Pure: nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from reader.anchoring.describe import describe
from reader.errors import InputError
from reader.model.annotation import UNATTRIBUTED, Annotation
from reader.model.change import Change, Edit
from reader.model.document import Document
from reader.model.fragment import Fragments, extent, normalized, within
from reader.model.layer import Layers
from reader.model.link import ATTRIBUTION, Link
from reader.model.scheme import Scheme
from reader.text.units import Text
from reader.workspace.author import Author


def shown(annotation: Annotation, most: int = 40) -> str:
    """An annotation's words, short enough for a message."""
    words = annotation.words
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def tag(
    layers: Layers,
    text: Text,
    author: Author,
    kind: str,
    fragments: Fragments,
    *,
    label: str | None = None,
    note: str = "",
) -> Change:
    """Mark the fragments. A new document is in progress from its first mark on.

    Raises InputError when the fragments mark nothing or do not lie within the text.
    """
    now = author.now()
    made = marked(text, author, now, kind, fragments, label=label, note=note)
    did = f"tagged “{shown(made)}” as {label or kind}"
    return Change((Edit(None, made), *begun(layers)), did, author.name, now)


def tag_all(
    layers: Layers,
    text: Text,
    author: Author,
    kind: str,
    label: str | None,
    wanted: Iterable[Fragments],
) -> Change | None:
    """Mark each of these as one of a kind, but for those that the author has marked so already."""
    now = author.now()
    # all at once: to look for each by its place takes as long as to mark it
    there = {each.fragments for each in layers.of_kind(kind) if each.annotator == author.name}
    made = []
    for fragments in wanted:
        if fragments not in there:
            there.add(fragments)
            made.append(marked(text, author, now, kind, fragments, label=label))
    if not made:
        return None
    many = f"{len(made):,} more “{shown(made[0])}”"
    edits = (*(Edit(None, each) for each in made), *begun(layers))
    return Change(edits, f"tagged {many} as {label or kind}", author.name, now)


def marked(
    text: Text,
    author: Author,
    now: str,
    kind: str,
    fragments: Fragments,
    *,
    label: str | None = None,
    note: str = "",
) -> Annotation:
    """A new mark of the fragments. Raises InputError when they are none, or not in the text."""
    fragments = normalized(fragments)
    within(fragments, len(text))
    quote, prefix, suffix = describe(text, fragments)
    return Annotation(
        id=author.new_id(),
        kind=kind,
        label=label,
        fragments=fragments,
        quote=quote,
        prefix=prefix,
        suffix=suffix,
        note=note,
        annotator=author.name,
        created=now,
        updated=now,
    )


def begun(layers: Layers) -> tuple[Edit, ...]:
    """What a first mark does to a document: a new one is in progress from then on."""
    document = layers.document
    return (
        (Edit(document, replace(document, state="in progress")),) if document.state == "new" else ()
    )


def own_mark(layers: Layers, annotator: str, kind: str, fragments: Fragments) -> Annotation | None:
    """An annotator's mark of a kind on exactly these fragments."""
    return next(
        (
            each
            for each in layers.touching(extent(fragments))
            if each.kind == kind and each.fragments == fragments and each.annotator == annotator
        ),
        None,
    )


def untag(layers: Layers, author: Author, *annotations: Annotation) -> Change:
    """Remove marks. Links from them and to them go too; a link by way of one loses only that."""
    now = author.now()
    gone = {annotation.id for annotation in annotations}
    links = {link.id: link for each in annotations for link in layers.links_of(each.id)}
    edits = []
    for link in links.values():
        if gone & {link.from_id, link.to_id}:
            edits.append(Edit(link, None))
        else:
            edits.append(Edit(link, replace(link, via_id=None, updated=now)))
    edits += [Edit(annotation, None) for annotation in annotations]
    first = annotations[0]
    did = f"deleted the {first.kind} “{shown(first)}”"
    if len(annotations) > 1:
        did += f" and {len(annotations) - 1} more"
    return Change(tuple(edits), did, author.name, now)


def describe_anew(
    author: Author,
    annotation: Annotation,
    *,
    label: str | None,
    note: str,
    attributes: Mapping[str, object] | None = None,
) -> Change | None:
    """Give a mark another label, note and attributes (all it has from then on, unless None), as one
    change; None when they are as they were."""
    kept = annotation.attributes if attributes is None else attributes
    if (label, note, kept) == (annotation.label, annotation.note, annotation.attributes):
        return None
    now = author.now()
    after = replace(annotation, label=label, note=note, attributes=kept, updated=now)
    words = shown(annotation)
    names = [
        name.replace("_", " ")
        for name in {**annotation.attributes, **kept}
        if annotation.attributes.get(name) != kept.get(name)
    ]
    if names:
        did = f"set {', '.join(names)} of “{words}”"
    elif label != annotation.label:
        did = f"labelled “{words}” {label or 'nothing'}"
    else:
        did = f"{'noted on' if note else 'removed the note on'} “{words}”"
    more = ["its label"] if names and label != annotation.label else []
    if note != annotation.note and (names or label != annotation.label):
        more.append("a note" if note else "no note")
    did += f", with {' and '.join(more)}" if more else ""
    return Change((Edit(annotation, after),), did, author.name, now)


def link(
    layers: Layers,
    scheme: Scheme,
    author: Author,
    origin: Annotation,
    target: Annotation,
    *,
    link_type: str = ATTRIBUTION,
    via: Annotation | None = None,
) -> Change | None:
    """Tie two marks together; None when they are tied so already.

    A claim with a source is no longer without one: that goes with the same change. Raises
    InputError when the scheme does not join such kinds.
    """
    kinds = scheme.link(link_type)
    _expect(link_type, "from", origin, kinds.from_kind)
    _expect(link_type, "to", target, kinds.to_kind)
    if via is not None:
        if kinds.via_kind is None:
            raise InputError(f"The link type '{link_type}' goes by way of nothing")
        _expect(link_type, "via", via, kinds.via_kind)
    if origin.id == target.id:
        raise InputError("A mark cannot be tied to itself")
    now = author.now()
    via_id = via.id if via else None
    twin = own_tie(layers, author, origin, target, link_type, mutual=kinds.mutual)
    if twin is not None:
        if via_id is None or via_id == twin.via_id:
            return None
        edit = Edit(twin, replace(twin, via_id=via_id, updated=now))
    else:
        new = Link(
            id=author.new_id(),
            type=link_type,
            from_id=origin.id,
            to_id=target.id,
            via_id=via_id,
            annotator=author.name,
            created=now,
            updated=now,
        )
        edit = Edit(None, new)
    edits = [edit]
    if link_type == ATTRIBUTION and origin.unattributed:
        rest = {name: each for name, each in origin.attributes.items() if name != UNATTRIBUTED}
        edits.append(Edit(origin, replace(origin, attributes=rest, updated=now)))
    did = f"attributed “{shown(origin)}” to “{shown(target)}”"
    if link_type != ATTRIBUTION:
        did = f"linked “{shown(origin)}” to “{shown(target)}” as “{link_type}”"
    return Change(tuple(edits), did, author.name, now)


def own_tie(
    layers: Layers,
    author: Author,
    origin: Annotation,
    target: Annotation,
    link_type: str,
    *,
    mutual: bool = False,
) -> Link | None:
    """The author's own link of that type between two marks, in either direction if it is `mutual`;
    another annotator's is another."""
    ends = {(origin.id, target.id), (target.id, origin.id) if mutual else (origin.id, target.id)}
    mine = (
        each
        for each in layers.links_of(origin.id)
        if each.type == link_type and each.annotator == author.name
    )
    return next((each for each in mine if (each.from_id, each.to_id) in ends), None)


def _expect(link_type: str, end: str, annotation: Annotation, kind: str) -> None:
    if annotation.kind != kind:
        raise InputError(
            f"The link type '{link_type}' goes {end} a {kind}",
            f"'{shown(annotation)}' is marked as {annotation.kind}",
            f"Give the id of a {kind}.",
        )


def no_source(layers: Layers, author: Author, claim: Annotation) -> Change | None:
    """Say that nobody is named as a claim's source; None when that is said already.

    Its attributions, which say otherwise, go in the same change. Raises InputError when the mark
    is no claim.
    """
    _expect(ATTRIBUTION, "from", claim, "claim")
    attributions = layers.links_from(claim.id, ATTRIBUTION)
    if claim.unattributed and not attributions:
        return None
    now = author.now()
    attributes: Mapping[str, object] = {**claim.attributes, UNATTRIBUTED: True}
    edits = [Edit(each, None) for each in attributions]
    edits.append(Edit(claim, replace(claim, attributes=attributes, updated=now)))
    return Change(tuple(edits), f"said of “{shown(claim)}” that it has no source", author.name, now)


def unlink(layers: Layers, author: Author, gone: Link) -> Change:
    """Remove a link; its ends stay."""
    origin, target = layers.get(gone.from_id), layers.get(gone.to_id)
    did = f"untied “{shown(origin)}” from “{shown(target)}”"
    return Change((Edit(gone, None),), did, author.name, author.now())


def document_anew(layers: Layers, author: Author, fields: Mapping[str, object]) -> Change | None:
    """Give the document other values in some of its fields; None when they are as they were."""
    now = layers.document
    changed = {name: value for name, value in fields.items() if getattr(now, name) != value}
    if not changed:
        return None
    values: dict[str, Any] = changed
    after = replace(now, **values)
    did = f"set {', '.join(changed)} of the document"
    return Change((Edit(now, after),), did, author.name, author.now())


def as_far_as_possible(change: Change, layers: Layers) -> Change:
    """What is left of an undo or redo after what other sessions have done since.

    A link whose other end is gone cannot come back; a document that others have marked is no longer
    new. All else is given back, and a mark that has changed since is refused when it is saved.
    """
    back = {each.after.id for each in change.edits if isinstance(each.after, Annotation)}
    gone = {
        each.before.id
        for each in change.edits
        if isinstance(each.before, Annotation) and each.after is None
    }
    left_over = any(each.id not in gone for each in layers.annotations)

    def holds(edit: Edit) -> bool:
        match edit.after:
            case Link(ends=ends):
                return all(end in back or (end in layers and end not in gone) for end in ends)
            case Document(state="new"):
                return not left_over
        return True

    kept = tuple(edit for edit in change.edits if holds(edit))
    links = (sum(isinstance(edit.record, Link) for edit in each) for each in (change.edits, kept))
    lost = next(links) - next(links)
    did = (
        f"{change.did} (without {lost} of its links, whose other end is gone)"
        if lost
        else change.did
    )
    return replace(change, edits=kept, did=did)
