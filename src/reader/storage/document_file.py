"""One document's file: what it holds, and the one way to change it.

The interface is that of a journal: a change is *appended* and is durable when the call returns; a
*snapshot* brings the JSON up to date with what was appended; *news* tells what others appended. In
this first form appending replaces the whole file, so that a snapshot has nothing left to do.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Final

from tinydb import TinyDB

from reader.errors import ConflictError, OvertakenError
from reader.model.annotation import Annotation
from reader.model.change import Change, Edit, same
from reader.model.document import Document
from reader.model.layer import Layers
from reader.model.link import Link
from reader.model.plain import ORDER, Plain, to_plain
from reader.storage.files import make_folder
from reader.storage.json_file import JsonFile, Rows, Tables, damaged
from reader.storage.locks import locked, ready
from reader.storage.migrations import check_schema, fresh_meta
from reader.storage.records import TABLES, read_record

_REMOVED: Final = "removed"
_HOME: Final = frozenset({"position", "opened", "updated", "paths", "bytes_sha256", "bytes"})
"""Fields of a document that come and go without being part of anybody's work."""


class DocumentFile:
    """A document, its annotations and its links, in one TinyDB file that need not exist yet.

    Memory and disk change together or not at all.
    """

    def __init__(
        self,
        path: Path,
        locks: Path,
        document: Document | None = None,
        elsewhere: Callable[[], Path | None] = lambda: None,
    ) -> None:
        """Read the file at `path`; where there is none, begin with `document`, written on demand.

        `elsewhere` tells, when it comes to that, where another session has begun the same text in
        the meantime. Raises StoreError when the file is damaged, or there is neither.
        """
        self.found_at: tuple[str, ...] = ()
        """Where the text was found this time: written down with the next change."""
        ready()
        self._locks = locks
        self._elsewhere = elsewhere
        self._news: list[Change] = []
        self._beside = _names(path.parent)
        tables = self._at(path)
        if tables is None and document is not None:
            tables = {
                "_meta": {"1": fresh_meta()},
                TABLES[Document]: {"1": to_plain(document)},
                TABLES[Annotation]: {},
                TABLES[Link]: {},
                _REMOVED: {},
            }
        if tables is None:
            raise damaged(path, "it is gone")
        self._take(tables)

    def layers(self) -> Layers:
        """All that the file holds, as it was last read or written."""
        return read_layers(self._tables, self.path)

    def news(self) -> list[Change]:
        """What was written since this was last asked, oldest first: others' changes, and one's own
        in their place between them. Applied in order they lead to what the file holds."""
        if self._seen is None:
            beside = _names(self.path.parent)
            if not beside <= self._beside:
                self._join()
                self._beside = beside
        self._follow()
        return self.heard()

    def heard(self) -> list[Change]:
        """The news that is here already, without a look at the disk."""
        news, self._news = self._news, []
        return news

    def append(self, change: Change, *, on_latest: bool = False) -> Change:
        """Make a change durable; returns it with its revisions numbered.

        `on_latest` says that it was made on all there is: then it raises OvertakenError when others
        have written since `news` was asked.

        Numbers are given here, under the lock, where no other session can give the same. It waits
        in `news`, after what others wrote before it. Raises StoreError, with nothing changed.
        """
        with self._writing(f"'{change.did}'"):
            if on_latest and self._news:
                raise OvertakenError(
                    f"'{change.did}' was not saved",
                    "other sessions are writing all the time",
                    "Try again.",
                )
            tables, written = self._with(change)
            self._write(tables)
            self._news.append(written)
        return written

    def removed(self) -> set[str]:
        """The ids of the records that were removed, and are not back."""
        return set(self._numbers[_REMOVED])

    def snapshot(self) -> None:
        """Bring the JSON up to date with what was appended: in this form it always is."""

    def remember(self, document: Document) -> None:
        """Keep where the reader was and where the text was found: nothing to undo, no history."""
        with self._writing("The reading position"):
            row = self._tables[TABLES[Document]]["1"]
            home = {name: value for name, value in to_plain(document).items() if name in _HOME}
            home["updated"] = row["updated"]
            home["paths"] = _gathered(row, document.paths)
            self._write({**self._tables, TABLES[Document]: {"1": {**row, **home}}})

    # How --------------------------------------------------------------------------------------

    def _at(self, path: Path) -> Tables | None:
        """Read what is at a path and stand on it; stay where one was when it cannot be used."""
        storage = TinyDB(path, storage=JsonFile).storage
        stamp = _stamp(path)
        tables = _checked(storage.read(), path)
        self.path, self._storage, self._seen = path, storage, stamp
        self._lock = self._locks / f"{path.stem}.lock"
        return tables

    @contextmanager
    def _writing(self, what: str) -> Iterator[None]:
        """Hold the document's lock, having taken in all that others wrote."""
        with ExitStack() as held:
            if self._seen is None:
                held.enter_context(locked(self._locks / "new.lock", what))
                self._join()
            held.enter_context(locked(self._lock, what))
            make_folder(self.path.parent)
            self._follow()
            yield

    def _join(self) -> None:
        """Go over to the file that another session has begun for the same text, if one has."""
        path = self._elsewhere()
        mine = self._tables
        tables = self._at(path) if path is not None else None
        if tables is not None:
            self._news.append(_difference(mine, tables, self.path))
            self._take(tables)

    def _take(self, tables: Tables) -> None:
        self._tables = tables
        self._numbers = {
            table: {str(row["id"]): number for number, row in tables.get(table, {}).items()}
            for table in (TABLES[Annotation], TABLES[Link], _REMOVED)
        }

    def _follow(self) -> None:
        """Take in what others wrote. A file that vanished is written again with the next change."""
        stamp = _stamp(self.path)
        if stamp == self._seen or stamp is None:
            return
        tables = _checked(self._storage.read(), self.path)
        if tables is None:
            return
        if _text_of(tables) != _text_of(self._tables):
            raise damaged(self.path, "it holds the marks of another text now")
        change = _difference(self._tables, tables, self.path)
        self._take(tables)
        self._seen = stamp
        if change.edits:
            self._news.append(change)

    def _write(self, tables: Tables) -> None:
        for stale in self.path.parent.glob(f".{self.path.name}.*.tmp"):
            with contextlib.suppress(OSError):  # a killed session's; it is in nobody's way
                stale.unlink()
        self._storage.write(tables)
        self._seen = _stamp(self.path)
        self._take(tables)

    def _with(self, change: Change) -> tuple[Tables, Change]:
        """The tables with a change made in them, and the change as it was made."""
        tables = {name: dict(rows) for name, rows in self._tables.items()}
        for table in (*TABLES.values(), _REMOVED):
            tables.setdefault(table, {})
        meta = dict(tables["_meta"]["1"])
        sequence = meta.get("seq")
        meta["seq"] = (sequence if isinstance(sequence, int) else 0) + 1
        tables["_meta"]["1"] = meta
        row = tables[TABLES[Document]]["1"]
        paths = _gathered(row, self.found_at)
        tables[TABLES[Document]]["1"] = {**row, "paths": paths, "updated": change.at}
        free = {table: _free(tables[table]) for table in tables}
        done = tuple(self._put(tables, edit, change, free) for edit in change.edits)
        if _loose(tables) is not None:
            raise ConflictError(
                f"'{change.did}' was not saved",
                "somebody else has removed or linked a mark that it is about",
                "Look at it as it is now, and do it again if it is still wanted.",
            )
        return tables, replace(change, edits=done)

    def _put(
        self, tables: Tables, edit: Edit, change: Change, free: Mapping[str, Iterator[str]]
    ) -> Edit:
        """Make one edit in the tables; new rows take the free numbers."""
        like = edit.record
        table = TABLES[type(like)]
        rows = tables[table]
        if isinstance(like, Document):
            assert isinstance(edit.before, Document)  # documents begin outside of changes
            assert isinstance(edit.after, Document)
            held = read_record(rows["1"], Document, self.path)
            rows["1"] = _merged(rows["1"], to_plain(edit.before), to_plain(edit.after))
            return Edit(held, read_record(rows["1"], Document, self.path))
        number = self._numbers[table].get(like.id)
        now = read_record(rows[number], type(like), self.path) if number is not None else None
        if not same(now, edit.before):
            raise ConflictError(
                f"'{change.did}' was not saved",
                "somebody else has changed the mark since",
                "Look at it as it is now, and do it again if it is still wanted.",
            )
        removed = tables[_REMOVED]
        grave = self._numbers[_REMOVED].get(like.id)
        rev = (now.rev if now is not None else _revision(removed.get(grave or "", {}))) + 1
        if edit.after is None:
            assert number is not None
            del rows[number]
            removed[next(free[_REMOVED])] = {
                "id": like.id,
                "rev": rev,
                "table": table,
                "annotator": change.annotator,
                "at": change.at,
            }
            return edit
        assert not isinstance(edit.after, Document)
        after = replace(edit.after, rev=rev)
        if grave is not None:
            del removed[grave]
        rows[number or next(free[table])] = to_plain(after)
        return Edit(edit.before, after)


def _checked(tables: Tables | None, path: Path) -> Tables | None:
    """The tables with their document in row 1, once every record in them has been read."""
    if tables is None:
        return None
    read_layers(tables, path)
    (document,) = tables[TABLES[Document]].values()
    return {**tables, TABLES[Document]: {"1": document}}


def read_document(tables: Tables, path: Path) -> Document:
    """The one document that a file's tables hold. Raises StoreError when they do not."""
    check_schema(tables, path)
    rows = list(tables.get(TABLES[Document], {}).values())
    if len(rows) != 1:
        raise damaged(path, f"it holds {len(rows)} documents instead of one")
    return read_record(rows[0], Document, path)


def read_layers(tables: Tables, path: Path) -> Layers:
    """Every record in the tables, checked. Raises StoreError that says what is wrong where."""
    document = read_document(tables, path)
    if not all(isinstance(row.get("id"), str) for row in tables.get(_REMOVED, {}).values()):
        raise damaged(path, f"a row of '{_REMOVED}' does not say what was removed")
    annotations = [
        read_record(row, Annotation, path) for row in tables.get(TABLES[Annotation], {}).values()
    ]
    links = [read_record(row, Link, path) for row in tables.get(TABLES[Link], {}).values()]
    ids = {annotation.id for annotation in annotations}
    if len(ids) != len(annotations) or len({link.id for link in links}) != len(links):
        raise damaged(path, "two of its records have the same id")
    for annotation in annotations:
        if annotation.end > document.length:
            raise damaged(path, f"annotation '{annotation.id}' lies outside the text")
    loose = _loose(tables)
    if loose is not None:
        raise damaged(path, f"link '{loose[0]}' hangs on '{loose[1]}', which is not there")
    return Layers(document, annotations, links)


def _loose(tables: Tables) -> tuple[object, object] | None:
    """A link that hangs on a mark that is not there, and that mark's id."""
    ids = {row["id"] for row in tables.get(TABLES[Annotation], {}).values()}
    for link in tables.get(TABLES[Link], {}).values():
        ends = [link["from"], link["to"]]
        if link.get("via") is not None:
            ends.append(link["via"])
        for end in ends:
            if end not in ids:
                return link["id"], end
    return None


def _difference(old: Tables, new: Tables, path: Path) -> Change:
    """What turns the records of one state of a file into those of the next, as one change."""
    edits: list[Edit] = []
    for kind in (Annotation, Link):
        before = {str(row["id"]): row for row in old.get(TABLES[kind], {}).values()}
        after = {str(row["id"]): row for row in new.get(TABLES[kind], {}).values()}
        for each in sorted(before.keys() | after.keys()):
            pair = before.get(each), after.get(each)
            if pair[0] != pair[1]:
                edits.append(Edit(*(read_record(row, kind, path) if row else None for row in pair)))
    one, other = old[TABLES[Document]]["1"], new[TABLES[Document]]["1"]
    document = read_record(other, Document, path)
    if any(one.get(name) != other.get(name) for name in ORDER[Document] if name not in _HOME):
        edits.append(Edit(read_record(one, Document, path), document))
    return Change(tuple(edits), "what another session did", "", document.updated, "outside")


def _merged(now: Mapping[str, object], before: Plain, after: Plain) -> Plain:
    """The document as it is now with the fields that this change changed; others' stay."""
    changed = {name: value for name, value in after.items() if before.get(name) != value}
    return {**now, **changed, "id": now["id"]}


def _gathered(row: Mapping[str, object], paths: Iterable[str]) -> list[object]:
    """The paths in a document's row, and those that are new."""
    kept = row.get("paths")
    return list(dict.fromkeys([*(kept if isinstance(kept, list) else []), *paths]))


def _text_of(tables: Tables) -> object:
    return tables[TABLES[Document]]["1"]["sha256"]


def _revision(row: Mapping[str, object]) -> int:
    rev = row.get("rev")
    return rev if isinstance(rev, int) else 0


def _free(rows: Rows) -> Iterator[str]:
    """Row numbers as TinyDB would give them, from the next one on."""
    return map(str, count(max(map(int, rows), default=0) + 1))


def _names(folder: Path) -> set[str]:
    """The names of a folder's files, those left out that are still being written."""
    try:
        return {path.name for path in folder.iterdir() if path.suffix == ".json"}
    except OSError:
        return set()


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What tells one state of a file from the next. A replaced file has another inode."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
