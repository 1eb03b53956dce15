"""A document in two hands."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.storage.document_file import DocumentFile
from tests.storage.build import CLAIM, begun, opened


@pytest.fixture
def file(tmp_path: Path) -> DocumentFile:
    """A document with a mark, whose news are heard."""
    made = begun(tmp_path, CLAIM)
    made.news()
    return made


@pytest.fixture
def other(file: DocumentFile, tmp_path: Path) -> DocumentFile:
    """The same in another session's hands."""
    return opened(tmp_path)
