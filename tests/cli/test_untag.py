from __future__ import annotations


def test_removes_a_mark_and_says_so(reader, tag, article):
    claim = tag("claim", "nothing was done")
    assert reader("untag", article, claim) == (0, "", "Deleted the claim “nothing was done”.\n")
    assert "[claim" not in reader("show", article).out


def test_says_which_links_went_with_it(reader, tag, article):
    claim, source = tag("claim", "nothing was done"), tag("source", "Ines Varga")
    link = reader("link", article, claim, source).out.strip()
    ran = reader("untag", article, source)
    assert ran.code == 0
    assert f"The link {link} from “nothing was done” to “Ines Varga” was removed" in ran.err


def test_a_link_by_way_of_a_removed_cue_stays(reader, tag, article):
    claim, source = tag("claim", "nothing was done"), tag("source", "Ines Varga")
    cue = tag("cue", "said", "--nth", "1")
    reader("link", article, claim, source, "--via", cue)
    ran = reader("untag", article, cue)
    assert ran.err == "Deleted the cue “said”.\n"
    assert "[claim <- Ines Varga: nothing was done]" in reader("show", article).out


def test_an_id_may_be_shortened_while_it_is_unique(reader, tag, article):
    one, two = tag("claim", "nothing was done"), tag("source", "Ines Varga")
    shared = next(at for at in range(len(one)) if one[at] != two[at])
    ran = reader("untag", article, one[:shared])
    assert ran.code == 1
    assert "2 marks have an id that begins with" in ran.err
    assert reader("untag", article, one[: shared + 1]).code == 0


def test_an_id_that_nothing_has(reader, article):
    ran = reader("untag", article, "zz")
    assert ran.code == 1
    assert "No mark has an id" in ran.err


def test_an_empty_id(reader, article):
    for call in (("untag", ""), ("unlink", ""), ("link", "", "01"), ("link", "01", "")):
        ran = reader(call[0], article, *call[1:])
        assert (ran.code, ran.out) == (2, "")
        assert " is empty" in ran.err
