"""Places are checked against the text before anything is taken in."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reader.errors import InputError
from reader.formats.codec import Content, check_places
from tests.model.build import TEXT, document, mark


def test_right_places_pass() -> None:
    check_places(Content(document(), None, (mark(1), mark(2, (3, 5), (5, 9))), ()), TEXT, "a.json")


def test_a_wrong_place_names_file_and_annotation() -> None:
    wrong = replace(mark(1), quote=("PORT AMRIn",))
    with pytest.raises(InputError, match=rf"a\.json cannot be imported: annotation {wrong.id}"):
        check_places(Content(document(), None, (mark(2), wrong), ()), TEXT, "a.json")


def test_a_text_of_another_length_is_refused() -> None:
    with pytest.raises(InputError, match="its text has 5 characters"):
        check_places(Content(document(), None, (), ()), "short", "a.json")
