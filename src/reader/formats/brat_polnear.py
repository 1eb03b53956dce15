"""What the PolNeAR corpus calls things, and how brat files of ours name what goes with them.

In PolNeAR an attribution is an event that its Cue triggers (`E1 Attribution:T4 Content:T3 Cue:T2
Source:T1`, where T4 repeats the place of T2), or `Attribution-no-source`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Mapping
from typing import Any, Final, Required, TypedDict

from reader.formats.brat_lines import Record, name_in, name_out
from reader.model.annotation import Annotation
from reader.model.link import Link

ATTRIBUTED: Final = "Attribution"
UNSOURCED: Final = "Attribution-no-source"
EVENTS: Final = frozenset({ATTRIBUTED, UNSOURCED})
ROLES: Final = re.compile(r"(Content|Cue|Source)\d*")

KIND: Final[Mapping[str, str]] = {"Content": "claim", "Source": "source", "Cue": "cue"}
TYPE: Final[Mapping[str, str]] = {kind: type for type, kind in KIND.items()}
_OTHERS: Final = frozenset({"Discuss", "Discard", "entity"})

ENDS: Final = ("Arg1", "Arg2")
"""The roles of a relation's ends."""
TIED: Final = ("", "Arg1", "Arg2", "Via")
"""The roles of the event that stands for a link by way of a cue; it is triggered where the cue is,
and has the link's type."""

LABEL: Final = "label"
"""The attribute that holds a mark's label."""
NOTE: Final = "AnnotatorNotes"
"""The type of a note that a person wrote, as brat has it."""
ANNOTATOR: Final = "Annotator"
"""The type of the note with an annotator's name."""


def is_polnear(types: Collection[str]) -> bool:
    """Whether a file with spans of these types is one of PolNeAR's."""
    if "Content" in types or not EVENTS.isdisjoint(types):
        return True
    return not KIND.keys().isdisjoint(types) and {*KIND, *_OTHERS}.issuperset(types)


def kind_of(type: str, polnear: bool) -> str:
    """The kind that spans of this type have here."""
    return KIND[type] if polnear and type in KIND else name_in(type)


def type_of(kind: str, polnear: bool) -> str:
    """The type that marks of this kind have in brat."""
    return TYPE[kind] if polnear and kind in TYPE else name_out(kind)


def to_kept(record: Record, **more: object) -> dict[str, Any]:
    """A record as JSON, for `foreign`."""
    plain: dict[str, Any] = {
        "sort": record.sort,
        "id": record.id,
        "type": record.type,
        "args": [list(each) for each in record.args],
    }
    if record.value is not None:
        plain["value"] = record.value
    if record.text:
        plain["text"] = record.text
    return {**plain, **more}


_LEAST: Final = {"E": 1, "R": 2, "A": 1, "M": 1, "N": 1, "#": 1, "*": 1}
"""How much a kept record of each sort is about at the least."""


class KeptRecord(TypedDict, total=False):
    """What `to_kept` made."""

    sort: Required[str]
    id: Required[str]
    type: Required[str]
    args: Required[list[tuple[str, str]]]
    value: str
    text: str
    links: bool
    """Of an attribution: whether it has a source, so that links stand for it."""
    trigger: list[tuple[int, int]] | None
    """Of an attribution whose trigger is no mark: its place, None for that of the cue."""


class Kept(TypedDict, total=False):
    """What `foreign["brat"]` of a mark or a link holds; see `brat_in.py`."""

    id: str
    file: str
    type: str
    written: list[tuple[int, int]]
    records: list[KeptRecord]
    signed: bool
    """Whether the file said who made it."""
    event: str
    """Of a link: the id of the attribution that it came of."""
    roles: tuple[str, str]
    """Of a link: what its ends are called, if not as usual."""


def kept_with(record: Annotation | Link) -> Kept:
    """What brat said of a mark or a link; nothing, if that is not as it was written here."""
    value = record.foreign.get("brat")
    if value is None:
        return {}
    import msgspec

    try:
        kept = msgspec.convert(value, Kept)
    except msgspec.ValidationError:
        return {}
    names = [*kept.get("roles", ()), kept.get("type", "x")]
    for each in kept.get("records", ()):
        names += [each["type"], *(role or "x" for role, _ in each["args"])]
        if not _LEAST.get(each["sort"], sys.maxsize) <= len(each["args"]):
            return {}
    return kept if all(name_out(each) == each for each in names) else {}


def from_kept(plain: KeptRecord) -> Record:
    """The record that was kept."""
    return Record(
        *(plain["sort"], plain["id"], plain["type"], tuple(plain["args"])),
        value=plain.get("value"),
        text=plain.get("text", ""),
    )
