"""Prodigy's JSONL: tokens that fit, `token_end` inclusive."""

from __future__ import annotations

import json

import pytest

from reader.errors import InputError
from reader.formats.codec import Content, Options
from reader.formats.prodigy import PRODIGY
from reader.formats.report import Report
from reader.formats.source import Source
from tests.formats.fixtures import FIXTURES
from tests.formats.trip import encoded

TOKENS = [
    {"text": "Ann", "start": 0, "end": 3, "id": 0, "ws": True},
    {"text": "says", "start": 4, "end": 8, "id": 1, "ws": True},
    {"text": "no", "start": 9, "end": 11, "id": 2, "ws": False},
]


def read(report: Report | None = None, **plain: object) -> list[Content]:
    data = json.dumps({"text": "Ann says no", **plain}).encode()
    told = Report() if report is None else report
    return PRODIGY.decode(Source("task.jsonl", data), Options(), told)


@pytest.mark.parametrize("fixture", FIXTURES)
def test_every_span_fits_its_tokens(fixture: str) -> None:
    lines = encoded(PRODIGY, FIXTURES[fixture]).files[0].main.decode().split("\n")[:-1]
    for line, content in zip(lines, FIXTURES[fixture], strict=True):
        task = json.loads(line)
        tokens = task["tokens"]
        assert [each["id"] for each in tokens] == list(range(len(tokens)))
        text = "".join(each["text"] + " " * each["ws"] for each in tokens)
        assert text == task["text"] == content.text
        for span in task["spans"]:
            assert tokens[span["token_start"]]["start"] == span["start"]
            assert tokens[span["token_end"]]["end"] == span["end"]
        for each in task["relations"]:
            assert each["head"] == each["head_span"]["token_end"]
            assert each["child"] == each["child_span"]["token_end"]


def test_who_annotated_is_told_by_the_task() -> None:
    (content,) = read(
        spans=[{"start": 0, "end": 3, "label": "PERSON"}],
        _annotator_id="news-anna",
        answer="accept",
    )
    assert content.annotations[0].annotator == "news-anna"


def test_a_span_may_be_told_by_its_tokens_alone() -> None:
    (content,) = read(tokens=TOKENS, spans=[{"token_start": 0, "token_end": 1, "label": "X"}])
    assert content.annotations[0].quote == ("Ann says",)


def test_an_exclusive_token_end_is_remarked() -> None:
    report = Report()
    span = {"start": 0, "end": 3, "token_start": 0, "token_end": 1, "label": "X"}
    (content,) = read(report, tokens=TOKENS, spans=[span])
    assert content.annotations[0].quote == ("Ann",)
    assert list(report.remarks) == [
        "task.jsonl, line 1: its tokens end elsewhere than at 3, which is taken"
    ]


def test_relations_go_by_spans_or_by_last_tokens() -> None:
    spans = [
        {"start": 0, "end": 3, "token_start": 0, "token_end": 0, "label": "source"},
        {"start": 9, "end": 11, "token_start": 2, "token_end": 2, "label": "claim"},
    ]
    short = {"head": 2, "child": 0, "label": "attribution", "color": "#fff"}
    long = {**short, "head_span": spans[1], "child_span": spans[0]}
    for relation in (short, long):
        (content,) = read(tokens=TOKENS, spans=spans, relations=[relation])
        (link,) = content.links
        names = {each.id: each.kind for each in content.annotations}
        assert (names[link.from_id], names[link.to_id]) == ("claim", "source")
        assert link.foreign == {"prodigy": {"color": "#fff"}}


def test_what_is_left_out_is_remarked() -> None:
    report = Report()
    relation = {"head": 0, "child": 1, "label": "nsubj"}
    (content,) = read(report, tokens=TOKENS, relations=[relation])
    assert content.links == ()
    assert read(report, answer="reject") == []
    assert [each.partition(": ")[2] for each in report.remarks] == [
        "a relation of words that are not marked, or of a mark to itself, is left out",
        'a task was answered with "reject", and is left out',
    ]


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ({"spans": [{"start": 0, "end": 30, "label": "X"}]}, "outside"),
        ({"spans": [{"start": 3, "end": 3, "label": "X"}]}, "marks nothing"),
        ({"spans": [{"start": -1, "end": 3, "label": "X"}]}, "marks nothing"),
        ({"spans": [{"start": 0, "label": "X"}]}, "end is no whole number"),
        ({"spans": [{"start": 0, "end": 3, "label": {}}]}, "label is no word"),
        ({"spans": [{"start": 0, "end": 3, "text": "Bob"}]}, "other words there"),
        ({"spans": [[0, 3]]}, "no list of objects"),
        ({"tokens": TOKENS, "spans": [{"token_start": 0, "token_end": 9}]}, "no token 9"),
        ({"tokens": TOKENS, "relations": [{"head": -1, "child": 0}]}, "no token -1"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(plain: dict, said: str) -> None:
    with pytest.raises(InputError, match=rf"task\.jsonl, line 1 .*{said}"):
        read(**plain)
