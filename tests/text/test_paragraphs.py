import pytest

from reader.text.segment import NEWLINES, next_paragraph, paragraph_at, previous_paragraph


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
