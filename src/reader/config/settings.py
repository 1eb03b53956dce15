"""What a person has chosen, from `settings.toml`. A mistake costs that one setting, never more.

theme = "light"
measure = 80

[keys]
"mark.delete" = ["D", "delete"]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

MEASURES: Final = range(30, 201)
THEMES: Final = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices that could be read, and what is wrong with the others, in sentences.

    `measure` is the longest row of an article, in cells; `keys` the keys of a command by its id.
    """

    theme: str | None = None
    measure: int | None = None
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def load(path: Path) -> Settings:
    """Read the settings; without a file there are none."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        return Settings(problems=(f"{path} cannot be read: {error}",))
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(problems=(f"{path} is left aside: {error}",))
    return _settings(raw, text, path.name)


def _settings(raw: Mapping[str, object], text: str, name: str) -> Settings:
    problems: list[str] = []
    theme = measure = None
    keys: dict[str, tuple[str, ...]] = {}

    def wrong(setting: str, should: str) -> None:
        problems.append(f"{name} line {_line(text, setting)}: {setting} {should}.")

    for setting, value in raw.items():
        if setting == "theme" and value in THEMES:
            theme = str(value)
        elif setting == "theme":
            wrong(setting, f"is one of: {', '.join(THEMES)}")
        elif setting == "measure" and isinstance(value, int) and value in MEASURES:
            measure = value
        elif setting == "measure":
            wrong(setting, f"is a number from {MEASURES[0]} to {MEASURES[-1]}")
        elif setting == "keys" and isinstance(value, dict):
            for command, chosen in value.items():
                if isinstance(chosen, str):
                    chosen = [chosen]
                if isinstance(chosen, list) and all(isinstance(key, str) for key in chosen):
                    keys[command] = tuple(chosen)
                else:
                    wrong(command, 'takes a key or a list of keys, such as ["D"]')
        else:
            wrong(setting, "is no setting; there are: theme, measure, keys")
    lines = {command: _line(text, command) for command in keys}
    return Settings(theme, measure, keys, lines, tuple(problems))


def _line(text: str, setting: str) -> int:
    """The line that a setting stands on; 1 when it is written in a way that is not found."""
    match = re.search(rf"^\s*\[?[\"']?{re.escape(setting)}[\"']?\s*[\]=]", text, re.MULTILINE)
    return text.count("\n", 0, match.end()) + 1 if match else 1
