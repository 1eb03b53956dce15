"""A person at work: tagging, labels, undo, search and clicks, without a screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import InputError
from reader.model.scheme import Kind
from reader.text.search import Query
from reader.workspace import selection as motion
from reader.workspace.desk import Desk
from tests.model.build import TEXT
from tests.workspace.build import library, written


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(library(tmp_path).open(written(tmp_path, TEXT)))


def kind(desk: Desk, name: str) -> Kind:
    return desk.session.scheme.kind(name)


def go(desk: Desk, words: str) -> None:
    desk.move_to(TEXT.index(words))


def select(desk: Desk, words: str) -> None:
    at = TEXT.index(words)
    desk.select(motion.hard((at, at + len(words))))


def selected(desk: Desk) -> str:
    return TEXT[desk.selection.start : desk.selection.end]


def tag(desk: Desk, words: str, name: str, label: str | None = None) -> str:
    select(desk, words)
    return desk.tag(kind(desk, name), label)


def marks(desk: Desk) -> list[tuple[str, str | None, str]]:
    return [(each.kind, each.label, each.words) for each in desk.layers.annotations]


# Moving -------------------------------------------------------------------------------------------


def test_a_count_moves_as_far_as_it_goes(desk: Desk) -> None:
    desk.move(motion.next_word, 3)
    assert selected(desk) == "fire"
    desk.move(motion.next_word, 999)
    assert selected(desk) == "port"


def test_extending_to_a_position_takes_in_its_word(desk: Desk) -> None:
    go(desk, "Ines")
    desk.extend_to(TEXT.index("nothing") + 2)
    assert selected(desk) == "Ines Varga, “and nothing"
    desk.extend_to(TEXT.index("warned"))
    assert selected(desk).startswith("warned")


def test_tagged_names_are_no_candidates(desk: Desk) -> None:
    tag(desk, "Ines Varga", "entity", "person")
    desk.move_to(0)
    found = []
    while desk.to_candidate(1):
        found.append(selected(desk))
    assert "Ines Varga" not in found
    assert found == ["Monday", "We had warned them twice", "and nothing was done"]
    assert not desk.to_candidate(1)
    assert selected(desk) == found[-1]
    assert desk.to_candidate(-1, 2)
    assert selected(desk) == "Monday"


def test_marks_are_gone_through_in_reading_order(desk: Desk) -> None:
    tag(desk, "a clerk", "source")
    tag(desk, "A fire destroyed", "claim")
    tag(desk, "Ines Varga", "source")
    desk.move_to(0)
    order = ["A fire destroyed", "Ines Varga", "a clerk"]
    for words in order:
        assert desk.to_mark(1)
        assert (selected(desk), desk.current and desk.current.words) == (words, words)
    assert not desk.to_mark(1)
    assert desk.to_mark(-1, 2)
    assert selected(desk) == order[0]
    assert not desk.to_mark(-1)


def test_cycling_goes_through_the_marks_that_lie_here(desk: Desk) -> None:
    tag(desk, "A fire destroyed two warehouses", "claim")
    tag(desk, "two warehouses", "entity", "place")
    go(desk, "warehouses")
    seen = []
    for _ in range(3):
        assert desk.current is not None
        seen.append(desk.current.kind)
        assert desk.cycle() == 2
    assert seen[0] != seen[1]
    assert seen[0] == seen[2]
    go(desk, "clerk")
    assert desk.cycle() == 0


# Marking ------------------------------------------------------------------------------------------


def test_what_was_tagged_is_selected_and_current(desk: Desk) -> None:
    go(desk, "Varga")
    assert desk.tag(kind(desk, "entity"), "person") == "Tagged “Ines Varga” as person"
    assert selected(desk) == "Ines Varga"
    assert desk.current is not None
    assert desk.current.quote == ("Ines Varga",)


def test_a_twin_gets_the_label_and_no_second_mark_is_made(desk: Desk) -> None:
    tag(desk, "Ines Varga", "entity", "person")
    assert desk.twin(kind(desk, "entity")) == desk.current
    assert desk.twin(kind(desk, "source")) is None
    twin = desk.twin(kind(desk, "entity"))
    assert twin is not None
    desk.describe(twin, label="person", note="a note that stays")
    assert "group" in desk.relabel(twin, "group")
    assert marks(desk) == [("entity", "group", "Ines Varga")]
    assert desk.layers.get(twin.id).note == "a note that stays"
    assert "already" in desk.relabel(twin, "group")
    desk.tag(kind(desk, "source"))
    assert len(marks(desk)) == 2


def test_what_is_marked_may_be_settled_before_the_label(desk: Desk) -> None:
    go(desk, "Varga")
    settled = desk.target(kind(desk, "entity"))
    go(desk, "clerk")
    desk.tag(kind(desk, "entity"), "person", settled)
    assert marks(desk) == [("entity", "person", "Ines Varga")]


def test_a_split_quotation_is_one_mark_of_two_parts(desk: Desk) -> None:
    go(desk, "warned")
    desk.tag(kind(desk, "claim"))
    (made,) = desk.layers.annotations
    assert made.quote == ("We had warned them twice", "and nothing was done")
    assert [TEXT[start:end] for start, end in made.fragments] == list(made.quote)


def test_deleting_takes_the_links_along_and_undo_brings_all_back(desk: Desk) -> None:
    tag(desk, "Ines Varga", "source")
    tag(desk, "We had warned them twice", "claim")
    assert desk.current is not None
    desk.attribute(desk.current, desk.partners()[0])
    before = (marks(desk), [link.to_id for link in desk.layers.links])
    (source,) = [each for each in desk.layers.annotations if each.kind == "source"]
    said = desk.delete(source)
    assert said.startswith("Deleted the source “Ines Varga”")
    assert (len(desk.layers), desk.layers.links) == (1, [])
    desk.move_to(0)
    assert desk.undo().startswith("Undone: ")
    assert (marks(desk), [link.to_id for link in desk.layers.links]) == before


def test_undo_and_redo_go_to_the_place(desk: Desk) -> None:
    tag(desk, "a clerk", "source")
    desk.move_to(0)
    assert desk.undo() == "Undone: tagged “a clerk” as source"
    assert selected(desk) == "a clerk"
    assert desk.current is None
    desk.move_to(0)
    assert desk.redo() == "Redone: tagged “a clerk” as source"
    assert selected(desk) == "a clerk"
    assert desk.current is not None
    assert desk.redo() == "There is nothing to be redone"
    desk.undo()
    assert desk.undo() == "There is nothing to be undone"


# Attributing --------------------------------------------------------------------------------------


def test_attributing_works_from_either_end(desk: Desk) -> None:
    tag(desk, "officials", "source")
    tag(desk, "A fire destroyed two warehouses", "claim")
    (source,) = desk.partners()
    claim = desk.current
    assert claim is not None
    assert "officials" in desk.attribute(claim, source)
    assert [other.words for _, other in desk.attributions(claim)] == ["officials"]
    desk.undo()
    desk.visit(source)
    (offered,) = desk.partners()
    desk.attribute(source, offered)
    assert [other.words for _, other in desk.attributions(source)] == [claim.words]
    assert [(link.from_id, link.to_id) for link in desk.layers.links] == [(claim.id, source.id)]


def test_no_source_is_a_value_and_takes_the_link_back(desk: Desk) -> None:
    tag(desk, "officials", "source")
    tag(desk, "A fire destroyed two warehouses", "claim")
    assert desk.current is not None
    desk.attribute(desk.current, desk.partners()[0])
    desk.no_source(desk.current)
    assert desk.current.unattributed
    assert desk.layers.links == []
    assert "already" in desk.no_source(desk.current)
    desk.attribute(desk.current, desk.partners()[0])
    assert not desk.current.unattributed


def test_attributing_again_changes_nothing(desk: Desk) -> None:
    tag(desk, "officials", "source")
    tag(desk, "A fire destroyed two warehouses", "claim")
    assert desk.current is not None
    (source,) = desk.partners()
    desk.attribute(desk.current, source)
    assert desk.partners() == [source]
    assert desk.attribute(desk.current, source).startswith("Attributed")
    assert len(desk.layers.links) == 1
    tie = desk.own_tie(desk.current, source)
    assert tie is not None
    assert desk.untie(tie).startswith("Untied")
    assert desk.layers.links == []
    assert desk.untie(tie) == "It was untied already"


def test_the_cue_goes_with_the_tie_and_a_second_source_is_counted(desk: Desk) -> None:
    tag(desk, "officials", "source")
    tag(desk, "said.", "cue")
    cue = desk.current
    tag(desk, "a clerk", "source")
    tag(desk, "A fire destroyed two warehouses", "claim")
    assert desk.current is not None
    near, far = desk.partners()
    assert "by “said.”" in desk.attribute(desk.current, near)
    assert "number 2" in desk.attribute(desk.current, far)
    assert cue is not None
    links = [link for link, _ in desk.attributions(desk.current)]
    assert [link.via_id for link in links] == [cue.id, None]
    assert desk.untie(links[0]).startswith("Untied")
    assert len(desk.layers.links) == 1
    assert len(desk.layers) == 4


def test_what_has_no_two_ends_is_refused(desk: Desk) -> None:
    tag(desk, "officials", "source")
    (source,) = desk.layers.annotations
    with pytest.raises(InputError):
        desk.no_source(source)
    with pytest.raises(InputError):
        desk.attribute(source, source)
    desk.move_to(0)
    assert desk.partners() == []


# Searching ----------------------------------------------------------------------------------------


def search(desk: Desk, words: str, start: int) -> bool:
    desk.search(Query(words), start).run()
    return desk.to_first_hit()


def test_search_goes_on_from_a_place_and_round_the_end(desk: Desk) -> None:
    assert search(desk, "PORT", TEXT.index("officials"))
    assert len(desk.hits) == 2
    assert (desk.selection.start, desk.selection.hard) == (TEXT.index("port."), True)
    assert desk.to_hit(1) == "Hit 1 of 2 for “PORT”, round the end of the text"
    assert selected(desk) == "PORT"
    assert desk.to_hit(1) == "Hit 2 of 2 for “PORT”"
    assert desk.to_hit(-1) == "Hit 1 of 2 for “PORT”"
    assert desk.to_hit(-1) == "Hit 2 of 2 for “PORT”, round the end of the text"


def test_a_search_from_behind_the_last_hit_begins_at_the_first(desk: Desk) -> None:
    assert search(desk, "monday", len(TEXT))
    assert selected(desk) == "Monday"


def test_blanks_match_line_ends_and_nothing_found_is_said(desk: Desk) -> None:
    assert search(desk, "said. “we", 0)
    assert selected(desk) == "said.\n“We"
    before = desk.selection
    assert not search(desk, "zeppelin", 0)
    assert desk.selection == before
    assert desk.to_hit(1) == "“zeppelin” does not occur in the text"
    search(desk, "port", 0)
    desk.hide_hits()
    assert desk.hits == ()
    assert desk.to_hit(1) == "Hit 2 of 2 for “port”"
    assert len(desk.hits) == 2


def test_what_is_not_looked_through_yet_is_no_hit(desk: Desk) -> None:
    finding = desk.search(Query("port"), 0)
    assert not desk.to_first_hit()
    assert desk.to_hit(1) == "No further hit so far; the search goes on"
    finding.step()
    assert desk.to_first_hit()
    assert desk.to_hit(1) == "Hit for “port”; they are still being counted"
    finding.run()
    assert desk.to_hit(-1) == "Hit 1 of 2 for “port”"


def test_a_pattern_that_is_none_leaves_the_search_as_it_was(desk: Desk) -> None:
    assert search(desk, "port", 0)
    with pytest.raises(InputError, match="no regular expression"):
        desk.search(Query("(", regex=True), 0)
    assert (desk.pattern, len(desk.hits)) == ("port", 2)


# Clicking -----------------------------------------------------------------------------------------


def test_a_click_selects_the_word_and_on_a_mark_the_mark(desk: Desk) -> None:
    tag(desk, "A fire destroyed two warehouses", "claim")
    tag(desk, "two warehouses", "entity", "place")
    desk.click(TEXT.index("Varga") + 2)
    assert selected(desk) == "Varga"
    desk.click(TEXT.index("warehouses"))
    assert selected(desk) == "two warehouses"
    desk.click(TEXT.index("warehouses"))
    assert selected(desk) == "warehouses"
    desk.click(TEXT.index("fire"))
    assert selected(desk) == "A fire destroyed two warehouses"


# Texts without words ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "\n\n\n"])
def test_a_text_without_words_has_nothing_to_mark(tmp_path: Path, text: str) -> None:
    desk = Desk(library(tmp_path).open(written(tmp_path, text)))
    assert not desk.has_words
    desk.move(motion.next_word, 5)
    desk.extend_to(3)
    desk.click(0)
    assert not search(desk, "x", 0)
    assert not desk.to_candidate(1)
    assert not desk.to_mark(1)
    assert desk.cycle() == 0
    assert not desk.has_words
    with pytest.raises(InputError):
        desk.tag(kind(desk, "claim"))
