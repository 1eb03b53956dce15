"""A process that forks others, which mark a text, kills them, and looks at what they leave.

    python -m tests.storage.faults.marking FOLDER SEED TRIALS

It says how many were killed; with what was found wrong it ends in a traceback.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from random import Random

from tests.storage.faults.child import Child, Say
from tests.storage.faults.work import (
    State,
    before_last,
    begin,
    do,
    found,
    numbered,
    opened,
    sound,
    state_of,
    step,
)

LIVES = 4
"""How often a folder is worked in, and its process killed, before the next one is begun."""


def work(folder: Path, random: Random, say: Say) -> None:
    """Change the document until killed. Says before each change that it is coming, and after it
    what is saved now: what differs from before."""
    session = opened(folder)
    known = state_of(session.layers)
    helper: threading.Thread | None = None
    while True:
        say("doing")
        do(session, step(random, session))
        now = state_of(session.layers)
        put = {each: row for each, row in now.items() if known.get(each) != row}
        say({"put": put, "gone": sorted(known.keys() - now.keys())})
        known = now
        if random.random() < 0.15 and (helper is None or not helper.is_alive()):
            snapshot = session.snapshot_work()
            if snapshot is not None and random.random() < 0.5:
                helper = threading.Thread(target=snapshot)
                helper.start()  # as the screen does it: marking goes on meanwhile
            elif snapshot is not None:
                snapshot()
        if random.random() < 0.02:
            session.leave(random.randrange(1000))
            session = opened(folder)


def taken(state: State, said: list[object]) -> tuple[State, bool]:
    """What must be there after all that was said, and whether one more change was under way."""
    state = dict(state)
    for each in said:
        if isinstance(each, dict):
            for gone in each["gone"]:
                del state[gone]
            state |= each["put"]
    return state, bool(said) and said[-1] == "doing"


def trial(folder: Path, state: State, random: Random) -> State:
    """One life and death; returns what is there afterwards."""
    seed = random.random()
    child = Child(lambda say: work(folder, Random(seed), say))
    # however fast the machine is; often early: the first mark makes the folders and all files
    child.listen_for(random.choice((1, 3, random.randrange(80))))
    child.listen(random.random() * 0.004)
    acknowledged, under_way = taken(state, child.kill())
    sound(folder)
    there = found(folder)
    numbered(folder)
    if there != acknowledged:
        assert under_way, (acknowledged, there)
        assert before_last(folder) == acknowledged
    sound(folder)
    return there


def main(root: Path, seed: int, trials: int) -> None:
    random = Random(seed)
    folder, state, held = root, State(), 0
    for number in range(trials):
        if number % LIVES == 0:
            folder, state = root / str(number), {}
            begin(folder)
        state = trial(folder, state, random)
        held += len(state)
    print(json.dumps({"killed": trials, "held": held}))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
