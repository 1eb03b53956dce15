"""The failure matrix: every fault that people's work has to survive, and its test."""

from __future__ import annotations

import importlib

import pytest

_KILLS = "storage.faults.test_kills"
_POWER = "storage.faults.test_power"
_ERRORS = "storage.faults.test_errors"
_ROOM = "storage.faults.test_room"
_WRITERS = "storage.faults.test_writers"
_SUSPENDED = "storage.faults.test_suspended"
_RECOVERY = "storage.test_recovery"
_OUTSIDE = "storage.test_outside"

MATRIX = {
    "kill -9, crash": (_KILLS, "a_killed_session_loses_nothing_it_acknowledged"),
    "what a killed session left lying": (
        _KILLS,
        "what_a_killed_session_left_lying_is_cleared_away",
    ),
    "power loss": (_POWER, "what_was_acknowledged_is_there_again"),
    "power loss, nothing synced": (_POWER, "without_syncing_the_model_loses_marks"),
    "disk full": (_ROOM, "a_full_disk"),
    "a file that may not grow": (_ROOM, "a_file_that_may_not_grow"),
    "an I/O error": (_ERRORS, "one_call_fails"),
    "I/O errors that last": (_ERRORS, "all_calls_fail_from_one_on"),
    "I/O errors at a screen": (_ERRORS, "what_could_not_be_saved_waits"),
    "read-only disk": (_ROOM, "a_read_only_disk"),
    "no right to write": (_ROOM, "a_folder_without_the_right_to_write"),
    "second session": (_WRITERS, "two_processes_lose_nothing_of_each_other"),
    "second session, killed": (_WRITERS, "one_of_them_may_be_killed_again_and_again"),
    "suspended with the lock": (_SUSPENDED, "the_holder_is_named"),
    "suspended, goes on": (_SUSPENDED, "it_works_as_soon_as_the_first_goes_on"),
    "suspended, killed": (_SUSPENDED, "it_works_as_soon_as_the_first_is_killed"),
    "suspended, at a screen": (_SUSPENDED, "at_a_screen_the_mark_waits"),
    "journal or its folder deleted while open": (
        _ROOM,
        "what_vanishes_while_a_text_is_open_is_written_again",
    ),
    "database moved away while open": (
        _ROOM,
        "a_database_that_was_moved_away_keeps_what_it_has",
    ),
    "JSON broken": (_RECOVERY, "with_the_journal_nothing_is_missing"),
    "JSON broken by a merge": (_OUTSIDE, "both_sides_of_a_conflict_are_taken_in"),
    "journal broken": (
        "storage.test_recovery_journal",
        "a_line_broken_in_the_journal_costs_that_change_alone",
    ),
    "any one file broken anywhere": (
        _RECOVERY,
        "one_file_damaged_anywhere_is_always_found_out_or_harmless",
    ),
    "edited outside, valid": (_OUTSIDE, "two_sides_of_any_history_come_together"),
    "newer schema": (
        _RECOVERY,
        "a_newer_schema_is_read_as_far_as_it_can_be_and_never_written",
    ),
    "all three files lost": (_RECOVERY, "with_nothing_left_it_is_said_and_nothing_touched"),
}


@pytest.mark.parametrize("fault", MATRIX)
def test_every_fault_has_its_test(fault: str) -> None:
    module, name = MATRIX[fault]
    assert callable(getattr(importlib.import_module(f"tests.{module}"), f"test_{name}"))
