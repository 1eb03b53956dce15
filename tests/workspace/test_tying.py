"""Links at a desk: new sources, several claims, and types other than attribution."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.errors import InputError
from reader.model.annotation import Annotation
from reader.model.fragment import Fragment
from reader.text.numbering import Numbering
from reader.workspace import selection as motion
from reader.workspace.desk import Desk
from tests.model.build import TEXT
from tests.workspace.build import library, written

Tag = Callable[..., Annotation]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(library(tmp_path).open(written(tmp_path, TEXT)))


@pytest.fixture
def tag(desk: Desk) -> Tag:
    """Tags words of the text, and leaves them current."""

    def make(words: str, name: str, label: str | None = None) -> Annotation:
        at = TEXT.index(words)
        desk.select(motion.hard((at, at + len(words))))
        desk.tag(desk.session.scheme.kind(name), label)
        assert desk.current is not None
        return desk.current

    return make


def history(desk: Desk) -> int:
    return len(desk.session.history())


# Sources ------------------------------------------------------------------------------------------


def test_plain_words_become_the_source_of_a_near_claim(desk: Desk, tag: Tag) -> None:
    far = tag("A fire destroyed two warehouses", "claim")
    near = tag("We had warned them twice", "claim")
    cue = tag("said Ines", "cue")
    desk.move_to(TEXT.index("Varga"))
    assert desk.current is None
    assert desk.unsourced_near() == [near, far]
    before = history(desk)
    assert desk.attribute_new(near) == (
        "Tagged “Ines Varga” as source and attributed “We had warned them twice” to “Ines Varga”"
    )
    assert history(desk) == before + 1
    source = desk.current
    assert source is not None
    assert (source.kind, source.words) == ("source", "Ines Varga")
    assert [(link.via_id, other) for link, other in desk.attributions(near)] == [(cue.id, source)]
    assert desk.unsourced_near() == [far]
    desk.move_to(TEXT.index("officials"))
    desk.attribute_new(far)
    assert [other.words for _, other in desk.attributions(far)] == ["officials"]
    desk.undo()
    desk.undo()
    assert desk.unsourced_near() == [near, far]
    assert len(desk.layers) == 3


def test_a_source_that_is_there_is_taken(desk: Desk, tag: Tag) -> None:
    source = tag("Ines Varga", "source", "named")
    claim = tag("nothing was done", "claim")
    desk.move_to(TEXT.index("Ines"))
    said = "Attributed “nothing was done” to “Ines Varga”"
    assert desk.attribute_new(claim) == said
    assert (desk.current, len(desk.layers)) == (source, 2)
    assert desk.attribute_new([claim]) == "“nothing was done” is attributed so already"


def test_a_new_source_ends_being_without_one(desk: Desk, tag: Tag) -> None:
    claim = tag("nothing was done", "claim")
    desk.no_source(claim)
    assert desk.unsourced_near() == []
    desk.move_to(TEXT.index("Varga"))
    desk.attribute_new(desk.layers.get(claim.id))
    assert not desk.layers.get(claim.id).unattributed


def test_several_claims_go_to_one_source_in_one_change(desk: Desk, tag: Tag) -> None:
    claims = [tag(each, "claim") for each in ("We had warned them twice", "nothing was done")]
    cue = tag("said Ines", "cue")
    source = tag("Varga", "source")
    before = history(desk)
    assert desk.attribute_all(claims, source) == (
        "Attributed “We had warned them twice” and 1 more to “Varga”"
    )
    assert history(desk) == before + 1
    assert [link.via_id for link in desk.layers.links] == [cue.id, None]
    assert desk.attribute_all(claims, source) == ("All of them are attributed to Varga already")
    with pytest.raises(InputError, match="no claim to attribute"):
        desk.attribute_all([], source)
    with pytest.raises(InputError, match="goes from a claim"):
        desk.attribute_all([source], source)


def test_all_sources_are_offered_in_reading_order(desk: Desk, tag: Tag) -> None:
    names = ("a clerk of the port", "officials", "Ines Varga")
    for name in names:
        tag(name, "source")
    tag("nothing was done", "claim")
    assert [each.words for each in desk.all_partners()] == [names[1], names[2], names[0]]
    desk.move_to(0)
    assert desk.all_partners() == []
    assert desk.link_types() == ()


# Other types --------------------------------------------------------------------------------------


def test_links_of_other_types(desk: Desk, tag: Tag) -> None:
    fire = tag("A fire destroyed two warehouses", "claim")
    port = tag("PORT AMRIN", "entity", "place")
    monday = tag("Monday", "entity", "date")
    claim = tag("nothing was done", "claim")
    assert [each.name for each in desk.link_types()] == ["attribution", "about", "contradicts"]
    about, contradicts = desk.link_types()[1:]
    assert desk.link_partners(about) == [monday, port]
    assert desk.link_partners(contradicts) == [fire]
    assert desk.tie(claim, monday, about) == "“nothing was done” is about “Monday”"
    assert desk.tie(port, claim, about) == "“nothing was done” is about “PORT AMRIN”"
    assert desk.tie(claim, fire, contradicts) == (
        "“nothing was done” contradicts “A fire destroyed two warehouses”"
    )
    assert desk.tie(fire, claim, contradicts).endswith("that was said already")
    assert len(desk.layers.links) == 3
    tie = desk.own_tie(fire, claim, contradicts)
    assert tie is not None
    assert tie == desk.own_tie(claim, fire, contradicts)
    assert desk.own_tie(monday, claim, about) is not None
    assert desk.own_tie(claim, fire) is None
    assert [(each.word, each.other.words) for each in desk.ties(claim)] == [
        ("is about", "Monday"),
        ("is about", "PORT AMRIN"),
        ("contradicts", "A fire destroyed two warehouses"),
    ]
    assert [each.word for each in desk.ties(monday)] == ["is in"]
    assert desk.untie(tie) == "Untied “nothing was done” from “A fire destroyed two warehouses”"


def test_same_entities_are_the_same_either_way(desk: Desk, tag: Tag) -> None:
    one = tag("PORT AMRIN", "entity", "place")
    other = tag("port.", "entity", "place")
    about, same = desk.link_types()
    assert desk.link_partners(about) == []
    assert desk.link_partners(same) == [one]
    assert desk.tie(other, one, same) == "“port.” is the same as “PORT AMRIN”"
    assert desk.tie(one, other, same).endswith("said already")
    assert len(desk.layers.links) == 1


def test_an_attribution_by_its_type_is_one(desk: Desk, tag: Tag) -> None:
    source = tag("Ines Varga", "source")
    claim = tag("nothing was done", "claim")
    attribution = desk.link_types()[0]
    assert desk.link_partners(attribution) == [source]
    assert desk.tie(source, claim, attribution).startswith("Attributed “nothing was done” to Ines")


# The document -------------------------------------------------------------------------------------


def test_done_and_not_done_again(desk: Desk, tag: Tag) -> None:
    for told, state in (
        ("This document is done, with nothing found", "done with nothing found"),
        ("This document is new again", "new"),
    ):
        assert (desk.mark_done(), desk.session.document.state) == (told, state)
    tag("officials", "source")
    for told, state in (
        ("This document is done", "done"),
        ("This document is in progress again", "in progress"),
    ):
        assert (desk.mark_done(), desk.session.document.state) == (told, state)
    desk.undo()
    assert desk.session.document.state == "done"


def test_a_quotation_goes_with_its_place(desk: Desk, tag: Tag) -> None:
    desk.select(motion.hard((72, 97)))
    assert desk.quotation() == ("“" + TEXT[72:97] + "”\nharbour-fire.txt, paragraph 2, 72–97")
    desk.session.set_document({"url": "https://example.org/a"})
    claim = tag("We had warned them twice", "claim")
    desk.join_selection(claim, Fragment(117, 133))
    assert desk.quotation(9) == (
        f"“We had warned them twice … {TEXT[117:133]}”\n"
        "harbour-fire.txt, https://example.org/a, paragraph 9, 73–97, 117–133"
    )


def test_going_to_a_percentage_and_a_paragraph(desk: Desk) -> None:
    desk.to_percent(100)
    assert TEXT[desk.selection.start : desk.selection.end] == "port"
    desk.to_percent(0)
    assert desk.selection.start == 0
    desk.to_percent(50)
    assert abs(desk.selection.start - len(TEXT) // 2) < 12
    numbering = Numbering(desk.text)
    numbering.grow()
    assert desk.to_paragraph(numbering, 3)
    assert TEXT[desk.selection.start :].startswith("The harbour will")
    assert not desk.to_paragraph(numbering, 4)
