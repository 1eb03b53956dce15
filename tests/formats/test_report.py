"""What did not come along is counted."""

from __future__ import annotations

from reader.formats.report import Report


def test_nothing_lost_is_nothing_said() -> None:
    report = Report()
    report.lose("links", 0)
    assert not report


def test_losses_add_up_in_a_steady_order() -> None:
    report = Report()
    report.lose("split spans")
    report.lose("links", 2)
    report.lose("links")
    assert report
    assert str(report) == "links (3), split spans (1)"
