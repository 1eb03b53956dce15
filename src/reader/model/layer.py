"""All that is marked on one document, by all its annotators."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from reader.errors import ConflictError, InputError
from reader.model.annotation import Annotation, reading_order
from reader.model.change import Change, Edit, Record, same
from reader.model.document import Document
from reader.model.fragment import Fragment
from reader.model.index import FragmentIndex
from reader.model.link import ATTRIBUTION, Link

_REMEMBERED: Final = 256
"""So many changes are kept for those who keep a picture of the marks of their own."""

MANY: Final = 64
"""From so many edits on all marks may be put in order at once, instead of one after the other."""

_SHARE: Final = 16
"""That is done where so many times the edits are as many as the marks: it is less work then."""


class Layers:
    """A document with its annotations and links, kept in reading order and indexed by place.

    It changes only through `apply`, whole or not at all.
    """

    def __init__(
        self,
        document: Document,
        annotations: Iterable[Annotation] = (),
        links: Iterable[Link] = (),
    ) -> None:
        self.document = document
        self.revision = 0
        """Counts the changes applied: what a cache may hang on."""
        self._annotations: dict[str, Annotation] = {}
        self._links: dict[str, Link] = {}
        self._ordered: list[Annotation] = []
        self._by_place = FragmentIndex()
        self._by_end: dict[str, set[str]] = {}
        loaded = list(annotations)
        for annotation in loaded:
            self._annotations[annotation.id] = annotation
            self._index(annotation)
        self._ordered = sorted(loaded, key=reading_order)
        self._by_kind: dict[str, list[Annotation]] = {}
        for annotation in self._ordered:
            self._by_kind.setdefault(annotation.kind, []).append(annotation)
        for link in links:
            self._add_link(link)
        self._open = {each.id for each in self.of_kind("claim") if self.lacks_source(each)}
        self._changes: deque[Change] = deque(maxlen=_REMEMBERED)

    # What there is ------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._annotations)

    def __contains__(self, annotation_id: str) -> bool:
        return annotation_id in self._annotations

    @property
    def annotations(self) -> list[Annotation]:
        """Every annotation, in reading order."""
        return list(self._ordered)

    @property
    def links(self) -> list[Link]:
        """Every link, by the place of its `from`, then id."""
        return sorted(
            self._links.values(),
            key=lambda link: (reading_order(self._annotations[link.from_id]), link.id),
        )

    def of_kind(self, kind: str) -> Sequence[Annotation]:
        """The annotations of a kind, in reading order. Not a copy: look, and let go."""
        return self._by_kind.get(kind, ())

    @property
    def kinds(self) -> list[str]:
        """The kinds that are marked."""
        return [kind for kind, marks in self._by_kind.items() if marks]

    def lacks_source(self, claim: Annotation) -> bool:
        """Whether a claim has neither a source nor the word that it has none."""
        return not claim.unattributed and not self.links_from(claim.id, ATTRIBUTION)

    @property
    def open_claims(self) -> int:
        """How many claims lack a source."""
        return len(self._open)

    def changes_since(self, revision: int) -> list[Change] | None:
        """What was applied after a revision, oldest first; None when that is too long ago."""
        missed = self.revision - revision
        if missed > len(self._changes):
            return None
        return list(self._changes)[len(self._changes) - missed :]

    def get(self, annotation_id: str) -> Annotation:
        return self._annotations[annotation_id]

    def find(self, annotation_id: str) -> Annotation | None:
        return self._annotations.get(annotation_id)

    def link(self, link_id: str) -> Link:
        return self._links[link_id]

    def link_if_there(self, link_id: str) -> Link | None:
        return self._links.get(link_id)

    def record(self, like: Record) -> Record | None:
        """The record with the same identity as `like`, as it is now."""
        match like:
            case Document():
                return self.document
            case Annotation():
                return self._annotations.get(like.id)
            case Link():
                return self._links.get(like.id)

    def find_annotation(self, beginning: str) -> Annotation:
        """The annotation whose id begins so. Raises InputError when none or several do."""
        return self._annotations[_the_one(self._annotations, beginning, "mark")]

    def find_link(self, beginning: str) -> Link:
        """The link whose id begins so. Raises InputError when none or several do."""
        return self._links[_the_one(self._links, beginning, "link")]

    def fragments_in(self, start: int, end: int) -> Iterator[tuple[Fragment, Annotation]]:
        """Every fragment that shares a code point with [start, end), in no particular order."""
        for fragment, owner in self._by_place.find(start, end):
            yield fragment, self._annotations[owner]

    def touching(self, stretch: Fragment) -> list[Annotation]:
        """The annotations that share a code point with the stretch, in reading order."""
        ids = {owner for _, owner in self._by_place.find(*stretch)}
        return sorted((self._annotations[each] for each in ids), key=reading_order)

    def links_of(self, annotation_id: str) -> list[Link]:
        """The links that hang on an annotation, as from, to or via, oldest first."""
        ids = self._by_end.get(annotation_id, set())
        return sorted((self._links[each] for each in ids), key=lambda link: link.id)

    def links_from(self, annotation_id: str, link_type: str) -> list[Link]:
        return [
            link
            for link in self.links_of(annotation_id)
            if link.from_id == annotation_id and link.type == link_type
        ]

    def links_to(self, annotation_id: str, link_type: str) -> list[Link]:
        return [
            link
            for link in self.links_of(annotation_id)
            if link.to_id == annotation_id and link.type == link_type
        ]

    def neighbour(self, place: tuple[int, int, str, str], step: int) -> Annotation | None:
        """The next (step 1) or previous (step -1) annotation in reading order from a place."""
        at = bisect_left(self._ordered, place, key=reading_order)
        if step > 0:
            while at < len(self._ordered) and reading_order(self._ordered[at]) <= place:
                at += 1
            return self._ordered[at] if at < len(self._ordered) else None
        return self._ordered[at - 1] if at else None

    # Changing it --------------------------------------------------------------------------------

    def check(self, change: Change) -> None:
        """Raise ConflictError when the change does not start from the records as they are now."""
        for edit in change.edits:
            like = edit.record
            now = self.record(like)
            expected = edit.before
            if isinstance(like, Document) and isinstance(expected, Document):
                if expected.id == self.document.id:
                    continue  # a document's own fields may have been changed by another session
            elif same(now, expected):
                continue
            raise ConflictError(
                f"'{change.did}' cannot be applied",
                "the mark has been changed since by somebody else",
                "Look at it as it is now, and do it again if it is still wanted.",
            )

    def apply(self, change: Change, ahead: Layers | None = None) -> None:
        """Take the change in. Raises ConflictError, with nothing changed, when it does not fit.

        `ahead` is what `after` has made of these layers and the change: its work is not done again.
        """
        if ahead is not None and ahead.follows(self, change):
            self.__dict__.update(ahead.__dict__)
            return
        self.check(change)
        many = len(change.edits)
        if many < MANY or many * _SHARE < len(self):
            for edit in change.edits:
                self._apply(edit)
        else:
            self._apply_all(change.edits)
        for edit in change.edits:
            self._settle(edit.record)
        self._changes.append(change)
        self.revision += 1

    def after(self, change: Change) -> Layers:
        """What these layers are with the change, while they stay as they are: work that may be done
        by another thread as long as nobody changes them. Raises as `apply` does."""
        ahead = Layers(self.document)
        ahead.revision = self.revision
        ahead._annotations, ahead._links = self._annotations.copy(), self._links.copy()
        ahead._ordered, ahead._by_place = self._ordered.copy(), self._by_place.copy()
        ahead._by_end = {end: held.copy() for end, held in self._by_end.items()}
        ahead._by_kind = {kind: marks.copy() for kind, marks in self._by_kind.items()}
        ahead._open, ahead._changes = self._open.copy(), self._changes.copy()
        ahead.apply(change)
        return ahead

    def follows(self, before: Layers, change: Change) -> bool:
        """Whether these are what comes of others by a change, and of nothing besides."""
        return self.revision == before.revision + 1 and self._changes[-1] is change

    def _settle(self, record: Record) -> None:
        """Keep in mind whether a claim lacks its source, after something was done to either."""
        claim_id = record.from_id if isinstance(record, Link) else record.id
        claim = self._annotations.get(claim_id)
        if claim is not None and claim.kind == "claim" and self.lacks_source(claim):
            self._open.add(claim_id)
        else:
            self._open.discard(claim_id)

    def _apply(self, edit: Edit) -> None:
        if isinstance(edit.after, Document):
            self.document = edit.after
        if isinstance(edit.before, Link):
            self._drop_link(self._links[edit.before.id])
        if isinstance(edit.before, Annotation):
            self._drop(self._annotations[edit.before.id])
        if isinstance(edit.after, Annotation):
            self._add(edit.after)
        if isinstance(edit.after, Link):
            self._add_link(edit.after)

    def _apply_all(self, edits: Sequence[Edit]) -> None:
        """The same as each by itself, with the order made once."""
        kinds = set()
        for edit in edits:
            before, after = edit.before, edit.after
            if isinstance(before, Annotation):
                gone = self._annotations.pop(before.id)
                kinds.add(gone.kind)
                for fragment in gone.fragments:
                    self._by_place.remove(fragment, gone.id)
            if isinstance(after, Annotation):
                kinds.add(after.kind)
                self._by_kind.setdefault(after.kind, [])
                self._annotations[after.id] = after
                self._index(after)
            if not isinstance(edit.record, Annotation):
                self._apply(edit)
        now = self._annotations
        kept = [each for each in self._ordered if now.get(each.id) is each]
        held = {id(each) for each in kept}
        # those that are left stand in order already, which the sort makes use of
        self._ordered = kept + [each for each in now.values() if id(each) not in held]
        self._ordered.sort(key=reading_order)
        for kind in kinds:
            self._by_kind[kind] = [each for each in self._ordered if each.kind == kind]

    def _add(self, annotation: Annotation) -> None:
        self._annotations[annotation.id] = annotation
        insort(self._ordered, annotation, key=reading_order)
        insort(self._by_kind.setdefault(annotation.kind, []), annotation, key=reading_order)
        self._index(annotation)

    def _index(self, annotation: Annotation) -> None:
        for fragment in annotation.fragments:
            self._by_place.add(fragment, annotation.id)

    def _drop(self, annotation: Annotation) -> None:
        del self._annotations[annotation.id]
        for ordered in (self._ordered, self._by_kind[annotation.kind]):
            del ordered[bisect_left(ordered, reading_order(annotation), key=reading_order)]
        for fragment in annotation.fragments:
            self._by_place.remove(fragment, annotation.id)

    def _add_link(self, link: Link) -> None:
        self._links[link.id] = link
        for end in link.ends:
            self._by_end.setdefault(end, set()).add(link.id)

    def _drop_link(self, link: Link) -> None:
        del self._links[link.id]
        for end in link.ends:
            self._by_end[end].discard(link.id)


def _the_one(ids: Iterable[str], beginning: str, what: str) -> str:
    found = [each for each in ids if each.startswith(beginning)] if beginning else []
    if beginning in found:
        return beginning
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            f"{len(found)} {what}s have an id that begins with '{beginning}'",
            remedy="Give more of the id.",
        )
    raise InputError(
        f"No {what} has an id that begins with '{beginning}'",
        remedy="'reader export FILE' lists the ids.",
    )
