"""What a tie hangs on."""

from __future__ import annotations

from tests.model.build import mark, tie

A, B, C = mark(1), mark(2), mark(3)


def test_its_ends_are_from_to_and_the_cue() -> None:
    assert tie(4, A, B).ends == (A.id, B.id)
    assert tie(4, A, B, C).ends == (A.id, B.id, C.id)
