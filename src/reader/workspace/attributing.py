"""Claims and who said them, several in one change. Nothing here writes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from reader.errors import InputError
from reader.model.annotation import Annotation
from reader.model.change import Change, Edit
from reader.model.fragment import Fragments
from reader.model.layer import Layers
from reader.model.link import ATTRIBUTION, Link
from reader.model.scheme import Scheme
from reader.text.units import Text
from reader.workspace import edits, targets
from reader.workspace.author import Author
from reader.workspace.edits import shown

CueOf = Callable[[Annotation, Annotation], Annotation | None]
"""The cue by which a claim is reported of a source, if there is one."""


def attribute(
    layers: Layers,
    scheme: Scheme,
    author: Author,
    claims: Sequence[Annotation],
    source: Annotation,
    cue_of: CueOf,
) -> Change | None:
    """Tie claims to a source; None when they all are already. Raises InputError when the marks are
    of other kinds."""
    made, did = _ties(layers, scheme, author, claims, source, cue_of)
    return Change(tuple(made), did, author.name, author.now()) if made else None


def attribute_new(
    layers: Layers,
    scheme: Scheme,
    text: Text,
    author: Author,
    claims: Sequence[Annotation],
    fragments: Fragments,
    cue_of: CueOf,
) -> Change | None:
    """Mark fragments as a source and tie claims to it, as one change.

    A source that the author has marked just there is taken; None when it has these claims already.
    """
    there = edits.own_mark(layers, author.name, "source", fragments)
    if there is not None:
        return attribute(layers, scheme, author, claims, there, cue_of)
    now = author.now()
    source = edits.marked(text, author, now, "source", fragments)
    ties, did = _ties(layers, scheme, author, claims, source, cue_of)
    made = (Edit(None, source), *edits.begun(layers), *ties)
    return Change(made, f"tagged “{shown(source)}” as source and {did}", author.name, now)


def with_its_tie(layers: Layers, scheme: Scheme, change: Change) -> Change:
    """A change that marks a cue, with the tie that it is the cue of going by it from then on."""
    made = change.edits[0].after
    if not isinstance(made, Annotation) or made.kind != scheme.link(ATTRIBUTION).via_kind:
        return change
    tie = targets.tie_by(layers, made)
    if tie is None:
        return change
    edit = Edit(tie, replace(tie, via_id=made.id, updated=change.at))
    did = f"{change.did} of “{shown(layers.get(tie.from_id))}” ← {shown(layers.get(tie.to_id))}"
    return replace(change, edits=(*change.edits, edit), did=did)


def _ties(
    layers: Layers,
    scheme: Scheme,
    author: Author,
    claims: Sequence[Annotation],
    source: Annotation,
    cue_of: CueOf,
) -> tuple[list[Edit], str]:
    """The edits that tie each of the claims, and what they do in words. A cue goes with one tie."""
    if not claims:
        raise InputError("There is no claim to attribute", remedy="Tag one first.")
    made: list[Edit] = []
    tied: list[Annotation] = []
    cues: set[str] = set()
    for claim in claims:
        cue = cue_of(claim, source)
        via = cue if cue is not None and cue.id not in cues else None
        change = edits.link(layers, scheme, author, claim, source, via=via)
        if change is None:
            continue
        made += change.edits
        tied.append(claim)
        cues |= {
            each.after.via_id
            for each in change.edits
            if isinstance(each.after, Link) and each.after.via_id is not None
        }
    first = (tied or claims)[0]
    more = f" and {len(tied) - 1:,} more" if len(tied) > 1 else ""
    return made, f"attributed “{shown(first)}”{more} to “{shown(source)}”"
