"""Words of a text as people may be shown them outside of a terminal: nothing in them acts.

Controls become pictures as on the screen (`cells.visible`); what has no shape of its own (bidi
controls, zero widths, fillers, tags, soft hyphens) becomes a dot. It keeps its place where it makes
up one visible sign with its neighbours: in emoji sequences (Unicode TS #51), and as joiners inside
of words whose script needs them (Unicode Standard, 23.2). All is replaced one for one.
"""

from __future__ import annotations

import html
import re
from typing import Final

from reader.text.cells import visible

DOT: Final = "·"

_PICTURE: Final = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_ONE: Final = f"{_PICTURE}(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?"
_JOINING: Final = "[\u0600-\u06ff\u0710-\u07ff\u08a0-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff]"
_UNSEEN: Final = re.compile(
    # what is kept: a flag made of tags, an emoji sequence, a keycap, a joiner inside of a word
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f"
    f"|{_ONE}(?:\u200d{_ONE})*+"
    "|[0-9#*]\ufe0f\u20e3"
    f"|{_JOINING}[\u200c\u200d](?={_JOINING}))"
    "|[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_NO_SIGN: Final = re.compile("[\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def shown(text: str) -> str:
    """The text with a visible sign for each character that has none; as long as before. Tabs, LF
    and the CR before an LF stay."""
    if text.isascii() and text.isprintable():
        return text
    # before the pictures: they would take a direction mark for a control and give it another dot
    text = _UNSEEN.sub(lambda match: match[1] or DOT, text)
    text = "\r\n".join(visible(part) for part in text.split("\r\n"))
    return _NO_SIGN.sub("\ufffd", text)


def line(text: str) -> str:
    """The same on one line: for titles, labels and names."""
    return shown(" ".join(text.split()))


def escaped(text: str) -> str:
    """Shown, and escaped for HTML's text and attributes."""
    return html.escape(shown(text))


def code_points(text: str) -> str:
    """What stands behind a sign: "U+202E"."""
    return " ".join(f"U+{ord(each):04X}" for each in text)


def web_address(url: str | None) -> str | None:
    """The address, if following it is what people expect: a page of the web, in ASCII."""
    fits = url is not None and re.fullmatch(r"https?://[!#-&(-;=?-Z_a-z~\[\]]+", url)
    return url if fits else None
