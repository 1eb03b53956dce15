"""Web Annotations as other tools write them; and what is wrong with a file."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reader.errors import InputError
from reader.formats.codec import Content, Options
from reader.formats.identity import identified
from reader.formats.report import Report
from reader.formats.source import Source
from reader.formats.webannotation import WEBANNOTATION
from reader.text.decode import decode
from tests.formats.fixtures import ARTICLE, FIXTURES
from tests.formats.test_webannotation import items, whole
from tests.formats.trip import decoded, encoded
from tests.model.build import record_id

TEXT = "Ines Varga said on Monday that Ines Varga had not known. 😀 The end."


def read(raw: Any, text: str | None = TEXT, **options: Any) -> tuple[list[Content], list[str]]:
    data = raw if isinstance(raw, bytes) else json.dumps(raw, indent=1).encode()
    given = decode(text.encode(), "a.txt", "utf-8") if text is not None else None
    report = Report()
    source = Source("a.jsonld", data, given)
    return WEBANNOTATION.decode(source, Options(**options), report), list(report.remarks)


def foreign(*selectors: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """An annotation as a web page makes it."""
    target = {"source": "https://example.org/page", "selector": list(selectors)}
    return {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation"} | {
        "id": "https://example.org/a1",
        "target": target,
        **fields,
    }


def position(start: Any, end: Any) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def quote(exact: Any, **context: str) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, **context}


PLACES = [
    # selectors, the range, a part of the remark
    ([position(0, 10)], (0, 10), ""),
    ([quote("had not known")], (42, 55), ""),
    ([quote("Ines Varga", prefix="that ")], (31, 41), ""),
    ([quote("Ines Varga", suffix=" said")], (0, 10), ""),
    ([quote("Ines Varga")], (0, 10), "more than one place"),
    ([quote("known", prefix="never ", suffix="!")], (50, 55), "between other words"),
    ([position(0, 10), quote("Ines Varga")], (0, 10), ""),
    ([quote("Ines Varga"), position(33, 43)], (31, 41), "its position says"),
    ([position(900, 910), quote("Monday")], (19, 25), "its position says"),
    ([position(0, 10), quote("Ines\n  Varga")], (0, 10), ""),
    ([{"type": "XPathSelector", "value": "/p"}, position(0, 4)], (0, 4), ""),
    ([{"@type": ["oa:TextQuoteSelector"], "exact": "The end"}], (59, 66), ""),
]


@pytest.mark.parametrize(("selectors", "place", "remark"), PLACES)
def test_places_are_found(selectors: Any, place: tuple[int, int], remark: str) -> None:
    (made,), remarks = read(foreign(*selectors))
    assert [tuple(each) for each in made.annotations[0].fragments] == [place]
    assert remark in " ".join(remarks)
    assert bool(remark) == bool(remarks)


BODIES = [
    # body, kind, label, note
    ({"body": {"type": "TextualBody", "value": "why?"}}, "entity", None, "why?"),
    ({"bodyValue": "why?"}, "entity", None, "why?"),
    ({"body": ["one", {"type": "TextualBody", "value": "two"}]}, "entity", None, "one\n\ntwo"),
    ({"body": {"value": "person", "purpose": "tagging"}}, "entity", "person", ""),
    ({"body": {"value": "person"}, "motivation": "tagging"}, "entity", "person", ""),
    ({"body": {"value": "person", "purpose": "classifying"}}, "entity", "person", ""),
    (
        {"body": [{"value": each, "purpose": "tagging"} for each in ("later", "Claim")]},
        *("claim", "later", ""),
    ),
    ({"motivation": "highlighting"}, "entity", None, ""),
]


@pytest.mark.parametrize(("fields", "kind", "label", "note"), BODIES)
def test_bodies_are_read(fields: Any, kind: str, label: str | None, note: str) -> None:
    (made,), remarks = read(foreign(position(0, 10), **fields))
    (made_mark,) = made.annotations
    assert (made_mark.kind, made_mark.label, made_mark.note) == (kind, label, note)
    assert remarks == []
    assert made_mark.foreign == {}


def test_what_has_no_word_here_is_kept_and_goes_back_out() -> None:
    image = {"type": "Image", "id": "https://example.org/i.png"}
    strange = foreign(
        *(position(0, 10), {"type": "RangeSelector", "startSelector": {}}),
        body=[
            "https://example.org/page2",
            image,
            {"type": "TextualBody", "value": "tiens", "language": "fr"},
            *({"value": each, "purpose": "tagging"} for each in ("a", "b", "c")),
        ],
        motivation="assessing",
        creator={"id": "https://example.org/anna", "name": "Anna", "email": "a@example.org"},
        rights="https://example.org/licence",
        mood=1,
    )
    (made,), _ = read(strange)
    (made_mark,) = made.annotations
    assert made_mark.annotator == "Anna"
    assert (made_mark.label, made_mark.note) == ("a", "tiens")
    kept = made_mark.foreign["webannotation"]
    assert isinstance(kept, dict)
    assert kept["body"] == ["https://example.org/page2", image]
    assert kept["tags"] == ["b", "c"]
    assert kept["motivation"] == "assessing"
    assert kept["said"][0]["language"] == "fr"
    assert kept["targets"][0]["selector"][0]["type"] == "RangeSelector"
    assert kept["mood"] == 1
    settled = identified(made, "webannotation", "anna", "2026-11-22T15:24:12.074Z")
    out = encoded(WEBANNOTATION, [settled])
    (item,) = items(out)
    assert item["rights"] == "https://example.org/licence"
    assert image in item["body"]
    (back,), _ = decoded(WEBANNOTATION, out, [settled])
    assert whole([back]) == whole([settled])


def test_a_note_on_the_page_is_kept_with_the_document() -> None:
    note = foreign(body="a page", target="https://example.org/page") | {"id": "urn:x:1"}
    (made,), remarks = read([foreign(position(0, 4)), note])
    assert remarks == ["a.jsonld, line 20: 'urn:x:1' marks no place in the text: it is kept"]
    out = encoded(WEBANNOTATION, [identified(made, "webannotation", "anna", "2026")])
    assert items(out)[-1] == note
    (back,), _ = decoded(WEBANNOTATION, out, [made])
    assert back.document.extra == made.document.extra


def test_links_of_others() -> None:
    one = foreign(position(0, 10)) | {"id": "#a"}
    two = foreign(position(31, 41)) | {"id": "#b"}
    tag = {"type": "TextualBody", "value": "same", "purpose": "tagging"}
    by_targets = {
        "type": "Annotation",
        "id": "#c",
        "motivation": "linking",
        "body": [tag],
        "target": [{"id": "#a"}, {"id": "#b"}],
    }
    by_body = {
        "type": "Annotation",
        "id": "#d",
        "motivation": "linking",
        "body": "#a",
        "target": "#b",
    }
    (made,), remarks = read({"type": "AnnotationPage", "items": [by_targets, one, two, by_body]})
    assert [(each.type, each.from_id, each.to_id) for each in made.links] == [
        ("same", "#a", "#b"),
        ("link", "#b", "#a"),
    ]
    assert remarks == []


def test_several_targets_are_several_marks() -> None:
    both = foreign()
    both["target"] = [
        {"source": "p", "selector": position(0, 4)},
        {"source": "p", "selector": quote("Monday")},
        "https://example.org/more",
    ]
    (made,), remarks = read(both)
    assert [each.quote for each in made.annotations] == [("Ines",), ("Monday",)]
    assert len(remarks) == 2


def test_texts_of_several_pages_are_looked_for_by_their_names() -> None:
    def on(page: str, number: int) -> dict[str, Any]:
        return {
            "type": "Annotation",
            "id": f"#{number}",
            "body": "so",
            "target": {"source": page, "selector": quote("said")},
        }

    there = {"one.txt": b"Ann said so.", "two.txt": b"so Bob said."}
    raw = [on("https://example.org/one.txt", 1), on("file:///home/two.txt", 2), on("three", 3)]
    report = Report()
    source = Source("a.json", json.dumps(raw).encode(), beside=there.get)
    read = WEBANNOTATION.decode(source, Options(), report)
    assert [(each.document.title, each.annotations[0].start) for each in read] == [
        ("one.txt", 4),
        ("two.txt", 7),
    ]
    assert ["“three” is passed over" in each for each in report.remarks] == [True]


def test_a_collection_in_pieces_says_that_it_is_not_whole() -> None:
    page = {
        "type": "AnnotationPage",
        "next": "https://example.org/2",
        "items": [foreign(position(0, 4))],
    }
    (made,), remarks = read({"type": "AnnotationCollection", "first": page})
    assert len(made.annotations) == 1
    assert remarks == ["a.jsonld: more of its pages are in other files"]


WRONG = [
    (
        [foreign(position(0, 4)), foreign(position(4, 999)) | {"id": "urn:b"}],
        "line 20 .*outside",
    ),
    (foreign(position("0", 4)), "no number"),
    (foreign(position(4, 4)), "marks nothing"),
    (foreign(quote("nowhere")), "line 4.*has no “nowhere”"),
    (foreign(quote("")), "no words"),
    (foreign(position(0, 10), quote("others")), "has no “others”"),
    ([foreign(position(0, 4)), foreign(position(0, 5))], "two 'https"),
    (foreign(position(0, 4), more=[]), "no object"),
    (foreign(position(0, 4), attributes=5), "cannot be"),
    (foreign(body="x"), "no annotation of a place"),
    ({"type": "AnnotationPage", "items": [5]}, "no annotation"),
    (b"{", "no JSON"),
]


@pytest.mark.parametrize(("raw", "said"), WRONG)
def test_what_is_wrong_is_said_with_its_line(raw: Any, said: str) -> None:
    with pytest.raises(InputError, match=rf"(?s)a\.jsonld.*{said}"):
        read(raw)


def test_a_link_by_a_cue_that_is_not_there_is_wrong() -> None:
    made = FIXTURES["article"]
    (files,) = encoded(WEBANNOTATION, made).files
    broken = files.main.replace(f'"cue": "urn:uuid:{record_id(3)}"'.encode(), b'"cue": "urn:x"')
    with pytest.raises(InputError, match=r"line \d+ .*no 'urn:x'"):
        read(broken, ARTICLE)


def test_many_that_mark_nothing_are_read_in_time() -> None:
    """Lines are looked up for each remark: not by reading the file again each time."""
    notes = [{"id": f"urn:{at}", "type": "Annotation", "target": "p"} for at in range(30_000)]
    (made,), remarks = read([foreign(position(0, 4)), *notes])
    assert len(made.document.extra["foreign"]["webannotation"]) == 30_000  # type: ignore[index]
    assert remarks[-1] == "… and 29980 more."
