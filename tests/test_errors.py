"""Errors say what happened, why, and what to do next."""

from __future__ import annotations

import pytest

from reader.errors import (
    ConflictError,
    Exit,
    InputError,
    LossError,
    ReaderError,
    StoreError,
    UsageError,
)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("It failed",), "It failed."),
        (("It failed", "no space"), "It failed: no space."),
        (("It failed", "no space", "Make some."), "It failed: no space. Make some."),
        (("It failed", "", "Make some."), "It failed. Make some."),
        (("Really?", "", "Yes."), "Really? Yes."),
        (("It failed", "it said 'Stop!'"), "It failed: it said 'Stop!'."),
    ],
)
def test_one_sentence_after_the_other(parts: tuple[str, ...], text: str) -> None:
    assert str(ReaderError(*parts)) == text


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (InputError, 1),
        (UsageError, 2),
        (StoreError, 3),
        (ConflictError, 3),
        (LossError, 4),
    ],
)
def test_each_kind_has_its_exit_code(kind: type[ReaderError], code: int) -> None:
    assert kind("x").exit_code == code
    assert Exit.FINE == 0


def test_a_conflict_is_an_error_of_the_store() -> None:
    with pytest.raises(StoreError):
        raise ConflictError("x")
