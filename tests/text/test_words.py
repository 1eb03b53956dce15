import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from reader.text.segment import next_word, paragraph_at, previous_word, word_at, words

Span = tuple[int, int]
ANY_TEXT = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("aB1 .'’\"“”-\n\r\u0301\u200d\ufe0f\ufeff👩🚒🇫東タก\x00\x1b$@&"),
    ),
    max_size=60,
)
ANY_CLUSTER = st.text(
    st.characters()
    | st.sampled_from(
        "aB1 .@%$#’-\u0301\u200d\ufe0f👩🚒🇫🇩東タक्षमि\u0600\u0d4eﾞ\u3099각\u11a8👍🏽❤\u20e3ำနာ်"
    )
    | st.sampled_from("𞤆\U0001e944𑄌\U00011107\U00011133к\u2de0\ua69e\u00ad🏴\U000e0067"),
    max_size=12,
)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in words(text, 0, len(text))]


@pytest.mark.parametrize(
    "word",
    [
        "don't",
        "don’t",
        "O’Brien",
        "harbour’s",
        "U.S.",
        "a.m.",
        "Gen.",
        "No.",
        "Ph.D.",
        "U.S.-backed",
        "state-allied",
        "al-Asad",
        "82nd",
        "1,500.25",
        "10:30",
        "9/11",
        "$5",
        "US$5bn",
        "€1.2m",
        "4.5%",
        "AT&T",
        "@kestrel_news",
        "#fire",
        "https://kestrel.example/a?b=c,d",
        "www.kestrel.example",
        "ines.varga@kestrel.example",
        "Kestrel.com",
        "e\u0301te\u0301",
        "Ünïcode",
        "Привет",
        "किताब",
        "𞤆𞤵𞤤𞤢𞥄𞤪",  # Adlam, with the mark of a long vowel
        "𑄌𑄋𑄴𑄟𑄳𑄦",  # Chakma
        "ꯃꯤꯇꯩ\uaaeb",  # Meetei Mayek
        "\U0001e100\U0001e130",  # Hmong
        "\U0001e2c0\U0001e2ec",  # Wancho
        "го\u2de0дъ",  # Church Slavonic
        "\u0600123",  # a sign that stands before its number
        "ไทยน้ำ",
        "ภาษาไทย",
        "カタカナ",
        "ひらがな",
        "東",
        "👩\u200d🚒",
        "👍🏽",
        "🇫🇷",
        "❤\ufe0f",
        "1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e007f",
    ],
)
def test_one_word(word: str) -> None:
    assert cut(f"({word} 5)") == [word, "5"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("-- * … “”", []),
        ("____", []),
        ("\ufeffFire!", ["Fire"]),
        ("“Fire,” she said.", ["Fire", "she", "said"]),
        ("the workers' union", ["the", "workers", "union"]),
        ("He said no. Then", ["He", "said", "no", "Then"]),
        ("plan B. The", ["plan", "B", "The"]),
        ("Ines J. Varga", ["Ines", "J.", "Varga"]),
        ("AMRIN—One", ["AMRIN", "One"]),
        ("end.Then", ["end", "Then"]),
        ("see https://a.example/b.", ["see", "https://a.example/b"]),
        ("東京タワーABC", ["東", "京", "タワー", "ABC"]),
        ("🇫🇷🇩🇪", ["🇫🇷", "🇩🇪"]),
        ("Fire👍🏽👍", ["Fire", "👍🏽", "👍"]),
        ("a\r\nb", ["a", "b"]),
        ("👍नमस्ते", ["👍", "नमस्ते"]),
        ("Aﾞア", ["Aﾞ", "ア"]),
        ("5%\u0301 a@b.ce\u0301", ["5%\u0301", "a@b.ce\u0301"]),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_the_word_at_a_position_or_next_to_it() -> None:
    text = "“Fire,” he\n\n***"
    assert word_at(text, 2) == (1, 5)
    assert word_at(text, 0) == (1, 5)
    assert word_at(text, 5) == (8, 10)
    assert word_at(text, 10) == (8, 10)
    assert word_at(text, len(text)) is None
    assert word_at("", 0) is None


def test_words_are_walked_across_paragraphs() -> None:
    text = "one\r\n\r\n***\r\ntwo"
    two = (len(text) - 3, len(text))
    assert next_word(text, 1) == two
    assert next_word(text, two[0] + 1) is None
    assert previous_word(text, two[0]) == (0, 3)
    assert previous_word(text, 2) is None


@given(ANY_TEXT, st.data())
def test_words_are_inside_ordered_and_not_empty(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    before = start
    for first, last in words(text, start, end):
        assert before <= first < last <= end
        before = last


@given(ANY_TEXT | ANY_CLUSTER)
def test_words_begin_and_end_between_clusters(text: str) -> None:
    edges = {match.start() for match in regex.finditer(r"\X", text)} | {len(text)}
    for span in words(text, 0, len(text)):
        assert edges.issuperset(span)


@given(ANY_TEXT | ANY_CLUSTER)
def test_every_letter_is_in_a_word(text: str) -> None:
    held = {at for first, last in words(text, 0, len(text)) for at in range(first, last)}
    assert all(at in held for at, character in enumerate(text) if character.isalnum())


@given(ANY_TEXT, st.data())
def test_walking_agrees_with_the_list(text: str, data: st.DataObject) -> None:
    every: list[Span] = []
    at = 0
    while at <= len(text):
        start, end = paragraph_at(text, at)
        every += words(text, start, end)
        at = end + (2 if text[end : end + 2] == "\r\n" else 1)
    position = data.draw(st.integers(0, len(text)))
    assert next_word(text, position) == next((one for one in every if one[0] >= position), None)
    assert previous_word(text, position) == next(
        (one for one in reversed(every) if one[1] <= position), None
    )
