"""The filter of the tagging pane: words and questions."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.layer import Layers
from reader.workspace.filtering import matching
from tests.model.build import document, mark, of, tie

WARNED = of("We had warned them twice", 1, label="quotation", note="ask Kestrel for the letters")
DONE = of("nothing was done", 2, attributes={"status": "disputed", "check_note": "see the log"})
FIRE = of("A fire destroyed two warehouses", 3, attributes={"unattributed": True})
VARGA = of("Ines Varga", 4, kind="source", label="named", annotator="Boris")
PORT = of("PORT AMRIN", 5, kind="entity", label="place", anchor="moved")
SPLIT = mark(6, (0, 4), (11, 15), attributes={"priority": "high"})
MARKS = (WARNED, DONE, FIRE, VARGA, PORT, SPLIT)
LAYERS = Layers(document(), MARKS, [tie(9, WARNED, VARGA)])


def found(text: str) -> list[int]:
    """The numbers of the marks that are left."""
    wanted = matching(text, LAYERS)
    assert wanted is not None
    return [number for number, each in enumerate(MARKS, start=1) if wanted(each)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("WARNED", [1]),
        ("warned twice", [1]),
        ("twice warned", [1]),
        ('"warned twice"', []),
        ('"warned them', [1]),
        ("kestrel", [1]),
        ("named", [4]),
        ("port", [5, 6]),
        ("kind:claim", [1, 2, 3, 6]),
        ("kind:cl done", [2]),
        ("kind:", None),
        ("kind: done", [2]),
        ("Kind:Source", [4]),
        ("label:quot", [1]),
        ("label:none", [2, 3, 6]),
        ("no source", [2, 6]),
        ("is:unsourced", [2, 6]),
        ("has source", [1]),
        ("is:unattributed", [3]),
        ("has note", [1]),
        ("has:note", [1]),
        ("no note", [2, 3, 4, 5, 6]),
        ("no label kind:claim", [2, 3, 6]),
        ("has:status", [2]),
        ("status:disputed", [2]),
        ("status:dis no source", [2]),
        ("priority:high", [6]),
        ("check_note:see", [2]),
        ("check-note:see", [2]),
        ('check-note:"see the"', [2]),
        ("by:boris", [4]),
        ("is:split", [6]),
        ("is:uncertain", [5]),
        ("10:30", []),
        ("is:nonsense", []),
        ("vargà", [4]),
    ],
)
def test_what_is_asked_for(text: str, numbers: list[int] | None) -> None:
    if numbers is None:
        assert matching(text, LAYERS) is None
    else:
        assert found(text) == numbers


@pytest.mark.parametrize("text", ["", "  ", '"', '""', "by:"])
def test_nothing_asked_shows_all(text: str) -> None:
    assert matching(text, LAYERS) is None


@given(st.text(max_size=20))
def test_anything_can_be_typed(text: str) -> None:
    wanted = matching(text, LAYERS)
    if wanted is not None:
        assert all(isinstance(wanted(each), bool) for each in MARKS)


def test_it_costs_little_with_many_marks() -> None:
    wanted = matching("kestrel status:disputed", LAYERS)
    words = matching("harbour", LAYERS)
    assert wanted is not None
    assert words is not None
    begun = time.process_time()
    for _ in range(100_000 // len(MARKS)):
        for each in MARKS:
            wanted(each)
            words(each)
    assert time.process_time() - begun < 5  # 0.3 seconds on the machine it was written on
