"""One writer at a time, per document. A lock dies with its process: there are no stale ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from reader.errors import StoreError
from reader.storage.files import make_folder, store_error

PATIENCE: Final = 2.0
"""How many seconds a session waits for another one to let go."""


def ready() -> None:
    """Load what locking needs now, so that the first key that saves does not wait for it."""
    import filelock  # noqa: F401


@contextmanager
def locked(path: Path, what: str) -> Iterator[None]:
    """Hold the lock at `path` while `what` is written. Raises StoreError after `PATIENCE`."""
    from filelock import FileLock, Timeout  # 48 ms: only who writes pays for it

    make_folder(path.parent)
    lock = FileLock(path, timeout=PATIENCE, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreError(
            f"{what} was not saved",
            "another session has held the lock for two seconds",
            "Try again; if it stays so, end or wake the other session.",
        ) from error
    except OSError as error:
        raise store_error(f"{what} was not saved", error) from error
    except NotImplementedError as error:
        raise StoreError(
            f"{what} was not saved",
            "this file system cannot lock files",
            "Name a place on a local disk with --db.",
        ) from error
    try:
        yield
    finally:
        lock.release()
