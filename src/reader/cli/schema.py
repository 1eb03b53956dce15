"""`reader schema`: print the JSON Schema of the exports."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from reader.cli import output
from reader.errors import Exit
from reader.formats.native_schema import json_schema

DESCRIPTION = """Print the JSON Schema (2020-12) of what 'reader export' writes."""
EXAMPLES = ("reader schema > reader.schema.json",)


def declare(parser: ArgumentParser) -> None:
    """It takes none."""


def run(arguments: Namespace) -> int:
    output.data(json.dumps(json_schema(), indent=2) + "\n")
    return Exit.FINE
