"""Contents that hurt: each by a name that says where. All people and places in them are made up.

`FIXTURES` has one or more contents under each name; every codec writes them all in
`test_golden.py`, and reads back what it wrote in `test_every_codec.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec.structs import replace

from reader.formats.codec import Content
from reader.model.annotation import UNATTRIBUTED, Annotation, reading_order
from reader.model.link import Link
from tests.model.build import document, mark, of, tie

ARTICLE: Final = (
    "Depot burns for a second day\n"
    "\n"
    "PORT AMRIN - “We had warned them twice,” said harbour master Ines Varga, “and nothing was "
    "done.”\n"
    "\n"
    "The second letter was never answered, according to a clerk of the port who asked not to be "
    "named. The fire began on Monday.\n"
)


def content(
    text: str, *records: Annotation | Link, title: str = "article.txt", **fields: Any
) -> Content:
    """A document with these records, in reading order."""
    marks = sorted((each for each in records if isinstance(each, Annotation)), key=reading_order)
    place = {each.id: at for at, each in enumerate(marks)}
    links = [each for each in records if isinstance(each, Link)]
    links.sort(key=lambda link: (place[link.from_id], link.id))
    return Content(document(text, title=title, **fields), text, tuple(marks), tuple(links))


def _article() -> Content:
    """Every kind, a split claim, a link by way of a cue, one without; attributes and notes."""
    first, second = ARTICLE.index("We had"), ARTICLE.index("and nothing")
    split = mark(
        *(1, (first, first + 24), (second, second + 20)),
        text=ARTICLE,
        label="quotation",
        attributes={"status": "unchecked", "priority": 2},
        note="Which letters?",
    )
    source = of("harbour master Ines Varga", 2, text=ARTICLE, kind="source", label="named")
    cue = of("said", 3, text=ARTICLE, kind="cue")
    person = of("Ines Varga", 4, text=ARTICLE, kind="entity", label="person")
    claim = of("The second letter was never answered", 5, text=ARTICLE, label="statement")
    clerk = of("a clerk of the port", 6, text=ARTICLE, kind="source", label="unnamed")
    open_claim = of(
        *("The fire began on Monday", 7),
        text=ARTICLE,
        attributes={UNATTRIBUTED: True},
    )
    return content(
        *(ARTICLE, split, source, cue, person, claim, clerk, open_claim),
        tie(8, split, source, cue),
        tie(9, claim, clerk, note="by telephone", attributes={"sure": True}),
    )


def _notes() -> Content:
    """Notes over several lines, and attributes of every type."""
    text = "A bridge was closed. Another one was not."
    return content(
        text,
        of("A bridge", 1, text=text, kind="entity", label="place", note="one\ntwo\r\n\tthree \\n"),
        of(
            *("Another one", 2),
            text=text,
            kind="entity",
            note="“quoted”, 'so', <b>&amp; \"this\"</b>; = + - @",
            attributes={
                "words": "a;b|c\nd",
                "number": 1.5,
                "flag": False,
                "list": [1, None],
                "": 0,
            },
        ),
    )


def _formulas() -> Content:
    """Words, labels and notes that a spreadsheet takes for formulas."""
    text = "=1+1 is two, -5 is not, '=x is neither, +49 is a prefix, @home is not.\n\tTab"
    wanted = ("=1+1", "-5", "'=x", "+49", "@home", "\tTab")
    marks = [of(words, at + 1, text=text, note=words) for at, words in enumerate(wanted)]
    return content(text, *marks)


def _astral() -> Content:
    """An emoji before a span, inside of one, and after one; with a skin tone, and a family."""
    text = "😀 Joris said 👍🏽 to 👩‍👩‍👧 and left 🏴󠁧󠁢󠁳󠁣󠁴󠁿 at noon 𝔘.\n"
    return content(
        text,
        of("Joris", 1, text=text, kind="source"),
        of("👍🏽 to", 2, text=text),
        of("👩‍👩‍👧", 3, text=text, kind="entity"),
        of("left 🏴󠁧󠁢󠁳󠁣󠁴󠁿 at noon", 4, text=text),
        of("𝔘", 5, text=text, kind="entity", note="𝔘 😀"),
    )


def _awkward() -> Content:
    """Quotes, brackets, tabs, NULs, ESC, other controls, separators that are no line ends."""
    text = (
        "a\tb \"c\" 'd' [e] {f} <g> &amp; \\h \x00 \x1b[31mred\x1b[0m \x07\x08 \x85 \u2028 \x0c "
        "\u202eabc\u202c \u00a0 \ufffd \ufffe ]]> --> #i %j $k ;l |m"
    )
    words = ('b "c"', "[e] {f}", "<g> &amp;", "\\h \x00", "\x1b[31mred\x1b[0m", "\x85 \u2028 \x0c")
    marks = [of(each, at + 1, text=text, kind="entity") for at, each in enumerate(words)]
    return content(text, *marks, mark(20, (0, len(text)), text=text, label="statement"))


def _crlf() -> Content:
    text = "First line.\r\nSecond line.\r\n\r\nThird\rline.\n"
    return content(text, of("Second", 1, text=text), of("line.\r\n\r\nThird", 2, text=text))


def _bom() -> Content:
    text = "\ufeffThe mayor spoke.\ufeff"
    return content(text, mark(1, (0, 10), text=text), of("spoke", 2, text=text, kind="cue"))


def _combining() -> Content:
    text = "Ce\u0301cile said: cafe\u0301, Å, A\u030a, 한, \u1112\u1161\u11ab, नि."
    return content(
        text,
        mark(1, (0, 2), text=text, kind="entity"),
        of("Ce\u0301cile", 2, text=text, kind="entity", label="person"),
        of("A\u030a", 3, text=text, kind="entity"),
        of("नि", 4, text=text, kind="entity"),
    )


def _overlaps() -> Content:
    """Nested, crossing, identical and adjacent spans; split ones that touch and interleave."""
    text = "The mayor of Amrin, Tove Lindqvist, said she would resign."
    return content(
        text,
        mark(1, (0, 18), text=text, kind="entity", label="person"),
        mark(2, (13, 18), text=text, kind="entity", label="place"),
        mark(3, (4, 34), text=text, kind="source", label="named"),
        mark(4, (13, 18), text=text, kind="entity", label="place"),
        mark(5, (13, 18), text=text, kind="entity", label="organisation", annotator="boris"),
        mark(6, (18, 20), text=text, kind="cue"),
        mark(7, (41, 44), (44, 50), text=text, label="prediction"),
        mark(8, (0, 3), (41, 44), (51, 57), text=text),
        mark(9, (4, 9), (45, 50), text=text),
    )


def _paragraphs() -> Content:
    text = "One sentence here.\n\nAnother there.\n \nThe end of it."
    return content(
        text,
        mark(1, (4, 27), text=text, label="statement"),
        mark(2, (0, len(text)), text=text, kind="entity", label="work"),
        mark(3, (18, 20), text=text, kind="cue"),
        mark(4, (19, 35), (36, 40), text=text),
    )


def _ties() -> Content:
    """Two sources of a claim, a source of two, a ring, other types of link, other annotators."""
    text = "Ann says X. Bob says X and Y. Eve agrees."
    ann, bob, eve = (
        of(name, at, text=text, kind="source", label="named")
        for at, name in enumerate(("Ann", "Bob", "Eve"), start=1)
    )
    x, y = of("X", 4, text=text, label="statement"), of("Y", 5, text=text)
    says = of("says", 6, text=text, kind="cue")
    return content(
        *(text, ann, bob, eve, x, y, says),
        tie(10, x, ann, says),
        tie(11, x, bob),
        tie(12, y, bob, note="over\ntwo lines"),
        tie(13, x, y, type="supports", annotator="boris"),
        tie(14, y, x, type="supports", annotator="boris"),
        tie(15, eve, bob, type="same as", foreign={"other": {"id": "R1"}}),
    )


def _foreign() -> Content:
    """What the model has no word for, from no format that there is."""
    text = "Nothing to see."
    kept = mark(1, (0, 7), text=text, kind="gene", label="p53", foreign={"other": [1, {"a": None}]})
    moved = mark(2, (8, 10), text=text, anchor="moved", origin={"by": "import", "format": "other"})
    return content(text, kept, moved, extra={"foreign": {"other": {"equivalences": [["T1"]]}}})


_SECOND: Final = "A second text. 😀 It has a mark."

FIXTURES: Final[Mapping[str, tuple[Content, ...]]] = {
    "article": (_article(),),
    "notes": (_notes(),),
    "formulas": (_formulas(),),
    "astral": (_astral(),),
    "awkward": (_awkward(),),
    "crlf": (_crlf(),),
    "bom": (_bom(),),
    "combining": (_combining(),),
    "overlaps": (_overlaps(),),
    "paragraphs": (_paragraphs(),),
    "ties": (_ties(),),
    "foreign": (_foreign(),),
    "empty": (content("", title="empty.txt", state="done with nothing found"),),
    "unmarked": (content("Nothing is marked here.\n"),),
    "several": (
        _article(),
        content("", title="empty.txt", number=0xD0E),
        content(
            *(_SECOND, of("a mark", 30, text=_SECOND)),
            title="Second / “text”.txt",
            number=0xD0D,
            url="https://example.org/second",
            note="not\nread",
            attributes={"genre": "news"},
        ),
    ),
}


def large(size: int = 1_000_000, marks: int = 10_000) -> Content:
    """A text of so many characters, not all of them ASCII, and so many marks, every tenth linked:
    for what is measured."""
    sentence = "Tove Lindqvist said on Monday — 😀 — that “nothing was done” about the old bridge. "
    text = (sentence * (size // len(sentence) + 1))[:size]
    step = size // marks
    made = [
        mark(at, (at * step, at * step + min(14, step)), text=text, label="statement")
        for at in range(marks)
    ]
    sources = [replace(each, kind="source", label="named") for each in made[1::2]]
    claims = made[0::2]
    ties = [tie(marks + at, claims[at], sources[at]) for at in range(0, marks // 2, 5)]
    return content(text, *claims, *sources, *ties)
