import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.segment import (
    next_sentence,
    paragraph_at,
    previous_sentence,
    sentence_at,
    sentences,
)

ANY_TEXT = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("aBs .!?…\"”’)'。\n\r\ufeff»\xa0U.S.1-—")),
    max_size=60,
)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Kestrel chief says depot will close",
        "PORT AMRIN - A fire broke out.",
        "WASHINGTON (AP) — A fire broke out.",
        "PORT AMRIN, Calif. — The fire spread.",
        "Gen. Omar Dahl met Mr. Brandt of the U.S. Central Command.",
        "J. Varga and A. B. Dahl left.",
        "It closed at 5 p.m. Monday and at 6 a.m. EST.",
        "It rose 4.5 percent, to $1,500.25.",
        "She came in No. 5 on Jan. 5.",
        "Kestrel Inc. Chairman Ines Varga said so.",
        "It went on... and on… and on.",
        "“Why?” she asked.",
        "“We had no choice.” said Varga.",
        "“Why?” Ines Varga asked in court.",
        "“Go!” Varga said.",
        "“A,” she said, “B.”",
        "He left (at last.)",
        "“Stop!”, he said.",
        "1. The first of them.",
        "“我去。”他说。",
        "東京は「行く。」と述べた。",
    ],
)
def test_one_sentence(sentence: str) -> None:
    assert cut(sentence) == [sentence]


@pytest.mark.parametrize(
    "parts",
    [
        ["He left the U.S.", "The fire went on."],
        ["He left the U.S.", "“The fire went on.”"],
        ["It ended at 5 p.m.", "Police left."],
        ["She said no.", "Varga left."],
        ["He owns Kestrel Inc.", "It burnt."],
        ["He had plan B.", "They had none."],
        ["“We left.”", "Varga said nothing more."],
        ["“First.", "Second,” she said."],
        ["“Who?”", "Nobody came."],
        ["He left…", "She stayed."],
        ["(He left.)", "[She stayed.]"],
        ["« Non. »", "Il part."],
        ["他来了。", "好！", "走吗？"],
        ["It began in Jan.", "Varga was there."],
    ],
)
def test_several_sentences(parts: list[str]) -> None:
    assert cut(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \t\ufeff ", []),
        ("...", ["..."]),
        ("\ufeff He left. \r", ["He left."]),
        ("One.\r\nTwo", ["One.", "Two"]),
        ("👍 Yes. 👍 No.", ["👍 Yes.", "👍 No."]),
    ],
)
def test_edges(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_sentences_are_walked_across_paragraphs() -> None:
    text = "One. Two.\n\n \nThree."
    assert sentence_at(text, 4) == (5, 9)
    assert sentence_at(text, 9) == (5, 9)
    assert sentence_at(text, 10) is None
    assert next_sentence(text, 5) == (5, 9)
    assert next_sentence(text, 6) == (13, 19)
    assert previous_sentence(text, 13) == (5, 9)
    assert previous_sentence(text, 8) == (0, 4)
    assert previous_sentence(text, 3) is None
    assert next_sentence(text, 19) is None


@given(ANY_TEXT)
def test_every_character_is_in_exactly_one_sentence(text: str) -> None:
    before = 0
    for first, last in sentences(text, 0, len(text)):
        assert not text[before:first].replace("\ufeff", "").strip()
        assert before <= first < last
        assert not text[first].isspace() and not text[last - 1].isspace()
        before = last
    assert not text[before:].replace("\ufeff", "").strip()


@given(ANY_TEXT, st.data())
def test_walking_agrees_with_the_list(text: str, data: st.DataObject) -> None:
    every: list[tuple[int, int]] = []
    at = 0
    while at <= len(text):
        start, end = paragraph_at(text, at)
        every += sentences(text, start, end)
        at = end + (2 if text[end : end + 2] == "\r\n" else 1)
    position = data.draw(st.integers(0, len(text)))
    following = next((one for one in every if one[0] >= position), None)
    assert next_sentence(text, position) == following
    preceding = next((one for one in reversed(every) if one[1] <= position), None)
    assert previous_sentence(text, position) == preceding
