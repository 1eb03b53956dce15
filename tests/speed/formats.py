"""How long a large document takes to leave and to come in, by format, beside the native JSON.

    python tests/speed/formats.py [ROUNDS] [--json]

1 MB of text with 10,000 marks and 1,000 links. The sides are taken in turn within each round; the
ratios are medians of the rounds' own. Not run by the tests.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[2]))

from reader.formats.codec import Content, Options
from reader.formats.registry import codecs
from reader.formats.report import Report
from tests.formats.fixtures import large
from tests.formats.trip import decoded, encoded

MOST = 5.0
"""How many times the native JSON a format may take to be written: "a few"."""


def seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def written(name: str, content: Content) -> float:
    made = next(each for each in codecs() if each.name == name)
    return seconds(lambda: made.encode([content], Options(), Report()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", nargs="?", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    content = large()
    rows = {}
    for codec in codecs():
        if not codec.writes:
            continue
        out, back = [], []
        for _ in range(arguments.rounds):
            out.append((written(codec.name, content), written("json", content)))
        if codec.reads:
            made = encoded(codec, [content])
            back = [
                seconds(lambda: decoded(codec, made, [content]))  # noqa: B023
                for _ in range(max(1, arguments.rounds // 2))
            ]
        rows[codec.name] = {
            "write_seconds": median(one for one, _ in out),
            "write_ratio": median(one / other for one, other in out),
            "read_seconds": median(back) if back else None,
        }
    if arguments.json:
        print(json.dumps(rows))
        return 0
    print(f"{'format':<15}{'write':>10}{'/ json':>9}{'read':>10}")
    for name, row in rows.items():
        read = "" if row["read_seconds"] is None else f"{row['read_seconds']:.2f} s"
        met = "" if row["write_ratio"] <= MOST else f"   more than {MOST:.0f}"
        print(f"{name:<15}{row['write_seconds']:>8.2f} s{row['write_ratio']:>9.1f}{read:>10}{met}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
