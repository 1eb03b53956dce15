"""The colours: themes of our own, dark and light, of high contrast, and for the colour-blind.

Every pair that carries text has a contrast of at least 4.5:1, and what lies behind words differs;
a test computes both, for all colours and for the 256 that many terminals have. Those round each
channel to a few levels, dark ones to 0 or 95: a value here may look odd for their sake.
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
    "mark-other": "#eec47b",
    "wash-1": "#3f3519",
    "wash-2": "#4c3f17",
    "wash-3": "#594915",
    "current": "#2c2f85",
    "chosen": "#2f6fb3",
    "chosen-text": "#ffffff",
    "key": "#f2c14e",
    "tagged": "#f2c14e",
    "tagged-text": "#1c1c1c",
    "hit": "#5c2d5c",
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
        "mark-cue": "#6c2fa8",
        "mark-other": "#6e4600",
        "wash-1": "#fdf0c4",
        "wash-2": "#fae29a",
        "wash-3": "#f5d36e",
        "current": "#d3e3f5",
        "chosen": "#0b5cad",
        "chosen-text": "#ffffff",
        "key": "#723e00",
        "tagged": "#ffae42",
        "tagged-text": "#1c1c1c",
        "hit": "#f3d3f3",
        "badge": "#a33b00",
        "badge-text": "#ffffff",
        "quiet": "#586069",
        "rim": "#c4c0b6",
        "rim-focus": "#0b5cad",
        "danger": "#b3261e",
    },
)

CONTRAST: Final = Theme(
    name="reader-contrast",
    primary="#7fd4ff",
    secondary="#7dff9b",
    accent="#ffd93d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#7dff9b",
    warning="#ffd93d",
    error="#ff9a9a",
    dark=True,
    variables={
        "article-text": "#ffffff",
        "mark-entity": "#7fd4ff",
        "mark-source": "#7dff9b",
        "mark-cue": "#ffb3ff",
        "mark-other": "#ffd28a",
        "wash-1": "#3a3000",
        "wash-2": "#4d4000",
        "wash-3": "#5e4f00",
        "current": "#173a5e",
        "chosen": "#ffffff",
        "chosen-text": "#000000",
        "key": "#ffd93d",
        "tagged": "#ffd93d",
        "tagged-text": "#000000",
        "hit": "#5c005c",
        "badge": "#ff9e3d",
        "badge-text": "#000000",
        "quiet": "#d0d0d0",
        "rim": "#9a9a9a",
        "rim-focus": "#ffffff",
        "danger": "#ff9a9a",
    },
)

COLOURBLIND: Final = Theme(
    # the hues of Okabe and Ito (2008), which people with any colour vision tell apart; the washes
    # are greys that differ by how light they are
    name="reader-colourblind",
    primary="#56b4e9",
    secondary="#f0e442",
    accent="#e69f00",
    foreground="#e2e6ea",
    background="#14181d",
    surface="#1a2027",
    panel="#222a33",
    success="#56b4e9",
    warning="#e69f00",
    error="#ff9d6b",
    dark=True,
    variables={
        "article-text": "#e2e6ea",
        "mark-entity": "#56b4e9",
        "mark-source": "#f0e442",
        "mark-cue": "#e6a8cd",
        "mark-other": "#e69f00",
        "wash-1": "#262b32",
        "wash-2": "#2f353d",
        "wash-3": "#383f47",
        "current": "#1f2f7a",
        "chosen": "#0072b2",
        "chosen-text": "#ffffff",
        "key": "#e69f00",
        "tagged": "#e69f00",
        "tagged-text": "#14181d",
        "hit": "#5a2c1c",
        "badge": "#ff9d6b",
        "badge-text": "#14181d",
        "quiet": "#98a2ad",
        "rim": "#3b4652",
        "rim-focus": "#56b4e9",
        "danger": "#ff9d6b",
    },
)

THEMES: Final = {
    "dark": DARK,
    "light": LIGHT,
    "contrast": CONTRAST,
    "colourblind": COLOURBLIND,
}
"""By the name a person gives."""

GREYS: Final = dict.fromkeys((DARK.name, CONTRAST.name), ("#262626", "#3a3a3a", "#4e4e4e"))
"""The washes in 256 colours of the themes, by name, whose own would all three become the one dark
yellow that there is, and that one is too light for the inks of the marks."""

KEYS: Final = {"d": "dark", "l": "light", "c": "contrast", "b": "colourblind"}
"""The key that picks each, once one is asked for."""
