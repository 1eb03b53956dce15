"""What a place says of itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.anchoring.describe import CONTEXT, describe
from reader.model.fragment import normalized
from tests.model.build import TEXT

stretches = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)).map(
    lambda pair: (pair[0], min(len(TEXT), pair[0] + pair[1]))
)


@given(st.lists(stretches, min_size=1, max_size=3))
def test_quote_and_context_are_what_stands_there(ranges: list) -> None:
    fragments = normalized(ranges)
    quote, prefix, suffix = describe(TEXT, fragments)
    start, end = fragments[0].start, fragments[-1].end
    assert quote == tuple(TEXT[each.start : each.end] for each in fragments)
    assert TEXT[:start].endswith(prefix)
    assert TEXT[end:].startswith(suffix)
    assert len(prefix) == min(CONTEXT, start)
    assert len(suffix) == min(CONTEXT, len(TEXT) - end)
