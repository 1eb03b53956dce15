"""From a document's files, in whatever state they are, to what it holds. Reads, never writes.

The JSON at change S and the journal's lines after S are the state. When the JSON is broken or gone,
the backup (the JSON before it) and the journal's lines after that one lead to the same; a journal
that goes back to the first change needs no backup.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Final

from reader.anchoring.verify import misplaced
from reader.errors import StoreError
from reader.model.layer import Layers
from reader.storage.damage import damaged
from reader.storage.files import store_error
from reader.storage.journal import Line, Row, Tail, checksum, decode, read_rows, read_tail
from reader.storage.json_file import Tables, meta, parse, sealed
from reader.storage.layout import Shelf, Stamp, stamp
from reader.storage.migrations import SCHEMA, NewerError, fresh_meta, migrated
from reader.storage.outside import both_sides, difference, fitted, foreign, joined
from reader.storage.reading import Reading, changed_outside
from reader.storage.state import (
    DOCUMENT,
    State,
    change_of,
    read_layers,
    sequence,
)
from reader.text.units import Text

_TEXT: Final = "it holds the marks of another text"


def read(shelf: Shelf, text: Text | None = None) -> Reading:
    """What the files of a document hold.

    `text`, where it is known, is what marks made by others are checked against. Raises StoreError
    when nothing can be made of them.
    """
    collecting = gc.isenabled()
    gc.disable()  # many records are made, and none of them is garbage: looking takes half the time
    try:
        return _read(shelf, text)
    finally:
        if collecting:
            gc.enable()


def _read(shelf: Shelf, text: Text | None) -> Reading:
    seen = stamp(shelf.json)
    data = _bytes_of(shelf.json)
    if data is None:
        return _rebuilt(shelf, damaged(shelf.json, "it is gone"), None, seen)
    try:
        found = parse(data, shelf.json)
        tables = migrated(found, shelf.json)
        layers = read_layers(tables, shelf.json)
    except NewerError as error:
        return _newer(shelf, data, error)
    except StoreError as error:
        return _rebuilt(shelf, error, data, seen)
    own = sealed(data) or found["_meta"]["1"]["schema"] == 1  # which had no seal
    if not own and text is not None:
        places = (misplaced(each, text) for each in layers.annotations)
        said = next((each for each in places if each), None)
        if said is not None:
            return _rebuilt(shelf, damaged(shelf.json, said), data, seen)
    tail = read_tail(shelf.journal, sequence(tables))
    state = State(tables, shelf.json)
    follows = belongs(tables, tail)
    if own and follows and (tail.before is None or tail.before[0].s == state.seq):
        reading = _followed(state, layers, tail, seen)
        reading.migrated = found["_meta"]["1"]["schema"] != SCHEMA
        return reading
    try:
        known = _history(shelf, upto=state.seq if follows else None)
    except NewerError:
        known = None
    if _has_anothers_journal(shelf, state, known):
        reading = _followed(state, layers, Tail([], None, 0, 0, 0), seen)
        reading.alien = True
        _say_what_is_missing(reading, 0)
        return reading
    wrong = _other(known.state.document, state.document) if known is not None else None
    if wrong is not None and (wrong != _TEXT or not own or not follows):
        return _rebuilt(shelf, damaged(shelf.json, wrong), data, seen)
    if own and follows:
        return _ahead(_followed(state, layers, tail, seen), known)
    return _taken_in(known, state, tail, seen, own=own, follows=follows)


def _has_anothers_journal(shelf: Shelf, state: State, known: Reading | None) -> bool:
    """Whether it is the journal that is of another document, and not the JSON: by what the backup
    says, else by the name of the files, which ends in that of the document."""
    if known is None:
        return _is_anothers(_all_lines(shelf.journal)[0], state)
    mine = str(state.document["id"])
    return known.alien or (known.state.document["id"] != mine and shelf.name.endswith(mine[-6:]))


def _other(known: Row, there: Row) -> str | None:
    """What makes a document another one than that which is known."""
    if known["id"] != there["id"]:
        return "it holds another document"
    same = known["sha256"] == there["sha256"] and known["length"] == there["length"]
    return None if same else _TEXT


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise store_error(f"{path} cannot be read", error) from error


def belongs(tables: Tables, tail: Tail) -> bool:
    """Whether the journal is the one that the JSON was written with."""
    if tail.before is None or tail.before[0].s < sequence(tables):
        return True
    return tables["_meta"]["1"].get("line") == tail.before[1]


def _followed(state: State, layers: Layers, tail: Tail, seen: Stamp | None) -> Reading:
    """The usual case: the JSON, and the journal's lines after it."""
    line = str(state.tables["_meta"]["1"].get("line", ""))
    reading = Reading(state, layers, line, tail.end, seen, state.seq)
    if tail.lines:
        reading.layers = None
    _apply(reading, tail.lines)
    reading.stale = bool(reading.missing)
    reading.rewrite_journal = bool(tail.broken)
    _say_what_is_missing(reading, tail.broken)
    return reading


def _say_what_is_missing(reading: Reading, broken: int) -> None:
    name = reading.state.path.name
    if reading.alien:
        reading.remarks.append(f"The journal of {name} is another document's.")
    if broken:
        reading.remarks.append(
            f"{_count(broken, 'line')} of the journal of {name} could not be read."
        )
    if reading.missing:
        reading.remarks.append(f"{_count(reading.missing, 'change')} of {name} are in no file.")


def _apply(reading: Reading, lines: list[tuple[Line, str]]) -> None:
    """Take in the lines; where they do not start from what is here, as far as they fit."""
    for line, seal in lines:
        state = reading.state
        if state.fits(line):
            state.apply(line)
        else:
            reading.missing += max(0, line.s - state.seq - 1)
            change, lost = fitted(change_of(line, state.path), state)
            ops, _ = state.operations(change)
            state.apply(Line(s=line.s, t=line.t, u=line.u, o=ops))
            if lost:
                reading.remarks.append(f"What “{line.d}” did to {_count(lost, 'mark')} is missing.")
        reading.line = seal


def _ahead(reading: Reading, known: Reading | None) -> Reading:
    """The JSON is further than the journal: it came from another machine, or the journal's end was
    lost. What was saved here and is not in it is put back."""
    reading.new_base = True
    if known is None or known.state.document["sha256"] != reading.state.document["sha256"]:
        return reading
    reading.outside = joined(reading.state, [known.state.tables], fields=False)
    if reading.outside:
        reading.remarks.append(
            f"{_count(len(reading.outside), 'change')} saved here and not in "
            f"{reading.state.path.name}, which another session wrote, "
            f"{'was' if len(reading.outside) == 1 else 'were'} put back."
        )
    return reading


def _taken_in(
    known: Reading | None,
    state: State,
    tail: Tail,
    seen: Stamp | None,
    *,
    own: bool,
    follows: bool,
) -> Reading:
    """Somebody else has written the JSON: what he did, as a change on what was known.

    `own` says that it was a session like this one, elsewhere.
    """
    edited = state.tables
    if known is None or (follows and (known.missing or known.state.seq != state.seq)):
        # nothing to compare with: it is taken as it is
        last = tail.before[1] if tail.before is not None else ""
        reading = Reading(state, line=last, end=tail.end, stamp=seen, stale=True, new_base=True)
        _apply(reading, tail.lines)
        reading.rewrite_journal = bool(tail.broken)
        _say_what_is_missing(reading, tail.broken)
        return reading
    reading = known
    lost = 0
    strange = foreign(known.state.tables, edited)
    if own:
        reading.outside = joined(known.state, [edited])
        strange = [op for op in strange if op.new is not None]
    else:
        edits = difference(known.state.tables, edited, state.path)
        if follows:
            _apply(reading, tail.lines)
        # what is in the journal already, from a session that was killed before it wrote the JSON
        fit, lost = fitted(changed_outside(edits), reading.state)
        reading.outside = list(fit.edits)
    reading.foreign = [
        op._replace(old=now) for op in strange if (now := reading.state.at(op)) != op.new
    ]
    about = reading.state.tables["_meta"]["1"]
    reading.state.tables["_meta"] = {"1": {**edited["_meta"]["1"], **about}}
    reading.layers, reading.end, reading.stamp = None, tail.end, seen
    changes = len(reading.outside) + len(reading.foreign)
    reading.written = -1 if changes else min(state.seq, reading.state.seq)
    if changes:
        reading.remarks.append(
            f"{_count(changes, 'change')} {'was' if changes == 1 else 'were'} made outside of "
            "reader; undo takes that back."
        )
    if lost:
        reading.remarks.append(
            f"{_count(lost, 'mark')} that was removed outside is still there: "
            "it has been changed or linked here."
        )
    return reading


def _rebuilt(shelf: Shelf, error: StoreError, data: bytes | None, seen: Stamp | None) -> Reading:
    """The JSON is broken or gone: what backup and journal say instead."""
    base = _history(shelf, upto=None)
    if base is None:
        raise error
    base.stamp, base.written, base.stale = seen, -1, True
    if data is not None:
        base.broken.append(shelf.json)
        base.outside = both_sides(data, base.state)
    if data is None:
        if shelf.backup.exists():
            base.remarks.insert(0, f"{shelf.json.name} was gone. {_how(base, data)}")
        return base  # without a backup, it was never written: a session was killed that began it
    also = ""
    if base.outside:
        also = f" {_count(len(base.outside), 'change')} came from the two sides of the merge in it."
    base.remarks.insert(
        0,
        f"{shelf.json.name} was damaged: {error.cause}. {_how(base, data)}{also}",
    )
    return base


def _how(base: Reading, data: bytes | None) -> str:
    said = meta(data).get("seq") if data is not None else None
    lost = base.missing or base.rewrite_journal or base.alien or not base.end
    if lost or (isinstance(said, int) and said > base.state.seq):
        at = base.state.document.get("updated")
        return f"It is put together from what is left; what was done after {at} may be missing."
    return "It is put together from backup and journal; nothing that reader saved is missing."


def _history(shelf: Shelf, upto: int | None) -> Reading | None:
    """The state at a change (None: the last one) by backup and journal; None without them."""
    lines, broken, end = _all_lines(shelf.journal)
    if upto is not None:
        lines = [each for each in lines if each[0].s <= upto]
    reading = _from_backup(shelf, upto)
    if reading is not None and _is_anothers(lines, reading.state):
        reading.alien, lines, broken, end = True, [], 0, 0
    reading = reading or _from_first(shelf, lines)
    if reading is None:
        return None
    reading.end = end
    at = reading.state.seq
    _apply(reading, [each for each in lines if each[0].s > at])
    reading.rewrite_journal = bool(broken)
    _say_what_is_missing(reading, broken)
    return reading


def _is_anothers(lines: list[tuple[Line, str]], state: State) -> bool:
    """Whether a journal tells of another document than the state."""
    ids = {op.new["id"] for line, _ in lines for op in line.o if op.table == DOCUMENT and op.new}
    return bool(ids) and state.document["id"] not in ids


def _all_lines(path: Path) -> tuple[list[tuple[Line, str]], int, int]:
    """Every sound line of a journal with its checksum, how many are not, and where it ends."""
    lines = []
    broken = end = 0
    for at, row in read_rows(path):
        end = at + len(row) + 1
        line = decode(row)
        if line is None:
            broken += 1
        else:
            lines.append((line, checksum(row)))
    return lines, broken, end


def _from_backup(shelf: Shelf, upto: int | None) -> Reading | None:
    data = _bytes_of(shelf.backup)
    if data is None:
        return None
    try:
        tables = migrated(parse(data, shelf.backup), shelf.backup)
        read_layers(tables, shelf.backup)
    except NewerError:
        raise
    except StoreError:
        return None  # the journal alone may do
    if upto is not None and sequence(tables) > upto:
        return None
    line = str(tables["_meta"]["1"].get("line", ""))
    return Reading(State(tables, shelf.json), line=line)


def _from_first(shelf: Shelf, lines: list[tuple[Line, str]]) -> Reading | None:
    """The state before the first change, when the journal goes back to it."""
    if not lines or lines[0][0].s != 1:
        return None
    begun = next((op.new for op in lines[0][0].o if op.table == DOCUMENT and not op.old), None)
    if begun is None:
        return None
    tables: Tables = {"_meta": {"1": fresh_meta()}, DOCUMENT: {"1": begun}}
    return Reading(State(tables, shelf.json))


def _newer(shelf: Shelf, data: bytes, error: NewerError) -> Reading:
    """A file of a newer schema, as far as this version can read it."""
    tables = parse(data, shelf.json)
    meta = {**tables["_meta"]["1"], "schema": fresh_meta()["schema"]}
    tables = {**tables, "_meta": {"1": meta}}
    try:
        layers = read_layers(tables, shelf.json)
    except StoreError:
        raise error from None
    reading = _followed(
        State(tables, shelf.json), layers, read_tail(shelf.journal, sequence(tables)), None
    )
    reading.read_only = error
    reading.rewrite_journal = reading.stale = False
    reading.remarks.append(str(error))
    return reading


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
