"""What was read from a document's files, before anything is done about it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct, field

from reader.errors import StoreError
from reader.model.change import Change, Edit
from reader.model.layer import Layers
from reader.storage.journal import Op
from reader.storage.layout import Stamp
from reader.storage.state import State, read_layers


class Reading(Struct):
    """What a document's files say, and what has to be put right in them before they are written."""

    state: State
    layers: Layers | None = None
    """The state's records, where reading them was needed already."""
    line: str = ""
    """The checksum of the last change in the journal."""
    end: int = 0
    """Where the journal is to be followed from."""
    stamp: Stamp | None = None
    """The JSON file as it was read."""
    written: int = -1
    """The last change that the JSON includes; -1 when it is not to be trusted."""
    migrated: bool = False
    """Whether the JSON is in an older schema: it is written with the first save."""
    remarks: list[str] = field(default_factory=list)
    read_only: StoreError | None = None
    broken: list[Path] = field(default_factory=list)
    """Files whose bytes go to quarantine before they are replaced."""
    rewrite_journal: bool = False
    alien: bool = False
    """Whether the journal is another document's."""
    outside: list[Edit] = field(default_factory=list)
    """What was found in the file and is in no journal: to be made a change."""
    foreign: list[Op] = field(default_factory=list)
    """The same in tables that this version has no word for."""
    missing: int = 0
    """How many changes are in no file any more."""
    stale: bool = False
    """Whether the JSON has to be written even so, because it is gone or lacks what is here."""
    new_base: bool = False
    """Whether the JSON holds what backup and journal do not lead to: it becomes the backup."""

    @property
    def needs_mending(self) -> bool:
        found = self.broken or self.outside or self.foreign
        return bool(found or self.rewrite_journal or self.alien or self.stale)


def changed_outside(edits: Iterable[Edit], state: State | None = None) -> Change:
    """What somebody did without `reader`, as a change; when is what the state they led to says."""
    at = "" if state is None else str(state.document["updated"])
    return Change(tuple(edits), "outside", "", at, "outside")


def layers_of(reading: Reading) -> Layers:
    """The records of a reading with what was done outside, as they will be once that is written
    down. Raises StoreError when one of them is damaged."""
    if not reading.outside:
        return reading.layers or read_layers(reading.state.tables, reading.state.path)
    layers = read_layers(reading.state.tables, reading.state.path)
    layers.apply(changed_outside(reading.outside))
    return layers
