"""Which database a command takes: where its FILE lies decides, when none is named."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from reader.cli.database import place
from reader.errors import UsageError


@pytest.fixture
def project() -> Path:
    """A project beside others, seen from a folder above; its path from there."""
    for name in ("harbour", "river"):
        Path(name, ".reader").mkdir(parents=True)
        Path(name, "texts").mkdir()
        Path(name, "texts", "a.txt").write_text(f"A text on the {name}.")
    Path("alone.txt").write_text("A text by itself.")
    return Path("harbour")


def _place(**given: object) -> Path:
    return place(Namespace(**{"db": None, **given})).path


def test_a_file_decides(project):
    ours = project.absolute() / ".reader"
    assert _place(file="harbour/texts/a.txt") == ours
    assert _place(files=["harbour/texts/a.txt"]) == ours
    assert _place(file="alone.txt").name == "reader"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"file": None},
        {"file": "01a203db"},
        {"file": "x" * 5000},
        {"file": "a\0b"},
        {"files": ["-"]},
        {"files": ["texts/a.txt", "01a203db", "-"]},
    ],
    ids=["none", "none given", "an id", "too long", "NUL", "standard input", "several"],
)
def test_else_the_working_folder_does(project, given, monkeypatch):
    monkeypatch.chdir(project)
    assert _place(**given) == Path.cwd() / ".reader"


def test_a_file_counts_where_it_is_named_not_where_it_is_linked_to(project):
    link = project / "linked.txt"
    link.symlink_to(Path("alone.txt").absolute())
    assert _place(file=str(link)) == project.absolute() / ".reader"


def test_what_is_imported_goes_where_its_text_is(project):
    Path("alone.json").write_text("{}")
    assert _place(files=["alone.json"], document="harbour/texts/a.txt").parent.name == "harbour"
    assert _place(files=["harbour/texts/a.txt"], document="alone.txt").name == "reader"
    assert _place(files=["harbour/texts/a.txt"], document=None).parent.name == "harbour"


@pytest.mark.parametrize("other", ["river/texts/a.txt", "alone.txt", "01a203db"])
def test_files_of_several_databases_are_refused(project, other):
    with pytest.raises(UsageError) as caught:
        _place(files=["harbour/texts/a.txt", other])
    assert "harbour/texts/a.txt" in caught.value.cause
    assert other in caught.value.cause
    assert "--db" in caught.value.remedy
    assert _place(files=["harbour/texts/a.txt", other], db="marks") == Path("marks").absolute()


def test_files_of_one_project_may_lie_in_several_folders(project):
    (project / "b.txt").write_text("Another text.")
    names = ["harbour/b.txt", "harbour/texts/a.txt", "harbour/texts/../b.txt"]
    assert _place(files=names) == project.absolute() / ".reader"


def test_a_working_folder_that_is_gone_has_no_project(project, monkeypatch, tmp_path):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert _place().name == "reader"


def test_the_marks_of_a_project_are_in_it(reader, project):
    text = project / "texts" / "a.txt"
    ran = reader("tag", text, "--kind", "entity", "--quote", "harbour")
    assert ran.code == 0, ran.err
    assert len(list((project / ".reader" / "documents").glob("*.json"))) == 1
    assert "[entity: harbour]" in reader("show", text).out
    assert "There are no documents" in reader("list").err
    assert reader("show", "a.txt").code == 1
