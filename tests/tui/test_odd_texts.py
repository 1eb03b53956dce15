"""Texts that are empty, endless, wide or have other line ends: no key fails, no offset is off."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.config.settings import Settings
from reader.model.fragment import Fragment
from reader.workspace import reading
from tests.tui.bench import opened

EVERY_MOTION = (
    "right left down up pagedown pageup end home tab shift+tab ) ( } { ' \" L H J K > < o + - "
    "shift+down shift+up 3 > o 3 < g g G"
)
WIDE_TEXT = (
    "東京 - 「水が来ない」と山田氏は述べた。👩‍🚒👩‍🚒 🇸🇾 said é̂ Varga.\n\n"
    "“Ça brûle 🔥,” dit Inès Varga, “et personne n’est venu 👨‍👩‍👧‍👦.”\n"
    + "水" * 100
    + "\n"
    + "👩‍🚒" * 60
    + "\n\u0301 alone, \u200b\u200d\ufeff and \tTab\n"
)
CRLF = "Depot burns\r\n\r\nVarga said so.\r\n“It was\r\nold,” said Quillard.\r\n\r\n"


@pytest.mark.parametrize("text", ["", "\n\n\n", "\ufeff"], ids=repr)
async def test_a_text_without_words_opens_and_says_so(tmp_path: Path, text: str) -> None:
    async with opened(tmp_path, text) as bench:
        assert bench.said.startswith(" There is")
        await bench.press(EVERY_MOTION)
        await bench.press("e c s r a")
        assert bench.said.startswith(" There is no claim")
        await bench.press("/ x enter t t ? escape q")
        assert bench.marks == []
        bench.check_clean()


async def test_a_mark_that_ends_within_a_cluster_moves_nothing(tmp_path: Path) -> None:
    text = "The 👨\u200d👩\u200d👧 family and e\u0301te\u0301 at the quay.\n"
    async with opened(tmp_path, text) as bench:
        before = bench.rows[1]
        desk = bench.desk
        claim = desk.session.scheme.kind("claim")
        accent = text.index("\u0301")
        for start, end in ((5, 7), (accent, accent + 1)):
            desk.tag(claim, fragments=(Fragment(start, end),))
        bench.screen.show()
        await bench.settle()
        assert bench.rows[1] == before
        left = before.index("The")
        await bench.pilot.click(offset=(left + len("The __ fa"), 1))
        assert bench.selected == "family"


async def test_a_wordless_text_is_not_tagged(tmp_path: Path) -> None:
    async with opened(tmp_path, "") as bench:
        await bench.press("c")
        assert "There is nothing to mark in this text" in bench.said
        assert bench.tables == {}


@pytest.mark.parametrize(
    ("text", "size"),
    [
        (CRLF, (80, 24)),
        (WIDE_TEXT, (80, 24)),
        (WIDE_TEXT, (21, 7)),
        ("a" * 300, (21, 7)),
        ("..., — !?\n\n—\n", (80, 24)),
    ],
    ids=["CRLF", "wide", "wide and narrow", "no blanks", "no words"],
)
async def test_every_motion_and_every_tag(tmp_path: Path, text: str, size: tuple[int, int]) -> None:
    async with opened(tmp_path, text, size=size) as bench:
        for keys in EVERY_MOTION.split():
            await bench.press(keys)
            now = bench.desk.selection
            assert 0 <= now.start <= now.end <= len(text)
        await bench.press("home e p c s tab e o ) c L L r down s end c > e enter")
        assert bench.marks or text.startswith("...")  # each was compared with the text
        bench.check_clean()


async def test_extending_over_line_ends_takes_them_whole(tmp_path: Path) -> None:
    async with opened(tmp_path, CRLF) as bench:
        await bench.press("right >")
        assert bench.selected == "burns\r\n"
        await bench.press("<")
        assert bench.selected == "burns"
        await bench.press("/")
        await bench.write("it was old")
        await bench.press("enter c")
        assert bench.marks == [("claim", None, ["It was\r\nold"])]
        assert "“It was old”" in bench.said


async def test_clusters_are_never_cut(tmp_path: Path) -> None:
    async with opened(tmp_path, WIDE_TEXT) as bench:
        bench.desk.move_to(WIDE_TEXT.index("🇸🇾") + 3)
        await bench.press("home " + "> " * 24 + "c")
        ((_, _, quotes),) = bench.marks
        end = len(quotes[0])
        assert WIDE_TEXT[end] not in "\u200d\u0301\u0302🇾"


async def test_a_line_of_200000_letters_without_a_blank(tmp_path: Path) -> None:
    text = "x" * 200_000
    async with opened(tmp_path, text) as bench:
        await bench.press("down pagedown up end home right 5 pagedown")
        await bench.press("> L - + e enter")
        assert len(bench.marks) == 1
        await bench.press("u c q")
        assert len(bench.marks) == 1
    async with opened(tmp_path, text, size=(160, 50)) as bench:
        assert len(bench.marks) == 1


async def test_a_long_text_is_gone_through(tmp_path: Path) -> None:
    text = "Varga said the quay was lost to the water.\n\n" * 5000
    async with opened(tmp_path, text) as bench:
        await bench.press("G")
        assert bench.desk.selection.start > len(text) - 20
        assert "100 %" in bench.said
        await bench.press("c 5 0 pageup e p g g")
        assert "saved" in bench.said
        assert [kind for kind, _, _ in bench.marks] == ["entity", "claim"]


TAIL = "One two.\n" * 30 + "\n" * 60


async def test_blank_rows_at_both_ends_are_reached_by_keys(tmp_path: Path) -> None:
    text = "\n" * 60 + TAIL
    async with opened(tmp_path, text) as bench:
        article = bench.screen.article
        for keys, percent in (("G", 100), ("home", 0), ("end", 100), ("g g", 0)):
            await bench.press(keys)
            assert article.percent == 100 if percent else article.first_shown == 0
            assert bench.selected in ("One", "two")
        while article.percent < 100:
            before = article.first_shown
            await bench.press("pagedown")
            assert article.first_shown > before
        await bench.press("pagedown pagedown")
        assert article.percent == 100
        assert text.rindex("One") <= bench.desk.selection.start
        while article.first_shown > 0:
            before = article.first_shown
            await bench.press("pageup")
            assert article.first_shown < before
        await bench.press("G right")  # a motion goes on from the words
        assert article.shows(bench.desk.selection.start)


async def test_a_page_further_than_the_words_goes_to_the_last_of_them(tmp_path: Path) -> None:
    async with opened(tmp_path, TAIL) as bench:
        await bench.press("pagedown pagedown")
        assert bench.desk.selection.start == TAIL.rindex("One")
        await bench.press("pageup pageup")
        assert bench.desk.selection.start == 0


async def test_a_text_of_line_ends_alone_is_gone_through(tmp_path: Path) -> None:
    async with opened(tmp_path, "\n" * 500) as bench:
        article = bench.screen.article
        await bench.press("pagedown")
        assert 0 < article.first_shown < 40
        await bench.press("G")
        assert "100 %" in bench.said
        await bench.press("pageup")
        assert 400 < article.first_shown < 475
        await bench.press("home")
        assert article.first_shown == 0


async def test_an_empty_text_has_no_scroll_bar(tmp_path: Path) -> None:
    async with opened(tmp_path, "") as bench:
        assert "▐" not in bench.picture


async def test_a_wide_margin_gives_way_to_the_text(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(24, 12), settings=Settings(margin=20)) as bench:
        assert "│  Depot burns for a" in bench.picture
        await bench.resize(120, 24)
        assert "│" + " " * 20 + "Depot burns for a" in bench.picture


async def test_other_encodings_are_said_and_their_offsets_are_code_points(tmp_path: Path) -> None:
    text = "Le dépôt a brûlé mardi, a déclaré Inès Varga. « Personne n’est venu », a-t-elle dit.\n"
    async with opened(tmp_path, "unused") as bench:
        (tmp_path / "old.txt").write_bytes(text.encode("cp1252"))
        bench.app._names.append(str(tmp_path / "old.txt"))
        bench.screen.place = "1 of 2"
        await bench.press("g n")
        assert "not UTF-8" in bench.said
        await bench.tab_to("Inès Varga")
        await bench.press("e p")
        assert bench.desk.text == text
        assert bench.marks == [("entity", "person", ["Inès Varga"])]


async def test_tab_goes_on_until_it_is_there_or_a_key_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_PATIENCE", 0.0)  # a block a step
    text = "the quay burnt down " * 40_000 + "Ines Varga"
    async with opened(tmp_path, text) as bench:
        await bench.press("tab")
        assert "Going on" in bench.said
        await bench.press("escape")
        assert "Going on" not in bench.said
        assert bench.selected == "the"
        monkeypatch.setattr(reading, "_PATIENCE", 60.0)
        await bench.press("tab")
        assert bench.selected == "Ines Varga"
        monkeypatch.setattr(reading, "_PATIENCE", 0.0)
        await bench.press("shift+tab")
        for _ in range(400):
            await bench.pilot.pause(0.01)
            if "None before this" in bench.said:
                break
        assert "None before this that is not tagged" in bench.said
        assert bench.selected == "Ines Varga"
