"""Taking documents out and putting them back: at no moment is anything lost."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from reader.errors import InputError, StoreError
from reader.storage import trash as module
from reader.storage.catalog import Damaged
from reader.storage.layout import Layout
from reader.storage.locks import HeldError, Lock
from reader.storage.repository import Repository
from reader.storage.trash import Discarded
from tests.model.build import TEXT, adding, document, mark, removing, tie
from tests.storage.build import every_byte, names_in

DAY = "2026-11-22"
ONE, TWO = mark(1), mark(2, (20, 40), kind="source")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "db")


@pytest.fixture
def path(repository: Repository) -> Path:
    """A document with a history, a backup, a text, and a JSON that lags behind."""
    file = repository.begin(document())
    file.append(adding(ONE, TWO, tie(3, ONE, TWO)))
    file.snapshot()
    file.append(adding(mark(4, (30, 50))))
    file.snapshot()
    file.append(removing(mark(4, (30, 50))))
    file.close()
    repository.texts.keep(TEXT, document().sha256)
    return file.path


def items(repository: Repository) -> list[Discarded]:
    found = list(repository.trash.items())
    assert not [each for each in found if isinstance(each, Damaged)]
    return [each for each in found if isinstance(each, Discarded)]


def documents(repository: Repository) -> dict[str, bytes]:
    """The database without what is derived, or in the trash."""
    ours = ("documents", "journal", "backup", "texts")
    found = every_byte(repository.folder)
    return {name: data for name, data in found.items() if name.startswith(ours)}


def test_it_is_gone_and_comes_back_with_its_history(repository: Repository, path: Path) -> None:
    layers, history = repository.layers(path), repository.history(path)
    repository.remove(path, DAY)
    assert list(repository.entries()) == []
    assert documents(repository) == {}
    (item,) = items(repository)
    assert item.folder == repository.folder / "trash" / DAY / path.stem
    assert (item.day, item.document.id, item.links) == (DAY, document().id, 1)
    assert item.counts == {"claim": 1, "source": 1}
    repository.put_back(item)
    assert items(repository) == []
    (entry,) = repository.entries()
    assert entry.path == path
    assert repository.layers(path).annotations == layers.annotations
    assert repository.layers(path).links == layers.links
    assert repository.history(path) == history
    assert repository.texts.read(document().sha256) == TEXT
    file = repository.open(path)
    file.append(adding(mark(9)))
    assert len(file.history()) == len(history) + 1
    assert not file.remarks


def test_the_trash_is_a_database_of_its_own(repository: Repository, path: Path) -> None:
    layers = repository.layers(path)
    repository.remove(path, DAY)
    (item,) = items(repository)
    there = Repository(item.folder)
    (entry,) = there.entries()
    assert there.layers(entry.path).annotations == layers.annotations
    assert there.texts.read(document().sha256) == TEXT


def test_others_stay_and_so_does_a_text_that_they_have(repository: Repository, path: Path) -> None:
    twin = Layout(repository.folder).documents / "twin~abcdef.json"
    twin.write_bytes(path.read_bytes())
    before = {name: data for name, data in documents(repository).items() if "twin" in name}
    repository.remove(path, DAY)
    assert repository.texts.read(document().sha256) == TEXT
    assert {name: data for name, data in documents(repository).items() if "twin" in name} == before
    (item,) = items(repository)
    assert Repository(item.folder).texts.read(document().sha256) == TEXT


def test_a_text_stays_while_a_damaged_file_may_need_it(repository: Repository, path: Path) -> None:
    (path.parent / "broken.json").write_bytes(b"{")
    repository.remove(path, DAY)
    assert repository.texts.has(document().sha256)


def test_a_document_without_a_text_a_backup_or_a_json(repository: Repository) -> None:
    file = repository.begin(document())
    file.append(adding(ONE))
    file.close()
    file.path.unlink()
    repository.remove(file.path, DAY)
    assert documents(repository) == {}
    (item,) = items(repository)
    repository.put_back(item)
    assert repository.layers(file.path).annotations == [ONE]


def test_twice_on_a_day(repository: Repository, path: Path) -> None:
    for number in (7, 8):
        if not path.exists():
            file = repository.begin(document())
            file.append(adding(mark(number)))
            file.close()
        repository.remove(path, DAY)
    assert [each.folder.name for each in items(repository)] == [path.stem, f"{path.stem}-2"]


def test_a_text_that_is_there_again_is_not_there_twice(repository: Repository, path: Path) -> None:
    repository.remove(path, DAY)
    file = repository.begin(document(number=0xABC))
    file.append(adding(mark(7)))
    file.close()
    before = every_byte(repository.folder)
    (item,) = items(repository)
    with pytest.raises(InputError, match="was not put back") as caught:
        repository.put_back(item)
    assert document(number=0xABC).id in str(caught.value)
    assert every_byte(repository.folder) == before


def test_a_name_that_is_taken_by_another_text(repository: Repository, path: Path) -> None:
    repository.remove(path, DAY)
    other = repository.begin(document("Another text."))
    other.append(adding(mark(7, text="Another text.")))
    other.close()
    assert other.path == path
    (item,) = items(repository)
    repository.put_back(item)
    assert len(list(repository.entries())) == 2
    back = repository.path_of(document().sha256)
    assert back is not None
    assert len(repository.layers(back)) == 2
    assert len(repository.layers(path)) == 1


def test_somebody_writing_in_it_is_waited_for(
    repository: Repository, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_locked", _impatient)
    shelf = Layout(repository.folder).shelf(path.stem)
    before = every_byte(repository.folder)
    lock = Lock(shelf.lock, "boris")
    with lock.held("a change"), pytest.raises(HeldError, match=r"The removal .* was not saved"):
        repository.remove(path, DAY)
    lock.close()
    assert every_byte(repository.folder) == before


@contextmanager
def _impatient(path: Path, what: str, rights: object) -> Iterator[None]:
    lock = Lock(path)
    with lock.held(what, 0):
        yield
    lock.close()


def test_an_open_session_loses_nothing(repository: Repository, path: Path) -> None:
    session = repository.open(path)
    repository.remove(path, DAY)
    session.append(adding(mark(7)))
    session.snapshot()
    session.close()
    assert len(repository.layers(path)) == 3
    (item,) = items(repository)
    assert sum(item.counts.values()) == 2


def test_a_file_of_a_newer_reader_stays(repository: Repository, path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"schema":2', b'"schema":9'))
    with pytest.raises(StoreError, match="read-only"):
        repository.remove(path, DAY)
    assert path.exists()


def test_emptying_deletes_what_was_named(repository: Repository, path: Path) -> None:
    repository.remove(path, DAY)
    (item,) = items(repository)
    day = item.folder.parent
    (day / ".left~000000.1234.part").mkdir()
    (day / "strange").mkdir()
    strange = next(each for each in repository.trash.items() if isinstance(each, Damaged))
    assert strange.path == day / "strange"
    repository.trash.delete([item.folder])
    assert names_in(day) == ["strange"]
    repository.trash.delete([strange.path])
    assert names_in(repository.folder / "trash") == []
    repository.trash.delete([item.folder])  # by two at once


def test_without_links_it_is_copied(
    repository: Repository, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    layers = repository.layers(path)
    repository.remove(path, DAY)
    assert documents(repository) == {}
    repository.put_back(items(repository)[0])
    assert repository.layers(path).annotations == layers.annotations


def test_a_projects_trash_follows_the_umask(tmp_path: Path) -> None:
    repository = Repository(tmp_path / ".reader")
    file = repository.begin(document())
    file.append(adding(ONE))
    file.close()
    before = os.umask(0o022)
    try:
        repository.remove(file.path, DAY)
    finally:
        os.umask(before)
    (item,) = items(repository)
    assert item.folder.stat().st_mode & 0o777 == 0o755


# Cut short ----------------------------------------------------------------------------------------


class Killed(BaseException):
    """The process ends here: it does nothing more."""


class Fate:
    """Lets so many steps on the disk be done, and then either kills or fails each."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch
        self.left = -1
        self.error: BaseException = Killed()
        self._wrap(os, "link")
        self._wrap(Path, "rename")
        self._wrap(Path, "replace")
        self._wrap(Path, "unlink")
        self._wrap(Path, "mkdir")
        self._wrap(Path, "rmdir")
        self._wrap(module, "sync_folder")
        self._wrap(shutil, "rmtree")

    def _wrap(self, where: Any, name: str) -> None:
        real: Callable[..., Any] = getattr(where, name)

        def step(*arguments: Any, **options: Any) -> Any:
            if self.left == 0:
                raise self.error
            self.left -= 1
            return real(*arguments, **options)

        self._patch.setattr(where, name, step)

    def after(self, steps: int, error: BaseException) -> None:
        self.left, self.error = steps, error

    def spared(self) -> None:
        self.left = -1


def whole(repository: Repository) -> bool:
    """Whether the document can be read with all its marks: in the database, or in the trash."""
    fresh = Repository(repository.folder)
    places = [(fresh, each.path) for each in fresh.entries()]
    for item in items(fresh):
        there = Repository(item.folder)
        places += [(there, each.path) for each in there.entries()]
    assert places
    for place, path in places:
        layers, remarks = place.looked_at(path)
        assert layers.annotations == [ONE, TWO]
        assert len(layers.links) == 1
        assert not remarks
    return any(
        place.texts.has(document().sha256) and len(place.history(path)) == 3
        for place, path in places
    )


@pytest.mark.parametrize("error", [Killed(), OSError(errno.EIO, "Input/output error")], ids=repr)
def test_removing_cut_short_anywhere_loses_nothing_and_can_be_finished(
    repository: Repository, path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    pristine = repository.folder.with_name("pristine")
    shutil.copytree(repository.folder, pristine)
    fate = Fate(monkeypatch)
    for steps in range(200):
        fate.spared()
        shutil.rmtree(repository.folder)
        shutil.copytree(pristine, repository.folder)
        fate.after(steps, error)
        try:
            Repository(repository.folder).remove(path, DAY)
        except (Killed, StoreError):
            fate.spared()
        else:
            break
        assert whole(repository), steps
        again = Repository(repository.folder)
        if path in [each.path for each in again.entries()]:
            again.remove(path, DAY)
        (item,) = items(again)
        assert whole(again)
        assert list(again.entries()) == []
        again.put_back(item)
        assert whole(again)
    else:
        pytest.fail("it never ends")
    assert steps > 15


@pytest.mark.parametrize("error", [Killed(), OSError(errno.EIO, "Input/output error")], ids=repr)
def test_putting_back_cut_short_anywhere_loses_nothing_and_can_be_finished(
    repository: Repository, path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    repository.remove(path, DAY)
    pristine = repository.folder.with_name("pristine")
    shutil.copytree(repository.folder, pristine)
    fate = Fate(monkeypatch)
    for steps in range(200):
        fate.spared()
        shutil.rmtree(repository.folder)
        shutil.copytree(pristine, repository.folder)
        fresh = Repository(repository.folder)
        (item,) = items(fresh)
        fate.after(steps, error)
        try:
            fresh.put_back(item)
        except (Killed, StoreError):
            fate.spared()
        else:
            break
        assert whole(repository), steps
        again = Repository(repository.folder)
        for left in items(again):
            again.put_back(left)
        assert items(again) == []
        assert whole(again)
    else:
        pytest.fail("it never ends")
    assert steps > 8
