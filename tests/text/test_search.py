"""Where words occur, in the exact text, however it is written and wherever it is cut."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import InputError
from reader.text.folding import fold, ligatures, variants
from reader.text.search import Query, blocks, matches, occurrences

few = st.text("ab \n", max_size=30)
odd = st.text("aAsSéEe\u0301ßﬀfFiﬃﬁ’'“\"\u00adŁlłx \n", max_size=24)
switches = st.fixed_dictionaries({"whole": st.booleans(), "exact": st.booleans()})


def found(text: str, words: str, **switches: bool) -> list[str]:
    return [text[start:end] for start, end in matches(text, Query(words, **switches))]


def folded_places(text: str, words: str) -> list[tuple[int, int]]:
    """The slow way for one word: fold every character, look there, and take characters whole."""
    owners = [at for at, char in enumerate(text) for _ in fold(char)]
    copy, wanted = fold(text), fold(words)
    places, at = [], copy.find(wanted)
    while at >= 0:
        start, end = owners[at], owners[at + len(wanted) - 1] + 1
        while end < len(text) and not fold(text[end]):
            end += 1
        places.append((start, end))
        following = next((n for n, owner in enumerate(owners) if owner >= end), len(copy))
        at = copy.find(wanted, following)
    return places


@given(few, st.text("ab \n", max_size=3))
def test_every_exact_place_and_no_other(text: str, words: str) -> None:
    expected = [
        (at, at + len(words)) for at in range(len(text)) if words and text.startswith(words, at)
    ]
    assert occurrences(text, words) == expected


@given(few, few)
def test_what_matches_says_the_words_without_overlap(text: str, words: str) -> None:
    hits = matches(text, Query(words))
    for start, end in hits:
        assert text[start:end].split() == words.split()
    assert all(one.end <= other.start for one, other in pairwise(hits))
    if words.split() and words in text:
        assert hits


@given(odd, odd.map(lambda words: "".join(words.split())).filter(fold))
def test_folded_search_finds_what_folding_the_text_would(text: str, words: str) -> None:
    assert matches(text, Query(words)) == folded_places(text, words)


@given(odd, odd, switches, st.integers(1, 9))
def test_block_by_block_is_what_the_whole_is(
    text: str, words: str, switches: dict[str, bool], size: int
) -> None:
    query = Query(words, **switches)
    parts = list(blocks(text, query, size=size))
    assert [hit for block in parts for hit in block.hits] == matches(text, query)
    assert [block.reached for block in parts] == sorted(block.reached for block in parts)
    assert not parts or parts[-1].reached == len(text)


@given(
    few, st.sampled_from(["a+", "^a", "b$", "a b|b", r"\bab", "(?<=a)b", "[^b]"]), st.integers(1, 9)
)
def test_a_regular_expression_block_by_block_is_what_the_whole_is(
    text: str, pattern: str, size: int
) -> None:
    query = Query(pattern, regex=True)
    assert [hit for block in blocks(text, query, size=size) for hit in block.hits] == matches(
        text, query
    )


def test_a_hit_over_the_border_of_two_blocks_is_found_once() -> None:
    text = "x" * 65_530 + " two\n\n" + " " * 200 + "warehouses, two warehouses"
    assert len(matches(text, Query("two warehouses"))) == 2
    assert len(matches("é" + text, Query("two warehouses"))) == 2


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The Port of AMRIN", "port of amrin", [(4, 17)]),
        ("two\r\n\twarehouses", "two warehouses", [(0, 16)]),
        ("two\u00a0warehouses", "  two   warehouses ", [(0, 14)]),
        ("a.b a+b (x)", "a.b", [(0, 3)]),
        ("a.b a+b (x)", "(X)", [(8, 11)]),
        ("Straße ÉTÉ", "ete", [(7, 10)]),
        ("E\u0301TE\u0301!", "été", [(0, 5)]),
        ("Straße", "strasse", [(0, 6)]),
        ("Straße", "stras", [(0, 5)]),
        ("STRASSE", "straße", [(0, 7)]),
        ("the oﬃce", "office", [(4, 8)]),
        ("Łódź, İzmir", "lodz", [(0, 4)]),
        ("Łódź, İzmir", "izmir", [(6, 11)]),
        ("“Don’t!”", "\"don't", [(0, 6)]),
        ("Ha\u00adfen\u00adbrand", "hafenbrand", [(0, 12)]),
        ("МОСКВА", "москва", [(0, 6)]),
        ("हिंदी", "ह", [(0, 3)]),
        ("anything", "", []),
        ("anything", " \n", []),
        ("twowarehouses", "two warehouses", []),
        ("ascii alone", "нет", []),
        ("e\u0301", "\u0301", [(0, 2)]),
    ],
)
def test_case_accents_and_blanks_do_not_matter(
    text: str, words: str, expected: list[tuple[int, int]]
) -> None:
    assert matches(text, Query(words)) == expected


def test_whole_words_have_no_letter_on_either_side() -> None:
    text = "port ports report (port) Port\u0301 portß"
    assert found(text, "port", whole=True) == ["port", "port", "Port\u0301"]
    assert found("groß", "gros", whole=True) == []
    assert found("groß", "gross", whole=True) == ["groß"]
    assert found("e\u0301cole cole", "cole", whole=True) == ["cole"]
    assert found("(x) y(x)", "(x)", whole=True) == ["(x)", "(x)"]


def test_exact_is_as_it_was_typed_however_accents_are_put_together() -> None:
    text = "Cafe café Cafe\u0301"
    assert found(text, "Café", exact=True) == ["Cafe\u0301"]
    assert found(text, "Cafe", exact=True) == ["Cafe"]
    assert found("two\nwords Two words", "two words", exact=True) == ["two\nwords"]


def test_a_regular_expression_is_one() -> None:
    text = "Five men.\nFIVE women, 55 dogs"
    assert found(text, r"five \w+", regex=True) == ["Five men", "FIVE women"]
    assert found(text, r"^five", regex=True, exact=True) == []
    assert found(text, r"\w+$", regex=True) == ["dogs"]
    assert found(text, "x*", regex=True) == []
    assert found(text, "5", regex=True, whole=True) == []
    assert found(text, "5|55", regex=True, whole=True) == ["55"]
    assert found("e\u0301t", "e", regex=True) == ["e\u0301"]


@pytest.mark.parametrize("pattern", ["(", "[a", "*", "a{2,1}", r"\p{Nonsense}", "(?P<1>a)", "a**"])
def test_a_pattern_that_is_none_is_said_at_once(pattern: str) -> None:
    with pytest.raises(InputError, match=r"This is no regular expression: .*\.$"):
        blocks("text", Query(pattern, regex=True))


@pytest.mark.parametrize("pattern", ["[[a]", "[a||b]", "(?i)a", "a(?#remark)"])
def test_a_pattern_is_taken_without_warnings(pattern: str) -> None:
    blocks("text", Query(pattern, regex=True))


def test_a_pattern_without_end_ends() -> None:
    began = time.process_time()
    with pytest.raises(InputError, match="takes too long"):
        matches("word " * 3000 + "!!", Query(r"(\w+\s?)*$", regex=True))
    assert time.process_time() - began < 10


@given(st.characters(exclude_categories=("Cs",)))
def test_every_character_is_found_by_itself(char: str) -> None:
    if char.split():
        assert matches(f"- {char} -", Query(char))
        assert not any(map(str.isspace, fold(char)))


@given(st.characters(exclude_categories=("Cs",)))
def test_a_character_is_among_those_that_its_letter_stands_for(char: str) -> None:
    folded = fold(char)
    if len(folded) == 1 and folded != char:
        assert char in variants(folded)
    elif len(folded) > 1:
        assert char in ligatures()[folded]
    assert fold(folded) == folded


def test_accents_are_folded_however_they_are_put_together() -> None:
    for text in ("Ångström", "Đà Nẵng", "Ἀθῆναι"):
        assert fold(unicodedata.normalize("NFD", text)) == fold(text)
