"""Putting a document's files right, from what was read of them. Nothing is thrown away."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from reader.errors import StoreError
from reader.model.change import Change
from reader.storage.files import make_folder, store_error, write_atomically
from reader.storage.journal import Journal, checksum, encode, read_rows, sound
from reader.storage.layout import Shelf
from reader.storage.reading import Reading
from reader.storage.snapshot import Snapshot
from reader.storage.state import line_of, moment


def mend(shelf: Shelf, reading: Reading) -> None:
    """Write what `reading` found out, under the document's lock. Raises StoreError.

    First the broken bytes go to quarantine, then the journal is made sound and told what was done
    outside, and last the JSON is written: whenever it is cut short, it can be done again.
    """
    for path in reading.broken:
        quarantine(shelf, path)
    end = reading.end
    if reading.rewrite_journal or reading.alien:
        quarantine(shelf, shelf.journal)
        kept = () if reading.alien else read_rows(shelf.journal)
        rows = b"".join(row + b"\n" for _, row in kept if sound(row))
        write_atomically(shelf.journal, rows, shelf.rights)
        end = len(rows)
    line = reading.line
    if reading.new_base:
        make_folder(shelf.backup.parent, shelf.rights)
        write_atomically(shelf.backup, _bytes_of(shelf.json), shelf.rights)
    if reading.outside or reading.foreign:
        line = _journal_outside(shelf, reading, end)
    if reading.stale or reading.written < 0 or line != reading.line:
        Snapshot(shelf, reading.state.copy(), line, reading.stamp, "").put()


def quarantine(shelf: Shelf, path: Path) -> None:
    """Keep a file's bytes as they are. Raises StoreError."""
    if not path.exists():
        return
    data = _bytes_of(path)
    make_folder(shelf.quarantine, shelf.rights)
    at = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    for number in range(1000):
        kept = shelf.quarantine / f"{path.stem}.{at}{f'-{number}' if number else ''}{path.suffix}"
        if not kept.exists():
            write_atomically(kept, data, shelf.rights)
            return
    raise StoreError(f"{path} was not kept in quarantine", "there are a thousand of it already")


def set_aside(shelf: Shelf) -> None:
    """Keep JSON and journal in quarantine, and make room for others. Raises StoreError."""
    for path in (shelf.json, shelf.journal):
        quarantine(shelf, path)
        path.unlink(missing_ok=True)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise store_error(f"{path} cannot be read", error) from error


def _journal_outside(shelf: Shelf, reading: Reading, end: int) -> str:
    """Make what was done outside a change like any other, to be undone; its line's checksum."""
    now = time.time_ns() // 1_000_000
    changes = len(reading.outside) + len(reading.foreign)
    did = f"took in {changes} change{'s' if changes > 1 else ''} made outside of reader"
    change = Change(tuple(reading.outside), did, "", moment(now), "outside", f"outside-{now:x}")
    ops, change = reading.state.operations(change)
    line = line_of(change, reading.state.seq + 1, [*ops, *reading.foreign])
    data = encode(line)
    journal = Journal(shelf.journal, shelf.rights)
    try:
        journal.stand(end)
        journal.append(data)
    except OSError as error:
        raise store_error("What was done outside was not saved", error) from error
    finally:
        journal.close()
    reading.state.apply(line)
    return checksum(data)
