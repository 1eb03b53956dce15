from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.segment import Quotation, quotation_at, quotations

ANY_TEXT = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("as .,\"“”„«»‘’‚'‹›\n\r")), max_size=60
)


def found(text: str) -> list[str]:
    return [text[slice(*one.outer)] for one in quotations(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"A," she said, "B."', ['"A,"', '"B."']),
        ("“A,” she said, “B.”", ["“A,”", "“B.”"]),
        ("« A » et «B»", ["« A »", "«B»"]),
        ("„A“ und »B« und ‚C‘", ["„A“", "»B«", "‚C‘"]),
        ("”A”, sa hon", ["”A”"]),
        ("‘A,’ she said", ["‘A,’"]),
        ("'A,' she said, 'B.'", ["'A,'", "'B.'"]),
        ("“A ‘b “c” d’ e”", ["“A ‘b “c” d’ e”", "‘b “c” d’", "“c”"]),
        ("\"A 'b' c\"", ["\"A 'b' c\"", "'b'"]),
        ('said:"We left"', ['"We left"']),
        ('("x")', ['"x"']),
        ('a 5" pipe and "x"', ['"x"']),
        ("‘the workers’ union,’ he said", ["‘the workers’ union,’"]),
        ("'the workers' union,' he said", ["'the workers' union,'"]),
        ("“don’t ’em”", ["“don’t ’em”"]),
        ("“”", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert found(text) == expected
    assert all(one.closed for one in quotations(text, 0, len(text)))


@pytest.mark.parametrize(
    "text",
    [
        "the workers' union",
        "the workers’ union and the dogs’ bones",
        "’90s and '90s and ‘90s",
        "rock ’n’ roll, rock 'n' roll",
        "It's Ines's; don’t",
        "'tis the season of the workers' union",
        "5' 3\" tall",
        "",
    ],
)
def test_an_apostrophe_is_no_quotation(text: str) -> None:
    assert found(text) == []


def test_a_quotation_over_paragraphs_has_a_part_in_each() -> None:
    text = "“One.\r\n\r\n“Two. \n“Three,” she said."
    first, second, third = quotations(text, 0, len(text))
    assert text[slice(*first.outer)] == "“One."
    assert text[slice(*second.outer)] == "“Two."
    assert text[slice(*third.outer)] == "“Three,”"
    assert (first.closed, second.closed, third.closed) == (False, False, True)


def test_an_unclosed_mark_ends_with_its_paragraph() -> None:
    text = 'He said: "We left.\nThe fire went on.'
    assert quotations(text, 0, len(text)) == [Quotation((9, 18), (10, 18), closed=False)]
    assert quotation_at(text, 20) is None


def test_the_innermost_quotation_at_a_position() -> None:
    text = "x “A ‘b’ c” y"
    outer, inner = quotations(text, 0, len(text))
    assert quotation_at(text, 2) == outer
    assert quotation_at(text, 5) == quotation_at(text, 6) == inner
    assert quotation_at(text, 8) == outer
    assert quotation_at(text, 11) is None
    assert quotation_at("", 0) is None


def test_only_quotations_that_touch_the_stretch() -> None:
    text = "“A” and “B”\nthen “C”"
    assert [text[slice(*one.inner)] for one in quotations(text, 4, 9)] == ["B"]
    assert [text[slice(*one.inner)] for one in quotations(text, 1, 1)] == ["A"]
    assert [text[slice(*one.inner)] for one in quotations(text, 10, len(text))] == ["B", "C"]


def test_space_inside_the_marks_is_not_quoted() -> None:
    text = "« Non »"
    assert quotations(text, 0, len(text)) == [Quotation((0, 7), (2, 5), closed=True)]


@given(ANY_TEXT)
def test_quotations_nest_and_hold_something(text: str) -> None:
    every = quotations(text, 0, len(text))
    for one in every:
        assert 0 <= one.outer[0] < one.inner[0] < one.inner[1] <= one.outer[1] <= len(text)
        assert not one.closed or one.inner[1] < one.outer[1]
        assert quotation_at(text, one.outer[0]) == one
    starts = [one.outer[0] for one in every]
    assert starts == sorted(set(starts))
    for before, after in pairwise(every):
        assert after.outer[1] <= before.outer[1] or before.outer[1] <= after.outer[0]
