from __future__ import annotations

import json

import pytest


@pytest.fixture
def ends(tag):
    return tag("claim", "nothing was done"), tag("source", "Ines Varga")


def _document(reader, article):
    return json.loads(reader("export", article).out)["documents"][0]


def test_prints_the_id_of_the_link(reader, ends, tag, article):
    cue = tag("cue", "said", "--nth", "1")
    ran = reader("link", article, *ends, "--via", cue)
    (link,) = _document(reader, article)["links"]
    assert ran == (0, f"{link['id']}\n", "")
    assert (link["from"], link["to"], link["via"]) == (*ends, cue)
    assert link["type"] == "attribution"


def test_the_same_link_again_is_the_same(reader, ends, article):
    first = reader("link", article, *ends)
    again = reader("link", article, *ends)
    assert again == (0, first.out, "This link was there already.\n")


def test_no_source(reader, ends, article):
    claim, _ = ends
    ran = reader("link", article, claim, "--no-source")
    assert ran == (0, "", "Said of “nothing was done” that it has no source.\n")
    (mark,) = (each for each in _document(reader, article)["annotations"] if each["id"] == claim)
    assert mark["attributes"] == {"unattributed": True}
    again = reader("link", article, claim, "--no-source")
    assert again == (0, "", "This claim was without a source already.\n")


def test_no_source_names_the_attributions_that_it_removes(reader, ends, article):
    link = reader("link", article, *ends).out.strip()
    ran = reader("link", article, ends[0], "--no-source")
    assert (ran.code, ran.out) == (0, "")
    assert f"The link {link} from “nothing was done” to “Ines Varga” was removed" in ran.err
    assert _document(reader, article)["links"] == []


def test_a_source_ends_being_without_one(reader, ends, article):
    reader("link", article, ends[0], "--no-source")
    assert reader("link", article, *ends).code == 0
    assert all(not each["attributes"] for each in _document(reader, article)["annotations"])


def test_a_source_and_none_is_wrong_usage(reader, ends, article):
    for more in ((ends[1],), ("--via", ends[1]), ("--type", "attribution")):
        ran = reader("link", article, ends[0], "--no-source", *more)
        assert (ran.code, ran.out) == (2, "")
        assert "source or none" in ran.err


def test_neither_source_nor_none_is_wrong_usage(reader, ends, article):
    ran = reader("link", article, ends[0])
    assert ran.code == 2
    assert "--no-source" in ran.err


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda claim, source: (source, claim), "goes from a claim"),
        (lambda claim, source: (claim, claim), "goes to a source"),
        (lambda claim, source: (claim, "zz"), "No mark has an id that begins with 'zz'"),
        (lambda claim, source: (claim, source, "--via", source), "goes via a cue"),
        (lambda claim, source: (claim, source, "--type", "x"), "link types are: attribution"),
    ],
)
def test_what_cannot_be_tied(reader, ends, article, wrong, said):
    ran = reader("link", article, *wrong(*ends))
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err
    assert _document(reader, article)["links"] == []


def test_only_a_claim_can_be_without_source(reader, ends, article):
    assert reader("link", article, ends[1], "--no-source").code == 1
