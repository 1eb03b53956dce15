"""The claim log: what a fact-checker files. Each claim with who says it, where, and how its check
stands.

As CSV (cells as in `table.py`, guarded against formulas) or as a table in Markdown. It is for
people: an import has no use for it. Nothing is made up: a claim without a link to a source has
"no source named" only where somebody said so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from reader.formats.codec import Codec, Content, Files, Options
from reader.formats.html_safe import line, shown
from reader.formats.markdown_words import table_of
from reader.formats.report import Report
from reader.formats.source import Source
from reader.formats.table import guarded
from reader.model.annotation import UNATTRIBUTED, Annotation
from reader.model.link import ATTRIBUTION, Link
from reader.model.scheme import DEFAULT
from reader.text.numbering import Numbering

COLUMNS: Final = (
    *("claim", "who says it", "cue", "paragraph", "from", "to", "type", "priority", "status"),
    *("check note", "note", "title", "url"),
)
"""`from` and `to` are code points, half-open."""

NOBODY: Final = "no source named"
CLAIM: Final = "claim"
CHECKED: Final = ("priority", "status", "check_note")
"""A claim's attributes that have a column."""

_LETTERS: Final = {CLAIM: "", "source": "S", "entity": "E", "cue": "R"}
_OTHERS: Final = "marks that belong to no claim"
_LINKS: Final = "links other than attributions of claims"
_MORE: Final = "notes and attributes besides those of claims"
_NONE: Final = "documents without claims"


class Relation(Struct, frozen=True):
    """What a link says of a mark, in words, and of which other; `cue` says it in the text."""

    words: str
    other: Annotation
    cue: Annotation | None
    link: Link


class Log:
    """A document's marks with their numbers, and what is said between them."""

    def __init__(self, content: Content) -> None:
        self.marks = content.annotations
        self.claims = [each for each in self.marks if each.kind == CLAIM]
        self.codes: dict[str, str] = {}
        """What people call each mark: claims 1, 2, 3; sources S1; entities E1; cues R1."""
        counted: Counter[str] = Counter()
        for mark in self.marks:
            letter = _LETTERS.get(mark.kind, "M")
            counted[letter] += 1
            self.codes[mark.id] = f"{letter}{counted[letter]}"
        self._relations: defaultdict[str, list[Relation]] = defaultdict(list)
        marks = {each.id: each for each in self.marks}
        for link in content.links:
            origin, target = marks[link.from_id], marks[link.to_id]
            cue = marks[link.via_id] if link.via_id is not None else None
            forth, back = _said(link.type)
            self._relations[origin.id].append(Relation(forth, target, cue, link))
            self._relations[target.id].append(Relation(back, origin, cue, link))
            if cue is not None:
                self._relations[cue.id].append(Relation("is the cue of", origin, None, link))
        self._numbering = Numbering(content.words)
        while not self._numbering.complete:
            self._numbering.grow()

    def relations(self, mark: Annotation) -> Sequence[Relation]:
        """What links say of a mark, at whichever end it is."""
        return self._relations.get(mark.id, ())

    def attributions(self, claim: Annotation) -> list[Relation]:
        """Who says a claim, and by which cue."""
        return [
            each
            for each in self.relations(claim)
            if each.link.type == ATTRIBUTION and each.link.from_id == claim.id
        ]

    def speaker(self, claim: Annotation) -> str:
        """Who says it: the words of its sources; empty while nobody has looked."""
        sources = self.attributions(claim)
        if sources:
            return "; ".join(line(each.other.words) for each in sources)
        return NOBODY if claim.unattributed else ""

    def paragraph(self, mark: Annotation) -> int:
        """The number of the paragraph in which it begins."""
        return max(1, self._numbering.holding(mark.start))


def _said(link_type: str) -> tuple[str, str]:
    """A type of link in words, forth and back."""
    for each in DEFAULT.links:
        if each.name == link_type:
            return each.forth, each.back
    return f"{line(link_type)} →", f"← {line(link_type)}"


def value(given: object) -> str:
    """An attribute's value as people read it, on one line."""
    import json

    if isinstance(given, bool):
        return "yes" if given else "no"
    text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
    return line(text)


def checks(claim: Annotation) -> list[str]:
    """Its priority, its status and the note on its check; empty where they were not given."""
    return [value(claim.attributes[each]) if each in claim.attributes else "" for each in CHECKED]


def further(mark: Annotation) -> dict[str, object]:
    """The attributes that have no place of their own."""
    told = (*CHECKED, UNATTRIBUTED) if mark.kind == CLAIM else ()
    return {name: each for name, each in mark.attributes.items() if name not in told}


def rows(content: Content, log: Log) -> Iterator[list[str]]:
    """A row for each claim, in reading order."""
    document = content.document
    for claim in log.claims:
        cues = [each.cue for each in log.attributions(claim) if each.cue is not None]
        yield [
            line(claim.words),
            log.speaker(claim),
            "; ".join(line(each.words) for each in cues),
            *(str(log.paragraph(claim)), str(claim.start), str(claim.end)),
            line(claim.label or ""),
            *checks(claim),
            shown(claim.note.replace("\r\n", "\n")),
            line(document.title),
            line(document.url or ""),
        ]


class Written(Codec):
    """A format that people read, and that is only written."""

    def decode(self, source: Source, options: Options, report: Report) -> list[Content]:
        raise NotImplementedError


class ClaimLog(Written):
    """One table for all documents."""

    name = "claimlog"
    summary = "what a fact-checker files: each claim, who says it, where, and how its check stands"
    extensions = (".csv", ".md")
    carries = ("claims", "who says them", "paragraphs and code points", "checks", "notes on claims")
    loses = (_OTHERS, _LINKS, _MORE, _NONE)
    options = {"style": ("csv", "markdown")}

    def encode(self, contents: Sequence[Content], options: Options, report: Report) -> Files:
        table: list[list[str]] = []
        for content in contents:
            log = Log(content)
            table += rows(content, log)
            _tell(content, log, report)
        if options.style == "markdown":
            text = f"# Claim log\n\n{table_of(COLUMNS, table)}"
        else:
            lines = [COLUMNS, *([guarded(cell) for cell in row] for row in table)]
            text = "".join(_line(each) for each in lines)
        return Files(text.encode("utf-8"))


def _line(cells: Iterable[str]) -> str:
    quoted = (
        '"' + each.replace('"', '""') + '"' if any(mark in each for mark in '",\r\n') else each
        for each in cells
    )
    return ",".join(quoted) + "\n"


def _tell(content: Content, log: Log, report: Report) -> None:
    """What the table has no place for."""
    claims = {each.id for each in log.claims}
    own = [each for each in content.links if each.type == ATTRIBUTION and each.from_id in claims]
    used = claims.union(*(link.ends for link in own))
    report.lose(_OTHERS, sum(1 for each in content.annotations if each.id not in used))
    report.lose(_LINKS, len(content.links) - len(own))
    report.lose(_NONE, int(not claims))
    records: Iterable[Annotation | Link] = (*content.annotations, *content.links)
    report.lose(_MORE, sum(1 for each in records if _has_more(each, claims)))


def _has_more(record: Annotation | Link, claims: set[str]) -> bool:
    attributes: Mapping[str, object] = record.attributes
    if isinstance(record, Annotation):
        attributes = further(record)
    return bool(attributes or (record.note and record.id not in claims))


CLAIMLOG: Final = ClaimLog()
