import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.paragraphs import piece_after, piece_before
from reader.text.segment import NEWLINES, next_paragraph, paragraph_at, previous_paragraph, words
from reader.text.units import units


@pytest.mark.parametrize(
    ("text", "position", "span"),
    [
        ("", 0, (0, 0)),
        ("one", 3, (0, 3)),
        ("one\ntwo", 3, (0, 3)),
        ("one\ntwo", 4, (4, 7)),
        ("one\r\ntwo", 3, (0, 3)),
        ("one\r\ntwo", 4, (0, 3)),
        ("one\r\ntwo", 5, (5, 8)),
        ("one\r\rtwo", 4, (4, 4)),
        ("one\n", 4, (4, 4)),
        ("\ufeffone", 0, (0, 4)),
        ("one", 99, (0, 3)),
        ("one", -1, (0, 3)),
    ],
)
def test_the_paragraph_at_a_position(text: str, position: int, span: tuple[int, int]) -> None:
    assert paragraph_at(text, position) == span


@pytest.mark.parametrize("newline", sorted(NEWLINES))
def test_every_newline_ends_a_paragraph(newline: str) -> None:
    text = f"one{newline}two"
    assert paragraph_at(text, 1) == paragraph_at(text, 3) == (0, 3)
    assert next_paragraph(text, 0) == (4, 7)
    assert previous_paragraph(text, 5) == (0, 3)


def test_blank_lines_are_passed_over() -> None:
    text = "one\n\n \t\n\ufeff\ntwo"
    assert next_paragraph(text, 0) == (len(text) - 3, len(text))
    assert previous_paragraph(text, len(text)) == (0, 3)


def test_there_is_nothing_beyond_the_ends() -> None:
    assert next_paragraph("one\n\n", 1) is None
    assert previous_paragraph("\n\none", 3) is None
    assert next_paragraph("", 0) is None
    assert previous_paragraph("", 0) is None


def test_a_paragraph_without_end_is_walked_in_stretches() -> None:
    text = "fire " * 20_000
    first = paragraph_at(text, 0)
    assert first[1] < len(text)
    following = next_paragraph(text, 0)
    assert following is not None
    assert following[0] == first[1] < following[1]


def test_much_white_space_between_paragraphs_is_passed() -> None:
    text = "one" + "\n" * 70_000 + "two"
    assert next_paragraph(text, 0) == (len(text) - 3, len(text))
    assert previous_paragraph(text, len(text)) == (0, 3)


def test_rules_are_passed_at_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    cut: list[tuple[int, int]] = []

    def words_counted(text: str, start: int, end: int) -> list[tuple[int, int]]:
        cut.append((start, end))
        return words(text, start, end)

    text = "one\n" + "***\n" * 30_000 + "two"
    assert piece_after(words_counted, text, 3) == (len(text) - 3, len(text))
    assert piece_before(words_counted, text, len(text) - 3) == (0, 3)
    assert len(cut) < 10


LINES = st.lists(
    st.sampled_from(["one", "the Jr.", "***", "— —", "", "水", "#\u20e3", "…", "👩\u200d🚒", "©"])
)


@given(LINES.map("\n".join), st.integers(0, 60))
def test_no_word_is_passed_with_the_rules(text: str, position: int) -> None:
    every = [word for unit in units(text) for word in words(text, unit.start, unit.end)]
    ahead = (word for word in every if word[0] >= position)
    behind = (word for word in reversed(every) if word[1] <= position)
    assert piece_after(words, text, position) == next(ahead, None)
    assert piece_before(words, text, position) == next(behind, None)
