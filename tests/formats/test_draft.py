"""Marks of other tools, checked as they are collected."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reader.errors import InputError
from reader.formats.codec import check_places
from reader.formats.draft import Draft, checked_fields, kept_of
from reader.model.annotation import Annotation
from reader.model.fragment import Fragment
from reader.text.decode import text_hash

TEXT = "Ann said so.\r\n"


@pytest.fixture
def draft() -> Draft:
    return Draft(TEXT, "a.txt", "toy", kept=["x"], url="https://example.org")


def test_it_gives_a_document_with_marks_in_reading_order(draft: Draft) -> None:
    draft.mark("T2", "claim", [(9, 11), (4, 8)], kept={"type": "Odd"})
    draft.mark("T1", "source", [(0, 3)], label="named", note="n")
    draft.tie("R1", "T2", "T1", type="attribution", kept=1)
    draft.replace(replace(draft["T1"], attributes={"a": 1}))
    content = draft.content()
    document = content.document
    assert (document.sha256, document.length, document.newline) == (text_hash(TEXT), 14, "crlf")
    assert (document.url, kept_of(document, "toy")) == ("https://example.org", ["x"])
    assert kept_of(document, "brat") is None
    one, two = content.annotations
    assert (one.id, one.quote, one.suffix, one.attributes) == ("T1", ("Ann",), TEXT[3:], {"a": 1})
    assert two.fragments == (Fragment(4, 8), Fragment(9, 11))
    assert two.foreign == {"toy": {"type": "Odd"}}
    assert content.links[0].foreign == {"toy": 1}
    check_places(content, TEXT, "it")
    assert "T1" in draft
    assert "T9" not in draft


def test_what_other_formats_say_of_the_document_stays() -> None:
    extra = {"foreign": {"other": [1], "toy": "before"}, "x": 2}
    content = Draft(TEXT, "a.txt", "toy", kept="now", extra=extra).content()
    assert content.document.extra == {"foreign": {"other": [1], "toy": "now"}, "x": 2}


@pytest.mark.parametrize("ranges", [[], [(3, 3)], [(5, 3)], [(-1, 3)], [(0, 15)]])
def test_ranges_that_mark_nothing_are_refused(draft: Draft, ranges: list[tuple[int, int]]) -> None:
    with pytest.raises(InputError):
        draft.mark("T1", "claim", ranges)


def test_names_that_are_there_twice_or_not_at_all_are_refused(draft: Draft) -> None:
    draft.mark("T1", "claim", [(0, 3)])
    with pytest.raises(InputError, match="two 'T1'"):
        draft.mark("T1", "claim", [(0, 3)])
    for ends in (("T1", "T9"), ("T9", "T1"), ("T1", "T1")):
        with pytest.raises(InputError):
            draft.tie("R1", *ends)
    with pytest.raises(InputError, match="no 'T7'"):
        draft["T7"]
    with pytest.raises(InputError, match="no kind"):
        draft.mark("T2", "", [(0, 3)])


def test_fields_of_strangers_are_checked() -> None:
    assert checked_fields(Annotation, {"anchor": "moved"}) == {"anchor": "moved"}
    with pytest.raises(InputError, match="'odd' does not belong"):
        checked_fields(Annotation, {"odd": 1})
    with pytest.raises(InputError, match="cannot be"):
        checked_fields(Annotation, {"note": 5})


def test_more_marks_than_memory_holds_are_refused(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.formats.draft.MOST", 2)
    draft.mark("T1", "claim", [(0, 3)])
    draft.mark("T2", "claim", [(0, 3)])
    with pytest.raises(InputError, match="more than 2 marks"):
        draft.mark("T3", "claim", [(0, 3)])
