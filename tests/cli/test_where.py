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
