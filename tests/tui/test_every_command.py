"""Each command of the catalogue does what its help says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from textual.command import CommandPalette

from reader.model.scheme import DEFAULT
from reader.tui.commands.catalogue import commands
from reader.tui.commands.command import Pane
from reader.tui.screens.card import CardScreen
from reader.tui.screens.help import HelpScreen
from reader.tui.screens.picking import PickScreen
from tests.tui.bench import ARTICLE, Bench, opened

DATELINE = ARTICLE.splitlines()[2]
SPLIT = ARTICLE.splitlines()[4]
FIRE = DATELINE.rstrip(".")


class Case(NamedTuple):
    """Keys to get somewhere, keys after the command's own, and what must hold then."""

    before: str
    after: str
    holds: Callable[[Bench], object]


def selects(words: str, before: str = "", *, extended: bool = False) -> Case:
    return Case(
        before, "", lambda bench: bench.selected == words and bench.desk.selection.hard == extended
    )


def marked(bench: Bench) -> list[tuple[str, str | None]]:
    return [(kind, label) for kind, label, _ in bench.marks]


def row(bench: Bench) -> str:
    found = bench.screen.tags.row
    return found.text if found is not None else ""


TWO_MARKS = "tab e o tab e p "  # PORT AMRIN, Kestrel
NESTED = "tab e l ) c "
PAIR = ") c 2 tab s "
CASES: dict[str, Case] = {
    "move.word.next": selects("burns"),
    "move.word.previous": selects("burns", "right right"),
    "move.row.next": selects("AMRIN"),
    "move.row.previous": selects("AMRIN", "down down"),
    "move.candidate.next": selects("PORT AMRIN"),
    "move.candidate.previous": selects("PORT AMRIN", "tab tab"),
    "move.sentence.next": selects(DATELINE),
    "move.sentence.previous": selects(DATELINE, ") )"),
    "move.paragraph.next": selects(DATELINE),
    "move.paragraph.previous": selects(DATELINE, "} }"),
    "move.quotation.next": selects("We had warned them twice"),
    "move.quotation.previous": selects("We had warned them twice", "' '"),
    "move.page.next": Case("", "", lambda bench: bench.desk.selection.start > 400),
    "move.page.previous": Case(
        "pagedown pagedown", "", lambda bench: 0 < bench.desk.selection.start < 900
    ),
    "move.start": selects("Depot", "right } }"),
    "move.end": selects("it"),
    "extend.word.next": selects("Depot burns", extended=True),
    "extend.word.previous": selects("Depot", "L", extended=True),
    "extend.row.next": Case("", "", lambda bench: bench.selected == ARTICLE[:40]),
    "extend.row.previous": Case("J", "", lambda bench: "PORT" not in bench.selected),
    "extend.character.next": selects("Depot ", extended=True),
    "extend.character.previous": selects("Depo", extended=True),
    "extend.clause.next": Case(
        "'", "", lambda bench: bench.selected == 'We had warned them twice,"'
    ),
    "extend.clause.previous": Case(
        "} } 3 right o", "", lambda bench: bench.selected == "We had warned"
    ),
    "jump": Case("", "f", lambda bench: bench.desk.selection.start > 0),
    "jump.extend": Case("", "f", lambda bench: bench.desk.selection.hard),
    "go.to": Case("", "1 0 0 % enter", lambda bench: bench.selected == "it"),
    "repeat": Case(
        "tab e o tab", "", lambda bench: marked(bench) == [("entity", "organisation")] * 2
    ),
    "occurrences": Case(
        "tab tab e o", "enter", lambda bench: marked(bench) == [("entity", "organisation")] * 2
    ),
    "link": Case("tab e o tab e o", "s 1", lambda bench: len(bench.ties) == 1),
    "mark.fit": Case("tab e l L", "", lambda bench: bench.marks[0][2] == ["PORT AMRIN - A"]),
    "mark.retag": Case("tab e l", "s", lambda bench: marked(bench) == [("source", None)]),
    "mark.split": Case(") ) c tab s ;", "", lambda bench: bench.said != ""),
    "mark.join": Case("tab e l 4 right", "1", lambda bench: len(bench.marks[0][2]) == 2),
    "copy": Case("tab e l", "", lambda bench: "PORT AMRIN" in bench.app.clipboard),
    "document.list": Case("", "", lambda bench: isinstance(bench.app.screen, PickScreen)),
    "document.done": Case("tab e l", "", lambda bench: bench.desk.session.document.state == "done"),
    "document.card": Case("", "", lambda bench: isinstance(bench.app.screen, CardScreen)),
    "export": Case("", "", lambda bench: isinstance(bench.app.screen, PickScreen)),
    "extend.turn": Case("right", "", lambda bench: bench.desk.selection.at_start),
    "select.grow": selects("PORT AMRIN", "down", extended=True),
    "select.shrink": selects("AMRIN", "down +", extended=True),
    "tag.entity": Case("tab", "l", lambda bench: marked(bench) == [("entity", "place")]),
    "tag.claim": Case("down", "", lambda bench: bench.marks == [("claim", None, [FIRE])]),
    "tag.source": Case("tab tab", "", lambda bench: bench.marks == [("source", None, ["Kestrel"])]),
    "tag.cue": Case("5 right " * 4, "", lambda bench: [each[0] for each in bench.marks] == ["cue"]),
    "attribute": Case(PAIR, "1", lambda bench: len(bench.ties) == 1),
    "mark.next": selects("PORT AMRIN", TWO_MARKS + "home", extended=True),
    "mark.previous": selects("Kestrel", TWO_MARKS + "end", extended=True),
    "mark.cycle": Case(NESTED, "", lambda bench: kind_here(bench) == "claim"),
    "mark.open": Case("tab e l", "", lambda bench: isinstance(bench.app.screen, CardScreen)),
    "mark.delete": Case("tab e l", "", lambda bench: bench.marks == []),
    "undo": Case("tab e l", "", lambda bench: bench.marks == []),
    "redo": Case("tab e l u", "", lambda bench: marked(bench) == [("entity", "place")]),
    "search": Case("", "q u a y enter", lambda bench: bench.selected == "quay"),
    "search.next": Case(
        "/ q u a y enter", "", lambda bench: ARTICLE[: bench.desk.selection.end].count("quay") == 2
    ),
    "search.previous": Case("/ q u a y enter", "", lambda bench: "Hit 15 of 15" in bench.said),
    "search.regex": Case("/", "q . a y enter", lambda bench: bench.selected == "quay"),
    "search.whole": Case("/", "q u a enter", lambda bench: "does not occur" in bench.said),
    "search.exact": Case("/", "d e p o t enter", lambda bench: bench.selected == "depot"),
    "tags": Case("tab e l", "", lambda bench: bench.screen.pane == "tags"),
    "tags.row.next": Case(TWO_MARKS + "t home", "", lambda bench: row(bench) == "Kestrel"),
    "tags.row.previous": Case(TWO_MARKS + "t end", "", lambda bench: row(bench) == "PORT AMRIN"),
    "tags.page.next": Case(TWO_MARKS + "t home", "", lambda bench: row(bench) == "Kestrel"),
    "tags.page.previous": Case(TWO_MARKS + "t end", "", lambda bench: row(bench) == "PORT AMRIN"),
    "tags.start": Case(TWO_MARKS + "t", "", lambda bench: row(bench) == "PORT AMRIN"),
    "tags.end": Case(TWO_MARKS + "t home", "", lambda bench: row(bench) == "Kestrel"),
    "tags.jump": Case(
        TWO_MARKS + "home t end",
        "",
        lambda bench: (bench.selected, bench.screen.pane) == ("Kestrel", "article"),
    ),
    "tags.delete": Case(TWO_MARKS + "t end", "", lambda bench: marked(bench)[1:] == []),
    "tags.filter": Case(TWO_MARKS + "t", "k e s", lambda bench: bench.screen.tags.shown == 1),
    "tags.tick": Case(TWO_MARKS + "t home", "d", lambda bench: len(bench.marks) == 1),
    "tags.all": Case(TWO_MARKS + "t", "d", lambda bench: bench.marks == []),
    "tags.label": Case(
        TWO_MARKS + "t end", "l", lambda bench: marked(bench)[-1] == ("entity", "place")
    ),
    "tags.card": Case(TWO_MARKS + "t", "", lambda bench: isinstance(bench.app.screen, CardScreen)),
    "tags.order": Case(TWO_MARKS + "t", "", lambda bench: "As they stand" in bench.picture),
    "tags.escape": Case("tab e l t", "", lambda bench: bench.screen.pane == "article"),
    "tags.kind.entity": Case("tab c t", "p", lambda bench: marked(bench) == [("entity", "person")]),
    "tags.kind.claim": Case("tab e l t", "", lambda bench: marked(bench) == [("claim", None)]),
    "tags.kind.source": Case("tab e l t", "", lambda bench: marked(bench) == [("source", None)]),
    "tags.kind.cue": Case("tab e l t", "", lambda bench: marked(bench) == [("cue", None)]),
    "tags.leave": Case("tab e l t", "", lambda bench: bench.screen.pane == "article"),
    "document.next": Case("", "", lambda bench: bench.desk.text == "Another text.\n"),
    "view.numbers": Case("", "", lambda bench: "are numbered" in bench.said),
    "view.spacing": Case("", "", lambda bench: "Each row takes 2" in bench.said),
    "view.wider": Case("", "", lambda bench: "Rows of up to" in bench.said),
    "view.narrower": Case("", "", lambda bench: "Rows of up to" in bench.said),
    "save.elsewhere": Case("", "", lambda bench: "Everything is saved" in bench.said),
    "document.previous": Case("g n", "", lambda bench: bench.desk.text == ARTICLE),
    "theme": Case("", "l", lambda bench: bench.app.theme == "reader-light"),
    "help": Case("", "", lambda bench: isinstance(bench.app.screen, HelpScreen)),
    "palette": Case("", "", lambda bench: isinstance(bench.app.screen, CommandPalette)),
    "quit": Case("tab e l", "", lambda bench: bench.tables["document"]["1"]["position"] == 30),
}


def kind_here(bench: Bench) -> str:
    here = bench.desk.current
    return here.kind if here is not None else ""


COMMANDS = {command.id: command for command in commands(DEFAULT)}


def test_no_command_is_left_out() -> None:
    assert sorted(CASES) == sorted(COMMANDS)


@pytest.mark.parametrize("command", CASES)
async def test_a_command_does_what_its_help_says(tmp_path: Path, command: str) -> None:
    case = CASES[command]
    async with opened(tmp_path, ARTICLE, "Another text.\n") as bench:
        await bench.press(case.before)
        await bench.press(COMMANDS[command].keys[0])
        await bench.press(case.after)
        assert case.holds(bench), (bench.selected, bench.said)
        bench.check_clean()


@pytest.mark.parametrize("pane", ["article", "tags"])
async def test_every_key_of_a_pane_leads_to_its_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pane: Pane
) -> None:
    called: list[str] = []
    async with opened(tmp_path) as bench:
        bench.screen.enter(pane)
        monkeypatch.setattr(
            bench.screen, "run_command", lambda command, _: called.append(command.id)
        )
        expected = []
        for command in COMMANDS.values():
            for key in command.keys if pane in command.panes else ():
                if key == "ctrl+p":  # Textual's own way to the palette
                    continue
                await bench.press(key)
                expected.append(command.id)
        assert called == expected
