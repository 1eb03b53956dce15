"""A disk whose power fails: of what was written, only what was synced is sure to be there.

What the program asks of a folder is recorded as it does it. Played again up to any moment, it gives
what the disk may hold after a power cut: files whose unsynced bytes are missing, torn, or zeros,
and folders in which unsynced entries are as they were before.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

Event = tuple[Any, ...]
Files = dict[str, bytes | None]
"""What is in a folder, by relative path, those above first; None for a folder."""


def files_in(root: Path) -> Files:
    """All that is at a place and below it, the place's own name included."""
    paths = sorted(path for path in root.parent.rglob("*") if path == root or root in path.parents)
    return {
        str(path.relative_to(root.parent)): None if path.is_dir() else path.read_bytes()
        for path in paths
    }


class File:
    def __init__(self, data: bytes = b"") -> None:
        self.now = data
        self.safe = data

    def sync(self) -> None:
        self.safe = self.now

    def left(self, random: Random) -> bytes:
        """What may be left of it."""
        if self.now == self.safe:
            return self.safe
        common = _common(self.now, self.safe)
        if common < len(self.safe) and random.random() < 0.5:
            return self.safe  # what was cut off, or written over, is still there
        kept = random.randint(common, len(self.now))
        size = random.randint(kept, len(self.now))
        match random.choice(("lost", "torn", "zeros", "holed")):
            case "lost":
                return self.now[:common]
            case "torn":
                return self.now[:kept]
            case "zeros":
                return self.now[:kept] + bytes(size - kept)
        return self.now[:common] + bytes(kept - common) + self.now[kept:]


def _common(one: bytes, other: bytes) -> int:
    """How many bytes two files begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


class Folder:
    def __init__(self) -> None:
        self.now: dict[str, File | Folder] = {}
        self.safe: dict[str, File | Folder] = {}
        self._unsafe: list[tuple[str | None, str, File | Folder | None]] = []

    def change(self, old: str | None, name: str, node: File | Folder | None) -> None:
        """Give a name to a file, or take it away (None), and with it the name it had before."""
        self._unsafe.append((old, name, node))
        _rename(self.now, old, name, node)

    def sync(self) -> None:
        self.safe = dict(self.now)
        self._unsafe = []

    def left(self, random: Random) -> dict[str, File | Folder]:
        entries = dict(self.safe)
        chance = random.choice((0, 0.5, 1))
        for each in self._unsafe:
            if random.random() < chance:
                _rename(entries, *each)
        return entries


def _rename(
    entries: dict[str, File | Folder], old: str | None, name: str, node: File | Folder | None
) -> None:
    if old is not None:
        entries.pop(old, None)
    if node is None:
        entries.pop(name, None)
    else:
        entries[name] = node


class Disk:
    """A folder's files as they are now, and as they are sure to be."""

    def __init__(self, root: Path, files: Files) -> None:
        """With these files below it, all of them synced."""
        self._root = root
        self.nodes: list[File | Folder] = []
        self._top = self._folder()
        for name, data in files.items():
            self._give(root.parent / name, self._folder() if data is None else self._file(data))
        for node in self.nodes:
            node.sync()

    def _folder(self) -> Folder:
        folder = Folder()
        self.nodes.append(folder)
        return folder

    def _file(self, data: bytes = b"") -> File:
        file = File(data)
        self.nodes.append(file)
        return file

    def node(self, path: Path) -> File | Folder | None:
        at: File | Folder | None = self._top
        for name in path.relative_to(self._root.parent).parts:
            at = at.now.get(name) if isinstance(at, Folder) else None
        return at

    def number(self, path: Path) -> int:
        found = self.node(path)
        return next(at for at, node in enumerate(self.nodes) if node is found)

    def _give(self, path: Path, node: File | Folder | None, old: str | None = None) -> None:
        folder = self.node(path.parent)
        assert isinstance(folder, Folder)
        folder.change(old, path.name, node)

    def play(self, event: Event) -> None:
        match event:
            case "file", path:
                self._give(path, self._file())
            case "folder", path:
                self._give(path, self._folder())
            case "write", number, data, at:
                file = self.nodes[number]
                assert isinstance(file, File)
                at = len(file.now) if at is None else at
                file.now = file.now[:at].ljust(at, b"\0") + data + file.now[at + len(data) :]
            case "cut", number, size:
                file = self.nodes[number]
                assert isinstance(file, File)
                file.now = file.now[:size]
            case "sync", number:
                self.nodes[number].sync()
            case "link", one, other:
                self._give(other, self.node(one))
            case "move", one, other:
                if self.node(one) is not self.node(other):  # else it does nothing
                    assert one.parent == other.parent
                    self._give(other, self.node(one), one.name)
            case "remove", path:
                self._give(path, None)

    def now(self) -> Files:
        return dict(sorted(_files(self._top, lambda each: each.now, lambda each: each.now)))

    def left(self, random: Random) -> Files:
        """What may be there when the power comes back."""
        return dict(
            _files(self._top, lambda each: each.left(random), lambda each: each.left(random))
        )


def _files(
    folder: Folder,
    entries: Callable[[Folder], dict[str, File | Folder]],
    content: Callable[[File], bytes],
    above: str = "",
) -> Iterator[tuple[str, bytes | None]]:
    for name, node in entries(folder).items():
        if isinstance(node, File):
            yield above + name, content(node)
        else:
            yield above + name, None
            yield from _files(node, entries, content, f"{above}{name}/")


class Tape:
    """All that was asked of a folder, in its order, and what was said meanwhile."""

    def __init__(self, root: Path, deaf: bool) -> None:
        self.root = root
        self.events: list[Event] = []
        self._deaf = deaf
        self._start = files_in(root)
        self._live = Disk(root, self._start)
        self._handles: dict[int, int] = {}

    def say(self, what: object) -> None:
        self.events.append(("said", what))

    def add(self, *event: Any) -> None:
        if event[0] == "sync" and self._deaf:
            return
        self.events.append(event)
        self._live.play(event)

    def said(self) -> list[Any]:
        return [event[1] for event in self.events if event[0] == "said"]

    def is_true(self) -> bool:
        """Whether nothing was done that was not recorded."""
        return files_in(self.root) == self._live.now()

    def cut(self, at: int, random: Random) -> tuple[Files, list[Any]]:
        """What is left when the power fails after so many events; and what was said last before,
        and first after."""
        disk = Disk(self.root, self._start)
        for event in self.events[:at]:
            disk.play(event)
        said = [event[1] for event in self.events[:at] if event[0] == "said"]
        coming = [event[1] for event in self.events[at:] if event[0] == "said"]
        return disk.left(random), [*said[-1:], *coming[:1]]

    def ours(self, path: object) -> Path | None:
        place = Path(os.fspath(path)) if isinstance(path, str | os.PathLike) else None
        return place if place and (place == self.root or self.root in place.parents) else None

    def opened(self, path: Path, handle: int) -> None:
        if self._live.node(path) is None:
            self.add("file", path)
        self._handles[handle] = self._live.number(path)

    def opened_above(self, path: object, handle: int) -> None:
        """The folder that the root is in: it is synced, too."""
        if os.fspath(path) == str(self.root.parent):  # type: ignore[call-overload]
            self._handles[handle] = 0

    def number(self, handle: int) -> int | None:
        return self._handles.get(handle)

    def closed(self, handle: int) -> None:
        self._handles.pop(handle, None)


@contextmanager
def recording(root: Path, *, deaf: bool = False) -> Iterator[Tape]:
    """Record what is done below `root`; a deaf one does not hear what is synced."""
    tape = Tape(root, deaf)
    real = {name: getattr(os, name) for name in dir(os)}

    def opening(path: Any, *rest: Any, **options: Any) -> int:
        handle: int = real["open"](path, *rest, **options)
        place = tape.ours(path)
        if place is not None:
            tape.opened(place, handle)
        else:
            tape.opened_above(path, handle)
        return handle

    def writing(handle: int, data: Any, at: int | None = None) -> int:
        done: int = real["write"](handle, data) if at is None else real["pwrite"](handle, data, at)
        number = tape.number(handle)
        if number is not None:
            tape.add("write", number, bytes(data)[:done], at)
        return done

    def syncing(handle: int) -> None:
        number = tape.number(handle)
        if number is not None:
            tape.add("sync", number)

    def cutting(handle: int, size: int) -> None:
        real["ftruncate"](handle, size)
        number = tape.number(handle)
        if number is not None:
            tape.add("cut", number, size)

    def closing(handle: int) -> None:
        tape.closed(handle)
        real["close"](handle)

    def by_path(event: str, name: str) -> Callable[..., None]:
        def wrapped(path: Any, *rest: Any, **options: Any) -> None:
            real[name](path, *rest, **options)
            place = tape.ours(path)
            if place is not None:
                tape.add(event, place, *(Path(each) for each in rest if event in ("link", "move")))

        return wrapped

    with pytest.MonkeyPatch.context() as patch:
        for name, call in {
            "open": opening,
            "write": writing,
            "pwrite": writing,
            "fsync": syncing,
            "fdatasync": syncing,
            "ftruncate": cutting,
            "close": closing,
            "mkdir": by_path("folder", "mkdir"),
            "rmdir": by_path("remove", "rmdir"),
            "link": by_path("link", "link"),
            "replace": by_path("move", "replace"),
            "rename": by_path("move", "rename"),
            "unlink": by_path("remove", "unlink"),
        }.items():
            patch.setattr(os, name, call)
        yield tape
