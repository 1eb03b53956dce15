"""Articles in PolNeAR's brat form, as gold to plan for: what is to be marked and tied.

`T4 Source 0 9;12 20` is a span with its parts; `E1 Attribution:T4 Content:T3 Cue:T2 Source:T1` ties
them, where T4 repeats the cue's place. Real files hold line ends within the words of a T line,
`M` lines, blanks at line ends, parts that are out of order or touch one another, and spans that
nothing ties (`Discuss`, `Discard`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from reader.model.fragment import Fragment, Fragments, normalized

KINDS: Final = {"Source": "source", "Cue": "cue", "Content": "claim"}
"""The gold's words for kinds, and ours."""

_RECORD: Final = re.compile(r"([A-Za-z]+\d+)\t(.*)")
_SPAN: Final = re.compile(r"(\S+)\s+(\d+\s+\d+(?:;\d+\s+\d+)*)")
_ROLE: Final = re.compile(r"(\w+?)\d*:(T\d+)")


@dataclass(frozen=True, slots=True)
class Span:
    """One mark of the gold."""

    kind: str
    fragments: Fragments

    @property
    def start(self) -> int:
        return self.fragments[0].start


@dataclass(slots=True)
class Attribution:
    """What one E line ties: claims, sources and cues; no source is one that nobody is named as."""

    claims: list[Span] = field(default_factory=list)
    sources: list[Span] = field(default_factory=list)
    cues: list[Span] = field(default_factory=list)

    @property
    def spans(self) -> list[Span]:
        return [*self.sources, *self.cues, *self.claims]

    @property
    def start(self) -> int:
        return min((each.start for each in self.spans), default=0)


@dataclass(frozen=True, slots=True)
class Article:
    """A text with all that is to be marked on it."""

    name: str
    text: str
    spans: tuple[Span, ...]
    attributions: tuple[Attribution, ...]

    @property
    def ties(self) -> set[tuple[Span, Span | None]]:
        """The claims with whom they are attributed to; None for nobody."""
        return {
            (claim, source)
            for each in self.attributions
            for claim in each.claims
            for source in (each.sources or [None])
        }


def articles(folder: Path) -> list[Article]:
    """The articles of a folder: each text that has its marks beside it."""
    there = sorted(folder.glob("*.txt"))
    return [article(path) for path in there if path.with_suffix(".ann").exists()]


def article(path: Path) -> Article:
    """One text, and the marks in the file beside it."""
    text = path.read_bytes().decode("utf-8")
    marks = path.with_suffix(".ann").read_bytes().decode("utf-8")
    return parsed(path.stem, text, marks)


def parsed(name: str, text: str, marks: str) -> Article:
    """An article from its text and its lines of marks; several lines on one place are one span."""
    spans: dict[str, Span] = {}
    events: list[str] = []
    for key, rest in _records(marks):
        if key[0] == "T":
            found = _SPAN.match(rest)
            kind = KINDS.get(found[1].rstrip("0123456789")) if found else None
            if found and kind:
                spans[key] = Span(kind, _fragments(found[2]))
        elif key[0] == "E":
            events.append(rest)
    attributions = [each for event in events if (each := _attribution(event, spans)).claims]
    ordered = sorted(set(spans.values()), key=lambda each: (each.fragments, each.kind))
    return Article(
        name, text, tuple(ordered), tuple(sorted(attributions, key=lambda each: each.start))
    )


def _records(marks: str) -> Iterator[tuple[str, str]]:
    """The lines that begin a record; others are the rest of the words of the one before."""
    for line in marks.split("\n"):
        found = _RECORD.match(line)
        if found:
            yield found[1], found[2]


def _fragments(written: str) -> Fragments:
    parts = (part.split() for part in written.split(";"))
    return normalized(Fragment(int(start), int(end)) for start, end in parts if start != end)


def _attribution(event: str, spans: dict[str, Span]) -> Attribution:
    made = Attribution()
    lists = {"Content": made.claims, "Source": made.sources, "Cue": made.cues}
    for role, key in _ROLE.findall(event):
        if role in lists and key in spans and spans[key] not in lists[role]:
            lists[role].append(spans[key])
    return made
