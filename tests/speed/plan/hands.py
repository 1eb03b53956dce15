"""A person's hands on the keys: what each key does, as the screen does it, without the screen.

The keys are those of the catalogue, the marks are made on a real desk, and what is in view is
known from the same viewport that the article pane has.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from reader.config.settings import Settings
from reader.model.annotation import Annotation
from reader.model.fragment import Fragment
from reader.model.scheme import DEFAULT
from reader.text.viewport import Viewport
from reader.tui.app import ReaderApp
from reader.tui.commands.catalogue import chosen
from reader.tui.commands.machine import KeyMachine, Run, Unknown
from reader.tui.screens.reading import MOTIONS
from reader.workspace import selection as motion
from reader.workspace.author import author
from reader.workspace.desk import Desk
from reader.workspace.jumping import in_view
from reader.workspace.library import Library
from reader.workspace.session import Session

SIZE: Final = (120, 40)
"""The terminal that the plans are for: its columns and rows."""

Answers = dict[str, Callable[[], object]]


class Pane(NamedTuple):
    """The article pane at that size: how long its rows are, and how many it shows."""

    width: int
    height: int


def article_pane() -> Pane:
    """The pane as the program lays it out; it is started for that, without a terminal."""

    async def measured() -> Pane:
        with TemporaryDirectory() as folder:
            path = Path(folder, "text.txt")
            path.write_text("A text.\n")
            app = ReaderApp(Library(Path(folder, "db"), author("measure")), [str(path)])
            async with app.run_test(size=SIZE) as pilot:
                await pilot.pause()
                rows = app.screen.article._viewport  # type: ignore[attr-defined]
                return Pane(rows.layout.width, rows.height)

    return asyncio.run(measured())


def keys_of_commands() -> dict[str, tuple[str, ...]]:
    """The first key of each command, or the sequence of them, with the settings nobody changed."""
    commands, _ = chosen(DEFAULT, Settings())
    return {each.id: tuple(each.keys[0].split(" ")) for each in commands}


class Hands:
    """A desk, and a view that follows what is moved to."""

    def __init__(self, session: Session, pane: Pane) -> None:
        self.desk = Desk(session)
        self.viewport = Viewport(session.text, pane.width)
        self.viewport.follow(self.desk.selection.start)
        self.viewport.fit(pane.width, pane.height, 1)
        commands, _ = chosen(session.scheme, Settings())
        self._machine = KeyMachine(commands, "article")
        self._column: int | None = None
        self._answers: Answers | None = None
        self.pressed: list[str] = []
        self._follow()

    def press(self, *keys: str) -> None:
        """Take these keys; ValueError for one that does nothing."""
        for key in keys:
            self.pressed.append(key)
            self._press(key)
            self._follow()

    def _press(self, key: str) -> None:
        if self._answers is not None:
            answers, self._answers = self._answers, None
            if key not in answers:
                raise ValueError(f"{key} is none of the choices")
            answers[key]()
            return
        match self._machine.press(key):
            case Run(command, count):
                self._do(command.id, command.argument, count)
            case Unknown(typed):
                raise ValueError(f"{typed} does nothing")

    def _follow(self) -> None:
        now = self.desk.selection
        self.viewport.bring(Fragment(now.active, now.active + 1) if now.hard else now.fragment)

    def _do(self, command: str, argument: str, count: int) -> None:
        desk = self.desk
        rows = ".row." in command or ".page." in command
        if not rows:
            self._column = None
        if command in MOTIONS:
            desk.move(MOTIONS[command], count)
        elif rows:
            self._by_rows(command, count)
        elif command.startswith("move.candidate."):
            desk.to_candidate(1 if command.endswith("next") else -1, count)
        elif command in ("mark.next", "mark.previous"):
            desk.to_mark(1 if command.endswith("next") else -1, count)
        elif command == "extend.turn":
            desk.select(motion.turned(desk.selection))
        elif command in ("jump", "jump.extend"):
            self._jump(desk.move_to if command == "jump" else desk.extend_to)
        elif command.startswith("tag."):
            self._tag(argument)
        elif command == "attribute":
            self._answers = self._attribute()
        elif command == "mark.split":
            desk.split()
        elif command == "mark.join":
            self._answers = self._join()
        else:
            raise ValueError(f"{command} is not in any plan")

    def _by_rows(self, command: str, count: int) -> None:
        active = self.desk.selection.active
        if self._column is None:
            self._column = self.viewport.layout.column(active)
        count *= self.viewport.page if ".page." in command else 1
        count = count if command.endswith("next") else -count
        place = self.viewport.position_of_row(active, count, self._column)
        (self.desk.extend_to if command.startswith("extend") else self.desk.move_to)(place)

    def labels(self) -> dict[str, tuple[int, int]]:
        """The words in view by the letters that name them."""
        return in_view(self.desk.text, self.viewport.stretch, self.desk.selection.start)

    def _jump(self, go: Callable[[int], None]) -> None:
        labelled = self.labels()
        letters: Answers = {}
        for label, word in labelled.items():
            if len(label) == 1:
                letters[label] = partial(go, word[0])
            else:
                letters.setdefault(label[0], partial(self._narrow, label[0], labelled, go))
        self._answers = letters

    def _narrow(
        self, first: str, labelled: dict[str, tuple[int, int]], go: Callable[[int], None]
    ) -> None:
        self._answers = {
            label[1]: partial(go, word[0])
            for label, word in labelled.items()
            if label[0] == first and len(label) == 2
        }

    def _tag(self, name: str) -> None:
        kind = self.desk.session.scheme.kind(name)
        if self.desk.twin(kind) is not None:
            raise ValueError("that is tagged already")
        if kind.asks:
            target = self.desk.target(kind)
            self._answers = {
                each.key: partial(self.desk.tag, kind, each.name, target) for each in kind.labels
            }
        else:
            self.desk.tag(kind)

    def _attribute(self) -> Answers:
        desk = self.desk
        here = desk.current
        if here is None or here.kind not in ("claim", "source"):
            speaker = desk.target(desk.session.scheme.kind("source"))
            return {
                str(number): partial(desk.attribute_new, claim, speaker)
                for number, claim in enumerate(desk.unsourced_near(), start=1)
            }
        answers: Answers = {
            str(number): partial(desk.attribute, here, partner)
            for number, partner in enumerate(desk.partners(), start=1)
            if desk.own_tie(here, partner) is None
        }
        if here.kind == "claim":
            answers["0"] = partial(desk.no_source, here)
            speaker = desk.target(desk.session.scheme.kind("source"))
            if speaker != here.fragments:
                answers["n"] = partial(desk.attribute_new, here, speaker)
        return answers

    def _join(self) -> Answers:
        can = self.desk.joinable()
        answers: Answers = {}
        for number, partner in enumerate(can.partners, start=1):
            answers[str(number)] = (
                partial(self.desk.join_selection, partner, can.stretch)
                if can.here is None
                else partial(self.desk.join, can.here, partner)
            )
        return answers


def number_of(marks: list[Annotation], wanted: Annotation) -> int | None:
    """The digit by which one of the nearest marks is picked."""
    ids = [each.id for each in marks]
    return ids.index(wanted.id) + 1 if wanted.id in ids else None
