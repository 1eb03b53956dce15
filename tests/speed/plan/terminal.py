"""Keys as tmux names them, one a line, for `tmux send-keys`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_NAMES: Final = {
    "right": "Right",
    "left": "Left",
    "up": "Up",
    "down": "Down",
    "shift+right": "S-Right",
    "shift+left": "S-Left",
    "shift+up": "S-Up",
    "shift+down": "S-Down",
    "tab": "Tab",
    "shift+tab": "BTab",
    "enter": "Enter",
    "escape": "Escape",
    "space": "Space",
    "backspace": "BSpace",
    "delete": "DC",
    "home": "Home",
    "end": "End",
    "pageup": "PageUp",
    "pagedown": "PageDown",
    ";": "\\;",  # by itself it would end tmux's command
}


def named(keys: Iterable[str]) -> str:
    """The lines of a `.keys` file."""
    return "".join(f"{_NAMES.get(key, key)}\n" for key in keys)
