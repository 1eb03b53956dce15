"""The planner of keystrokes: what it reads and finds, and that its keys do it on the screen."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reader.model.fragment import Fragment
from reader.model.link import ATTRIBUTION
from tests.tui.bench import opened

sys.path.append(str(Path(__file__).parents[1] / "speed"))

from plan import gold, slate
from plan.example import example
from plan.hands import SIZE, Pane, article_pane
from plan.planner import Planner
from plan.terminal import named

CORPUS = Path(__file__).parents[3] / "shared" / "data" / "polnear"
SHORT = "politico_2015-12-06_clinton-time-for-intensification"

TEXT = """\
Depot burns

The fire is out, Ines Varga said on Tuesday.

"We warned them," said Varga, "and nothing was done."

Two officials have said that the pump was old.
"""


def span(words: str, *more: str) -> str:
    """The places of these words, as a line of marks has them."""
    places = []
    at = 0
    for each in (words, *more):
        at = TEXT.index(each, at)
        places.append(f"{at} {at + len(each)}")
        at += len(each)
    return ";".join(places)


QUOTED = span('"We warned them,"', '"and nothing was done."').split(";")
LATER = TEXT.index("said Varga")

MARKS = "\n".join(
    (
        f"T1\tContent {span('The fire is out')}\tThe fire is out",
        f"T2\tSource {span('Ines Varga')}\tInes Varga\t ",
        f"T3\tCue {span('said on Tuesday')}\tsaid on",
        "Tuesday",
        f"T4\tAttribution {span('said on Tuesday')}\tsaid on Tuesday",
        "M1\tKind T4 indirect",
        "E1\tAttribution:T4 Content:T1 Cue:T3 Source:T2 ",
        "E2\tAttribution:T8 Content2:T5 Cue:T7 Source:T6",
        f"T5\tContent2 {QUOTED[1]};{QUOTED[0]}\t…",
        f"T7\tCue {LATER} {LATER + 4}\tsaid",
        f"T6\tSource {LATER + 5} {LATER + 10}\tVarga",
        f"T9\tCue {span('have said')}\thave said",
        f"T10\tContent {span('that the pump was old')}\tthat the pump was old",
        "E3\tAttribution-no-source:T11 Content:T10 Cue:T9",
        f"T12\tDiscuss {span('Depot burns')}\tDepot burns",
        "",
    )
)


def test_what_is_read_of_an_article() -> None:
    article = gold.parsed("depot", TEXT, MARKS)
    assert len(article.spans) == 8
    assert len(article.attributions) == 3
    split = next(each for each in article.spans if len(each.fragments) > 1)
    assert [TEXT[slice(*part)] for part in split.fragments] == [
        '"We warned them,"',
        '"and nothing was done."',
    ]
    assert sum(source is None for _, source in article.ties) == 1


def test_parts_that_touch_stay_apart() -> None:
    article = gold.parsed("depot", TEXT, "T1\tSource 3 5;0 3\tDepot\n")
    assert article.spans[0].fragments == (Fragment(0, 3), Fragment(3, 5))


def test_an_article_is_planned_to_the_last_mark() -> None:
    plan = Planner(gold.parsed("depot", TEXT, MARKS), Pane(78, 36)).plan()
    assert plan.missed == []
    assert plan.span_keys + plan.link_keys == len(plan.keys)
    assert plan.span_keys <= 3 * plan.spans
    assert plan.link_keys <= 2 * plan.links
    assert plan.sourced == 2
    assert plan.vias >= 1
    assert slate.keys(gold.parsed("depot", TEXT, MARKS)) > plan.span_keys


def test_the_worked_example_takes_eight_keys() -> None:
    plan = example(Pane(78, 36))
    assert plan.missed == []
    assert len(plan.keys) <= 8


def test_keys_are_named_as_tmux_names_them() -> None:
    assert named(["shift+tab", "X", ";", "pagedown"]) == "BTab\nX\n\\;\nPageDown\n"


def test_the_pane_is_measured_on_the_program_itself() -> None:
    pane = article_pane()
    assert 60 <= pane.width <= 86
    assert 30 <= pane.height <= 38


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the articles are not here")
async def test_a_plan_typed_into_the_screen_gives_the_gold(tmp_path: Path) -> None:
    article = gold.article(CORPUS / f"{SHORT}.txt")
    async with opened(tmp_path, article.text, size=SIZE) as bench:
        rows = bench.screen.article._viewport
        plan = Planner(article, Pane(rows.layout.width, rows.height)).plan()
        for key in plan.keys:
            await bench.pilot.press(_NAMES.get(key, key))
            await bench.pilot.pause(0)
        await bench.settle()
        layers = bench.desk.layers
        marks = {(each.kind, each.fragments) for each in layers.annotations}
        assert marks == {(each.kind, each.fragments) for each in article.spans}
        ties = {
            (claim.fragments, layers.get(link.to_id).fragments)
            for claim in layers.of_kind("claim")
            for link in layers.links_from(claim.id, ATTRIBUTION)
        }
        nobody = {each.fragments for each in layers.of_kind("claim") if each.unattributed}
        wanted = article.ties
        assert ties == {(claim.fragments, source.fragments) for claim, source in wanted if source}
        assert nobody == {claim.fragments for claim, source in wanted if source is None}


_NAMES = {
    ")": "right_parenthesis",
    "(": "left_parenthesis",
    "'": "apostrophe",
    '"': "quotation_mark",
    "+": "plus",
    "}": "right_curly_bracket",
    "{": "left_curly_bracket",
    ">": "greater_than_sign",
    "<": "less_than_sign",
}
