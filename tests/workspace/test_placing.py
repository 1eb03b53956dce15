"""Where the files of an export go: all of them, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import InputError, StoreError, UsageError
from reader.workspace.exporting import Exported, export
from reader.workspace.placing import file_names, left_alone, place, write
from tests.formats import toy
from tests.storage.build import names_in
from tests.workspace.build import library, tagged, written


@pytest.fixture(autouse=True)
def _toy(monkeypatch: pytest.MonkeyPatch) -> None:
    toy.install(monkeypatch)


def made(tmp_path: Path, *texts: str, format_name: str = "toy") -> Exported:
    there = library(tmp_path)
    found = []
    for at, text in enumerate(texts):
        name = written(tmp_path, text, f"{at}.txt")
        tagged(there.open(name), text[:3])
        found.append(there.find(name))
    return export(there, found, format_name)


def test_one_document_is_named_and_its_other_files_stand_beside_it(tmp_path: Path) -> None:
    placed = place(made(tmp_path, "Ann said so."), str(tmp_path / "out.v2.toy"))
    assert [path.name for path in write(placed, force=False)] == [
        *("out.v2.toy", "out.v2.txt", "toy.conf"),
    ]
    assert (tmp_path / "out.v2.txt").read_text() == "Ann said so."
    assert (tmp_path / "toy.conf").read_text() == "claim"


def test_several_go_into_a_folder_that_is_made(tmp_path: Path) -> None:
    placed = place(made(tmp_path, "Ann said so.", "Bob did not."), str(tmp_path / "out"))
    write(placed, force=False)
    assert names_in(tmp_path / "out") == ["0.toy", "0.txt", "1.toy", "1.txt", "toy.conf"]
    with pytest.raises(InputError, match="There is no folder"):
        write(place(made(tmp_path, "Ann", "Bob"), str(tmp_path / "no/such")), force=False)
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="is a file"):
        place(made(tmp_path, "Ann", "Bob"), str(tmp_path / "file"))


def test_one_may_go_into_a_folder_too(tmp_path: Path) -> None:
    for folder in ("new/", "old"):
        (tmp_path / "old").mkdir(exist_ok=True)
        write(place(made(tmp_path, "Ann said so."), f"{tmp_path}/{folder}"), force=False)
        assert names_in(tmp_path / folder) == ["0.toy", "0.txt", "toy.conf"]


def test_nothing_is_written_where_one_of_them_is_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "1.txt").write_text("mine")
    placed = place(made(tmp_path, "Ann said so.", "Bob did not."), str(out))
    with pytest.raises(InputError, match=r"1\.txt exists already.*--force"):
        write(placed, force=False)
    assert names_in(out) == ["1.txt"]
    assert (out / "1.txt").read_text() == "mine"
    assert len(write(placed, force=True)) == 5
    assert (out / "1.txt").read_text() == "Bob did not."


def test_a_shared_file_that_is_the_same_is_no_hindrance(tmp_path: Path) -> None:
    out = str(tmp_path / "out") + "/"
    write(place(made(tmp_path, "Ann said so."), out), force=False)
    there = library(tmp_path)
    name = written(tmp_path, "Eve agrees.", "eve.txt")
    tagged(there.open(name), "Eve")
    assert len(write(place(export(there, [there.find(name)], "toy"), out), force=False)) == 2
    tagged(there.open(name), "agrees", "cue")
    (tmp_path / "out/eve.toy").unlink()
    (tmp_path / "out/eve.txt").unlink()
    placed = place(export(there, [there.find(name)], "toy"), out)
    assert [path.name for path in write(placed, force=False)] == ["eve.toy", "eve.txt"]
    assert [path.name for path in left_alone(placed)] == ["toy.conf"]
    assert "toy.conf" in {path.name for path in write(placed, force=True)}
    assert left_alone(placed) == []


def test_a_failing_disk_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = place(made(tmp_path, "Ann said so.", "Bob did not."), str(tmp_path / "out"))
    real, renamed = Path.replace, []

    def replace(path: Path, target: Path) -> Path:
        if len(renamed) == 3:
            raise OSError(28, "No space left on device")
        renamed.append(target)
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(StoreError, match="no space left"):
        write(placed, force=False)
    assert names_in(tmp_path / "out") == []


def test_the_main_file_cannot_have_the_name_of_another(tmp_path: Path) -> None:
    for name in ("out.txt", "toy.conf"):
        with pytest.raises(UsageError, match="cannot be the name of two files"):
            place(made(tmp_path, "Ann said so."), str(tmp_path / name))
    with pytest.raises(UsageError, match="names no file"):
        place(made(tmp_path, "Ann"), "")


def test_a_format_with_one_file_for_all_is_named(tmp_path: Path) -> None:
    placed = place(made(tmp_path, "Ann", "Bob", format_name="csv"), str(tmp_path / "x.csv"))
    assert [path.name for path, _ in placed.files] == ["x.csv"]


def test_titles_become_names_unlike_each_other() -> None:
    titles = (
        "a.txt",
        "A.txt",
        "a",
        "../../etc/x.txt",
        "",
        "..",
        "c/d\\e\x00\x1b\u202ef",
        "é" * 300,
        "what-next-.txt",
    )
    names = list(file_names(titles))
    assert names[:6] == ["a", "A-2", "a-3", "etc-x", "text", "text-2"]
    assert names[6] == "c-d-e-f"
    assert len(names[7].encode()) <= 200
    assert names[8] == "what-next-"
    assert list(file_names(["3.5 million", "v1.2", "harbour.fire.txt"])) == [
        *("3.5 million", "v1", "harbour.fire"),
    ]
