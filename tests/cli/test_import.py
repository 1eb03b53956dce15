from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture
def exported(reader, tag, article) -> Path:
    claim, source = tag("claim", "nothing was done"), tag("source", "Ines Varga")
    reader("link", article, claim, source)
    reader("export", article, "--output", "out.json")
    return Path("out.json")


def test_takes_in_what_an_export_wrote(reader, exported, article):
    ran = reader("import", exported, "--db", "other")
    assert ran == (0, "", "article.txt: took in 2 marks and 1 link.\n")
    assert reader("export", article, "--db", "other").out == exported.read_text()


def test_what_is_known_is_left(reader, exported):
    ran = reader("import", exported)
    assert ran == (0, "", "article.txt: took in 0 marks and 0 links, 3 known already.\n")


def test_without_text_it_asks_for_the_document(reader, exported, article):
    reader("export", article, "--no-text", "--output", "bare.json")
    ran = reader("import", "bare.json", "--db", "other")
    assert ran.code == 1
    assert "--document" in ran.err
    assert not Path("other").exists()
    assert reader("import", "bare.json", "--document", article, "--db", "other").code == 0
    Path("wrong.txt").write_text("Another text.")
    ran = reader("import", "bare.json", "--document", "wrong.txt", "--db", "third")
    assert ran.code == 1
    assert "not the one that was annotated" in ran.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is no JSON"),
        ("[1]", "no export of reader"),
        ('{"format": "reader", "schema": 1}', "cannot be imported"),
        ('{"format": "reader", "schema": 99, "documents": []}', "newer reader"),
    ],
)
def test_what_is_no_export(reader, content, said):
    Path("in.json").write_text(content)
    ran = reader("import", "in.json")
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err


def test_an_export_of_nothing(reader):
    Path("in.json").write_text('{"format": "reader", "schema": 1, "documents": []}')
    assert reader("import", "in.json") == (0, "", "in.json holds no documents.\n")


def test_missing_files(reader, exported):
    for call in (("nowhere.json",), (".",), (exported, "--document", "nowhere.txt")):
        ran = reader("import", *call)
        assert ran.code == 1
        assert "cannot be read" in ran.err


def test_a_mark_at_the_wrong_place_is_refused(reader, exported):
    raw = json.loads(exported.read_text())
    raw["documents"][0]["annotations"][0]["fragments"] = [[0, 3]]
    Path("in.json").write_text(json.dumps(raw))
    ran = reader("import", "in.json", "--db", "other")
    assert ran.code == 1
    assert "quotes other words" in ran.err
    assert not Path("other").exists()
