"""A typed, directed tie between two annotations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from reader.model.names import EXTRA

ATTRIBUTION: Final = "attribution"
"""The link that matters: `from_id` the claim, `to_id` its source, `via_id` the cue or None."""


class Link(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A tie between two annotations. The mappings are never changed in place."""

    id: str
    type: str
    from_id: str = field(name="from")
    to_id: str = field(name="to")
    via_id: str | None = field(default=None, name="via")
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
    def ends(self) -> tuple[str, ...]:
        """The ids it hangs on, the cue's included."""
        both = (self.from_id, self.to_id)
        return both if self.via_id is None else (*both, self.via_id)
