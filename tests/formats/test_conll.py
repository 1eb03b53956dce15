"""What is peculiar to CoNLL's columns: tokens, tags, and how they are found in a text again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import InputError
from reader.formats.codec import Content, Options
from reader.formats.conll import CONLL
from reader.formats.conll_tokens import tokens
from reader.formats.registry import find
from reader.formats.report import Report
from reader.formats.source import Source
from reader.text.decode import decode
from tests.formats.fixtures import FIXTURES, content
from tests.formats.strategies import contents, scripts, texts
from tests.formats.trip import said
from tests.model.build import mark, of

TEXT = "Ann Lee of Amrin said so. Bob did not."
ANN, AMRIN, BOB = (
    of(words, at, text=TEXT, kind="entity", label=label)
    for at, (words, label) in enumerate(
        (("Ann Lee", "person"), ("Amrin", "place"), ("Bob", "person")), start=1
    )
)


def out(given: Content, report: Report | None = None, **options: Any) -> str:
    report = Report() if report is None else report
    return CONLL.encode([given], Options(**options), report).main.decode()


def read(data: str, text: str | None = None, report: Report | None = None) -> list[Content]:
    shown = decode(text.encode(), "a.txt", "utf-8") if text is not None else None
    report = Report() if report is None else report
    return CONLL.decode(Source("a.conll", data.encode(), shown), Options(), report)


def marks(given: Content) -> list[tuple[str, str | None, str]]:
    return [(each.kind, each.label, each.words) for each in given.annotations]


# Out ----------------------------------------------------------------------------------------------


def test_a_token_and_its_tag_stand_on_each_line() -> None:
    assert out(content(TEXT, ANN, AMRIN), kind="entity") == (
        "Ann B-person\nLee I-person\nof O\nAmrin B-place\nsaid O\nso O\n. O\n\n"
        "Bob O\ndid O\nnot O\n. O\n\n"
    )


TAGS = {
    "iob2": "B-x I-x B-x O B-y I-y I-y B-x",
    "iob1": "I-x I-x B-x O I-y I-y I-y I-x",
    "bioes": "B-x E-x S-x O B-y I-y E-y S-x",
}


@pytest.mark.parametrize("scheme", TAGS)
def test_the_tags_are_those_of_the_scheme(scheme: str) -> None:
    text = "a b c d e f g h"
    ranges = (((0, 3), "x"), ((4, 5), "x"), ((8, 13), "y"), ((14, 15), "x"))
    spans = [mark(at, each, text=text, kind=kind) for at, (each, kind) in enumerate(ranges)]
    written = out(content(text, *spans), tags=scheme)
    assert " ".join(line.split()[1] for line in written.splitlines() if line) == TAGS[scheme]
    (again,) = read(written, text)
    assert said(again) == said(content(text, *spans))


@pytest.mark.parametrize("scheme", TAGS)
@given(given=contents(wild=False))
def test_what_is_told_of_no_loss_comes_back(scheme: str, given: Content) -> None:
    report = Report()
    written = out(given, report, tags=scheme)
    (again,) = read(written, given.text)
    assert report or said(again) == said(given)


@given(text=texts | scripts, edges=st.sets(st.integers(0, 50)))
def test_tokens_are_all_that_is_no_white_space(text: str, edges: set[int]) -> None:
    found = [each for line in tokens(text, sorted(edges)) for each in line]
    assert found == sorted(found)
    for start, end in found:
        assert start < end
        assert not any(each.isspace() or each == "\ufeff" for each in text[start:end])
        assert not any(start < edge < end for edge in edges)
    inked = {at for at, each in enumerate(text) if not (each.isspace() or each == "\ufeff")}
    assert inked == {at for start, end in found for at in range(start, end)}


@pytest.mark.parametrize(
    "blank", ["\u00a0", "\u202f", "\u3000", "\u2028", "\x85", "\x1c", "\ufeff"]
)
def test_no_token_has_white_space(blank: str) -> None:
    text = f"10{blank}000 people{blank}said"
    written = out(content(text, of(text[:6], 1, text=text, kind="quantity")))
    # some of them end a line, and a sentence with it
    lines = [line for line in written.split("\n") if line]
    assert lines == ["10 B-quantity", "000 I-quantity", "people O", "said O"]
    (again,) = read(written, text)
    assert again.annotations[0].quote == (text[:6],)


def test_tokens_are_cut_where_a_mark_begins_or_ends() -> None:
    text = "The anti-war side"
    given = content(text, of("anti", 1, text=text), of("war", 2, text=text, kind="entity"))
    written = out(given)
    assert written == "The O\nanti B-claim\n- O\nwar B-entity\nside O\n\n"
    assert said(read(written, text)[0]) == said(given)


def test_a_sentence_does_not_end_inside_of_a_mark() -> None:
    text = "One. Two is here. Three."
    assert [len(each) for each in tokens(text, [])] == [2, 4, 2]
    given = content(text, of("One. Two", 1, text=text))
    written = out(given)
    assert [each.count("\n") + 1 for each in written.strip().split("\n\n")] == [6, 2]
    assert said(read(written, text)[0]) == said(given)


def test_what_begins_first_stays_and_of_those_the_longest() -> None:
    text = "a b c d e f"
    spans = [
        mark(1, (0, 5), text=text, kind="outer"),
        mark(2, (0, 3), text=text, kind="inner"),
        mark(3, (4, 7), text=text, kind="crossing"),
        mark(4, (8, 9), text=text, kind="later"),
    ]
    report = Report()
    written = out(content(text, *spans), report)
    assert marks(read(written, text)[0]) == [("outer", None, "a b c"), ("later", None, "e")]
    assert str(report) == "overlapping marks (2)"


def test_a_mark_in_the_gap_of_a_split_one_stays() -> None:
    text = "“So it is,” she said, “and was.”"
    split = mark(1, (1, 10), (23, 30), text=text)
    report = Report()
    written = out(content(text, split, of("she", 2, text=text, kind="source")), report)
    assert marks(read(written, text)[0]) == [
        ("claim", None, "So it is,"),
        ("source", None, "she"),
        ("claim", None, "and was"),
    ]
    assert str(report) == "ties between the parts of split marks (1)"


def test_one_kind_is_written_with_its_labels_alone() -> None:
    given = FIXTURES["article"][0]
    report = Report()
    written = out(given, report, kind="source")
    assert {line.split()[1] for line in written.splitlines() if line} == {
        *("O", "B-named", "I-named", "B-unnamed", "I-unnamed")
    }
    assert str(report) == "links (2)"
    options = Options(kind="source")
    shown = decode(given.words.encode(), "a.txt", "utf-8")
    (again,) = CONLL.decode(Source("a.conll", written.encode(), shown), options, Report())
    assert marks(again) == [
        ("source", "named", "harbour master Ines Varga"),
        ("source", "unnamed", "a clerk of the port"),
    ]


@pytest.mark.parametrize(
    ("kind", "label", "type", "told"),
    [
        ("entity", None, "entity", False),
        ("entity", "person", "entity:person", False),
        ("a-b c", "d:e f", "a-b__c:d:e__f", False),
        ("a:b", None, "a_b", True),
        ("a\u00a0b", None, "a_b", True),
        ("", "x", "_:x", True),
    ],
)
def test_a_tag_says_kind_and_label(kind: str, label: str | None, type: str, told: bool) -> None:
    given = content(TEXT, of("Bob", 1, text=TEXT, kind=kind, label=label))
    report = Report()
    written = out(given, report)
    assert f"Bob B-{type}\n" in written
    assert bool(report) == told
    assert told or marks(read(written, TEXT)[0]) == [(kind, label, "Bob")]


# In -----------------------------------------------------------------------------------------------

ORIGINAL = """-DOCSTART- -X- -X- O

U.N. NNP I-NP I-ORG
official NN I-NP O
Ekeus NNP I-NP I-PER
Bob NNP I-NP B-PER
heads VBZ I-VP O
for IN I-PP O
Baghdad NNP I-NP I-LOC
. . O O

-DOCSTART- -X- -X- O

Ann NNP I-NP I-PER
"""


def test_the_file_of_2003_is_read() -> None:
    report = Report()
    first, second = read(ORIGINAL, report=report)
    assert first.text == "U.N. official Ekeus Bob heads for Baghdad .\n"
    assert marks(first) == [
        *(("ORG", None, "U.N."), ("PER", None, "Ekeus"), ("PER", None, "Bob")),
        ("LOC", None, "Baghdad"),
    ]
    assert marks(second) == [("PER", None, "Ann")]
    assert (first.document.title, second.document.title) == ("a-1.txt", "a-2.txt")
    assert str(report) == "columns between token and tag (2)"


def test_with_a_text_the_tokens_are_found_in_it() -> None:
    text = "“U.N. official”\n(Ekeus)\n\nBob heads\xa0for Baghdad.\n Ann"
    data = ORIGINAL.replace("U.N. N", "“ O\nU.N. N").replace("Ekeus", "” O\n-LRB- O\nEkeus")
    (found,) = read(data.replace("Bob", "-RRB- O\nBob"), text)
    assert found.text == text
    assert [each.words for each in found.annotations] == ["U.N.", "Ekeus", "Bob", "Baghdad", "Ann"]


@pytest.mark.parametrize(
    ("tags", "wanted"),
    [
        ("B-x I-x O", ["a b"]),
        ("I-x I-x B-x", ["a b", "c"]),
        ("I-x I-y I-y", ["a", "b c"]),
        ("B-x L-x U-x", ["a b", "c"]),
        ("B-x M-x E-x", ["a b c"]),
        ("S-x S-x I-x", ["a", "b", "c"]),
        ("E-x E-x O", ["a", "b"]),
        ("O O B-x", ["c"]),
    ],
)
def test_all_schemes_are_read(tags: str, wanted: list[str]) -> None:
    data = "".join(f"{word}\t{tag}\n" for word, tag in zip("abc", tags.split(), strict=True))
    (found,) = read(data)
    assert [each.words for each in found.annotations] == wanted


def test_a_mark_ends_with_its_sentence() -> None:
    (found,) = read("a B-x\n\nb I-x\n")
    assert marks(found) == [("x", None, "a"), ("x", None, "b")]


def test_comments_are_told() -> None:
    report = Report()
    (found,) = read("# id = 5\n# O\n#home B-x\n", report=report)
    assert found.text == "# #home\n"
    assert list(report.remarks) == [
        "a.conll, line 1: a comment was passed over",
        "a.conll: its text is not at hand: one was made of its tokens",
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("Ann B-x\nLee\n", "line 2 .* it is no token with a tag"),
        ("Ann B\n", "line 1 .* it is no token with a tag"),
        ("Ann B-\n", "line 1 .* it is no token with a tag"),
        ("Ann Q-x\n", "line 1 .* it is no token with a tag"),
        ("Ann B-x\n\nof O\n", "line 3 .* the text has “Le” where it has “of”"),
        ("Ann O\nLee O\nof O\nAmrin O\nsaid O\nX B-x\n", "line 6 .* the text has “s” where"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(data: str, told: str) -> None:
    with pytest.raises(InputError, match=rf"a\.conll, {told}"):
        read(data, TEXT)


@pytest.mark.parametrize(
    ("head", "fits"),
    [
        (b"-DOCSTART- -X- O\n", True),
        (b"\n# a comment\nAnn\tB-x\n", True),
        (b"# O\n", True),
        (b"Ann B-x", True),
        (b"Ann Lee\n", False),
        (b"\n", True),
        (b"", True),
    ],
)
def test_its_files_are_known(head: bytes, fits: bool) -> None:
    assert (find("a.conll", head) is CONLL) == fits


# Its real reader ----------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["iob2", "iob1", "bioes"])
@pytest.mark.parametrize("fixture", FIXTURES)
def test_seqeval_reads_the_same_spans(fixture: str, scheme: str) -> None:
    pytest.importorskip("seqeval")
    from seqeval.scheme import IOB1, IOB2, IOBES, Entities

    schemes = {"iob2": IOB2, "iob1": IOB1, "bioes": IOBES}
    for each in FIXTURES[fixture]:
        written = out(each, tags=scheme)
        # as everybody reads such a file
        sentences = [
            [line.split() for line in block.splitlines()]
            for block in written.split("\n\n")
            if block.strip()
        ]
        assert all(len(row) == 2 for rows in sentences for row in rows)
        tags = [[tag for _, tag in rows] for rows in sentences]
        seen = [
            (" ".join(word for word, _ in rows[entity.start : entity.end]), entity.tag)
            for rows, found in zip(sentences, Entities(tags, schemes[scheme]).entities, strict=True)
            for entity in found
        ]
        (again,) = read(written, each.text)
        ours = [
            ("".join(m.words.split()), f"{m.kind}:{m.label}" if m.label else m.kind)
            for m in again.annotations
        ]
        assert [("".join(words.split()), tag) for words, tag in seen] == [
            (words.replace("\ufeff", ""), tag.replace(" ", "__")) for words, tag in ours
        ]


def test_seqeval_scores_what_was_written() -> None:
    pytest.importorskip("seqeval")
    from seqeval.metrics import f1_score

    def tags(*wanted: Any) -> list[list[str]]:
        written = out(content(TEXT, *wanted), kind="entity")
        return [[line.split()[1] for line in each.splitlines()] for each in written.split("\n\n")]

    assert f1_score(tags(ANN, AMRIN, BOB), tags(ANN, AMRIN, BOB)) == 1
    assert f1_score(tags(ANN, AMRIN), tags(ANN)) == pytest.approx(2 / 3)
