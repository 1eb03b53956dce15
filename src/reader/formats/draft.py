"""A document that comes in from another tool, while its marks are read one by one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from functools import cache
from typing import Any, Final, cast, get_type_hints

from msgspec.structs import replace

from reader.anchoring.describe import describe
from reader.errors import InputError
from reader.formats.codec import Content
from reader.formats.identity import document_id
from reader.model.annotation import Annotation, reading_order
from reader.model.document import Document
from reader.model.fragment import normalized, within
from reader.model.link import ATTRIBUTION, Link
from reader.text.decode import newline_of, text_hash

FOREIGN: Final = "foreign"
"""Where a document keeps what another format says of it and the model has no word for: in
`extra[FOREIGN][format]`, as annotations and links keep theirs in `foreign[format]`."""


MOST: Final = 500_000
"""No document has more marks than that: each takes 4 KB of memory on its way in."""


def kept_of(document: Document, format_name: str) -> Any:
    """What a format brought for the document as a whole; None when it brought nothing."""
    kept = document.extra.get(FOREIGN)
    return kept.get(format_name) if isinstance(kept, Mapping) else None


@cache
def _types(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def checked_fields(kind: type[Annotation | Link], fields: Mapping[str, object]) -> dict[str, Any]:
    """Fields of a record that came out of a file, each of the type that it has in the model. Raises
    InputError."""
    import msgspec

    types = _types(cast(Hashable, kind))
    unknown = fields.keys() - types.keys()
    if unknown:
        raise InputError(f"'{min(unknown)}' does not belong there")
    try:
        return {name: msgspec.convert(value, types[name]) for name, value in fields.items()}
    except msgspec.ValidationError as error:
        raise InputError("It holds a value that cannot be", str(error)) from error


class Draft:
    """Collects marks and links on one text. All errors are InputErrors without a place: read each
    line inside of `source.at(line)`.

    Ids are names inside of the file; what the file does not say of annotator, time and origin is
    left empty, and filled in by `identity.py`.
    """

    def __init__(
        self,
        text: str,
        title: str,
        format_name: str,
        *,
        encoding: str = "utf-8",
        kept: object = None,
        **fields: Any,
    ) -> None:
        """`fields` are more of a `Document`'s; `kept` is what this format says of the document as a
        whole and the model has no word for (it may be set later, too)."""
        self.text = text
        self.format_name = format_name
        self.kept = kept
        sha256 = text_hash(text)
        standard: dict[str, Any] = {
            "id": document_id(sha256),
            "title": title,
            "sha256": sha256,
            "length": len(text),
            "encoding": encoding,
            "newline": newline_of(text),
            "created": "",
            "updated": "",
        }
        self._document = {**standard, **fields}
        self._annotations: dict[str, Annotation] = {}
        self._links: dict[str, Link] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._annotations

    def __getitem__(self, name: str) -> Annotation:
        """The mark of that name. Raises InputError."""
        try:
            return self._annotations[name]
        except KeyError:
            raise InputError(f"There is no '{name}' in it") from None

    def mark(
        self,
        name: str,
        kind: str,
        ranges: Iterable[tuple[int, int]],
        /,
        *,
        label: str | None = None,
        kept: object = None,
        **fields: Any,
    ) -> Annotation:
        """Add a mark of these ranges, in code points. `kept` is what this format says of it and the
        model has no word for; `fields` are more of an `Annotation`'s."""
        if name in self._annotations:
            raise InputError(f"There are two '{name}' in it")
        if len(self._annotations) == MOST:
            raise InputError(f"There are more than {MOST:,} marks in it")
        if not kind or label == "":
            raise InputError(f"'{name}' has no kind")
        fragments = normalized(ranges)
        within(fragments, len(self.text))
        quote, prefix, suffix = describe(self.text, fragments)
        made = Annotation(
            id=name,
            kind=kind,
            label=label,
            fragments=fragments,
            quote=quote,
            prefix=prefix,
            suffix=suffix,
            **self._common(kept, fields),
        )
        self._annotations[name] = made
        return made

    def replace(self, annotation: Annotation) -> None:
        """Put a mark in the place of the one with its id: an attribute or a note came later."""
        assert annotation.id in self._annotations
        self._annotations[annotation.id] = annotation

    def tie(
        self,
        name: str,
        origin: str,
        target: str,
        /,
        *,
        via: str | None = None,
        type: str = ATTRIBUTION,
        kept: object = None,
        **fields: Any,
    ) -> Link:
        """Add a link between marks of these names, which are there already."""
        if name in self._links:
            raise InputError(f"There are two '{name}' in it")
        if origin == target:
            raise InputError(f"'{name}' ties '{origin}' to itself")
        for each in (origin, target, via):
            if each is not None:
                self[each]
        made = Link(
            id=name,
            type=type,
            from_id=origin,
            to_id=target,
            via_id=via,
            **self._common(kept, fields),
        )
        self._links[name] = made
        return made

    def _common(self, kept: object, fields: Mapping[str, Any]) -> dict[str, Any]:
        foreign = {} if kept is None else {self.format_name: kept}
        unsaid = {"annotator": "", "origin": {}, "created": "", "updated": "", "foreign": foreign}
        return {**unsaid, **fields}

    def content(self) -> Content:
        """The document with all that was added, in reading order."""
        document = Document(**self._document)
        if self.kept is not None:
            there = document.extra.get(FOREIGN)
            others = there if isinstance(there, Mapping) else {}
            foreign = {**others, self.format_name: self.kept}
            document = replace(document, extra={**document.extra, FOREIGN: foreign})
        annotations = sorted(self._annotations.values(), key=reading_order)
        place = {each.id: at for at, each in enumerate(annotations)}
        links = sorted(self._links.values(), key=lambda link: (place[link.from_id], link.id))
        return Content(document, self.text, tuple(annotations), tuple(links))
