"""What reaches a real terminal, and what a key costs in bytes and in rows laid out. Not timed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from reader.text import wrap as module
from reader.text.wrap import Row, wrap
from tests.speed import texts
from tests.speed.stage import MIDDLE, Stage
from tests.speed.stream import controls, runs, screen, strange
from tests.tui.bench import Bench, opened

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the clock is Linux's")


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(tmp_path_factory.mktemp("stage"), rounds=1)
    yield made
    made.close()


# Hostile texts ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("kind", ["utf-8", "cp1252", "latin-1"])
def test_a_hostile_text_commands_nothing(stage: Stage, kind: str, size: tuple[int, int]) -> None:
    data = {"utf-8": texts.HOSTILE.encode(), "cp1252": texts.INVALID, "latin-1": texts.CONTROLS}
    assert stage.hostile(data[kind], size) == ([], [])
    sent = stage.recorded(data[kind], texts.NAME, size)
    assert "b␛]0;seized␇·.txt" in "\n".join(screen(sent, size))


def test_what_textual_sends(stage: Stage) -> None:
    """The measure of all others, itself looked at: no titles, no clipboard, no raw controls."""
    sent = stage.recorded(texts.harmless().encode(), "harmless.txt", (80, 24))
    found = controls(sent)
    assert {"csi H", "csi m", "csi '?1049h'", "csi '?2026h'", "csi '?2026l'"} <= found
    assert not [each for each in found if each.startswith(("c1", "escape"))]
    assert {each for each in found if each.startswith("c0")} <= {r"c0 '\n'", r"c0 '\r'"}
    strings = {each for each in found if each.startswith("string")}
    assert all(each.startswith(r"string '\x1b]22;") for each in strings)  # the pointer's shape


@pytest.mark.parametrize(
    "sent",
    [
        "\x1b]0;seized\x07",
        "\x1b]52;c;c2Vp\x07",
        "\x1b[6n",
        "\x1b[2J",
        "\x1b[?1000l",
        "\x1bc",
        "\x9b31m",
        "\x07",
        "\x00",
        "\u202eabc",
        "\x1b[5;31m",
        "\x1b[99;99H",
    ],
)
def test_what_would_be_noticed(sent: str) -> None:
    harmless = controls(b"\x1b[?1049h\x1b[1;1H\x1b[0m\x1b[31mtext\n")
    assert not strange(b"\x1b[2;2H\x1b[38;5;5mtext\n", harmless, (80, 24))
    assert strange(sent.encode(), harmless, (80, 24))


def test_runs_of_text_are_measured() -> None:
    assert list(runs("\x1b[3;2Hab\x1b[31m中\n\x1b[4;1Hc".encode())) == [
        (3, 2, 4, "ab中"),
        (4, 1, 1, "c"),
    ]


# Bytes --------------------------------------------------------------------------------------------


def test_a_step_to_the_right_writes_few_bytes(stage: Stage) -> None:
    terminal = stage.reader(MIDDLE)
    sent = [terminal.press("right").sent for _ in range(25)]
    assert 0 < median(sent) <= 400


# Rows ---------------------------------------------------------------------------------------------


class Wraps:
    """Counts the rows that are laid out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rows = 0
        monkeypatch.setattr(module, "wrap", self._wrap)

    def _wrap(self, *given: object) -> list[Row]:
        rows = wrap(*given)  # type: ignore[arg-type]
        self.rows += len(rows)
        return rows

    async def by(self, bench: Bench, keys: str) -> int:
        """How many rows some keys had laid out."""
        self.rows = 0
        await bench.press(keys)
        return self.rows


async def test_opening_lays_out_a_screenful(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wraps = Wraps(monkeypatch)
    async with opened(tmp_path, texts.article(300_000), size=(120, 40)):
        assert 0 < wraps.rows <= 150


async def test_keys_lay_out_what_comes_into_view_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wraps = Wraps(monkeypatch)
    text = texts.article(300_000)
    longest = 24  # rows of a paragraph, which is laid out as a whole
    async with opened(tmp_path, text, size=(120, 40)) as bench:
        shown = 40
        await bench.press("down down")
        assert await wraps.by(bench, "right right left shift+right right") == 0
        assert await wraps.by(bench, "down up down") == 0
        assert await wraps.by(bench, "c u") == 0
        assert 0 < await wraps.by(bench, "pagedown") <= shown + 2 * longest
        assert await wraps.by(bench, "pageup") <= longest
        assert await wraps.by(bench, "G") <= shown + longest  # known from laying out the text
        assert await wraps.by(bench, "right up") <= longest
        assert await wraps.by(bench, "g g") <= shown + longest
        assert await wraps.by(bench, "pagedown") <= longest
