from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.cli.call import ARTICLE

EMBASSY = Path(__file__).parents[3] / "shared/data/articles/embassy.txt"


def test_to_stdout_exactly(reader, tag, article, capsysbinary):
    tag("claim", "nothing was done")
    out = reader("export", article)
    assert (out.code, out.err) == (0, "")
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
    ("output", "code"), [("", 2), (".", 1), ("nowhere/out.json", 1), ("article.txt/x", 1)]
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
    assert ran.err == "json: links to marks of other annotators (1) left out.\n"
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
