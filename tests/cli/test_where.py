from __future__ import annotations

from pathlib import Path


def test_names_the_folders_and_why(reader, tmp_path):
    ran = reader("where")
    home = tmp_path / "home" / "reader"
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"database  {home}  (the platform's data folder; not there yet)",
        f"texts     {home / 'texts'}  (in the database; not there yet)",
        f"settings  {home / 'settings.toml'}  (the platform's settings folder; not there yet)",
    ]
    assert not home.exists()


def test_the_environment_names_one(reader, tmp_path, monkeypatch):
    monkeypatch.setenv("READER_DB", str(tmp_path))
    assert f"{tmp_path}  (named by READER_DB; it exists)" in reader("where").out


def test_it_answers_for_a_database_that_cannot_be_used(reader):
    Path("file").write_text("no folder")
    assert reader("where", "--db", "file").code == 0


def test_a_name_cannot_write_on_the_screen(reader):
    assert "\x1b" not in reader("where", "--db", "a\x1b[2J").out


def test_a_project_in_or_above_the_working_folder(reader, monkeypatch):
    here = Path.cwd()
    Path(".reader").mkdir()
    Path("texts").mkdir()
    monkeypatch.chdir("texts")
    assert reader("where").out.splitlines()[:2] == [
        f"database  {here / '.reader'}  (a .reader folder in or above {here / 'texts'}; it exists)",
        f"texts     {here / '.reader' / 'texts'}  (in the database; not there yet)",
    ]


def test_a_text_may_have_another_than_the_working_folder(reader, article):
    project = Path("harbour")
    (project / ".reader").mkdir(parents=True)
    moved = article.rename(project / article)
    assert f"{Path.cwd() / project / '.reader'}  (a .reader folder" in reader("where", moved).out
    assert "the platform's data folder" in reader("where").out
    assert "named with --db" in reader("where", moved, "--db", "marks").out


def test_it_takes_one_file(reader):
    assert reader("where", "a.txt", "b.txt").code == 2


def test_the_project_of_somebody_else_is_named(reader, monkeypatch):
    Path(".reader").mkdir()
    monkeypatch.setattr("os.geteuid", lambda: Path(".reader").stat().st_uid + 1)
    ran = reader("where")
    assert (ran.code, ran.out) == (3, "")
    assert f"{Path.cwd() / '.reader'} is not used without asking: it belongs to" in ran.err
    assert reader("where", "--db", ".reader").code == 0


def test_a_text_that_is_not_there(reader, tag, article):
    assert reader("where", article).err == ""
    ran = reader("where", "nofile")
    assert (ran.code, ran.out.count("\n")) == (0, 3)
    assert "There is no file 'nofile', and no document with that id or title" in ran.err
    tag("claim", "nothing was done")
    article.unlink()
    assert reader("where", "article.txt").err == ""
    Path("file").write_text("no folder")
    assert reader("where", "nofile", "--db", "file").code == 0
