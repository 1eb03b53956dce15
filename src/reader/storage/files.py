"""Writing so that a file is, at every instant, either as it was or as it shall be."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from reader.errors import StoreError
from reader.storage.layout import PRIVATE, Rights

_FORGOTTEN: Final = 3600.0
_PIECE: Final = 1 << 16
_REMEDIES: Final = {
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


def random_name(size: int) -> str:
    """So many bytes as no other has them, in hexadecimal; as `secrets` gives them, which takes 5 ms
    to import."""
    return os.urandom(size).hex()


def write_atomically(path: Path, data: bytes | Iterable[bytes], rights: Rights = PRIVATE) -> None:
    """Replace a file whole: a temporary file, fsync, rename over it, fsync of the folder. What is
    long may come in pieces.

    When this returns, the bytes are on the disk. Raises StoreError, the old file untouched (unless
    it is the folder that could not be synced: then the new file stands there, and may not last). An
    existing file keeps its own mode.
    """
    try:
        target = Path(os.path.realpath(path))  # a link to the file keeps pointing at it
        with TemporaryFile(target, data, rights) as made:
            made.put()
    except OSError as error:
        raise store_error(f"{path} was not saved", error) from error


class TemporaryFile:
    """A file's new content on the disk beside it, until it is put in its place, or dropped."""

    def __init__(
        self, target: Path, data: bytes | Iterable[bytes], rights: Rights = PRIVATE
    ) -> None:
        """Write and fsync it. Raises OSError, and what making the pieces raises, with nothing left
        behind."""
        self._target = target
        self.path = target.with_name(f".{target.name}.{random_name(4)}.tmp")
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, rights.file)
        try:
            try:
                with contextlib.suppress(FileNotFoundError):
                    os.fchmod(handle, target.stat().st_mode & 0o777)
                for piece in (data,) if isinstance(data, bytes) else data:
                    write_all(handle, piece)
                os.fsync(handle)
            finally:
                os.close(handle)
        except BaseException:
            self.drop()
            raise

    def __enter__(self) -> TemporaryFile:
        return self

    def __exit__(self, *error: object) -> None:
        self.drop()

    def put(self) -> None:
        """Rename it over the target, and make that durable. Raises OSError."""
        self.path.replace(self._target)
        sync_folder(self._target.parent)

    def drop(self) -> None:
        with contextlib.suppress(OSError):
            self.path.unlink()


class UnnamedFile:
    """A new file's content on the disk before it is known whether it is wanted. Nobody sees it, its
    folder need not be there yet, and it is gone with the program."""

    def __init__(self, target: Path, pieces: Iterable[bytes], rights: Rights = PRIVATE) -> None:
        """Write and fsync it. Raises OSError, and what making the pieces raises."""
        self._target = target
        self._rights = rights
        self._beside = True
        """Whether it can be given its name; else it is copied when it is wanted."""
        self._handle = self._opened()
        try:
            for piece in pieces:
                write_all(self._handle, piece)
            os.fsync(self._handle)
        except BaseException:
            self.drop()
            raise

    def _opened(self) -> int:
        if hasattr(os, "O_TMPFILE"):
            folder = next(each for each in self._target.parents if each.is_dir())
            with contextlib.suppress(OSError):  # not every file system can do it
                return os.open(folder, os.O_TMPFILE | os.O_RDWR, self._rights.file)
        self._beside = False
        with tempfile.TemporaryFile(prefix="reader-") as made:
            return os.dup(made.fileno())

    def put(self) -> None:
        """Give it its name, and make that durable. Raises OSError, and StoreError when it has to be
        copied and cannot. A file that is there by now stays."""
        if self._target.exists():
            return
        if not self._beside or not self._named():
            write_atomically(self._target, self._pieces(), self._rights)

    def _named(self) -> bool:
        """Link it into its folder; whether that can be done."""
        folder = os.open(self._target.parent, os.O_RDONLY)
        try:
            try:
                # with a folder to start from it is the file that is linked, not the way to it
                os.link(f"/proc/self/fd/{self._handle}", self._target.name, dst_dir_fd=folder)
                linked = True
            except FileExistsError:
                linked = False  # somebody else was faster
            except OSError:
                return False  # another disk by now, or no /proc
            try:
                os.fsync(self._handle)
                os.fsync(folder)
            except OSError:
                if linked:  # else it would be taken for durable the next time
                    with contextlib.suppress(OSError):
                        self._target.unlink()
                raise
        finally:
            os.close(folder)
        return True

    def _pieces(self) -> Iterator[bytes]:
        at = 0
        while piece := os.pread(self._handle, _PIECE, at):
            at += len(piece)
            yield piece

    def drop(self) -> None:
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)


def clear_leftovers(target: Path) -> None:
    """Remove what killed processes left beside a file: nobody writes one for an hour."""
    with contextlib.suppress(OSError):
        for path in target.parent.glob(f".{glob.escape(target.name)}.*.tmp"):
            if path.stat().st_mtime < time.time() - _FORGOTTEN:
                path.unlink()


def write_all(handle: int, data: bytes) -> None:
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


def make_folder(folder: Path, rights: Rights = PRIVATE) -> None:
    """Make a folder and those above it, durably. Raises StoreError."""
    if folder.is_dir():
        return
    try:
        if not folder.parent.is_dir():
            make_folder(folder.parent, rights)
        folder.mkdir(mode=rights.folder, exist_ok=True)
        try:
            sync_folder(folder.parent)
        except OSError:
            with contextlib.suppress(OSError):  # else it would be taken for durable the next time
                folder.rmdir()
            raise
    except OSError as error:
        raise store_error(f"The folder {folder} could not be made", error) from error


def store_error(title: str, error: OSError) -> StoreError:
    """What an operating system's refusal means to a person, with what to do about it."""
    cause = (error.strerror or str(error)).lower()
    return StoreError(title, cause, _REMEDIES.get(error.errno or 0, ""))
