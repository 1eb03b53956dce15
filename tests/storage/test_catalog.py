"""The catalog: only what has changed is read again, and nothing hangs on it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import StoreError
from reader.storage import catalog as module
from reader.storage.catalog import Damaged, Summary
from reader.storage.layout import Shelf
from reader.storage.reading import Reading
from reader.storage.repository import Repository
from tests.model.build import adding, document, mark, tie
from tests.storage.build import every_byte, stored

MANY = module._FEW + 4


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "db")
    for number in range(MANY):
        text = f"Text number {number}."
        one, two = mark(2 * number, text=text), mark(2 * number + 1, text=text, kind="source")
        links = [tie(1000 + number, one, two)] if number % 2 else []
        file = repository.begin(document(text, number=0xA00 + number, title=f"{number:02}.txt"))
        file.append(adding(one, two, *links))
        file.snapshot()
        file.close()
    catalog(repository).unlink(missing_ok=True)
    return repository


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the documents that were read."""
    names: list[str] = []
    real = module.read

    def noted(shelf: Shelf) -> Reading:
        names.append(shelf.name)
        return real(shelf)

    monkeypatch.setattr(module, "read", noted)
    return names


def fresh(repository: Repository) -> list[Summary | Damaged]:
    """What another process would say."""
    return Repository(repository.folder).summaries()


def catalog(repository: Repository) -> Path:
    return repository.folder / "catalog.json"


def test_what_was_read_once_is_not_read_again(repository: Repository, read: list[str]) -> None:
    first = fresh(repository)
    assert len(read) == MANY
    read.clear()
    assert fresh(repository) == first
    assert read == []
    summary = first[1]
    assert isinstance(summary, Summary)
    assert (summary.counts, summary.links) == ({"claim": 1, "source": 1}, 1)
    assert summary.document.title == "01.txt"


def test_one_repository_remembers_without_the_file(repository: Repository, read: list[str]) -> None:
    other = Repository(repository.folder)
    other.summaries()
    catalog(repository).unlink()
    read.clear()
    assert len(list(other.entries())) == MANY
    assert read == []


def test_few_documents_need_no_file(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "db")
    stored(repository, document(), mark(1))
    assert len(fresh(repository)) == 1
    assert not catalog(repository).exists()


def test_only_what_changed_is_read(repository: Repository, read: list[str]) -> None:
    fresh(repository)
    read.clear()
    path = fresh(repository)[3].path
    file = repository.open(path)
    file.append(adding(mark(900, text="Text number 3.", kind="cue")))
    summary = fresh(repository)[3]
    assert isinstance(summary, Summary)
    assert summary.counts["cue"] == 1
    assert read == [path.stem]
    file.snapshot()
    file.close()
    assert fresh(repository)[3] == summary


def test_a_file_replaced_by_one_of_the_same_size_and_time_is_read(
    repository: Repository, read: list[str]
) -> None:
    path = fresh(repository)[0].path
    read.clear()
    stat, data = path.stat(), path.read_bytes()
    other = path.with_name("other")
    other.write_bytes(data.replace(b'"00.txt"', b'"99.txt"'))
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    other.replace(path)
    fresh(repository)
    assert read == [path.stem]


def test_what_is_gone_is_gone(repository: Repository) -> None:
    name = fresh(repository)[0].path.stem
    for folder, suffix in (("documents", "json"), ("journal", "jsonl")):
        (repository.folder / folder / f"{name}.{suffix}").unlink()
    assert len(fresh(repository)) == MANY - 1
    assert repository.path_of(document("Text number 0.").sha256) is None
    assert repository.path_of(document("Text number 1.").sha256) is not None


@pytest.mark.parametrize("before", [True, False])
def test_a_damaged_one_is_never_taken_for_sound(
    repository: Repository, read: list[str], before: bool
) -> None:
    if before:
        fresh(repository)
    path = repository.folder / "documents" / "00~000a00.json"
    (repository.folder / "journal" / "00~000a00.jsonl").unlink()
    path.write_bytes(path.read_bytes()[:-40])
    for _ in range(3):
        read.clear()
        wrong = fresh(repository)[0]
        assert isinstance(wrong, Damaged)
        assert "00~000a00" in read


def test_one_that_has_to_be_mended_is_told_of_each_time(repository: Repository) -> None:
    fresh(repository)
    path = repository.folder / "documents" / "00~000a00.json"
    path.write_bytes(path.read_bytes()[:-40])
    for _ in range(3):
        summary = fresh(repository)[0]
        assert isinstance(summary, Summary)
        assert summary.remarks
    Repository(repository.folder).open(path).close()
    summary = fresh(repository)[0]
    assert isinstance(summary, Summary)
    assert not summary.remarks
    assert sum(summary.counts.values()) == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"catalog":0,"documents":{}}',
        b'{"catalog":1}',
        b"\xff\xfe",
        b"[" * 99999,
    ],
)
def test_a_catalog_that_makes_no_sense_is_made_anew(
    repository: Repository, content: bytes, read: list[str]
) -> None:
    known = fresh(repository)
    catalog(repository).write_bytes(content)
    assert fresh(repository) == known
    read.clear()
    assert fresh(repository) == known
    assert read == []


def test_another_machines_catalog_is_not_believed(repository: Repository, tmp_path: Path) -> None:
    known = fresh(repository)
    other = Repository(tmp_path / "other")
    for number in range(MANY):  # the same names, other content
        text = f"Other text number {number}."
        stored(other, document(text, number=0xA00 + number, title=f"{number:02}.txt"))
    catalog(repository).replace(catalog(other))
    found = fresh(other)
    assert [each.path.name for each in found] == [each.path.name for each in known]
    assert not any(isinstance(each, Summary) and each.links for each in found)


def test_a_folder_in_its_place_is_no_hindrance(repository: Repository) -> None:
    catalog(repository).mkdir()
    assert len(fresh(repository)) == MANY


def test_where_nothing_can_be_written_it_is_done_without(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object) -> None:
        raise StoreError("it was not saved", "read-only file system")

    monkeypatch.setattr(module, "write_atomically", refuse)
    before = every_byte(repository.folder)
    assert len(fresh(repository)) == MANY
    assert every_byte(repository.folder) == before


def test_fields_of_a_later_version_come_through(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "db")
    for number in range(MANY):
        one = document(
            f"{number}", number=number + 1, extra={"mood": ["calm"]}, attributes={"a": 1}
        )
        file = repository.begin(one)
        file.append(adding(mark(number, (0, 1), text=f"{number}")))
        file.close()
    first = fresh(repository)
    assert catalog(repository).exists()
    assert fresh(repository) == first
    assert isinstance(first[0], Summary)
    assert first[0].document.extra == {"mood": ["calm"]}


def test_its_rights_are_those_of_the_database(repository: Repository) -> None:
    fresh(repository)
    assert catalog(repository).stat().st_mode & 0o777 == 0o600
