"""Edits as values."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reader.model.change import Edit, same
from tests.model.build import LATER, change, document, mark, tie

A, B = mark(1), mark(2, kind="source")
TIE = tie(3, A, B)


def test_an_edit_is_about_the_record_as_it_is_or_was() -> None:
    changed = replace(A, note="n")
    assert Edit(None, A).record == Edit(A, None).record == A
    assert Edit(A, changed).record == changed


def test_an_edit_of_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="needs a record"):
        Edit(None, None)


def test_the_inverse_goes_backwards() -> None:
    forth = change(Edit(None, A), Edit(TIE, None), did="did it", at="then")
    back = forth.inverse(annotator="boris", at=LATER, way="undo")
    assert back.edits == (Edit(None, TIE), Edit(A, None))
    assert (back.did, back.annotator, back.at, back.way) == ("did it", "boris", LATER, "undo")
    again = back.inverse(annotator="anna", at="then", way="do")
    assert again == forth


def test_same_passes_over_revisions_alone() -> None:
    assert same(A, replace(A, rev=5))
    assert same(TIE, replace(TIE, rev=5))
    assert same(None, None)
    assert same(document(), document())
    assert not same(A, replace(A, note="n"))
    assert not same(TIE, replace(TIE, via_id="x"))
    assert not same(A, None)
    assert not same(None, TIE)
    assert not same(A, TIE)
    assert not same(document(), document(state="done"))
