"""What other tools wrote: found by itself, taken in once, and kept apart from what is here."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from reader.errors import InputError, UsageError
from reader.formats.codec import Options
from reader.formats.report import Report
from reader.workspace.exporting import export
from reader.workspace.importing import Imported, Importer, files_in, import_file
from reader.workspace.library import Library
from tests.formats import toy
from tests.workspace.build import every_byte, library, tagged, written

TEXT = "Ann 😀 said so. Bob did not."
MARKS = "T1\tsource\t0\t3\nT2\tcue\t6\t10\nT3\tclaim\t11\t13\n%about the whole\n"


@pytest.fixture(autouse=True)
def _toy(monkeypatch: pytest.MonkeyPatch) -> None:
    toy.install(monkeypatch)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written(tmp_path, TEXT, "a.txt")
    return Path(written(tmp_path, MARKS, "a.toy"))


def numbers(taken: list[Imported]) -> list[tuple[int, int, int]]:
    return [(each.annotations, each.known, each.differing) for each in taken]


def marks(there: Library, name: str) -> list[tuple[str, str, tuple[str, ...]]]:
    layers = there.layers(there.find(name))
    return [(each.annotator, each.kind, each.quote) for each in layers.annotations]


def test_format_and_text_are_found_and_the_marks_are_the_importers(
    file: Path, tmp_path: Path
) -> None:
    there = library(tmp_path, "carla")
    (taken,) = import_file(there, file)
    assert numbers([taken]) == [(3, 0, 0)]
    name = str(tmp_path / "a.txt")
    found = there.find(name)
    assert found.entry is not None
    assert (found.document.title, found.document.state) == ("a.txt", "in progress")
    assert found.entry.document.paths == ("a.txt",)
    assert found.document.bytes == len(TEXT.encode())
    assert marks(there, name) == [
        ("carla", "source", ("Ann",)),
        ("carla", "cue", ("said",)),
        ("carla", "claim", ("so",)),
    ]
    first = there.layers(found).annotations[0]
    assert first.origin == {"by": "import", "format": "toy"}
    assert first.created.startswith("2026")
    written(tmp_path, "Now. " + TEXT, "a.txt")
    assert there.find(name).changed


def test_importing_twice_adds_nothing_twice(file: Path, tmp_path: Path) -> None:
    import_file(library(tmp_path), file)
    before = every_byte(tmp_path)
    assert numbers(import_file(library(tmp_path), file)) == [(0, 3, 0)]
    lines = MARKS.splitlines(keepends=True)
    written(tmp_path, "".join(reversed(lines)), "a.toy")
    assert numbers(import_file(library(tmp_path), file)) == [(0, 3, 0)]
    written(tmp_path, MARKS, "a.toy")
    assert every_byte(tmp_path) == before


def test_each_annotator_has_marks_of_their_own(file: Path, tmp_path: Path) -> None:
    import_file(library(tmp_path), file)
    assert numbers(import_file(library(tmp_path, "boris"), file)) == [(3, 0, 0)]
    assert len(marks(library(tmp_path), str(tmp_path / "a.txt"))) == 6


def test_what_was_changed_here_stays_and_is_counted(file: Path, tmp_path: Path) -> None:
    import_file(library(tmp_path), file)
    session = library(tmp_path).open(str(tmp_path / "a.txt"))
    session.describe(session.layers.annotations[0], label="named", note="mine")
    session.untag(session.layers.annotations[1])
    (taken,) = import_file(library(tmp_path), file)
    assert (numbers([taken]), taken.revived) == ([(1, 2, 1)], 1)
    first = library(tmp_path).open(str(tmp_path / "a.txt")).layers.annotations[0]
    assert (first.label, first.note) == ("named", "mine")


def test_a_mark_that_one_made_oneself_is_the_same_one(file: Path, tmp_path: Path) -> None:
    session = library(tmp_path).open(str(tmp_path / "a.txt"))
    own = tagged(session, "said", "cue")
    assert numbers(import_file(library(tmp_path), file)) == [(2, 1, 0)]
    session.refresh()
    assert own.id in session.layers
    assert len(session.layers) == 3


def test_an_export_that_comes_back_adds_nothing(file: Path, tmp_path: Path) -> None:
    """Not even by another format, without ids."""
    there = library(tmp_path)
    session = there.open(str(tmp_path / "a.txt"))
    claim, source = tagged(session, "so"), tagged(session, "Bob", "source")
    session.link(claim, source)
    for name in ("toy", "csv", "json"):
        made = export(library(tmp_path), [there.find(str(tmp_path / "a.txt"))], name)
        file = tmp_path / f"a.{name}"
        file.write_bytes(made.items[0][1].main)
        (taken,) = import_file(library(tmp_path), file)
        assert (taken.annotations, taken.links, taken.differing) == (0, 0, 0), name


def test_what_belongs_to_the_document_survives_everything(file: Path, tmp_path: Path) -> None:
    there = library(tmp_path)
    import_file(there, file)
    found = there.find(str(tmp_path / "a.txt"))
    data = export(there, [found], "json").only
    assert data is not None
    assert json.loads(data)["documents"][0]["foreign"] == {"toy": ["about the whole"]}
    (tmp_path / "again").mkdir()
    (tmp_path / "all.json").write_bytes(data)
    away = library(tmp_path / "again")
    (taken,) = import_file(away, tmp_path / "all.json")
    out = export(away, [away.find(taken.document.id)], "toy").items[0][1].main
    assert out.decode() == MARKS
    written(tmp_path, MARKS + "%more\n", "a.toy")
    (taken,) = import_file(there, file)
    assert taken.kept == ("extra",)


def test_a_text_is_given_when_none_stands_beside(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "b.toy"
    other.write_text(MARKS)
    there = library(tmp_path)
    with pytest.raises(InputError, match=r"b\.toy cannot be imported: the text .* not at hand"):
        import_file(there, other)
    assert not there.folder.exists()
    (taken,) = import_file(there, other, text_path=tmp_path / "a.txt")
    assert (taken.document.title, taken.annotations) == ("a.txt", 3)


def test_a_table_finds_its_text_in_the_database(file: Path, tmp_path: Path) -> None:
    there = library(tmp_path)
    import_file(there, file)
    table = tmp_path / "marks.csv"
    made = export(there, [there.find(str(tmp_path / "a.txt"))], "csv").only
    assert made is not None
    table.write_bytes(made.replace(b",cue,", b",entity,"))
    (taken,) = import_file(library(tmp_path), table)
    assert numbers([taken]) == [(0, 3, 1)]
    table.write_text("kind,start,end,sha256\nclaim,0,3,../../../a\n")
    with pytest.raises(InputError, match="not at hand"):
        import_file(there, table)


@pytest.mark.parametrize("wrong", ["T4\tclaim\t3\t99\n", "T4\n", "T1\tclaim\t0\t3\n"])
def test_all_of_a_document_or_nothing(file: Path, tmp_path: Path, wrong: str) -> None:
    written(tmp_path, MARKS + wrong, "a.toy")
    there = library(tmp_path)
    with pytest.raises(InputError, match=r"a\.toy, line 5 cannot be imported"):
        import_file(there, file)
    assert not there.folder.exists()


def test_units_are_passed_on_and_other_options_refused(file: Path, tmp_path: Path) -> None:
    written(tmp_path, "T1\tcue\t7\t11\n", "a.toy")
    there = library(tmp_path)
    Importer(there, options=Options(units="utf16")).take(file, Report())
    assert marks(there, str(tmp_path / "a.txt")) == [("anna", "cue", ("said",))]
    with pytest.raises(InputError, match=r"line 1 .* inside a character"):
        written(tmp_path, "T1\tcue\t5\t11\n", "a.toy")
        Importer(there, options=Options(units="utf16")).take(file, Report())
    with pytest.raises(UsageError, match="toy has no option --style"):
        Importer(there, options=Options(style="x")).take(file, Report())


def test_remarks_reach_the_report(file: Path, tmp_path: Path) -> None:
    written(tmp_path, "?\n" + MARKS, "a.toy")
    report = Report()
    Importer(library(tmp_path)).take(file, report)
    assert list(report.remarks) == [f"{file}, line 1: a line of no meaning was passed over"]


def test_a_format_that_cannot_be_told_is_said(tmp_path: Path) -> None:
    for name in ("x.json", "x.doc", "x"):
        written(tmp_path, "[]", name)
        with pytest.raises(InputError, match="cannot be told"):
            import_file(library(tmp_path), tmp_path / name)


def test_two_files_on_one_text_share_its_document(file: Path, tmp_path: Path) -> None:
    written(tmp_path, "T1\tclaim\t0\t3\n", "b.toy")
    written(tmp_path, TEXT, "b.txt")
    importer = Importer(library(tmp_path))
    for name in ("a.toy", "b.toy"):
        importer.take(tmp_path / name, Report())
    assert len(list(library(tmp_path).listed())) == 1
    assert len(marks(library(tmp_path), str(tmp_path / "b.txt"))) == 4


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.json")
    written(tmp_path, "{}", "b.json")
    (tmp_path / "c.json").symlink_to("nowhere")
    assert [path.name for path in files_in(tmp_path)] == ["b.json", "c.json"]


def test_files_of_a_folder_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("b.toy", "a.txt", "sub/c.toy", ".hidden/d.toy", ".e.toy"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "sub" / "round").symlink_to(tmp_path)
    names = [str(path.relative_to(tmp_path)) for path in files_in(tmp_path)]
    assert names == ["a.txt", "b.toy", "sub/c.toy"]
    assert [path.name for path in files_in(tmp_path, "toy")] == ["b.toy", "c.toy"]
    with pytest.raises(InputError, match="cannot be read"):
        list(files_in(tmp_path / "none"))
