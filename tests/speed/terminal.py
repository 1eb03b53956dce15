"""A program in a pseudo-terminal: keys go in, and what each of them cost comes out.

Linux only: CPU time is that of the process's own clock, all its threads together.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, Self

SIZE: Final = (120, 40)
QUIET: Final = 0.06
"""Seconds without a byte after which a key is done: more than two of Textual's frames."""

_IDLE: Final = 0.1
"""The share of a quiet time that a process may compute and still pass for done."""

_ALONE: Final = 0.2
"""Seconds after which Escape is a key, and not the beginning of another: Textual waits for half."""

_ANSWERS: Final = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y"}
"""Textual asks for synchronised output, which is there, and for sizes in the stream: not there."""

_SEQUENCE: Final = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]")

KEYS: Final = {
    "right": "\x1b[C",
    "left": "\x1b[D",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "extend": "\x1b[1;2C",
    "page down": "\x1b[6~",
    "page up": "\x1b[5~",
    "end": "\x1b[F",
    "home": "\x1b[H",
    "tab": "\t",
    "enter": "\r",
    "escape": "\x1b",
}


class Cost(NamedTuple):
    """What a key cost: seconds of CPU, seconds until the last byte, and bytes."""

    cpu: float
    wall: float
    sent: int


class Terminal:
    """A running program and the terminal that it believes it is in."""

    def __init__(
        self,
        command: Sequence[str],
        size: tuple[int, int] = SIZE,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.size = size
        self.sent = bytearray()
        """All that the program has written."""
        self._answered = 0
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self._begun = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env=_environment(environment or {}),
        )
        os.close(slave)
        self._clock = (~self._process.pid << 3) | 2  # as clock_getcpuclockid(3) makes it

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def cpu(self) -> float:
        """Seconds of CPU so far."""
        return time.clock_gettime(self._clock)

    @property
    def anonymous(self) -> int:
        """Bytes of memory that hold no file."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        line = next(each for each in status.splitlines() if each.startswith("RssAnon:"))
        return int(line.split()[1]) * 1024

    def shown(self, words: str, limit: float = 300) -> Cost:
        """Wait until words are on the screen; what it cost since the program was started."""
        end = time.perf_counter() + limit
        while words.encode() not in _SEQUENCE.sub(b"", self.sent):
            if not self._read(end - time.perf_counter()):
                raise self._failed(f"{words!r} did not come")
        return Cost(self.cpu, time.perf_counter() - self._begun, len(self.sent))

    def press(self, *names: str, quiet: float = QUIET, limit: float = 120) -> Cost:
        """Send keys in one go, by their names or as they are; what they cost together."""
        if names[-1] == "escape":
            quiet = max(quiet, _ALONE)
        before, length = self.cpu, len(self.sent)
        start = time.perf_counter()
        os.write(self._master, "".join(KEYS.get(each, each) for each in names).encode())
        last = self._until_quiet(start, quiet, limit)
        return Cost(self.cpu - before, last - start, len(self.sent) - length)

    def settle(self, quiet: float = 0.3, limit: float = 120) -> None:
        """Wait until the program has nothing more to do."""
        self._until_quiet(time.perf_counter(), quiet, limit)

    def _until_quiet(self, start: float, quiet: float, limit: float) -> float:
        """Wait for a time in which there is neither a byte nor more than a little work; when the
        last byte came."""
        last = since = start
        used = self.cpu
        while True:
            if self._read(since + quiet - time.perf_counter()):
                last = since = time.perf_counter()
                used = self.cpu
            elif self._process.poll() is None and (self.cpu - used > _IDLE * quiet or self._waits):
                since, used = time.perf_counter(), self.cpu
            else:
                return last
            if since - start > limit:
                raise self._failed("it is never quiet")

    @property
    def _waits(self) -> bool:
        """Whether it would go on if the machine were not so busy."""
        with contextlib.suppress(OSError):  # threads end
            for each in Path(f"/proc/{self._process.pid}/task").glob("*/stat"):
                if each.read_text().rpartition(")")[2].split()[0] == "R":
                    return True
        return False

    def _read(self, patience: float) -> bool:
        """Take what comes within a time, and answer what is asked; whether anything came."""
        ready, _, _ = select.select([self._master], [], [], max(0.0, patience))
        if not ready:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # the other end is closed
            return False
        self.sent += data
        for question, answer in _ANSWERS.items():
            if question in self.sent[self._answered :]:
                os.write(self._master, answer)
        self._answered = max(self._answered, len(self.sent) - 8)
        return bool(data)

    def _failed(self, why: str) -> RuntimeError:
        last = bytes(self.sent[-2000:]).decode(errors="replace")
        return RuntimeError(f"{why}; {self._process.args!r} sent at last:\n{last!r}")

    def quit(self, key: str = "q", limit: float = 60) -> int:
        """Have the program end by itself; its exit code."""
        os.write(self._master, key.encode())
        end = time.perf_counter() + limit
        while self._process.poll() is None and time.perf_counter() < end:
            self._read(0.01)
        while self._read(0):
            pass
        self.close()
        return self._process.returncode

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            os.close(self._master)


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """The same for everybody who measures."""
    wrong = ("TEXTUAL", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES", "READER")
    # an installed program is compiled once; without this only Textual would be
    wrong += ("PYTHONDONTWRITEBYTECODE",)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(wrong)}
    return {**kept, "TERM": "xterm-256color", **more}
