"""Writing so that a file is, at every instant, either as it was or as it shall be."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from reader.errors import StoreError

_PRIVATE_FOLDER = 0o700


def write_atomically(path: Path, data: bytes, *, mode: int | None = None) -> None:
    """Replace a file whole: a temporary file, fsync, rename over it, fsync of the folder.

    When this returns, the bytes are on the disk. Raises StoreError, the old file untouched (unless
    it is the folder that could not be synced: then the new file stands there, and may not last). A
    new file gets `mode` (0600 when None); an existing one keeps its own.
    """
    target = Path(os.path.realpath(path))  # a link to the file keeps pointing at it
    handle, name = -1, ""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        with contextlib.suppress(FileNotFoundError):
            mode = target.stat().st_mode & 0o777
        if mode is not None:
            os.fchmod(handle, mode)
        _write_all(handle, data)
        os.fsync(handle)
        closing, handle = handle, -1  # an error at close has closed it all the same
        os.close(closing)
        Path(name).replace(target)
        name = ""
        sync_folder(target.parent)
    except OSError as error:
        raise store_error(f"{path} was not saved", error) from error
    finally:
        with contextlib.suppress(OSError):
            if handle >= 0:
                os.close(handle)
        with contextlib.suppress(OSError):
            if name:
                Path(name).unlink()


def _write_all(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def sync_folder(folder: Path) -> None:
    """Make the folder's entries durable: without it a rename may be undone by a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder, private to its owner, and those above it, durably. Raises StoreError."""
    if folder.is_dir():
        return
    try:
        if not folder.parent.is_dir():
            make_folder(folder.parent)
        folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        sync_folder(folder.parent)
    except OSError as error:
        raise store_error(f"The folder {folder} could not be made", error) from error


def store_error(title: str, error: OSError) -> StoreError:
    """What an operating system's refusal means to a person, with what to do about it."""
    remedies = {
        errno.ENOSPC: "Free some space, or name another place with --db.",
        errno.EDQUOT: "Free some of your quota, or name another place with --db.",
        errno.EROFS: "Name a place that can be written with --db.",
        errno.EACCES: "Check its owner and rights, or name another place with --db.",
        errno.EPERM: "Check its owner and rights, or name another place with --db.",
        errno.ENOENT: "Was a folder moved or deleted? Name the database's place with --db.",
        errno.ENOTDIR: "A file stands where a folder is needed. Name a folder with --db.",
        errno.EEXIST: "A file stands where a folder is needed. Name a folder with --db.",
        errno.EIO: "The disk reports an error: copy your work off it.",
    }
    cause = (error.strerror or str(error)).lower()
    return StoreError(title, cause, remedies.get(error.errno or 0, ""))
