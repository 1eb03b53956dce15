"""The default scheme, and what it refuses."""

from __future__ import annotations

import pytest

from reader.errors import InputError
from reader.model.scheme import DEFAULT


def test_kinds_of_the_design() -> None:
    assert [kind.name for kind in DEFAULT.kinds] == ["entity", "claim", "source", "cue"]
    link = DEFAULT.link("attribution")
    assert (link.from_kind, link.to_kind, link.via_kind) == ("claim", "source", "cue")


def test_no_two_share_a_name_a_key_or_a_look() -> None:
    for values in (
        [kind.name for kind in DEFAULT.kinds],
        [kind.key for kind in DEFAULT.kinds],
        [kind.look for kind in DEFAULT.kinds],
        *[[label.key for label in kind.labels] for kind in DEFAULT.kinds],
        *[[label.name for label in kind.labels] for kind in DEFAULT.kinds],
    ):
        assert len(values) == len(set(values))


def test_links_join_kinds_that_there_are() -> None:
    for link in DEFAULT.links:
        for kind in (link.from_kind, link.to_kind, link.via_kind):
            assert kind is None or DEFAULT.kind(kind)


def test_every_label_and_none_are_allowed() -> None:
    for kind in DEFAULT.kinds:
        for label in (*(each.name for each in kind.labels), None):
            DEFAULT.check_label(kind.name, label)


@pytest.mark.parametrize(
    ("kind", "label", "said"),
    [
        ("rumour", None, "There is no kind 'rumour'. The kinds are: entity, claim, source, cue."),
        ("claim", "person", "The kind 'claim' has no label 'person'. Its labels are: statement,"),
        ("cue", "verb", "The kind 'cue' has no label 'verb'. It has no labels."),
    ],
)
def test_what_it_lacks_is_said_with_what_there_is(kind: str, label: str | None, said: str) -> None:
    with pytest.raises(InputError) as caught:
        DEFAULT.check_label(kind, label)
    assert said in str(caught.value)


def test_an_unknown_link_names_those_there_are() -> None:
    with pytest.raises(InputError, match="The link types are: attribution"):
        DEFAULT.link("denial")
