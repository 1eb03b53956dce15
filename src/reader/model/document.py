"""One text, exactly as decoded, and what is known about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

from msgspec import Struct, field

from reader.model.names import EXTRA

State = Literal["new", "in progress", "done", "done with nothing found", "needs review"]
"""How far the work on a document is."""

STATES: Final[tuple[State, ...]] = get_args(State)


class Revision(Struct, frozen=True, kw_only=True):
    """A text this document has had, by the SHA-256 of the text written as UTF-8."""

    sha256: str
    seen: str


class Document(Struct, frozen=True, kw_only=True):
    """What is known of a text. `length` and `position` count code points, `bytes` the file's bytes.

    `sha256` is that of the exact text written as UTF-8, `bytes_sha256` that of the file. `position`
    is where the reader was; `opened` when. Those two are no part of the person's work: they change
    without a trace in the history.
    """

    id: str
    title: str
    paths: tuple[str, ...] = ()
    sha256: str
    bytes_sha256: str = ""
    bytes: int = 0
    length: int
    encoding: str = "utf-8"
    newline: str = "lf"
    url: str | None = None
    author: str | None = None
    published: str | None = None
    state: State = "new"
    note: str = ""
    attributes: Mapping[str, object] = field(default_factory=dict)
    position: int = 0
    opened: str | None = None
    revisions: tuple[Revision, ...] = ()
    created: str
    updated: str
    extra: Mapping[str, object] = field(default_factory=dict, name=EXTRA)
