from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.call import ARTICLE


def test_makes_the_folder_and_says_what_it_means(reader):
    here = Path.cwd()
    ran = reader("init")
    assert (ran.code, ran.out) == (0, f"{here / '.reader'}\n")
    assert f"Marks of the texts in {here} and below it" in ran.err
    assert "commit its documents/, texts/ and database.json." in ran.err
    assert "documents/, texts/ and database.json" in reader("init", "--help").out
    assert (here / ".reader" / "database.json").is_file()
    assert (here / ".reader" / ".gitignore").is_file()
    assert f"{here / '.reader'}  (a .reader folder in or above {here}; it exists)" in (
        reader("where").out
    )


def test_twice_is_once(reader, article, tag):
    reader("init")
    tag("claim", "nothing was done")
    before = {path: path.read_bytes() for path in Path(".reader").rglob("*") if path.is_file()}
    ran = reader("init")
    assert (ran.code, ran.out) == (0, f"{Path.cwd() / '.reader'}\n")
    assert ran.err == "It was there already, and is left as it is.\n"
    assert {path: path.read_bytes() for path in before} == before


def test_marks_below_the_folder_go_there(reader):
    text = Path("harbour", "texts", "a.txt")
    text.parent.mkdir(parents=True)
    text.write_text(ARTICLE)
    assert reader("init", "harbour").out == f"{Path.cwd() / 'harbour' / '.reader'}\n"
    assert reader("tag", text, "--kind", "claim", "--quote", "nothing was done").code == 0
    assert len(list(Path("harbour", ".reader", "documents").glob("*.json"))) == 1
    assert not Path(".reader").exists()


@pytest.mark.parametrize("name", ["nowhere", "article.txt", ""])
def test_what_is_no_folder_is_refused(reader, article, name):
    ran = reader("init", name)
    assert (ran.code, ran.out) == (1, "")
    assert f"'{name}' is no folder" in ran.err
    assert not Path("nowhere").exists()


def test_a_database_by_name_has_no_meaning_here(reader):
    for call in (("init", "--db", "marks"), ("--db", "marks", "init")):
        ran = reader(*call)
        assert (ran.code, ran.out) == (2, "")
        assert "Leave out --db" in ran.err
    assert list(Path.cwd().iterdir()) == []


def test_it_says_when_another_database_goes_before_it(reader, monkeypatch, tmp_path):
    monkeypatch.setenv("READER_DB", str(tmp_path / "marks"))
    ran = reader("init")
    assert ran.code == 0
    assert ran.err.splitlines()[-1] == (
        f"At present {tmp_path / 'marks'} is used all the same: it is named by READER_DB."
    )


def test_a_file_in_its_place_is_left_alone(reader):
    Path(".reader").write_text("mine")
    ran = reader("init")
    assert (ran.code, ran.out) == (3, "")
    assert "--db" not in ran.err
    assert "Name a folder that you can write in" in ran.err
    assert Path(".reader").read_text() == "mine"
