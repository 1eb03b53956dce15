"""Which formats there are."""

from __future__ import annotations

from reader.errors import UsageError
from reader.formats.codec import Codec

NAMES = ("json",)


def codec(name: str) -> Codec:
    """The codec of that name; its module is imported only now."""
    if name == "json":
        from reader.formats.native import NativeJson

        return NativeJson()
    raise UsageError(f"There is no format '{name}'", remedy=f"The formats are: {', '.join(NAMES)}.")
