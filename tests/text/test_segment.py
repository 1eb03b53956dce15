"""All text objects together: on a real article, on hostile text and in time."""

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text import clauses, names, quotes, segment
from reader.text import paragraphs as paragraphs_module

ARTICLE = Path(__file__).parents[3] / "shared/data/articles/embassy.txt"

AT_A_POSITION: list[Callable[[str, int], object]] = [
    segment.paragraph_at,
    segment.next_paragraph,
    segment.previous_paragraph,
    segment.word_at,
    segment.next_word,
    segment.previous_word,
    segment.sentence_at,
    segment.next_sentence,
    segment.previous_sentence,
    segment.quotation_at,
    segment.name_at,
    segment.titled_name_at,
    segment.noun_run_at,
    segment.verb_run_at,
    segment.clause_end_after,
    segment.clause_start_before,
]
IN_A_STRETCH: list[Callable[[str, int, int], list[object]]] = [
    lambda text, start, end: [*segment.words(text, start, end)],
    lambda text, start, end: [*segment.sentences(text, start, end)],
    lambda text, start, end: [*segment.names(text, start, end)],
    lambda text, start, end: [*segment.quotations(text, start, end)],
]


@pytest.fixture(scope="module")
def article() -> str:
    if not ARTICLE.exists():
        pytest.skip("the article is not here")
    return ARTICLE.read_bytes().decode()


def paragraphs(text: str) -> list[segment.Span]:
    found = []
    span: segment.Span | None = segment.paragraph_at(text, 0)
    while span is not None:
        found.append(span)
        span = segment.next_paragraph(text, span[1])
    return found


def test_sentences_of_a_real_article(article: str) -> None:
    counts = [len(segment.sentences(article, *span)) for span in paragraphs(article)]
    assert counts == [1, 2, 1, 1, 4, 5, 3, 1]  # by hand


def test_quotations_of_a_real_article(article: str) -> None:
    found = segment.quotations(article, 0, len(article))
    assert [article[one.inner[0] :].split()[0] for one in found] == ["At", "Iran", "Your"]
    assert all(one.closed for one in found)


def test_names_of_a_real_article(article: str) -> None:
    found = [article[start:end] for start, end in segment.names(article, 0, len(article))]
    assert found.count("Mark Esper") == 2
    assert found.count("Donald J. Trump") == found.count("Donald Trump") == 1
    assert {"U.S. Embassy", "82nd Airborne Division", "December 31", "IRF"} <= set(found)
    assert not {"The", "On", "Secretary", "Approximately", "According"} & set(found)
    titled = segment.titled_name_at(article, article.index("Mark Esper"))
    assert titled is not None
    assert article[slice(*titled)] == "U.S. Secretary of Defense Mark Esper"


def test_sources_and_cues_of_a_real_article(article: str) -> None:
    source = segment.noun_run_at(article, article.index("defense officials"))
    cue = segment.verb_run_at(article, article.index("According"))
    assert source is not None
    assert cue is not None
    assert article[slice(*source)] == "U.S. defense officials"
    assert article[slice(*cue)] == "According to"


@given(st.text(max_size=40))
def test_nothing_raises_on_any_text(text: str) -> None:
    for position in {0, len(text) // 2, len(text)}:
        for function in AT_A_POSITION:
            function(text, position)
    for cut in IN_A_STRETCH:
        cut(text, 0, len(text))


def test_nothing_raises_on_every_control() -> None:
    text = "".join(map(chr, range(0x20))) + "A\x7f" + "".join(map(chr, range(0x80, 0xA0))) + "b"
    for position in range(len(text) + 1):
        for function in AT_A_POSITION:
            function(text, position)


HOSTILE = """.|"| '|'a |“|‘s’ s’ |a.b.|A |General |x@|www...|Bank of the |Ab van |the |has |\
e\u0301|👩\u200d|?” A |。”| \n|Ministry of A and |水|a|A|水A| that|--"""

KEPT = (
    clauses._edges,
    names._named,
    quotes.quotations_of,
    paragraphs_module.pieces,
    paragraphs_module._unit,
)
"""What is kept of a paragraph, for as long as one is in it."""


def cost(work: Callable[[], object]) -> float:
    """The CPU time of doing something; of three times the least, as other loads only add to it."""
    taken = []
    for _ in range(3):
        for each in KEPT:
            each.cache_clear()
        before = process_time()
        work()
        taken.append(process_time() - before)
    return min(taken)


def at_its_middle(text: str) -> None:
    for function in AT_A_POSITION:
        function(text, len(text) // 2)


@pytest.mark.parametrize("unit", HOSTILE.split("|"))
def test_hostile_paragraphs_cost_no_more_than_their_length(unit: str) -> None:
    """Four times the text takes about four times as long, where a square would take sixteen."""

    def whole(text: str) -> None:
        for cut in IN_A_STRETCH:
            cut(text, 0, len(text))
        at_its_middle(text)

    short, long = (unit * (length // len(unit)) for length in (3_000, 12_000))
    assert cost(lambda: whole(long)) < 8 * cost(lambda: whole(short)) + 0.05


def test_a_key_in_a_huge_text_looks_at_its_paragraph_only() -> None:
    small, huge = (
        "Ines Varga left the U.S. The fire went on.\n\n" * many for many in (10, 100_000)
    )
    assert cost(lambda: at_its_middle(huge)) < 4 * cost(lambda: at_its_middle(small)) + 0.01


@pytest.mark.parametrize("unit", ["水", "a", "--- "])
def test_signs_without_end_cost_no_more_than_prose(unit: str) -> None:
    odd, prose = (
        "".join(each for _ in range(20_000 // len(each)))
        for each in (unit, "Ines Varga left the quay in a boat that had no sail, he said. ")
    )
    assert cost(lambda: at_its_middle(odd)) < 4 * cost(lambda: at_its_middle(prose)) + 0.01
