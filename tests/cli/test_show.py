from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader.cli import output
from tests.cli.call import ARTICLE


@pytest.fixture
def terminal(monkeypatch):
    """Make stdout look like a terminal with so many columns."""

    def look(columns: int, *, colours: bool) -> None:
        monkeypatch.setattr(output, "width", lambda: columns)
        monkeypatch.setattr(output, "has_colours", lambda: colours)
        if colours:
            # what Rich goes by when it finds no terminal itself
            monkeypatch.setenv("FORCE_COLOR", "1")
            monkeypatch.setenv("TERM", "xterm-256color")

    return look


def _plain(picture: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", picture)


def test_a_text_without_marks_is_as_it_is(reader, article):
    assert reader("show", article) == (0, ARTICLE, "")


def test_showing_makes_no_database(reader, article, tmp_path):
    reader("show", article)
    assert not (tmp_path / "home").exists()


def test_marks_stand_in_brackets_and_nest(reader, tag, article):
    tag("entity", "Ines Varga", "--label", "person")
    tag("source", "harbour master Ines Varga", "--label", "named")
    assert (
        "said [source/named: harbour master [person: Ines Varga]]," in reader("show", article).out
    )


def test_a_claim_names_its_source(reader, tag, article):
    claim, source = tag("claim", "nothing was done"), tag("source", "Ines Varga")
    other = tag("source", "Varga", "--nth", "2")
    reader("link", article, claim, source)
    assert "[claim <- Ines Varga: nothing was done]" in reader("show", article).out
    reader("link", article, claim, other)
    assert "[claim <- Ines Varga; Varga: nothing was done]" in reader("show", article).out
    reader("link", article, claim, "--no-source")
    assert "[claim <- no source: nothing was done]" in reader("show", article).out


def test_the_parts_of_a_split_claim_have_its_number(reader, tag, article):
    one, two = ARTICLE.index("We had"), ARTICLE.index("and nothing")
    claim = reader(
        *("tag", article, "--kind", "claim", "--range", f"{one}:{one + 24},{two}:{two + 20}")
    ).out.strip()
    reader("link", article, claim, tag("source", "Ines Varga"))
    shown = reader("show", article).out
    assert '"[claim#1 <- Ines Varga: We had warned them twice],"' in shown
    assert '"[claim#1: and nothing was done]."' in shown


def test_marks_that_cross_are_numbered_at_both_ends(reader, tag, article):
    tag("claim", "The second letter was never")
    tag("source", "letter was never answered")
    tag("cue", "said", "--nth", "2")
    shown = reader("show", article).out
    assert (
        "[claim#1: The second [source#2: letter was never]#1 answered]#2, Varga [cue: said]."
        in (shown)
    )


def test_marks_on_the_same_words_nest(reader, tag, article):
    tag("source", "Ines Varga")
    tag("entity", "Ines Varga")
    assert "[entity: [source: Ines Varga]]" in reader("show", article).out


def test_a_mark_over_line_ends(reader, article):
    reader("tag", article, "--kind", "claim", "--range", f"0:{len(ARTICLE)}")
    shown = reader("show", article).out
    assert shown.startswith("[claim: Depot burns for a second day\n\n")
    assert shown.endswith("Varga said.]\n")


def test_only_one_annotator(reader, tag, article):
    tag("entity", "Ines Varga", "--annotator", "ben")
    tag("claim", "nothing was done")
    assert "[entity" not in reader("show", article, "--annotator", "anna").out
    ran = reader("show", article, "--annotator", "carla")
    assert ran.out == ARTICLE
    assert ran.err == "carla has marked nothing here. The annotators are: anna, ben.\n"


def test_links_of_other_annotators_are_left_out(reader, tag, article):
    claim, source = tag("claim", "nothing was done"), tag("source", "Ines Varga")
    reader("link", article, claim, source, "--annotator", "ben")
    assert "[claim: nothing" in reader("show", article, "--annotator", "anna").out


def test_an_empty_file(reader):
    Path("empty.txt").write_bytes(b"")
    ran = reader("show", "empty.txt")
    assert ran == (0, "", "empty.txt is empty: there is nothing to mark.\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_line_ends_become_line_feeds(reader, end):
    Path("lines.txt").write_bytes(f"one{end}two".encode())
    assert reader("show", "lines.txt").out == "one\ntwo\n"


def test_a_byte_order_mark_is_drawn_as_nothing(reader):
    Path("bom.txt").write_bytes(b"\xef\xbb\xbfFirst")
    assert reader("show", "bom.txt").out == "First\n"


def test_utf_16(reader):
    Path("wide.txt").write_bytes("Łódź, she said".encode("utf-16"))
    assert reader("show", "wide.txt") == (
        0,
        "Łódź, she said\n",
        "wide.txt was read as utf-16.\n",
    )


def test_what_looks_like_markup_is_text(reader):
    text = "He wrote [/foo] and [bold]this[/bold] [red]\n"
    Path("brackets.txt").write_text(text)
    reader("tag", "brackets.txt", "--kind", "entity", "--quote", "[/foo]")
    assert reader("show", "brackets.txt").out == text.replace("[/foo]", "[entity: [/foo]]")


def test_a_changed_file_shows_the_kept_text(reader, tag, article):
    tag("claim", "nothing was done")
    article.write_text("All new.\n")
    ran = reader("show", article)
    assert "[claim: nothing was done]" in ran.out
    assert "has changed since" in ran.err


def test_a_terminal_without_colours_gets_brackets_in_its_width(reader, tag, article, terminal):
    terminal(40, colours=False)
    tag("claim", "nothing was done")
    shown = reader("show", article).out
    assert all(len(line) <= 40 for line in shown.splitlines())
    assert "[claim: nothing was done]" in " ".join(shown.split())


def test_a_wide_terminal_keeps_the_measure(reader, article, terminal):
    terminal(300, colours=False)
    article.write_text("word " * 100)
    assert max(map(len, reader("show", article).out.splitlines())) in range(80, 91)


def test_a_terminal_with_colours_draws_marks_and_lists_claims(reader, tag, article, terminal):
    terminal(60, colours=True)
    claim, source = tag("claim", "nothing was done"), tag("source", "harbour master Ines Varga")
    tag("entity", "Ines Varga")
    tag("claim", "never answered")
    tag("claim", "Depot burns")
    reader("link", article, claim, source)
    reader("link", article, tag("claim", "The second letter"), "--no-source")
    shown = reader("show", article).out
    assert "\x1b[1mharbour master" in shown
    assert "\x1b[1;4mInes Varga" in shown
    plain = _plain(shown)
    assert "[claim" not in plain
    assert "2▸ harbour master Ines Varga: “nothing was done”\n" in plain
    assert "1▸ source not marked yet: “Depot burns”\n" in plain
    assert "3▸ no source: “The second letter”\n" in plain
    assert plain.endswith("entity 1  claim 4  source 1  \n")
    assert all(len(line) <= 60 for line in plain.splitlines())


def test_colours_are_not_for_those_who_do_not_want_them(monkeypatch):
    monkeypatch.setattr(output, "width", lambda: 80)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not output.has_colours()
