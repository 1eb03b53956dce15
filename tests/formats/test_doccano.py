"""doccano's JSONL: as its examples have it, in the units of a browser."""

from __future__ import annotations

import json

import pytest

from reader.errors import InputError
from reader.formats.codec import Content, Options
from reader.formats.doccano import DOCCANO
from reader.formats.report import Report
from reader.formats.source import Source
from tests.formats.fixtures import FIXTURES
from tests.formats.trip import decoded, encoded


def read(**plain: object) -> Content:
    data = json.dumps({"text": "😀 Ann says no.", **plain}).encode()
    (content,) = DOCCANO.decode(Source("all.jsonl", data), Options(), Report())
    return content


def test_entities_and_relations_as_an_export_has_them() -> None:
    content = read(
        id=5,
        Comments=["fine"],
        entities=[
            {"id": 1662, "label": "PERSON", "start_offset": 3, "end_offset": 6},
            {"id": 1663, "label": "claim:statement", "start_offset": 12, "end_offset": 14},
        ],
        relations=[{"id": 273, "from_id": 1663, "to_id": 1662, "type": "attribution"}],
    )
    ann, no = content.annotations
    assert (ann.words, ann.kind, ann.label) == ("Ann", "PERSON", None)
    assert (no.words, no.kind, no.label) == ("no", "claim", "statement")
    assert [(each.from_id, each.to_id) for each in content.links] == [(no.id, ann.id)]
    out = json.loads(encoded(DOCCANO, [content]).files[0].main)
    assert (out["id"], out["Comments"]) == (5, ["fine"])
    assert out["entities"][0] == {"id": 1, "label": "PERSON", "start_offset": 3, "end_offset": 6}
    assert out["relations"] == [{"id": 1, "from_id": 2, "to_id": 1, "type": "attribution"}]


@pytest.mark.parametrize(
    ("key", "entry"),
    [
        ("label", [3, 6, "PERSON"]),
        ("labels", [3, 6, "PERSON"]),
        ("annotations", {"label": "PERSON", "start_offset": 3, "end_offset": 6, "user": 1}),
    ],
)
def test_older_versions_are_read(key: str, entry: object) -> None:
    (mark,) = read(**{key: [entry]}).annotations
    assert (mark.words, mark.kind) == ("Ann", "PERSON")


def test_categories_of_a_text_are_kept() -> None:
    content = read(label=["news"], entities=[])
    assert content.annotations == ()
    assert content.document.extra["foreign"] == {"doccano": {"label": ["news"]}}


def test_a_project_without_relations_takes_triples() -> None:
    made = encoded(DOCCANO, FIXTURES["article"], style="labels")
    line = json.loads(made.files[0].main)
    assert line["label"][0] == [44, 68, "claim:quotation"]
    assert not {"entities", "relations"} & line.keys()
    assert "links (2)" in str(made.report)


@pytest.mark.parametrize("unit", ["utf16", "codepoints"])
def test_positions_count_what_is_asked_for(unit: str) -> None:
    made = encoded(DOCCANO, FIXTURES["astral"], units=unit)
    first = json.loads(made.files[0].main)["entities"][0]
    assert first["start_offset"] == (3 if unit == "utf16" else 2)
    back, _ = decoded(DOCCANO, made, FIXTURES["astral"], units=unit)
    assert [each.quote for each in back[0].annotations] == [
        each.quote for each in FIXTURES["astral"][0].annotations
    ]


def test_what_is_lost_is_counted() -> None:
    assert str(encoded(DOCCANO, FIXTURES["article"]).report) == (
        "attributes (3), cues of links (1), notes (2), ties between the parts of split spans (1)"
    )


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ({"label": [[1, 3, "X"]]}, "inside a character"),
        ({"label": [[3, 99, "X"]]}, "outside the text"),
        ({"label": [[3, 3, "X"]]}, "marks nothing"),
        ({"label": [[3, 6]]}, "no start, end and word"),
        ({"label": [[True, 6, "X"]]}, "no whole number"),
        ({"label": [[3.5, 6, "X"]]}, "no whole number"),
        ({"label": [[3, 6, ["X"]]]}, "no word"),
        ({"entities": [7]}, "no object"),
        ({"relations": [{"from_id": 1, "to_id": 2, "type": "x"}]}, "no '1.1'"),
        ({"relations": {}}, "no list"),
        (
            {"entities": [{"id": 1, "start_offset": 3, "end_offset": 6, "label": "X"}] * 2},
            "two '1.1'",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(plain: dict, said: str) -> None:
    with pytest.raises(InputError, match=rf"all\.jsonl, line 1 .*{said}"):
        read(**plain)
