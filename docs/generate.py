"""Writes the parts of the documentation that the program knows best: its keys, its commands
and its formats.

    python docs/generate.py

A test compares what this would write with what stands in the pages.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from reader.cli.formats import directions
from reader.cli.parser import COMMANDS, command_module, command_parser
from reader.formats.codec import option_names
from reader.formats.registry import codecs
from reader.formats.units import NAMES as UNITS
from reader.model.scheme import DEFAULT
from reader.tui.commands.catalogue import GROUPS, commands
from reader.tui.commands.command import shown_key

DOCS = Path(__file__).parent
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def keys() -> str:
    """The keys by subject, each with the name that a settings file uses."""
    parts = []
    for group in GROUPS:
        parts.append(f"### {group}\n\n| keys | what | name |\n| --- | --- | --- |")
        for command in (each for each in commands(DEFAULT) if each.group == group):
            shown = " ".join(f"<kbd>{_escaped(shown_key(key))}</kbd>" for key in command.keys)
            parts.append(f"| {shown} | {command.help} | `{command.id}` |")
        parts.append("")
    return "\n".join(parts)


def _escaped(key: str) -> str:
    return key.replace("<", "&lt;").replace(">", "&gt;").replace("|", "&#124;")


def command_help() -> str:
    """What `reader COMMAND --help` prints, for each of them."""
    os.environ["COLUMNS"] = "90"
    parts = []
    for name, command in COMMANDS.items():
        text = _ANSI.sub("", command_parser(name, command_module(name)).format_help())
        lines = "\n".join(line.rstrip() for line in text.rstrip().splitlines())
        parts.append(f"## reader {name}\n\nTo {command.summary}.\n\n```text\n{lines}\n```\n")
    return "\n".join(parts)


def formats() -> str:
    """What each format carries and loses."""
    rows = [
        "| format | ways | positions | carries | loses | options |",
        "| - | - | - | - | - | - |",
    ]
    for codec in codecs():
        files = ", ".join(f"`{each}`" for each in codec.extensions)
        each = "; a file for each document" if codec.per_document else ""
        unit = UNITS[codec.unit] if codec.unit is not None else "–"
        cells = (
            f"**{codec.name}**: {codec.summary} ({files}{each})",
            directions(codec),
            unit,
            ", ".join(codec.carries),
            ", ".join(codec.loses) or "nothing",
            "<br>".join(f"`{_escaped(option)}`" for option in option_names(codec)) or "–",
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


PAGES = {"keys.md": keys, "commands.md": command_help, "formats.md": formats}


def page(name: str) -> str:
    """A page with its generated part made anew."""
    text = (DOCS / name).read_text("utf-8")
    begin, end = "<!-- generated: begin -->\n", "<!-- generated: end -->"
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n{PAGES[name]()}\n{end}{after}"


if __name__ == "__main__":
    for each in PAGES:
        (DOCS / each).write_text(page(each), "utf-8")
