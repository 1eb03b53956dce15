"""What can be filled in on a card, for a mark by its scheme, and for a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reader.model.annotation import Annotation
from reader.model.document import STATES, Document
from reader.model.scheme import Attribute, Scheme
from reader.tui.widgets.form import Field, Option

_YES_NO: Final = (Option("y", "yes", True), Option("n", "no", None))
"""What is not so is not said, rather than said not to be so."""

_STATE_KEYS: Final = "nidfr"


def of_mark(
    annotation: Annotation, scheme: Scheme, draft: Mapping[str, object] | None = None
) -> list[Field]:
    """The note, the label and the attributes of a mark, as they are or as `draft` has them."""
    now = draft or {
        "note": annotation.note,
        "label": annotation.label,
        **{
            each.name: annotation.attributes.get(each.name)
            for each in _attributes(annotation, scheme)
        },
    }
    fields = [Field("note", "Note", "note", now["note"])]
    labels = next((kind.labels for kind in scheme.kinds if kind.name == annotation.kind), ())
    if labels or annotation.label:
        options = tuple(Option(each.key, each.name, each.name) for each in labels)
        fields.append(Field("label", "Label", "choice", now.get("label"), options))
    return [
        *fields,
        *(_field(each, now.get(each.name)) for each in _attributes(annotation, scheme)),
    ]


def _attributes(annotation: Annotation, scheme: Scheme) -> tuple[Attribute, ...]:
    return scheme.attributes(annotation.kind)


def _field(attribute: Attribute, value: object) -> Field:
    heading = attribute.short.capitalize()
    match attribute.type:
        case "choice":
            keys = _first_letters(attribute.values)
            options = tuple(
                Option(key, words, words) for key, words in zip(keys, attribute.values, strict=True)
            )
            return Field(attribute.name, heading, "choice", value, options)
        case "flag":
            so = value or None
            return Field(attribute.name, heading, "choice", so, _YES_NO, required=True)
        case "number":
            return Field(attribute.name, heading, "number", value)
        case "text":
            return Field(attribute.name, heading, "line", value)


def of_document(document: Document, draft: Mapping[str, object] | None = None) -> list[Field]:
    """What a document's card has, as it is or as `draft` has it."""
    names = ("note", "title", "url", "author", "published", "state")
    now = draft or {name: getattr(document, name) for name in names}
    states = tuple(
        Option(key, words, words) for key, words in zip(_STATE_KEYS, STATES, strict=True)
    )
    return [
        Field("title", "Title", "line", now["title"]),
        Field("url", "URL", "line", now["url"]),
        Field("author", "Author", "line", now["author"]),
        Field("published", "Date", "line", now["published"]),
        Field("state", "State", "choice", now["state"], states, required=True),
        Field("note", "Note", "note", now["note"]),
    ]


def _first_letters(words: tuple[str, ...]) -> list[str]:
    """A key for each word: its first letter that no word before it has taken."""
    keys: list[str] = []
    for word in words:
        keys.append(
            next((letter for letter in word if letter.isalpha() and letter not in keys), "")
        )
    return keys
