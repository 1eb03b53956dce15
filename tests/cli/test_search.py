from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.cli import output
from reader.text.cells import width


@pytest.fixture
def marked(reader, tag, article) -> tuple[str, str]:
    claim = tag("claim", "nothing was done", "--note", "ask\nthe port")
    return claim, tag("source", "Ines Varga", "--label", "named")


def test_a_line_for_each_hit(reader, marked):
    ran = reader("search", "VARGA")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "article.txt  78:88  source/named  “Ines Varga”\n"
    assert reader("search", "the  PORT").out == (
        "article.txt  95:111  claim  “nothing was done”  ask the port\n"
    )


def test_a_title(reader, marked):
    assert reader("search", "article").out == "article.txt    document\n"


def test_attributes_are_shown_when_they_hold_the_words(reader, marked, article):
    text = reader("export", article).out
    text = text.replace('"attributes": {}', '"attributes": {"a": "Calm"}')
    Path("in.json").write_text(text)
    assert reader("import", "in.json", "--db", "other").code == 0
    assert '{"a": "Calm"}' in reader("search", "calm", "--db", "other").out


def test_json(reader, marked, article):
    ran = reader("search", "varga", "--json")
    assert (ran.code, ran.err) == (0, "")
    (hit,) = json.loads(ran.out)
    assert hit == {
        "document": json.loads(reader("list", "--json").out)[0]["id"],
        "title": "article.txt",
        "annotation": marked[1],
        "link": None,
        "kind": "source",
        "label": "named",
        "fragments": [[78, 88]],
        "quote": ["Ines Varga"],
        "note": "",
        "annotator": "anna",
        "in": ["quote"],
    }
    (title,) = json.loads(reader("search", "article.txt", "--json").out)
    assert (title["annotation"], title["fragments"], title["in"]) == (None, None, ["title"])


def test_one_kind(reader, marked):
    assert reader("search", "a", "--kind", "source").out.count("\n") == 1
    assert reader("search", "a", "--kind", "cue").out == ""


def test_nothing_found(reader, marked):
    ran = reader("search", "nowhere")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "'nowhere' is nowhere in what was marked and noted.\n"
    assert json.loads(reader("search", "nowhere", "--json").out) == []


def test_a_kind_that_is_none(reader, marked):
    ran = reader("search", "a", "--kind", "clam")
    assert (ran.code, ran.out) == (2, "")
    assert "There is no kind 'clam'. The kinds are: entity, claim, source, cue." in ran.err
    ran = reader("search", "nowhere", "--kind", "cue")
    assert (ran.code, ran.err) == (0, "'nowhere' is nowhere in cue marks.\n")


def test_a_kind_that_another_tool_brought(reader, marked, article):
    text = reader("export", article).out.replace('"kind": "claim"', '"kind": "mood"')
    Path("in.json").write_text(text)
    assert reader("import", "in.json", "--db", "other").code == 0
    assert "mood" in reader("search", "nothing", "--kind", "mood", "--db", "other").out


def test_an_empty_database(reader, tmp_path):
    assert reader("search", "varga").code == 0
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("words", ["", "  ", "\udcff"])
def test_words_that_are_none(reader, words):
    ran = reader("search", words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err


def test_a_damaged_document(reader, marked, tmp_path):
    (tmp_path / "home" / "reader" / "documents" / "zz.json").write_bytes(b"{")
    ran = reader("search", "varga")
    assert ran.code == 3
    assert "zz.json" in ran.err
    assert "Ines Varga" in ran.out


def test_a_terminal_is_never_overfull(reader, article, tag, monkeypatch):
    tag("claim", "We had warned them twice", "--note", "語" * 60)
    for columns in range(10, 120, 11):
        monkeypatch.setattr(output, "width", lambda columns=columns: columns)
        (line,) = reader("search", "語語").out.splitlines()
        assert width(line) <= columns


def test_values_cannot_write_on_the_screen(reader, tag):
    tag("claim", "nothing was done", "--note", "a\x1b[2J\rb")
    ran = reader("search", "\x1b[2j")
    assert "␛[2J" in ran.out
    assert "\x1b" not in reader("search", "\x1b[3J").err
    assert not {"\x1b", "\r"} & set(ran.out)
