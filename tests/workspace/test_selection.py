"""What you move to is selected: every motion over an article, and over anything at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.workspace import selection as motion
from reader.workspace.selection import Selection

TEXT = """\
Depot burns for a second day

PORT AMRIN - A fire at a Kestrel depot killed two workers at 3:50 a.m. on Tuesday, officials said.


"We had warned them twice," said harbour master Ines Varga, "and nothing was done."
Mr. Quillard of Kestrel denied it. He said: “It is false.”
"""
DATELINE = TEXT.splitlines()[2]
SPLIT = TEXT.splitlines()[5]
LAST = TEXT.splitlines()[6]

Motion = Callable[[str, Selection], Selection]


def free(span: tuple[int, int]) -> bool:
    return False


def next_candidate(
    text: str, now: Selection, taken: Callable[[tuple[int, int]], bool] = free
) -> Selection:
    place = now.start
    while place < len(text):
        found, place = motion.candidate_after(text, now, place, taken)
        if found is not None:
            return motion.soft(found)
    return now


def previous_candidate(text: str, now: Selection) -> Selection:
    place = now.start
    while place >= 0:
        found, place = motion.candidate_before(text, now, place, free)
        if found is not None:
            return motion.soft(found)
    return now


def words(selection: Selection, text: str = TEXT) -> str:
    return text[selection.start : selection.end]


def on(quote: str, text: str = TEXT) -> Selection:
    """The selection after moving to the word that the quote begins with."""
    return motion.at(text, text.index(quote))


def exactly(quote: str, text: str = TEXT) -> Selection:
    at = text.index(quote)
    return motion.hard((at, at + len(quote)))


def visited(step: Motion, start: Selection, text: str = TEXT) -> list[str]:
    """What a motion selects one after the other, until it leads no further."""
    found = []
    while (following := step(text, start)) != start:
        start = following
        found.append(words(start, text))
    return found


def first() -> Selection:
    return motion.at(TEXT, 0)


def last() -> Selection:
    return motion.at(TEXT, len(TEXT))


# Moving -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("position", "word"),
    [
        (0, "Depot"),
        (-7, "Depot"),
        (5, "burns"),
        (TEXT.index("\n\nPORT") + 1, "PORT"),
        (TEXT.index("a.m.") + 3, "a.m."),
        (len(TEXT), "false"),
        (len(TEXT) + 99, "false"),
    ],
)
def test_a_position_selects_its_word_or_the_nearest(position: int, word: str) -> None:
    here = motion.at(TEXT, position)
    assert (words(here), here.hard, here.unit) == (word, False, "word")


def test_words_are_visited_one_by_one_over_blank_lines_and_punctuation() -> None:
    onward = visited(motion.next_word, first())
    assert onward[:9] == ["burns", "for", "a", "second", "day", "PORT", "AMRIN", "A", "fire"]
    assert "a.m." in onward
    assert "Mr." in onward
    assert not [each for each in onward if not any(char.isalnum() for char in each)]
    back = visited(motion.previous_word, last())
    assert back == ["Depot", *onward[:-1]][::-1]


def test_sentences_are_visited_whatever_full_stops_they_hold() -> None:
    all_of_them = [
        "Depot burns for a second day",
        DATELINE,
        SPLIT,
        "Mr. Quillard of Kestrel denied it.",
        "He said: “It is false.”",
    ]
    assert visited(motion.next_sentence, first()) == all_of_them[1:]
    assert visited(motion.previous_sentence, last()) == all_of_them[::-1]


def test_paragraphs_are_visited_over_any_number_of_blank_lines() -> None:
    assert visited(motion.next_paragraph, first()) == [DATELINE, SPLIT, LAST]
    assert visited(motion.previous_paragraph, last()) == [LAST, SPLIT, DATELINE, TEXT[:28]]


def test_quotations_are_visited_without_their_marks_and_commas() -> None:
    said = ["We had warned them twice", "and nothing was done", "It is false"]
    assert visited(motion.next_quotation, first()) == said
    assert visited(motion.previous_quotation, last()) == said[::-1]


def test_candidates_are_names_and_quotations_that_are_not_taken() -> None:
    onward = visited(next_candidate, first())
    assert onward == [
        "PORT AMRIN",
        "Kestrel",
        "Tuesday",
        "We had warned them twice",
        "Ines Varga",
        "and nothing was done",
        "Quillard",
        "Kestrel",
        "It is false",
    ]
    assert visited(previous_candidate, last()) == onward[::-1]
    tagged = partial(next_candidate, taken=lambda span: TEXT[slice(*span)] == "Kestrel")
    assert visited(tagged, first()) == [each for each in onward if each != "Kestrel"]


def test_from_a_whole_sentence_the_words_are_those_in_it() -> None:
    sentence = motion.next_sentence(TEXT, first())
    assert words(motion.next_word(TEXT, sentence)) == "PORT"
    assert words(motion.previous_word(TEXT, sentence)) == "said"


def test_every_motion_is_soft_and_stays_where_it_leads_nowhere() -> None:
    for step in (motion.next_word, motion.next_sentence, motion.next_paragraph, next_candidate):
        assert not step(TEXT, first()).hard
        assert step(TEXT, last()) in (last(), motion.next_paragraph(TEXT, last()))
    for step in (motion.previous_word, motion.previous_quotation, previous_candidate):
        assert step(TEXT, first()) == first()


# Extending ----------------------------------------------------------------------------------------


def test_extending_by_words_takes_in_and_gives_back() -> None:
    now = on("Ines")
    now = motion.extended_by_word(TEXT, now, 1)
    assert (words(now), now.hard) == ("Ines Varga", True)
    now = motion.extended_by_word(TEXT, now, 1)
    assert words(now) == 'Ines Varga, "and'
    for expected in ("Ines Varga", "Ines", "Ines"):
        now = motion.extended_by_word(TEXT, now, -1)
        assert words(now) == expected


def test_the_other_end_extends_after_a_turn() -> None:
    now = motion.turned(exactly("Ines Varga"))
    now = motion.extended_by_word(TEXT, now, -1)
    assert words(now) == "master Ines Varga"
    for expected in ("Ines Varga", "Varga", "Varga"):
        now = motion.extended_by_word(TEXT, now, 1)
        assert words(now) == expected
    now = motion.extended_by_word(TEXT, motion.turned(now), 1)
    assert words(now) == 'Varga, "and'


def test_extending_over_the_other_end_turns_the_selection_over() -> None:
    now = exactly("Ines Varga")
    at = TEXT.index("warned")
    turned = motion.extended_to(now, (at, at + 6))
    assert turned.at_start
    assert words(turned).startswith("warned")
    assert words(turned).endswith("Ines Varga")
    end = TEXT.index("nothing") + 7
    back = motion.extended_to(turned, (end - 7, end))
    assert not back.at_start
    assert back.end == end


def test_the_active_end_is_a_code_point_inside() -> None:
    now = exactly("Ines")
    assert TEXT[now.active] == "s"
    assert TEXT[motion.turned(now).active] == "I"


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("ab\r\ncd", [1, 2, 4, 5, 6]),
        ("ae\u0301b", [1, 3, 4]),
        ("a👩‍🚒b🇸🇾c", [1, 4, 5, 7, 8]),
    ],
)
def test_characters_are_grapheme_clusters(text: str, edges: list[int]) -> None:
    now = motion.hard((0, 1))
    ends = [now.end]
    for _ in edges:
        now = motion.extended_by_character(text, now, 1)
        ends.append(now.end)
    assert ends == [*edges, edges[-1]]
    for edge in reversed(edges[:-1]):
        now = motion.extended_by_character(text, now, -1)
        assert now.end == edge
    assert motion.extended_by_character(text, now, -1) == now
    turned = motion.turned(motion.hard((edges[-2], edges[-1])))
    starts = []
    for _ in edges[:-1]:
        turned = motion.extended_by_character(text, turned, -1)
        starts.append(turned.start)
    assert starts == [0, *edges][-3::-1]


def ended(start: Selection) -> list[str]:
    """What the key for the end selects, one press after the other."""
    return visited(partial(motion.extended_to_clause, step=1), start)


def begun(start: Selection) -> list[str]:
    return visited(partial(motion.extended_to_clause, step=-1), start)


def test_the_end_goes_on_to_the_next_clause_edge() -> None:
    assert ended(on("We had")) == [
        "We had warned them twice",
        'We had warned them twice,"',
        'We had warned them twice," said harbour master Ines Varga',
        'We had warned them twice," said harbour master Ines Varga, "and nothing was done',
        'We had warned them twice," said harbour master Ines Varga, "and nothing was done."',
    ]


def test_the_start_goes_back_to_the_clause_edge_before() -> None:
    rest = SPLIT[: SPLIT.index("done") + 4]
    found = begun(on("done"))
    assert [each.removesuffix(rest[-len("and nothing was done") :]) for each in found] == [
        "",
        '"',
        'harbour master Ines Varga, "',
        'said harbour master Ines Varga, "',
        'them twice," said harbour master Ines Varga, "',
        'We had warned them twice," said harbour master Ines Varga, "',
        '"We had warned them twice," said harbour master Ines Varga, "',
    ]


def test_a_sentence_ends_before_its_period_and_behind_it() -> None:
    assert ended(on("denied")) == [
        "denied it",
        "denied it.",
        "denied it. He said",
        "denied it. He said: “It is false",
        "denied it. He said: “It is false.”",
    ]


def test_clause_edges_are_taken_exactly_and_make_that_end_the_active_one() -> None:
    now = motion.extended_to_clause(TEXT, on("We had"), 1)
    assert (now.hard, now.at_start, now.unit) == (True, False, "other")
    now = motion.extended_to_clause(TEXT, now, -1)
    assert (now.hard, now.at_start) == (True, True)
    assert words(now) == '"We had warned them twice'
    assert motion.extended_to_clause("", Selection(0, 0), 1) == Selection(0, 0)


# Growing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "chain"),
    [
        ("Varga", ["Ines Varga", "harbour master Ines Varga", SPLIT]),
        (
            "Quillard",
            [
                "Mr. Quillard",
                "Mr. Quillard of Kestrel denied it",
                "Mr. Quillard of Kestrel denied it.",
                LAST,
            ],
        ),
        ("warned", ["We had warned them twice", '"We had warned them twice,"', SPLIT]),
        ("burns", [TEXT[:28]]),
    ],
)
def test_growing_and_shrinking_back_the_same_way(start: str, chain: list[str]) -> None:
    now = on(start)
    for expected in chain:
        now = motion.grown(TEXT, now)
        assert (words(now), now.hard) == (expected, True)
    assert words(motion.grown(TEXT, now)) == chain[-1]
    for expected in [start, *chain][-2::-1]:
        now = motion.shrunk(TEXT, now)
        assert words(now) == expected
    assert words(motion.shrunk(TEXT, now)) == start


def test_growing_once_too_often_does_not_lose_the_way_back() -> None:
    now = motion.grown(TEXT, motion.grown(TEXT, on("Varga")))
    largest = motion.grown(TEXT, now)
    too_often = motion.grown(TEXT, largest)
    assert words(motion.shrunk(TEXT, too_often)) == words(now)


def test_what_was_never_grown_shrinks_to_the_next_object_at_its_start() -> None:
    assert words(motion.shrunk(TEXT, exactly(SPLIT))) == '"We had warned them twice,"'
    assert words(motion.shrunk(TEXT, exactly("Ines Varga"))) == "Ines"


@pytest.mark.parametrize(
    ("span", "left"),
    [
        (" and nothing was done. ", "and nothing was done"),
        ("killed at 3:50 a.m.", "killed at 3:50 a.m."),
        ("Is it over?", "Is it over?"),
        (" - ", " - "),
        ("one,", "one"),
    ],
)
def test_trimming_sheds_what_only_joins(span: str, left: str) -> None:
    start, end = motion.trimmed(span, (0, len(span)))
    assert span[start:end] == left


# Anything at all ----------------------------------------------------------------------------------


def again(text: str, now: Selection) -> Selection:
    return motion.at(text, now.active)


STEPS: tuple[Motion, ...] = (
    motion.next_word,
    motion.previous_word,
    motion.next_sentence,
    motion.previous_sentence,
    motion.next_paragraph,
    motion.previous_paragraph,
    motion.next_quotation,
    motion.previous_quotation,
    next_candidate,
    previous_candidate,
    motion.grown,
    motion.shrunk,
    partial(motion.extended_by_word, step=1),
    partial(motion.extended_by_word, step=-1),
    partial(motion.extended_by_character, step=1),
    partial(motion.extended_by_character, step=-1),
    lambda text, now: motion.turned(now),
    again,
)


@pytest.mark.parametrize("text", ["", "\n\n\n", " ", "...", "—", "\r\n\r\n", "\u200b", "\ufeff"])
def test_a_text_without_words_is_stood_on_and_left_alone(text: str) -> None:
    start = motion.at(text, 0)
    assert start.start == start.end
    for step in STEPS:
        now = step(text, start)
        assert 0 <= now.start <= now.end <= len(text)


TEXTS = st.text(
    st.sampled_from("aB e\u0301.,'\"“”‘’«»?!-–—\n\r\t0:()5\ufeff\u200b👩\u200d🚒🇸水\x00\u2028")
    | st.characters(exclude_categories=["Cs"]),
    max_size=60,
)


@given(
    text=TEXTS,
    position=st.integers(-3, 70),
    steps=st.lists(st.sampled_from(STEPS), max_size=12),
)
@settings(max_examples=150, deadline=None)
def test_no_text_and_no_motion_leads_out_of_the_text(
    text: str, position: int, steps: list[Motion]
) -> None:
    now = motion.at(text, position)
    for step in steps:
        before = now
        now = step(text, now)
        assert 0 <= now.start <= now.end <= len(text)
        assert now.start < now.end or before.start == before.end or step is again


@pytest.mark.parametrize("cluster", ["🇩🇪", "e" + "\u0301" * 200], ids=ascii)
def test_a_cluster_is_extended_over_whole_however_long(cluster: str) -> None:
    text = "x" + cluster * 60
    there = 1 + 40 * len(cluster)
    now = Selection(there, there + len(cluster))
    further = motion.extended_by_character(text, now, 1)
    assert text[further.start : further.end] == cluster * 2
    assert motion.extended_by_character(text, further, -1).end == now.end
