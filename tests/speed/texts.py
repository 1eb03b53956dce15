"""Texts and databases to measure with, and a text that is full of what terminals obey."""

from __future__ import annotations

import random
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from reader.model.annotation import Annotation
from reader.model.plain import to_plain
from reader.storage.json_file import seal
from reader.storage.repository import Repository
from reader.storage.state import fresh_tables
from reader.text.window import seen_from
from tests.model.build import document, mark

SHOWN: Final = "quay"
"""A word of every sentence: when it is on the screen, text is."""

_TALK: Final = (
    "the tide a crew of pilots harbour crane and depot under night two signed letters was "
    "inspected by in storm cargo that ferry left behind warehouse grain with rope café gate "
    "would reopen before winter old pumps after a long strike"
)
_WORDS: Final = _TALK.split()
_NAMES: Final = ("Ines Varga", "Joris van der Aalt", "Mr. Quillard", "Oda Brandt", "Tamsin Okoro")
_KINDS: Final = ("entity", "source", "cue", "entity", "claim", "entity")

HOSTILE: Final = (
    "Varga said \x1b]0;seized\x07\x1b]52;c;c2VpemVk\x07\x1b[?2026$p\x1b[5;31m\x1b[2J\x1b[99;999H"
    "\x1bc\x1b[?1049l\x1bP+q\x1b\\\x1b[6n\x1b_x\x1b\\ harbour.\n\n"
    + "".join(f"{chr(code)}a" for code in range(0x20) if code not in (10, 13))
    + "\x7f\n"
    + "".join(f"{chr(code)}b" for code in range(0x80, 0xA0))
    + "\n\u202eright to left\u202c \u2066isolated\u2069 \u200f\u200e\u061c \u200bzero\u200d\ufeff\n"
    + "NUL \x00\x00\x00 said Varga, “it \x9b31m was \x9d0;seized\x9c there.”\n"
    + "👩\u200d👧\u200d👦 👩🏽\u200d🚀 🏳️\u200d🌈 🇫🇷🇩🇪🇫 ❤️ 1️⃣ 中文字。 a\u200d\U0001e001b\n"
    + "e"
    + "\u0301" * 3000
    + " flood "
    + "\u0489" * 20
    + "\n"
    + "overlong\x1b[31m" * 3000
    + "\n\n"
    + "".join(
        f"Paragraph {number} tells of the quay\x1b[{number}m and of the crews on it.\n\n"
        for number in range(60)
    )
)

_ACCENTS: Final = "Café, naïve, à côté: Olá, São João, über.\n\n".encode() * 20

INVALID: Final = (
    b"Varga said \x1b]0;seized\x07 \x80\x9b31m\x9c \xff\xfe\xc0\xaf.\n\n"
    + _ACCENTS
    + b"".join(b"Paragraph %d tells of \x9b%dm and of the quay.\n\n" % (at, at) for at in range(9))
)
"""UTF-8 but for some bytes: read as cp1252."""

CONTROLS: Final = INVALID + bytes(range(0x80, 0x9F)) + b"\n"
"""The same with bytes that cp1252 lacks: read as latin-1, in which half of them are controls."""

NAME: Final = "b\x1b]0;seized\x07\u202e.txt"
"""What a hostile file may be called."""


def harmless(length: int = 40) -> str:
    """Paragraphs without anything but words."""
    return "Varga said harbour.\n\n" + "".join(
        f"Paragraph {number} tells of the quay and of the crews on it, said Varga.\n\n"
        for number in range(length)
    )


def article(length: int, paragraph: int = 420) -> str:
    """A text of about so many characters, in paragraphs with a number each."""
    chance = random.Random(1)
    sentences = [_sentence(chance) for _ in range(400)]
    parts: list[str] = []
    used = 0
    while used < length:
        part = f"Berth {len(parts):07}: "
        while len(part) < paragraph:
            part += chance.choice(sentences)
        parts.append(part)
        used += len(part) + 2
    return "\n\n".join(parts)[:length]


def _sentence(chance: random.Random) -> str:
    words = chance.choices(_WORDS, k=chance.randint(6, 22))
    words.insert(chance.randint(1, len(words) - 1), SHOWN)
    said = " ".join(words)
    match chance.randint(0, 3):
        case 0:
            return f"“{said.capitalize()},” said {chance.choice(_NAMES)}. "
        case 1:
            return f"{chance.choice(_NAMES)} told them {said}. "
    return f"{said.capitalize()}. "


def marks(text: str, number: int, start: int, end: int) -> Iterator[Annotation]:
    """So many marks spread over a stretch of the text."""
    chance = random.Random(2)
    step = (end - start) / max(1, number)
    for at in range(number):
        first = start + int(at * step)
        last = min(end, first + chance.randint(3, 40))
        yield mark(at + 1, (first, last), text=text, kind=_KINDS[at % len(_KINDS)])


def overlapping(text: str, number: int, start: int, end: int) -> Iterator[Annotation]:
    """So many marks anywhere in a stretch, over one another."""
    chance = random.Random(3)
    for at in range(number):
        first, last = sorted(chance.sample(range(start, end), 2))
        yield mark(at + 1, (first, last), text=text, kind=_KINDS[at % len(_KINDS)])


def database(root: Path, path: Path, text: str, held: list[Annotation], position: int) -> None:
    """A database in which the text at a path has these marks, and was left at a position."""
    repository = Repository(root)
    repository.prepare("anna")
    data = text.encode()
    held_by = replace(
        document(text),
        title=path.name,
        paths=(str(path),),
        bytes_sha256=sha256(data).hexdigest(),
        bytes=len(data),
        position=position,
        state="in progress",
    )
    tables = fresh_tables(held_by)
    tables["annotations"] = {str(at): dict(to_plain(each)) for at, each in enumerate(held, 1)}
    repository.texts.keep(text, held_by.sha256)
    file = repository.begin(held_by)
    file.path.parent.mkdir(parents=True, exist_ok=True)
    file.path.write_bytes(seal(tables, ""))
    start = seen_from(position)
    repository.places.keep(held_by.id, start, len(text[:start].encode()))
    file.close()
