"""What a key acts on: objects for tag keys, the current annotation, near sources."""

from __future__ import annotations

import pytest

from reader.model.annotation import Annotation
from reader.model.fragment import Fragment
from reader.model.layer import Layers
from reader.model.link import Link
from reader.model.scheme import DEFAULT
from reader.workspace import selection as motion
from reader.workspace import targets
from reader.workspace.selection import Selection
from tests.model.build import TEXT, document, mark, of, tie

ARTICLE = """\
PORT AMRIN - U.S. Defense Secretary Mark Esper said on Monday that the pump had failed.

“We had warned them twice,” said harbour master Ines Varga, “and nothing was done.”

"It failed. It was old," said one of two officials. The fire was not put out, according to a clerk.
"""


def taken(selection: Selection, kind: str) -> list[str]:
    found = targets.natural(ARTICLE, selection, DEFAULT.kind(kind))
    return [ARTICLE[start:end] for start, end in found]


def on(quote: str, word: str = "") -> Selection:
    """Moved to a word, the first one of the quote unless another is named."""
    return motion.at(ARTICLE, ARTICLE.index(quote) + quote.index(word))


def exactly(quote: str) -> Selection:
    at = ARTICLE.index(quote)
    return motion.hard((at, at + len(quote)))


# What a kind's key takes --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "kind", "parts"),
    [
        (on("Mark Esper"), "entity", ["Mark Esper"]),
        (on("Esper said"), "entity", ["Mark Esper"]),
        (on("pump"), "entity", ["pump"]),
        (on("Varga,"), "source", ["Ines Varga"]),
        (on("two officials", "officials"), "source", ["two officials"]),
        (on("said on"), "cue", ["said"]),
        (on("according to a clerk"), "cue", ["according to"]),
        (
            on("pump"),
            "claim",
            [ARTICLE.splitlines()[0].rstrip(".")],
        ),
        (on("warned"), "claim", ["We had warned them twice", "and nothing was done"]),
        (on("nothing"), "claim", ["We had warned them twice", "and nothing was done"]),
        (on("was old"), "claim", ["It failed. It was old"]),
    ],
)
def test_a_soft_selection_is_widened_to_the_kinds_object(
    start: Selection, kind: str, parts: list[str]
) -> None:
    assert taken(start, kind) == parts


@pytest.mark.parametrize("kind", [kind.name for kind in DEFAULT.kinds])
@pytest.mark.parametrize("quote", ["Esper", "had warned", "“We", "-", " said "])
def test_a_hard_selection_is_taken_exactly(kind: str, quote: str) -> None:
    assert taken(exactly(quote), kind) == [quote]


def test_a_sentence_landed_on_is_taken_without_its_full_stop() -> None:
    last = motion.next_sentence(ARTICLE, on("two officials", "officials"))
    assert taken(last, "claim") == ["The fire was not put out, according to a clerk"]


def test_a_split_quotation_landed_on_as_a_sentence_is_one_claim_of_two_parts() -> None:
    sentence = motion.next_sentence(ARTICLE, on("failed."))
    assert taken(sentence, "claim") == ["We had warned them twice", "and nothing was done"]


def test_a_sentence_landed_on_within_a_quotation_is_taken_alone() -> None:
    first = motion.previous_sentence(ARTICLE, on("It failed", "failed"))
    assert taken(first, "claim") == ["It failed"]
    assert taken(motion.next_sentence(ARTICLE, first), "claim") == ["It was old"]


def test_a_paragraph_landed_on_is_taken_whole() -> None:
    paragraph = motion.next_paragraph(ARTICLE, on("harbour"))
    assert taken(paragraph, "claim") == [ARTICLE.splitlines()[4].rstrip(".")]


def test_an_empty_selection_is_left_to_be_refused() -> None:
    assert targets.natural("", motion.at("", 0), DEFAULT.kind("claim")) == (Fragment(0, 0),)


# The current annotation ---------------------------------------------------------------------------

claim = of("A fire destroyed two warehouses on Monday", 1)
inner = of("two warehouses", 2, kind="entity", label="place")
split = mark(
    3,
    *(
        (TEXT.index(part), TEXT.index(part) + len(part))
        for part in ("We had warned them twice", "and nothing was done")
    ),
)
varga = of("Ines Varga", 4, kind="source")
officials = of("officials", 5, kind="source")
clerk = of("a clerk of the port", 6, kind="source")
reopen = of("The harbour will reopen", 7)


def layers(*annotations: Annotation, links: tuple[Link, ...] = ()) -> Layers:
    return Layers(document(), annotations, links)


def stretch(words: str) -> Selection:
    at = TEXT.index(words)
    return motion.hard((at, at + len(words)))


def test_the_smallest_that_holds_the_selection_is_current() -> None:
    both = layers(claim, inner)
    assert targets.current(both, stretch("warehouses"), None) == inner
    assert targets.current(both, stretch("fire"), None) == claim
    assert targets.current(both, stretch("destroyed two"), None) == claim
    assert targets.current(both, stretch("on Monday, off"), None) is None
    assert targets.current(both, stretch("officials"), None) is None


def test_the_one_visited_is_current_while_the_selection_touches_it() -> None:
    both = layers(claim, inner)
    assert targets.current(both, stretch("warehouses"), claim.id) == claim
    assert targets.current(both, stretch("Monday, officials"), claim.id) == claim
    assert targets.current(both, stretch("officials"), claim.id) is None
    assert targets.current(both, stretch("warehouses"), "no such id") == inner


def test_the_gap_of_a_split_mark_is_not_the_mark() -> None:
    one = layers(split)
    assert targets.current(one, stretch("warned"), None) == split
    assert targets.current(one, stretch("nothing"), None) == split
    assert targets.current(one, stretch("Varga"), None) is None


def test_those_that_hold_the_selection_come_smallest_first() -> None:
    assert targets.holding(layers(claim, inner), stretch("two")) == [inner, claim]


def test_a_twin_has_the_same_kind_parts_and_annotator() -> None:
    there = layers(claim, split)
    assert targets.twin(there, "claim", split.fragments, "anna") == split
    assert targets.twin(there, "claim", split.fragments[:1], "anna") is None
    assert targets.twin(there, "entity", split.fragments, "anna") is None
    assert targets.twin(there, "claim", split.fragments, "boris") is None


# Whom `a` offers ----------------------------------------------------------------------------------


def test_a_claim_is_offered_the_sources_nearest_first() -> None:
    there = layers(claim, inner, split, varga, officials, clerk, reopen)
    assert targets.partners(there, claim) == [officials, varga, clerk]
    assert targets.partners(there, split) == [varga, officials, clerk]
    assert targets.partners(there, reopen) == [clerk, varga, officials]


def test_a_source_is_offered_the_claims_without_one() -> None:
    said_so = of("The harbour will reopen", 7, attributes={"unattributed": True})
    there = layers(claim, split, varga, officials, said_so, links=(tie(9, claim, officials),))
    assert targets.partners(there, varga) == [split]
    assert [there.lacks_source(each) for each in (claim, split, said_so)] == [
        False,
        True,
        False,
    ]


def test_sources_that_a_claim_has_are_offered_too_to_be_untied() -> None:
    there = layers(split, varga, officials, links=(tie(9, split, varga),))
    assert targets.partners(there, split) == [varga, officials]


said = of("said Ines", 11, kind="cue")
according = of("according to", 12, kind="cue")


def test_the_cue_of_a_tie_lies_between_or_beside_claim_and_source() -> None:
    there = layers(split, varga, reopen, clerk, said, according)
    assert targets.cue_between(there, split, varga) == said
    assert targets.cue_between(there, reopen, clerk) == according
    assert targets.cue_between(layers(split, varga, according), split, varga) is None


def test_a_cue_that_another_claim_goes_by_is_not_taken() -> None:
    there = layers(claim, split, varga, said, links=(tie(9, claim, varga, said),))
    assert targets.cue_between(there, split, varga) is None


def test_a_cue_far_from_its_claim_is_not_taken() -> None:
    far = mark(20, (5, 9), (900, 905), text=TEXT * 9, kind="claim")
    cue = mark(21, (400, 404), text=TEXT * 9, kind="cue")
    source = mark(22, (1100, 1105), text=TEXT * 9, kind="source")
    there = Layers(document(TEXT * 9), (far, cue, source))
    assert targets.cue_between(there, far, source) == cue
    near = mark(23, (5, 9), text=TEXT * 9, kind="claim")
    assert (
        targets.cue_between(Layers(document(TEXT * 9), (near, cue, source)), near, source) is None
    )


def test_an_entity_is_offered_nothing() -> None:
    assert targets.partners(layers(inner, varga), inner) == []


def test_no_more_are_offered_than_there_are_digits() -> None:
    many = [mark(number, (number, number + 1), kind="source") for number in range(10, 30)]
    offered = targets.partners(layers(claim, *many), claim)
    assert len(offered) == targets.NUMBERED == 9


# Partners of any link -----------------------------------------------------------------------------


def test_partners_of_other_links_are_at_the_other_end() -> None:
    claim, other = of("We had warned them twice", 1), of("nothing was done", 2)
    port, monday = of("PORT AMRIN", 3, kind="entity"), of("Monday", 4, kind="entity")
    layers = Layers(document(), [claim, other, port, monday])
    about, same, against = (DEFAULT.link(each) for each in ("about", "same as", "contradicts"))
    assert targets.link_partners(layers, claim, about) == [monday, port]
    assert targets.link_partners(layers, monday, about) == [claim, other]
    assert targets.link_partners(layers, monday, same) == [port]
    assert targets.link_partners(layers, claim, against) == [other]
    assert targets.link_partners(layers, claim, same) == []
    assert targets.all_partners(layers, other, about) == [port, monday]
    assert targets.all_partners(layers, other, against) == [claim]


def test_no_more_than_can_be_numbered_are_near_and_all_are_all() -> None:
    source = of("Ines Varga", 99, kind="source")
    claims = [mark(each, (each, each + 3)) for each in range(30)]
    layers = Layers(document(), [source, *claims])
    attribution = DEFAULT.link("attribution")
    near = targets.link_partners(layers, source, attribution)
    assert near == claims[:20:-1]
    assert targets.unsourced_near(layers, source.fragments[0]) == near
    assert targets.all_partners(layers, source, attribution) == claims


def test_what_a_stretch_can_be_joined_to() -> None:
    held = mark(1, (0, 10))
    near, far = mark(2, (30, 34), kind="cue"), mark(3, (60, 70), kind="entity")
    theirs = mark(4, (20, 24), annotator="boris")
    layers = Layers(document(), [held, near, far, theirs])
    assert targets.marks_near(layers, Fragment(0, 5), "anna") == [near, far]
    assert targets.marks_near(layers, Fragment(8, 15), "anna") == [held, near, far]
    assert targets.joinable(layers, near) == []
