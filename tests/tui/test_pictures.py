"""The screen as a whole, compared with pictures that a person has looked at.

`pytest tests/tui/test_pictures.py --snapshot-update -n 0` draws them anew.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from reader.tui.picture import tidy
from tests.tui.bench import ARTICLE, Bench, opened

TEXT = ARTICLE[: ARTICLE.index("\nParagraph 4")]


class SvgFile(SingleFileSnapshotExtension):
    file_extension = "svg"
    _write_mode = WriteMode.TEXT


@pytest.fixture
def svg(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(SvgFile)


def drawn(bench: Bench) -> str:
    """The picture, small and a shape a line: one rectangle for the ground instead of hundreds."""
    picture = tidy(bench.app.export_screenshot(title="reader", simplify=True))
    picture = re.sub(r"<clipPath id=\"[^\"]*-line-\d+\">.*?</clipPath>", "", picture, flags=re.S)
    picture = re.sub(r" clip-path=\"url\(#[^)]*-line-\d+\)\"", "", picture)
    picture = re.sub(r" shape-rendering=\"crispEdges\"", "", picture)
    picture = re.sub(r"<text[^>]*>(?:&#160;)*\s*</text>", "", picture)
    grounds = Counter(re.findall(r"<rect fill=\"(#\w{6})\" x=", picture))
    ((ground, _),) = grounds.most_common(1)
    first, *_ = re.findall(rf"<rect fill=\"{ground}\" x=[^>]*>", picture)
    picture = picture.replace(first, f'<rect fill="{ground}" width="100%" height="100%"/>', 1)
    picture = re.sub(rf"<rect fill=\"{ground}\" x=[^>]*>", "", picture)
    picture = re.sub(r"(?=<(?:rect|text) )", "\n", picture)
    return re.sub(r"\s*\n\s*", "\n", picture)


async def marked(bench: Bench) -> None:
    """An entity of each label's kind, a split claim and its source."""
    await bench.press("tab e l tab e o home")
    await bench.tab_to("Ines Varga")
    await bench.press("s home ' c a 1")


async def test_marks_in_80_by_24_in_the_dark(tmp_path: Path, svg: SnapshotAssertion) -> None:
    async with opened(tmp_path, TEXT) as bench:
        await marked(bench)
        assert drawn(bench) == svg


async def test_both_panes_in_160_by_50_in_the_light(tmp_path: Path, svg: SnapshotAssertion) -> None:
    async with opened(tmp_path, TEXT, size=(160, 50), theme="light") as bench:
        await marked(bench)
        await bench.press("/ k e s t r e l enter")
        assert drawn(bench) == svg


async def test_digits_while_attributing(tmp_path: Path, svg: SnapshotAssertion) -> None:
    async with opened(tmp_path, TEXT, size=(100, 24)) as bench:
        await marked(bench)
        await bench.press("u a")
        assert drawn(bench) == svg
