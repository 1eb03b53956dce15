"""The command `reader`, and `python -m reader`."""

from __future__ import annotations

import sys


def main() -> int:
    from reader.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
