"""What is peculiar to brat: its lines, what they come to here, and how they go back out."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from reader.errors import InputError
from reader.formats.brat import BRAT
from reader.formats.codec import Content, Options
from reader.formats.identity import identified
from reader.formats.registry import codec, find
from reader.formats.report import Report
from reader.formats.source import Source
from reader.model.annotation import UNATTRIBUTED
from tests.formats.brat_canon import canonical
from tests.formats.fixtures import FIXTURES, content
from tests.formats.trip import encoded, said, source
from tests.model.build import mark, of

TEXT = "Ann said so.\nBob did not, he told\nEve on Monday. Nobody knows.\n"


def read(ann: str, text: str = TEXT, report: Report | None = None) -> Content:
    (found,) = BRAT.decode(
        Source("a.ann", ann.encode(), beside={".txt": text.encode()}.get),
        Options(),
        Report() if report is None else report,
    )
    return identified(found, "brat", "anna", "2026-11-22T15:24:12.074Z")


def out(given: Content, report: Report | None = None, **options: Any) -> str:
    return BRAT.encode(
        [given], Options(**options), Report() if report is None else report
    ).main.decode()


def quotes(given: Content) -> list[tuple[str, ...]]:
    return [each.quote for each in given.annotations]


# In -----------------------------------------------------------------------------------------------

SAME = {
    "a span": "T1\tperson 0 3\tAnn\n",
    "ids out of order": "T7\tperson 0 3\tAnn\nT2\tperson 13 16\tBob\n",
    "a split span": "T1\tclaim 0 3;9 11\tAnn so\n",
    "one that was split at a line end": "T1\tclaim 26 33;34 37\the told Eve\n",
    "one that touches": "T1\tclaim 0 3;3 8\tAnn  said\n",
    "one with a blank at its edge": "T1\tclaim 25 33;34 37\t he told Eve\n",
    "forward references": "R1\tx Arg1:T1 Arg2:T2\nA1\ty R1\nT2\tp 13 16\tBob\nT1\tp 0 3\tAnn\n",
    "roles of other names": "T1\tp 0 3\tAnn\nT2\tp 13 16\tBob\nR1\tknows Who:T1 Whom:T2\n",
    "three roles": "T1\tp 0 3\tAnn\nT2\tp 13 16\tBob\nT3\tp 4 8\tsaid\nR1\tx A:T1 B:T2 C:T3\n",
    "a relation with itself": "T1\tp 0 3\tAnn\nR1\tknows Arg1:T1 Arg2:T1\n",
    "a relation of events": "T1\tp 0 3\tAnn\nE1\tp:T1\nT2\tp 4 8\tsaid\nR1\tx Arg1:E1 Arg2:T2\n",
    "events in a ring": "T1\tp 0 3\tAnn\nT2\tq 4 8\tsaid\nE1\tp:T1 X:E2\nE2\tq:T2 X:E1\nA1\tx E1\n",
    "a trigger of two": "T1\tp 0 3\tAnn\nT2\tq 4 8\tsaid\nE1\tp:T1 X:T2\nE2\tp:T1 Y:T2\n",
    "no trigger": "T1\tp 0 3\tAnn\nE1\tmove Who:T1\n",
    "old modifiers": "T1\tp 0 3\tAnn\nE1\tp:T1\nM1\tSpeculation E1\nM2\tNegation T1\n",
    "normalisations": "T1\tp 0 3\tAnn\nN1\tReference T1 Wikidata:Q1\tAnn of Amrin\n",
    "equivalences": "T1\tp 0 3\tAnn\nT2\tp 13 16\tBob\nT3\tp 34 37\tEve\n*\tEquiv T1 T2 T3\n",
    "an attribute with two values": "T1\tp 0 3\tAnn\nA1\tsize T1 big\nA2\tsize T1 small\n",
    "two labels": "T1\tp 0 3\tAnn\nA1\tlabel T1 one\nA2\tlabel T1 two\n",
    "a value of words": "T1\tp 0 3\tAnn\nA1\tsaid_by T1 Bob  and “Eve”\n",
    "notes": "T1\tp 0 3\tAnn\n#1\tAnnotatorNotes T1\to\n#2\tAnnotatorNotes T1\tt\n#3\tx T1\t y\n",
    "an empty note": "T1\tp 0 3\tAnn\n#1\tAnnotatorNotes T1\t\n",
    "a note on an attribute": "T1\tp 0 3\tAnn\nA1\tsure T1\n#1\tAnnotatorNotes A1\twhy?\n",
    "names": "T1\tTwo-part__name 0 3\tAnn\nT2\tx_y/z:+é 4 8\tsaid\nA1\ta__b T1 c\n",
    "PolNeAR's own": (
        "T1\tSource 0 3\tAnn\nT2\tCue 4 8\tsaid\nT3\tContent 9 11\tso\nT4\tAttribution 4 8\tsaid\n"
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
        "T5\tContent 17 24\tdid not\nT6\tAttribution-no-source 17 20\tdid\n"
        "E2\tAttribution-no-source:T6 Content:T5\nT7\tDiscuss 13 16\tBob\n"
    ),
    "a second content": (
        "T1\tSource 0 3\tAnn\nT2\tCue 4 8\tsaid\nT3\tContent 9 11\tso\nT4\tAttribution 4 8\tsaid\n"
        "T5\tContent 17 24\tdid not\nE1\tAttribution:T4 Content:T3 Content2:T5 Source:T1 Cue:T2\n"
        "A1\tNested E1\n#1\tAnnotatorNotes E1\twhy?\n#2\tAnnotatorNotes T4\twhere?\n"
    ),
    "a second cue and source": (
        "T1\tSource 0 3\tAnn\nT2\tCue 4 8\tsaid\nT3\tContent 9 11\tso\n"
        "T4\tAttribution 4 11\tsaid so\nT5\tCue 17 20\tdid\nT6\tSource 13 16\tBob\n"
        "E1\tAttribution:T4 Cue2:T5 Source:T1 Source2:T6 Cue:T2 Content:T3\n"
    ),
    "a source of two, a trigger of two": (
        "T1\tSource 0 3\tAnn\nT2\tCue 4 8\tsaid\nT3\tContent 9 11\tso\nT4\tAttribution 4 8\tsaid\n"
        "T5\tContent 17 24\tdid not\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
        "E2\tAttribution:T4 Content:T5 Cue:T2 Source:T1\n"
    ),
    "an attribution without its source": (
        "T1\tCue 4 8\tsaid\nT2\tContent 9 11\tso\nT3\tAttribution 4 8\tsaid\n"
        "E1\tAttribution:T3 Content:T2 Cue:T1\n"
    ),
    "an attribution inside of another event": (
        "T1\tSource 0 3\tAnn\nT3\tContent 9 11\tso\nT4\tAttribution 4 8\tsaid\n"
        "E1\tAttribution:T4 Content:T3 Source:T1\nT5\tdeny 17 24\tdid not\nE2\tdeny:T5 What:E1\n"
        "R1\tx Arg1:E1 Arg2:T5\n"
    ),
}
"""Files that come out as they came in, but for their numbering."""


@pytest.mark.parametrize("case", SAME)
def test_what_comes_in_goes_out_the_same(case: str) -> None:
    report = Report()
    given = read(SAME[case])
    assert canonical(out(given, report)) == canonical(SAME[case])
    assert not report
    # by way of the native format, as from a database
    native = codec("json")
    files = native.encode([given], Options(), Report())
    (again,) = native.decode(Source("a.json", files.main), Options(), Report())
    assert out(again) == out(given)


LENIENT = {
    "CRLF": ("T1\tp 0 3\tAnn\r\nA1\tsure T1\r\n", "T1\tp 0 3\tAnn\nA1\tsure T1\n"),
    "trailing tabs and blanks": (
        "T1\tp 0 3\tAnn\t\nT2\tp 4 8 \tsaid \nE1\tp:T1 \nR1\tx Arg1:T1 Arg2:T2\t\nA1\ty T1 \n",
        "T1\tp 0 3\tAnn\nT2\tp 4 8\tsaid\nE1\tp:T1\nR1\tx Arg1:T1 Arg2:T2\nA1\ty T1\n",
    ),
    "a raw line end": ("T1\tp 9 16\tso.\nBob\n", "T1\tp 9 12;13 16\tso. Bob\n"),
    "one before a word with T": (
        "T1\tp 29 37\ttold\nEve\n\nT2\tp 0 3\tAnn\n\n",
        "T1\tp 29 33;34 37\ttold Eve\nT2\tp 0 3\tAnn\n",
    ),
    "no text": ("T1\tp 0 3\nT2\tp 4 8\t\n", "T1\tp 0 3\tAnn\nT2\tp 4 8\tsaid\n"),
    "blank lines": ("\nT1\tp 0 3\tAnn\n\nA1\tx T1\n\n\n", "T1\tp 0 3\tAnn\nA1\tx T1\n"),
    "a BOM": ("\ufeffT1\tp 0 3\tAnn\n", "T1\tp 0 3\tAnn\n"),
}


@pytest.mark.parametrize("case", LENIENT)
def test_how_others_write_is_read_too(case: str) -> None:
    given, wanted = LENIENT[case]
    assert canonical(out(read(given), style="plain")) == canonical(wanted)


def test_a_text_with_raw_line_ends_is_one() -> None:
    text = "He said:\nThis is so.\n\nT1 is a name. T2\tas well."
    given = read("T1\tp 3 20\tsaid:\nThis is so.\nT2\tp 9 24\tThis is so.\n\nT1\n", text)
    assert quotes(given) == [("said:\nThis is so.",), ("This is so.\n\nT1",)]
    report = Report()
    lines = out(given, report).splitlines()
    assert lines[:2] == ["T1\tp 3 8;9 20\tsaid: This is so.", "T2\tp 9 20;22 24\tThis is so. T1"]
    # the places as they were stay known, and are written again where that is possible
    assert said(read(out(given), text)) == said(given)


def test_unsorted_and_overlapping_places_go_back_out_as_they_were() -> None:
    ann = "T1\tp 9 11;0 8\tso Ann said\nT2\tp 0 8;4 11\tAnn said said so\n"
    given = read(ann)
    assert quotes(given) == [("Ann said", "so"), ("Ann said so",)]
    assert canonical(out(given)) == canonical(ann)


def test_what_was_moved_since_is_written_where_it_is() -> None:
    given = read("T1\tp 9 11;0 8\tso Ann said\n")
    moved = replace(given.annotations[0], fragments=mark(1, (0, 3), text=TEXT).fragments)
    assert "T1\tp 0 3\tAnn\n" in out(replace(given, annotations=(moved,)))


def test_an_empty_file_says_that_nothing_was_found() -> None:
    assert read("").document.state == read("\n \n").document.state == "done with nothing found"
    assert read("T1\tp 0 3\tAnn\n").document.state == "new"
    report = Report()
    encoded(BRAT, FIXTURES["empty"])
    assert out(FIXTURES["unmarked"][0], report) == ""
    assert report.kinds == {"texts that nobody is done with"}


def test_own_records_are_what_the_model_has_words_for() -> None:
    given = read(
        "T1\tclaim 9 11\tso\nT2\tsource 0 3\tAnn\nT3\tcue 4 8\tsaid\nT4\tsame__as 4 8\tsaid\n"
        "E1\tsame__as:T4 Arg1:T1 Arg2:T2 Via:T3\nA1\tlabel T1 quotation\nA2\tstatus T1 is open\n"
        "A3\tunattributed T1\n#1\tAnnotatorNotes T1\twhy?\n#2\tAnnotator T1\tboris\nA4\tsure E1\n"
        "#3\tAnnotatorNotes E1\thow?\n#4\tAnnotator E1\tboris\n"
    )
    source, cue, claim = given.annotations
    assert (claim.label, claim.note, claim.annotator) == ("quotation", "why?", "boris")
    assert claim.attributes == {"status": "is open", UNATTRIBUTED: True}
    assert source.annotator == "anna"
    assert not source.foreign
    (link,) = given.links
    assert (link.type, link.ends) == ("same as", (claim.id, source.id, cue.id))
    assert (link.attributes, link.note, link.annotator) == ({"sure": True}, "how?", "boris")


def test_what_is_kept_but_not_shown_is_told_with_its_first_line() -> None:
    report = Report()
    ann = "T1\tp 0 3\tAnn\nE1\tp:T1\nE2\tp:T1\n*\tEquiv T1 T1\n#1\tAnnotatorNotes T9\tx\nX1\tp\n"
    read(ann, report=report)
    assert list(report.remarks) == [
        "a.ann, line 6: 'X1' is nothing that brat has: it is left out",
        "a.ann, line 5: a note on 'T9', which is not in it, is left out",
        "a.ann, line 2: events (2) are kept, but not shown",
        "a.ann, line 4: equivalences (1) are kept, but not shown",
    ]


WRONG = {
    "T1\tp 0 3\tAnn\nT1\tp 4 8\tsaid\n": "line 2 .* there are two 'T1'",
    "T1\tp 0 3\tBob\n": "line 1 .* the text has other words there, “Ann”",
    "T1\tp 0 9000\tAnn\n": "line 1 .* 9000 lies outside the text",
    "T1\tp 3 3\t\n": "line 1 .* marks nothing",
    "T1\tp 5 3\t\n": "line 1 .* marks nothing",
    "T1\tp 0 -3\tAnn\n": "line 1 .* 'T1' is not written as brat does",
    "T1\tp 0 99999999999999999999\tA\n": "line 1 .* 'T1' is not written as brat does",
    "T1\tp 0\tAnn\n": "line 1 .* 'T1' is not written as brat does",
    "T1 p 0 3 Ann\n": "line 1 .* this line is no annotation",
    "T1\tp 0 3\tAnn\nA1\tx T2\n": "line 2 .* there is no 'T2' in it",
    "T1\tp 0 3\tAnn\nE1\tp:T2\n": "line 2 .* there is no 'T2' in it",
    "T1\tp 0 3\tAnn\nR1\tp Arg1:T1\n": "line 2 .* 'R1' is not written",
    "T1\tp 0 3\tAnn\nR1\tp T1 T1\n": "line 2 .* 'R1' is not written",
    "T1\tp 0 3\tAnn\nN1\tReference T1\tx\n": "line 2 .* 'N1' is not written",
    "T1\tp 0 3\tAnn\nA1\tx T1\nmore\n": "line 3 .* this line is no annotation",
    "T1\tp 0 3\tAnn\nand more\n": "line 1 .* the text has other words there",
}


@pytest.mark.parametrize("ann", WRONG)
def test_what_is_wrong_is_told_with_its_line(ann: str) -> None:
    with pytest.raises(InputError, match=f"(?s)a.ann, {WRONG[ann]}"):
        read(ann)


def test_a_text_that_is_not_there_is_asked_for() -> None:
    with pytest.raises(InputError, match="the text that it is about is not at hand"):
        BRAT.decode(Source("a.ann", b""), Options(), Report())


def test_positions_may_be_others() -> None:
    text = "😀 Ann"
    files = BRAT.encode([content(text, of("Ann", 1, text=text))], Options(units="utf16"), Report())
    assert files.main.startswith(b"T1\tclaim 3 6\tAnn\n")
    (again,) = BRAT.decode(source(BRAT, files), Options(units="utf16"), Report())
    assert quotes(again) == [("Ann",)]


@pytest.mark.parametrize(
    ("head", "fits"),
    [
        (b"", True),
        (b"\n", True),
        (b"T1\tx", True),
        (b"*\tEquiv", True),
        (b"#1\tx", True),
        (b"MZ", False),
        (b"To: Ann\n", False),
    ],
)
def test_its_files_are_known(head: bytes, fits: bool) -> None:
    assert (find("a.ann", head) is BRAT) == fits
