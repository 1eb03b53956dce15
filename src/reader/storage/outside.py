"""What somebody has done to a document's file without us: found, and fitted to what is here."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final
from uuid import NAMESPACE_OID, uuid5

import msgspec
from msgspec.structs import replace

from reader.errors import StoreError
from reader.model.annotation import Annotation
from reader.model.change import Change, Edit, same
from reader.model.document import Document
from reader.model.link import Link
from reader.model.plain import to_plain
from reader.storage.journal import Op, Row
from reader.storage.json_file import Tables, parse
from reader.storage.migrations import migrated
from reader.storage.records import TABLES, read_record
from reader.storage.state import (
    ANNOTATIONS,
    DOCUMENT,
    HOME,
    LINKS,
    REMOVED,
    State,
    ends,
    read_document,
    revision,
)

_OURS: Final = {"_meta", DOCUMENT, ANNOTATIONS, LINKS, REMOVED}
_MARKS: Final[tuple[type[Annotation | Link], ...]] = (Annotation, Link)
_CONFLICT: Final = re.compile(rb"^<{7}[^\n]*\n(.*?)^={7}\n(.*?)^>{7}[^\n]*\n?", re.M | re.S)
_BASE: Final = re.compile(rb"^\|{7}[^\n]*\n.*\Z", re.M | re.S)


def difference(old: Tables, new: Tables, path: Path) -> list[Edit]:
    """What turns the records of one state into those of another, in a steady order."""
    edits: list[Edit] = []
    for kind in (Annotation, Link):
        before = _by_id(old.get(TABLES[kind], {}).values())
        after = _by_id(new.get(TABLES[kind], {}).values())
        for each in sorted(before.keys() | after.keys()):
            one, other = before.get(each), after.get(each)
            if one == other:
                continue
            edit = Edit(*(read_record(row, kind, path) if row else None for row in (one, other)))
            if not same(edit.before, edit.after):
                edits.append(edit)
    was, now = _document(old, path), _document(new, path)
    if _work(was) != _work(now):
        edits.append(Edit(was, now))
    return edits


def _document(tables: Tables, path: Path) -> Document:
    (row,) = tables[DOCUMENT].values()
    return read_record(row, Document, path)


def _work(document: Document) -> Row:
    """What a document carries, without what comes and goes."""
    return {name: each for name, each in to_plain(document).items() if name not in HOME}


def foreign(old: Tables, new: Tables) -> list[Op]:
    """What turns the tables that this version has no word for into those of another state."""
    ops = []
    for table in sorted((old.keys() | new.keys()) - _OURS):
        before, after = old.get(table, {}), new.get(table, {})
        for number in sorted(before.keys() | after.keys(), key=int):
            one, other = before.get(number), after.get(number)
            if one != other:
                ops.append(Op(table, number, other, one))
    return ops


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    return {str(row["id"]): row for row in rows}


def fitted(change: Change, state: State) -> tuple[Change, int]:
    """A change that was made on another state, as one that can be made on this, and how many of
    its edits cannot.

    Where both sides have changed a record both are kept, the other side's under an id of its own;
    what one side removed and the other changed or linked stays. Doing it twice changes nothing.
    """
    edits: list[Edit] = []
    left_out = 0
    for edit in change.edits:
        fit = _fitted(edit, state)
        if fit is None:
            left_out += 1
        elif not same(fit.before, fit.after):
            edits.append(fit)
    kept = list(_that_hold(edits, state))
    return replace(change, edits=tuple(kept)), left_out + len(edits) - len(kept)


def _fitted(edit: Edit, state: State) -> Edit | None:
    """One edit on this state; one that changes nothing when it is done already."""
    like = edit.record
    if isinstance(like, Document):
        return edit  # its fields are merged when it is made
    found = state.row(TABLES[type(like)], like.id)
    now = read_record(found[1], type(like), state.path) if found is not None else None
    if same(now, edit.before):
        return edit
    if same(now, edit.after):
        return Edit(like, like)
    if edit.after is None:
        return None
    if now is None:
        return Edit(None, edit.after)
    assert not isinstance(edit.after, Document)
    name = f"{like.id} {msgspec.json.encode(to_plain(edit.after)).decode()}"
    twin = replace(edit.after, id=str(uuid5(NAMESPACE_OID, name)), rev=0)
    if state.row(TABLES[type(like)], twin.id) is not None:
        return Edit(like, like)
    return Edit(None, twin)


def _that_hold(edits: list[Edit], state: State) -> Iterator[Edit]:
    """The edits without those that would leave a link hanging on what is not there."""
    gone = {edit.before.id for edit in edits if edit.after is None and edit.before is not None}
    come = {edit.after.id for edit in edits if isinstance(edit.after, Annotation)}
    changed = {edit.record.id for edit in edits}
    spared: set[str] = set()
    for row in state.tables[LINKS].values() if gone else ():
        if row["id"] not in changed:
            spared.update(gone.intersection(ends(row)))
    for edit in edits:
        if edit.after is None and edit.record.id in spared:
            continue
        if isinstance(edit.after, Link) and not all(
            end in come or (state.row(ANNOTATIONS, end) and (end not in gone or end in spared))
            for end in edit.after.ends
        ):
            continue
        yield edit


def joined(state: State, others: Sequence[Tables], *, fields: bool = True) -> list[Edit]:
    """What others have come to from the same beginnings, and this state has not.

    Revisions and tombstones tell what is new: the later version of a record counts, and of two as
    late both are kept; what one side removed and the other changed or linked stays. `fields` says
    whether those of the document count, too.
    """
    whole = State(state.copy(), state.path)
    for tables in (*others, *others):  # twice: links may hang on marks that only another has
        edits = list(_come(tables, whole))
        if fields:
            here = _document(whole.tables, state.path)
            edits.append(_fields(here, _document(tables, state.path)))
        change, _ = fitted(Change(tuple(edits), "", "", ""), whole)
        ops, _ = whole.operations(change)
        whole.put(ops)
    return difference(state.tables, whole.tables, state.path)


def _come(tables: Tables, state: State) -> Iterator[Edit]:
    """The records that are new or later in the tables, and those that are removed there."""
    for kind in _MARKS:
        for row in tables.get(TABLES[kind], {}).values():
            there = read_record(row, kind, state.path)
            found = state.row(TABLES[kind], there.id)
            grave = state.row(REMOVED, there.id)
            if found is not None:
                here = read_record(found[1], kind, state.path)
                if there.rev > here.rev:
                    yield Edit(here, there)
                elif there.rev == here.rev and not same(here, there):
                    yield Edit(there, there)  # made on what is not here: both are kept
            elif grave is None or revision(grave[1]) < there.rev:
                yield Edit(None, there)
    for stone in tables.get(REMOVED, {}).values():
        for kind in _MARKS:
            found = state.row(TABLES[kind], str(stone["id"]))
            if found is not None and revision(found[1]) < revision(stone):
                yield Edit(read_record(found[1], kind, state.path), None)


def _fields(here: Document, there: Document) -> Edit:
    """The document with what the other side says of it: both notes, and the later of the rest."""
    later, earlier = (there, here) if there.updated > here.updated else (here, there)
    kept = {name: getattr(here, name) for name in (*HOME, "id", "note")}
    for name in ("url", "author", "published"):
        kept[name] = getattr(later, name) or getattr(earlier, name)
    if there.note not in here.note:
        kept["note"] = f"{here.note}\n{there.note}".strip("\n")
    return Edit(here, replace(later, **kept))


def both_sides(data: bytes, state: State) -> list[Edit]:
    """What the two sides of a merge that git could not do have, and this state has not."""
    if not _CONFLICT.search(data):
        return []
    sides = []
    for side in (1, 2):
        # with its third section, if git was told to write the common ancestor, too
        whole = _CONFLICT.sub(lambda found, side=side: _BASE.sub(b"", found[side]), data)  # type: ignore[misc]
        # a side that was broken before says nothing: the other one may be sound
        with contextlib.suppress(StoreError):
            tables = migrated(parse(whole, state.path), state.path)
            if read_document(tables, state.path).sha256 == state.document["sha256"]:
                sides.append(_readable(tables, state))
    return joined(state, sides)


def _readable(tables: Tables, state: State) -> Tables:
    """The rows of one side that make sense; a link may hang on what only the other side has."""
    length = _document(state.tables, state.path).length
    sound: Tables = {DOCUMENT: tables[DOCUMENT]}
    for kind in _MARKS:
        sound[TABLES[kind]] = {}
        for number, row in tables.get(TABLES[kind], {}).items():
            with contextlib.suppress(StoreError):
                record = read_record(row, kind, state.path)
                if isinstance(record, Link) or record.end <= length:
                    sound[TABLES[kind]][number] = row
    stones = tables.get(REMOVED, {})
    sound[REMOVED] = {number: row for number, row in stones.items() if "id" in row}
    return sound
