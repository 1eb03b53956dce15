"""What a call of `reader` gave."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Call = Callable[..., Ran]

ARTICLE = """\
Depot burns for a second day

"We had warned them twice," said harbour master Ines Varga, "and nothing was done."

The second letter was never answered, Varga said.
"""
