"""spaCy's JSONL, read by spaCy itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from reader.errors import InputError
from reader.formats.codec import Content, Options
from reader.formats.report import Report
from reader.formats.source import Source
from reader.formats.spacy_jsonl import SPACY
from tests.formats.fixtures import FIXTURES, content
from tests.formats.strategies import contents
from tests.formats.trip import encoded
from tests.model.build import mark, of


def lines(*given: Content) -> list[dict[str, Any]]:
    data = encoded(SPACY, given).files[0].main.decode()
    return [json.loads(line) for line in data.split("\n")[:-1]]


def read(**plain: object) -> Content:
    data = json.dumps({"text": "Ann says no", **plain}).encode()
    (content,) = SPACY.decode(Source("docs.jsonl", data), Options(), Report())
    return content


def test_entities_are_those_that_do_not_overlap() -> None:
    (line,) = lines(*FIXTURES["overlaps"])
    assert line["ents"] == [{"start": 0, "end": 18, "label": "person"}]
    assert sorted(each["label"] for each in line["spans"]["entity"]) == [
        *("organisation", "person", "place", "place")
    ]
    assert {"entity", "claim", "source", "cue"} == set(line["spans"])


def test_what_an_entity_is_goes_by_kb_id() -> None:
    text = "Ann says no"
    known = of("Ann", 1, text=text, kind="entity", attributes={"reference": "Q42"})
    made = encoded(SPACY, [content(text, known)])
    assert not made.report
    (line,) = lines(content(text, known))
    assert line["spans"]["entity"][0]["kb_id"] == "Q42"
    assert read(spans=line["spans"]).annotations[0].attributes == {"reference": "Q42"}


def test_white_space_at_the_edges_is_told() -> None:
    text = "a b  c\n"
    marks = (mark(1, (0, 2), text=text), mark(2, (3, 5), text=text), mark(3, (2, 7), text=text))
    assert str(encoded(SPACY, [content(text, *marks)]).report) == (
        "marks of white space alone (1), white space at the edges of marks (2)"
    )


def test_a_cut_word_is_told() -> None:
    text = "northward"
    made = encoded(SPACY, [content(text, mark(1, (0, 5), text=text))])
    assert "inside of a word" in str(made.report)


def test_entities_alone_are_entities() -> None:
    found = read(
        ents=[{"start": 0, "end": 3, "label": "PERSON"}],
        spans={"sc": [{"start": 9, "end": 11, "label": "claim:statement", "kb_id": ""}]},
    )
    assert [(each.words, each.kind, each.label) for each in found.annotations] == [
        ("Ann", "entity", "PERSON"),
        ("no", "claim", "statement"),
    ]


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ({"spans": []}, None),
        ({"spans": [1]}, "no groups"),
        ({"spans": {"a": 5}}, "no list of objects"),
        ({"ents": [{"start": 0, "end": 99, "label": "X"}]}, "outside"),
        ({"ents": [{"start": "0", "end": 1, "label": "X"}]}, "no whole number"),
        ({"ents": [{"start": 0, "end": 1, "label": []}]}, "no word"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(plain: dict, said: str | None) -> None:
    if said is None:
        assert read(**plain).annotations == ()
        return
    with pytest.raises(InputError, match=rf"docs\.jsonl, line 1 .*{said}"):
        read(**plain)


@pytest.fixture(scope="module")
def vocab() -> Any:
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed", exc_type=ImportError)
    return spacy.blank("en").vocab


def _loads(vocab: Any, line: dict[str, Any]) -> Any:
    from spacy.tokens import Doc

    doc = Doc(vocab).from_json(line, validate=True)
    assert doc.text == line["text"]
    for group, spans in line["spans"].items():
        for span, loaded in zip(spans, doc.spans[group], strict=True):
            assert (loaded.start_char, loaded.end_char) == (span["start"], span["end"])
            assert (loaded.label_, loaded.kb_id_) == (span["label"], span["kb_id"])
    assert [(each.start_char, each.end_char, each.label_) for each in doc.ents] == [
        (each["start"], each["end"], each["label"]) for each in line["ents"]
    ]
    return doc


@pytest.mark.parametrize("fixture", FIXTURES)
def test_spacy_loads_it(vocab: Any, fixture: str) -> None:
    for line, given_content in zip(lines(*FIXTURES[fixture]), FIXTURES[fixture], strict=True):
        doc = _loads(vocab, line)
        quotes = {quote.strip() for each in given_content.annotations for quote in each.quote}
        found = {span.text for group in doc.spans.values() for span in group}
        assert found == quotes - {""}


@settings(max_examples=60)
@given(content=contents(wild=False))
def test_spacy_loads_any_text(vocab: Any, content: Content) -> None:
    for line in lines(content):
        _loads(vocab, line)


def test_what_spacy_writes_is_read(vocab: Any) -> None:
    (line,) = lines(*FIXTURES["article"])
    doc = _loads(vocab, line)
    written = (json.dumps(doc.to_json()) + "\n").encode()
    (back,) = SPACY.decode(Source("docs.jsonl", written), Options(), Report())
    (own,) = SPACY.decode(Source("docs.jsonl", json.dumps(line).encode()), Options(), Report())
    assert [(each.kind, each.label, each.quote) for each in back.annotations] == [
        (each.kind, each.label, each.quote) for each in own.annotations
    ]
