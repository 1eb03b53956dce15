"""A session that is suspended in the middle of a save, while it holds the lock.

python -m tests.storage.faults.holding FOLDER
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from tests.storage.faults.work import mark, opened

if __name__ == "__main__":
    session = opened(Path(sys.argv[1]), "boris")
    mark(10)(session)
    synced = os.fdatasync

    def suspended(handle: int) -> None:
        os.kill(os.getpid(), signal.SIGSTOP)
        synced(handle)

    os.fdatasync = suspended
    mark(60)(session)
    os.fdatasync = synced
    session.close()
