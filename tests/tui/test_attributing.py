"""Who says it: digits beside the sources, no source, and the way back."""

from __future__ import annotations

from pathlib import Path

from tests.tui.bench import ARTICLE, Bench, opened

QUOTED = ["We had warned them twice", "and nothing was done"]


async def two_sources_and_a_claim(bench: Bench) -> None:
    await bench.press("5 tab s")
    await bench.press("' '")
    await bench.tab_to("Joris van der Aalt")
    await bench.press("s home ' c")
    assert [(kind, quotes) for kind, _, quotes in bench.marks] == [
        ("claim", QUOTED),
        ("source", ["Ines Varga"]),
        ("source", ["Joris van der Aalt"]),
    ]


async def test_digits_stand_beside_the_sources_while_one_is_picked(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await two_sources_and_a_claim(bench)
        assert "master Ines Varga" in bench.picture
        await bench.press("a")
        assert "master1Ines Varga" in bench.picture
        assert "said2Joris van der Aalt" in bench.picture
        assert "Whose claim is it? Esc cancels. “We had warned them" in bench.said
        assert "1 Ines Varga" in bench.offered
        assert "0 no source" in bench.offered
        assert bench.ties == []
        await bench.press("2")
        assert bench.ties == [(QUOTED, ["Joris van der Aalt"])]
        assert "master Ines Varga" in bench.picture
        assert "said Joris" in bench.picture


async def test_escape_and_wrong_digits_tie_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await two_sources_and_a_claim(bench)
        await bench.press("a escape")
        assert bench.ties == []
        await bench.press("a 7")
        assert bench.ties == []
        assert "none of the choices" in bench.said
        assert "master Ines" in bench.picture


async def test_a_claim_may_have_several_sources(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(160, 50)) as bench:
        await two_sources_and_a_claim(bench)
        await bench.press("a 1 a 2")
        assert bench.ties == [(QUOTED, ["Ines Varga"]), (QUOTED, ["Joris van der Aalt"])]
        assert "its source number 2" in bench.said


async def test_the_digit_of_a_source_that_a_claim_has_unties_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await two_sources_and_a_claim(bench)
        await bench.press("a 1 a")
        assert "1 not Ines Varga" in bench.offered
        await bench.press("1")
        assert bench.ties == []
        assert "Untied" in bench.said
        await bench.press("u")
        assert bench.ties == [(QUOTED, ["Ines Varga"])]


async def test_the_cue_between_claim_and_source_goes_with_the_tie(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(160, 50)) as bench:
        await two_sources_and_a_claim(bench)
        bench.desk.move_to(bench.desk.text.index("said harbour"))
        await bench.press("r [")
        assert bench.desk.current is not None
        assert bench.desk.current.kind == "claim"
        await bench.press("a 1")
        (link,) = bench.tables["links"].values()
        (cue,) = [each for each in bench.tables["annotations"].values() if each["kind"] == "cue"]
        assert (link["via"], cue["quote"]) == (cue["id"], ["said"])
        assert "by “said”" in bench.said


async def test_no_source_is_kept_as_a_value(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(160, 50)) as bench:
        await bench.press("' c")
        assert "1 unsourced" in bench.picture
        await bench.press("a")
        assert "No source is tagged yet" in bench.said
        await bench.press("0")
        (claim,) = bench.tables["annotations"].values()
        assert claim["attributes"] == {"unattributed": True}
        assert "unsourced" not in bench.picture
        assert "no source named" in bench.picture
        await bench.press("a 0")
        assert "already" in bench.said


async def test_a_source_is_given_the_claims_that_have_none(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("' c home")
        await bench.tab_to("Ines Varga")
        await bench.press("s a")
        assert "Which claim is theirs? Esc cancels. “Ines Varga”" in bench.said
        assert " 1We had warned" in bench.picture
        await bench.press("1")
        assert bench.ties == [(QUOTED, ["Ines Varga"])]
        await bench.press("a")
        assert "Every claim has its source already" in bench.said
        await bench.press("right")
        assert bench.selected == "and"


async def test_an_entity_becomes_a_source_when_a_claim_is_near(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await bench.press("tab e p a")
        assert "There is no claim to attribute here" in bench.said
        await bench.press(") c")
        await bench.tab_to("Ines Varga")
        await bench.press("a")
        assert "“Ines Varga” is the source of which claim?" in bench.said
        await bench.press("1")
        assert [to for _, to in bench.ties] == [["Ines Varga"]]
        await bench.press("u")
        assert bench.ties == []
        assert [kind for kind, _, _ in bench.marks] == ["entity", "claim"]


async def test_attributing_is_undone_and_done_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as bench:
        await two_sources_and_a_claim(bench)
        await bench.press("a 0 a 1")
        (claim,) = [
            each for each in bench.tables["annotations"].values() if each["kind"] == "claim"
        ]
        assert claim["attributes"] == {}
        await bench.press("u")
        assert bench.ties == []
        assert bench.desk.current is not None
        assert bench.desk.current.unattributed
        await bench.press("U")
        assert bench.ties == [(QUOTED, ["Ines Varga"])]
        assert ARTICLE.count("Ines Varga") == 1


async def test_a_digit_in_the_margin_leaves_the_row_as_it_is(tmp_path: Path) -> None:
    text = "Varga of the port said it again.\n\n“The pump was old.”\n"
    async with opened(tmp_path, text) as bench:
        await bench.press("s G c a")
        assert " 1Varga of the port said it again. " in bench.rows[1]
