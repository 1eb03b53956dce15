"""Other processes, for tests."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]


def command(module: str, *arguments: object) -> list[str]:
    return [sys.executable, "-m", f"tests.storage.faults.{module}", *map(str, arguments)]


def result(command: list[str]) -> Any:
    """What a process says at its end; its traceback is the failure."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return json.loads(done.stdout)
