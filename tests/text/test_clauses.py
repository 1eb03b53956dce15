"""Clause edges: where they are, and where none may be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.paragraphs import paragraph_at
from reader.text.segment import clause_end_after, clause_start_before


def ends(text: str, position: int = 1) -> Iterator[int]:
    """Every place where a clause may end, from a position on."""
    at = clause_end_after(text, position)
    while at is not None:
        yield at
        at = clause_end_after(text, at)


def starts(text: str, position: int) -> Iterator[int]:
    """Every place where a clause may begin, from a position back."""
    at = clause_start_before(text, position)
    while at is not None:
        yield at
        at = clause_start_before(text, at)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("It failed, he said; it burnt: all of it.", "It failed| he said| it burnt| all of it|.|"),
        ("“It failed,” she said.", "“It failed|,”| she said|.|"),
        ("He said: “It is false.”", "He said| “It is false|.”|"),
        ("He called it “a lie” on Monday.", "He called it| “a lie|”| on Monday|.|"),
        ("She says that it failed.", "She says| that it failed|.|"),
        ("The plan - not theirs – failed — at once.", "The plan| not theirs| failed| at once|.|"),
        ("The old lions—all of them—unite", "The old lions| all of them| unite|"),
        ("Did it fail? It did. Ask!", "Did it fail?| It did|.| Ask!|"),
        ("1,200 men at 10:30 and a well-known man’s dog", "1,200 men … a well-known man’s dog|"),
        ("U.S. Gen. Varga met Mr. Ola of Kestrel Inc. here.", "U.S. Gen. … Inc. here|.|"),
        ("He (or she) said [so]", "He| or she| said| so|]|"),
        ("They knew of that plan", "They knew … plan|"),
        ("They knew of   that plan", "They knew … plan|"),
        ("a" * 400 + " that fell", "a| that fell|"),
        ("“A ‘b’ c,” she said", "“A| ‘b|’| c|,”| she said|"),
        ("''A home run,'' she said", "''A home run|,''| she said|"),
        ("He left the U.S.", "He left the U.S.|"),
    ],
)
def test_ends(text: str, places: str) -> None:
    expected = [part.split()[-1] for part in places.split("|")[:-1]]
    found = [text[:at] for at in ends(text)]
    assert len(found) == len(expected), found
    for before, last in zip(found, expected, strict=True):
        assert before.endswith(last)


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("It failed, he added; it burnt: all", ["all", "it burnt", "he added", "It failed"]),
        ("He said “we left” then", ["then", "we", "“we", "He"]),
        ("Varga said it failed", ["it", "Varga"]),
        ("Varga said that it failed", ["it", "that it", "Varga"]),
        ("“It failed,” he said", ["he said", "It", "“It"]),
        ("PORT AMRIN - A fire broke out", ["A fire", "PORT"]),
        ("It failed. It burnt at 10:30, all of it", ["all", "It burnt", "It failed"]),
        ("According to him “a ‘b’ c", ["c", "b’", "‘b", "a ‘", "“a", "According"]),
        ("1,200 of that kind", ["1,200"]),
    ],
)
def test_starts(text: str, begin: list[str]) -> None:
    found = [text[at:] for at in starts(text, len(text))]
    assert len(found) == len(begin), found
    for after, first in zip(found, begin, strict=True):
        assert after.startswith(first)


def test_they_do_not_leave_the_paragraph() -> None:
    text = "One, two\n\nThree, four\n"
    assert clause_end_after(text, 8) is None
    assert clause_start_before(text, 10) is None
    assert clause_end_after(text, 11) == text.index("Three") + 5
    assert list(ends("\n\n")) == list(starts("", 0)) == []


ANY_TEXT = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("asthat .,:;\"“”„«»‘’'()–-—\n\r")),
    max_size=80,
)


@given(ANY_TEXT, st.integers(0, 80))
def test_every_step_goes_on_within_the_paragraph(text: str, position: int) -> None:
    position = min(position, len(text))
    first, _ = paragraph_at(text, position)
    _, last = paragraph_at(text, max(0, position - 1))
    forth, back = list(ends(text, position)), list(starts(text, position))
    assert forth == sorted(set(forth))
    assert back == sorted(set(back), reverse=True)
    assert all(position < each <= last for each in forth)
    assert all(first <= each < position for each in back)
    for each in forth:
        assert not text[each - 1].isspace()
    for each in back:
        assert not text[each].isspace()
