"""What an annotation says: tags, comments and the rest (Web Annotation Data Model, 3.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from reader.formats.webannotation_terms import is_iri

_NAMES: Final = frozenset({"tagging", "classifying", "identifying"})
"""Purposes with which a body names what is marked."""
_PLAIN: Final = frozenset({"type", "@type", "purpose", "value", "facet"})


class Bodies:
    """The bodies of one annotation, sorted."""

    def __init__(self, raw: Mapping[str, Any], motivations: Sequence[str]) -> None:
        self.tags: list[str] = []
        """Those that do not say what they are a tag for."""
        self.unread: list[Any] = []
        """Bodies that say nothing in words: images, addresses, choices."""
        self.qualified: list[Any] = []
        """Bodies that were read, and say more than their words: a language, an author."""
        self._facets: dict[str, str] = {}
        self._notes: list[str] = []
        self._naming = bool(_NAMES & set(motivations))
        for each in (*listed(raw.get("body")), *listed(raw.get("bodyValue"))):
            self._body(each)

    @property
    def note(self) -> str:
        """The comments, one below the other."""
        return "\n\n".join(self._notes)

    def tag(self, facet: str) -> str | None:
        """The tag that says it is for that."""
        return self._facets.get(facet)

    def _body(self, body: Any) -> None:
        if isinstance(body, str):
            if is_iri(body):
                self.unread.append(body)
            elif body:
                self._notes.append(body)
            return
        value = body.get("value") if isinstance(body, dict) else None
        if not isinstance(body, dict) or not isinstance(value, str):
            self.unread.append(body)
            return
        purposes = {
            each.removeprefix("oa:")
            for each in listed(body.get("purpose"))
            if isinstance(each, str)
        }
        facet = body.get("facet")
        if isinstance(facet, str) and facet not in self._facets and value:
            self._facets[facet] = value
        elif purposes & _NAMES or (self._naming and not purposes):
            self.tags += [value] if value else []
        elif value:
            self._notes.append(value)
        rest = body.keys() - _PLAIN
        if rest - {"format"} or body.get("format", "text/plain") != "text/plain":
            self.qualified.append(body)


def listed(value: Any) -> list[Any]:
    """What stands for one value or for several, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def words(value: Any) -> str | None:
    """A string that says something."""
    return value if isinstance(value, str) and value else None
