"""What is typed to see only some of the marks: words, and questions such as `kind:claim`.

All that is typed must hold. A word is looked for in the quotation, the note and the label, whatever
its case and accents; "words in quotes" stand together. A question is a name, a colon and how the
value begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from reader.model.annotation import UNATTRIBUTED, Annotation
from reader.model.layer import Layers
from reader.model.link import ATTRIBUTION
from reader.model.scheme import DEFAULT, Scheme
from reader.text.folding import fold

Wanted = Callable[[Annotation], bool]

QUESTIONS: Final = {
    "no source": "claims that lack one",
    "has note": "with a note",
    "kind:claim": "of a kind",
    "status:disputed": "by an attribute",
    "by:NAME": "of an annotator",
    "label:person": "with a label",
    "is:split": "in several parts",
}
"""Examples of what can be asked, and what each finds, for whoever explains the filter."""

_TOKEN: Final = re.compile(
    r'\b(no|has) (source|note|label)\b|([\w-]+):"([^"]*)"?|"([^"]*)"?|(\S+)', re.IGNORECASE
)


def matching(text: str, layers: Layers, scheme: Scheme = DEFAULT) -> Wanted | None:
    """Whether an annotation is one that was asked for; None when nothing is asked.

    The answer goes by the layers as they are when it is given.
    """
    tests = [
        each
        for match in _TOKEN.finditer(text)
        if (each := _test(match, layers, scheme)) is not None
    ]
    if not tests:
        return None
    if len(tests) == 1:
        return tests[0]
    return lambda annotation: all(test(annotation) for test in tests)


def _test(match: re.Match[str], layers: Layers, scheme: Scheme) -> Wanted | None:
    which, what, name, quoted, phrase, word = match.groups()
    if which:
        return _said(which.lower(), what.lower(), layers, scheme)
    if word is not None and ":" in word:
        name, _, quoted = word.partition(":")
    if name and quoted:
        asked = _asked(fold(name), fold(quoted), layers, scheme)
        if asked is not None:
            return asked
        phrase = f"{name}:{quoted}"
    elif name:
        return None  # the value is still to come
    return _words(fold(phrase if phrase is not None else word or ""))


def _said(which: str, what: str, layers: Layers, scheme: Scheme) -> Wanted | None:
    """The test for "no source", "has note" and the like."""
    if what == "source":
        return _is("unsourced" if which == "no" else "sourced", layers)
    test = _has(what, scheme)
    if test is None or which == "has":
        return test
    return lambda annotation: not test(annotation)


def _words(wanted: str) -> Wanted | None:
    if not wanted:
        return None

    def holds(annotation: Annotation) -> bool:
        return (
            wanted in fold(annotation.words)
            or (annotation.note != "" and wanted in fold(annotation.note))
            or (annotation.label is not None and wanted in fold(annotation.label))
        )

    return holds


def _asked(name: str, value: str, layers: Layers, scheme: Scheme) -> Wanted | None:
    """The test for a question; None when there is no such question."""
    match name:
        case "kind":
            return lambda annotation: fold(annotation.kind).startswith(value)
        case "label" if value in ("none", "-"):
            return lambda annotation: annotation.label is None
        case "label":
            return lambda annotation: fold(annotation.label or "").startswith(value)
        case "by":
            return lambda annotation: fold(annotation.annotator).startswith(value)
        case "has":
            return _has(value, scheme)
        case "is":
            return _is(value, layers)
    attribute = _attribute(name, scheme)
    if attribute is None:
        return None
    return lambda annotation: _value(annotation, attribute).startswith(value)


def _has(what: str, scheme: Scheme) -> Wanted | None:
    match what:
        case "note":
            return lambda annotation: annotation.note != ""
        case "label":
            return lambda annotation: annotation.label is not None
    attribute = _attribute(what, scheme)
    if attribute is None:
        return None
    return lambda annotation: _value(annotation, attribute) != ""


def _is(what: str, layers: Layers) -> Wanted | None:
    match what:
        case "unsourced":
            return lambda each: each.kind == "claim" and layers.lacks_source(each)
        case "sourced":
            return lambda each: bool(layers.links_from(each.id, ATTRIBUTION))
        case "unattributed":
            return lambda each: each.unattributed
        case "split":
            return lambda each: len(each.fragments) > 1
        case "uncertain":
            return lambda each: each.anchor != "same"
    return None


def _attribute(name: str, scheme: Scheme) -> str | None:
    """The attribute that is called so, with a blank, a hyphen or an underscore between words."""
    known = {each.name for kind in scheme.kinds for each in kind.attributes} - {UNATTRIBUTED}
    return next((each for each in sorted(known) if _plain(each) == _plain(name)), None)


def _plain(name: str) -> str:
    return fold(name).replace("_", "-").replace(" ", "-")


def _value(annotation: Annotation, attribute: str) -> str:
    value = annotation.attributes.get(attribute)
    return "" if value is None else fold(str(value))
