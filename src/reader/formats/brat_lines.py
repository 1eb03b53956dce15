"""The lines of brat's standoff files, their names and their places, apart from what they mean.

As brat.nlplab.org/standoff.html has them, and as brat's own server reads them (annotation.py):

    T1<TAB>type start end[;start end…]<TAB>text     a span; its fragments' texts joined by a blank
    E1<TAB>type:T1 role:T2 role:E3                  an event: what triggers it, what takes part
    R1<TAB>type Arg1:T1 Arg2:T2                     a relation
    A1<TAB>name T1[ value]                          an attribute (M1 in old files)
    N1<TAB>Reference T1 base:id<TAB>text            a normalisation
    #1<TAB>type T1<TAB>text                         a note
    *<TAB>type T1 T2 T3                             an equivalence

Nothing is escaped. Real files have raw line ends in the texts of T and # lines, so that only an id
and a tab begin a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from reader.formats.draft import MOST
from reader.formats.source import Source
from reader.model.fragment import Fragment, Fragments

Args = tuple[tuple[str, str], ...]
"""Roles and what has them. An event's trigger comes first, with no role; those of attributes,
normalisations, notes and equivalences have no role either."""

_BEGINS: Final = re.compile(r"((?:[A-Za-z]+|#)\d+|\*)\t")
_SPAN: Final = re.compile(r"(\S+) +(\d{1,15} +\d{1,15}(?: *; *\d{1,15} +\d{1,15})*)")
_VALUED: Final = re.compile(r"(\S+) +(\S+)(?: +(.*\S))?", re.DOTALL)
_LINE_ENDS: Final = re.compile(r"[\n\r]+")


class Record(Struct):
    """One line, or several where its text has line ends."""

    sort: str
    """The letter of its id, `#` or `*`."""
    id: str
    type: str
    args: Args = ()
    ranges: tuple[tuple[int, int], ...] = ()
    """Of a T line, as they are written."""
    value: str | None = None
    """Of an attribute or a normalisation."""
    text: str = ""
    """What follows the second tab."""
    line: int = 0

    @property
    def target(self) -> str:
        """The first that it is about."""
        return self.args[0][1]


# In -----------------------------------------------------------------------------------------------


def begins_record(line: str) -> bool:
    return _BEGINS.match(line) is not None


def records(source: Source) -> list[Record]:
    """All records of a file in their order. Raises InputError with the line."""
    found: list[Record] = []
    ids: set[str] = set()
    texts: list[str] = []
    spans = 0
    for number, raw in source.lines():
        line = raw.removesuffix("\r")
        begins = _BEGINS.match(line)
        if begins is None:
            if found and found[-1].sort in "T#":
                texts.append(line)
            elif line.strip():
                raise source.wrong("this line is no annotation", number)
            continue
        _finish(found, texts)
        record = _parse(begins[1], line[begins.end() :], number)
        if record is None:
            raise source.wrong(f"'{begins[1]}' is not written as brat does", number)
        if record.sort != "*" and record.id in ids:
            raise source.wrong(f"there are two '{record.id}' in it", number)
        ids.add(record.id)
        if len(found) == 4 * MOST:
            raise source.wrong(f"it has more than {4 * MOST:,} records", number)
        spans += record.sort == "T"
        if spans > MOST:
            raise source.wrong(f"there are more than {MOST:,} marks in it", number)
        found.append(record)
    _finish(found, texts)
    return found


def _finish(found: Sequence[Record], texts: list[str]) -> None:
    """Give the last record the lines that went on with its text, but for blank ones at its end."""
    while texts and not texts[-1].strip():
        texts.pop()
    if texts:
        found[-1].text = "\n".join((found[-1].text, *texts))
        texts.clear()


def _parse(name: str, rest: str, line: int) -> Record | None:
    data, _, text = rest.partition("\t")
    sort = name.rstrip("0123456789")
    match sort:
        case "T":
            span = _SPAN.fullmatch(data.strip())
            if span is None:
                return None
            pairs = [each.split() for each in span[2].split(";")]
            ranges = tuple((int(start), int(end)) for start, end in pairs)
            return Record(sort, name, span[1], ranges=ranges, text=text, line=line)
        case "A" | "M" | "N":
            parts = _VALUED.fullmatch(data.strip())
            if parts is None or (sort == "N" and parts[3] is None):
                return None
            args = (("", parts[2]),)
            return Record(sort, name, parts[1], args, value=parts[3], text=text, line=line)
        case "#":
            words = data.split()
            if len(words) != 2:
                return None
            return Record(sort, name, words[0], (("", words[1]),), text=text, line=line)
        case "*":
            words = data.split()
            if len(words) < 2:
                return None
            return Record(sort, "*", words[0], tuple(("", each) for each in words[1:]), line=line)
        case "E" | "R":
            return _with_roles(sort, name, data.split(), line)
    return Record(sort, name, "", text=rest, line=line)


def _with_roles(sort: str, name: str, words: Sequence[str], line: int) -> Record | None:
    if not words:
        return None
    type, args = words[0], []
    if sort == "E":
        type, _, trigger = type.rpartition(":")
        if not type:  # without a trigger, as in the BioNLP bacteria task
            type, trigger = trigger, ""
        args.append(("", trigger))
    for word in words[1:]:
        role, _, ref = word.rpartition(":")
        if not role or not ref:
            return None
        args.append((role, ref))
    enough = sort == "E" or len(args) > 1
    return Record(sort, name, type, tuple(args), line=line) if type and enough else None


# Out ----------------------------------------------------------------------------------------------


def written(record: Record) -> str:
    """The record as a line."""
    type = record.type
    match record.sort:
        case "T":
            places = ";".join(f"{start} {end}" for start, end in record.ranges)
            return f"{record.id}\t{type} {places}\t{record.text}\n"
        case "E":
            (_, trigger), *args = record.args
            head = f"{type}:{trigger}" if trigger else type
            return f"{record.id}\t{_spaced(head, args)}\n"
        case "R":
            return f"{record.id}\t{_spaced(type, record.args)}\n"
        case "*":
            return f"*\t{' '.join((type, *(ref for _, ref in record.args)))}\n"
    value = f" {record.value}" if record.value is not None else ""
    text = f"\t{record.text}" if record.sort == "#" or record.text else ""
    return f"{record.id}\t{type} {record.target}{value}{text}\n"


def _spaced(head: str, args: Iterable[tuple[str, str]]) -> str:
    return " ".join((head, *(f"{role}:{ref}" for role, ref in args)))


def on_one_line(text: str) -> str:
    """The text with each run of line ends as one blank."""
    return _LINE_ENDS.sub(" ", text)


# Names --------------------------------------------------------------------------------------------


def name_out(name: str, refused: str = "") -> str:
    """A name as brat can have it: without white space. Two underscores stand for a blank."""
    clear = "".join(
        each if each.isprintable() and not each.isspace() and each not in refused else "_"
        for each in name.replace(" ", "__")
    )
    return clear or "_"


def name_in(name: str) -> str:
    """What `name_out` was given, if that had no other white space and no two underscores."""
    return name.replace("__", " ")


# Places -------------------------------------------------------------------------------------------


def cut(text: str, fragments: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The fragments split at line ends, as brat has them: without the white space there, and
    without those of nothing but line ends."""
    pieces = []
    for start, end in fragments:
        at, first = start, True
        for gap in _LINE_ENDS.finditer(text, start, end):
            pieces.append(_trimmed(text, at, gap.start(), first, last=False))
            at, first = gap.end(), False
        pieces.append(_trimmed(text, at, end, first, last=True))
    return tuple((start, end) for start, end in pieces if start < end)


def _trimmed(text: str, start: int, end: int, first: bool, last: bool) -> tuple[int, int]:
    while not first and start < end and text[start].isspace():
        start += 1
    while not last and start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def joined(text: str, fragments: Fragments) -> Fragments:
    """The fragments, those that `cut` may have split at line ends made one again."""
    made = list(fragments[:1])
    for each in fragments[1:]:
        before = made[-1]
        gap = text[before.end : each.start]
        is_cut = gap.isspace() and _LINE_ENDS.search(gap) is not None
        if is_cut and not (text[before.end - 1].isspace() or text[each.start].isspace()):
            made[-1] = Fragment(before.start, each.end)
        else:
            made.append(each)
    return tuple(made)
