"""The tagging pane's rows: marks by kind, repeats counted, claims with their sources below them.

The rows are never listed: a place in the outline is found, and one goes on from there. So a change
costs as little with a hundred thousand marks as with ten. Only to make an outline all marks are
gone through: that can be done in pieces.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from heapq import merge
from math import inf
from time import perf_counter
from typing import Final, Literal, NamedTuple

from msgspec import Struct, field

from reader.model.annotation import Annotation, reading_order
from reader.model.change import Change
from reader.model.layer import Layers
from reader.model.link import ATTRIBUTION, Link
from reader.model.scheme import Scheme
from reader.workspace.outline_rows import Row, row_below, row_of

__all__ = ["ORDERS", "Order", "Outline", "Place", "Row"]

Order = Literal["kind", "place", "time"]
"""By kind with repeats together, as they stand in the text, or the last changed first."""

ORDERS: Final[tuple[Order, ...]] = ("kind", "place", "time")

_TITLES: Final = {"place": "As they stand in the text", "time": "The last changed first"}
_BATCH: Final = 64
"""So many marks are taken in before the clock is looked at: a tenth of a millisecond."""

_SORTED: Final = 1024
"""So many are put into another order at a time: a millisecond."""

_MANY: Final = 2000
"""With so many edits, where they are a good part of all marks, an outline is made anew."""

_TURNED: Final = str.maketrans("0123456789", "9876543210")
"""Makes of a time one that comes before those of earlier ones."""


class Place(NamedTuple):
    """A row's place: its section, the group there (-1 for the heading), and the row in that."""

    section: int
    group: int
    row: int = 0


Key = tuple[object, ...]


class _Group(Struct):
    """Annotations that share a row, in reading order."""

    name: Key
    marks: list[Annotation] = field(default_factory=list)


class _Section(Struct):
    """The groups below one heading, each at the place of its first annotation."""

    kind: str
    title: str
    groups: list[_Group] = field(default_factory=list)
    total: int = 0


class Outline:
    """The rows of a document's marks, kept up to date by its changes."""

    def __init__(
        self,
        layers: Layers,
        scheme: Scheme,
        order: Order = "kind",
        wanted: Callable[[Annotation], bool] | None = None,
        *,
        whole: bool = True,
    ) -> None:
        """`wanted` says which annotations are shown; None shows all. One that is not made whole is
        to be grown until it is complete."""
        self._layers = layers
        self._scheme = scheme
        self.order: Final = order
        self._wanted = wanted
        self._begin()
        if whole:
            self.grow()

    def _begin(self) -> None:
        self._revision = self._layers.revision
        self._groups: dict[Key, _Group] = {}
        self._ids: set[str] = set()
        self._sections: list[_Section] = []
        if self.order == "kind":
            self._sections = [_Section(kind.name, kind.plural) for kind in self._scheme.kinds]
        else:
            self._sections = [_Section("", _TITLES[self.order])]
        self.complete = False
        self._coming = self._ordered()

    def _ordered(self) -> Iterator[Annotation | None]:
        """All annotations in the order of the rows; None where it took a while to put them so."""
        annotations = self._layers.annotations
        if self.order != "time":
            yield from annotations
            return
        parts = []
        for at in range(0, len(annotations), _SORTED):
            parts.append(sorted(annotations[at : at + _SORTED], key=self._key))
            yield None
        yield from merge(*parts, key=self._key)

    def grow(self, seconds: float = inf) -> bool:
        """Take in more of the marks, for so long; whether those are all."""
        until = perf_counter() + seconds
        for number, annotation in enumerate(self._coming, start=1):
            if annotation is not None:
                self._add(annotation)
            if (annotation is None or number % _BATCH == 0) and perf_counter() > until:
                return False
        if not self.complete:
            self.complete = True
            self.follow()
        return True

    def shrink(self, seconds: float) -> bool:
        """Let go of the rows, for so long; whether that were all. To let an outline go at once
        takes a tenth of the time that it took to make."""
        until = perf_counter() + seconds
        for section in self._sections:
            while section.groups:
                del section.groups[-_BATCH:]
                for _ in range(min(_BATCH, len(self._groups))):
                    self._groups.popitem()
                if perf_counter() > until:
                    return False
        return True

    def follow(self) -> None:
        """Take in what has changed in the layers; while it grows that can wait."""
        if not self.complete or self._revision == self._layers.revision:
            return
        changes = self._layers.changes_since(self._revision)
        edits = sum(len(change.edits) for change in changes or ())
        if changes is None or edits > max(_MANY, self.shown // 8):
            self._begin()
            self.grow()
            return
        self._revision = self._layers.revision
        for change in changes:
            for edit in change.edits:
                if isinstance(edit.before, Annotation):
                    self._remove(edit.before)
                if isinstance(edit.after, Annotation):
                    self._add(edit.after)
        if self._wanted is not None:
            self._ask_again(changes)

    def _ask_again(self, changes: Iterable[Change]) -> None:
        """Whether a claim is wanted may hang on its links."""
        links = (edit.record for change in changes for edit in change.edits)
        tied = {link.from_id for link in links if isinstance(link, Link)}
        for claim in (each for name in sorted(tied) if (each := self._layers.find(name))):
            self._remove(claim)
            self._add(claim)

    # Groups -------------------------------------------------------------------------------------

    def _name(self, annotation: Annotation) -> Key:
        if self.order != "kind" or annotation.kind == "claim":
            return (annotation.id,)
        return (annotation.kind, annotation.label, annotation.words)

    def _key(self, annotation: Annotation) -> Key:
        if self.order == "time":
            return (annotation.updated.translate(_TURNED), annotation.id)
        return reading_order(annotation)

    def _group_key(self, group: _Group) -> Key:
        return self._key(group.marks[0])

    def _section(self, annotation: Annotation) -> _Section:
        if self.order != "kind":
            return self._sections[0]
        for section in self._sections:
            if section.kind == annotation.kind:
                return section
        self._sections.append(_Section(annotation.kind, annotation.kind))
        return self._sections[-1]

    def _add(self, annotation: Annotation) -> None:
        if self._wanted is not None and not self._wanted(annotation):
            return
        section = self._section(annotation)
        name = self._name(annotation)
        group = self._groups.get(name)
        if group is None:
            group = self._groups[name] = _Group(name, [annotation])
            groups = section.groups
            if groups and self._group_key(group) < self._group_key(groups[-1]):
                insort(groups, group, key=self._group_key)
            else:
                groups.append(group)
        elif reading_order(annotation) < reading_order(group.marks[0]):
            del section.groups[self._at(section, group)]
            group.marks.insert(0, annotation)
            insort(section.groups, group, key=self._group_key)
        elif reading_order(annotation) > reading_order(group.marks[-1]):
            group.marks.append(annotation)
        else:
            insort(group.marks, annotation, key=reading_order)
        section.total += 1
        self._ids.add(annotation.id)

    def _remove(self, annotation: Annotation) -> None:
        name = self._name(annotation)
        group = self._groups.get(name)
        if group is None:
            return
        section = self._section(annotation)
        at = bisect_left(group.marks, reading_order(annotation), key=reading_order)
        if at == len(group.marks) or group.marks[at].id != annotation.id:
            return
        if at == 0:
            del section.groups[self._at(section, group)]
        del group.marks[at]
        if not group.marks:
            del self._groups[name]
        elif at == 0:
            insort(section.groups, group, key=self._group_key)
        section.total -= 1
        self._ids.discard(annotation.id)

    def _at(self, section: _Section, group: _Group) -> int:
        return bisect_left(section.groups, self._group_key(group), key=self._group_key)

    # Places -------------------------------------------------------------------------------------

    @property
    def first(self) -> Place | None:
        """The first row, a heading; None when there are no rows."""
        return next(self._headings(range(len(self._sections))), None)

    @property
    def last(self) -> Place | None:
        """The last row."""
        place = next(self._headings(reversed(range(len(self._sections)))), None)
        if place is None:
            return None
        group = len(self._sections[place.section].groups) - 1
        return Place(place.section, group, self._height(place.section, group) - 1)

    def _headings(self, sections: range | Iterator[int]) -> Iterator[Place]:
        return (Place(number, -1) for number in sections if self._sections[number].groups)

    def _height(self, section: int, group: int) -> int:
        """How many rows a group has."""
        marks = self._sections[section].groups[group].marks
        if marks[0].kind != "claim":
            return 1
        return 1 + max(1, len(self._layers.links_from(marks[0].id, ATTRIBUTION)))

    def next(self, place: Place) -> Place | None:
        section, group, row = place
        if group >= 0 and row + 1 < self._height(section, group):
            return Place(section, group, row + 1)
        if group + 1 < len(self._sections[section].groups):
            return Place(section, group + 1)
        return next(self._headings(range(section + 1, len(self._sections))), None)

    def previous(self, place: Place) -> Place | None:
        section, group, row = place
        if row > 0:
            return Place(section, group, row - 1)
        if group > 0:
            return Place(section, group - 1, self._height(section, group - 1) - 1)
        if group == 0:
            return Place(section, -1)
        before = next(self._headings(reversed(range(section))), None)
        if before is None:
            return None
        group = len(self._sections[before.section].groups) - 1
        return Place(before.section, group, self._height(before.section, group) - 1)

    def moved(self, place: Place, rows: int) -> tuple[Place, int]:
        """The place so many rows further (back, when negative), and how many were left to go."""
        while rows:
            following = self.next(place) if rows > 0 else self.previous(place)
            if following is None:
                break
            place, rows = following, rows - (1 if rows > 0 else -1)
        return place, abs(rows)

    def held(self, place: Place) -> Place | None:
        """The place itself where there is such a row, else the nearest one before or after."""
        section = min(place.section, len(self._sections) - 1)
        groups = len(self._sections[section].groups)
        if not groups:
            around = [*range(section), *range(section + 1, len(self._sections))]
            near = sorted(around, key=lambda number: abs(number - section))
            return next(self._headings(iter(near)), None)
        group = min(place.group, groups - 1)
        row = min(place.row, self._height(section, group) - 1) if group >= 0 else 0
        return Place(section, group, row)

    def beside(self, place: Place, step: int) -> Place | None:
        """The next row of a mark, or the one before, with all that stands below marks left out."""
        found = self.next(place) if step > 0 else self.previous(place)
        while found is not None and (found.group < 0 or found.row > 0):
            found = self.next(found) if step > 0 else self.previous(found)
        return found

    def place_of(self, annotation: Annotation) -> Place | None:
        """The row that stands for an annotation; None when it is not shown."""
        group = self._groups.get(self._name(annotation))
        if group is None or annotation.id not in self._ids:
            return None
        for number, section in enumerate(self._sections):
            if self.order != "kind" or section.kind == annotation.kind:
                return Place(number, self._at(section, group))
        return None

    # Rows ---------------------------------------------------------------------------------------

    @property
    def shown(self) -> int:
        """How many annotations the rows stand for."""
        return len(self._ids)

    @property
    def total(self) -> int:
        """How many there are, shown or not."""
        return len(self._layers)

    @property
    def partial(self) -> bool:
        """Whether only those are shown that were asked for."""
        return self._wanted is not None

    @property
    def ids(self) -> Set[str]:
        """The annotations that the rows stand for. Not a copy: look, and let go."""
        return self._ids

    def marks_at(self, place: Place) -> Sequence[Annotation]:
        """The annotations whose row it is, or stands below theirs; none for a heading. Not a copy,
        either."""
        return self._sections[place.section].groups[place.group].marks if place.group >= 0 else ()

    def kept(self, annotation: Annotation) -> Place | None:
        """The row of an annotation that is shown and still as it was."""
        same = self._layers.find(annotation.id) == annotation
        return self.place_of(annotation) if same else None

    def row(self, place: Place) -> Row:
        section = self._sections[place.section]
        if place.group < 0:
            return Row("heading", section.kind, section.title, count=section.total)
        marks = section.groups[place.group].marks
        if place.row == 0:
            return row_of(marks, self._layers, self._scheme)
        return row_below(marks[0], place.row - 1, self._layers)

    def rows(self) -> Iterator[Row]:
        """All rows, top to bottom."""
        place = self.first
        while place is not None:
            yield self.row(place)
            place = self.next(place)

    def marks(self) -> Iterator[Annotation]:
        """Every annotation that is shown."""
        for section in self._sections:
            for group in section.groups:
                yield from group.marks
