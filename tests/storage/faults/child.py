"""A forked process: what it says is heard until it ends, or is killed."""

from __future__ import annotations

import json
import os
import select
import signal
import time
import traceback
from collections.abc import Callable

Say = Callable[[object], None]


class Child:
    """A process that does `work`, and tells by the function it is given what it has done."""

    def __init__(self, work: Callable[[Say], None]) -> None:
        here, there = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(here)

            def say(what: object) -> None:
                os.write(there, json.dumps(what).encode() + b"\n")

            code = 0
            try:
                work(say)
            except BaseException:  # noqa: BLE001 a child must not go on as its parent
                say({"failed": traceback.format_exc()})
                code = 1
            os._exit(code)
        os.close(there)
        self._pipe = here
        self._said = b""

    def listen(self, seconds: float) -> bool:
        """Take what it says, so that it never waits for us; whether it has ended."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self._pipe], [], [], left)[0]:
                data = os.read(self._pipe, 1 << 16)
                if not data:
                    return True
                self._said += data
        return False

    def listen_for(self, lines: int) -> None:
        """Listen until it has said so much, or has ended."""
        while self._said.count(b"\n") < lines and not self.listen(0.001):
            pass

    def kill(self) -> list[object]:
        os.kill(self.pid, signal.SIGKILL)
        return self.end()

    def end(self) -> list[object]:
        """Everything it has said, once it has ended; a line that was cut off was not said."""
        while data := os.read(self._pipe, 1 << 16):
            self._said += data
        os.close(self._pipe)
        os.waitpid(self.pid, 0)
        said = [json.loads(line) for line in self._said.split(b"\n")[:-1]]
        for each in said:
            assert not isinstance(each, dict) or "failed" not in each, each["failed"]
        return said
