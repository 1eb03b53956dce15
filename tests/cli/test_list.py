from __future__ import annotations

import json
from pathlib import Path

from reader.cli import output


def test_an_empty_database_says_how_to_begin(reader, tmp_path):
    ran = reader("list")
    assert (ran.code, ran.out) == (0, "")
    assert "reader open FILE" in ran.err
    assert not (tmp_path / "home").exists()


def test_counts_per_kind_links_state_and_change(reader, tag, article):
    claim, source = tag("claim", "nothing was done"), tag("source", "Ines Varga")
    reader("link", article, claim, source)
    ran = reader("list")
    assert (ran.code, ran.err) == (0, "")
    head, row = ran.out.splitlines()
    assert head.split() == [
        *("TITLE", "ENTITIES", "CLAIMS", "SOURCES", "CUES", "LINKS", "STATE", "CHANGED", "ID")
    ]
    assert row.split()[:8] == ["article.txt", "0", "1", "1", "0", "1", "in", "progress"]
    short = row.split()[-1]
    assert reader("show", short).out == reader("show", article).out


def test_the_last_changed_comes_first(reader, tag, article):
    tag("claim", "nothing was done")
    Path("zebra.txt").write_text("Another text.")
    reader("tag", "zebra.txt", "--kind", "claim", "--quote", "text")
    assert [row.split()[0] for row in reader("list").out.splitlines()[1:]] == [
        "zebra.txt",
        "article.txt",
    ]


def test_ids_are_as_long_as_it_takes_to_tell_them_apart(reader, tag, article):
    tag("claim", "nothing was done")
    Path("zebra.txt").write_text("Another text.")
    reader("tag", "zebra.txt", "--kind", "claim", "--quote", "text")
    for row in reader("list").out.splitlines()[1:]:
        assert reader("show", row.split()[-1]).code == 0


def test_json(reader, tag, article):
    tag("claim", "nothing was done")
    ran = reader("list", "--json")
    assert (ran.code, ran.err) == (0, "")
    (document,) = json.loads(ran.out)
    assert list(document) == [
        *("id", "title", "state", "annotations", "links", "updated", "opened", "paths")
    ]
    assert document["annotations"] == {"entity": 0, "claim": 1, "source": 0, "cue": 0}
    assert document["paths"] == [str(article.resolve())]


def test_json_of_an_empty_database_is_an_empty_list(reader):
    assert json.loads(reader("list", "--json").out) == []


def test_a_narrow_terminal_loses_columns_not_rows(reader, tag, article, monkeypatch):
    tag("claim", "nothing was done")
    for columns in range(12, 120, 7):
        monkeypatch.setattr(output, "width", lambda columns=columns: columns)
        head, row = reader("list").out.splitlines()
        assert max(len(head), len(row)) <= columns
        assert row.startswith("article.txt")
    assert head.endswith("ID")


def test_long_and_wide_titles_stay_in_their_column(reader, monkeypatch):
    for title in ("語" * 40, "x" * 90):
        Path(f"{title}.txt").write_text(title)
        reader("tag", f"{title}.txt", "--kind", "claim", "--range", "0:1")
    monkeypatch.setattr(output, "width", lambda: 70)
    from reader.text.cells import width

    lines = reader("list").out.splitlines()
    assert all(width(line) <= 70 for line in lines)
    assert len({width(line[: line.index(" 1 ")]) for line in lines[1:]}) == 1


def test_a_damaged_file_is_named_and_the_others_listed(reader, tag, article):
    tag("claim", "nothing was done")
    Path("other.txt").write_text("Another text.")
    reader("tag", "other.txt", "--kind", "claim", "--quote", "text", "--db", "marks")
    reader("tag", article, "--kind", "claim", "--range", "0:5", "--db", "marks")
    (file,) = Path("marks/documents").glob("other~*.json")
    file.write_bytes(file.read_bytes()[:-40])
    for folder in ("journal", "backup"):
        for each in Path("marks", folder).glob("other~*"):
            each.unlink()
    before = file.read_bytes()
    for more in ((), ("--json",)):
        ran = reader("list", "--db", "marks", *more)
        assert ran.code == 3
        assert str(file) in ran.err
        assert "article.txt" in ran.out
    assert file.read_bytes() == before


def test_kinds_that_other_tools_brought_have_a_column(reader, tag, article):
    tag("claim", "nothing was done")
    text = reader("export", article).out.replace('"kind": "claim"', '"kind": "\\u001b[31mmood"')
    Path("in.json").write_text(text)
    assert reader("import", "in.json", "--db", "other").code == 0
    ran = reader("list", "--db", "other")
    assert "␛[31MMOOD" in ran.out


def test_a_pipe_gets_no_padding(reader, article, tag):
    tag("claim", "nothing was done")
    Path(f"{'x' * 80}.txt").write_text("Another text.")
    reader("tag", f"{'x' * 80}.txt", "--kind", "claim", "--range", "0:1")
    lines = reader("list").out.splitlines()
    assert not any("   " in line for line in lines)
    assert lines[2].startswith("article.txt  0  1  0  0  0  in progress  ")
