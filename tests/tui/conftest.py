from __future__ import annotations

import pytest
from textual import _wait


@pytest.fixture(autouse=True)
def _any_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal of the person who runs the tests changes nothing."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual looks every 20 ms whether a key has been dealt with, three times for each key. What
    must be waited for is waited for in `Bench`, by passing through every widget's queue."""
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", 1 / 250)
