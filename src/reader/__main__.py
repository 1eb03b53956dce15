"""The command `reader`, and `python -m reader`."""

from __future__ import annotations

import gc
import sys
from typing import Final

_MANY: Final = 100_000
"""So many objects are made before garbage is looked for: what is imported is none, and looking
through it time and again took a tenth of the start."""


def main() -> int:
    gc.set_threshold(_MANY)
    from reader.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
