"""CSV and TSV: one row for each mark, with the words of its source beside it.

The cells follow RFC 4180, but for the line ends, which are LF. A cell that a spreadsheet would take
for a formula (it begins with `= + - @`, a tab or a CR) gets an apostrophe in front, as OWASP's "CSV
Injection" advises; an import takes it away again. Positions are half-open, in the unit chosen.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from reader.errors import InputError
from reader.formats.codec import Codec, Content, Files, Options
from reader.formats.draft import Draft, checked_fields
from reader.formats.report import Report
from reader.formats.source import Source, shown
from reader.formats.units import UNITS, Ruler, Unit
from reader.model.annotation import Annotation
from reader.model.link import Link
from reader.model.plain import from_plain, to_plain
from reader.text.decode import Decoded

COLUMNS: Final = (
    *("document", "kind", "label", "words", "source", "cue", "note", "annotator"),
    *("start", "end", "fragments", "id", "attributes", "links", "created", "updated"),
    *("more", "sha256"),
)
"""`source` and `cue` are for people; `links` holds the same as JSON, `attributes` and `more` (what
is seldom said of a mark) are JSON, and empty where there is nothing."""

_QUOTE: Final = '"'
_PARTS: Final = " … "
"""Stands between the words of split parts."""
_DANGEROUS: Final = re.compile("'*[=+\\-@\t\r]")
_GUARDED: Final = re.compile("'+[=+\\-@\t\r]")
_SELDOM: Final = {"anchor": "same", "foreign": {}, "origin": {"by": "hand"}}
"""The fields in the column `more`, with what is not written."""
_RANGE: Final = re.compile(r"(\d{1,15}):(\d{1,15})", re.ASCII)
_SAID_OF_DOCUMENTS: Final = ("url", "author", "published", "note", "attributes", "extra")
_UNMARKED: Final = "documents without marks"
_DESCRIBED: Final = "what is known of the documents"


class Table(Codec):
    """Rows and columns with some character between the cells."""

    unit: Unit | None = "codepoints"
    carries = ("split spans", "labels", "attributes", "notes", "links", "annotators and times")
    loses = (_UNMARKED, _DESCRIBED)
    options = {"units": UNITS, "style": ("plain", "excel")}
    reads = True

    def __init__(self, name: str, summary: str, extensions: tuple[str, ...], between: str) -> None:
        self.name = name
        self.summary = summary
        self.extensions = extensions
        self._between = between
        self._needs = re.compile(f'["\r\n{between}]')

    # Out ----------------------------------------------------------------------------------------

    def encode(self, contents: Sequence[Content], options: Options, report: Report) -> Files:
        unit = options.units or "codepoints"
        lines = [self._line(COLUMNS)]
        for content in contents:
            document = content.document
            if not content.annotations:
                report.lose(_UNMARKED)
            if any(getattr(document, name) for name in _SAID_OF_DOCUMENTS):
                report.lose(_DESCRIBED)
            for row in _rows(content, Ruler(content.words, unit)):
                lines.append(self._line(guarded(cell) for cell in row))
        # without a BOM Excel takes it for the encoding of the system
        return Files("".join(lines).encode("utf-8-sig" if options.style == "excel" else "utf-8"))

    def _line(self, cells: Iterable[str]) -> str:
        # not csv.writer: what it quotes is another thing in other versions of Python
        quoted = (
            f'"{each.replace(_QUOTE, 2 * _QUOTE)}"' if self._needs.search(each) else each
            for each in cells
        )
        return f"{self._between.join(quoted)}\n"

    # In -----------------------------------------------------------------------------------------

    def looks_like(self, name: str, head: bytes) -> bool:
        first = head.decode("utf-8", "replace").removeprefix("\ufeff").partition("\n")[0]
        names = {each.strip('" \r') for each in re.split("[,;\t]", first)}
        return "kind" in names and ({"start", "end"} <= names or "fragments" in names)

    def decode(self, source: Source, options: Options, report: Report) -> list[Content]:
        drafts: dict[str, Draft] = {}
        rulers: dict[str, Ruler] = {}
        hashes: dict[tuple[str | None, str | None], str] = {}
        links: list[tuple[Draft, int, str, Any]] = []
        for line, row in self._rows(source):
            with source.at(line):
                about = row.get("sha256"), row.get("document")
                if about not in hashes:
                    text = _text(source, row)
                    sha256 = hashes[about] = text.sha256
                    if sha256 not in drafts:
                        drafts[sha256] = _draft(source, row, text, self.name)
                        rulers[sha256] = Ruler(drafts[sha256].text, options.units or "codepoints")
                sha256 = hashes[about]
                draft = drafts[sha256]
                mark = _mark(draft, rulers[sha256], row, source, line, self.name)
                links += [(draft, line, mark.id, each) for each in _list(source, row, line)]
        for draft, line, origin, plain in links:
            with source.at(line):
                _tie(draft, origin, plain)
        return [draft.content() for draft in drafts.values()]

    def _rows(self, source: Source) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows by the names of their columns, each with the line on which it ends."""
        text = source.text()
        between = self._between
        head = text.partition("\n")[0]
        if between == "," and head.count(";") > head.count(","):
            between = ";"  # as spreadsheets write it where the comma stands in numbers
        limit = csv.field_size_limit(sys.maxsize)
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
            columns: list[str] | None = None
            for cells in reader:
                if columns is None:
                    columns = [cell.strip() for cell in cells]
                    _check_columns(columns, source)
                elif len(cells) > len(columns):
                    raise source.wrong("it has more cells than there are columns", reader.line_num)
                elif any(cells):
                    plain = [unguarded(cell) for cell in cells]
                    yield reader.line_num, dict(zip(columns, plain, strict=False))
        except csv.Error as error:
            raise source.wrong(f"it is no table: {error}", reader.line_num) from error
        finally:
            csv.field_size_limit(limit)


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def unguarded(cell: str) -> str:
    """What `guarded` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _rows(content: Content, ruler: Ruler) -> Iterator[list[str]]:
    marks = {each.id: each for each in content.annotations}
    links: dict[str, list[Link]] = {}
    for link in content.links:
        links.setdefault(link.from_id, []).append(link)
    for mark in content.annotations:
        own = links.get(mark.id, [])
        ranges = [(ruler.out(start), ruler.out(end)) for start, end in mark.fragments]
        plain = to_plain(mark)
        more = {name: plain[name] for name, usual in _SELDOM.items() if plain[name] != usual}
        cues = [marks[each.via_id] for each in own if each.via_id is not None]
        yield [
            *(content.document.title, mark.kind, mark.label or "", _PARTS.join(mark.quote)),
            "; ".join(marks[each.to_id].words for each in own),
            "; ".join(each.words for each in cues),
            *(mark.note, mark.annotator, str(ranges[0][0]), str(ranges[-1][1])),
            *(" ".join(f"{start}:{end}" for start, end in ranges), mark.id),
            _json(mark.attributes),
            _json([_plain_link(each) for each in own]),
            *(mark.created, mark.updated),
            _json({**more, **mark.extra}),
            content.document.sha256,
        ]


def _plain_link(link: Link) -> dict[str, object]:
    return {name: value for name, value in to_plain(link).items() if name not in ("rev", "from")}


def _json(value: Mapping[str, object] | Sequence[object]) -> str:
    import json

    return json.dumps(value, ensure_ascii=False) if value else ""


def _check_columns(columns: Sequence[str], source: Source) -> None:
    if len(set(columns)) < len(columns):
        raise source.wrong("two of its columns have the same name", 1)
    if "kind" not in columns or not ({"start", "end"} <= set(columns) or "fragments" in columns):
        raise source.wrong("it needs the columns kind, and start and end or fragments", 1)


def _text(source: Source, row: Mapping[str, str]) -> Decoded:
    title = row.get("document")
    names = (title, ".txt") if title and not title.startswith(".") else (".txt",)
    return source.document(*names, sha256=row.get("sha256") or None)


def _draft(source: Source, row: Mapping[str, str], decoded: Decoded, format_name: str) -> Draft:
    title = row.get("document") or f"{source.stem}.txt"
    return Draft(str(decoded.text), title, format_name, encoding=decoded.encoding)


def _mark(
    draft: Draft,
    ruler: Ruler,
    row: Mapping[str, str],
    source: Source,
    line: int,
    format_name: str,
) -> Annotation:
    ranges = [(ruler.back(start), ruler.back(end)) for start, end in _ranges(row)]
    more = _dict(source, row, "more", line)
    strange = {name: row[name] for name in row if name not in COLUMNS and row[name]}
    fields = from_plain(more, Annotation)
    misplaced = fields.keys() - {*_SELDOM, "extra"}
    if misplaced:
        raise InputError(f"The column 'more' cannot hold '{min(misplaced)}'")
    if strange:
        fields["foreign"] = {**_object(fields.get("foreign", {})), format_name: strange}
    checked = {
        "attributes": _dict(source, row, "attributes", line),
        "note": row.get("note", ""),
        "annotator": row.get("annotator", ""),
        "created": row.get("created", ""),
        "updated": row.get("updated", ""),
        "origin": {"by": "hand"} if row.get("id") else {},
        **fields,
    }
    made = draft.mark(
        row.get("id") or f"row {line}",
        row.get("kind", ""),
        ranges,
        label=row.get("label") or None,
        **checked_fields(Annotation, checked),
    )
    words = row.get("words")
    if words and words != _PARTS.join(made.quote):
        raise InputError("The text has other words there", shown(made.words))
    return made


def _ranges(row: Mapping[str, str]) -> list[tuple[int, int]]:
    written = row.get("fragments") or f"{row.get('start', '')}:{row.get('end', '')}"
    matches = [_RANGE.fullmatch(each) for each in written.split()]
    if not matches or None in matches:
        raise InputError(f"'{written}' is no range", "a range is START:END, counted from 0")
    return [(int(match[1]), int(match[2])) for match in matches if match is not None]


def _tie(draft: Draft, origin: str, plain: object) -> None:
    if not isinstance(plain, dict):
        raise InputError("A link is no object")
    fields = from_plain(plain, Link)
    ends = {name: fields.pop(name, None) for name in ("id", "type", "to_id", "via_id")}
    if not all(isinstance(ends[name], str) and ends[name] for name in ("id", "type", "to_id")):
        raise InputError("A link lacks its id, its type or what it goes to")
    if not isinstance(ends["via_id"], str | None):
        raise InputError("A link goes by way of something that is no id")
    fields.pop("rev", None)
    fields.pop("from_id", None)
    draft.tie(
        str(ends["id"]),
        origin,
        str(ends["to_id"]),
        via=ends["via_id"],
        type=str(ends["type"]),
        **checked_fields(Link, fields),
    )


def _dict(source: Source, row: Mapping[str, str], column: str, line: int) -> dict[str, Any]:
    written = row.get(column)
    return _object(source.json(written, line) if written else {}, f"The column '{column}'")


def _object(value: object, what: str = "What is foreign") -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"{what} is no object")
    return value


def _list(source: Source, row: Mapping[str, str], line: int) -> list[Any]:
    written = row.get("links")
    value = source.json(written, line) if written else []
    if not isinstance(value, list):
        raise InputError("Its links are no list")
    return value


CSV: Final = Table("csv", "one row for each mark, for spreadsheets", (".csv",), ",")
TSV: Final = Table(
    "tsv", "one row for each mark, with tabs between the cells", (".tsv", ".tab"), "\t"
)
