"""A search under way: what is known of it at each moment, and in the end."""

from __future__ import annotations

from itertools import pairwise
from threading import Thread

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import InputError
from reader.model.fragment import Fragment
from reader.text.search import Query, matches
from reader.workspace import finding as module
from reader.workspace.finding import Finding

LINE = "The port, the quay and the port again.\n"
LONG = LINE * 5000  # three blocks
HITS = matches(LONG, Query("port"))


@given(st.text("abé \n", max_size=60), st.sampled_from(["a", "ab", "e", "b"]), st.integers(0, 60))
def test_wherever_it_begins_it_finds_the_same(text: str, words: str, origin: int) -> None:
    query = Query(words)
    finding = Finding(text, query, min(origin, len(text)))
    finding.run()
    expected = matches(text, query)
    assert list(finding.hits) == expected
    ahead = [hit for hit in expected if hit.start >= min(origin, len(text))]
    assert finding.first == next(iter(ahead or expected), None)
    for at, hit in enumerate(expected):
        assert finding.number(hit) == at + 1
        assert finding.beside(hit.start, 1) == expected[(at + 1) % len(expected)]
        assert finding.beside(hit.start, -1) == expected[at - 1]


@pytest.mark.parametrize("pattern", ["(?<=quay.{2000})x", r"quay.{2000}\Kx", "(?<!^)the"])
@pytest.mark.parametrize("origin", [0, 3000, 9000, 15_000])
def test_wherever_it_begins_it_looks_back_as_far(pattern: str, origin: int) -> None:
    text = ("The quay" + "x" * 2000 + " tells.\n") * 8
    finding = Finding(text, Query(pattern, regex=True), origin)
    finding.run()
    assert list(finding.hits) == [
        each.span() for each in regex.finditer(pattern, text, regex.M | regex.I)
    ]


def test_the_hits_ahead_come_first_and_are_known_at_once() -> None:
    origin = len(LONG) // 2
    finding = Finding(LONG, Query("port"), origin)
    assert (finding.first, len(finding.hits), finding.told) == (None, 0, "Searching 0 %")
    finding.step()
    first = next(hit for hit in HITS if hit.start >= origin)
    assert finding.first == first
    assert not finding.complete
    assert finding.told.startswith(f"{len(finding.hits):,} found, searching 4 %")
    assert finding.beside(first.start, 1) == HITS[HITS.index(first) + 1]
    assert finding.beside(finding.hits[0].start, -1) is None  # nobody knows yet
    assert finding.beside(finding.hits[-1].start, 1) is None
    assert finding.beside(0, 1) is None
    finding.run()
    assert finding.complete
    assert list(finding.hits) == HITS
    assert finding.told == "10,000 found"
    assert finding.beside(0, -1) == HITS[-1]


def test_at_each_moment_the_hits_are_in_order_and_what_is_said_stays_true() -> None:
    finding = Finding(LONG, Query("port"), len(LONG) * 2 // 3)
    while not finding.complete:
        finding.step()
        hits = finding.hits
        assert all(one.end <= other.start for one, other in pairwise(hits))
        for position in range(0, len(LONG), 9973):
            after, before = finding.beside(position, 1), finding.beside(position, -1)
            ahead = [hit for hit in HITS if hit.start > position]
            behind = [hit for hit in HITS if hit.start < position]
            assert after in (None, (ahead or HITS)[0])
            assert before in (None, (behind or HITS)[-1])


def test_a_search_from_behind_the_last_hit_waits_for_the_beginning() -> None:
    text = "port\n" + "x" * 200_000
    finding = Finding(text, Query("port"), 100_000)
    finding.step()
    assert finding.first is None
    finding.run()
    assert finding.first == (0, 4)


def test_hits_of_a_stretch() -> None:
    finding = Finding("a b a b a", Query("a"), 4)
    finding.run()
    assert finding.hits.within(0, 9) == ((0, 1), (4, 5), (8, 9))
    assert finding.hits.within(1, 5) == ((4, 5),)
    assert finding.hits.within(5, 8) == ()
    assert (finding.hits[-1], finding.hits[1:]) == ((8, 9), ((4, 5), (8, 9)))
    with pytest.raises(IndexError):
        finding.hits[3]


def test_what_was_found_at_one_moment_does_not_change() -> None:
    finding = Finding(LONG, Query("port"), len(LONG) // 2)
    finding.step()
    before, then = finding.hits, list(finding.hits)
    finding.run()
    assert list(before) == then


def test_it_stops_and_goes_on() -> None:
    finding = Finding(LONG, Query("port"), 0)
    finding.stop()
    finding.run()
    assert (len(finding.hits), finding.running) == (0, False)
    finding.resume()
    assert finding.running
    threads = [Thread(target=finding.run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(finding.hits) == HITS


def test_no_more_are_kept_than_one_can_go_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 7)
    for origin in (0, len(LONG) - len(LINE)):
        finding = Finding(LONG, Query("port"), origin)
        finding.run()
        assert len(finding.hits) == 7
        assert finding.told == "7 found, and more, which are not gone through"
        assert finding.first is not None
        assert finding.first.start >= origin


def test_a_hit_over_the_place_where_it_began_is_one_hit() -> None:
    text = "ab " * 20_000  # one line, longer than is looked back for its beginning
    finding = Finding(text, Query("b ab a"), 30_001)
    finding.run()
    assert all(one.end <= other.start for one, other in pairwise(finding.hits))
    assert abs(len(finding.hits) - len(matches(text, Query("b ab a")))) <= 1


def test_trouble_is_said_with_what_was_found_before_it() -> None:
    with pytest.raises(InputError):
        Finding("text", Query("(", regex=True), 0)
    text = "yes\n" * 20_000 + "word " * 3000 + "!!"
    finding = Finding(text, Query(r"^yes$|(\w+\s?)*!$", regex=True), 0)
    finding.run()
    assert finding.complete
    assert finding.hits[0] == Fragment(0, 3)
    assert "found. This regular expression takes too long" in finding.told
