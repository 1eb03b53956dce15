"""Which formats there are."""

from __future__ import annotations

import pytest

from reader.errors import Exit, UsageError
from reader.formats.registry import NAMES, codec


@pytest.mark.parametrize("name", NAMES)
def test_every_format_has_a_codec_of_its_name(name: str) -> None:
    assert codec(name).name == name
    assert codec(name).summary


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="The formats are: json") as caught:
        codec("pdf")
    assert caught.value.exit_code is Exit.USAGE
