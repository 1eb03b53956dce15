"""Ties from the screen: to a new source, to one of many, and of every type that the scheme has."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.model.fragment import Fragment
from reader.tui.screens.picking import PickScreen
from tests.tui.bench import Bench, opened

MANY = (
    "“The quay burns.”\n\n"
    + "".join(f"Speaker{number} of the port came by.\n" for number in range(1, 13))
    + "\nThe crews left. The crews stayed. Ärger Söder spoke.\n"
)
SAID = "The quay burns"


async def claim_and_sources(bench: Bench, count: int) -> None:
    """A claim, and the first of the speakers as sources; the claim is current."""
    await bench.press("' c")
    for number in range(1, count + 1):
        desk = bench.desk
        desk.move_to(desk.text.index(f"Speaker{number} "))
        await bench.press("s")
    await bench.press("home")
    assert bench.desk.current is not None
    assert bench.desk.current.kind == "claim"


async def test_a_new_source_is_tagged_and_tied_as_one_change(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("' c a")
        assert "n new: " in bench.offered
        await bench.press("n")
        (claim, source) = bench.ties[0]
        assert claim == ["We had warned them twice", "and nothing was done"]
        assert ("source", None, source) in bench.marks
        assert bench.desk.current is not None
        assert bench.desk.current.kind == "source"
        await bench.press("u")
        assert (bench.ties, [kind for kind, *_ in bench.marks]) == ([], ["claim"])


async def test_more_sources_than_digits_are_picked_by_typing(tmp_path: Path) -> None:
    async with opened(tmp_path, MANY) as bench:
        await claim_and_sources(bench, 12)
        await bench.press("a")
        assert "9Speaker9" in bench.picture
        assert "Speaker10" in bench.picture
        assert " / pick " in bench.offered
        assert "0 no source" in bench.offered
        await bench.press("/")
        assert isinstance(bench.app.screen, PickScreen)
        assert "¶ " in bench.picture
        await bench.write("spEAker12")
        assert "Speaker11" not in bench.picture
        await bench.press("enter")
        assert bench.ties == [([SAID], ["Speaker12"])]
        assert "Attributed" in bench.said


async def test_sources_that_begin_together_both_show_their_digit(tmp_path: Path) -> None:
    text = "So the officials of the port said that the quay burns.\n"
    async with opened(tmp_path, text) as bench:
        desk = bench.desk
        source = desk.session.scheme.kind("source")
        for words in ("the officials of the port", "the officials"):
            start = text.index(words)
            desk.tag(source, fragments=(Fragment(start, start + len(words)),))
        desk.move_to(text.index("quay"))
        await bench.press("c a")
        assert "1 the officials" in bench.offered
        assert "2 the officials" in bench.offered
        assert "So12he officials of the port" in bench.picture


async def test_the_picker_narrows_and_begins_at_the_nearest(tmp_path: Path) -> None:
    async with opened(tmp_path, MANY) as bench:
        await claim_and_sources(bench, 3)
        bench.desk.move_to(bench.desk.text.index("Ärger"))
        await bench.press("s home a / a r g e r space s o d")
        assert "›Ärger Söder" in bench.picture
        await bench.press("x")
        assert "Nothing has these words" in bench.picture
        await bench.press("enter")
        assert isinstance(bench.app.screen, PickScreen)
        await bench.press("backspace down enter")
        assert bench.ties == [([SAID], ["Ärger Söder"])]
        await bench.press("home a / escape")
        assert bench.app.screen is bench.screen
        assert len(bench.ties) == 1


async def test_a_click_picks(tmp_path: Path) -> None:
    async with opened(tmp_path, MANY) as bench:
        await claim_and_sources(bench, 3)
        await bench.press("a /")
        x, y = bench.place_of(" Speaker2")
        await bench.pilot.click(offset=(x + 2, y))
        assert bench.ties == [([SAID], ["Speaker2"])]


async def test_the_partner_that_another_session_deletes_meanwhile(tmp_path: Path) -> None:
    async with opened(tmp_path, MANY) as bench:
        await claim_and_sources(bench, 2)
        await bench.press("a /")
        other = bench.app._library.open(bench.app._names[0])
        other.untag(*(each for each in other.layers.annotations if each.words == "Speaker1"))
        bench.screen.keep()
        await bench.press("enter")
        assert bench.app.screen is bench.screen
        assert bench.ties == []
        assert "NOT SAVED" not in bench.said


async def test_the_claim_that_another_session_deletes_while_it_is_asked(tmp_path: Path) -> None:
    async with opened(tmp_path, MANY) as bench:
        await claim_and_sources(bench, 2)
        await bench.press("a")
        other = bench.app._library.open(bench.app._names[0])
        other.untag(*(each for each in other.layers.annotations if each.kind == "claim"))
        bench.screen.keep()
        await bench.press("1")
        assert bench.ties == []
        await bench.press("right d u")
        assert bench.app._exception is None


@pytest.mark.parametrize(
    ("first", "second", "keys", "said"),
    [
        ("c", "e p", "A b 1", "is about"),
        ("e p", "e p", "A s 1", "same as"),
        ("c", "c", "A x 1", "contradicts"),
        ("c", "s", "A a 1", "Attributed"),
    ],
)
async def test_a_tie_of_each_type(
    tmp_path: Path, first: str, second: str, keys: str, said: str
) -> None:
    async with opened(tmp_path, "One Varga spoke.\n\nTwo Quillard came.\n") as bench:
        keys = keys.replace(keys.split()[1], key_of(bench, keys.split()[1]))
        await bench.press(f"{second} }} {first}")
        here = bench.desk.current
        assert here is not None
        await bench.press(keys)
        assert len(bench.ties) == 1, bench.said
        assert said in bench.said
        await bench.press("u")
        assert bench.ties == []


def key_of(bench: Bench, letter: str) -> str:
    """The scheme's own key of a type, by what is meant."""
    names = {"b": "about", "s": "same as", "x": "contradicts", "a": "attribution"}
    found = [each.key for each in bench.desk.session.scheme.links if each.name == names[letter]]
    assert found, [each.name for each in bench.desk.session.scheme.links]
    return found[0]


async def test_a_tie_is_taken_back_by_its_digit_from_either_end(tmp_path: Path) -> None:
    async with opened(tmp_path, "One Varga spoke.\n\nTwo Quillard came.\n") as bench:
        same = key_of(bench, "s")
        await bench.press(f"right e p }} right e p A {same} 1")
        assert len(bench.ties) == 1
        await bench.press(f"[ A {same}")
        assert "1 not " in bench.offered
        await bench.press("1")
        assert bench.ties == []


async def test_plain_words_become_the_source_of_the_nearest_claim(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("' c")
        desk = bench.desk
        desk.move_to(desk.text.index("officials"))
        await bench.press("a")
        assert "“officials” is the source of which claim?" in bench.said
        await bench.press("n")
        assert [to for _, to in bench.ties] == [["officials"]]
        assert "“officials”" in bench.said


async def test_keys_typed_at_once_answer_the_question_that_they_were_typed_for(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, MANY) as bench:
        await claim_and_sources(bench, 12)
        await bench.pilot.press("a", "/", "1", "2", "enter", "u", "a", "2")
        await bench.settle()
        assert bench.app.screen is bench.screen
        assert len(bench.ties) <= 1
        assert bench.app._exception is None


async def test_a_mark_that_nothing_hangs_on_says_so(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("r A")
        assert "tied to nothing" in bench.said
        await bench.press("home d e p A")
        assert "Esc cancels" in bench.said
        await bench.press("escape")
        assert bench.ties == []
