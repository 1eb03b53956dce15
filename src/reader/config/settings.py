"""What a person has chosen, from `settings.toml`. A mistake costs that one setting, never more.

theme = "light"
measure = 80    # the longest row of an article, in cells
margin = 4      # cells left of it, at least
spacing = 2     # every row with a blank one below it; 1 without
numbers = true  # of the paragraphs, in the margin

[keys]
"mark.delete" = ["D", "delete"]
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})

MEASURES: Final = range(30, 201)
MARGINS: Final = range(2, 41)
SPACINGS: Final = range(1, 4)
THEMES: Final = ("light", "dark", "contrast", "colourblind")
_NUMBERS: Final = {"measure": MEASURES, "margin": MARGINS, "spacing": SPACINGS}
_ALL: Final = ("theme", *_NUMBERS, "numbers")


class Settings(NamedTuple):
    """The choices that could be read, and what is wrong with the others, in sentences.

    `measure` is the longest row of an article, in cells, `margin` what is left free before it;
    `spacing` how many rows of the screen each takes; `keys` are a command's keys by its id.
    """

    theme: str | None = None
    measure: int | None = None
    margin: int | None = None
    spacing: int | None = None
    numbers: bool = False
    keys: Mapping[str, tuple[str, ...]] = _NOTHING
    lines: Mapping[str, int] = _NOTHING
    problems: tuple[str, ...] = ()


def load(path: Path) -> Settings:
    """Read the settings; without a file there are none."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        return Settings(problems=(f"{path} cannot be read: {error}",))
    import tomllib  # which most, who have chosen nothing, do without

    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(problems=(f"{path} is left aside: {error}",))
    return _settings(raw, text, path.name)


def _settings(raw: Mapping[str, object], text: str, name: str) -> Settings:
    problems: list[str] = []
    chosen: dict[str, Any] = {}
    keys: dict[str, tuple[str, ...]] = {}

    def wrong(setting: str, should: str) -> None:
        problems.append(f"{name} line {_line(text, setting)}: {setting} {should}.")

    for setting, value in raw.items():
        numbers = _NUMBERS.get(setting)
        if setting == "theme":
            if value in THEMES:
                chosen[setting] = value
            else:
                wrong(setting, f"is one of: {', '.join(THEMES)}")
        elif numbers is not None:
            if type(value) is int and value in numbers:
                chosen[setting] = value
            else:
                wrong(setting, f"is a number from {numbers[0]} to {numbers[-1]}")
        elif setting == "numbers":
            if isinstance(value, bool):
                chosen[setting] = value
            else:
                wrong(setting, "is true or false")
        elif setting == "keys" and isinstance(value, dict):
            for command, given in value.items():
                given = [given] if isinstance(given, str) else given
                if isinstance(given, list) and all(isinstance(key, str) for key in given):
                    keys[command] = tuple(given)
                else:
                    wrong(command, 'takes a key or a list of keys, such as ["D"]')
        else:
            wrong(setting, f"is no setting; there are: {', '.join((*_ALL, 'keys'))}")
    lines = {command: _line(text, command) for command in keys}
    return Settings(**chosen, keys=keys, lines=lines, problems=tuple(problems))


def _line(text: str, setting: str) -> int:
    """The line that a setting stands on; 1 when it is written in a way that is not found."""
    match = re.search(rf"^\s*\[?[\"']?{re.escape(setting)}[\"']?\s*[\]=]", text, re.MULTILINE)
    return text.count("\n", 0, match.end()) + 1 if match else 1
