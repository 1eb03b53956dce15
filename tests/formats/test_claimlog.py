"""The claim log: what a fact-checker files."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given

from reader.formats.claimlog import CLAIMLOG, COLUMNS
from reader.formats.codec import Content
from tests.formats.fixtures import ARTICLE, FIXTURES, content
from tests.formats.strategies import contents
from tests.formats.trip import encoded
from tests.model.build import of, tie


def rows(*given_contents: Content) -> list[dict[str, str]]:
    data = encoded(CLAIMLOG, given_contents).files[0].main.decode()
    return list(csv.DictReader(io.StringIO(data, newline="")))


def test_each_claim_has_who_says_it_and_where() -> None:
    first, second, third = rows(*FIXTURES["article"])
    assert tuple(first) == COLUMNS
    assert first == {
        "claim": "We had warned them twice … and nothing was done",
        "who says it": "harbour master Ines Varga",
        "cue": "said",
        "paragraph": "2",
        "from": "44",
        "to": "124",
        "type": "quotation",
        "priority": "2",
        "status": "unchecked",
        "check note": "",
        "note": "Which letters?",
        "title": "article.txt",
        "url": "",
    }
    assert ARTICLE[int(second["from"]) : int(second["to"])] == second["claim"]
    assert (second["who says it"], second["cue"], second["paragraph"]) == (
        *("a clerk of the port", ""),
        "3",
    )
    assert third["who says it"] == "no source named"


def test_a_claim_that_nobody_has_looked_at_has_no_source_yet() -> None:
    text = "It rained."
    (row,) = rows(content(text, of(text, 1, text=text)))
    assert row["who says it"] == ""


def test_several_sources_stand_beside_one_another() -> None:
    by_claim = {row["claim"]: row["who says it"] for row in rows(*FIXTURES["ties"])}
    assert by_claim == {"X": "Ann; Bob", "Y": "Bob"}


def test_how_the_check_stands() -> None:
    text = "It rained."
    said = {"priority": "high", "status": "refuted", "check_note": "Dry,\nsays the office"}
    claim = of(text, 1, text=text, attributes=said)
    (row,) = rows(content(text, claim, url="https://example.org/a"))
    assert (row["priority"], row["status"]) == ("high", "refuted")
    assert row["check note"] == "Dry, says the office"
    assert row["url"] == "https://example.org/a"


def test_no_cell_is_a_formula() -> None:
    found = rows(*FIXTURES["formulas"])
    assert {row["claim"] for row in found} >= {"'=1+1", "'-5", "'+49", "'@home"}
    for row in found:
        assert not [cell for cell in row.values() if cell[:1] in tuple("=+-@\t\r")]


@given(contents())
def test_nothing_acts(given_content: Content) -> None:
    for style in CLAIMLOG.options["style"]:
        text = encoded(CLAIMLOG, [given_content], style=style).files[0].main.decode()
        assert not set(text) & set("\x00\x1b\x07\x7f\x85\u200b\u200e\u202e\u2028\u2066\ufeff")


def test_as_markdown() -> None:
    text = encoded(CLAIMLOG, FIXTURES["article"], style="markdown").files[0].main.decode()
    head, rule, first, *_ = text.split("\n")[2:]
    assert head.count("|") == rule.count("|") == first.count("|") == len(COLUMNS) + 1
    assert first.startswith("| We had warned them twice … and nothing was done | harbour master")


@pytest.mark.parametrize(
    ("fixture", "said"),
    [
        ("article", "marks that belong to no claim (1), notes and attributes besides"),
        ("ties", "links other than attributions of claims (3)"),
        ("unmarked", "documents without claims (1)"),
    ],
)
def test_what_is_left_out_is_told(fixture: str, said: str) -> None:
    assert said in str(encoded(CLAIMLOG, FIXTURES[fixture]).report)


def test_the_source_of_two_claims_is_in_both() -> None:
    text = "Ann says X and Y."
    ann, x, y = (
        of("Ann", 1, text=text, kind="source"),
        of("X", 2, text=text),
        of("Y", 3, text=text),
    )
    found = rows(content(text, ann, x, y, tie(4, x, ann), tie(5, y, ann)))
    assert [row["who says it"] for row in found] == ["Ann", "Ann"]
