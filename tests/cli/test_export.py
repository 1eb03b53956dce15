from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.cli.call import ARTICLE
from tests.formats import toy

EMBASSY = Path(__file__).parents[3] / "shared/data/articles/embassy.txt"


def test_to_stdout_exactly(reader, tag, article, capsysbinary):
    tag("claim", "nothing was done")
    out = reader("export", article)
    assert (out.code, out.err) == (0, "")
    assert reader("export", article, "--output", "-").out == out.out
    assert reader("export", article, "--output", "out.json") == (0, "", "Wrote out.json.\n")
    assert Path("out.json").read_bytes() == out.out.encode()
    assert stat.S_IMODE(Path("out.json").stat().st_mode) & 0o600 == 0o600


def test_a_text_without_marks(reader, article):
    (document,) = json.loads(reader("export", article).out)["documents"]
    assert document["text"] == ARTICLE
    assert document["annotations"] == document["links"] == []


def test_an_existing_file_is_left_alone(reader, article):
    Path("out.json").write_text("mine")
    ran = reader("export", article, "--output", "out.json")
    assert ran.code == 1
    assert "--force" in ran.err
    assert Path("out.json").read_text() == "mine"
    assert reader("export", article, "--output", "out.json", "--force").code == 0
    assert json.loads(Path("out.json").read_text())["format"] == "reader"


@pytest.mark.parametrize(
    ("output", "code"),
    [("", 2), (".", 1), ("new/", 1), ("nowhere/out.json", 1), ("article.txt/x", 1)],
)
def test_outputs_that_cannot_be(reader, article, output, code):
    ran = reader("export", article, "--output", output)
    assert (ran.code, ran.out) == (code, "")


def test_without_the_text(reader, article):
    (document,) = json.loads(reader("export", article, "--no-text").out)["documents"]
    assert "text" not in document


def test_only_one_annotator_and_what_that_loses(reader, tag, article):
    claim = tag("claim", "nothing was done", "--annotator", "ben")
    source = tag("source", "Ines Varga")
    reader("link", article, claim, source)
    ran = reader("export", article, "--annotator", "anna")
    assert ran.code == 0
    assert ran.err == "Lost in json: links to marks of other annotators (1).\n"
    assert [each["kind"] for each in json.loads(ran.out)["documents"][0]["annotations"]] == [
        "source"
    ]
    strict = reader("export", article, "--annotator", "anna", "--strict", "--output", "out.json")
    assert (strict.code, strict.out) == (4, "")
    assert "links to marks of other annotators (1)" in strict.err
    assert not Path("out.json").exists()
    assert reader("export", article, "--strict").code == 0


def test_an_annotator_who_marked_nothing_is_remarked(reader, tag, article):
    tag("claim", "nothing was done")
    ran = reader("export", article, "--annotator", "ana")
    assert ran.code == 0
    assert ran.err == "ana has marked nothing here. The annotators are: anna.\n"


def test_several_texts_each_once(reader, article):
    Path("copy.txt").write_text(ARTICLE)
    Path("other.txt").write_text("Another text.")
    ran = reader("export", article, "copy.txt", "--no-text", "other.txt")
    assert [each["title"] for each in json.loads(ran.out)["documents"]] == [
        "article.txt",
        "other.txt",
    ]
    assert ran.err == "copy.txt is a text named before: it is exported once.\n"


def test_an_unknown_format(reader, article):
    ran = reader("export", article, "--format", "docx")
    assert ran.code == 2
    assert "The formats are: json" in ran.err


def test_all_of_the_database(reader, article, tag):
    ran = reader("export", "--all")
    assert (ran.code, json.loads(ran.out)["documents"]) == (0, [])
    tag("claim", "nothing was done")
    Path("other.txt").write_text("Another text.")
    reader("tag", "other.txt", "--kind", "claim", "--quote", "Another")
    article.unlink()
    ran = reader("export", "--all")
    assert (ran.code, ran.err) == (0, "")
    assert [each["title"] for each in json.loads(ran.out)["documents"]] == [
        "article.txt",
        "other.txt",
    ]
    assert reader("export", "--all", "other.txt").code == 2
    assert reader("export").code == 2


def test_a_damaged_document_is_told_and_keeps_no_other_out(reader, article, tag):
    tag("claim", "nothing was done")
    Path("other.txt").write_text("Another text.")
    reader("--db", "db", "tag", "other.txt", "--kind", "claim", "--quote", "Another")
    reader("--db", "db", "tag", article, "--kind", "claim", "--quote", "nothing was done")
    for folder in ("documents", "journal", "backup"):
        for path in Path("db", folder).glob("other*"):
            path.write_bytes(b"[")
    ran = reader("--db", "db", "export", "--all")
    assert ran.code == 3
    assert [each["title"] for each in json.loads(ran.out)["documents"]] == ["article.txt"]
    assert "reader: " in ran.err
    ran = reader("--db", "db", "export", "--all", "--strict")
    assert (ran.code, ran.out) == (3, "")


def test_a_file_for_each_document(reader, article, monkeypatch, tag):
    toy.install(monkeypatch)
    tag("claim", "nothing was done")
    ran = reader("export", article, "--format", "toy")
    assert (ran.code, ran.out) == (2, "")
    assert "--output FILE.toy" in ran.err
    ran = reader("export", article, "--format", "toy", "--output", "out.toy")
    assert ran == (0, "", "Wrote 3 files: out.toy, out.txt, toy.conf.\n")
    Path("other.txt").write_text("Another text.")
    ran = reader("export", article, "other.txt", "--format", "toy")
    assert (ran.code, ran.out) == (2, "")
    assert "--output FOLDER" in ran.err
    ran = reader("export", article, "other.txt", "--format", "toy", "--output", "out")
    assert (ran.code, ran.out) == (0, "")
    assert sorted(path.name for path in Path("out").iterdir()) == [
        *("article.toy", "article.txt", "other.toy", "other.txt", "toy.conf"),
    ]
    assert reader("import", "out", "--db", "other").code == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--units", "utf16"), "json has no option --units"),
        (("--tags", "iob2"), "json has no option --tags"),
        (("--format", "csv", "--no-text"), "csv has no option --no-text"),
        (("--format", "csv", "--style", "wide"), "It is one of: plain, excel."),
    ],
)
def test_options_that_a_format_lacks(reader, article, options, said):
    ran = reader("export", article, *options, "--output", "out")
    assert ran.code == 2
    assert said in ran.err
    assert not Path("out").exists()


def test_strict_writes_nothing_when_something_would_be_lost(reader, article, tag):
    ran = reader("export", article, "--format", "csv", "--strict", "--output", "out.csv")
    assert ran.code == 4
    assert "csv would lose documents without marks (1)" in ran.err
    assert not Path("out.csv").exists()
    ran = reader("export", article, "--format", "csv", "--output", "out.csv")
    assert ran == (*(0, "", "Wrote out.csv.\nLost in csv: documents without marks (1).\n"),)
    tag("claim", "nothing was done")
    assert reader("export", article, "--format", "csv", "--strict").code == 0


@pytest.mark.parametrize("output", ["article.txt", "./article.txt"])
@pytest.mark.parametrize("format_name", ["json", "csv", "brat", "cas-xmi"])
def test_an_article_is_never_written_over(reader, tag, article, output, format_name):
    tag("claim", "nothing was done")
    ran = reader("export", article, "--format", format_name, "--output", output, "--force")
    assert ran.code in (1, 2)
    assert article.read_text() == ARTICLE
    Path("latin.txt").write_bytes("Ça va.".encode("latin-1"))
    ran = reader("export", "latin.txt", "--format", "brat", "--output", "latin.ann", "--force")
    assert ran.code == 1
    assert "latin.txt is one of the texts themselves" in ran.err
    assert not Path("latin.ann").exists()


def test_brat_files_beside_the_article_itself(reader, tag, article):
    tag("claim", "nothing was done")
    ran = reader("export", article, "--format", "brat", "--output", "article.ann")
    assert ran == (0, "", "Wrote 2 files: article.ann, annotation.conf.\n")
    tag("source", "Ines Varga")
    ran = reader("export", article, "--format", "brat", "--output", "article.ann")
    assert (ran.code, "article.ann exists already" in ran.err) == (1, True)
    Path("other.txt").write_text("Another text.")
    reader("tag", "other.txt", "--kind", "cue", "--quote", "Another")
    ran = reader("export", "other.txt", "--format", "brat", "--output", "other.ann")
    assert ran.code == 0
    assert "annotation.conf is there already, and says something else" in ran.err
    assert "claim" in Path("annotation.conf").read_text()


def test_a_kind_that_nothing_has_is_remarked(reader, tag, article):
    tag("claim", "nothing was done")
    ran = reader("export", article, "--format", "conll", "--kind", "entitty")
    assert ran.code == 0
    assert ran.err == "Nothing is marked as entitty here. The kinds are: claim.\n"


def test_a_device_that_is_full_is_said_without_the_database(reader, article):
    if Path("/dev/full").exists():
        ran = reader("export", article, "--output", "/dev/full")
        assert ran.code == 3
        assert "Name another file with --output" in ran.err


def test_one_missing_file_exports_nothing(reader, article):
    ran = reader("export", article, "nowhere.txt", "--output", "out.json")
    assert ran.code == 1
    assert not Path("out.json").exists()


@pytest.mark.skipif(not EMBASSY.exists(), reason="the article is not part of the repository")
def test_a_real_article(reader):
    ids = {}
    for kind, quote, *more in (
        ("entity", "Special Marine Corp Response Team", "--label", "organisation"),
        ("source", "U.S. military", "--nth", "1"),
        ("claim", "U.S. military fired out warning shots and tear gas on Wednesday, January 1"),
        ("entity", "UNITED STATES—One"),
    ):
        ran = reader("tag", EMBASSY, "--kind", kind, "--quote", quote, *more)
        assert ran.code == 0, ran.err
        ids[kind] = ran.out.strip()
    assert reader("link", EMBASSY, ids["claim"], ids["source"]).code == 0
    (document,) = json.loads(reader("export", EMBASSY).out)["documents"]
    assert document["text"].encode() == EMBASSY.read_bytes()
    assert len(document["annotations"]) == 4
    for mark in document["annotations"]:
        assert mark["quote"] == [document["text"][start:end] for start, end in mark["fragments"]]
    (link,) = document["links"]
    assert (link["from"], link["to"]) == (ids["claim"], ids["source"])
