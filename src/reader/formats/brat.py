"""brat's standoff files: marks in `x.ann`, the text in `x.txt` beside, `annotation.conf` for both.

A kind is brat's type; a label is the attribute `label`. A link is a relation, or by way of a cue an
event (`E1 attribution:T4 Arg1:T1 Arg2:T2 Via:T3`, where T4 repeats the cue's place). In the style
`polnear` claims are `Content`, and attributions are events as in that corpus: a document that came
from there goes back in it by itself. See brat.nlplab.org/standoff.html and /configuration.html.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from reader.formats import brat_out
from reader.formats.brat_in import read
from reader.formats.brat_lines import Record, begins_record, written
from reader.formats.codec import Codec, Content, Files, Options
from reader.formats.report import Report
from reader.formats.source import Source
from reader.formats.units import UNITS, Unit

_NAME: Final = re.compile(r"[\w-]+")
"""What brat's configuration can name."""
_MOST_VALUES: Final = 50
"""An attribute with more values than that is none of a list."""


class Brat(Codec):
    """brat's own format, and with a style that of the PolNeAR corpus."""

    name = "brat"
    summary = "brat's standoff files, with the texts beside them"
    extensions = (".ann",)
    unit: Unit | None = "codepoints"
    carries = ("split spans", "labels", "attributes", "notes", "links", "annotators")
    loses = brat_out.LOSES
    options = {"style": ("plain", "polnear"), "units": UNITS}
    reads = True
    per_document = True

    def encode(self, contents: Sequence[Content], options: Options, report: Report) -> Files:
        (content,) = contents
        lines = [written(each) for each in _records(content, options, report)]
        return Files("".join(lines).encode("utf-8"), {".txt": content.words.encode("utf-8")})

    def shared(self, contents: Sequence[Content], options: Options) -> Mapping[str, bytes]:
        """`annotation.conf`: all types that there are, and what goes with what."""
        found = [_records(each, options, Report()) for each in contents]
        return {"annotation.conf": _configuration(found).encode("utf-8")}

    def decode(self, source: Source, options: Options, report: Report) -> list[Content]:
        return [read(source, options.units or "codepoints", report)]

    def looks_like(self, name: str, head: bytes) -> bool:
        """An empty file is one, too: of a text in which nothing was found."""
        lines = head.decode("utf-8", "replace").removeprefix("\ufeff").split("\n")
        first = next((each for each in lines if each.strip()), None)
        return first is None or begins_record(first)


def _records(content: Content, options: Options, report: Report) -> list[Record]:
    return brat_out.write(content, options.style, options.units or "codepoints", report)


def _configuration(files: Iterable[Sequence[Record]]) -> str:
    spans: set[str] = set()
    triggers: set[str] = set()
    relations: dict[str, list[set[str]]] = defaultdict(lambda: [set(), set()])
    roles: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    values: dict[str, set[str]] = defaultdict(set)
    for records in files:
        types = {each.id: each.type for each in records if each.sort in ("T", "E")}
        starting = {each.args[0][1] for each in records if each.sort == "E"}
        spans |= {each.type for each in records if each.sort == "T" and each.id not in starting}
        for each in records:
            if each.sort == "E":
                triggers.add(each.type)
                for role, ref in each.args[1:]:
                    roles[each.type][role.rstrip("0123456789") or role].add(types.get(ref, ""))
            elif each.sort == "R":
                for at, (_, ref) in enumerate(each.args[:2]):
                    relations[each.type][at].add(types.get(ref, ""))
            elif each.sort in ("A", "M"):
                values[each.type].add(each.value if each.value is not None else "")
    lines = ["[entities]", *_named(spans - triggers), "", "[relations]"]
    for type in _named(relations):
        ends = (f"Arg{at}:{_any(each)}" for at, each in enumerate(relations[type], start=1))
        lines.append(f"{type}\t{', '.join(ends)}")
    lines += ["<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>", "", "[events]"]
    for type in _named(triggers):
        args = (f"{role}*:{_any(roles[type][role])}" for role in _named(roles[type]))
        lines.append(f"{type}\t{', '.join(args)}".rstrip())
    lines += ["", "[attributes]"]
    for name in _named(values):
        listed = _named(values[name])
        line = f"{name}\tArg:<ANY>"
        if listed and len(listed) <= _MOST_VALUES:
            line += f", Value:{'|'.join(listed)}"
        lines.append(line)
    return "\n".join(lines) + "\n"


def _named(names: Iterable[str]) -> list[str]:
    """Those that the configuration can have; what it lacks brat shows without a colour."""
    return sorted(each for each in names if _NAME.fullmatch(each))


def _any(types: Iterable[str]) -> str:
    return "|".join(_named(types)) or "<ANY>"


BRAT: Final = Brat()
