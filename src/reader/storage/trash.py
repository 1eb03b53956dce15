"""Documents that were taken out of the database, until somebody empties the trash.

Each lies in `trash/<day>/<name>/`, set out as a database of one document. It is put together there
from links to its files, and appears whole; only then its files leave the database, and the JSON,
which alone says all, the last. Putting it back is the same the other way round. Whenever that is
cut short the document is whole in one of the places, or in both: doing it again finishes it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from reader.errors import StoreError
from reader.model.document import Document
from reader.storage.catalog import Damaged, names
from reader.storage.files import (
    make_folder,
    random_name,
    store_error,
    sync_folder,
    write_atomically,
)
from reader.storage.layout import Layout, Rights, Shelf
from reader.storage.locks import Lock
from reader.storage.reading import layers_of
from reader.storage.recovery import read
from reader.storage.repair import mend
from reader.storage.snapshot import Snapshot
from reader.storage.texts import Texts


class Discarded(NamedTuple):
    """A document in the trash."""

    folder: Path
    name: str
    """That of its files."""
    day: str
    """When it was removed: a date, UTC."""
    document: Document
    counts: Mapping[str, int]
    """How many annotations there are of each kind."""
    links: int


class Trash:
    """The documents that were taken out of one database."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def items(self) -> Iterator[Discarded | Damaged]:
        """What is in it, what was removed first first. Raises StoreError."""
        for day in _folders(self._layout.trash):
            for folder in _folders(day):
                yield _item(folder, day.name)

    # Taking out, putting back -------------------------------------------------------------------

    def take(self, name: str, day: str, is_shared: Callable[[str], bool]) -> None:
        """Take a document out of the database, on that day, and the kept text with it, unless that
        hash `is_shared` by others. Raises StoreError."""
        shelf = self._layout.shelf(name)
        with self._alone(shelf, f"The removal of {name}"):
            sha256 = _brought_up_to_date(shelf)
            text = _text(self._layout, sha256)
            if not self._has(shelf):
                self._lay_down(shelf, text, day)
            gone = [shelf.backup, shelf.journal, shelf.json]
            for path in gone if is_shared(sha256) else [*gone, text]:
                _drop(path)

    def put_back(self, item: Discarded, name: Callable[[], str]) -> None:
        """Put a document back into the database, and no longer have it. Raises StoreError.

        `name` gives the name of its files there, and may refuse it; nobody begins a new document
        meanwhile.
        """
        there = Layout(item.folder)
        source = there.shelf(item.name)
        text = _text(there, item.document.sha256)
        with self._alone(None, f"{item.document.title}"), ExitStack() as held:
            shelf = self._layout.shelf(name())
            held.enter_context(_locked(shelf.lock, shelf.name, self._layout.rights))
            pairs = [(text, _text(self._layout, item.document.sha256))]
            pairs += zip(_files(source), _files(shelf), strict=True)
            _link_all(pairs, self._layout.rights)
            self._delete(item.folder)

    def is_back(self, item: Discarded, path: Path) -> bool:
        """Whether that file of the database is the document in the trash, unchanged: putting it
        back, or taking it out, was cut short."""
        there = Layout(item.folder).shelf(item.name)
        return _holds(there, self._layout.shelf(path.stem))

    def _has(self, shelf: Shelf) -> bool:
        """Whether all there is of a document lies here already."""
        for day in _folders(self._layout.trash):
            for folder in _folders(day):
                if _holds(Layout(folder).shelf(shelf.name), shelf):
                    return True
        return False

    def _lay_down(self, shelf: Shelf, text: Path, day: str) -> None:
        folder = self._layout.trash / day
        unfinished = folder / f".{shelf.name}.{random_name(4)}.part"
        there = Layout(unfinished)
        pairs = list(zip(_files(shelf), _files(there.shelf(shelf.name)), strict=True))
        try:
            _link_all([*pairs, (text, there.texts / text.name)], self._layout.rights)
            unfinished.rename(_free(folder, shelf.name))
            sync_folder(folder)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise

    # Emptying -----------------------------------------------------------------------------------

    def delete(self, folders: Iterable[Path]) -> None:
        """Delete documents in the trash for good, and what was left unfinished there. Raises
        StoreError."""
        with self._alone(None, "The trash"):
            for folder in folders:
                self._delete(folder)
            for day in _folders(self._layout.trash):
                for left in day.glob(".*"):
                    shutil.rmtree(left, ignore_errors=True)
                with contextlib.suppress(OSError):
                    day.rmdir()  # which an empty one alone can be

    def _delete(self, folder: Path) -> None:
        hidden = folder.with_name(f".{folder.name}.{random_name(4)}.gone")
        with contextlib.suppress(FileNotFoundError):  # somebody else was faster
            folder.rename(hidden)  # all of it is gone at once
            sync_folder(folder.parent)
            shutil.rmtree(hidden)
            with contextlib.suppress(OSError):
                folder.parent.rmdir()

    @contextmanager
    def _alone(self, shelf: Shelf | None, what: str) -> Iterator[None]:
        """Nobody begins a document meanwhile, or writes in this one."""
        rights = self._layout.rights
        with ExitStack() as held:
            held.enter_context(_locked(self._layout.locks / "new.lock", what, rights))
            if shelf is not None:
                held.enter_context(_locked(shelf.lock, what, rights))
            try:
                yield
            except OSError as error:
                raise store_error(f"{what} was not finished", error) from error


@contextmanager
def _locked(path: Path, what: str, rights: Rights) -> Iterator[None]:
    lock = Lock(path, rights=rights)
    try:
        with lock.held(what):
            yield
    finally:
        lock.close()


def _item(folder: Path, day: str) -> Discarded | Damaged:
    layout = Layout(folder)
    try:
        name = next(iter(names(layout)), None)
        if name is None:
            raise StoreError(f"{folder} cannot be used", "it holds no document")
        layers = layers_of(read(layout.shelf(name)))
    except StoreError as error:
        return Damaged(folder, error)
    counts = Counter(annotation.kind for annotation in layers.annotations)
    return Discarded(folder, name, day, layers.document, counts, len(layers.links))


def _brought_up_to_date(shelf: Shelf) -> str:
    """See to it that a document's JSON says all, under its lock; the hash of its text."""
    reading = read(shelf)
    if reading.read_only is not None:
        raise reading.read_only
    if reading.needs_mending:
        mend(shelf, reading)
        reading = read(shelf)
    if reading.written < reading.state.seq:
        Snapshot(shelf, reading.state.copy(), reading.line, reading.stamp, "").put()
    return str(reading.state.document["sha256"])


def _files(shelf: Shelf) -> tuple[Path, Path, Path]:
    """A document's files in the order in which they are put somewhere: the first is enough."""
    return shelf.json, shelf.journal, shelf.backup


def _text(layout: Layout, sha256: str) -> Path:
    return Texts(layout.texts).path(sha256)


def _link_all(pairs: Iterable[tuple[Path, Path]], rights: Rights) -> None:
    """Have files under second names, durably; those that are there already stay."""
    for source, target in pairs:
        real = Path(os.path.realpath(source))
        if not real.exists() or target.exists():
            continue
        make_folder(target.parent, rights)
        try:
            os.link(real, target)
        except OSError:  # not every file system has links: whatever else is wrong, it says again
            write_atomically(target, real.read_bytes(), rights)
        sync_folder(target.parent)


def _drop(path: Path) -> None:
    """Remove one name of a file, durably."""
    if path.exists() or path.is_symlink():
        path.unlink()
        sync_folder(path.parent)


def _holds(trashed: Shelf, shelf: Shelf) -> bool:
    """Whether all there is of a document lies in the trash, too."""
    return _same(trashed.json, shelf.json) and (
        not shelf.journal.exists() or _same(trashed.journal, shelf.journal)
    )


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other) or one.read_bytes() == other.read_bytes()
    except FileNotFoundError:
        return False


def _folders(folder: Path) -> list[Path]:
    """The folders in a folder, by name; those that are being made or deleted left out."""
    try:
        found = [each for each in folder.iterdir() if each.is_dir() and each.name[0] != "."]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise store_error(f"{folder} cannot be read", error) from error
    return sorted(found)


def _free(folder: Path, name: str) -> Path:
    """A place in a folder that is not taken: a document can be removed twice on one day."""
    tries = 1
    while (path := folder / (name if tries == 1 else f"{name}-{tries}")).exists():
        tries += 1
    return path
