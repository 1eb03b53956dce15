from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.call import ARTICLE


@pytest.fixture
def shown(reader, article):
    """What `reader document --json` says of the article, or of another."""

    def shown(name: str | Path = article) -> dict[str, object]:
        ran = reader("document", name, "--json")
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return shown


# Showing ----------------------------------------------------------------------------------------


def test_a_text_that_is_not_known_yet_is_shown(reader, article, tmp_path):
    ran = reader("document", article)
    assert (ran.code, ran.err) == (0, "The database does not know this text yet.\n")
    assert ran.out.splitlines() == [
        "id",
        "title      article.txt",
        "url",
        "author",
        "published",
        "state      new",
        "note",
        f"length     {len(ARTICLE)}",
        "encoding   utf-8",
        "newline    lf",
        "created",
        "updated",
        "opened",
        f"paths      {article.absolute()}",
    ]
    assert not (tmp_path / "home" / "reader").exists()


def test_the_same_every_time(reader, article):
    assert reader("document", article, "--json") == reader("document", article, "--json")


def test_a_known_one_has_an_id_and_times(reader, tag, article, shown):
    tag("claim", "nothing was done")
    document = shown()
    assert document["created"] <= document["updated"]
    assert document["opened"] is None
    assert shown(document["id"]) == document
    assert f"id         {document['id']}\n" in reader("document", article).out
    assert reader("document", article).err == ""


def test_several_lines_and_several_paths_stand_below_each_other(reader, tag, article):
    tag("claim", "nothing was done")
    copy = Path("copy.txt")
    copy.write_bytes(article.read_bytes())
    assert reader("document", copy, "--note", "first\nid         second").code == 0
    lines = reader("document", copy).out.splitlines()
    at = lines.index("note       first")
    assert lines[at + 1] == "           id         second"
    assert lines[-2:] == [f"paths      {copy.absolute()}", f"           {article.absolute()}"]


def test_values_cannot_write_on_the_screen(reader, article):
    ran = reader("document", article, "--title", "a\x1b[2J", "--note", "b\x1b[2J\rc")
    assert ran.code == 0
    assert "\x1b" not in ran.err
    out = reader("document", article).out
    assert "title      a␛[2J" in out
    assert "\x1b" not in out
    assert "\r" not in out


# Setting ----------------------------------------------------------------------------------------


def test_every_field_is_set_as_one_change(reader, article, shown):
    values = {
        "title": "Depot burns",
        "url": "https://example.org/depot?day=2#top",
        "author": "Ines Varga",
        "published": "2024-05-17",
        "state": "in progress",
        "note": "ask the port",
    }
    options = [part for name, value in values.items() for part in (f"--{name}", value)]
    ran = reader("document", article, *options)
    assert (ran.code, ran.out) == (0, "")
    assert len(ran.err.splitlines()) == 1
    assert {name: shown()[name] for name in values} == values


def test_the_text_is_kept_with_it(reader, article):
    assert reader("document", article, "--title", "Depot burns").code == 0
    article.unlink()
    assert reader("show", "Depot burns").out == ARTICLE


def test_what_is_not_named_stays(reader, tag, article, shown):
    tag("claim", "nothing was done")
    reader("document", article, "--author", "Ines Varga", "--note", "ask the port")
    before = shown()
    reader("document", article, "--state", "done")
    after = shown()
    assert {name for name in after if after[name] != before[name]} <= {"state", "updated"}
    assert after["state"] == "done"
    assert "[claim: nothing was done]" in reader("show", article).out


def test_an_empty_value_clears(reader, article, shown):
    full = ("https://example.org/", "Ines Varga", "2024", "ask the port")
    names = ("--url", "--author", "--published", "--note")
    reader("document", article, *(part for pair in zip(names, full, strict=True) for part in pair))
    ran = reader("document", article, *(part for name in names for part in (name, "")))
    assert (ran.code, ran.out) == (0, "")
    document = shown()
    assert [document[name[2:]] for name in names] == [None, None, None, ""]


def test_what_it_says_already_is_no_change(reader, article, shown):
    reader("document", article, "--author", "Ines Varga")
    before = shown()
    ran = reader("document", article, "--author", "Ines Varga")
    assert ran == (0, "", "It says so already.\n")
    assert shown() == before


@pytest.mark.parametrize(
    "published",
    [
        *("2024", "2024-05", "2024-02-29", "0001"),
        *("2024-05-17T09:30:00Z", "2024-05-17T09:30:00.25+02:00"),
    ],
)
def test_a_date_is_as_exact_as_is_known(reader, article, shown, published):
    assert reader("document", article, "--published", published).code == 0
    assert shown()["published"] == published


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        *(
            ("--published", value, "is no date: write 2024, 2024-05")
            for value in (
                *("yesterday", "24", "2024-13", "2023-02-29", "2024-5-1", "0000", "20240517"),
                *("2024-05-17T09:30", "2024-05-17 09:30:00Z", "2024-05-17T25:00:00Z", "٢٠٢٤"),
            )
        ),
        *(
            ("--url", value, "is no URL")
            for value in (
                "example.org",
                "www.example.org:80/a",
                "https://",
                "https://a b",
                "http:a",
            )
        ),
        ("--url", "https://a\x1b[2J", "is no URL"),
        ("--title", "", "a title cannot be empty"),
        ("--title", " \n", "a title cannot be empty"),
        ("--state", "finished", "'done with nothing found'"),
        ("--note", "\udcff", "bytes that are no text"),
    ],
)
def test_what_has_no_meaning_is_refused(reader, article, tmp_path, option, value, said):
    ran = reader("document", article, option, value)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "\x1b" not in ran.err
    assert not (tmp_path / "home" / "reader").exists()


def test_it_shows_or_sets(reader, article):
    ran = reader("document", article, "--json", "--state", "done")
    assert (ran.code, ran.out) == (2, "")
    assert "--json shows" in ran.err


def test_a_text_that_is_not_there(reader):
    assert reader("document", "nowhere.txt").code == 1
    assert reader("document", "nowhere.txt", "--state", "done").code == 1
