"""The Markdown report, read by a Markdown parser: it says what the text says, and does nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given

from reader.formats.claimlog import Log
from reader.formats.codec import Content
from reader.formats.html_safe import shown
from reader.formats.markdown import MARKDOWN, _marked
from reader.formats.markdown_words import escaped
from tests.formats.fixtures import FIXTURES
from tests.formats.strategies import contents, scripts, texts
from tests.formats.trip import encoded

markdown_it = pytest.importorskip("markdown_it")

_SIGNS = re.compile("[⟦⟪⟨‹⦅⟧⟫⟩›⦆⁰¹²³⁴⁵⁶⁷⁸⁹ˢᴱᴿᴹ]")


class Words(HTMLParser):
    """The words of a page, and its tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page(text: str) -> Words:
    parser = Words()
    rendered = markdown_it.MarkdownIt("gfm-like").render(text)
    parser.feed(rendered)
    parser.close()
    return parser


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("fixture", FIXTURES)
def test_a_parser_reads_the_text_and_nothing_else(fixture: str) -> None:
    for each in FIXTURES[fixture]:
        _assert_reads(each)


@given(contents())
def test_a_parser_reads_any_text_and_nothing_else(content: Content) -> None:
    _assert_reads(content)


def _assert_reads(content: Content) -> None:
    read = page(_marked(content.words, Log(content)))
    assert read.tags <= {"p", "br"}
    wanted = squeezed(_SIGNS.sub("", shown(content.words.removeprefix("\ufeff"))))
    assert squeezed(_SIGNS.sub("", "".join(read.words))) == wanted


@given(texts | scripts)
def test_words_are_words(words: str) -> None:
    one_line = " ".join(words.split())
    read = page(escaped(one_line))
    assert read.tags <= {"p"}
    assert squeezed("".join(read.words)) == squeezed(shown(one_line))


@pytest.mark.parametrize(
    "words",
    [
        *(
            "# a",
            "- a",
            "+ a",
            "1. a",
            "12) a",
            "> a",
            "***",
            "---",
            "===",
            "a | b",
            "~~a~~",
            "`a`",
        ),
        *(
            "[a](b)",
            "![a](b)",
            "<b>a</b>",
            "&amp;",
            "https://a.example/b",
            "www.example.org",
            "a*b*",
        ),
        *("http://x.example", "    a", "\ta", "$a$", "a\\", "[^1]", ":::", "|-|-|", "<!-- a -->"),
    ],
)
def test_nothing_means_anything(words: str) -> None:
    read = page(escaped(words.strip()))
    assert read.tags == {"p"}
    assert "".join(read.words).strip() == words.strip()


def test_crossing_marks_say_where_each_begins() -> None:
    text = encoded(MARKDOWN, FIXTURES["overlaps"]).files[0].main.decode()
    assert "⟨ᴱ¹⟦¹The⟧¹ ⟪⟦²mayor⟧² of ⟨ᴱ²" in text


@given(contents())
def test_nothing_acts(content: Content) -> None:
    text = encoded(MARKDOWN, [content]).files[0].main.decode()
    assert not set(text) & set("\x00\x1b\x07\x7f\x85\u200b\u200e\u202e\u2028\u2066\ufeff")


@given(contents())
def test_tables_keep_their_columns(content: Content) -> None:
    text = encoded(MARKDOWN, [content]).files[0].main.decode().partition("## Text")[2]
    counts = [
        len(re.findall(r"(?<!\\)(?:\\\\)*\|", line))
        for line in text.split("\n")
        if line.startswith("| ")
    ]
    assert set(counts) <= {9, 13}
