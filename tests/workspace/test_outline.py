"""The rows of the tagging pane."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.model.annotation import Annotation
from reader.model.change import Edit
from reader.model.layer import Layers
from reader.model.link import Link
from reader.model.scheme import DEFAULT
from reader.workspace.filtering import matching
from reader.workspace.outline import ORDERS, Order, Outline, Row
from tests.model.build import TEXT, adding, change, document, mark, of, removing, tie

fire = of("A fire destroyed two warehouses on Monday", 1)
warned = mark(
    2,
    *(
        (TEXT.index(part), TEXT.index(part) + len(part))
        for part in ("We had warned them twice", "and nothing was done")
    ),
    label="quotation",
)
reopen = of("The harbour will reopen", 3, attributes={"unattributed": True})
varga = of("Ines Varga", 4, kind="source", label="named")
officials = of("officials", 5, kind="source")


def rows(*annotations: Annotation, links: tuple[Link, ...] = ()) -> list[Row]:
    return list(Outline(Layers(document(), annotations, links), DEFAULT).rows())


def brief(found: list[Row]) -> list[tuple[str, str, int]]:
    return [(row.role, row.text, row.count) for row in found]


def test_nothing_marked_gives_no_rows() -> None:
    assert rows() == []
    assert Outline(Layers(document()), DEFAULT).first is None


def test_kinds_come_in_the_schemes_order_with_their_numbers() -> None:
    found = rows(varga, warned, fire, officials)
    headings = [row for row in found if row.role == "heading"]
    assert [(row.text, row.count, row.ids) for row in headings] == [
        ("Claims", 2, ()),
        ("Sources", 2, ()),
    ]


def test_a_kind_that_the_scheme_lacks_comes_last_by_its_own_name() -> None:
    odd = of("Monday", 8, kind="rumour", label="idle")
    found = rows(odd, officials)
    assert brief(found)[-2:] == [("heading", "rumour", 1), ("mark", "Monday", 1)]
    assert found[-1].label == "idle"


def test_the_same_words_with_the_same_label_are_one_row() -> None:
    first = mark(1, (0, 4), kind="entity", label="organisation")
    second = replace(first, id=first.id[:-1] + "a", note="see the register")
    other = replace(first, id=first.id[:-1] + "b", label="place")
    found = rows(first, second, other)
    assert brief(found) == [("heading", "Entities", 3), ("mark", "PORT", 2), ("mark", "PORT", 1)]
    assert [row.label for row in found[1:]] == ["org", "place"]
    assert [row.noted for row in found[1:]] == [True, False]
    assert found[1].ids == (first.id, second.id)


def test_a_claim_has_its_sources_below_it_or_what_is_wanting() -> None:
    links = (tie(9, warned, varga), tie(10, warned, officials))
    found = rows(fire, warned, reopen, varga, officials, links=links)
    assert brief(found)[:8] == [
        ("heading", "Claims", 3),
        ("mark", "A fire destroyed two warehouses on Monday", 1),
        ("hint", "source?", 1),
        ("mark", "We had warned them twice … and nothing was done", 1),
        ("source", "Ines Varga", 1),
        ("source", "officials", 1),
        ("mark", "The harbour will reopen", 1),
        ("settled", "no source named", 1),
    ]
    assert [row.ids for row in found[4:6]] == [(varga.id,), (officials.id,)]
    assert found[2].ids == (fire.id,)


def test_equal_claims_stay_rows_of_their_own() -> None:
    twin = replace(fire, id=fire.id[:-1] + "f")
    assert [row.role for row in rows(fire, twin)] == ["heading", "mark", "hint", "mark", "hint"]


def test_claims_that_want_a_source_are_counted() -> None:
    there = Layers(document(), (fire, warned, reopen, varga), (tie(9, warned, varga),))
    assert there.open_claims == 1
    there.apply(adding(tie(10, fire, varga)))
    assert there.open_claims == 0
    there.apply(removing(tie(9, warned, varga)))
    assert there.open_claims == 1


def test_other_orders_list_every_mark_by_itself() -> None:
    later = replace(officials, updated="2027-01-01T00:00:00.000Z")
    there = Layers(document(), (later, varga, fire))
    by_place = [row.text for row in Outline(there, DEFAULT, "place").rows() if row.role == "mark"]
    assert by_place == [fire.words, "officials", "Ines Varga"]
    by_time = [row.text for row in Outline(there, DEFAULT, "time").rows() if row.role == "mark"]
    assert by_time[0] == "officials"


def test_what_is_not_wanted_is_left_out() -> None:
    there = Layers(document(), (fire, varga))
    found = Outline(there, DEFAULT, wanted=lambda each: each.kind == "source")
    assert [row.text for row in found.rows()] == ["Sources", "Ines Varga"]
    assert found.shown == 1
    assert found.place_of(fire) is None


KINDS = ("entity", "claim", "source", "rumour")
marks = st.builds(
    lambda number, start, kind, label, second: mark(
        number,
        (start, start + 4),
        kind=kind,
        label=label,
        updated=f"2026-11-22T00:00:{second:02}.000Z",
    ),
    st.integers(1, 12),
    st.integers(0, 12).map(lambda at: at * 3),
    st.sampled_from(KINDS),
    st.sampled_from([None, "x"]),
    st.integers(0, 5),
)


@given(st.lists(marks, max_size=25), st.sampled_from(ORDERS), st.booleans())
def test_following_changes_gives_what_building_anew_does(
    steps: list[Annotation], order: Order, some: bool
) -> None:
    there = Layers(document())
    wanted = (lambda each: each.label is None) if some else None
    followed = Outline(there, DEFAULT, order, wanted)
    for each in steps:
        held = there.find(each.id)
        after = None if held is not None and held.kind != each.kind else each
        there.apply(change(Edit(held, after)))
        followed.follow()
        anew = Outline(there, DEFAULT, order, wanted)
        assert list(followed.rows()) == list(anew.rows())
        assert followed.shown == anew.shown
        check_places(followed)
        for one in there.annotations:
            place = followed.place_of(one)
            if wanted is None or wanted(one):
                assert place is not None
                assert one.id in followed.row(place).ids
            else:
                assert place is None


def test_a_filter_by_source_follows_the_links() -> None:
    claim, source = of("We had warned them twice", 1), of("Ines Varga", 2, kind="source")
    there = Layers(document(), [claim, source])
    found = Outline(there, DEFAULT, wanted=matching("no source", there))
    assert [each.id for each in found.marks()] == [claim.id]
    link = tie(3, claim, source)
    there.apply(change(Edit(None, link)))
    found.follow()
    assert list(found.marks()) == []
    other = replace(claim, note="by letter")
    there.apply(change(Edit(claim, other)))
    there.apply(change(Edit(link, None)))
    found.follow()
    assert list(found.marks()) == [other]
    there.apply(change(Edit(None, link)))
    shown = Outline(there, DEFAULT)
    assert [row.claims for row in shown.rows() if row.role == "mark"] == [0, 1]


@given(st.lists(marks, max_size=30), st.sampled_from(ORDERS), st.integers(0, 30))
def test_growing_in_pieces_gives_what_making_it_whole_does(
    steps: list[Annotation], order: Order, pieces: int
) -> None:
    there = Layers(document(), {each.id: each for each in steps[:20]}.values())
    with (
        patch("reader.workspace.outline._BATCH", 1),
        patch("reader.workspace.outline._SORTED", 3),
    ):
        grown = Outline(there, DEFAULT, order, whole=False)
        assert not grown.complete
        for _ in range(pieces):
            grown.grow(-1)
        for each in steps[20:]:  # meanwhile others go on
            held = there.find(each.id)
            if held is None or held.kind == each.kind:
                there.apply(change(Edit(held, each)))
                grown.follow()
        while not grown.grow(-1):
            pass
    whole = Outline(there, DEFAULT, order)
    assert grown.complete
    assert list(grown.rows()) == list(whole.rows())
    assert grown.ids == whole.ids == {each.id for each in there.annotations}


def test_an_outline_is_let_go_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.workspace.outline._BATCH", 2)
    found = Outline(Layers(document(), (fire, warned, reopen, varga, officials)), DEFAULT)
    pieces = 1
    while not found.shrink(-1):
        pieces += 1
    assert pieces == 4
    assert list(found.rows()) == []


def test_a_change_of_very_many_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.workspace.outline._MANY", 2)
    before = [mark(number, (number, number + 1)) for number in range(1, 9)]
    there = Layers(document(), before)
    followed = Outline(there, DEFAULT)
    after = [replace(each, note="seen") for each in before]
    there.apply(change(*(Edit(one, other) for one, other in zip(before, after, strict=True))))
    followed.follow()
    assert list(followed.marks()) == after
    there.apply(change(*(Edit(each, None) for each in after[:5])))
    followed.follow()
    assert list(followed.marks()) == after[5:]


def test_the_next_mark_is_found_past_what_stands_below() -> None:
    links = (tie(9, warned, varga), tie(10, warned, officials))
    there = Layers(document(), (fire, warned, varga, officials), links)
    found = Outline(there, DEFAULT)
    first = found.place_of(fire)
    assert first is not None
    seen = [first]
    while (place := found.beside(seen[-1], 1)) is not None:
        seen.append(place)
    assert [found.marks_at(each)[0].id for each in seen] == [
        each.id for each in (fire, warned, officials, varga)
    ]
    assert found.beside(first, -1) is None
    assert found.beside(seen[2], -1) == seen[1]
    assert found.marks_at(first._replace(group=-1)) == ()


def test_an_annotation_keeps_its_row_until_it_is_changed() -> None:
    there = Layers(document(), (warned, varga))
    found = Outline(there, DEFAULT)
    there.apply(adding(fire))
    found.follow()
    assert found.kept(warned) == found.place_of(warned)
    other = replace(warned, label="statement")
    there.apply(change(Edit(warned, other)))
    found.follow()
    assert found.kept(warned) is None
    assert found.kept(other) is not None


def check_places(found: Outline) -> None:
    """Going down and going up visit the same rows."""
    place, down = found.first, []
    while place is not None:
        down.append(place)
        place = found.next(place)
    place, up = found.last, []
    while place is not None:
        up.append(place)
        place = found.previous(place)
    assert down == up[::-1]
    for number, each in enumerate(down):
        assert found.moved(down[0], number) == (each, 0)
        assert found.held(each) == each
