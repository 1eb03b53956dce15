"""Which formats there are, and which of them a file is in."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final, NamedTuple

from reader.errors import UsageError
from reader.formats.codec import Codec


class Place(NamedTuple):
    """The module and the name in it that hold a codec, and the codec's own extensions."""

    module: str
    name: str
    extensions: tuple[str, ...]


_PLACES: Final[Mapping[str, Place]] = {
    "json": Place("native", "JSON", (".json",)),
    "csv": Place("table", "CSV", (".csv",)),
    "tsv": Place("table", "TSV", (".tsv", ".tab")),
    "webannotation": Place("webannotation", "WEBANNOTATION", (".jsonld", ".json")),
    "cas-xmi": Place("cas_xmi", "XMI", (".xmi", ".xml")),
    "cas-json": Place("cas_json", "JSON_CAS", (".json",)),
    "brat": Place("brat", "BRAT", (".ann",)),
    "doccano": Place("doccano", "DOCCANO", (".jsonl",)),
    "prodigy": Place("prodigy", "PRODIGY", (".jsonl",)),
    "spacy": Place("spacy_jsonl", "SPACY", (".jsonl",)),
    "conll": Place("conll", "CONLL", (".conll", ".bio", ".iob")),
    "markdown": Place("markdown", "MARKDOWN", (".md", ".markdown")),
    "html": Place("html_report", "HTML", (".html", ".htm")),
    "claimlog": Place("claimlog", "CLAIMLOG", (".csv", ".md")),
}
"""Where a file may be in several formats, those that come first here are asked first."""

NAMES: Final = tuple(_PLACES)
HEAD: Final = 1 << 16
"""So much of a file is looked at to tell its format."""


def codec(name: str) -> Codec:
    """The codec of that name; its module is imported only now."""
    if name not in _PLACES:
        raise UsageError(
            f"There is no format '{name}'", remedy=f"The formats are: {', '.join(NAMES)}."
        )
    place = _PLACES[name]
    found: Codec = getattr(import_module(f"reader.formats.{place.module}"), place.name)
    return found


def codecs() -> list[Codec]:
    """All of them."""
    return [codec(name) for name in NAMES]


def find(name: str, head: bytes) -> Codec | None:
    """The codec that reads a file of that name which begins with these bytes, if there is one.

    Only the codecs of its extension are looked at.
    """
    for format_name, place in _PLACES.items():
        if name.lower().endswith(place.extensions):
            found = codec(format_name)
            if found.reads and found.looks_like(name, head):
                return found
    return None
