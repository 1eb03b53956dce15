from __future__ import annotations

import json

import pytest

from tests.cli.call import ARTICLE


def _marks(reader, article):
    return json.loads(reader("export", article).out)["documents"][0]["annotations"]


def test_prints_the_id_and_nothing_else(reader, article):
    ran = reader("tag", article, "--kind", "entity", "--label", "person", "--quote", "Ines Varga")
    (mark,) = _marks(reader, article)
    assert ran == (0, f"{mark['id']}\n", "")
    at = ARTICLE.index("Ines Varga")
    assert mark["fragments"] == [[at, at + 10]]
    assert (mark["kind"], mark["label"], mark["annotator"]) == ("entity", "person", "anna")


def test_a_note_and_an_annotator(reader, tag, article):
    tag("claim", "nothing was done", "--note", "who says so?", "--annotator", "ben")
    (mark,) = _marks(reader, article)
    assert (mark["note"], mark["annotator"]) == ("who says so?", "ben")


def test_nth_says_which_occurrence(reader, tag, article):
    tag("entity", "Varga", "--nth", "2")
    at = ARTICLE.rindex("Varga")
    assert _marks(reader, article)[0]["fragments"] == [[at, at + 5]]


def test_ranges_make_one_split_mark(reader, article):
    one, two = ARTICLE.index("We had"), ARTICLE.index("and nothing")
    ranges = f"{two}:{two + 20},{one}:{one + 24}"
    assert reader("tag", article, "--kind", "claim", "--range", ranges).code == 0
    assert _marks(reader, article)[0]["quote"] == [
        "We had warned them twice",
        "and nothing was done",
    ]


@pytest.mark.parametrize("value", ["", "3", "3-9", "a:b", "3:9,", "-3:9", "3:9:12", "٣:٩", "3 : 9"])
def test_a_malformed_range_is_wrong_usage(reader, article, value):
    ran = reader("tag", article, "--kind", "claim", f"--range={value}")
    assert (ran.code, ran.out) == (2, "")
    assert "START:END" in ran.err


@pytest.mark.parametrize("value", ["5:3", "4:4", f"0:{len(ARTICLE) + 1}", "1:999999999999999999"])
def test_a_range_that_marks_nothing_there_is_wrong_input(reader, article, value):
    ran = reader("tag", article, "--kind", "claim", "--range", value)
    assert (ran.code, ran.out) == (1, "")
    assert _marks(reader, article) == []


def test_the_whole_text_can_be_marked(reader, article):
    assert reader("tag", article, "--kind", "claim", "--range", f"0:{len(ARTICLE)}").code == 0


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (["--quote", "warned nobody"], 1, "does not occur"),
        (["--quote", ""], 2, "--quote holds no words"),
        (["--quote", "Varga"], 1, "occurs 2 times in the text: 'Varga'. Say which with --nth 1"),
        (["--quote", "Varga", "--nth", "3"], 1, "'Varga' occurs 2 times"),
        (["--quote", "Varga", "--nth", "0"], 1, "Count from 1"),
        (["--quote", "Varga", "--nth", "x"], 2, "invalid int value"),
        (["--range", "1:3", "--nth", "1"], 2, "Leave out --nth"),
        (["--range", "1:3", "--quote", "Varga"], 2, "not allowed with"),
        ([], 2, "--quote --range"),
        (["--range", "3:8,1:5"], 2, "overlap"),
        (["--range", "1:3", "--annotator", "an\x1bna"], 2, "control characters"),
        (["--range", "1:3", "--annotator", "an\u202ena"], 2, "control characters"),
        (["--range", "1:3", "--label", "person"], 1, "statement, statistic"),
        (["--range", "1:3", "--annotator", " "], 2, "An annotator needs a name"),
        (["--range", "1:3", "--note", "\udcff"], 2, "no text"),
        (["--range", "1:3", "--annotator", "\udcff"], 2, "no text"),
        (["--quote", "\udcff"], 1, "does not occur"),
    ],
)
def test_what_cannot_be_done(reader, article, more, code, said):
    ran = reader("tag", article, "--kind", "claim", *more)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert _marks(reader, article) == []


def test_an_unknown_kind(reader, article):
    ran = reader("tag", article, "--kind", "clam", "--range", "1:3")
    assert ran.code == 1
    assert "entity, claim, source, cue" in ran.err


def test_an_unknown_kind_is_said_first(reader):
    ran = reader("tag", "nowhere.txt", "--kind", "clam", "--quote", "")
    assert (ran.code, ran.out) == (1, "")
    assert "There is no kind 'clam'" in ran.err


def test_the_same_mark_twice_is_made_and_remarked(reader, tag, article):
    tag("claim", "nothing was done")
    ran = reader("tag", article, "--kind", "claim", "--quote", "nothing was done")
    assert ran.code == 0
    assert "two such marks" in ran.err
    assert len(_marks(reader, article)) == 2


def test_the_same_words_by_another_annotator_are_no_remark(reader, tag, article):
    tag("claim", "nothing was done", "--annotator", "ben")
    assert reader("tag", article, "--kind", "claim", "--quote", "nothing was done").err == ""


def test_a_changed_file_takes_quotations_of_the_kept_text_alone(reader, tag, article):
    tag("claim", "nothing was done")
    article.write_text("Everything was rewritten.\n")
    refused = reader("tag", article, "--kind", "claim", "--range", "0:10")
    assert (refused.code, refused.out) == (1, "")
    document = json.loads(reader("list", "--json").out)[0]["id"]
    assert document in refused.err
    assert reader("tag", document, "--kind", "claim", "--range", "0:5").code == 0
    ran = reader("tag", article, "--kind", "claim", "--quote", "never answered")
    assert ran.code == 0
    assert "article.txt has changed" in ran.err
    new = reader("tag", article, "--kind", "claim", "--quote", "rewritten")
    assert new.code == 1


def test_a_guessed_encoding_is_said(reader):
    with open("old.txt", "wb") as file:  # noqa: PTH123
        file.write("Łódź répondit à la crème brûlée, dit-elle".encode("cp1250", "replace"))
    ran = reader("tag", "old.txt", "--kind", "cue", "--quote", "dit-elle")
    assert ran.code == 0
    assert "is not UTF-8" in ran.err
