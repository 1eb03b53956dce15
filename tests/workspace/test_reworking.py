"""Marks made into others: reshaped, joined, of another kind; each taken back whole."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reader.errors import InputError
from reader.model.annotation import Annotation
from reader.model.change import Change
from reader.model.fragment import Fragment
from reader.model.layer import Layers
from reader.model.link import Link
from reader.model.scheme import DEFAULT
from reader.workspace import reworking
from tests.model.build import TEXT, document, mark, of, tie
from tests.workspace.build import author

CLAIM = of("We had warned them twice", 1, label="quotation", attributes={"status": "disputed"})
OTHER = of("nothing was done", 5, note="ask", attributes={"status": "refuted", "priority": "low"})
SOURCE = of("Ines Varga", 2, kind="source", label="named")
CUE = of("said Ines", 3, kind="cue")
PORT = of("PORT AMRIN", 7, kind="entity", label="place")
LINK = tie(4, CLAIM, SOURCE, CUE)
ANNA = author()


def layers(*records: Annotation | Link) -> Layers:
    marks = [each for each in records if isinstance(each, Annotation)]
    links = [each for each in records if isinstance(each, Link)]
    return Layers(document(), marks, links)


def after(start: Layers, change: Change | None) -> Layers:
    """The state after a change, once its inverse has been seen to lead back."""
    assert change is not None
    before = (start.document, start.annotations, start.links, start.open_claims)
    start.apply(change)
    start.apply(change.inverse(annotator="anna", at="", way="undo"))
    assert (start.document, start.annotations, start.links, start.open_claims) == before
    start.apply(change)
    return start


# Places -------------------------------------------------------------------------------------------


def test_new_fragments_are_quoted_anew() -> None:
    start = layers(replace(CLAIM, anchor="moved"), SOURCE, LINK)
    wanted = mark(1, (73, 79), (117, 138))
    change = reworking.reshape(TEXT, ANNA, start.get(CLAIM.id), wanted.fragments)
    now = after(start, change).get(CLAIM.id)
    assert (now.fragments, now.quote) == (wanted.fragments, wanted.quote)
    assert (now.prefix, now.suffix, now.anchor) == (wanted.prefix, wanted.suffix, "same")
    assert (now.label, now.attributes) == (CLAIM.label, CLAIM.attributes)
    assert now.updated != CLAIM.updated
    assert change is not None
    assert change.did == "changed “We had warned them twice” to “We had … “and nothing was done”"
    assert start.links == [LINK]


def test_the_same_fragments_are_no_change_and_wrong_ones_are_refused() -> None:
    assert reworking.reshape(TEXT, ANNA, CLAIM, CLAIM.fragments) is None
    for wrong in ((), (Fragment(5, 5),), (Fragment(0, len(TEXT) + 1),)):
        with pytest.raises(InputError):
            reworking.reshape(TEXT, ANNA, CLAIM, wrong)


def test_two_become_one_with_what_is_said_of_both() -> None:
    start = layers(replace(CLAIM, note="letters"), OTHER, SOURCE, tie(4, OTHER, SOURCE))
    kept, other = start.get(CLAIM.id), start.get(OTHER.id)
    change = reworking.join(start, DEFAULT, TEXT, ANNA, kept, other)
    now = after(start, change)
    joined = now.get(CLAIM.id)
    assert joined.quote == ("We had warned them twice", "nothing was done")
    assert (joined.label, joined.note) == ("quotation", "letters\nask")
    assert joined.attributes == {"status": "disputed", "priority": "low"}
    assert OTHER.id not in now
    assert [(link.from_id, link.to_id) for link in now.links] == [(CLAIM.id, SOURCE.id)]
    assert change.did == "joined “nothing was done” to “We had warned them twice”"


def test_links_are_not_doubled_nor_tied_to_themselves() -> None:
    start = layers(
        CLAIM,
        OTHER,
        SOURCE,
        LINK,
        CUE,
        tie(10, OTHER, SOURCE),
        tie(11, CLAIM, OTHER, type="contradicts"),
        tie(12, OTHER, SOURCE, annotator="boris"),
    )
    now = after(start, reworking.join(start, DEFAULT, TEXT, ANNA, CLAIM, OTHER))
    assert [(link.annotator, link.via_id) for link in now.links] == [
        ("anna", CUE.id),
        ("boris", None),
    ]


def test_a_source_by_joining_ends_being_without_one() -> None:
    start = layers(replace(CLAIM, attributes={"unattributed": True}), OTHER, SOURCE)
    kept = start.get(CLAIM.id)
    without = reworking.join(start, DEFAULT, TEXT, ANNA, kept, OTHER)
    record = without.edits[0].after
    assert isinstance(record, Annotation)
    assert record.unattributed
    start = layers(kept, OTHER, SOURCE, tie(4, OTHER, SOURCE))
    now = after(start, reworking.join(start, DEFAULT, TEXT, ANNA, kept, OTHER))
    assert not now.get(CLAIM.id).unattributed
    assert now.open_claims == 0


def test_a_joined_cue_stays_the_way_of_its_links() -> None:
    said = of("according to", 8, kind="cue")
    start = layers(CLAIM, SOURCE, CUE, said, LINK)
    now = after(start, reworking.join(start, DEFAULT, TEXT, ANNA, said, CUE))
    assert [link.via_id for link in now.links] == [said.id]


# Kinds --------------------------------------------------------------------------------------------


def test_what_another_kind_cannot_have_goes_in_the_same_change() -> None:
    about = tie(11, CLAIM, PORT, type="about")
    start = layers(CLAIM, SOURCE, CUE, PORT, LINK, about)
    change = reworking.retag(start, DEFAULT, ANNA, [CLAIM], "source", None)
    assert change is not None
    assert change.did == (
        "marked “We had warned them twice” as source instead of claim; 2 links went with that"
    )
    now = after(start, change)
    assert (now.get(CLAIM.id).kind, now.get(CLAIM.id).label) == ("source", None)
    assert now.get(CLAIM.id).attributes == {}
    assert now.links == []


def test_a_cue_that_is_none_any_more_leaves_its_links() -> None:
    start = layers(CLAIM, SOURCE, CUE, LINK)
    change = reworking.retag(start, DEFAULT, ANNA, [CUE], "entity", "event")
    assert change is not None
    assert change.did == "marked “said Ines” as event instead of cue"
    (link,) = after(start, change).links
    assert link.via_id is None


def test_links_between_marks_that_change_together_are_judged_by_what_both_are_then() -> None:
    same = tie(11, SOURCE, CUE, type="same as")
    start = layers(SOURCE, CUE, same, CLAIM, tie(12, CLAIM, SOURCE, type="of another scheme"))
    now = after(start, reworking.retag(start, DEFAULT, ANNA, [SOURCE, CUE], "entity", None))
    assert {link.type for link in now.links} == {"same as", "of another scheme"}


def test_the_kind_alone_keeps_the_label_of_those_that_have_it() -> None:
    start = layers(CLAIM, OTHER, PORT)
    change = reworking.retag(start, DEFAULT, ANNA, [CLAIM, OTHER, PORT], "claim", None)
    assert change is not None
    assert [edit.record for edit in change.edits] == [replace(PORT, kind="claim", label=None,
            updated=change.at)]  # fmt: skip
    assert after(start, change).get(CLAIM.id).label == "quotation"
    assert reworking.retag(start, DEFAULT, ANNA, [CLAIM, OTHER], "claim", None) is None
    many = reworking.retag(start, DEFAULT, ANNA, [CLAIM, OTHER], "claim", "causal")
    assert many is not None
    assert many.did == "marked “We had warned them twice” and 1 more as causal"


def test_attributes_of_no_scheme_and_no_source_part_ways() -> None:
    claim = replace(CLAIM, attributes={"unattributed": True, "status": "disputed", "own": 1})
    start = layers(claim)
    now = after(start, reworking.retag(start, DEFAULT, ANNA, [claim], "entity", None))
    assert now.get(claim.id).attributes == {"own": 1}
    assert now.open_claims == 0


def test_labels_are_given_and_taken_in_one_change() -> None:
    start = layers(CLAIM, OTHER)
    change = reworking.relabel(ANNA, [CLAIM, OTHER], "causal")
    assert change is not None
    assert change.did == "labelled “We had warned them twice” and 1 more causal"
    now = after(start, change)
    assert {each.label for each in now.annotations} == {"causal"}
    assert reworking.relabel(ANNA, now.annotations, "causal") is None
    taken = reworking.relabel(ANNA, now.annotations[:1], None)
    assert taken is not None
    assert taken.did == "labelled “We had warned them twice” nothing"
