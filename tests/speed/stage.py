"""The sides of a comparison: programs on texts that are made when they are first asked for."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from reader.storage.repository import Repository
from reader.tui.widgets.canvas import is_steady
from tests.speed import texts
from tests.speed.stream import Run, controls, runs, strange
from tests.speed.terminal import SIZE, Cost, Terminal

_APPS: Final = str(Path(__file__).with_name("apps.py"))


class Scene(NamedTuple):
    """A text of so many characters with so many marks; `heaped` ones all in its first paragraph."""

    length: int
    marks: int = 0
    heaped: bool = False

    @property
    def name(self) -> str:
        return f"{self.length}{'-heap' if self.heaped else ''}"


SMALL: Final = Scene(3_000, 1_000)
MIDDLE: Final = Scene(1_000_000, 1_000)
LARGE: Final = Scene(100_000_000, 100_000)


class Stage:
    """Makes texts, databases and terminals in a folder."""

    def __init__(self, folder: Path, rounds: int) -> None:
        self.rounds = rounds
        self._folder = folder
        self._run = 0
        self._open: dict[Scene, Terminal] = {}
        self._recorded: dict[tuple[bytes, str, tuple[int, int]], bytes] = {}
        self._stack = ExitStack()
        (folder / "settings").mkdir(exist_ok=True)

    def close(self) -> None:
        """End the programs that were kept open."""
        self._stack.close()
        self._open.clear()

    # What is shown --------------------------------------------------------------------------------

    def text(self, scene: Scene) -> Path:
        path = self._folder / f"{scene.name}.txt"
        if not path.exists():
            paragraph = 1_200 if scene.heaped else 420
            path.write_bytes(texts.article(scene.length, paragraph).encode())
        return path

    def _database(self, scene: Scene) -> Path:
        kept = self._folder / f"{scene.name}-{scene.marks}"
        if not kept.exists():
            path = self.text(scene)
            text = path.read_bytes().decode()
            if scene.heaped:
                held = list(texts.overlapping(text, scene.marks, 0, text.index("\n")))
            else:
                held = list(texts.marks(text, scene.marks, 0, len(text)))
            position = 20 if scene.heaped else len(text) // 2
            texts.database(kept, path, text, held, position)
        self._run += 1
        made = Path(shutil.copytree(kept, self._folder / f"run-{self._run}"))
        Repository(made).summaries()  # has its catalogue, as any but a new one
        return made

    # Programs -------------------------------------------------------------------------------------

    def start_reader(self, scene: Scene) -> Terminal:
        """The reader on a scene, in a database of its own."""
        path, root = self.text(scene), self._database(scene)
        return self._reader(path, root)

    def _reader(self, path: Path, root: Path, size: tuple[int, int] = SIZE) -> Terminal:
        where = {
            "READER_DB": str(root),
            "READER_ANNOTATOR": "anna",
            "XDG_CONFIG_HOME": str(self._folder / "settings"),
        }
        return Terminal(["-m", "reader", "open", str(path)], size, where)

    def start_app(self, name: str, scene: Scene | None = None) -> Terminal:
        """One of the apps that it is compared with."""
        more = [str(self.text(scene)), str(scene.marks)] if scene is not None else []
        return Terminal([_APPS, name, *more])

    def reader(self, scene: Scene) -> Terminal:
        """The reader on a scene, kept open for the rows that follow."""
        if scene not in self._open:
            terminal = self._stack.enter_context(self.start_reader(scene))
            self._open[scene] = ready(terminal)
        return self._open[scene]

    @contextmanager
    def app(self, name: str, scene: Scene | None = None) -> Iterator[Terminal]:
        with self.start_app(name, scene) as terminal:
            yield ready(terminal)

    # Hostile texts --------------------------------------------------------------------------------

    def recorded(self, data: bytes, name: str, size: tuple[int, int]) -> bytes:
        """All that the reader sends while such a file is opened, paged through, marked, searched
        and left."""
        key = (data, name, size)
        if key not in self._recorded:
            self._recorded[key] = self._record(*key)
        return self._recorded[key]

    def _record(self, data: bytes, name: str, size: tuple[int, int]) -> bytes:
        self._run += 1
        folder = self._folder / f"run-{self._run}"
        folder.mkdir()
        path = folder / name
        path.write_bytes(data)
        with self._reader(path, folder / "db", size) as terminal:
            terminal.shown("Varga")
            terminal.settle()
            for keys in _JOURNEY:
                terminal.press(*keys, quiet=0.036)
            code = terminal.quit()
            if code != 0:
                raise RuntimeError(f"the reader ended with {code}")
            return bytes(terminal.sent)

    def hostile(self, data: bytes, size: tuple[int, int]) -> tuple[list[str], list[str]]:
        """What a hostile file makes a terminal do, and its rows of a wrong width."""
        harmless = self.recorded(texts.harmless().encode(), "harmless.txt", size)
        sent = self.recorded(data, texts.NAME, size)
        extents = {(run.column, run.width) for run in runs(harmless)}
        wrong = sorted({run for run in runs(sent) if not _fits(run, extents)})
        return strange(sent, controls(harmless), size), [str(each) for each in wrong]


def _fits(run: Run, extents: set[tuple[int, int]]) -> bool:
    """Whether text ends where a harmless one does; a part of a row may end before, if nobody can
    be of two minds about its width."""
    if (run.column, run.width) in extents:
        return True
    beyond = run.column + run.width
    return is_steady(run.text) and any(
        column <= run.column and beyond <= column + width for column, width in extents
    )


_JOURNEY: Final[Sequence[tuple[str, ...]]] = (
    ("right",),
    ("right",),
    ("extend",),
    ("c",),
    ("right",),
    ("e",),
    ("p",),
    ("page down",),
    ("page down",),
    ("down",),
    (")",),
    ("s",),
    ("page down",),
    ("end",),
    ("home",),
    ("/",),
    tuple("quay"),
    ("enter",),
    ("n",),
    ("escape",),
    ("]",),
    ("[",),
    ("enter",),
    ("escape",),
    ("t",),
    ("down",),
    ("t",),
    ("u",),
)


# Measuring ----------------------------------------------------------------------------------------


def ready(terminal: Terminal) -> Terminal:
    """Wait until a program shows its text and has nothing more to do."""
    terminal.shown(texts.SHOWN)
    terminal.settle()
    return terminal


class Step(NamedTuple):
    """Keys that are measured together, with those pressed before and after them unmeasured."""

    keys: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()
    after: tuple[tuple[str, ...], ...] = ()
    times: int = 6
    """How often in a round."""

    def taken(self, terminal: Terminal) -> Cost:
        for keys in self.before:
            terminal.press(*keys)
        cost = terminal.press(*self.keys)
        for keys in self.after:
            terminal.press(*keys)
        return cost


class Pair(NamedTuple):
    """Two sides' medians, in seconds, and the median of their ratios within each round."""

    one: Cost
    other: Cost
    ratio: float


def paired(one: Terminal, other: Terminal, step: Step, rounds: int) -> Pair:
    """Take a step on both sides in turn."""
    for terminal in (one, other):
        step.taken(terminal)  # what only the first one needs
    found: list[tuple[list[Cost], list[Cost]]] = []
    for _ in range(rounds):
        costs: tuple[list[Cost], list[Cost]] = ([], [])
        for _ in range(step.times):
            costs[0].append(step.taken(one))
            costs[1].append(step.taken(other))
        found.append(costs)
    return _pair(found)


def _pair(found: Sequence[tuple[list[Cost], list[Cost]]]) -> Pair:
    ratios = [middle(left).cpu / middle(right).cpu for left, right in found]
    one, other = (middle([each for pair in found for each in pair[side]]) for side in (0, 1))
    return Pair(one, other, median(ratios))


def middle(costs: Sequence[Cost]) -> Cost:
    """The medians of some costs."""
    return Cost(
        median(each.cpu for each in costs),
        median(each.wall for each in costs),
        round(median(each.sent for each in costs)),
    )


def any_keys(number: int, seed: int = 4) -> Iterator[str]:
    """What a person at work might press."""
    chance = random.Random(seed)
    usual = ("right", "left", "down", "up", "page down", "page up", "extend", ")", "}", "tab", "]")
    for _ in range(number):
        yield chance.choice(usual) if chance.random() < 0.9 else chance.choice(("end", "home", "+"))


def slow(terminal: Terminal, keys: int, most: float) -> list[tuple[str, float]]:
    """The keys that cost more CPU than allowed, and how much."""
    found = []
    for key in any_keys(keys):
        cost = terminal.press(key, quiet=0.036)
        if cost.cpu > most:
            found.append((key, cost.cpu))
    return found
