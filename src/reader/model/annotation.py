"""One mark on a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct, field

from reader.model.fragment import Fragments
from reader.model.names import EXTRA

Anchor = Literal["same", "moved", "changed", "orphan"]
"""How sure the place of a mark is; anything but "same" is shown as such."""

UNATTRIBUTED: Final = "unattributed"
"""The claim's attribute that says "nobody is named as its source": a value, not an omission."""


class Annotation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One mark: a kind, an optional label, and one or more fragments (a split quote is one claim).

    `quote` has one string per fragment and equals the text there. `origin["by"]` is one of hand,
    suggested, imported. `foreign` keeps what another format brought and the model has no word for;
    `extra` the fields that a later version wrote. The mappings are never changed in place.
    """

    id: str
    kind: str
    label: str | None
    fragments: Fragments
    quote: tuple[str, ...]
    prefix: str = ""
    suffix: str = ""
    anchor: Anchor = "same"
    attributes: Mapping[str, object] = field(default_factory=dict)
    note: str = ""
    foreign: Mapping[str, object] = field(default_factory=dict)
    annotator: str
    origin: Mapping[str, object] = field(default_factory=lambda: {"by": "hand"})
    created: str
    updated: str
    rev: int = 1
    extra: Mapping[str, object] = field(default_factory=dict, name=EXTRA)

    @property
    def start(self) -> int:
        return self.fragments[0].start

    @property
    def end(self) -> int:
        return self.fragments[-1].end

    @property
    def unattributed(self) -> bool:
        return self.attributes.get(UNATTRIBUTED) is True

    @property
    def words(self) -> str:
        """The marked words on one line, split parts joined by an ellipsis."""
        return " … ".join(" ".join(part.split()) for part in self.quote)


def reading_order(annotation: Annotation) -> tuple[int, int, str, str]:
    """The order everywhere: by first start, then last end, kind, id."""
    return annotation.start, annotation.end, annotation.kind, annotation.id
