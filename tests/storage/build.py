"""Files of a database for tests."""

from __future__ import annotations

from pathlib import Path

from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.link import Link
from reader.storage.repository import Repository
from tests.model.build import adding


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def stored(repository: Repository, document: Document, *records: Annotation | Link) -> Path:
    """Write a document with these records; returns its file."""
    file = repository.begin(document)
    file.append(adding(*records))
    return file.path
