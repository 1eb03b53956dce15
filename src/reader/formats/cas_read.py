"""What the structures of a CAS say, as a document: of ours, and of those that other tools make.

A foreign annotation becomes an entity, its `value` or what else names it the label; the rest of it
is kept. A relation (`Governor` and `Dependent`) between two of them becomes a link. Sentences,
tokens, lemmas, parses and what else is grammar is passed over, and told by its number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, Final, cast

from reader.errors import InputError
from reader.formats.cas import (
    DEPENDENT,
    DOCUMENT,
    GOVERNOR,
    LINK,
    SOFA,
    SPAN,
    TEXT_ANNOTATION,
    Cas,
    Structure,
)
from reader.formats.codec import Content
from reader.formats.draft import Draft, checked_fields
from reader.formats.identity import is_own
from reader.formats.report import Report
from reader.formats.source import Source
from reader.formats.units import Ruler, Unit
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.link import Link
from reader.text.decode import text_hash

_NUMBER: Final = re.compile(r"-?\d{1,15}", re.ASCII)
_DKPRO: Final = "de.tudarmstadt.ukp.dkpro.core.api."
_METADATA: Final = f"{_DKPRO}metadata.type.DocumentMetaData"
_GRAMMAR: Final = tuple(
    f"{_DKPRO}{each}." for each in ("segmentation", "lexmorph", "syntax", "metadata")
)
_SILENT: Final = frozenset({TEXT_ANNOTATION, _METADATA})
"""Every CAS has these."""
_NAMING: Final = ("value", "label", "category", "tag", "identifier", "name", "kind")
"""Features that name what an annotation is, the most telling first."""
_NAMED_ENTITY: Final = "NamedEntity"
_RECORD: Final = ("note", "annotator", "created", "updated")
_MORE: Final = ("anchor", "origin", "foreign", "extra")
_OF_DOCUMENT: Final = (
    *("encoding", "url", "author", "published"),
    *("state", "note", "attributes", "extra"),
)
_MORE_OF_LINK: Final = ("origin", "foreign", "extra")


def contents(
    cas: Cas, source: Source, unit: Unit, report: Report, format_name: str
) -> list[Content]:
    """A content for each text in it: mostly one."""
    numbers = Counter(each.id for each in cas.structures)
    if len(numbers) < len(cas.structures):
        twice = next(each for each in reversed(cas.structures) if numbers[each.id] > 1)
        what = f"there are two structures of the number {twice.id}"
        raise source.wrong(what, cas.line(twice))
    readers: dict[int, _Reader] = {}
    texts: dict[str, _Reader] = {}
    for sofa in cas.structures:
        if sofa.type != SOFA:
            continue
        text = sofa.features.get("sofaString")
        if not isinstance(text, str):
            report.remark("a view that holds no text is passed over", source.name, cas.line(sofa))
            continue
        if text not in texts:
            texts[text] = _Reader(cas, source, unit, report, format_name)
            texts[text].texts(text)
        readers[sofa.id] = texts[text]
    if not readers:
        raise source.wrong("it holds no text")
    for each in cas.structures:
        if each.type == SOFA:
            continue
        number = _number_or_none(each.features.get("sofa"))
        reader = readers.get(number) if number is not None else None
        if reader is None and len(texts) == 1:
            (reader,) = texts.values()
        if reader is not None:
            reader.structures.append(each)
    return [each.content() for each in texts.values()]


class _Reader:
    """Reads what is said of one text."""

    def __init__(
        self, cas: Cas, source: Source, unit: Unit, report: Report, format_name: str
    ) -> None:
        self._cas = cas
        self._source = source
        self._unit = unit
        self._report = report
        self._format_name = format_name
        self._text = ""
        self._names: dict[int, str] = {}
        self._passed: Counter[str] = Counter()
        self.structures: list[Structure] = []

    def texts(self, text: str) -> None:
        """Say which text it is."""
        self._text = text

    def content(self) -> Content:
        self._draft = self._document()
        self._ruler = Ruler(self._draft.text, self._unit)
        split: dict[str, list[Structure]] = {}
        ties: list[Structure] = []
        for each in self.structures:
            features = each.features
            if each.type == SPAN:
                split.setdefault(_name(each), []).append(each)
            elif each.type in _SILENT or each.type == DOCUMENT:
                continue
            elif each.type == LINK or (GOVERNOR in features and DEPENDENT in features):
                ties.append(each)
            elif each.type.startswith(_GRAMMAR) or not {"begin", "end"} <= features.keys():
                self._passed[each.type] += 1
            else:
                self._foreign(each)
        for name, parts in split.items():
            self._span(name, parts)
        for each in ties:
            self._tie(each)
        for kind, count in sorted(self._passed.items()):
            what = f"{count} of the type {kind} {'is' if count == 1 else 'are'} passed over"
            self._report.remark(what, self._source.name)
        return self._draft.content()

    @contextmanager
    def _at(self, structure: Structure) -> Iterator[None]:
        """Around what is done for a structure: errors name it and its line."""
        try:
            yield
        except InputError:
            with self._source.at(self._cas.line(structure)):
                raise

    # The document -------------------------------------------------------------------------------

    def _document(self) -> Draft:
        title = f"{self._source.stem}.txt"
        for each in self.structures:
            if each.type == DOCUMENT:
                with self._at(each):
                    return self._own_document(each, title)
            given = each.features.get("documentTitle")
            if each.type == _METADATA and isinstance(given, str) and given:
                title = given
        return self._draft_of(self._text, title, {})

    def _draft_of(self, text: str, title: str, fields: Mapping[str, Any]) -> Draft:
        given = self._source.given
        if given is not None and given.sha256 != text_hash(text):
            if not _is_held_by(str(given.text), text):
                raise self._source.wrong("the text given is not the one that was annotated")
            text = str(given.text)
        return Draft(text, title, self._format_name, **fields)

    def _own_document(self, structure: Structure, title: str) -> Draft:
        more = self._json(structure, "more")
        said = _exact(structure.features, more)
        strings = {name: said.get(name) for name in ("title", "id", "sha256")}
        if not all(isinstance(each, str | None) for each in strings.values()):
            raise InputError("The document's title or id is no string")
        given: dict[str, Any] = {name: more[name] for name in _OF_DOCUMENT if name in more}
        fields = checked_fields(cast(Any, Document), given)
        text = _restored(self._text, more.get("replaced"))
        sha256 = strings["sha256"]
        if sha256 is not None and text_hash(text) != sha256:
            self._report.remark(
                "its text is no longer the one that was exported",
                self._source.name,
                self._cas.line(structure),
            )
            text = self._text
        elif strings["id"] is not None and is_own(strings["id"]):
            fields["id"] = strings["id"]
        return self._draft_of(text, strings["title"] or title, fields)

    # Ours ---------------------------------------------------------------------------------------

    def _span(self, name: str, parts: list[Structure]) -> None:
        """A mark of the parts with the same id; what is said of it stands with one of them."""
        ranges: list[tuple[int, int]] = []
        for part in parts:
            with self._at(part):
                ranges.append(self._range(part))
                self._names[part.id] = name
        order = [part for _, part in sorted(zip(ranges, parts, strict=True), key=lambda at: at[0])]
        with self._at(order[0]):
            said: dict[str, Any] = {}
            for part in order:
                said = {**_exact(part.features, self._json(part, "more")), **said}
            for one, other in pairwise(order):
                if _shown(one) != _shown(other):
                    what = f"the parts of '{name}' differ in kind or label: the first counts"
                    self._report.remark(what, self._source.name, self._cas.line(other))
            more = self._json_of(said, "more")
            fields = self._fields(Annotation, said, more, _MORE)
            kind, label = said.get("kind") or "entity", said.get("label")
            if not isinstance(kind, str) or not isinstance(label, str | None):
                raise InputError(f"The kind or label of '{name}' is no string")
            self._draft.mark(name, kind, ranges, label=label or None, **fields)

    def _tie(self, structure: Structure) -> None:
        with self._at(structure):
            own = structure.type == LINK
            features = structure.features
            ends = [
                self._names.get(_number_or_none(features.get(end)) or 0)
                for end in (GOVERNOR, DEPENDENT)
            ]
            origin, target = ends
            if origin is None or target is None or (origin == target and not own):
                if own:
                    raise InputError(f"The link {structure.id} goes to no span")
                self._passed[structure.type] += 1
                return
            if not own:
                kind = _naming(features) or _last(structure.type)
                kept = self._kept(structure, GOVERNOR, DEPENDENT)
                self._draft.tie(f"link {structure.id}", origin, target, type=kind, kept=kept)
                return
            more = self._json(structure, "more")
            said = _exact(features, more)
            fields = self._fields(Link, said, more, _MORE_OF_LINK)
            kind, via = said.get("kind") or "link", said.get("via")
            if not isinstance(kind, str) or not isinstance(via, str | None):
                raise InputError(f"The kind or cue of the link {structure.id} is no string")
            self._draft.tie(_name(structure), origin, target, via=via or None, type=kind, **fields)

    def _fields(
        self,
        kind: type[Annotation | Link],
        said: Mapping[str, Any],
        more: Mapping[str, Any],
        names: Iterable[str],
    ) -> dict[str, Any]:
        fields = {name: said[name] for name in _RECORD if said.get(name) is not None}
        fields |= {name: more[name] for name in names if name in more}
        fields["attributes"] = self._json_of(said, "attributes")
        if said.get("id"):
            fields.setdefault("origin", {"by": "hand"})
        return checked_fields(kind, fields)

    # Those of others ----------------------------------------------------------------------------

    def _foreign(self, structure: Structure) -> None:
        with self._at(structure):
            start, end = self._range(structure)
            if start == end:
                self._report.remark(
                    f"one of the type {structure.type} marks nothing: it is passed over",
                    self._source.name,
                    self._cas.line(structure),
                )
                return
            label = _naming(structure.features)
            if label is None and _last(structure.type) != _NAMED_ENTITY:
                label = _last(structure.type)
            name = f"structure {structure.id}"
            self._draft.mark(
                name, "entity", [(start, end)], label=label, kept=self._kept(structure)
            )
            self._names[structure.id] = name

    def _kept(self, structure: Structure, *but: str) -> dict[str, Any]:
        without = {"sofa", "begin", "end", *but}
        rest = {name: each for name, each in structure.features.items() if name not in without}
        return {"type": structure.type, "features": rest}

    # Values -------------------------------------------------------------------------------------

    def _range(self, structure: Structure) -> tuple[int, int]:
        start, end = (
            self._ruler.back(_number(structure.features.get(name))) for name in ("begin", "end")
        )
        return start, end

    def _json(self, structure: Structure, name: str) -> dict[str, Any]:
        return self._json_of(structure.features, name)

    def _json_of(self, features: Mapping[str, Any], name: str) -> dict[str, Any]:
        written = features.get(name)
        if not written:
            return {}
        if not isinstance(written, str):
            raise InputError(f"The feature '{name}' is no string")
        value = self._source.json(written)
        if not isinstance(value, dict):
            raise InputError(f"The feature '{name}' holds no JSON object")
        return value


def _number(value: Any) -> int:
    number = _number_or_none(value)
    if number is None:
        raise InputError(f"'{str(value)[:40]}' is no position")
    return number


def _number_or_none(value: Any) -> int | None:
    if type(value) is int:
        return value
    found = isinstance(value, str) and _NUMBER.fullmatch(value) is not None
    return int(value) if found else None


def _name(structure: Structure) -> str:
    """The name in the file: its id, which the parts of a span share, or else its number."""
    given = structure.features.get("id")
    return given if isinstance(given, str) and given else f"structure {structure.id}"


def _shown(part: Structure) -> tuple[Any, Any]:
    return part.features.get("kind"), part.features.get("label")


def _last(kind: str) -> str:
    return kind.rpartition(".")[2] or kind


def _naming(features: Mapping[str, Any]) -> str | None:
    given = (features.get(name) for name in _NAMING)
    return next((each for each in given if isinstance(each, str) and each), None)


def _exact(features: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """The features, with the characters that XML cannot hold where they were not changed since."""
    said = dict(features)
    exact = more.get("exact")
    if isinstance(exact, dict):
        for name, value in exact.items():
            if _is_held_by(value, said.get(name)):
                said[name] = value
    return said


def _is_held_by(exact: object, held: object) -> bool:
    if not isinstance(exact, str) or not isinstance(held, str) or len(exact) != len(held):
        return False
    return all(one in (other, "\ufffd") for one, other in zip(held, exact, strict=True))


def _restored(text: str, runs: object) -> str:
    """The text with what stood where there is U+FFFD now."""
    if not runs:
        return text
    characters = list(text)
    for run in runs if isinstance(runs, list) else ():
        match run:
            case [int(start), str(words)] if 0 <= start <= len(text) - len(words):
                characters[start : start + len(words)] = words
            case _:
                raise InputError("The list of replaced characters does not fit the text")
    return "".join(characters)
