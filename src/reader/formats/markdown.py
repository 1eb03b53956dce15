"""The Markdown report: articles with their marks in brackets, and the claim log as a table.

As CommonMark 0.31 and GitHub's tables have it. Marks are in brackets of their kind, with a number
that the tables below repeat: emphasis could not cross, and cannot stand beside every letter. All
that means something in Markdown or HTML is escaped with a backslash (CommonMark, 2.4).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reader.formats.claimlog import CLAIM, COLUMNS, Log, Relation, Written, further, rows, value
from reader.formats.codec import Content, Files, Options
from reader.formats.html_report import BROUGHT, counted, facts, tell_brought
from reader.formats.html_safe import line, shown, web_address
from reader.formats.markdown_words import LINE_END, begun, escaped, guarded, table_of
from reader.formats.report import Report
from reader.model.annotation import UNATTRIBUTED, Annotation

_BRACKETS: Final = {
    CLAIM: ("⟦", "⟧"),
    "source": ("⟪", "⟫"),
    "entity": ("⟨", "⟩"),
    "cue": ("‹", "›"),
}
_OTHER: Final = ("⦅", "⦆")
_RAISED: Final = str.maketrans("0123456789SERM", "⁰¹²³⁴⁵⁶⁷⁸⁹ˢᴱᴿᴹ")
_LEGEND: Final = "⟦claim⟧¹ ⟪source⟫ˢ¹ ⟨entity⟩ᴱ¹ ‹cue›ᴿ¹ ⦅other⦆ᴹ¹"

_BREAK: Final = re.compile(r"[ \t]*(?:\r\n|\n)[ \t]*")


class Markdown(Written):
    """One page for all documents."""

    name = "markdown"
    summary = "a report to read as plain text: articles with their marks, and claim logs"
    extensions = (".md", ".markdown")
    carries = (
        *("the texts", "overlapping and split spans", "labels", "attributes", "notes", "links"),
        *("what is known of the documents",),
    )
    loses = (BROUGHT,)

    def encode(self, contents: Sequence[Content], options: Options, report: Report) -> Files:
        for content in contents:
            tell_brought(content, report)
        text = "\n\n".join(_document(each) for each in contents)
        return Files(f"{text.rstrip()}\n".encode())


def _document(content: Content) -> str:
    document, log = content.document, Log(content)
    parts = [f"# {escaped(line(document.title))}\n"]
    told = [f"- {escaped(name)}: {escaped(each)}\n" for name, each in facts(document)]
    if document.url:
        address = web_address(document.url)
        told.append(f"- <{address}>\n" if address else f"- {escaped(line(document.url))}\n")
    parts.append("".join([*told, f"- {escaped(counted(log))}\n"]))
    if document.note:
        note = "\n".join(f"> {escaped(each)}  " for each in LINE_END.split(document.note))
        parts.append(f"{note}\n")
    parts.append(f"## Text\n\n{_LEGEND}\n\n---\n\n{_marked(content.words, log)}\n\n---\n")
    if log.claims:
        claims = zip(log.claims, rows(content, log), strict=True)
        table = [[log.codes[claim.id], *row[:-2]] for claim, row in claims]
        parts.append(f"## Claim log\n\n{table_of(['no.', *COLUMNS[:-2]], table)}")
    if log.marks:
        table = [_row(each, log) for each in log.marks]
        names = ("no.", "kind", "label", "words", "links", "attributes", "note", "annotator")
        parts.append(f"## Marks\n\n{table_of(names, table)}")
    return "\n".join(parts)


def _row(mark: Annotation, log: Log) -> list[str]:
    attributes = {
        name: each for name, each in further(mark).items() if name != UNATTRIBUTED or not each
    }
    note = "" if mark.kind == CLAIM else mark.note  # a claim's is in the log
    moved = {} if mark.anchor == "same" else {"anchor": mark.anchor}
    return [
        *(log.codes[mark.id], line(mark.kind), line(mark.label or ""), line(mark.words)),
        "\n".join(_relation(each, log) for each in log.relations(mark)),
        "\n".join(f"{line(name)}: {value(each)}" for name, each in {**attributes, **moved}.items()),
        note,
        line(mark.annotator),
    ]


def _relation(relation: Relation, log: Log) -> str:
    other = relation.other
    said = f"{relation.words} {log.codes[other.id]} “{line(other.words)}”"
    if relation.cue is not None:
        said += f", cue {log.codes[relation.cue.id]} “{line(relation.cue.words)}”"
    for name, each in relation.link.attributes.items():
        said += f", {line(name)}: {value(each)}"
    return f"{said} ({line(relation.link.note)})" if relation.link.note else said


# The text -----------------------------------------------------------------------------------------


def _marked(text: str, log: Log) -> str:
    """The text in paragraphs, each mark in its brackets."""
    pieces: list[str] = []
    seen = shown(text)
    done = int(text.startswith("\ufeff"))  # the mark that opens a file is no part of its words
    for at, sign in _signs(log):
        pieces += (guarded(seen[done:at]), sign)
        done = max(done, at)
    pieces.append(guarded(seen[done:]))
    lines = _BREAK.split("".join(pieces))
    paragraphs: list[list[str]] = [[]]
    for each in lines:
        if each.strip():
            paragraphs[-1].append(begun(each.strip()))
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n\n".join("\\\n".join(each) for each in paragraphs if each)


def _signs(log: Log) -> list[tuple[int, str]]:
    """The brackets in the order in which they stand: at a place those that close come first, the
    one that began last before the others; of those that open, the one that ends last."""
    tangled = _tangled(log.marks)
    signs: list[tuple[int, int, int, int, str]] = []
    for number, mark in enumerate(log.marks):
        opening, closing = _BRACKETS.get(mark.kind, _OTHER)
        code = log.codes[mark.id].translate(_RAISED)
        before = code if mark.id in tangled else ""
        for start, end in mark.fragments:
            signs.append((start, 1, -end, number, opening + before))
            signs.append((end, 0, -start, -number, closing + code))
    return [(at, sign) for at, *_, sign in sorted(signs)]


def _tangled(marks: Sequence[Annotation]) -> set[str]:
    """Those that overlap one of the same brackets: there it must be said which one begins."""
    found: set[str] = set()
    furthest: dict[tuple[str, str], tuple[int, str]] = {}
    parts = [(part, each) for each in marks for part in each.fragments]
    for part, mark in sorted(parts, key=lambda each: each[0]):
        bracket = _BRACKETS.get(mark.kind, _OTHER)
        end, name = furthest.get(bracket, (0, ""))
        if part.start < end:
            found |= {mark.id, name}
        if part.end > end:
            furthest[bracket] = part.end, mark.id
    return found


MARKDOWN: Final = Markdown()
