"""A JSON whose rows make no sense is no sound one, though it parses: it is rebuilt or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import StoreError
from tests.model.build import TEXT, record_id
from tests.storage.build import (
    CLAIM,
    CUE,
    LINK,
    SOURCE,
    Turn,
    begun,
    every_byte,
    field,
    missing,
    opened,
    put,
    rewrite,
    shelf,
    state_of,
)

BROKEN: list[tuple[Turn, str]] = [
    (field("_meta", "schema", "1"), "no number of a schema"),
    (field("_meta", "schema", True), "no number of a schema"),
    (field("_meta", "schema", 0), "no number of a schema"),
    (missing("_meta", "schema"), "no number of a schema"),
    (field("_meta", "format", "writer"), "not written by reader"),
    (lambda tables: tables.pop("_meta"), "not written by reader"),
    (lambda tables: tables.pop("document"), "0 documents instead of one"),
    (lambda tables: tables["document"].clear(), "0 documents instead of one"),
    (put("document", "2", {}), "2 documents instead of one"),
    (missing("document", "id"), "document, id None"),
    (missing("document", "length"), "`length`"),
    (field("document", "length", "170"), "$.length"),
    (field("document", "revisions", [{"sha256": "0"}]), "$.revisions[0]"),
    (missing("annotations", "kind"), "`kind`"),
    (field("annotations", "kind", 7), "$.kind"),
    (field("annotations", "fragments", []), "make no sense"),
    (field("annotations", "fragments", [[5, 5]]), "make no sense"),
    (field("annotations", "fragments", [[9, 5]]), "make no sense"),
    (field("annotations", "fragments", [[-3, 5]]), "make no sense"),
    (field("annotations", "fragments", [[0, 9], [5, 12]]), "make no sense"),
    (field("annotations", "fragments", [[9, 12], [0, 5]]), "make no sense"),
    (field("annotations", "fragments", [[0, 4], [5, 9]]), "make no sense"),
    (field("annotations", "fragments", [[0, 4, 5]]), "$.fragments[0]"),
    (field("annotations", "fragments", [[0.5, 4]]), "$.fragments[0]"),
    (field("annotations", "fragments", [[0, len(TEXT) + 1]]), "lies outside the text"),
    (field("annotations", "quote", "word"), "$.quote"),
    (field("annotations", "attributes", []), "$.attributes"),
    (field("annotations", "id", SOURCE.id), "the same id"),
    (put("annotations", "9", 5), "no file of tables"),
    (field("links", "to", record_id(99)), f"hangs on '{record_id(99)}'"),
    (field("links", "via", record_id(98)), f"hangs on '{record_id(98)}'"),
    (field("links", "from", None), "$.from`"),
    (lambda tables: tables["annotations"].pop("1"), "which is not there"),
    (put("removed", "1", {"rev": 1}), "does not say what was removed"),
]


@pytest.mark.parametrize(("turn", "said"), BROKEN)
def test_a_json_that_makes_no_sense_is_told_from_a_sound_one(
    tmp_path: Path, turn: Turn, said: str
) -> None:
    file = begun(tmp_path, CLAIM, SOURCE, CUE, LINK)
    truth = state_of(file.path)
    rewrite(file.path, turn)
    broken = file.path.read_bytes()
    hands = opened(tmp_path)
    (remark,) = hands.remarks
    assert said in remark
    assert "nothing that reader saved is missing" in remark
    assert state_of(file.path) == truth
    (kept,) = shelf(tmp_path).quarantine.iterdir()
    assert kept.read_bytes() == broken


@pytest.mark.parametrize(("turn", "said"), BROKEN)
def test_with_nothing_else_left_it_is_refused_with_what_is_wrong(
    tmp_path: Path, turn: Turn, said: str
) -> None:
    file = begun(tmp_path, CLAIM, SOURCE, CUE, LINK)
    shelf(tmp_path).journal.unlink()
    rewrite(file.path, turn)
    before = every_byte(tmp_path)
    with pytest.raises(StoreError) as caught:
        opened(tmp_path)
    assert str(file.path) in caught.value.title
    assert said in caught.value.cause
    assert every_byte(tmp_path) == before
