"""Tokens and tags: a text as CoNLL files have it, one flat layer of marks on it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from reader.text.paragraphs import next_paragraph, paragraph_at
from reader.text.sentences import sentences
from reader.text.words import words

BLANKS: Final = re.compile(r"[\s\ufeff]*")
"""What no token has: all that some tool splits at, and U+FEFF, which is drawn as nothing."""
_INK: Final = re.compile(r"[^\s\ufeff]")


class Span(NamedTuple):
    """A stretch of the text with the type that its tags have."""

    start: int
    end: int
    type: str


Token = tuple[int, int]


def tokens(text: str, edges: Sequence[int]) -> Iterator[list[Token]]:
    """The tokens of each sentence: words, each other character by itself, all cut at the edges
    (ascending)."""
    ahead = iter((*edges, len(text) + 1))
    edge = next(ahead)
    for start, end in _paragraphs(text):
        found: list[Token] = []
        starts = {first for first, _ in sentences(text, start, end)}
        for first, last in _pieces(text, start, end):
            if found and first in starts:
                yield found
                found = []
            while edge <= first:
                edge = next(ahead)
            while edge < last:
                found.append((first, edge))
                first = edge
                edge = next(ahead)
            found.append((first, last))
        if found:
            yield found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    paragraph: tuple[int, int] | None = paragraph_at(text, 0)
    while paragraph is not None:
        yield paragraph
        paragraph = next_paragraph(text, max(paragraph[0], paragraph[1] - 1))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Words and what stands between them, without white space."""
    at = start
    for first, last in (*words(text, start, end), (end, end)):
        if first > at and text[at:first] != " ":
            for ink in _INK.finditer(text, at, first):
                yield ink.span()
        blank = BLANKS.match(text, first, last)  # a word may begin with one that carries a mark
        first = blank.end() if blank is not None else first
        if first < last:
            yield first, last
        at = last


def tagged(
    lines: Iterable[list[Token]], spans: Sequence[Span], scheme: str
) -> Iterator[list[tuple[Token, str]]]:
    """The sentences with a tag on each token. The spans are in order and apart, and tokens are cut
    at their edges; where one goes on over the end of a sentence there is no end."""
    ahead = iter((*spans, Span(sys.maxsize, sys.maxsize, "")))
    start, end, type = next(ahead)
    before = ""
    found: list[tuple[Token, str]] = []
    for line in lines:
        for token in line:
            first, last = token
            while end <= first:
                start, end, type = next(ahead)
            if first < start:
                found.append((token, "O"))
                before = ""
                continue
            begins, ends = first == start, last == end
            if scheme == "bioes" and ends:
                letter = "S" if begins else "E"
            elif scheme == "iob1":
                # B only where another of the same type goes right before
                letter = "B" if begins and before == type else "I"
            else:
                letter = "B" if begins else "I"
            found.append((token, f"{letter}-{type}"))
            before = type
        if not start < line[-1][1] < end:
            yield found
            found, before = [], ""


class Tags:
    """Reads the tags of one sentence after the other, in whichever scheme they are: IOB1, IOB2,
    BIOES, BILOU, BMES."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self._open: Span | None = None
        self._goes_on = False

    def add(self, start: int, end: int, tag: str) -> None:
        """The next token, and its tag."""
        letter, _, type = tag.partition("-")
        if letter == "O":
            self.end()
            return
        begins = letter in "BSU" or not self._goes_on
        if self._open is None or begins or self._open.type != type:
            self.end()
            self._open = Span(start, end, type)
        else:
            self._open = Span(self._open.start, end, type)
        self._goes_on = letter not in "ESLU"

    def end(self) -> None:
        """Whatever was open ends, as at the end of a sentence."""
        if self._open is not None:
            self.spans.append(self._open)
        self._open, self._goes_on = None, False
