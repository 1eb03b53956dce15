"""Files that others made: each comes out as it came in, up to the numbering of its ids."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from reader.formats.brat import BRAT
from reader.formats.codec import Content, Options
from reader.formats.identity import identified
from reader.formats.report import Report
from reader.formats.source import Source
from reader.model.link import ATTRIBUTION
from tests.formats.brat_canon import canonical

DATA = Path(__file__).parents[3] / "shared" / "data"
FILES = sorted([*(DATA / "brat").glob("*.ann"), *(DATA / "polnear").glob("*.ann")])

pytestmark = pytest.mark.skipif(not FILES, reason="the corpora are not here")


def content(path: Path) -> Content:
    """As an import keeps it: with ids, annotator and times."""
    beside = {".txt": path.with_suffix(".txt").read_bytes()}
    source = Source(str(path), path.read_bytes(), beside=beside.get)
    (read,) = BRAT.decode(source, Options(), Report())
    return identified(read, "brat", "anna", "2026-11-22T15:24:12.074Z")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:40])
def test_what_comes_in_goes_out_the_same(path: Path) -> None:
    report = Report()
    files = BRAT.encode([content(path)], Options(), report)
    assert canonical(files.main.decode()) == canonical(path.read_text("utf-8"))
    assert files.beside[".txt"] == path.with_suffix(".txt").read_bytes()
    assert not report


def test_polnear_comes_in_as_claims_sources_cues_and_attributions() -> None:
    paths = [path for path in FILES if path.parent.name == "polnear"]
    kinds: Counter[str] = Counter()
    for path in paths:
        ann = path.read_text("utf-8")
        read = content(path)
        kinds.update(each.kind for each in read.annotations)
        assert sum(each.unattributed for each in read.annotations) == ann.count(
            "\tAttribution-no-source:"
        )
        assert len(read.links) == ann.count("\tAttribution:")
        marks = {each.id: each.kind for each in read.annotations}
        for link in read.links:
            ends = (link.type, marks[link.from_id], marks[link.to_id], marks[link.via_id or ""])
            assert ends == (ATTRIBUTION, "claim", "source", "cue")
    assert kinds == {"claim": 453, "source": 384, "cue": 453, "Discuss": 15, "Discard": 8}
