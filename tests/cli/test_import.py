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
        ("", "cannot be told"),
        ("[1]", "cannot be told"),
        ('{"format": "reader", ', "is no JSON"),
        ('{"format": "reader", "schema": 1}', "cannot be imported"),
        ('{"format": "reader", "schema": 99, "documents": []}', "newer reader"),
    ],
)
def test_what_is_no_export(reader, content, said):
    Path("in.json").write_text(content)
    ran = reader("import", "in.json")
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err


def test_the_format_can_be_named(reader, exported):
    Path("in.dat").write_bytes(exported.read_bytes())
    assert "cannot be told" in reader("import", "in.dat").err
    assert reader("import", "in.dat", "--format", "json").code == 0
    assert "is no JSON" in reader("import", "article.txt", "--format", "json").err
    assert reader("import", "in.dat", "--format", "docx").code == 2


def test_a_table_comes_back(reader, exported, article):
    reader("export", article, "--format", "csv", "--output", "article.csv")
    ran = reader("import", "article.csv", "--db", "other", "--annotator", "ben")
    assert ran == (0, "", "article.txt: took in 2 marks and 1 link.\n")
    again = reader("export", article, "--format", "csv", "--db", "other")
    assert again.out == Path("article.csv").read_text()


def test_a_folder_as_a_whole(reader, exported, article):
    folder = Path("folder/sub")
    folder.mkdir(parents=True)
    reader("export", article, "--format", "csv", "--output", folder / "article.csv")
    (folder / "article.txt").write_bytes(article.read_bytes())
    Path("folder/all.json").write_bytes(exported.read_bytes())
    Path("folder/wrong.csv").write_text("kind,start,end\nclaim,5,3\n")
    Path("folder/readme").touch()
    ran = reader("import", "folder", "--db", "other")
    assert (ran.code, ran.out) == (1, "")
    no_text, *said = ran.err.splitlines()[1:]
    assert ran.err.startswith("article.txt: took in 2 marks and 1 link.\n")
    assert no_text.startswith("reader: folder/wrong.csv cannot be imported: the text ")
    passed = "Not looked into, being in no format that can be imported"
    assert said == [
        "article.txt: took in 0 marks and 0 links, 3 known already.",
        "Took in 2 of 5 files: 2 marks and 1 link on 1 document, 3 known already.",
        f"{passed}: .txt (1), without an ending (1).",
        "1 file could not be taken in.",
    ]
    Path("folder/wrong.csv").unlink()
    assert reader("import", "folder", "--format", "csv", "--db", "third").code == 0


def test_of_several_files_one_that_is_wrong_keeps_no_other_out(reader, exported):
    ran = reader("import", "nowhere.json", exported, "--db", "other")
    assert ran.code == 1
    assert "nowhere.json cannot be read" in ran.err
    assert "Took in 1 of 2 files: 2 marks and 1 link on 1 document." in ran.err


def test_an_empty_folder(reader):
    Path("empty").mkdir()
    ran = reader("import", "empty")
    assert ran == (0, "", "Took in 0 of 0 files: 0 marks and 0 links on 0 documents.\n")


def test_what_cannot_only_be_exported_or_lacks_the_option_is_said(reader, exported):
    ran = reader("import", exported, "--units", "utf16")
    assert ran.code == 2
    assert "json has no option --units. It has: --no-text." in ran.err


def test_an_export_of_nothing(reader):
    Path("in.json").write_text('{"format": "reader", "schema": 1, "documents": []}')
    assert reader("import", "in.json") == (0, "", "in.json holds no documents.\n")


def test_missing_files(reader, exported):
    for call in (("nowhere.json",), (exported, "--document", "nowhere.txt")):
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
