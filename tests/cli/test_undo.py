from __future__ import annotations

import json

from tests.cli.call import ARTICLE


def test_the_last_change_is_taken_back_and_made_again(reader, tag, article):
    tag("claim", "nothing was done")
    tag("source", "Ines Varga")
    shown = reader("show", article).out
    ran = reader("undo", article)
    assert ran == (0, "", "Undid: tagged “Ines Varga” as source.\n")
    assert "[source" not in reader("show", article).out
    assert reader("undo", article).code == 0
    assert reader("show", article).out == ARTICLE
    assert reader("redo", article) == (0, "", "Did again: tagged “nothing was done” as claim.\n")
    assert reader("redo", article).code == 0
    assert reader("show", article).out == shown


def test_nothing_left(reader, tag, article):
    for command in ("undo", "redo"):
        ran = reader(command, article)
        assert (ran.code, ran.out) == (0, "")
        assert "anna has nothing" in ran.err
    tag("claim", "nothing was done")
    before = reader("history", article).out
    assert "boris has nothing to undo" in reader("undo", article, "--annotator", "boris").err
    assert "anna has nothing to do again" in reader("redo", article).err
    assert reader("history", article).out == before


def test_a_text_that_is_not_known_is_not_made_known(reader, article, tmp_path):
    assert reader("undo", article).code == 0
    assert not (tmp_path / "home").exists()


def test_what_others_did_stays(reader, tag, article):
    tag("claim", "nothing was done")
    tag("source", "Ines Varga", "--annotator", "boris")
    assert "nothing was done" in reader("undo", article).err
    assert "[source: Ines Varga]" in reader("show", article).out


def test_what_somebody_else_has_changed_since_is_a_conflict(reader, tag, article):
    claim = tag("claim", "nothing was done")
    source = tag("source", "Ines Varga", "--annotator", "boris")
    assert reader("link", article, claim, source, "--annotator", "boris").code == 0
    before = reader("export", article).out
    ran = reader("undo", article)
    assert (ran.code, ran.out) == (3, "")
    assert "Not taken back: " in ran.err
    assert json.loads(reader("export", article).out) == json.loads(before)


def test_undo_goes_on_to_the_change_before_one_that_cannot_be_taken_back(reader, tag, article):
    tag("source", "Ines Varga")
    claim = tag("claim", "nothing was done")
    assert reader("untag", article, claim, "--annotator", "boris").code == 0
    ran = reader("undo", article)
    assert ran.code == 0
    assert "Not taken back: tagged “nothing was done” as claim" in ran.err
    assert "Ines Varga" in ran.err
    assert "[" not in reader("show", article).out
