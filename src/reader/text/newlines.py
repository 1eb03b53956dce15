"""Which line ends a text has."""

from __future__ import annotations

from typing import Final

_CR: Final = ord("\r")
_LF: Final = ord("\n")


def newline_of(text: str) -> str:
    """Which line ends a text has: lf, crlf, cr, mixed, or none."""
    if "\r" not in text:  # looking is ten times as fast as counting
        return "lf" if "\n" in text else "none"
    ends = LineEnds()
    ends.take(text.encode("utf-8", "surrogatepass"))
    return ends.name


class LineEnds:
    """The line ends of a text that is taken piece by piece, as UTF-8."""

    def __init__(self) -> None:
        self._found = dict.fromkeys(("crlf", "lf", "cr"), False)
        self._open = False
        """Whether the last piece ended in a carriage return: a line feed may follow it."""

    def take(self, data: bytes | bytearray, end: int | None = None) -> None:
        """Take the next piece, up to an end."""
        found = self._found
        end = len(data) if end is None else end
        if not end:
            return
        if not self._open and data.find(b"\r", 0, end) < 0:
            found["lf"] = found["lf"] or data.find(b"\n", 0, end) >= 0
            return
        over = self._open and data[0] == _LF
        within = data.count(b"\r\n", 0, end)
        last = data[end - 1] == _CR
        found["crlf"] |= over or within > 0
        found["lf"] |= data.count(b"\n", 0, end) > within + over
        found["cr"] |= (self._open and not over) or data.count(b"\r", 0, end) > within + last
        self._open = last

    @property
    def name(self) -> str:
        """What they are called, as far as the text was taken."""
        present = [name for name, found in self._found.items() if found]
        if self._open and "cr" not in present:
            present.append("cr")
        if not present:
            return "none"
        return present[0] if len(present) == 1 else "mixed"
