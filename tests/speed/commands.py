"""How long the headless commands take, beside a Python that does nothing. Not run by the tests.

    python tests/speed/commands.py [ROUNDS]

Medians of fresh processes, the sides taken in turn within each round.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "sample_data"


def seconds(command: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "READER_DB": f"{folder}/db"}
        reader = [sys.executable, "-m", "reader"]
        text = str(SAMPLES / "harbour-fire.txt")
        seconds([*reader, "import", str(SAMPLES / "harbour-fire.json")], environment)
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "--version": [*reader, "--version"],
            "where": [*reader, "where"],
            "list": [*reader, "list"],
            "show": [*reader, "show", text],
            "export": [*reader, "export", text],
            "tag": [*reader, "tag", text, "--kind", "entity", "--quote", "Joris van der Aalt"],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                taken[name].append(seconds(command, environment))
    nothing = statistics.median(taken["python -c pass"])
    print(f"{'command':<16}{'median ms':>10}{'times nothing':>15}")
    for name, values in taken.items():
        median = statistics.median(values)
        print(f"{name:<16}{median * 1000:>10.0f}{median / nothing:>15.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
