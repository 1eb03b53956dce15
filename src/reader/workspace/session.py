"""One document, open: every way to change what is marked on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from reader.errors import ConflictError
from reader.model.annotation import Annotation
from reader.model.change import Change, same
from reader.model.fragment import Fragments
from reader.model.link import ATTRIBUTION, Link
from reader.workspace import attributing, edits, reworking
from reader.workspace.aside import Deed
from reader.workspace.attributing import CueOf
from reader.workspace.open_document import OpenDocument


class Session(OpenDocument):
    """A text with its marks, and what can be done to them.

    Every call that changes something raises StoreError when it cannot be saved, as `OpenDocument`
    says.
    """

    def _now(self, annotation: Annotation) -> Annotation:
        """A mark as it is now. Raises ConflictError when another session has removed it."""
        now = self.layers.find(annotation.id)
        if now is None:
            raise ConflictError(
                f"“{edits.shown(annotation)}” is no longer marked",
                "another session has deleted the mark",
                "Mark it again if it is still wanted.",
            )
        return now

    def tag(
        self, kind: str, fragments: Fragments, *, label: str | None = None, note: str = ""
    ) -> Annotation:
        """Mark the fragments; returns the mark. Raises InputError for what the scheme lacks.

        A tie that would have gone by way of a cue, had that been marked before, does from now on.
        """
        self.scheme.check_label(kind, label)

        def build() -> Change:
            made = edits.tag(
                self.layers, self.text, self.author, kind, fragments, label=label, note=note
            )
            return attributing.with_its_tie(self.layers, self.scheme, made)

        change = self.apply(build)
        assert change is not None  # a tag always changes something
        made = change.edits[0].after
        assert isinstance(made, Annotation)
        return made

    def tagging_all(
        self, kind: str, label: str | None, wanted: Iterable[Fragments]
    ) -> Deed[Change | None]:
        """Mark each of these, all in one change, but for those that one has marked so already; None
        when that is all. Raises InputError for what the scheme lacks."""
        self.scheme.check_label(kind, label)
        return self.applying(
            lambda: edits.tag_all(self.layers, self.text, self.author, kind, label, wanted)
        )

    def untag(self, *annotations: Annotation) -> Change | None:
        """Remove marks with their links, as one change; None when they are gone already.

        Raises ConflictError when another session has linked one of them, or changed it, unseen.
        """
        seen = {link.id for each in annotations for link in self.layers.links_of(each.id)}

        def build() -> Change | None:
            there = [now for now, _ in self._pairs(annotations)]
            links = {link.id for each in there for link in self.layers.links_of(each.id)}
            if links - seen or any(not same(now, each) for now, each in self._pairs(annotations)):
                raise ConflictError(
                    f"“{edits.shown(annotations[0])}” was not deleted",
                    "another session has changed or linked it just now",
                    "Look at it as it is now, and delete it if that is still right.",
                )
            return edits.untag(self.layers, self.author, *there) if there else None

        return self.apply(build)

    def _pairs(self, marks: Iterable[Annotation]) -> Iterator[tuple[Annotation, Annotation]]:
        """Marks as they are now, each with what one knew of it; those that are gone left out."""
        return ((now, each) for each in marks if (now := self.layers.find(each.id)))

    def describe(
        self,
        annotation: Annotation,
        *,
        label: str | None,
        note: str,
        attributes: Mapping[str, object] | None = None,
    ) -> Change | None:
        """Set label, note and the attributes that are named, so far as they differ from
        `annotation`'s; None when none does. An attribute that is None, empty or false is taken
        away.

        What another session has done to the others stays; of two texts, both do.
        """
        if label != annotation.label:
            self.scheme.check_label(annotation.kind, label)
        seen = annotation.attributes
        wanted = {
            name: _said(value)
            for name, value in (attributes or {}).items()
            if _said(value) != _said(seen.get(name))
        }
        for name, value in wanted.items():
            self.scheme.check_attribute(annotation.kind, name, value)
        own = self.scheme.attributes(annotation.kind)
        texts = {each.name for each in own if each.type == "text"}

        def build() -> Change | None:
            now = self._now(annotation)
            return edits.describe_anew(
                self.author,
                now,
                label=now.label if label == annotation.label else label,
                note=_both(annotation.note, now.note, note),
                attributes=_merged(seen, now.attributes, wanted, texts),
            )

        return self.apply(build)

    # Marks into others --------------------------------------------------------------------------

    def reshape(self, annotation: Annotation, fragments: Fragments, did: str = "") -> Change | None:
        """Give a mark other fragments; None when it has these. `did` says it in other words.

        Raises ConflictError when another session has moved it unseen, and InputError when the
        fragments mark nothing.
        """

        def build() -> Change | None:
            now = self._now(annotation)
            if now.fragments != annotation.fragments:
                raise ConflictError(
                    f"“{edits.shown(annotation)}” stays where it is",
                    "another session has moved its edges just now",
                    "Look at it as it is now, and move them if that is still wanted.",
                )
            return reworking.reshape(self.text, self.author, now, fragments, did)

        return self.apply(build)

    def join(self, kept: Annotation, other: Annotation) -> Change | None:
        """Make one mark of two, with the links of both."""
        return self.apply(
            lambda: reworking.join(
                self.layers,
                self.scheme,
                self.text,
                self.author,
                self._now(kept),
                self._now(other),
            )
        )

    def retag(
        self, annotations: Sequence[Annotation], kind: str, label: str | None = None
    ) -> Change | None:
        """Make marks ones of a kind, in one change; None when they are so, or gone, already.

        Those of that kind keep their label when none is given. Links that the scheme does not allow
        the new kind go as well. Raises ConflictError when one of these has come unseen.
        """
        self.scheme.check_label(kind, label)
        seen = {link.id for each in annotations for link in self.layers.links_of(each.id)}

        def build() -> Change | None:
            there = [now for now, _ in self._pairs(annotations)]
            change = reworking.retag(self.layers, self.scheme, self.author, there, kind, label)
            records = [edit.record for edit in change.edits] if change is not None else []
            if any(isinstance(each, Link) and each.id not in seen for each in records):
                raise ConflictError(
                    f"“{edits.shown(annotations[0])}” keeps its kind",
                    "another session has linked it just now",
                    "Look at it as it is now, and change it if that is still right.",
                )
            return change

        return self.apply(build)

    def relabel(self, annotations: Sequence[Annotation], label: str | None) -> Change | None:
        """Give marks a label, or take theirs away, in one change; None when nothing differs."""
        for kind in dict.fromkeys(each.kind for each in annotations):
            self.scheme.check_label(kind, label)
        return self.apply(
            lambda: reworking.relabel(
                self.author, [now for now, _ in self._pairs(annotations)], label
            )
        )

    # Links --------------------------------------------------------------------------------------

    def link(
        self,
        origin: Annotation,
        target: Annotation,
        *,
        link_type: str = ATTRIBUTION,
        via: Annotation | None = None,
    ) -> Link:
        """Tie two marks, and return the tie: the one there is when they are tied so already."""

        def build() -> Change | None:
            return edits.link(
                self.layers,
                self.scheme,
                self.author,
                self._now(origin),
                self._now(target),
                link_type=link_type,
                via=self._now(via) if via is not None else None,
            )

        change = self.apply(build)
        if change is not None:
            made = change.edits[0].after
            assert isinstance(made, Link)
            return made
        mutual = self.scheme.link(link_type).mutual
        tie = edits.own_tie(self.layers, self.author, origin, target, link_type, mutual=mutual)
        assert tie is not None  # that is why nothing was changed
        return tie

    def attribute(
        self, claims: Sequence[Annotation], source: Annotation, cue_of: CueOf
    ) -> Change | None:
        """Tie claims to a source, in one change; None when they all are."""
        return self.apply(
            lambda: attributing.attribute(
                self.layers,
                self.scheme,
                self.author,
                [self._now(each) for each in claims],
                self._now(source),
                cue_of,
            )
        )

    def attribute_new(
        self, claims: Sequence[Annotation], fragments: Fragments, cue_of: CueOf
    ) -> Change | None:
        """Mark fragments as a source and tie claims to it, in one change. One's own source just
        there is taken, if there is one; None when it has the claims already."""
        return self.apply(
            lambda: attributing.attribute_new(
                self.layers,
                self.scheme,
                self.text,
                self.author,
                [self._now(each) for each in claims],
                fragments,
                cue_of,
            )
        )

    def no_source(self, claim: Annotation) -> Change | None:
        """Say that a claim has no source; None when that was said already.

        Raises ConflictError when another session has attributed it, unseen.
        """
        seen = {link.id for link in self.layers.links_from(claim.id, ATTRIBUTION)}

        def build() -> Change | None:
            links = {link.id for link in self.layers.links_from(claim.id, ATTRIBUTION)}
            if links - seen:
                raise ConflictError(
                    f"“{edits.shown(claim)}” keeps its source",
                    "another session has attributed it just now",
                    "Look at it as it is now, and say so again if it is still right.",
                )
            return edits.no_source(self.layers, self.author, self._now(claim))

        return self.apply(build)

    def unlink(self, gone: Link) -> Change | None:
        """Remove a link; None when it is gone already."""

        def build() -> Change | None:
            now = self.layers.link_if_there(gone.id)
            return edits.unlink(self.layers, self.author, now) if now is not None else None

        return self.apply(build)

    # The document -------------------------------------------------------------------------------

    def set_document(self, fields: Mapping[str, object]) -> Change | None:
        """Set what the document carries: title, url, author, published, state, note; None when
        nothing differs."""
        return self.apply(lambda: edits.document_anew(self.layers, self.author, fields))


def _said(value: object) -> object:
    """An attribute's value; None for one that says nothing. A zero says something."""
    return None if value is False or value == "" else value


def _both(before: str, theirs: str, mine: str) -> str:
    """The note when two sessions may have changed it: the changed one, or both, in turn."""
    if mine == before:
        return theirs
    if theirs in (before, mine):
        return mine
    return "\n".join(filter(None, (theirs, mine)))


def _merged(
    seen: Mapping[str, object],
    theirs: Mapping[str, object],
    wanted: Mapping[str, object],
    texts: Set[str],
) -> Mapping[str, object]:
    """Attributes with those that are wanted, where two sessions may have changed them. `texts` are
    those of which both are kept."""
    merged = dict(theirs)
    for name, value in wanted.items():
        if name in texts:
            before, now = str(seen.get(name) or ""), str(theirs.get(name) or "")
            value = _both(before, now, str(value or "")) or None
        merged[name] = value
    return {name: value for name, value in merged.items() if value is not None}
