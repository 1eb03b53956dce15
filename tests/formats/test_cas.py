"""UIMA CAS in both of its formats: ours read by dkpro-cassis, those of others read by us."""

from __future__ import annotations

import io
import json
import warnings
from collections import Counter
from typing import Any

import pytest
from hypothesis import given

from reader.errors import InputError
from reader.formats.cas import LINK, SPAN
from reader.formats.cas_json import JSON_CAS
from reader.formats.cas_xmi import IMPOSSIBLE, XMI, escaped
from reader.formats.codec import Codec, Content, Options
from reader.formats.identity import identified
from reader.formats.report import Report
from reader.formats.source import Source
from reader.model.plain import to_plain
from reader.text.decode import decode
from tests.formats.fixtures import FIXTURES, content
from tests.formats.strategies import contents
from tests.formats.trip import decoded, encoded
from tests.model.build import document, of

both = pytest.mark.parametrize("codec", [XMI, JSON_CAS], ids=lambda each: each.name)
fixtures = pytest.mark.parametrize("fixture", FIXTURES)
TEXT = "😀 Ines Varga met\nBob in Amrin."
NAMED_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"


def read(
    codec: Codec, data: bytes, text: str | None = None, **options: Any
) -> tuple[list[Content], list[str]]:
    given = decode(text.encode(), "a.txt", "utf-8") if text is not None else None
    report = Report()
    name = f"a{codec.extensions[0]}"
    return codec.decode(Source(name, data, given), Options(**options), report), [*report.remarks]


def whole(given: Any) -> Any:
    """All that is said, but for what stays at home."""
    home = ("paths", "bytes_sha256", "bytes", "position", "opened", "revisions", "rev")
    return json.loads(
        json.dumps(
            [
                [
                    {
                        name: each
                        for name, each in to_plain(record).items()
                        if name not in home
                        and not (record is one.document and name in ("created", "updated"))
                    }
                    for record in (one.document, *one.annotations, *one.links)
                ]
                + [one.text]
                for one in given
            ]
        )
    )


def xmi(body: str, sofa: str = "😀 Ines Varga met&#10;Bob in Amrin.") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"
 xmlns:tcas="http:///uima/tcas.ecore" xmlns:custom="http:///webanno/custom.ecore"
 xmlns:type4="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore"
 xmlns:type2="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore"
 xmlns:type5="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmi:version="2.0">
<cas:NULL xmi:id="0"/>
{body}
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{sofa}"/>
<cas:View sofa="1" members="2 3"/>
</xmi:XMI>""".encode()


# Ours ---------------------------------------------------------------------------------------------


@fixtures
@both
def test_ours_comes_back_in_every_field_and_character(codec: Codec, fixture: str) -> None:
    given = FIXTURES[fixture]
    made = encoded(codec, given)
    back = [each for files in made.files for each in read(codec, files.main)[0]]
    assert whole(back) == whole(given)


@both
@given(made=contents())
def test_any_comes_back_in_every_field_and_character(codec: Codec, made: Content) -> None:
    back, _ = decoded(codec, encoded(codec, [made]), [made])
    assert whole(back) == whole([made])


@pytest.mark.parametrize("units", ["codepoints", "utf16", "bytes"])
@both
def test_other_units(codec: Codec, units: str) -> None:
    made = encoded(codec, FIXTURES["astral"], units=units)
    back, _ = decoded(codec, made, FIXTURES["astral"], units=units)
    assert whole(back) == whole(FIXTURES["astral"])


@both
def test_what_another_tool_cannot_see_is_told(codec: Codec) -> None:
    made = encoded(codec, FIXTURES["article"])
    assert str(made.report) == "ties between the parts of split spans (1)"
    assert not encoded(codec, FIXTURES["formulas"]).report


def test_characters_that_xml_cannot_hold_are_replaced_one_for_one() -> None:
    text = "a\0b\x1b[1m\ufffe\uffff\ufffd c"
    made = content(
        text, of("b\x1b", 1, text=text, label="\x01x", note="\ufffdn\x02"), title="t\x03"
    )
    out = encoded(XMI, [made])
    assert str(out.report) == f"characters that XML cannot hold ({4 + 3})"
    (files,) = out.files
    assert 'sofaString="a\ufffdb\ufffd[1m\ufffd\ufffd\ufffd c"'.encode() in files.main
    assert 'label="\ufffdx"'.encode() in files.main
    assert whole(read(XMI, files.main)[0]) == whole([made])
    assert not encoded(JSON_CAS, [made]).report


def test_what_was_changed_elsewhere_counts() -> None:
    text = "a\0b c"
    made = content(text, of("c", 1, text=text, label="\x01x"))
    (files,) = encoded(XMI, [made]).files
    (changed,), _ = read(XMI, files.main.replace('label="\ufffdx"'.encode(), b'label="new"'))
    assert changed.annotations[0].label == "new"
    shorter = files.main.replace(b' c"', b' d"', 1)
    (other,), remarks = read(XMI, shorter)
    assert other.text == "a\ufffdb d"
    assert "no longer the one" in remarks[0]
    assert other.document.id != made.document.id


@both
def test_the_text_given_has_to_be_the_one_annotated(codec: Codec) -> None:
    (files,) = encoded(codec, FIXTURES["awkward"]).files
    text = FIXTURES["awkward"][0].words
    assert read(codec, files.main, text)[0][0].text == text
    with pytest.raises(InputError, match="not the one that was annotated"):
        read(codec, files.main, "Another.")


def test_a_text_with_what_xml_cannot_hold_is_taken_from_the_file_given() -> None:
    (made,), _ = read(XMI, xmi(sofa="a&#xFFFD;b", body=""), "a\0b")
    assert made.text == "a\0b"


def test_line_ends_and_tabs_are_character_references() -> None:
    (files,) = encoded(XMI, [content("a\tb\r\nc\n\u2028 <&>\"'")]).files
    assert b'sofaString="a&#9;b&#13;&#10;c&#10;&#8232; &lt;&amp;&gt;&quot;\'"' in files.main


@given(contents().map(lambda each: each.words))
def test_any_text_survives_an_attribute(text: str) -> None:
    from xml.etree import ElementTree

    held = IMPOSSIBLE.sub("", text)
    root = ElementTree.fromstring(f'<a b="{escaped(held)}"/>')
    assert root.get("b") == held


# dkpro-cassis -------------------------------------------------------------------------------------


def loaded(codec: Codec, made: Content) -> Any:
    """A CAS as the library that INCEpTION's users have reads it."""
    cassis = pytest.importorskip("cassis")
    (files,) = encoded(codec, [made]).files
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if codec is JSON_CAS:
            return cassis.load_cas_from_json(io.BytesIO(files.main))
        types = cassis.load_typesystem(io.BytesIO(files.beside[".typesystem.xml"]))
        return cassis.load_cas_from_xmi(io.BytesIO(files.main), typesystem=types)


@fixtures
@both
def test_cassis_covers_the_same_words(codec: Codec, fixture: str) -> None:
    for made in FIXTURES[fixture]:
        cas = loaded(codec, made)

        def shown(text: str) -> str:
            held = codec is JSON_CAS
            return text if held else IMPOSSIBLE.sub(lambda run: "\ufffd" * len(run[0]), text)

        assert (cas.sofa_string or "") == shown(made.words)
        spans = cas.select(SPAN)
        ours = Counter(
            (each.id, each.kind, each.label, shown(quote))
            for each in made.annotations
            for quote in each.quote
        )
        theirs = Counter(
            (each.id, each.kind, each.label, each.get_covered_text()) for each in spans
        )
        assert theirs == ours
        tied = {
            (each.Governor.id, each.Dependent.id, each.via, each.kind) for each in cas.select(LINK)
        }
        assert tied == {(each.from_id, each.to_id, each.via_id, each.type) for each in made.links}


@both
def test_what_cassis_writes_is_read_again(codec: Codec) -> None:
    (made,) = FIXTURES["article"]
    cas = loaded(codec, made)
    again = cas.to_json() if codec is JSON_CAS else cas.to_xmi()
    assert whole(read(codec, again.encode())[0]) == whole([made])


@both
def test_a_span_added_elsewhere_comes_in(codec: Codec) -> None:
    made = content("Ann met Bob.", of("Ann", 1, text="Ann met Bob.", kind="source"))
    cas = loaded(codec, made)
    span = cas.typesystem.get_type(SPAN)
    cas.add(span(begin=8, end=11, kind="entity", label="person"))
    again = cas.to_json() if codec is JSON_CAS else cas.to_xmi()
    (back,), _ = read(codec, again.encode())
    assert [(each.kind, each.label, each.quote) for each in back.annotations] == [
        ("source", None, ("Ann",)),
        ("entity", "person", ("Bob",)),
    ]
    settled = identified(back, codec.name, "boris", "2026-11-22T15:24:12.074Z")
    assert [each.annotator for each in settled.annotations] == ["anna", "boris"]
    assert settled.annotations[1].origin == {"by": "import", "format": codec.name}


@both
def test_the_title_and_what_is_known_of_the_document_come_back(codec: Codec) -> None:
    fields = {"url": "https://example.org", "note": "n\x00", "state": "done", "author": "A"}
    made = content("abc", title="t", extra={"later": [1]}, **fields)
    (back,), _ = decoded(codec, encoded(codec, [made]), [made])
    assert whole([back]) == whole([made])
    assert back.document.id == document("abc").id
