"""What a key and the first text cost, through a real terminal. Not run by the tests; Linux only.

    python tests/speed/pane.py [--json] [--quick] [--rows NAME…] [--rounds N]

The sides take turns within each round; a ratio is the median of the rounds' ratios of CPU time,
which is what the targets are about. Wall time is shown beside it. `--rows growth first` measures
the rows whose names begin so, `--quick` those that need no text of 100 MB.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Final

sys.path[0] = str(Path(__file__).parents[2])

from tests.speed.stage import (  # noqa: E402
    LARGE,
    MIDDLE,
    SMALL,
    Pair,
    Scene,
    Stage,
    Step,
    middle,
    paired,
    ready,
    slow,
)
from tests.speed.terminal import SIZE, Cost  # noqa: E402
from tests.speed.texts import CONTROLS, HOSTILE, INVALID, SHOWN  # noqa: E402

FRAME: Final = 1 / 60
"""Seconds: a key that costs no more is never seen to be late."""

_FAR: Final = 45
"""Pages after which no row of a place is kept any more."""


@dataclass(frozen=True)
class Figure:
    """What was measured: the two sides where there are two, in words, and the value."""

    value: float
    sides: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Row:
    """A comparison with its target; `least` says that more is better."""

    name: str
    what: str
    target: float | None
    measure: Callable[[Stage], Figure]
    least: bool = False
    large: bool = False

    def met(self, value: float) -> bool:
        if self.target is None:
            return True
        return value >= self.target if self.least else value <= self.target


# What is measured ---------------------------------------------------------------------------------


def _sides(pair: Pair) -> Figure:
    cpu = f"{1000 * pair.one.cpu:.1f} / {1000 * pair.other.cpu:.1f} ms"
    wall = f"wall {1000 * pair.one.wall:.1f} / {1000 * pair.other.wall:.1f} ms"
    return Figure(pair.ratio, cpu, f"{wall}, {pair.one.sent} / {pair.other.sent} bytes")


def _readers(one: Scene, other: Scene, step: Step, stage: Stage) -> Figure:
    return _sides(paired(stage.reader(one), stage.reader(other), step, stage.rounds))


def _search(stage: Stage) -> Figure:
    """Words that stand in one place only, elsewhere each time."""
    sides = (stage.reader(LARGE), stage.reader(MIDDLE))
    most = (200_000, 2_000)
    found: list[Pair] = []
    for number in range(stage.rounds):
        costs = []
        for terminal, paragraphs in zip(sides, most, strict=True):
            wanted = f"{(number * 7919 + 13) % paragraphs:07}"
            step = Step((*wanted, "enter"), before=(("/",),), after=(("escape",),))
            costs.append(step.taken(terminal))
        found.append(Pair(costs[0], costs[1], costs[0].cpu / costs[1].cpu))
    return _sides(_together(found))


def _together(found: list[Pair]) -> Pair:
    ratios = sorted(each.ratio for each in found)
    return Pair(
        middle([each.one for each in found]),
        middle([each.other for each in found]),
        ratios[len(ratios) // 2],
    )


def _apps(one: str, other: str, scene: Scene, key: str, stage: Stage) -> Figure:
    """Two programs on the same text; the name `reader` is the whole of ours."""
    step = Step((key,))
    with stage.app(other, scene) as right:
        if one == "reader":
            return _sides(paired(stage.reader(scene), right, step, stage.rounds))
        with stage.app(one, scene) as left:
            return _sides(paired(left, right, step, stage.rounds))


def _editor(scene: Scene, stage: Stage) -> Figure:
    with stage.app("textarea", scene) as editor, stage.app("pane", scene) as pane:
        return _sides(paired(editor, pane, Step(("right",)), stage.rounds))


def _first_text(scene: Scene, stage: Stage) -> Figure:
    found = []
    for _ in range(stage.rounds):
        with stage.start_reader(scene) as terminal:
            one = terminal.shown(SHOWN)
        with stage.start_app("bare") as terminal:
            other = terminal.shown(SHOWN)
        found.append(Pair(one, other, one.cpu / other.cpu))
    pair = _together(found)
    wall = f"wall {1000 * pair.one.wall:.0f} / {1000 * pair.other.wall:.0f} ms"
    ratio = f"ratio {pair.one.wall / pair.other.wall:.2f}"
    cpu = f"{1000 * pair.one.cpu:.0f} / {1000 * pair.other.cpu:.0f} ms"
    return Figure(pair.ratio, cpu, f"{wall}, {ratio}")


def _memory(scene: Scene, stage: Stage) -> Figure:
    with stage.start_reader(scene) as terminal:
        one = ready(terminal).anonymous
    with stage.app("bare") as terminal:
        other = terminal.anonymous
    return Figure(one / other, f"{one / 2**20:.0f} / {other / 2**20:.0f} MiB")


def _pane_memory(scene: Scene, stage: Stage) -> Figure:
    with stage.app("on-disk", scene) as pane, stage.app("bare") as bare:
        one, other = pane.anonymous, bare.anonymous
    return Figure(one / other, f"{one / 2**20:.0f} / {other / 2**20:.0f} MiB")


def _slow(scene: Scene, stage: Stage) -> Figure:
    with stage.start_reader(scene) as terminal:
        found = slow(ready(terminal), 1000, FRAME)
    worst = sorted(found, key=lambda each: -each[1])[:5]
    said = ", ".join(f"{key} {1000 * cpu:.0f} ms" for key, cpu in worst)
    return Figure(len(found), f"{len(found)} of 1000", said)


def _bytes(stage: Stage) -> Figure:
    terminal = stage.reader(MIDDLE)
    costs: list[Cost] = [terminal.press("right") for _ in range(40)]
    most = max(each.sent for each in costs)
    return Figure(middle(costs).sent, f"{middle(costs).sent} bytes", f"{most} at the most")


def _hostile(part: int, stage: Stage) -> Figure:
    found = []
    for data in (HOSTILE.encode(), INVALID, CONTROLS):
        for size in ((80, 24), SIZE):
            found += stage.hostile(data, size)[part]
    return Figure(len(found), f"{len(found)}", "; ".join(map(repr, found[:5])))


# The rows -----------------------------------------------------------------------------------------

_HEAP: Final = Scene(3_000, 1_000, heaped=True)
_NO_HEAP: Final = Scene(3_000, 0, heaped=True)

_RIGHT: Final = Step(("right",))
_DOWN: Final = Step(("down",))
_EXTEND: Final = Step(("extend",), before=(("right",), ("right",)))
_TAG: Final = Step(("c",), before=((")",),), after=(("u",),), times=3)
_PAGE: Final = Step(("page down",))
_END: Final = Step(("end",), before=(("page up",) * _FAR,), times=2)
_HOME: Final = Step(("home",), before=(("page down",) * _FAR,), times=2)
_HEAP_RIGHT: Final = Step(("right",), times=3)
_HEAP_TAG: Final = Step(("c",), before=(("home",), (")",)), after=(("u",),), times=3)


def _growth() -> Iterator[Row]:
    large = "100 MB + 100k marks over 1 MB + 1k"
    for name, step, target in (
        ("right", _RIGHT, 1.3),
        ("down", _DOWN, 1.3),
        ("extend", _EXTEND, 1.3),
        ("tag", _TAG, 1.3),
        ("page", _PAGE, 1.5),
        ("end", _END, 1.5),
        ("home", _HOME, 1.5),
    ):
        measure = partial(_readers, LARGE, MIDDLE, step)
        yield Row(f"growth-{name}", f"{name}: {large}", target, measure, large=True)
    yield Row("growth-search", f"search: {large}", None, _search, large=True)  # O(n), no key waits


ROWS: Final = (
    *_growth(),
    Row(
        "floor-right", "right: pane over ready rows", 1.3,
        partial(_apps, "pane", "floor", MIDDLE, "right"),
    ),
    Row(
        "floor-page", "page down: pane over ready rows", 1.3,
        partial(_apps, "pane", "floor", MIDDLE, "page down"),
    ),
    Row(
        "screen-right", "right: the whole reader over ready rows", None,
        partial(_apps, "reader", "floor", MIDDLE, "right"),
    ),
    Row(
        "screen-page", "page down: the whole reader over ready rows", None,
        partial(_apps, "reader", "floor", MIDDLE, "page down"),
    ),
    Row(
        "first-text", "first text: 100 MB over an empty app", 1.3,
        partial(_first_text, Scene(100_000_000)), large=True,
    ),
    Row(
        "first-large", "first text: 100 MB + 100k marks over an empty app", 1.3,
        partial(_first_text, LARGE), large=True,
    ),
    Row(
        "first-small", "first text: 3 KB + 100 marks over an empty app", 1.3,
        partial(_first_text, Scene(3_000, 100)),
    ),
    Row(
        "heap-right", "right: 1,000 marks on one paragraph over none", 1.5,
        partial(_readers, _HEAP, _NO_HEAP, _HEAP_RIGHT),
    ),
    Row(
        "heap-tag", "tag: 1,000 marks on one paragraph over none", 2.5,
        partial(_readers, _HEAP, _NO_HEAP, _HEAP_TAG),
    ),
    Row(
        "memory-pane", "memory: pane with 100 MB over an empty app", 1.25,
        partial(_pane_memory, LARGE._replace(marks=0)), large=True,
    ),
    Row(
        "memory-small", "memory: reader with 3 KB over an empty app", None,
        partial(_memory, Scene(3_000)),
    ),
    Row(
        "memory-text", "memory: reader with 100 MB over an empty app", None,
        partial(_memory, LARGE._replace(marks=0)), large=True,
    ),
    Row(
        "memory-marks", "memory: reader, 100 MB + 100k marks, over empty", None,
        partial(_memory, LARGE), large=True,
    ),
    Row(
        "editor-small", "right: TextArea over pane, 3 KB + 1k marks", 8,
        partial(_editor, SMALL), least=True,
    ),
    Row(
        "editor-middle", "right: TextArea over pane, 1 MB + 1k marks", 10,
        partial(_editor, MIDDLE), least=True,
    ),
    Row("slow-middle", "keys beyond 16.7 ms: 1 MB + 1k marks", 0, partial(_slow, MIDDLE)),
    Row("slow-large", "keys beyond 16.7 ms: 100 MB + 100k", 0, partial(_slow, LARGE), large=True),
    Row("hostile-controls", "what a terminal would obey in hostile texts", 0, partial(_hostile, 0)),
    Row("hostile-widths", "rows of a wrong width in hostile texts", 0, partial(_hostile, 1)),
    Row("bytes-right", "bytes for right: 1 MB + 1k marks", 400, _bytes),
)  # fmt: skip


# The command --------------------------------------------------------------------------------------


def _report(row: Row, figure: Figure) -> str:
    sign = "≥" if row.least else "≤"
    target = f"{sign} {row.target:g}" if row.target is not None else ""
    verdict = "" if row.met(figure.value) else "MISSED"
    return (
        f"{row.name:<17}{row.what:<51}{figure.sides:>20}{figure.value:>8.2f}"
        f"{target:>7} {verdict:<7}{figure.remark}"
    )


def main() -> None:
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="print one object instead of a table")
    parser.add_argument("--quick", action="store_true", help="texts of up to 1 MB only")
    parser.add_argument("--rows", nargs="+", metavar="NAME", help="rows whose names begin so")
    parser.add_argument("--rounds", type=int, default=None, metavar="N", help="9; 3 with --quick")
    chosen = parser.parse_args()
    rows = [
        row
        for row in ROWS
        if not (chosen.quick and row.large)
        and (not chosen.rows or row.name.startswith(tuple(chosen.rows)))
    ]
    found: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder), chosen.rounds or (3 if chosen.quick else 9))
        group = ""
        for row in rows:
            if row.name.partition("-")[0] != group:
                stage.close()
                group = row.name.partition("-")[0]
            try:
                figure = row.measure(stage)
            except RuntimeError as error:
                print(f"{row.name:<17}failed: {str(error)[:300]}", file=sys.stderr)
                found[row.name] = {"failed": str(error)}
                stage.close()
                continue
            met = row.met(figure.value)
            found[row.name] = {"what": row.what, "target": row.target, "met": met, **asdict(figure)}
            if not chosen.json:
                print(_report(row, figure), flush=True)
        stage.close()
    if chosen.json:
        machine = {"python": platform.python_version(), "cpus": os.cpu_count(), "size": SIZE}
        print(json.dumps({"machine": machine, "rows": found}, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
