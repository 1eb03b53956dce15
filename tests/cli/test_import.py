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
        "Took in 2 of 3 files: 2 marks and 1 link on 1 document, 3 known already.",
        f"{passed}: without an ending (1).",
        "1 file could not be taken in.",
    ]
    Path("folder/wrong.csv").unlink()
    assert reader("import", "folder", "--format", "csv", "--db", "third").code == 0


def test_a_table_of_several_texts_that_lie_beside_it(reader, tag, article):
    tag("claim", "nothing was done")
    Path("other.txt").write_text("Another text.")
    reader("tag", "other.txt", "--kind", "claim", "--quote", "Another")
    reader("export", "--all", "--format", "csv", "--output", "marks.csv")
    ran = reader("import", "marks.csv", "--db", "other")
    assert ran.code == 0, ran.err
    assert "article.txt: took in 1 mark" in ran.err
    assert "other.txt: took in 1 mark" in ran.err
    Path("other.txt").unlink()
    ran = reader("import", "marks.csv", "--db", "third")
    assert ran.code == 1
    assert "the text that it is about, “other.txt”, is not at hand" in ran.err
    assert not Path("third").exists()


@pytest.mark.parametrize("format_name", ["json", "csv", "webannotation", "doccano", "cas-json"])
def test_a_text_that_is_not_the_one_is_refused(reader, tag, article, format_name):
    tag("claim", "nothing was done")
    reader("export", article, "--format", format_name, "--output", "marks.x")
    Path("wrong.txt").write_text("Another text.")
    call = ("import", "marks.x", "--format", format_name, "--db", "other", "--document")
    ran = reader(*call, "wrong.txt")
    assert ran.code == 1
    assert "the text given is not the one that was annotated" in ran.err
    assert not Path("other").exists()
    assert reader(*call, article).code == 0


def test_one_kind_comes_back_with_its_labels(reader, tag, article):
    tag("entity", "Ines Varga", "--label", "person")
    reader(
        *("export", article, "--format", "conll", "--kind", "entity", "--output", "article.conll")
    )
    ran = reader("import", "article.conll", "--kind", "entity", "--db", "other")
    assert ran.code == 0, ran.err
    (document,) = json.loads(reader("export", article, "--db", "other").out)["documents"]
    (mark,) = document["annotations"]
    assert (mark["kind"], mark["label"]) == ("entity", "person")
    ran = reader("import", "article.conll", "--kind", "entity", "--format", "json")
    assert (ran.code, "json has no option --kind" in ran.err) == (2, True)


def test_tokens_without_their_text_are_told(reader):
    Path("a.conll").write_text("Ann B-source\nspoke O\n")
    ran = reader("import", "a.conll")
    assert ran.code == 0
    assert "a.conll: its text is not at hand: one was made of its tokens" in ran.err


def test_an_empty_text_comes_back_from_conll(reader):
    Path("empty.txt").touch()
    Path("out").mkdir()
    reader("export", "empty.txt", "--format", "conll", "--output", "out/empty.conll")
    assert reader("import", "out/empty.conll").code == 0


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
