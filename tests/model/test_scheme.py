"""The default scheme, and what it refuses."""

from __future__ import annotations

import pytest

from reader.errors import InputError
from reader.model.scheme import DEFAULT, Attribute, Kind, Scheme


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


# Attributes ---------------------------------------------------------------------------------------


def test_what_fact_checkers_say_of_claims() -> None:
    kinds = {each.name: each for each in DEFAULT.attributes("claim")}
    assert {name: each.type for name, each in kinds.items()} == {
        "priority": "choice",
        "status": "choice",
        "check_note": "text",
    }
    assert kinds["status"].values[:2] == ("unchecked", "supported")
    assert kinds["check_note"].short == "check note"
    assert kinds["status"].short == "status"
    assert DEFAULT.attributes("rumour") == ()


def test_attributes_share_no_name_and_no_key() -> None:
    for kind in DEFAULT.kinds:
        for values in ([a.name for a in kind.attributes], [a.key for a in kind.attributes]):
            assert len(values) == len(set(values))


OWN = Scheme(
    "own",
    (
        Kind(
            "rumour",
            "Rumours",
            "r",
            look="wash",
            natural="statement",
            attributes=(
                Attribute("heard", "h", "flag"),
                Attribute("times", "t", "number"),
                Attribute("where", "w", "text"),
                Attribute("sure", "s", "choice", ("yes", "no")),
            ),
        ),
        Kind("word", "Words", "w", look="bold", natural="name"),
    ),
    (),
)


@pytest.mark.parametrize(
    ("name", "value"),
    [("heard", True), ("heard", False), ("times", 3), ("times", -0.5), ("where", "“there”\n"),
     ("sure", "yes"), ("sure", None)],
)  # fmt: skip
def test_values_that_an_attribute_can_have(name: str, value: object) -> None:
    OWN.check_attribute("rumour", name, value)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("heard", 1, "heard cannot be '1'. It is true or false."),
        ("times", True, "times cannot be 'True'. Its value is a number."),
        ("times", float("nan"), "times cannot be 'nan'. Its value is a number."),
        ("times", "3", "times cannot be '3'. Its value is a number."),
        ("where", 3, "where cannot be '3'. Its value is words."),
        ("sure", "maybe", "sure cannot be 'maybe'. It is one of: yes, no."),
        ("colour", "red", "has no attribute 'colour'. Its attributes are: heard, times, where"),
        ("unattributed", True, "Say that the claim has no source"),
    ],
)
def test_other_values_are_refused(name: str, value: object, said: str) -> None:
    with pytest.raises(InputError) as caught:
        OWN.check_attribute("rumour", name, value)
    assert said in str(caught.value)


def test_a_kind_without_attributes_says_so() -> None:
    with pytest.raises(InputError, match="It has no attributes"):
        OWN.check_attribute("word", "colour", "red")
    with pytest.raises(InputError, match="no kind 'gossip'"):
        OWN.check_attribute("gossip", "colour", "red")


# Links --------------------------------------------------------------------------------------------


def test_links_beside_attribution() -> None:
    assert [(each.name, each.from_kind, each.to_kind, each.mutual) for each in DEFAULT.links] == [
        ("attribution", "claim", "source", False),
        ("about", "claim", "entity", False),
        ("same as", "entity", "entity", True),
        ("contradicts", "claim", "claim", True),
    ]
    keys = [each.key for each in DEFAULT.links]
    assert len(keys) == len(set(keys))
    assert all(each.forth and each.back for each in DEFAULT.links)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("claim", ["attribution", "about", "contradicts"]),
        ("entity", ["about", "same as"]),
        ("source", ["attribution"]),
        ("cue", []),
    ],
)
def test_links_that_a_kind_can_have(kind: str, names: list[str]) -> None:
    assert [each.name for each in DEFAULT.links_for(kind)] == names
