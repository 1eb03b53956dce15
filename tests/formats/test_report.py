"""What did not come along is counted; what was not understood is told by its line."""

from __future__ import annotations

from reader.formats.report import Report


def test_nothing_lost_is_nothing_said() -> None:
    report = Report()
    report.lose("links", 0)
    assert not report
    assert report.kinds == frozenset()
    assert list(report.remarks) == []


def test_losses_add_up_in_a_steady_order() -> None:
    report = Report()
    report.lose("split spans")
    report.lose("links", 2)
    report.lose("links")
    assert report
    assert str(report) == "links (3), split spans (1)"
    assert report.kinds == {"links", "split spans"}


def test_remarks_name_their_place_and_are_no_losses() -> None:
    report = Report()
    report.remark("an event of type 'Move' is kept but not shown", "x.ann", 12)
    report.remark("it has no marks", "y.ann")
    assert list(report.remarks) == [
        "x.ann, line 12: an event of type 'Move' is kept but not shown",
        "y.ann: it has no marks",
    ]
    assert not report


def test_no_more_remarks_than_a_person_reads() -> None:
    report = Report()
    for line in range(1, 331):
        report.remark("odd", "x.ann", line)
    told = list(report.remarks)
    assert len(told) == 21
    assert told[-1] == "… and 310 more."
