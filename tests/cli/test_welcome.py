from __future__ import annotations

from pathlib import Path

from reader.workspace.author import author
from reader.workspace.library import Library


def _opened(folder: Path, name: Path) -> None:
    session = Library(folder, author("anna")).open(str(name))
    session.leave(12)


def test_says_what_to_do(reader):
    ran = reader()
    assert (ran.code, ran.err) == (0, "")
    assert "reader open FILE" in ran.out
    assert "Open last" not in ran.out


def test_lists_what_was_open_last(reader, tag, article, tmp_path):
    tag("claim", "nothing was done", "--db", str(tmp_path / "db"))
    _opened(tmp_path / "db", article)
    ran = reader("--db", tmp_path / "db")
    assert ran.code == 0
    assert "  reader open article.txt    (20" in ran.out


def test_a_text_whose_file_is_gone_is_named_by_its_id(reader, tag, article, tmp_path):
    tag("claim", "nothing was done", "--db", str(tmp_path / "db"))
    _opened(tmp_path / "db", article)
    article.unlink()
    line = next(each for each in reader("--db", tmp_path / "db").out.splitlines() if "UTC" in each)
    name = line.split()[2]
    assert "article.txt" in line
    assert reader("show", name, "--db", tmp_path / "db").out.startswith("Depot burns")


def test_a_name_with_a_blank_is_quoted(reader, tag, article, tmp_path):
    tag("claim", "nothing was done", "--db", str(tmp_path / "db"))
    other = article.rename("my article.txt")
    _opened(tmp_path / "db", other)
    assert "reader open 'my article.txt'" in reader("--db", tmp_path / "db").out
