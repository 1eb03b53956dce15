"""How fast the store is, beside what it is measured against. Not run by the tests.

    python tests/speed/store.py [--json]

Medians, the sides of each row taken in turn; one run takes a minute and a gigabyte of the disk at
$TMPDIR, or beside the working directory. Only the ratios say something: disks differ.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from random import Random
from typing import NamedTuple

from tinydb import TinyDB

from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.fragment import Fragment
from reader.model.layer import Layers
from reader.model.plain import to_plain
from reader.storage.json_file import parse, seal
from reader.storage.layout import Layout
from reader.storage.reading import layers_of
from reader.storage.recovery import read
from reader.storage.repository import Repository
from reader.storage.scan import Needle
from reader.storage.state import fresh_tables
from reader.text.decode import text_hash
from reader.workspace import edits
from reader.workspace.author import author

WORDS = ("warehouse", "harbour", "minister", "claimed", "report", "Monday", "fire", "witness")
RARE = "Lighthouse keeper"
AUTHOR = author("anna")


class Row(NamedTuple):
    what: str
    value: float
    target: float
    at_least: bool = False
    detail: str = ""

    @property
    def met(self) -> bool:
        return self.value >= self.target if self.at_least else self.value <= self.target


# Data -------------------------------------------------------------------------------------------


def text_of(length: int, random: Random, rare: bool = False) -> str:
    words = random.choices(WORDS, k=length // 7)
    if rare:
        words[random.randrange(10)] = RARE
    return " ".join(words)


def document_of(text: str) -> Document:
    now = AUTHOR.now()
    return Document(
        id=AUTHOR.new_id(),
        title="speed.txt",
        sha256=text_hash(text),
        length=len(text),
        newline="none",
        state="in progress",
        created=now,
        updated=now,
    )


def mark(layers: Layers, text: str, at: int) -> Annotation:
    change = edits.tag(layers, text, AUTHOR, "claim", (Fragment(at, at + 40),))
    made = change.edits[0].after
    assert isinstance(made, Annotation)
    return made


def stored(folder: Path, name: str, marks: int, random: Random, rare: bool = False) -> str:
    """Write a document's file as it is at rest; returns its text."""
    text = text_of(max(2000, marks * 4), random, rare)
    layers = Layers(document_of(text))
    tables = fresh_tables(layers.document)
    for number in range(1, marks + 1):
        at = number * 17 % (len(text) - 40)
        tables["annotations"][str(number)] = to_plain(mark(layers, text, at))
    path = folder / "documents" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(seal(tables, ""))
    return text


# Measuring --------------------------------------------------------------------------------------


def medians(rounds: int, **sides: Callable[[], float]) -> dict[str, float]:
    """The seconds that each side says it took, taken in turn."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            taken[name].append(side())
    return {name: statistics.median(values) for name, values in taken.items()}


def timed(what: Callable[[], object]) -> float:
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def saving(folder: Path, name: str, text: str) -> Callable[[], float]:
    """A session's file that marks one more place each time, and says how long saving took."""
    repository = Repository(folder)
    file = repository.open(folder / "documents" / f"{name}.json", who="anna")
    layers = Layers(file.layers().document)
    places = count()

    def save() -> float:
        at = next(places) * 13 % (len(text) - 40)
        change = edits.tag(layers, text, AUTHOR, "claim", (Fragment(at, at + 40),))
        taken = timed(lambda: file.append(change))
        file.heard()
        return taken

    for _ in range(20):
        save()
    return save


def lone(path: Path) -> Callable[[], float]:
    """An append of 400 bytes and its flush, and nothing else."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    line = b"x" * 399 + b"\n"

    def append() -> float:
        start = time.perf_counter()
        os.write(handle, line)
        os.fdatasync(handle)
        return time.perf_counter() - start

    return append


def stock(path: Path, marks: int, random: Random) -> Callable[[], float]:
    """TinyDB as it comes, with as many annotations in the file."""
    text = stored(path.parent, path.stem, marks, random)
    source = path.parent / "documents" / path.name
    table = TinyDB(source).table("annotations")
    layers = Layers(document_of(text))
    places = count()

    def insert() -> float:
        row = to_plain(mark(layers, text, next(places) % (len(text) - 40)))
        taken = timed(lambda: table.insert(row))
        os.sync()  # it syncs nothing; the next side must not pay for it
        return taken

    return insert


# The rows ---------------------------------------------------------------------------------------


def millis(sides: dict[str, float]) -> str:
    return ", ".join(f"{name} {seconds * 1000:.3g} ms" for name, seconds in sides.items())


def saves(root: Path, random: Random, crowded: Path) -> Iterator[Row]:
    sides = {}
    for marks in (1000, 10_000, 100_000):
        name = f"{marks}"
        sides[name] = saving(root / "db", name, stored(root / "db", name, marks, random))
    empty = stored(root / "empty", "only", 1000, random)
    among = stored(crowded, "among", 1000, random)
    took = medians(
        400,
        lone=lone(root / "lone"),
        at_1k=sides["1000"],
        at_100k=sides["100000"],
        alone=saving(root / "empty", "only", empty),
        beside_10k=saving(crowded, "among", among),
    )
    said = millis(took)
    yield Row("save / a lone append + fdatasync", took["at_1k"] / took["lone"], 1.5, detail=said)
    yield Row("save at 100k / at 1k annotations", took["at_100k"] / took["at_1k"], 2)
    yield Row("save beside 10k documents / alone", took["beside_10k"] / took["alone"], 1.1)
    for marks, rounds, target in ((1000, 40, 20), (10_000, 12, 150)):
        took = medians(
            rounds,
            stock=stock(root / "stock" / f"{marks}.json", marks, random),
            ours=sides[str(marks)],
        )
        what = f"stock TinyDB / ours, insert at {marks // 1000}k"
        yield Row(what, took["stock"] / took["ours"], target, at_least=True, detail=millis(took))
    yield size(root)


def size(root: Path) -> Row:
    """What is appended for each mark, beside what the mark is."""
    lines = (root / "db" / "journal" / "1000.jsonl").read_bytes().split(b"\n")[:-1]
    rows = [json.loads(line)["o"][0][2] for line in lines]
    plain = [len(json.dumps(row, separators=(",", ":"), ensure_ascii=False)) for row in rows]
    written = statistics.median(len(line) + 1 for line in lines)
    kept = statistics.median(plain)
    detail = f"{written:.0f} and {kept:.0f} bytes"
    return Row("bytes written per mark / its JSON", written / kept, 1.5, detail=detail)


def readings(crowded: Path) -> Iterator[Row]:
    layout = Layout(crowded)
    paths = sorted(layout.documents.iterdir())
    Repository(crowded).summaries()  # makes the catalog
    assert layout.catalog.exists()

    def parse_all() -> None:
        for path in paths:
            parse(path.read_bytes(), path)

    def read_all() -> None:
        for path in paths:
            layers_of(read(layout.shelf(path.stem)))

    def search() -> None:
        assert list(Repository(crowded).scan(Needle(RARE)))

    took = medians(
        3,
        catalog=lambda: timed(Repository(crowded).summaries),
        search=lambda: timed(search),
        parsing=lambda: timed(parse_all),
        reading=lambda: timed(read_all),
    )
    for what, side, target in (
        ("list 10k documents by the catalog", "catalog", 1 / 10),
        ("search 500k annotations", "search", 1 / 3),
    ):
        # by then every record is checked, which is what a list and a search would have to do
        yield Row(f"{what} / reading all", took[side] / took["reading"], target)
        # and this is the least that can be done with every byte: the fastest parser, unchecked
        yield Row(f"{what} / parsing all", took[side] / took["parsing"], target)
    yield Row("reading all / parsing all", took["reading"] / took["parsing"], 0, True, millis(took))


def main(as_json: bool) -> None:
    random = Random(1)
    beside = os.environ.get("TMPDIR") or Path.cwd().parent
    with tempfile.TemporaryDirectory(dir=beside) as name:
        root = Path(name)
        crowded = root / "crowded"
        for number in range(10_000):
            stored(crowded, f"{number:05}", 50, random, rare=number % 50 == 0)
        rows = [*saves(root, random, crowded), *readings(crowded)]
    if as_json:
        print(json.dumps([{**row._asdict(), "met": row.met} for row in rows], indent=1))
        return
    print(f"{'':<50}{'measured':>10}{'target':>10}")
    for row in rows:
        sign = "≥" if row.at_least else "≤"
        missed = "" if row.met else "  missed"
        print(f"{row.what:<50}{row.value:>10.3g}{f'{sign} {row.target:.3g}':>10}{missed}")
        if row.detail:
            print(f"    {row.detail}")


if __name__ == "__main__":
    main("--json" in sys.argv[1:])
