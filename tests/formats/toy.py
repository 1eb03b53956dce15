"""A format for tests alone, as brat is one: a file for each document, its text beside it, and one
for the folder. `name<TAB>kind<TAB>start<TAB>end` a line, `%` lines belong to the document."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import pytest

from reader.formats import registry
from reader.formats.codec import Codec, Content, Files, Options
from reader.formats.draft import Draft, kept_of
from reader.formats.report import Report
from reader.formats.source import Source
from reader.formats.units import UNITS, Ruler


class Toy(Codec):
    name = "toy"
    summary = "for tests"
    extensions = (".toy",)
    unit = "codepoints"
    carries = ("spans",)
    loses = ("links",)
    options = {"units": UNITS}
    reads = True
    per_document = True

    def encode(self, contents: Sequence[Content], options: Options, report: Report) -> Files:
        (content,) = contents
        report.lose("links", len(content.links))
        ruler = Ruler(content.words, options.units or "codepoints")
        rows = [
            f"T{at}\t{each.kind}\t{ruler.out(each.start)}\t{ruler.out(each.end)}\n"
            for at, each in enumerate(content.annotations, start=1)
        ]
        rows += [f"%{each}\n" for each in kept_of(content.document, "toy") or ()]
        return Files("".join(rows).encode(), {".txt": content.words.encode()})

    def shared(self, contents: Sequence[Content], options: Options) -> Mapping[str, bytes]:
        kinds = sorted({mark.kind for each in contents for mark in each.annotations})
        return {"toy.conf": "\n".join(kinds).encode()}

    def decode(self, source: Source, options: Options, report: Report) -> list[Content]:
        text = source.document(".txt")
        draft = Draft(str(text.text), f"{source.stem}.txt", self.name, encoding=text.encoding)
        ruler = Ruler(draft.text, options.units or "codepoints")
        for number, line in source.lines():
            if line.startswith("%"):
                draft.kept = [*(draft.kept or ()), line[1:]]
                continue
            if line.startswith("?"):
                report.remark("a line of no meaning was passed over", source.name, number)
                continue
            with source.at(number):
                cells = line.split("\t")
                if len(cells) != 4 or not (cells[2] + cells[3]).isdecimal():
                    raise source.wrong("it is no mark", number)
                start, end = ruler.back(int(cells[2])), ruler.back(int(cells[3]))
                draft.mark(cells[0], cells[1], [(start, end)])
        return [draft.content()]


TOY = Toy()


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it a format like the others, for one test."""
    monkeypatch.setitem(sys.modules, "reader.formats.toy", sys.modules[__name__])
    place = registry.Place("toy", "TOY", TOY.extensions)
    monkeypatch.setattr(registry, "_PLACES", {**registry._PLACES, "toy": place})
