"""A file that comes in: its bytes, its lines, the text it is about, and errors that name places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any, Final, NamedTuple

from msgspec import Struct

from reader.errors import InputError
from reader.formats.json_lines import line_of_error
from reader.formats.report import place
from reader.text.decode import Decoded, decode, newline_of

DEEPEST: Final = 100
"""Data nested further than that is refused: no tool writes it, and much would break on it."""


LONGEST: Final = 60
"""So many characters of a text are quoted."""


class PlacedError(InputError):
    """An error that names its file, and mostly the line, already."""


class Line(NamedTuple):
    """A line and its number, from 1. It ends before the LF; a CR before that is part of it."""

    number: int
    text: str


def _nothing(name: str) -> bytes | None:
    return None


def _unknown(sha256: str) -> str | None:
    return None


class Source(Struct, frozen=True):
    """A file as a codec gets it."""

    name: str
    """Its path, as errors call it."""
    data: bytes
    given: Decoded | None = None
    """The text that the person named with `--document`."""
    beside: Callable[[str], bytes | None] = _nothing
    """The bytes of another file: of the same name with another ending when asked for one that
    begins with a dot (".typesystem.xml"), else of that name in the same folder."""
    known: Callable[[str], str | None] = _unknown
    """The text with a SHA-256, if the database has it."""

    @property
    def stem(self) -> str:
        """The file's name without folder and ending."""
        return PurePath(self.name).stem

    # Reading it ---------------------------------------------------------------------------------

    def text(self) -> str:
        """The file as UTF-8, a BOM left out. Raises InputError with the line that is none."""
        try:
            return self.data.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            line = self.data.count(b"\n", 0, error.start) + 1
            raise self.wrong("it is not UTF-8", line) from error

    def lines(self) -> Iterator[Line]:
        """The lines, cut at LF alone: `splitlines` also cuts where JSON and names do not end."""
        lines = self.text().split("\n")
        if not lines[-1]:
            lines.pop()
        for number, line in enumerate(lines, start=1):
            yield Line(number, line)

    def json(self, text: str | None = None, line: int | None = None) -> Any:
        """The file as JSON, or one of its lines. Raises InputError."""
        import msgspec

        try:
            value = msgspec.json.decode(self.text() if text is None else text)
        except RecursionError as error:
            raise self.wrong("it is nested too deeply", line) from error
        except (msgspec.DecodeError, UnicodeError) as error:
            if text is None:
                line = line_of_error(self.data, str(error))
            raise self.wrong(f"it is no JSON: {error}", line) from error
        if is_deep(value):
            raise self.wrong("it is nested too deeply", line)
        return value

    # The text it is about -----------------------------------------------------------------------

    def document(self, *endings: str, sha256: str | None = None) -> Decoded:
        """The text: the one given, else the first there is beside the file with one of the endings
        (".txt") or names, else the one that the database knows by its hash. Raises InputError."""
        if self.given is not None and sha256 in (None, self.given.sha256):
            return self.given
        for ending in endings:
            data = self.beside(ending) if is_file_name(ending) else None
            if data is None:
                continue
            decoded = decode(data, f"{self.stem}{ending}" if ending[0] == "." else ending)
            if sha256 in (None, decoded.sha256):
                return decoded
        text = self.known(sha256) if sha256 is not None else None
        if text is not None:
            return Decoded(text, "utf-8", newline_of(text))
        if self.given is not None:
            raise self.wrong("the text given is not the one that was annotated")
        name = next((f", {shown(each)}," for each in endings if each[:1] != "."), "")
        raise PlacedError(
            f"{self.name} cannot be imported",
            f"the text that it is about{name} is not at hand",
            "Give that text with --document.",
        )

    # What is wrong with it ----------------------------------------------------------------------

    def wrong(self, what: str, line: int | None = None) -> InputError:
        """The error for something in this file, or in that line of it."""
        return PlacedError(f"{place(self.name, line)} cannot be imported", what)

    @contextmanager
    def at(self, line: int | None) -> Iterator[None]:
        """Around what is done for one line: errors in it name the line."""
        try:
            yield
        except PlacedError:
            raise
        except InputError as error:
            what = f"{error.title}, {error.cause}" if error.cause else error.title
            said = self.wrong(f"{what[:1].lower()}{what[1:]}", line)
            said.remedy = error.remedy
            raise said from error


def is_file_name(name: str) -> bool:
    """Whether a name that stands in a stranger's file can be that of a file beside it."""
    return name not in ("", ".", "..") and not {"/", "\\", "\0"} & set(name)


def shown(words: str) -> str:
    """Words of a text as an error quotes them: on one line, and no more than a person reads."""
    line = " ".join(words.split())
    return f"“{line[:LONGEST]}…”" if len(line) > LONGEST else f"“{line}”"


def is_deep(value: Any) -> bool:
    """Whether lists and dicts are nested in one another more than `DEEPEST` times."""
    level = [value]
    for _ in range(DEEPEST):
        inner: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                inner.extend(each.values())
            elif isinstance(each, list):
                inner.extend(each)
        level = [each for each in inner if isinstance(each, dict | list)]
        if not level:
            return False
    return True
