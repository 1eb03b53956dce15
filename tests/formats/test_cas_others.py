"""UIMA CAS as other tools write it, in both formats; and what is wrong with a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from reader.errors import InputError
from reader.formats.cas_json import JSON_CAS
from reader.formats.cas_xmi import XMI, escaped
from reader.formats.codec import Codec
from tests.formats.test_cas import NAMED_ENTITY, TEXT, TOKEN, read, xmi

FOREIGN = """<tcas:DocumentAnnotation xmi:id="2" sofa="1" begin="0" end="31" language="en"/>
<type2:DocumentMetaData xmi:id="3" sofa="1" begin="0" end="31" documentTitle="news.txt"/>
<type5:Token xmi:id="4" sofa="1" begin="3" end="7" order="0"/>
<type5:Token xmi:id="5" sofa="1" begin="8" end="13" order="0"/>
<type4:NamedEntity xmi:id="6" sofa="1" begin="3" end="13" value="PER" identifier="urn:q1"/>
<type4:NamedEntity xmi:id="7" sofa="1" begin="18" end="21"/>
<custom:Place xmi:id="8" sofa="1" begin="25" end="30" sure="true"><tags>a</tags>
<tags>b c</tags></custom:Place>
<custom:Meets xmi:id="9" sofa="1" begin="18" end="21" Governor="6" Dependent="7"
 label="meets" when="x"/>
<custom:Meets xmi:id="10" sofa="1" begin="3" end="7" Governor="5" Dependent="4"/>
<custom:Empty xmi:id="11" sofa="1" begin="3" end="3"/>
<custom:Host xmi:id="12" links="6 7"/>"""


def foreign_json() -> bytes:
    """The same in JSON, as the Java library writes it."""

    def at(number: int, kind: str, begin: int, end: int, **features: Any) -> dict[str, Any]:
        return {"%ID": number, "%TYPE": kind, "@sofa": 1, "begin": begin, "end": end, **features}

    metadata = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
    structures = [
        {
            "%ID": 1,
            "%TYPE": "uima.cas.Sofa",
            "sofaNum": 1,
            "sofaID": "_InitialView",
            "mimeType": "text",
            "sofaString": TEXT,
        },
        at(2, "uima.tcas.DocumentAnnotation", 0, 31, language="en"),
        at(3, metadata, 0, 31, documentTitle="news.txt"),
        at(4, TOKEN, 3, 7, order=0),
        at(5, TOKEN, 8, 13, order=0),
        at(6, NAMED_ENTITY, 3, 13, value="PER", identifier="urn:q1"),
        at(7, NAMED_ENTITY, 18, 21),
        at(8, "webanno.custom.Place", 25, 30, sure="true", tags=["a", "b c"]),
        at(
            9,
            "webanno.custom.Meets",
            18,
            21,
            label="meets",
            when="x",
            **{"@Governor": 6, "@Dependent": 7},
        ),
        at(10, "webanno.custom.Meets", 3, 7, **{"@Governor": 5, "@Dependent": 4}),
        {"%ID": 11, "%TYPE": "webanno.custom.Empty", "@sofa": 1, "^begin": 3, "^end": 3},
        {"%ID": 12, "%TYPE": "webanno.custom.Host", "links": "6 7"},
    ]
    view = {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 3]}}
    return json.dumps(
        {"%TYPES": {}, "%FEATURE_STRUCTURES": structures, "%VIEWS": view}, indent=1
    ).encode()


@pytest.mark.parametrize(
    ("codec", "data", "line"), [(XMI, xmi(FOREIGN), 19), (JSON_CAS, foreign_json(), 93)]
)
def test_layers_of_others(codec: Codec, data: bytes, line: int) -> None:
    (made,), remarks = read(codec, data)
    assert made.document.title == "news.txt"
    assert made.text == TEXT
    assert [(each.kind, each.label, each.quote[0]) for each in made.annotations] == [
        ("entity", "PER", "Ines Varga"),
        ("entity", None, "Bob"),
        ("entity", "Place", "Amrin"),
    ]
    assert made.annotations[0].foreign == {
        codec.name: {"type": NAMED_ENTITY, "features": {"value": "PER", "identifier": "urn:q1"}}
    }
    kept = made.annotations[2].foreign[codec.name]
    assert kept == {
        "type": "webanno.custom.Place",
        "features": {"sure": "true", "tags": ["a", "b c"]},
    }
    (link,) = made.links
    assert (link.type, link.from_id, link.to_id) == ("meets", "structure 6", "structure 7")
    assert link.foreign[codec.name] == {
        "type": "webanno.custom.Meets",
        "features": {"label": "meets", "when": "x"},
    }
    name = f"a{codec.extensions[0]}"
    empty = "one of the type webanno.custom.Empty marks nothing: it is passed over"
    assert remarks == [
        f"{name}, line {line}: {empty}",
        f"{name}: 2 of the type {TOKEN} are passed over",
        f"{name}: 1 of the type webanno.custom.Host is passed over",
        f"{name}: 1 of the type webanno.custom.Meets is passed over",
    ]


def test_structures_may_be_an_object_by_their_numbers() -> None:
    raw = json.loads(foreign_json())
    raw["%FEATURE_STRUCTURES"] = {str(each.pop("%ID")): each for each in raw["%FEATURE_STRUCTURES"]}
    (made,), _ = read(JSON_CAS, json.dumps(raw).encode())
    assert len(made.annotations) == 3


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_cassis_writes_what_is_read() -> None:
    cassis = pytest.importorskip("cassis")
    types = cassis.load_dkpro_core_typesystem()
    cas = cassis.Cas(typesystem=types)
    cas.sofa_string, cas.sofa_mime = TEXT, "text/plain"
    entity = types.get_type(NAMED_ENTITY)
    cas.add(entity(begin=2, end=12, value="PER"))
    for codec, data in ((XMI, cas.to_xmi()), (JSON_CAS, cas.to_json())):
        (made,), _ = read(codec, data.encode())
        assert [(each.label, each.quote) for each in made.annotations] == [("PER", ("Ines Varga",))]


def test_each_view_with_a_text_is_a_document() -> None:
    second = '<cas:Sofa xmi:id="90" sofaNum="2" sofaID="b" sofaString="Bob."/>'
    image = '<cas:Sofa xmi:id="91" sofaNum="3" sofaID="c" sofaURI="file:x.png"/>'
    bob = '<type4:NamedEntity xmi:id="7" sofa="90" begin="0" end="3" value="PER"/>'
    made, remarks = read(XMI, xmi(f"{bob}\n{second}\n{image}"))
    assert [(each.text, len(each.annotations)) for each in made] == [("Bob.", 1), (TEXT, 0)]
    assert remarks == ["a.xmi, line 10: a view that holds no text is passed over"]


def test_parts_of_a_span_may_come_in_any_order_and_differ() -> None:
    body = (
        '<custom:ReaderSpan xmi:id="5" sofa="1" begin="18" end="21" id="x" kind="cue"/>\n'
        '<custom:ReaderSpan xmi:id="6" sofa="1" begin="3" end="7" id="x" kind="claim" note="n"/>'
    )
    (made,), remarks = read(XMI, xmi(body))
    (mark,) = made.annotations
    assert (mark.kind, mark.note, mark.quote) == ("claim", "n", ("Ines", "Bob"))
    assert remarks == ["a.xmi, line 8: the parts of 'x' differ in kind or label: the first counts"]


def span(**features: str) -> str:
    given = {"xmi:id": "5", "sofa": "1", "begin": "3", "end": "7", "kind": "claim", **features}
    attributes = " ".join(f'{name}="{each}"' for name, each in given.items())
    return f"<custom:ReaderSpan {attributes}/>"


def known(more: str) -> str:
    return f'<custom:ReaderDocument xmi:id="5" sofa="1" more="{escaped(more)}"/>'


WRONG = [
    (xmi(span(end="999")), "line 8 .*outside"),
    (xmi(span(begin="1")), "line 8 .*inside a character.*--units"),
    (xmi(span(begin="x")), "line 8 .*'x' is no position"),
    (xmi(span(begin="7", end="3")), "line 8 .*marks nothing"),
    (xmi(span(more="[")), "line 8 .*no JSON|no JSON"),
    (xmi(span(more="[]")), "line 8 .*no JSON object"),
    (xmi(span(more="{&quot;origin&quot;: 5}")), "line 8 .*cannot be"),
    (xmi(span() + span()), "line 8 .*two structures of the number 5"),
    (xmi(span(**{"xmi:id": "x"})), "line 8 .*no number"),
    (xmi('<custom:ReaderLink xmi:id="5" sofa="1" Governor="1" Dependent="9"/>'), "goes to no span"),
    (xmi("").replace(b"Sofa ", b"Soda "), "no text"),
    (xmi("<x:y/>"), "line 8 .*unbound prefix"),
    (xmi("<cas:x>"), r"line 1\d .*mismatched tag"),
    (xmi("")[:-20], "no XML"),
    (b"<a/>", "line 1 .*no XMI"),
    (b'<?xml version="1.0" encoding="x-none"?><a/>', "no XML|cannot be read"),
    (b"<!DOCTYPE a><a/>", "line 1 .*document type"),
    (xmi("<cas:a>" + "<b>" * 200), "nested too deeply"),
    (xmi(known('{"replaced": [[90, "x"]]}')), "line 8 .*replaced characters"),
    (xmi(known('{"state": 1}')), "cannot be"),
]


@pytest.mark.parametrize(("data", "said"), WRONG)
def test_what_is_wrong_is_said_with_its_line(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=rf"(?s)a\.xmi.*({said})"):
        read(XMI, data)


WRONG_JSON = [
    ({}, "no JSON CAS"),
    ({"%FEATURE_STRUCTURES": 5}, "no object"),
    ({"%FEATURE_STRUCTURES": [{"%ID": "x"}]}, "no number"),
    ({"%FEATURE_STRUCTURES": [{"%ID": 4}]}, "line 4 .*no type"),
    ({"%FEATURE_STRUCTURES": []}, "no text"),
]


@pytest.mark.parametrize(("raw", "said"), WRONG_JSON)
def test_what_is_wrong_in_json_is_said(raw: Any, said: str) -> None:
    with pytest.raises(InputError, match=rf"a\.json.*{said}"):
        read(JSON_CAS, json.dumps(raw, indent=1).encode())


def test_a_position_past_the_end_in_json_names_its_line() -> None:
    data = foreign_json().replace(b'"end": 30', b'"end": 300')
    with pytest.raises(InputError, match=r"a\.json, line \d\d .*300 lies outside"):
        read(JSON_CAS, data)


def blocks() -> Iterator[bytes]:
    for at in range(60_000):
        yield b'<custom:Place xmi:id="%d" sofa="1" begin="3" end="3" a="%s"/>\n' % (
            at + 5,
            b"x" * 780,
        )


def test_fifty_megabytes_are_read() -> None:
    head, tail = xmi("@").split(b"@")
    data = b"".join((head, *blocks(), tail))
    assert len(data) > 48_000_000
    (made,), remarks = read(XMI, data)
    assert made.annotations == ()
    assert len(remarks) == 21


def test_many_strings_of_one_feature_are_read() -> None:
    strings = "<a>b</a>" * 200_000
    body = f'<custom:Place xmi:id="5" sofa="1" begin="0" end="1">{strings}</custom:Place>'
    (made,), _ = read(XMI, xmi(body, sofa="Amrin"))
    kept: Any = made.annotations[0].foreign["cas-xmi"]
    assert len(kept["features"]["a"]) == 200_000
