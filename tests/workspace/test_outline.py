"""The rows of the tagging pane."""

from __future__ import annotations

from dataclasses import replace

from reader.model.annotation import Annotation
from reader.model.layer import Layers
from reader.model.link import Link
from reader.model.scheme import DEFAULT
from reader.workspace.outline import Row, outline, progress
from tests.model.build import TEXT, document, mark, of, tie

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
    return outline(Layers(document(), annotations, links), DEFAULT)


def brief(found: list[Row]) -> list[tuple[str, str, int]]:
    return [(row.role, row.text, row.count) for row in found]


def test_nothing_marked_gives_no_rows() -> None:
    assert rows() == []
    assert progress(Layers(document())).marks == 0


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


def test_progress_counts_marks_and_claims_that_want_a_source() -> None:
    there = Layers(document(), (fire, warned, reopen, varga), (tie(9, warned, varga),))
    counted = progress(there)
    assert (counted.marks, counted.open_claims) == (4, 1)
