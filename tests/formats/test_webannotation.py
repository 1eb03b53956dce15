"""Web Annotations: what the standard asks for, and what other tools write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.formats.codec import Content
from reader.formats.webannotation import WEBANNOTATION
from reader.formats.webannotation_quotes import Quote, Quoter, places
from reader.formats.webannotation_terms import (
    is_iri,
    is_own_iri,
    record_iri,
    record_name,
    text_iri,
    text_sha256,
)
from reader.model.plain import to_plain
from tests.formats.fixtures import ARTICLE, FIXTURES, content
from tests.formats.strategies import contents, scripts
from tests.formats.trip import decoded, encoded, said
from tests.model.build import of, record_id

DATA = Path(__file__).parent / "data"


def items(made: Any) -> list[dict[str, Any]]:
    (files,) = made.files
    return json.loads(files.main)["first"]["items"]


# Out ----------------------------------------------------------------------------------------------


def test_a_split_claim_has_a_target_for_each_part_with_two_selectors() -> None:
    claim = next(
        each
        for each in items(encoded(WEBANNOTATION, FIXTURES["article"]))
        if isinstance(each["target"], list)
    )
    assert [each["part"] for each in claim["target"]] == [1, 2]
    assert claim["motivation"] == "tagging"
    assert [each["value"] for each in claim["body"]] == ["claim", "quotation", "Which letters?"]
    assert [each["purpose"] for each in claim["body"]] == ["tagging", "tagging", "commenting"]
    assert claim["attributes"] == {"status": "unchecked", "priority": 2}
    for target in claim["target"]:
        where, what = target["selector"]
        assert ARTICLE[where["start"] : where["end"]] == what["exact"]
        assert ARTICLE[: where["start"]].endswith(what["prefix"])
        assert ARTICLE[where["end"] :].startswith(what["suffix"])


def test_a_link_is_an_annotation_of_the_claim() -> None:
    link = next(
        each
        for each in items(encoded(WEBANNOTATION, FIXTURES["article"]))
        if each["motivation"] == "linking"
    )
    assert link["target"] == f"urn:uuid:{record_id(1)}"
    assert link["body"][0] == f"urn:uuid:{record_id(2)}"
    assert link["body"][1]["value"] == "attribution"
    assert link["cue"] == f"urn:uuid:{record_id(3)}"


def test_positions_are_code_points_unless_something_else_is_asked_for() -> None:
    made = content("😀 said", of("said", 1, text="😀 said"))
    for units, start in (("codepoints", 2), ("utf16", 3), ("bytes", 5)):
        out = encoded(WEBANNOTATION, [made], units=units)
        (item,) = items(out)
        assert item["target"]["selector"][0]["start"] == start
        (back,), _ = decoded(WEBANNOTATION, out, [made], units=units)
        assert said(back) == said(made)


def expanded(data: bytes) -> tuple[Any, list[Any]]:
    """The JSON-LD without its context, and the keys that were dropped on the way."""
    jsonld = pytest.importorskip("pyld.jsonld")
    context = json.loads((DATA / "anno.jsonld").read_bytes())

    def load(url: str, options: Any) -> dict[str, Any]:
        assert url == "http://www.w3.org/ns/anno.jsonld", "nothing else is loaded"
        return {
            "contextUrl": None,
            "documentUrl": url,
            "document": context,
            "contentType": "application/ld+json",
        }

    dropped: list[Any] = []
    value = jsonld.expand(json.loads(data), {"documentLoader": load}, dropped.append)
    return value, dropped


def leaves(value: Any) -> list[Any]:
    """All that is neither a list nor an object; JSON literals as they are."""
    if isinstance(value, dict):
        if value.get("@type") == "@json":
            return [json.dumps(value["@value"], sort_keys=True)]
        return [
            leaf
            for name, each in value.items()
            if name not in ("@type", "@id")
            for leaf in leaves(each)
        ]
    if isinstance(value, list):
        return [leaf for each in value for leaf in leaves(each)]
    return [value]


def written(value: Any, name: str = "") -> list[Any]:
    """The same of what was written: what names or types something is no leaf of it."""
    if name in ("attributes", "more"):
        return [json.dumps(value, sort_keys=True)]
    if name in ("@context", "id", "type", "motivation", "purpose", "source", "cue", "partOf"):
        return []
    if isinstance(value, dict):
        return [leaf for key, each in value.items() for leaf in written(each, key)]
    if isinstance(value, list):
        return [leaf for each in value for leaf in written(each, name)]
    if name in ("body", "target") and isinstance(value, str):
        return []
    return [value]


def keys(value: Any) -> int:
    """How many keys an object has with all that is in it, JSON literals apart."""
    if isinstance(value, dict):
        return sum(
            1 + (keys(each) if name not in ("attributes", "more") else 0)
            for name, each in value.items()
            if name != "@context"
        )
    return sum(map(keys, value)) if isinstance(value, list) else 0


def expanded_keys(value: Any) -> int:
    if isinstance(value, dict):
        if "@value" in value or value.keys() == {"@list"}:
            return keys_of_list(value)
        return sum(
            (1 if not name.startswith("@") or name in ("@type",) else 0) + expanded_keys(each)
            for name, each in value.items()
        )
    return sum(map(expanded_keys, value)) if isinstance(value, list) else 0


def keys_of_list(value: dict[str, Any]) -> int:
    return expanded_keys(value["@list"]) if "@list" in value else 0


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("fixture", FIXTURES)
def test_every_key_has_a_meaning_in_json_ld(fixture: str) -> None:
    (files,) = encoded(WEBANNOTATION, FIXTURES[fixture]).files
    value, dropped = expanded(files.main)
    assert dropped == []
    raw = json.loads(files.main)
    assert sorted(map(str, leaves(value))) == sorted(map(str, written(raw)))
    for name in all_of(raw, "id"):
        assert is_iri(name)
        assert name in json.dumps(value)
    # what names a thing is there as @id, all else under the IRI of its key
    assert expanded_keys(value) == keys(raw) - len(list(all_of(raw, "id")))


def all_of(value: Any, name: str) -> list[Any]:
    if isinstance(value, dict):
        own = [value[name]] if name in value else []
        return own + [
            found
            for key, each in value.items()
            if key not in ("@context", "attributes", "more")
            for found in all_of(each, name)
        ]
    return (
        [found for each in value for found in all_of(each, name)] if isinstance(value, list) else []
    )


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_positions_and_times_are_typed_in_json_ld() -> None:
    (files,) = encoded(WEBANNOTATION, FIXTURES["crlf"]).files
    written = json.dumps(expanded(files.main)[0])
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert f'"http://www.w3.org/ns/oa#start": [{{"@type": "{xsd}nonNegativeInteger"' in written
    assert f'"http://purl.org/dc/terms/created": [{{"@type": "{xsd}dateTime"' in written


# Quotations ---------------------------------------------------------------------------------------


def test_context_is_lengthened_until_it_fits_one_place() -> None:
    text = f"{'a ' * 60}one {'b ' * 60}two {'a ' * 60}three {'b ' * 60}two {'a ' * 60}four"
    quoter = Quoter(text)
    for at in places(text, "two", 9):
        exact, prefix, suffix = quoter.quote(at, at + 3)
        assert exact == "two"
        assert places(text, f"{prefix}{exact}{suffix}", 9) == [at - len(prefix)]
        assert len(prefix) > 32


def test_context_stays_short_where_no_length_helps() -> None:
    text = "nothing new. " * 20_000
    exact, prefix, suffix = Quoter(text).quote(130_000, 130_007)
    assert (len(exact), len(prefix), len(suffix)) == (7, 32, 32)


def test_rules_of_dashes_do_not_hide_that_a_place_is_the_only_one() -> None:
    text = "".join(f"{'-' * 70}\nName {at}\n{'-' * 70}\nsaid\n" for at in range(2000))
    quoter = Quoter(text)
    for at in places(text, "said", 2000)[::200]:
        exact, prefix, suffix = quoter.quote(at, at + 4)
        assert text.count(f"{prefix}{exact}{suffix}") == 1


@settings(max_examples=200)
@given(st.data())
def test_a_quotation_fits_its_place_alone_where_the_text_is_not_long(data: st.DataObject) -> None:
    text = data.draw(scripts) * data.draw(st.integers(1, 150))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    exact, prefix, suffix = Quoter(text).quote(start, end)
    assert text[start - len(prefix) : end + len(suffix)] == f"{prefix}{exact}{suffix}"
    if len(text) <= 4096:
        assert places(text, f"{prefix}{exact}{suffix}", 2) == [start - len(prefix)]


def test_a_quotation_at_the_edges_has_less_round_it() -> None:
    assert Quoter("abc").quote(1, 2) == Quote("b", "a", "c")
    assert Quoter("abc").quote(0, 3) == Quote("abc", "", "")


# In: ours -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("fixture", FIXTURES)
def test_ours_comes_back_in_every_field(fixture: str) -> None:
    given = FIXTURES[fixture]
    back, report = decoded(WEBANNOTATION, encoded(WEBANNOTATION, given), given)
    assert [*report.remarks] == []
    assert whole(back) == whole(given)


@given(contents())
def test_any_comes_back_in_every_field(made: Content) -> None:
    back, _ = decoded(WEBANNOTATION, encoded(WEBANNOTATION, [made]), [made])
    assert whole(back) == whole([made])


def whole(given: Any) -> Any:
    """All that is said, but for what stays at home."""
    home = (
        "paths",
        "bytes_sha256",
        "bytes",
        "position",
        "opened",
        "revisions",
        "created",
        "updated",
        "rev",
    )
    return json.loads(
        json.dumps(
            [
                [
                    {
                        name: each
                        for name, each in to_plain(record).items()
                        if name not in home or (name != "rev" and record is not one.document)
                    }
                    for record in (one.document, *one.annotations, *one.links)
                ]
                for one in given
            ]
        )
    )


def test_names_that_are_no_uuids_are_iris_too() -> None:
    for name in ("T1", "a b/ü#%", "urn:uuid:x"):
        assert is_iri(record_iri(name))
        assert is_own_iri(record_iri(name))
        assert record_name(record_iri(name)) == name
    assert record_name("https://example.org/a") == "https://example.org/a"
    assert record_name(f"urn:uuid:{record_id(10).upper()}") == record_id(10)
    assert text_sha256(text_iri("0" * 64)) == "0" * 64
    assert text_sha256("urn:sha256:..") is None
