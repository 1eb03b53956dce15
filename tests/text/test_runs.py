import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.segment import noun_run_at, verb_run_at, word_at

PIECES = (
    "the two officials who has not said was quoted as saying according to U.S. elected , . “"
    " newly told declined comment say"
)
WORDY = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(PIECES.split()), max_size=10).map(" ".join),
)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("to two officials who spoke", "officials", "two officials"),
        ("to two officials who spoke", "two", "two officials"),
        ("According to U.S. defense officials, the", "defense", "U.S. defense officials"),
        ("statement by a spokesperson calling", "spokesperson", "a spokesperson"),
        ("people familiar with the matter", "people", "people"),
        ("The elected officials said", "officials", "The elected officials"),
        ("the newly elected mayor of", "newly", "the newly elected mayor"),
        ("The blast injured workers at", "workers", "workers"),
        ("25 dock workers were", "dock", "25 dock workers"),
        ("said officials Monday", "officials", "officials"),
        ("the US officials in", "officials", "the US officials"),
        ("left. Officials said", "Officials", "Officials"),
        ("the harbour’s two masters", "masters", "two masters"),
    ],
)
def test_noun_runs(text: str, word: str, expected: str) -> None:
    span = noun_run_at(text, text.index(word))
    assert span is not None
    assert text[slice(*span)] == expected


@pytest.mark.parametrize("text", ["", "…", "said", "who", "of"])
def test_no_noun_run(text: str) -> None:
    assert noun_run_at(text, 0) is None


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("she said that", "said", "said"),
        ("she has said that", "said", "has said"),
        ("she has said that", "has", "has said"),
        ("she did not say why", "not", "did not say"),
        ("she didn’t say why", "say", "didn’t say"),
        ("she had earlier said it", "earlier", "had earlier said"),
        ("she also said it", "said", "said"),
        ("according to Varga", "to", "according to"),
        ("was quoted as saying that", "as", "was quoted as saying"),
        ("told reporters on", "told", "told"),
        ("told reporters on", "reporters", "reporters"),
        ("has declined to comment on", "comment", "has declined to comment"),
        ("the dog was red", "was", "was"),
        ("she has, said Varga,", "said", "said"),
    ],
)
def test_verb_runs(text: str, word: str, expected: str) -> None:
    span = verb_run_at(text, text.index(word))
    assert span is not None
    assert text[slice(*span)] == expected


def test_no_verb_run_without_words() -> None:
    assert verb_run_at("", 0) is None
    assert verb_run_at("…", 1) is None


@given(WORDY, st.data())
def test_runs_hold_the_word_at_the_position(text: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(text)))
    word = word_at(text, position)
    verbs = verb_run_at(text, position)
    assert (verbs is None) == (word is None)
    for run in (verbs, noun_run_at(text, position)):
        if run is not None and word is not None:
            assert run[0] <= word[0] < run[1] <= len(text)
