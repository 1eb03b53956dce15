from __future__ import annotations


def test_removes_a_link_and_leaves_the_marks(reader, tag, article):
    claim, source = tag("claim", "nothing was done"), tag("source", "Ines Varga")
    link = reader("link", article, claim, source).out.strip()
    ran = reader("unlink", article, link)
    assert ran == (0, "", "Untied “nothing was done” from “Ines Varga”.\n")
    shown = reader("show", article).out
    assert "[source: Ines Varga]" in shown
    assert "[claim: nothing was done]" in shown


def test_an_id_that_no_link_has(reader, tag, article):
    claim = tag("claim", "nothing was done")
    ran = reader("unlink", article, claim)
    assert ran.code == 1
    assert "No link has an id" in ran.err
