"""Where words occur, in the exact text, however it is written and wherever it is cut."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st

from reader.errors import InputError
from reader.text import regular
from reader.text import search as module
from reader.text.folding import fold, ligatures, variants
from reader.text.search import Query, blocks, matches, occurrences

few = st.text("ab \n", max_size=30)
odd = st.text("aAsSéEe\u0301ßﬀfFiﬃﬁ’'“\"\u00adŁlłx \n", max_size=24)
edges = st.text(
    "aé日かンー한ᄒ\u1161\u11abक्\u093e\u200d🇫🇷👍\U0001f3fd\u0301ا\u0600 \r\n", max_size=24
)
"""Letters of many scripts, and what clings to them."""
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
    assume(not re.search("s{7}|f{7}", fold(words)))  # longer ones are not spelled in all ways
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
    few.map(lambda text: text.replace(" ", "a" * 70)),
    st.sampled_from(
        [
            *("a+", "^a", "b$", "a b|b", r"\bab", "(?<=a)b", "[^b]", "x*", "b|", r"\Aa"),
            *("(?<=a.{70})b", "(?<!a{66})b", "(?<=^a{80,}b*)b", "(?<=^.*a{70}(b+))b"),
            *(r"a\Kb", r"(?:b|a{69})\Ka", r"a*\Kb", r"\Ka", r"b\K", r"(?s:.)\K^b"),
        ]
    ),
    st.integers(1, 9),
)
def test_a_regular_expression_block_by_block_is_what_the_whole_is(
    text: str, pattern: str, size: int
) -> None:
    query = Query(pattern, regex=True)
    whole = [each.span() for each in regex.finditer(pattern, text, regex.M | regex.I) if each[0]]
    assert [hit for block in blocks(text, query, size=size) for hit in block.hits] == whole
    assert matches(text, query) == whole


@given(edges)
def test_a_hit_is_whole_clusters(text: str) -> None:
    assert matches(text, Query("(?s).", regex=True)) == [
        each.span() for each in regex.finditer(r"\X", text)
    ]


def test_of_letters_and_ideographs_it_is_known_where_they_begin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def around(text: str, place: int) -> tuple[int, int]:
        raise AssertionError(text[place - 1 : place + 1])

    monkeypatch.setattr(module, "_around", around)
    for text, words in (
        ("東京の日本、", "日本"),
        ("에서항구까지", "항구"),
        ("الميناء", "مي"),
        ("हमपर", "म"),
    ):
        assert found(text, words) == [words]


@pytest.mark.parametrize("words", ["ssssss", "ssssssss", "......", "........"])
def test_what_ways_to_spell_a_word_have_in_common_is_tried_once(
    words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []
    letter = module._letter

    def counted(chars: str) -> str:
        tried.append(chars)
        return letter(chars)

    monkeypatch.setattr(module, "_letter", counted)
    assert found(f"é {words}", words) == [words]
    assert len(tried) < 60


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


def test_a_verbose_one_may_end_in_a_remark() -> None:
    text = "The quay, the quays."
    assert found(text, "(?x)qu ay #c", regex=True, whole=True) == ["quay"]
    assert found(text, "(?x:qu ay #c\n)", regex=True, whole=True) == ["quay"]
    assert found(text, "(?V1)(?x)qu ay #c", regex=True, whole=True) == ["quay"]


@pytest.mark.parametrize(
    "pattern",
    ["(", "[a", "*", "a{2,1}", r"\p{Nonsense}", "(?P<1>a)", "a**", "(?V0V1)a", "(?aL)a"],
)
def test_a_pattern_that_is_none_is_said_at_once(pattern: str) -> None:
    with pytest.raises(InputError, match=r"This is no regular expression: .*\.$"):
        blocks("text", Query(pattern, regex=True))


@pytest.mark.parametrize("pattern", ["[[a]", "[a||b]", "(?i)a", "a(?#remark)"])
def test_a_pattern_is_taken_without_warnings(pattern: str) -> None:
    blocks("text", Query(pattern, regex=True))


@pytest.mark.parametrize(
    ("pattern", "what"),
    [("(?r)quay", r"\(\?r\)"), ("(?ir:quay)", r"\(\?r\)"), ("(?b)(?:quay){e}", r"\(\?b\)"),
     (r"\Gquay", r"\\G"), (r"\\\Gquay", r"\\G")],
)  # fmt: skip
def test_what_depends_on_where_a_piece_begins_is_refused(pattern: str, what: str) -> None:
    with pytest.raises(InputError, match=f"A search takes no {what}: it looks through the text"):
        blocks("the quay", Query(pattern, regex=True))
    assert found(r"the \G", r"\\G", regex=True) == [r"\G"]


repeating = st.recursive(
    st.sampled_from(["a", ".", r"\)", r"\(", "[(]", "[])]", r"[^\]]", "{", "(?#()"]).map(
        lambda part: (part, 0 if part.startswith("(?#") else 1)
    ),
    lambda parts: st.tuples(
        st.lists(parts, min_size=1, max_size=3),
        st.sampled_from(["", "{1}", "{0,}", "*", "?", "+", "{3}", "{4,}?", "{20,30}", "{60}+"]),
    ).map(lambda made: (f"({''.join(p for p, _ in made[0])}){made[1]}", _copies(*made))),
    max_leaves=8,
)
"""Regular expressions, and how many parts there are to compile."""


def _copies(parts: list[tuple[str, int]], count: str) -> int:
    within = 1 + sum(size for _, size in parts)
    least = re.match(r"\{(\d+)", "{1,}" if count == "+" else count)
    if least is None or count == "{1}" or least[1] == "0":
        return within
    return within * (int(least[1]) + 1)


@given(repeating)
def test_a_pattern_is_refused_before_it_takes_the_machine(made: tuple[str, int]) -> None:
    pattern, parts = made
    assert regular.weight(pattern) == parts
    if parts > 10_000:
        with pytest.raises(InputError, match="This regular expression repeats too often"):
            blocks("text", Query(pattern, regex=True))
    else:
        blocks("text", Query(pattern, regex=True))


@pytest.mark.parametrize(
    ("pattern", "refused"),
    [
        ("(((a{9}){99}){99}){99}", True),
        ("a{10000000}", True),
        ("a{9999999999999999999999}", True),
        ("(" * 30 + "a" + ")+" * 30, True),
        ("(?:" * 30 + "a" + "){1,2}" * 30, True),
        ("(?x) a {9 9 9 9 9 9} # (", True),
        ("(?x: # ( \n (?:a{999} # ) \n){999} )", True),
        ("(?V1)(?:[[a](]{999}){999}", True),
        ("a{99999},a{99999}", True),
        (r"\d{4}-\d{2}-\d{2}T[A-Z]{20}\w{99}", False),
        (r"(?:\w+\s){1,999}", False),
        (r"((\w{0,999}){0,999}){0,999}", False),
        ("a{5000}", False),
        (r"\{999999}", False),
        ("a{999999", False),
    ],
)
def test_counts_within_counts_are_multiplied(pattern: str, refused: bool) -> None:
    query = Query(pattern, regex=True)
    if not refused:
        blocks("text", query)
        return
    with pytest.raises(InputError, match="This regular expression repeats too often"):
        blocks("text", query)


def test_a_pattern_without_end_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    looked = blocks("no\n" * 6000 + "word " * 3000 + "!!", Query(r"(\w+\s?)*!$|^no$", regex=True))
    with pytest.raises(InputError, match="takes too long"):
        for block in looked:
            assert block.reached < 18_000  # what is before it


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
