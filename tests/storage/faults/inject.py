"""Calls to the operating system that fail: one of them, or all from one on, below one folder."""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES)
BY_PATH = ("open", "mkdir", "replace", "rename", "link", "unlink")
BY_HANDLE = ("write", "pwrite", "fsync", "fdatasync", "ftruncate")


@dataclass
class Faults:
    """Counts the calls that change something below `root`, and makes some of them fail."""

    root: Path
    at: int = 0
    """The number of the call that fails, from 1; 0 for none."""
    error: int = errno.EIO
    onward: bool = False
    """Whether all that come after fail, too."""
    torn: bool = False
    """Whether a write puts half of its bytes down before it fails."""
    calls: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    _handles: dict[int, str] = field(default_factory=dict)

    def lift(self) -> None:
        """The disk is well again."""
        self.at = 0

    def _below(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and str(path).startswith(str(self.root))

    def _count(self, name: str, path: object) -> bool:
        """Whether this call is one that fails."""
        self.calls.append((name, str(path)))
        here = len(self.calls)
        fails = bool(self.at) and (here >= self.at if self.onward else here == self.at)
        if fails:
            self.failed.append(self.calls[-1])
        return fails

    def refuse(self, path: object) -> None:
        raise OSError(self.error, os.strerror(self.error), str(path))

    def by_path(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(path: Any, *rest: Any, **options: Any) -> Any:
            if not self._below(path):
                return call(path, *rest, **options)
            if self._count(name, path):
                self.refuse(path)
            made = call(path, *rest, **options)
            if name == "open" and isinstance(made, int):
                self._handles[made] = str(path)
            return made

        return wrapped

    def by_handle(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(handle: Any, *rest: Any) -> Any:
            path = self._handles.get(handle)
            if path is None:
                return call(handle, *rest)
            if self._count(name, path):
                if self.torn and name == "write":
                    call(handle, bytes(rest[0])[: len(rest[0]) // 2])
                self.refuse(path)
            # what the disk does with it is of no interest here
            return None if name in ("fsync", "fdatasync") else call(handle, *rest)

        return wrapped

    def closing(self, call: Callable[[int], None]) -> Callable[[int], None]:
        def wrapped(handle: int) -> None:
            self._handles.pop(handle, None)
            call(handle)

        return wrapped


@contextmanager
def failing(root: Path, **how: Any) -> Iterator[Faults]:
    """The calls below `root` fail as told, for as long as this goes on."""
    faults = Faults(root, **how)
    with pytest.MonkeyPatch.context() as patch:
        for name in BY_PATH:
            patch.setattr(os, name, faults.by_path(name, getattr(os, name)))
        for name in BY_HANDLE:
            patch.setattr(os, name, faults.by_handle(name, getattr(os, name)))
        patch.setattr(os, "close", faults.closing(os.close))
        patch.setattr(io, "open", faults.by_path("open", builtins.open))  # what pathlib calls
        yield faults
