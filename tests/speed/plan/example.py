"""The worked example of the design: a person, a claim, and that the one says the other."""

from __future__ import annotations

from typing import Final

from plan.gold import Article, Attribution, Span
from plan.hands import Pane, article_pane
from plan.planner import Plan, Planner
from reader.model.fragment import Fragment

TEXT: Final = """\
Pentagon chief says troops will stay in Syria
WASHINGTON - U.S. Defense Secretary Mark Esper said on Monday that some troops would stay near \
oil fields in northeastern Syria.
The plan has not been approved, according to two officials who spoke on condition of anonymity.
"""
ENTITY: Final = "person"


def example(pane: Pane | None = None) -> Plan:
    """Its plan: in the person's own order, the name is marked as an entity too."""
    name = _place("Mark Esper")
    claim = Span("claim", (_place(TEXT.splitlines()[1].rstrip(".")),))
    source = Span("source", (name,))
    entity = Span("entity", (name,))
    attribution = Attribution([claim], [source], [])
    article = Article("the worked example", TEXT, (entity, source, claim), (attribution,))
    return Planner(article, pane or article_pane()).plan()


def _place(words: str) -> Fragment:
    at = TEXT.index(words)
    return Fragment(at, at + len(words))
