"""What each command does, as a change; nothing here is written."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reader.errors import InputError
from reader.model.annotation import Annotation
from reader.model.change import Change, Edit
from reader.model.document import Document
from reader.model.fragment import Fragment
from reader.model.layer import Layers
from reader.model.link import Link
from reader.model.scheme import DEFAULT, LinkType, Scheme
from reader.workspace import edits
from tests.model.build import TEXT, document, of, tie
from tests.workspace.build import author

CLAIM = of("We had warned them twice", 1)
OTHER = of("nothing was done", 5)
SOURCE = of("Ines Varga", 2, kind="source", label="named")
CLERK = of("a clerk of the port", 6, kind="source", label="unnamed")
CUE = of("said Ines", 3, kind="cue")
LINK = tie(4, CLAIM, SOURCE, CUE)
ANNA = author()


def layers(*records: Annotation | Link, **fields: str) -> Layers:
    marks = [each for each in records if isinstance(each, Annotation)]
    links = [each for each in records if isinstance(each, Link)]
    return Layers(document(**fields), marks, links)


def after(start: Layers, change: Change | None) -> Layers:
    """The state after a change, once its inverse has been seen to lead back."""
    assert change is not None
    before = (start.document, start.annotations, start.links)
    start.apply(change)
    start.apply(change.inverse(annotator="anna", at="", way="undo"))
    assert (start.document, start.annotations, start.links) == before
    start.apply(change)
    return start


def test_a_mark_quotes_the_text_and_its_surroundings() -> None:
    ranges = (Fragment(72, 97), Fragment(117, 138))
    change = edits.tag(layers(), TEXT, ANNA, "claim", ranges, label="statement", note="first")
    made = change.edits[0].after
    assert isinstance(made, Annotation)
    assert made.quote == tuple(TEXT[start:end] for start, end in ranges)
    assert TEXT[:72].endswith(made.prefix)
    assert TEXT[138:].startswith(made.suffix)
    assert (len(made.prefix), len(made.suffix)) == (32, 32)
    assert (made.kind, made.label, made.note) == ("claim", "statement", "first")
    assert (made.annotator, made.origin) == ("anna", {"by": "hand"})
    assert made.created == made.updated == change.at


def test_the_first_mark_puts_the_document_in_progress() -> None:
    state = layers(state="new")
    now = after(state, edits.tag(state, TEXT, ANNA, "claim", (Fragment(0, 4),)))
    assert now.document.state == "in progress"
    second = edits.tag(now, TEXT, ANNA, "claim", (Fragment(5, 9),))
    assert [type(edit.record) for edit in second.edits] == [Annotation]


@pytest.mark.parametrize("state", ["done", "needs review"])
def test_a_mark_leaves_other_states_alone(state: str) -> None:
    change = edits.tag(layers(state=state), TEXT, ANNA, "claim", (Fragment(0, 4),))
    assert not [edit for edit in change.edits if isinstance(edit.record, Document)]


def test_a_mark_outside_of_the_text_is_refused() -> None:
    with pytest.raises(InputError, match="outside the text"):
        edits.tag(layers(), TEXT, ANNA, "claim", (Fragment(0, len(TEXT) + 1),))


@pytest.mark.parametrize("ranges", [(), (Fragment(4, 4),), (Fragment(9, 4),), (Fragment(-2, 4),)])
def test_a_mark_of_nothing_is_refused(ranges: tuple[Fragment, ...]) -> None:
    with pytest.raises(InputError):
        edits.tag(layers(), TEXT, ANNA, "claim", ranges)


def test_fragments_are_put_in_order() -> None:
    """What is written must be what can be read again."""
    ranges = (Fragment(20, 25), Fragment(0, 4), Fragment(22, 30))
    made = edits.tag(layers(), TEXT, ANNA, "claim", ranges).edits[0].after
    assert isinstance(made, Annotation)
    assert made.fragments == ((0, 4), (20, 30))
    assert made.quote == (TEXT[0:4], TEXT[20:30])


def test_deleting_an_end_deletes_its_links() -> None:
    for gone in (CLAIM, SOURCE):
        now = after(layers(CLAIM, SOURCE, CUE, LINK), edits.untag(layers(LINK), ANNA, gone))
        assert now.links == [] or pytest.fail("the link stayed")


def test_deleting_a_cue_leaves_its_link_without_one() -> None:
    state = layers(CLAIM, SOURCE, CUE, LINK)
    now = after(state, edits.untag(state, ANNA, CUE))
    (link,) = now.links
    assert link.via_id is None
    assert link.updated != LINK.updated
    assert now.links_of(CUE.id) == []


def test_deleting_goes_with_all_links() -> None:
    links = (LINK, tie(7, OTHER, SOURCE), tie(8, CLAIM, CLERK))
    state = layers(CLAIM, OTHER, SOURCE, CLERK, CUE, *links)
    assert [each.id for each in after(state, edits.untag(state, ANNA, SOURCE)).links] == [
        links[2].id
    ]


@pytest.mark.parametrize(
    ("label", "note", "did"),
    [
        ("statement", "", "labelled “We had warned them twice” statement"),
        (None, "look", "noted on “We had warned them twice”"),
        ("statement", "look", "labelled “We had warned them twice” statement, with a note"),
    ],
)
def test_label_and_note_are_one_change(label: str | None, note: str, did: str) -> None:
    state = layers(CLAIM)
    change = edits.describe_anew(ANNA, CLAIM, label=label, note=note)
    assert change is not None
    assert (change.did, len(change.edits)) == (did, 1)
    now = after(state, change).get(CLAIM.id)
    assert (now.label, now.note, now.quote) == (label, note, CLAIM.quote)


def test_saying_the_same_again_is_no_change() -> None:
    assert edits.describe_anew(ANNA, SOURCE, label="named", note="") is None
    state = layers(CLAIM, SOURCE, CUE, LINK)
    assert edits.link(state, DEFAULT, ANNA, CLAIM, SOURCE) is None
    assert edits.link(state, DEFAULT, ANNA, CLAIM, SOURCE, via=CUE) is None


def test_taking_label_and_note_away_is_said() -> None:
    noted = replace(SOURCE, note="n")
    assert "nothing" in edits.describe_anew(ANNA, noted, label=None, note="n").did  # type: ignore[union-attr]
    assert "removed the note" in edits.describe_anew(ANNA, noted, label="named", note="").did  # type: ignore[union-attr]


def test_a_link_goes_from_a_claim_to_its_source_by_a_cue() -> None:
    state = layers(CLAIM, SOURCE, CUE)
    now = after(state, edits.link(state, DEFAULT, ANNA, CLAIM, SOURCE, via=CUE))
    (link,) = now.links
    assert (link.type, link.from_id, link.to_id, link.via_id, link.annotator) == (
        "attribution",
        CLAIM.id,
        SOURCE.id,
        CUE.id,
        "anna",
    )


def test_a_cue_is_added_to_the_link_there_is() -> None:
    bare = replace(LINK, via_id=None)
    state = layers(CLAIM, SOURCE, CUE, bare)
    (link,) = after(state, edits.link(state, DEFAULT, ANNA, CLAIM, SOURCE, via=CUE)).links
    assert (link.id, link.via_id) == (LINK.id, CUE.id)


def test_several_sources_for_one_claim() -> None:
    state = layers(CLAIM, SOURCE, CLERK, tie(4, CLAIM, SOURCE))
    assert len(after(state, edits.link(state, DEFAULT, ANNA, CLAIM, CLERK)).links) == 2


@pytest.mark.parametrize(
    ("origin", "target", "via", "said"),
    [
        (SOURCE, CLAIM, None, "goes from a claim"),
        (CLAIM, OTHER, None, "goes to a source"),
        (CLAIM, SOURCE, CLERK, "goes via a cue"),
    ],
)
def test_links_of_other_kinds_are_refused(
    origin: Annotation, target: Annotation, via: Annotation | None, said: str
) -> None:
    state = layers(CLAIM, OTHER, SOURCE, CLERK)
    with pytest.raises(InputError, match=said):
        edits.link(state, DEFAULT, ANNA, origin, target, via=via)


def test_links_that_the_scheme_lacks_are_refused() -> None:
    state = layers(CLAIM, OTHER)
    with pytest.raises(InputError, match="no link type 'denial'"):
        edits.link(state, DEFAULT, ANNA, CLAIM, OTHER, link_type="denial")
    scheme = Scheme("own", DEFAULT.kinds, (LinkType("denial", "claim", "claim"),))
    assert edits.link(state, scheme, ANNA, CLAIM, OTHER, link_type="denial")
    with pytest.raises(InputError, match="by way of nothing"):
        edits.link(state, scheme, ANNA, CLAIM, OTHER, link_type="denial", via=CUE)
    with pytest.raises(InputError, match="tied to itself"):
        edits.link(state, scheme, ANNA, CLAIM, CLAIM, link_type="denial")


def test_no_source_is_a_value_and_takes_the_links_away() -> None:
    state = layers(CLAIM, SOURCE, CUE, LINK)
    now = after(state, edits.no_source(state, ANNA, CLAIM))
    assert now.get(CLAIM.id).unattributed
    assert now.links == []
    assert edits.no_source(now, ANNA, now.get(CLAIM.id)) is None


def test_linking_clears_no_source_and_nothing_else() -> None:
    lonely = replace(CLAIM, attributes={"unattributed": True, "status": "open"})
    state = layers(lonely, SOURCE)
    now = after(state, edits.link(state, DEFAULT, ANNA, lonely, SOURCE))
    assert dict(now.get(CLAIM.id).attributes) == {"status": "open"}


def test_only_a_claim_has_no_source() -> None:
    with pytest.raises(InputError, match="goes from a claim"):
        edits.no_source(layers(SOURCE), ANNA, SOURCE)


def test_untying_leaves_the_ends() -> None:
    state = layers(CLAIM, SOURCE, CUE, LINK)
    now = after(state, edits.unlink(state, ANNA, LINK))
    assert (now.links, len(now)) == ([], 3)


def test_long_words_are_shortened_in_messages() -> None:
    long = of("A fire destroyed two warehouses on Monday, officials said.", 9)
    assert edits.shown(long) == "A fire destroyed two warehouses on Mond…"
    assert len(edits.shown(long)) == 40
    assert edits.shown(SOURCE) == "Ines Varga"


def test_an_edit_is_about_something() -> None:
    with pytest.raises(ValueError, match="needs a record"):
        Edit(None, None)
