"""The folder of documents: finding them, listing them, beginning them."""

from __future__ import annotations

import errno
import json
import os
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.errors import StoreError
from reader.model.change import Edit
from reader.storage.catalog import Damaged
from reader.storage.migrations import SCHEMA, NewerError
from reader.storage.repository import Entry, Repository
from tests.model.build import TEXT, adding, change, document, mark, record_id
from tests.storage.build import names_in, stored


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "db")


def entries(repository: Repository) -> list[Entry]:
    found = list(repository.entries())
    assert not [each for each in found if isinstance(each, Damaged)]
    return [each for each in found if isinstance(each, Entry)]


def test_looking_makes_nothing(repository: Repository) -> None:
    assert list(repository.entries()) == []
    assert repository.path_of("0" * 64) is None
    repository.begin(document())
    assert not repository.folder.exists()


def test_a_document_is_found_by_what_it_says(repository: Repository) -> None:
    path = stored(repository, document(), mark(1))
    stored(repository, document("Another text.", number=2, title="b.txt"))
    assert path.name == "harbour-fire~000d0c.json"
    assert repository.path_of(document().sha256) == path
    assert repository.layers(path).annotations == [mark(1)]
    assert repository.open(path).layers().annotations == [mark(1)]
    assert [each.document.title for each in entries(repository)] == ["b.txt", "harbour-fire.txt"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Harbour fire.txt", "harbour-fire"),
        ("Élan à l’été.txt", "elan-a-lete"),
        ("港の火事.txt", "text"),
        ("../../etc/passwd", "text"),
        ("a/b\\c:d*e.txt", "a-b-c-d-e"),
        ("", "text"),
        (".hidden", "text"),
        ("CON", "con"),
        ("x" * 300, "x" * 40),
        ("line\nend\x1b[31m.md", "line-end-31m"),
    ],
)
def test_a_files_name_is_readable_and_harmless(
    repository: Repository, title: str, name: str
) -> None:
    path = repository.begin(document(title=title)).path
    assert path == repository.folder / "documents" / f"{name}~000d0c.json"


@pytest.mark.parametrize(
    "wild", ["../../x", "/etc/passwd", "a\x00b", "a/b", "ÄÖÜ", "*", "..", "CON:", "\n"]
)
def test_an_id_of_strangers_never_leads_out_of_the_folder(
    repository: Repository, wild: str
) -> None:
    """Ids come in with imports, and need not be UUIDs."""
    path = stored(repository, document(id=wild), mark(1))
    assert path.parent == repository.folder / "documents"
    assert path.name.replace("~", "-").replace("-", "").removesuffix(".json").isalnum()
    assert names_in(path.parent) == [path.name]
    assert [each.document.id for each in entries(repository)] == [wild]


def test_two_documents_with_like_names_get_two_files(repository: Repository) -> None:
    first = stored(repository, document(id="2025-000001"), mark(1))
    other = document("Another text.", id="2026-000001")
    second = stored(repository, other, mark(2, text="Another text."))
    third = stored(repository, document("A third.", id="2027-000001"))
    assert len({first, second, third}) == 3
    assert repository.layers(first).annotations == [mark(1)]
    assert repository.layers(second).document.sha256 == other.sha256


def test_the_same_text_is_never_begun_twice(repository: Repository) -> None:
    one, two = repository.begin(document(number=1)), repository.begin(document(number=2))
    three = repository.begin(document(number=1))
    for number, file in enumerate((one, two, three), 1):
        file.append(adding(mark(number)))
    (entry,) = entries(repository)
    assert len(repository.layers(entry.path)) == 3


def test_a_journal_alone_is_a_document_too(repository: Repository) -> None:
    """A session was killed that had just begun it."""
    file = repository.begin(document())
    file.append(adding(mark(1)))
    file.path.unlink()
    (entry,) = entries(repository)
    assert (entry.path, entry.document.sha256) == (file.path, document().sha256)
    assert repository.path_of(document().sha256) == file.path
    assert repository.layers(file.path).annotations == [mark(1)]


def test_what_is_in_the_journal_alone_is_seen(repository: Repository) -> None:
    path = stored(repository, document(), mark(1))
    file = repository.open(path)
    file.append(adding(mark(2)))
    now = file.layers().document
    file.append(change(Edit(now, replace(now, title="another.txt"))))
    assert len(repository.layers(path)) == 2
    assert [each.document.title for each in entries(repository)] == ["another.txt"]


def test_a_small_file_set_out_by_hand_is_read(repository: Repository) -> None:
    path = stored(repository, document(), mark(1))
    for text in (
        json.dumps(json.loads(path.read_bytes()), indent=4),
        json.dumps(json.loads(path.read_bytes())),
        json.dumps(json.loads(path.read_bytes()), indent=1).replace("\n", "\r\n"),
    ):
        path.write_bytes(text.encode())
        assert [each.document for each in entries(repository)] == [
            replace(document(), updated="2026-11-22T16:00:00.000Z")
        ]
        assert repository.layers(path).annotations == [mark(1)]


def test_text_that_looks_like_a_beginning_is_not_taken_for_one(repository: Repository) -> None:
    trap = '"document":{\n"1":{"id":"false"}\n}'
    stored(repository, document(title=trap, note=trap), mark(1, note=trap))
    assert [each.document.id for each in entries(repository)] == [document().id]


# Damage -------------------------------------------------------------------------------------------


def test_damaged_files_are_listed_with_what_is_wrong(repository: Repository) -> None:
    good = stored(repository, document(title="z.txt"), mark(1))
    folder = good.parent
    assert SCHEMA == 2
    data = good.read_bytes()
    broken = {
        "a-empty.json": b"",
        "b-zeros.json": b"\0" * 4096,
        "c-cut.json": data[:200],
        "d-foreign.json": b'{"name": "something else"}',
        "e-tables.json": b'{"_default": {"1": {"x": 1}}}',
        "f-newer.json": data.replace(b'"schema":2', b'"schema":9').replace(b'"kind"', b'"sort"'),
        "g-two.json": data.replace(b'"document":{\n', b'"document":{\n"7":{"id":"x"},\n'),
        "h-field.json": data.replace(f'"length":{len(TEXT)}'.encode(), b'"length":"many"'),
    }
    for name, content in broken.items():
        (folder / name).write_bytes(content)
    (folder / "notes.txt").write_text("not ours")
    (folder / ".harbour-fire~000d0c.json.k2.tmp").write_text("a killed session's")
    found = list(repository.entries())
    assert [each.path.name for each in found] == [*broken, good.name]
    said = {each.path.name: each.error.cause for each in found if isinstance(each, Damaged)}
    assert list(said) == list(broken)
    assert said["a-empty.json"] == "it is empty"
    assert "line" in said["c-cut.json"]
    assert "a newer reader wrote it" in said["f-newer.json"]
    assert "2 documents" in said["g-two.json"]
    assert "$.length" in said["h-field.json"]
    for name, content in broken.items():
        assert (folder / name).read_bytes() == content
    assert repository.path_of(document().sha256) == good


def test_a_newer_readers_document_is_found_and_can_be_looked_at(repository: Repository) -> None:
    path = stored(repository, document(), mark(1))
    path.write_bytes(path.read_bytes().replace(b'"schema":2', b'"schema":9'))
    assert [each.document.sha256 for each in entries(repository)] == [document().sha256]
    layers, remarks = repository.looked_at(path)
    assert (len(layers), len(remarks)) == (1, 1)
    assert "a newer reader wrote it (schema 9" in remarks[0]
    file = repository.open(path)
    assert file.read_only is not None
    for write in (
        lambda: file.append(adding(mark(2))),
        lambda: file.remember(file.layers().document),
    ):
        with pytest.raises(StoreError, match="Install the newer reader"):
            write()


def test_a_folder_with_the_name_of_a_document_is_damage(repository: Repository) -> None:
    stored(repository, document(), mark(1))
    (repository.folder / "documents" / "z.json").mkdir()
    _, wrong = repository.entries()
    assert isinstance(wrong, Damaged)
    assert "is a directory" in wrong.error.cause


def test_a_file_that_cannot_be_read_is_damage(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(repository, document(), mark(1))

    def refuse(self: Path, *arguments: object, **options: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (wrong,) = repository.entries()
    assert isinstance(wrong, Damaged)
    assert "permission denied" in wrong.error.cause


def test_a_folder_that_cannot_be_looked_into_is_not_an_empty_one(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(repository, document(), mark(1))

    def refuse(path: object = ".") -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.setattr(os, "listdir", refuse)
    with pytest.raises(StoreError, match="permission denied"):
        list(repository.entries())


def test_a_file_in_the_place_of_the_documents_is_said(repository: Repository) -> None:
    repository.folder.mkdir()
    (repository.folder / "documents").write_text("a file")
    with pytest.raises(StoreError, match="documents cannot be read"):
        list(repository.entries())


def test_a_document_that_is_gone_is_said(repository: Repository) -> None:
    for look in (repository.layers, repository.open):
        with pytest.raises(StoreError, match="it is gone"):
            look(repository.folder / "documents" / "x.json")


# The database's own file --------------------------------------------------------------------------


def database(repository: Repository) -> dict:  # type: ignore[type-arg]
    return json.loads((repository.folder / "database.json").read_bytes())


def test_annotators_are_known_once(repository: Repository) -> None:
    for name in ("anna", "boris", "anna"):
        repository.prepare(name)
        Repository(repository.folder).prepare(name)
    assert database(repository) == {
        "_meta": {"1": {"format": "reader", "schema": SCHEMA, "seq": 0}},
        "scheme": {"1": {"name": "attribution"}},
        "annotators": {"1": {"name": "anna"}, "2": {"name": "boris"}},
    }
    assert repository.folder.stat().st_mode & 0o777 == 0o700


def test_what_others_wrote_into_it_is_kept(repository: Repository) -> None:
    repository.prepare("anna")
    tables = database(repository)
    tables["annotators"] = {"7": {"name": "boris", "colour": "red"}}
    tables["later"] = {"1": {"x": [1]}}
    (repository.folder / "database.json").write_text(json.dumps(tables))
    Repository(repository.folder).prepare("anna")
    assert database(repository)["annotators"] == {
        "7": {"name": "boris", "colour": "red"},
        "8": {"name": "anna"},
    }
    assert database(repository)["later"] == {"1": {"x": [1]}}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{}", "not written by reader"),
        (b'{"users":[1]}', "no file of tables"),
        (b'{"_meta":{"1":{"format":"reader","schema":"new"}}}', "no number of a schema"),
    ],
)
def test_a_database_that_cannot_be_used_is_left_alone(
    tmp_path: Path, data: bytes, said: str
) -> None:
    folder = tmp_path / "db"
    early = Repository(folder)
    folder.mkdir()
    (folder / "database.json").write_bytes(data)
    with pytest.raises(StoreError) as caught:
        Repository(folder)
    assert said in caught.value.cause
    with pytest.raises(StoreError):
        early.prepare("anna")
    assert (folder / "database.json").read_bytes() == data


def test_a_newer_readers_database_can_be_looked_at(repository: Repository) -> None:
    repository.prepare("anna")
    path = repository.folder / "database.json"
    data = path.read_bytes().replace(f'"schema":{SCHEMA}'.encode(), b'"schema":99')
    path.write_bytes(data)
    newer = Repository(repository.folder)
    assert newer.summaries() == []
    assert "read-only here" in newer.remarks[0]
    for change_it in (newer.need_writable, lambda: newer.prepare("boris")):
        with pytest.raises(NewerError):
            change_it()
    path.write_bytes(b"<<<<<<< HEAD\n" + data)
    assert Repository(repository.folder).read_only
    assert names_in(repository.folder) == ["database.json", "locks"]


_SIDES = b"""{"_meta":{
"1":{"format":"reader","schema":2,"seq":0}
},
"scheme":{
"1":{"name":"attribution"}
},
"annotators":{
<<<<<<< HEAD
"1":{"name":"anna"},
"2":{"name":"boris"}
=======
"1":{"name":"anna"},
"2":{"name":"carla"}
>>>>>>> theirs
}}
"""


@pytest.mark.parametrize(
    ("data", "said", "names"),
    [
        (_SIDES, "both sides of a merge", ["anna", "boris", "carla"]),
        (_SIDES.replace(b"\n", b"\r\n"), "both sides of a merge", ["anna", "boris", "carla"]),
        (
            re.sub(rb"(?m)^(<<<|>>>|===).*\n", b"", _SIDES).replace(b'}\n"1"', b'},\n"1"'),
            "twice",
            ["anna", "boris", "carla"],
        ),
        (_SIDES.partition(b'"2"')[0].replace(b"<<<<<<< HEAD\n", b""), "line 9", ["anna"]),
        (b"", "it is empty", []),
        (b"\0" * 300, "zeros", []),
        (b'{"_meta":{"1":{"format":"reader","schema":1}},"annotators":{"a":{}}}', "row", []),
    ],
    ids=["merge", "CRLF", "both kept", "cut", "empty", "zeros", "row"],
)
def test_a_damaged_database_is_put_together_by_the_next_change(
    repository: Repository, data: bytes, said: str, names: list[str]
) -> None:
    repository.folder.mkdir()
    path = repository.folder / "database.json"
    path.write_bytes(data)
    damaged = Repository(repository.folder)
    assert damaged.summaries() == []
    assert said in damaged.remarks[0]
    assert path.read_bytes() == data
    damaged.prepare("dora")
    rows = database(repository)["annotators"]
    assert [row["name"] for row in rows.values()] == [*names, "dora"]
    (kept,) = (repository.folder / "quarantine").iterdir()
    assert kept.read_bytes() == data
    assert Repository(repository.folder).remarks == []


def test_a_file_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "db").write_text("a text")
    with pytest.raises(StoreError, match="a database is a folder"):
        Repository(tmp_path / "db")
    with pytest.raises(StoreError):
        Repository(tmp_path / "db" / "below").prepare("anna")


def test_a_name_too_long_for_a_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="file name too long"):
        Repository(tmp_path / ("d" * 300))


def test_ids_in_the_order_of_their_numbers() -> None:
    assert record_id(1) < record_id(2)
