"""CSV and TSV: rows for people and spreadsheets that come back as they were."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.errors import InputError
from reader.formats.codec import Content, Options
from reader.formats.report import Report
from reader.formats.source import Source
from reader.formats.table import COLUMNS, CSV, TSV, Table, guarded, unguarded
from reader.text.decode import decode
from tests.formats.fixtures import ARTICLE, FIXTURES
from tests.formats.strategies import texts
from tests.formats.trip import decoded, encoded
from tests.model.build import TEXT

both = pytest.mark.parametrize("codec", [CSV, TSV], ids=["csv", "tsv"])


def read(data: bytes, text: str = TEXT, codec: Table = CSV, **options: str) -> Content:
    source = Source("marks.csv", data, decode(text.encode(), "t.txt", "utf-8"))
    (content,) = codec.decode(source, Options(**options), Report())  # type: ignore[arg-type]
    return content


@both
@pytest.mark.parametrize("fixture", sorted(set(FIXTURES) - {"empty", "unmarked"}))
def test_marks_and_links_come_back_in_every_field(codec: Table, fixture: str) -> None:
    contents = [each for each in FIXTURES[fixture] if each.annotations]
    back, _ = decoded(codec, encoded(codec, contents), contents)
    for each, was in zip(back, contents, strict=True):
        assert each.annotations == tuple(replace(mark, extra={}) for mark in was.annotations)
        assert each.links == was.links
        assert each.document.title == was.document.title or len(contents) > 1


def test_a_person_reads_who_says_it() -> None:
    data = encoded(CSV, FIXTURES["article"]).files[0].main.decode()
    rows = list(csv.DictReader(io.StringIO(data, newline="")))
    assert tuple(rows[0]) == COLUMNS
    claim = next(row for row in rows if row["label"] == "quotation")
    assert claim["words"] == "We had warned them twice … and nothing was done"
    assert (claim["source"], claim["cue"]) == ("harbour master Ines Varga", "said")
    assert [ARTICLE[slice(*map(int, each.split(":")))] for each in claim["fragments"].split()] == [
        "We had warned them twice",
        "and nothing was done",
    ]


@both
def test_no_cell_is_a_formula(codec: Table) -> None:
    between = {"csv": ",", "tsv": "\t"}[codec.name]
    data = encoded(codec, FIXTURES["formulas"]).files[0].main.decode()
    for row in csv.reader(io.StringIO(data, newline=""), delimiter=between):
        assert not [cell for cell in row if cell[:1] in tuple("=+-@\t\r")]
    back, _ = decoded(codec, encoded(codec, FIXTURES["formulas"]), FIXTURES["formulas"])
    assert back[0].annotations == FIXTURES["formulas"][0].annotations


@given(texts | st.from_regex(r"'*[=+@\t\r-]?.*"))
def test_the_guard_is_taken_away_again(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell)[:1] not in tuple("=+-@\t\r")


@pytest.mark.parametrize("unit", ["codepoints", "utf16", "bytes"])
def test_positions_count_what_is_asked_for(unit: str) -> None:
    made = encoded(CSV, FIXTURES["astral"], units=unit)
    back, _ = decoded(CSV, made, FIXTURES["astral"], units=unit)
    assert back[0].annotations == FIXTURES["astral"][0].annotations


def test_excel_is_told_that_it_is_utf8() -> None:
    made = encoded(CSV, FIXTURES["article"], style="excel")
    assert made.files[0].main.startswith(b"\xef\xbb\xbfdocument,")
    assert decoded(CSV, made, FIXTURES["article"])[0][0].annotations


def test_a_table_of_ones_own() -> None:
    content = read(b"kind,start,end,colour\nclaim,0,10,red\n\nentity,0,4\n")
    entity, claim = content.annotations
    assert (claim.quote, claim.foreign) == (("PORT AMRIN",), {"csv": {"colour": "red"}})
    assert (entity.id, entity.annotator, entity.origin) == ("row 4", "", {})
    assert content.document.title == "marks.txt"
    assert read(b"kind;fragments\nclaim;0:4 5:10\n").annotations[0].quote == ("PORT", "AMRIN")


def test_a_table_of_ones_own_on_several_texts() -> None:
    there = {"a.txt": b"Ann said so.", "b.txt": b"Bob did not."}
    data = b"document,kind,start,end\na.txt,source,0,3\nb.txt,claim,4,7\na.txt,cue,4,8\n"
    read_all = CSV.decode(Source("marks.csv", data, beside=there.get), Options(), Report())
    quotes = [[each.words for each in content.annotations] for content in read_all]
    assert quotes == [["Ann", "said"], ["did"]]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"kind,start\nclaim,0", "line 1 .* needs the columns"),
        (b"kind,kind,start,end\n", "line 1 .* same name"),
        (b"kind,start,end\nclaim,0,4\nclaim,4,4\n", "line 3 .* marks nothing"),
        (b"kind,start,end\nclaim,0,9999\n", "line 2 .* outside"),
        (b"kind,start,end\nclaim,x,4\n", "line 2 .* no range"),
        (b"kind,start,end\nclaim,-1,4\n", "line 2 .* no range"),
        (b"kind,start,end\n,0,4\n", "line 2 .* no kind"),
        (b"kind,start,end\nclaim,0,4,5\n", "line 2 .* more cells"),
        (b"kind,start,end,words\nclaim,0,4,FORT\n", "line 2 .* other words"),
        (b"kind,start,end,id\nclaim,0,4,T1\nclaim,0,4,T1\n", "line 3 .* two 'T1'"),
        (b'kind,start,end,attributes\nclaim,0,4,"{"\n', "line 2 .* no JSON"),
        (b"kind,start,end,attributes\nclaim,0,4,[]\n", "line 2 .* no object"),
        (b'kind,start,end,more\nclaim,0,4,"{""id"": ""x""}"\n', "line 2 .* cannot hold 'id'"),
        (b'kind,start,end,more\nclaim,0,4,"{""anchor"": ""x""}"\n', "line 2 .* cannot be"),
        (b'kind,start,end,links\nclaim,0,4,"[{}]"\n', "line 2 .* lacks"),
        (b'kind,start,end,links\nclaim,0,4,"[1]"\n', "line 2 .* no object"),
        (
            b'kind,start,end,links\nclaim,0,4,"[{""id"":""a"",""type"":""b"",""to"":""c""}]"\n',
            "line 2 .* no 'c'",
        ),
        (b'kind,start,end\nclaim,0,"4\n', "no table"),
        (b"kind,start,end,sha256\nclaim,0,4,abc\n", "not the one that was annotated"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=rf"marks\.csv(, )?.*{said}"):
        read(data)


def test_what_a_table_cannot_hold_is_told() -> None:
    assert str(encoded(CSV, FIXTURES["several"]).report) == (
        "documents without marks (1), what is known of the documents (1)"
    )
