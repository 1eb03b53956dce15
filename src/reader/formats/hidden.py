"""Characters that JSON leaves raw, and a terminal would obey or hide: DEL, C1, bidi and line
controls. Files of ours hold none of them raw, so that they can be looked at."""

from __future__ import annotations

import re
from typing import Final

HIDDEN: Final = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)


def escaped(written: str) -> str:
    """JSON with each of them as an escape; it says the same."""
    return HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", written)
