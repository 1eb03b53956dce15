"""The same file gives the same ids, in whatever order; other annotators' marks have others."""

from __future__ import annotations

import re

from msgspec.structs import replace

from reader.formats.codec import Content
from reader.formats.draft import Draft
from reader.formats.identity import derived_id, document_id, identified, is_derived, is_own
from tests.model.build import record_id

NOW = "2026-11-22T15:24:12.074Z"


def drafted(*notes: str, swap: bool = False) -> Content:
    draft = Draft("Ann said so.", "a.txt", "toy")
    names = [f"T{at}" for at in range(len(notes))]
    for name, note in zip(reversed(names) if swap else names, notes, strict=True):
        draft.mark(name, "source", [(0, 3)], label="named", note=note)
    draft.mark("C", "claim", [(4, 8), (9, 11)])
    draft.tie("R1", "C", names[0])
    return draft.content()


def test_a_derived_id_is_a_uuid_of_version_8() -> None:
    made = derived_id("a", 1, None, ((1, 2),))
    assert re.fullmatch("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", made)
    assert made == derived_id("a", 1, None, ((1, 2),))
    assert is_own(made)
    assert is_derived(made)
    assert not is_derived(record_id(1))
    assert not is_own("T1")


def test_what_the_file_leaves_unsaid_is_filled_in() -> None:
    content = identified(drafted("x"), "toy", "carla", NOW)
    assert content.document.id == document_id(content.document.sha256)
    for record in (*content.annotations, *content.links):
        assert is_derived(record.id)
        assert record.annotator == "carla"
        assert record.origin == {"by": "import", "format": "toy"}
        assert record.created == record.updated == NOW
    (link,) = content.links
    source, claim = content.annotations
    assert (link.from_id, link.to_id, link.via_id) == (claim.id, source.id, None)


def test_equals_are_told_apart_by_what_they_say_not_by_their_order() -> None:
    one = identified(drafted("x", "y"), "toy", "carla", NOW)
    other = identified(drafted("y", "x", swap=True), "toy", "carla", NOW)
    assert one.annotations == other.annotations
    assert len({each.id for each in one.annotations}) == 3


def test_formats_annotators_and_texts_have_ids_of_their_own() -> None:
    content = drafted("x")
    other = replace(content, document=replace(content.document, sha256="0" * 64))
    ids = {
        identified(each, form, who, NOW).annotations[0].id
        for each in (content, other)
        for form in ("toy", "brat")
        for who in ("anna", "ben")
    }
    assert len(ids) == 8


def test_an_id_of_its_own_stays_and_so_does_what_the_file_says() -> None:
    draft = Draft("Ann said so.", "a.txt", "toy")
    draft.mark(
        record_id(5), "source", [(0, 3)], annotator="zoe", created="then", origin={"by": "x"}
    )
    (mark,) = identified(draft.content(), "toy", "carla", NOW).annotations
    assert (mark.id, mark.annotator, mark.origin) == (record_id(5), "zoe", {"by": "x"})
    assert (mark.created, mark.updated) == ("then", "then")
