"""How marks and links go out to brat, and what of them comes back."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from reader.formats.brat import BRAT
from reader.formats.report import Report
from tests.formats.brat_canon import canonical
from tests.formats.fixtures import FIXTURES, content
from tests.formats.test_brat import SAME, TEXT, out, read
from tests.formats.trip import decoded, encoded, said
from tests.model.build import of, tie


@pytest.mark.parametrize("style", ["plain", "polnear"])
@pytest.mark.parametrize("fixture", ["astral", "overlaps", "crlf", "bom", "combining"])
def test_own_marks_come_back_in_both_styles(fixture: str, style: str) -> None:
    made = encoded(BRAT, FIXTURES[fixture], style=style)
    assert not made.report
    read, _ = decoded(BRAT, made, FIXTURES[fixture], style=style)
    assert [said(each) for each in read] == [said(each) for each in FIXTURES[fixture]]


@pytest.mark.parametrize("fixture", ["article", "ties"])
def test_attributions_come_back_in_both_styles(fixture: str) -> None:
    (given,) = FIXTURES[fixture]
    plain = replace(
        given,
        annotations=tuple(
            replace(
                a,
                attributes={
                    name: value for name, value in a.attributes.items() if name != "priority"
                },
            )
            for a in given.annotations
        ),
        links=tuple(
            replace(link, note=link.note.replace("\n", " "), foreign={}) for link in given.links
        ),
    )
    for style in ("plain", "polnear"):
        made = encoded(BRAT, [plain], style=style)
        assert not made.report
        (read,), _ = decoded(BRAT, made, [plain])
        assert said(read) == said(plain)
        assert {each.annotator for each in read.links} == {each.annotator for each in plain.links}
        # and without being asked for it goes back out in the style it came in
        assert canonical(out(read)) == canonical(made.files[0].main.decode())


def test_the_styles_can_be_changed() -> None:
    given = read(SAME["PolNeAR's own"])
    assert "R" not in {line[0] for line in out(given).splitlines()}
    plain = out(given, style="plain")
    assert "E1\tattribution:T6 Arg1:T3 Arg2:T1 Via:T2\n" in plain
    assert "A1\tunattributed T5\n" in plain
    assert said(read(plain)) == said(given)


def test_an_attribution_follows_its_links() -> None:
    given = read(SAME["a source of two, a trigger of two"])
    first, second = given.links
    one = out(replace(given, links=(first,)))
    assert one.count("\nE") == 1
    assert one.count("\tAttribution 4 8") == 1
    assert "E1\tAttribution:T5 Content:T3 Cue:T2 Source:T1\n" in one
    none = out(replace(given, links=()))
    assert "\nE" not in none
    without_cue = out(replace(given, links=(replace(first, via_id=None), second)))
    assert "E1\tAttribution:T5 Content:T3 Source:T1\n" in without_cue
    assert "E2\tAttribution:T5 Content:T4 Cue:T2 Source:T1\n" in without_cue


def test_a_claim_that_got_a_source_is_unsourced_no_more() -> None:
    given = read(SAME["PolNeAR's own"])
    claim = next(each for each in given.annotations if each.unattributed)
    sourced = replace(claim, attributes={})
    marks = tuple(sourced if each.id == claim.id else each for each in given.annotations)
    link = tie(1, sourced, marks[0], marks[1])
    lines = out(replace(given, annotations=marks, links=(*given.links, link)))
    assert "no-source" not in lines
    assert lines.count("\tAttribution:") == 2


def test_records_go_with_their_marks() -> None:
    given = read(
        "T1\tp 0 3\tAnn\nT2\tp 13 16\tBob\nT3\tp 34 37\tEve\n*\tEquiv T1 T2 T3\n"
        "E1\tp:T1 X:T2 Y:T3\nN1\tReference T2 W:Q1\tBob\n#1\tx N1\ty\n"
    )
    kept = tuple(each for each in given.annotations if each.quote != ("Bob",))
    report = Report()
    lines = out(replace(given, annotations=kept), report)
    assert "E1\tp:T1 Y:T2\n" in lines
    assert "*\tEquiv" not in lines or "*\tEquiv T1 T2\n" in lines
    assert "\nN" not in lines
    assert report.kinds == {"records on marks that are gone"}


def test_what_is_kept_of_two_files_is_not_mixed_up() -> None:
    one = read("T1\tp 0 3\tAnn\nN1\tReference T1 W:Q1\tAnn\n")
    two = read("T1\tp 13 16\tBob\nN1\tReference T1 W:Q2\tBob\n")
    both = replace(one, annotations=(*one.annotations, *two.annotations))
    lines = out(both)
    assert "N1\tReference T1 W:Q1\tAnn\n" in lines
    assert "N2\tReference T2 W:Q2\tBob\n" in lines


@pytest.mark.parametrize(
    "kept",
    [
        5,
        {"records": [{}]},
        {"records": [{"sort": "E", "id": "E1", "type": "a\nT9\tb", "args": []}]},
        {"records": [{"sort": "Q", "id": "E1", "type": "a", "args": []}]},
        {"records": [{"sort": "A", "id": "A1", "type": "a", "args": []}]},
        {"written": [[5, 3]]},
        {"written": [[0, 1_000_000]]},
        {"type": "x y", "id": "T1", "file": "x"},
        {"roles": ["a b", "c"], "id": 5},
    ],
)
def test_what_is_kept_may_be_anything(kept: object) -> None:
    """It may come from a file that somebody made up."""
    strange = {"brat": kept}
    one, two = of("Ann", 1, text=TEXT, foreign=strange), of("Bob", 2, text=TEXT, foreign=strange)
    given = content(TEXT, one, two, tie(3, one, two, foreign=strange))
    assert len(read(out(given)).annotations) == 2


@pytest.mark.parametrize(
    ("fields", "loss"),
    [
        ({"kind": "a\tb"}, "names that brat cannot have"),
        ({"kind": "Content"}, "names that brat cannot have"),
        ({"kind": "a_ b"}, "names that brat cannot have"),
        ({"kind": ""}, "names that brat cannot have"),
        ({"attributes": {"label": "x"}}, "names that brat cannot have"),
        ({"attributes": {"x": " y"}}, "attributes whose values are not plain words"),
        ({"attributes": {"x": False}}, "attributes whose values are not plain words"),
        ({"attributes": {"x": ""}}, "attributes whose values are not plain words"),
        ({"note": "a\nb"}, "notes with line ends"),
        ({"foreign": {"conll": 1}}, "what other formats say"),
        ({"anchor": "moved"}, "doubts about places"),
        ({"kind": "a b", "label": "c  d", "note": " x\ty ", "attributes": {"e f": "g h"}}, None),
    ],
)
def test_what_it_cannot_have_is_told(fields: dict[str, Any], loss: str | None) -> None:
    given = content(TEXT, of("Ann", 1, text=TEXT, **fields))
    report = Report()
    again = read(out(given, report))
    assert report.kinds == ({loss} if loss else set())
    assert (said(again) == said(given)) or loss


def test_the_configuration_lists_what_there_is() -> None:
    made = encoded(BRAT, FIXTURES["article"])
    lines = made.shared["annotation.conf"].decode().splitlines()
    assert lines[:5] == ["[entities]", "claim", "cue", "entity", "source"]
    assert "attribution\tArg1:claim, Arg2:source" in lines
    assert "status\tArg:<ANY>, Value:unchecked" in lines
    assert lines.count("[events]") == 1
