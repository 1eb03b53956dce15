"""Ids, times and names."""

from __future__ import annotations

import getpass
import re
import time
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import UsageError
from reader.workspace.author import Identities, author, timestamp, uuid7


@given(st.integers(0, 2**48 - 1), st.integers(0, 2**74 - 1))
def test_a_version_7_uuid_holds_time_and_random_bits(milliseconds: int, random: int) -> None:
    made = UUID(uuid7(milliseconds, random))
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == milliseconds
    assert (made.int >> 64 & 0xFFF) << 62 | made.int & (1 << 62) - 1 == random


@given(st.lists(st.tuples(st.integers(0, 2**48 - 1), st.integers(0, 2**74 - 1)), unique=True))
def test_ids_are_in_the_order_of_their_time(moments: list[tuple[int, int]]) -> None:
    assert [uuid7(*each) for each in sorted(moments)] == sorted(uuid7(*each) for each in moments)


def test_each_new_id_is_later_than_all_before() -> None:
    new_id = Identities()
    made = [new_id() for _ in range(5000)]
    assert made == sorted(set(made))
    assert abs((UUID(made[0]).int >> 80) - time.time() * 1000) < 5000


def test_ids_go_on_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    new_id = Identities()
    first = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000)
    assert first < new_id() < new_id()


def test_times_are_utc_with_milliseconds() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", timestamp())


def test_the_name_given_else_the_login_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "ines")
    assert (author("anna").name, author(None).name) == ("anna", "ines")


@pytest.mark.parametrize("name", ["", " ", "\n\t"])
def test_an_annotator_needs_a_name(name: str) -> None:
    with pytest.raises(UsageError, match="needs a name"):
        author(name)


@pytest.mark.parametrize("error", [KeyError("uid"), OSError("no user")])
def test_nobody_logged_in_is_said(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refuse() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", refuse)
    with pytest.raises(UsageError, match="--annotator"):
        author(None)
