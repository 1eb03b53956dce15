"""What a document's tables hold at one moment, and what a change does to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from reader.errors import ConflictError
from reader.model.annotation import Annotation
from reader.model.change import Change, Edit, Record, Way, same
from reader.model.document import Document
from reader.model.layer import Layers
from reader.model.link import Link
from reader.model.plain import Plain, to_plain
from reader.storage.damage import damaged
from reader.storage.journal import Line, Op, Row
from reader.storage.json_file import Tables
from reader.storage.migrations import check_schema, fresh_meta
from reader.storage.packed import PACKED, PackedRows
from reader.storage.records import TABLES, ids, read_record, read_records

DOCUMENT: Final = TABLES[Document]
ANNOTATIONS: Final = TABLES[Annotation]
LINKS: Final = TABLES[Link]
REMOVED: Final = "removed"
PLACE: Final = "place"
"""How a line came about that keeps a reading place: no part of the history."""

HOME: Final = frozenset({"position", "opened", "updated", "paths", "bytes_sha256", "bytes"})
"""Fields of a document that come and go without being part of anybody's work."""

_KINDS: Final[Mapping[str, type[Record]]] = {table: kind for kind, table in TABLES.items()}  # type: ignore[misc]


class State:
    """The tables with what is needed to change them in a time that does not grow with them.

    Rows are never changed in place, only replaced: a copy of the tables stays what it was.
    """

    def __init__(self, tables: Tables, path: Path) -> None:
        """Take tables that `read_layers` has found sound. `path` is named in errors."""
        self.path = path
        (document,) = tables[DOCUMENT].values()
        self.tables: Tables = {**tables, DOCUMENT: {"1": document}}
        for name in (ANNOTATIONS, LINKS, REMOVED):
            self.tables.setdefault(name, {})
        for name in PACKED:
            rows = self.tables[name]
            self.tables[name] = rows if isinstance(rows, PackedRows) else PackedRows.of(rows, path)
        self._numbers = {name: ids(self.tables[name]) for name in (ANNOTATIONS, LINKS, REMOVED)}
        self._last = {
            name: max(map(int, self.tables[name]), default=0)
            for name in (ANNOTATIONS, LINKS, REMOVED)
        }
        self._hanging: dict[str, set[str]] = {}
        for row in self.tables[LINKS].values():
            self._hang(row)

    @property
    def seq(self) -> int:
        return sequence(self.tables)

    @property
    def document(self) -> Row:
        return self.tables[DOCUMENT]["1"]

    def row(self, table: str, record_id: str) -> tuple[str, Row] | None:
        """A record's row with its number."""
        if table == DOCUMENT:
            return "1", self.document
        number = self._numbers[table].get(record_id)
        return (number, self.tables[table][number]) if number is not None else None

    def ids(self, table: str) -> Iterable[str]:
        return self._numbers[table].keys()

    def copy(self) -> Tables:
        """The tables as they are now, for somebody who takes his time."""
        return {
            name: rows.copy() if isinstance(rows, PackedRows) else dict(rows)
            for name, rows in self.tables.items()
        }

    # Changing -----------------------------------------------------------------------------------

    def at(self, op: Op) -> Row | None:
        """What is now in the row that an operation is about."""
        return self.tables.get(op.table, {}).get(op.number)

    def fits(self, line: Line) -> bool:
        """Whether a line follows on what is here, and starts from it."""
        return line.s == self.seq + 1 and all(
            op.table == DOCUMENT or self.at(op) == op.old for op in line.o
        )

    def apply(self, line: Line) -> None:
        """Take in a line that follows on what is here."""
        self.put(line.o)
        meta = self.tables["_meta"]["1"]
        self.tables["_meta"] = {"1": {**meta, "seq": line.s}}
        if line.u != PLACE:
            self.tables[DOCUMENT] = {"1": {**self.document, "updated": moment(line.t)}}

    def put(self, ops: Iterable[Op]) -> None:
        for table, number, new, old in ops:
            rows = self.tables.setdefault(table, {})
            numbers = self._numbers.get(table)
            if old is not None and numbers is not None:
                numbers.pop(str(old["id"]), None)
                if table == LINKS:
                    self._unhang(old)
            if new is None:
                rows.pop(number, None)
                continue
            rows[number] = new
            if numbers is not None:
                numbers[str(new["id"])] = number
                self._last[table] = max(self._last[table], int(number))
                if table == LINKS:
                    self._hang(new)

    def _hang(self, link: Row) -> None:
        for end in ends(link):
            self._hanging.setdefault(end, set()).add(str(link["id"]))

    def _unhang(self, link: Row) -> None:
        for end in ends(link):
            self._hanging.get(end, set()).discard(str(link["id"]))

    # From a change to operations ----------------------------------------------------------------

    def operations(self, change: Change) -> tuple[list[Op], Change]:
        """What a change does to the rows, and the change with its revisions numbered.

        Raises ConflictError when it does not start from what is here.
        """
        plan = _Plan(self, change)
        done = tuple(plan.add(edit) for edit in change.edits)
        plan.check()
        return plan.ops, replace(change, edits=done)

    def free(self, table: str, ops: Iterable[Op] = ()) -> str:
        """The number of a new row, those that `ops` take left out."""
        taken = (int(op.number) for op in ops if op.table == table)
        return str(max(self._last[table], *taken, 0) + 1)

    def loose(self, ops: Iterable[Op]) -> bool:
        """Whether a link would hang on a mark that is not there, once these are done."""
        now: dict[tuple[str, str], Row | None] = {}
        for op in ops:
            if op.old is not None and (op.new is None or op.new["id"] != op.old["id"]):
                now[op.table, str(op.old["id"])] = None
            if op.new is not None:
                now[op.table, str(op.new["id"])] = op.new

        def there(mark: str) -> bool:
            if (ANNOTATIONS, mark) in now:
                return now[ANNOTATIONS, mark] is not None
            return mark in self._numbers[ANNOTATIONS]

        for (table, record_id), row in now.items():
            if table == LINKS and row is not None:
                if not all(map(there, ends(row))):
                    return True
            elif table == ANNOTATIONS and row is None:
                for link in self._hanging.get(record_id, ()):
                    held = now.get((LINKS, link), self.tables[LINKS][self._numbers[LINKS][link]])
                    if held is not None and record_id in ends(held):
                        return True
        return False


class _Plan:
    """A change on its way to operations."""

    def __init__(self, state: State, change: Change) -> None:
        self._state = state
        self._change = change
        self.ops: list[Op] = []
        self._next: dict[str, int] = {}

    def _free(self, table: str) -> str:
        if table not in self._next:
            self._next[table] = int(self._state.free(table))
        number = self._next[table]
        self._next[table] = number + 1
        return str(number)

    def add(self, edit: Edit) -> Edit:
        like = edit.record
        if isinstance(like, Document):
            return self._document(edit)
        table = TABLES[type(like)]
        found = self._state.row(table, like.id)
        now = read_record(found[1], type(like), self._state.path) if found is not None else None
        if not same(now, edit.before):
            raise ConflictError(
                f"'{self._change.did}' was not saved",
                "somebody else has changed the mark since",
                "Look at it as it is now, and do it again if it is still wanted.",
            )
        grave = self._state.row(REMOVED, like.id)
        last = now.rev if now is not None else revision(grave[1]) if grave is not None else 0
        rev = last + 1
        if edit.after is None:
            assert found is not None
            self.ops.append(Op(table, found[0], None, found[1]))
            stone: Row = {
                "id": like.id,
                "rev": rev,
                "table": table,
                "annotator": self._change.annotator,
                "at": self._change.at,
            }
            self.ops.append(Op(REMOVED, self._free(REMOVED), stone, None))
            return edit
        assert not isinstance(edit.after, Document)
        after = edit.after if edit.after.rev == rev else replace(edit.after, rev=rev)
        if grave is not None:
            self.ops.append(Op(REMOVED, grave[0], None, grave[1]))
        number, old = found if found is not None else (self._free(table), None)
        self.ops.append(Op(table, number, to_plain(after), old))
        return Edit(edit.before, after)

    def _document(self, edit: Edit) -> Edit:
        """The fields that this change changed; others' stay."""
        assert isinstance(edit.before, Document)  # documents begin outside of changes
        assert isinstance(edit.after, Document)
        row = self._state.document
        held = read_record(row, Document, self._state.path)
        new = merged(row, to_plain(edit.before), to_plain(edit.after))
        self.ops.append(Op(DOCUMENT, "1", new, row))
        return Edit(held, read_record(new, Document, self._state.path))

    def check(self) -> None:
        if self._state.loose(self.ops):
            raise ConflictError(
                f"'{self._change.did}' was not saved",
                "somebody else has removed or linked a mark that it is about",
                "Look at it as it is now, and do it again if it is still wanted.",
            )


def change_of(line: Line, path: Path) -> Change:
    """A line as a change of records; what it did to tombstones goes without saying."""
    edits = []
    for op in line.o:
        kind = _KINDS.get(op.table)
        if kind is not None and (op.table != DOCUMENT or op.old is not None):
            pair = (read_record(row, kind, path) if row else None for row in (op.old, op.new))
            edits.append(Edit(*pair))
    return Change(tuple(edits), line.d, line.a, moment(line.t), way_of(line.u), line.i, line.of)


def line_of(change: Change, seq: int, ops: list[Op]) -> Line:
    """A change as the line that makes it."""
    return Line(
        s=seq,
        t=milliseconds(change.at),
        a=change.annotator,
        i=change.id,
        d=change.did,
        u="" if change.way == "do" else change.way,
        of=change.of,
        o=ops,
    )


def way_of(word: str) -> Way:
    match word:
        case "undo" | "redo" | "outside":
            return word
    return "do"


def read_document(tables: Tables, path: Path) -> Document:
    """The one document that a file's tables hold. Raises StoreError when they do not."""
    check_schema(tables, path)
    rows = list(tables.get(DOCUMENT, {}).values())
    if len(rows) != 1:
        raise damaged(path, f"it holds {len(rows)} documents instead of one")
    return read_record(rows[0], Document, path)


def read_layers(tables: Tables, path: Path) -> Layers:
    """Every record in the tables, checked. Raises StoreError that says what is wrong where."""
    document = read_document(tables, path)
    if not all(isinstance(row.get("id"), str) for row in tables.get(REMOVED, {}).values()):
        raise damaged(path, f"a row of '{REMOVED}' does not say what was removed")
    annotations = read_records(tables.get(ANNOTATIONS, {}), Annotation, path)
    links = read_records(tables.get(LINKS, {}), Link, path)
    there = {annotation.id for annotation in annotations}
    if len(there) != len(annotations) or len({link.id for link in links}) != len(links):
        raise damaged(path, "two of its records have the same id")
    for annotation in annotations:
        if annotation.end > document.length:
            raise damaged(path, f"annotation '{annotation.id}' lies outside the text")
    for link in links:
        loose = next((end for end in link.ends if end not in there), None)
        if loose is not None:
            raise damaged(path, f"link '{link.id}' hangs on '{loose}', which is not there")
    return Layers(document, annotations, links)


def fresh_tables(document: Document) -> Tables:
    """The tables of a document without marks."""
    return {
        "_meta": {"1": fresh_meta()},
        DOCUMENT: {"1": to_plain(document)},
        ANNOTATIONS: {},
        LINKS: {},
        REMOVED: {},
    }


def sequence(tables: Tables) -> int:
    """The number of the last change that the tables include."""
    value = tables.get("_meta", {}).get("1", {}).get("seq")
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def ends(link: Row) -> list[str]:
    """The ids that a link's row hangs on."""
    return [str(link[name]) for name in ("from", "to", "via") if link.get(name) is not None]


def merged(now: Row, before: Mapping[str, object], after: Plain) -> Row:
    """A row as it is now with the fields that a change changed; others' stay."""
    changed = {name: value for name, value in after.items() if before.get(name) != value}
    return {**now, **changed, "id": now["id"]}


def at_home(row: Row, document: Document) -> Row:
    """A document's row with the reading place of `document`, and the paths of both."""
    home = {name: value for name, value in to_plain(document).items() if name in HOME}
    paths = _union(row.get("paths"), document.paths)
    return {**row, **home, "updated": row["updated"], "paths": paths}


def placed(ops: list[Op], row: Row, paths: tuple[str, ...]) -> list[Op]:
    """What is to be done, along with adding paths to the document's row when they are new."""
    at = next((at for at, op in enumerate(ops) if op.table == DOCUMENT), None)
    new = ops[at].new if at is not None else row
    assert new is not None  # nothing removes the document
    union = _union(new.get("paths"), paths)
    if union == new.get("paths"):
        return ops
    op = Op(DOCUMENT, "1", {**new, "paths": union}, row)
    return [*ops, op] if at is None else [*ops[:at], op, *ops[at + 1 :]]


def _union(kept: object, more: tuple[str, ...]) -> list[object]:
    """The paths in a document's row, and those that are new."""
    return list(dict.fromkeys([*(kept if isinstance(kept, list) else []), *more]))


def moment(milliseconds: int) -> str:
    """A time since the epoch as RFC 3339, UTC, with milliseconds."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:03}Z"


def milliseconds(at: str) -> int:
    """The inverse of `moment`; other forms of RFC 3339 will do, too."""
    return round(datetime.fromisoformat(at).timestamp() * 1000)


def revision(row: Row) -> int:
    """The revision of a mark, a link or a tombstone."""
    rev = row.get("rev")
    return rev if isinstance(rev, int) else 0
