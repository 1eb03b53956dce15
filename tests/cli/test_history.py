from __future__ import annotations

import json
import re
from pathlib import Path

from reader.cli import output
from tests.workspace.build import every_byte

TIME = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  "


def test_what_was_done_by_whom_the_oldest_first(reader, tag, article, tmp_path):
    tag("claim", "nothing was done")
    tag("source", "Ines Varga", "--annotator", "boris")
    reader("undo", article)
    reader("redo", article)
    before = every_byte(tmp_path / "home")
    ran = reader("history", article)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert all(re.match(TIME, line) for line in lines)
    assert [re.sub(TIME, "", line) for line in lines] == [
        "anna   tagged “nothing was done” as claim",
        "boris  tagged “Ines Varga” as source",
        "anna   undid: tagged “nothing was done” as claim",
        "anna   did again: tagged “nothing was done” as claim",
    ]
    assert every_byte(tmp_path / "home") == before


def test_json(reader, tag, article):
    tag("claim", "nothing was done")
    reader("undo", article)
    ran = reader("history", article, "--json")
    assert (ran.code, ran.err) == (0, "")
    done, undone = json.loads(ran.out)
    assert list(done) == ["id", "number", "at", "annotator", "way", "of", "did"]
    assert (done["way"], done["of"], done["number"]) == ("do", None, 1)
    assert (undone["way"], undone["of"]) == ("undo", done["id"])


def test_by_id_though_the_file_is_gone(reader, tag, article):
    tag("claim", "nothing was done")
    article.unlink()
    (listed,) = json.loads(reader("list", "--json").out)
    assert "nothing was done" in reader("history", listed["id"][:13]).out


def test_nobody_need_be_logged_in(reader, tag, article, monkeypatch):
    tag("claim", "nothing was done")
    monkeypatch.setattr("getpass.getuser", lambda: 1 / 0)
    assert reader("history", article).code == 0


def test_a_text_that_is_not_known(reader, article, tmp_path):
    ran = reader("history", article)
    assert (ran.code, ran.out) == (0, "")
    assert "does not know this text" in ran.err
    assert json.loads(reader("history", article, "--json").out) == []
    assert not (tmp_path / "home").exists()
    assert reader("history", "nowhere").code == 1


def test_what_was_done_before_there_was_a_journal(reader, tag, article, tmp_path):
    tag("claim", "nothing was done")
    for file in (tmp_path / "home" / "reader" / "journal").iterdir():
        file.unlink()
    ran = reader("history", article)
    assert (ran.code, ran.out) == (0, "")
    assert "no record" in ran.err


def test_names_cannot_write_on_the_screen_and_lines_fit(reader, tag, article, monkeypatch):
    monkeypatch.setenv("LOGNAME", "an\x1b[2Jna")
    tag("claim", "nothing was done")
    assert "an␛[2Jna" in reader("history", article).out
    monkeypatch.setattr(output, "width", lambda: 30)
    (line,) = reader("history", article).out.splitlines()
    assert len(line) == 30


def test_what_was_done_outside_has_no_name(reader, tag, article, tmp_path):
    tag("claim", "nothing was done")
    (path,) = (tmp_path / "home" / "reader" / "documents").iterdir()
    path.write_bytes(path.read_bytes().replace(b'"note":""', b'"note":"seen"'))
    reader("undo", article, "--annotator", "nobody")
    assert re.search(TIME + "        took in [12] change", reader("history", article).out)
    assert Path(article).exists()
