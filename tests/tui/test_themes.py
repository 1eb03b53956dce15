"""Contrast by WCAG 2.2: at least 4.5:1 for each text on the ground that it is drawn on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem

import reader.tui.app
from reader.tui.themes import GREYS, THEMES

FOLDER = Path(reader.tui.app.__file__).parent
SHEET = "".join(path.read_text("utf-8") for path in sorted(FOLDER.glob("*.tcss")))


def colours(theme: str) -> dict[str, str]:
    """Every variable that the style sheet uses."""
    own = THEMES[theme]
    known = {
        "background": own.background,
        "surface": own.surface,
        "panel": own.panel,
        "success": own.success,
        "error": own.error,
        **own.variables,
    }
    used = set(re.findall(r"\$([a-z0-9-]+)", SHEET))
    missing = {name for name in used if not known.get(name)}
    assert not missing, missing
    return {name: str(known[name]) for name in used}


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def rules() -> list[tuple[str, str]]:
    """The text and ground of every rule that names both."""
    pairs = []
    for body in re.findall(r"\{([^{}]*)\}", SHEET):
        text = re.search(r"(?<![a-z-])color: \$([a-z0-9-]+)", body)
        ground = re.search(r"background: \$([a-z0-9-]+);", body)
        if text and ground:
            pairs.append((text[1], ground[1]))
    return sorted(set(pairs))


GROUNDS = ("background", "wash-1", "wash-2", "wash-3", "current", "hit")
INKS = ("article-text", "mark-entity", "mark-source", "mark-cue", "mark-other")
STACKED = [(ink, ground) for ink in INKS for ground in GROUNDS]
"""What the article lays over one another: an innermost mark's ink on any ground."""

FRAMED = [
    ("article-text", "background"),  # titles in the borders of the panes
    ("article-text", "surface"),
    ("quiet", "surface"),  # in the card and the help
    ("mark-entity", "surface"),
]


def test_luminance_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_sheet_is_read() -> None:
    assert ("tagged-text", "tagged") in rules()
    assert len(rules()) > 15


WRITTEN = sorted(
    {*rules(), *STACKED, *FRAMED} - {("rim", "background")}  # the scroll bar's groove: no text
)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), WRITTEN)
def test_text_stands_out_from_its_ground(theme: str, text: str, ground: str) -> None:
    known = colours(theme)
    assert contrast(known[text], known[ground]) >= 4.5


def of_256(theme: str) -> dict[str, Color]:
    """The colours as a terminal that has but 256 shows them."""
    known = colours(theme)
    greys = GREYS.get(THEMES[theme].name, ())
    known |= {f"wash-{depth}": grey for depth, grey in enumerate(greys, start=1)}
    return {
        name: Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT) for name, colour in known.items()
    }


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), WRITTEN)
def test_text_stands_out_in_256_colours(theme: str, text: str, ground: str) -> None:
    known = of_256(theme)
    assert contrast(*(known[each].get_truecolor().hex for each in (text, ground))) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_what_lies_behind_words_differs_in_256_colours(theme: str) -> None:
    known = of_256(theme)
    grounds = [known[name].number for name in (*GROUNDS, "chosen", "tagged")]
    assert len(set(grounds)) == len(grounds)


@pytest.mark.parametrize("theme", THEMES)
def test_the_selection_stands_out_from_every_mark(theme: str) -> None:
    known = colours(theme)
    grounds = [known[name] for name in (*GROUNDS, "chosen", "tagged")]
    assert len(set(grounds)) == len(grounds)
    for ground in ("background", "wash-1", "wash-2", "wash-3"):
        assert contrast(known["tagged"], known[ground]) >= 1.25
        assert contrast(known["chosen"], known[ground]) >= 1.25


def test_both_themes_name_the_same_variables() -> None:
    dark, light = THEMES["dark"], THEMES["light"]
    assert set(dark.variables) == set(light.variables)
