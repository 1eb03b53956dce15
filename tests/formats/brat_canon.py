"""brat files compared up to the numbering of their ids, by a reading of its own."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

_BEGINS = re.compile(r"^(?:(?:[A-Za-z]+|#)\d+|\*)\t")
ROUNDS = 8
"""So far what refers to a line, or is referred to by it, tells it from others."""


def canonical(ann: str) -> Counter[Any]:
    """The lines of a file with, in place of each id, what it stands for."""
    whole: list[str] = []
    for line in ann.split("\n"):
        if _BEGINS.match(line) or not whole:
            whole.append(line)
        else:
            whole[-1] += f"\n{line}"
    lines = [re.split("\t", f"{each}\t\t", maxsplit=2) for each in whole if each.strip()]
    ids = {name for name, _, _ in lines if name != "*"}
    refs: list[list[tuple[str, str]]] = []
    rest: list[Any] = []
    for name, data, text in lines:
        words = data.split()
        if name[0] == "E" and ":" not in words[0]:
            words.insert(0, "")
        found, own = [], []
        for at, word in enumerate(words):
            role, _, ref = word.rpartition(":")
            if ref in ids and name[0] != "T":
                # an event's trigger stands by its type, a relation's ends in their order
                found.append((f"{at}" if name[0] == "R" and not role else role, ref))
            else:
                own.append(word)
        refs.append(found)
        rest.append((name.rstrip("0123456789"), " ".join(own), text.rstrip()))
    labels: list[Any] = [hash(each) for each in rest]
    for _ in range(ROUNDS):
        by_id = {name: labels[at] for at, (name, _, _) in enumerate(lines)}
        labels = [
            hash((rest[at], tuple(sorted((role, by_id[ref]) for role, ref in refs[at]))))
            for at in range(len(lines))
        ]
    return Counter(zip(rest, labels, strict=True))
