"""The colours: a dark and a light theme of our own.

Every pair that carries text has a contrast of at least 4.5:1; a test computes it.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

VARIABLES: Final = {
    # defaults; each theme gives its own
    "article-text": "#d8dee4",
    "mark-entity": "#8cc4ff",
    "mark-source": "#85d996",
    "mark-cue": "#d2a8ff",
    "mark-other": "#e5c07b",
    "wash-1": "#3f3519",
    "wash-2": "#4c3f17",
    "wash-3": "#594915",
    "current": "#31455c",
    "chosen": "#2f6fb3",
    "chosen-text": "#ffffff",
    "key": "#f2c14e",
    "tagged": "#f2c14e",
    "tagged-text": "#1c1c1c",
    "hit": "#5c3a5c",
    "badge": "#ff9e64",
    "badge-text": "#14181d",
    "quiet": "#9099a3",
    "rim": "#3b4652",
    "rim-focus": "#79b8ff",
    "danger": "#ff8080",
}

DARK: Final = Theme(
    name="reader-dark",
    primary="#79b8ff",
    secondary="#85d996",
    accent="#f2c14e",
    foreground="#d8dee4",
    background="#14181d",
    surface="#1a2027",
    panel="#222a33",
    success="#85d996",
    warning="#f2c14e",
    error="#ff8080",
    dark=True,
    variables=VARIABLES,
)

LIGHT: Final = Theme(
    name="reader-light",
    primary="#0b5cad",
    secondary="#1d6b34",
    accent="#8a5a00",
    foreground="#23282e",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e8e5de",
    success="#1d6b34",
    warning="#8a5a00",
    error="#b3261e",
    dark=False,
    variables={
        "article-text": "#23282e",
        "mark-entity": "#0b5394",
        "mark-source": "#19602e",
        "mark-cue": "#6f3aa8",
        "mark-other": "#7a4f00",
        "wash-1": "#fdf0c4",
        "wash-2": "#fae29a",
        "wash-3": "#f5d36e",
        "current": "#d3e3f5",
        "chosen": "#0b5cad",
        "chosen-text": "#ffffff",
        "key": "#7a4100",
        "tagged": "#ffae42",
        "tagged-text": "#1c1c1c",
        "hit": "#f3d3f3",
        "badge": "#a33b00",
        "badge-text": "#ffffff",
        "quiet": "#5d6670",
        "rim": "#c4c0b6",
        "rim-focus": "#0b5cad",
        "danger": "#b3261e",
    },
)

THEMES: Final = {"dark": DARK, "light": LIGHT}
"""By the name a person gives."""
