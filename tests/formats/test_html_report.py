"""The HTML report: its words, its colours, its policy; and in a browser, where there is one."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given

from reader.formats.codec import Content
from reader.formats.html_report import HTML
from reader.formats.html_safe import shown, web_address
from reader.formats.html_style import DARK, LIGHT, PAIRS
from tests.formats.fixtures import ARTICLE, FIXTURES, content
from tests.formats.strategies import contents
from tests.formats.trip import encoded
from tests.model.build import of

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """What a page says: each article's text, all ids, all links; every tag is closed."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.tags: set[str] = set()
        self._open: list[tuple[str, bool]] = []
        self.feed(source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given_attrs = dict(attrs)
        self.tags.add(tag)
        self.attributes |= given_attrs.keys()
        if "id" in given_attrs:
            self.ids.append(given_attrs["id"] or "")
        if "href" in given_attrs:
            self.links.append(given_attrs["href"] or "")
        if tag in VOID:
            return
        is_text = (given_attrs.get("class") or "").split()[:1] == ["text"]
        if is_text:
            self.texts.append("")
        self._open.append((tag, is_text))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any(is_text for _, is_text in self._open):
            self.texts[-1] += data


def page(*given_contents: Content) -> str:
    return encoded(HTML, given_contents).files[0].main.decode()


def _assert_sound(*given_contents: Content) -> Page:
    source = page(*given_contents)
    read = Page(source)
    assert read.texts == [shown(each.words.removeprefix("\ufeff")) for each in given_contents]
    assert len(set(read.ids)) == len(read.ids)
    inner = [each for each in read.links if each.startswith("#")]
    assert {each[1:] for each in inner} <= set(read.ids)
    assert all(re.match("https?://", each) for each in set(read.links) - set(inner))
    assert not [each for each in read.attributes if each.startswith("on") or each == "style"]
    assert not read.tags & {"img", "iframe", "object", "base", "b", "g"}
    assert not set(source) & set("\x00\x1b\x07\x7f\x85\u200b\u200e\u202e\u2028\u2066\ufeff")
    return read


@pytest.mark.parametrize("fixture", FIXTURES)
def test_the_text_is_there_character_by_character(fixture: str) -> None:
    _assert_sound(*FIXTURES[fixture])


@given(contents())
def test_any_text_is_there_character_by_character(given_content: Content) -> None:
    _assert_sound(given_content)


def test_several_documents_have_a_table_of_contents() -> None:
    read = _assert_sound(*FIXTURES["several"])
    assert [each for each in read.links if re.fullmatch(r"#d\d", each)] == ["#d1", "#d2", "#d3"]
    assert "https://example.org/second" in read.links


def test_no_document_at_all() -> None:
    assert "0 texts" in page()


def test_the_policy_names_the_style_and_the_script() -> None:
    source = page(*FIXTURES["article"])
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', source)[1]
    for tag in ("style", "script"):
        (inner,) = re.findall(f"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_text_stands_out(colours: dict[str, str], ink: str, ground: str) -> None:
    high, low = sorted((_light(colours[ink]), _light(colours[ground])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\tb\r\nc", "a\tb\r\nc"),
        ("\x00\x1b\x7f\x9b\rx", "␀␛␡\ufffd␍x"),
        ("a\u202eb\u2066c\u200fd\u061ce", "a·b·c·d·e"),
        ("pass\u200bword\u00ad\ufeff", "pass·word··"),
        (
            "👩\u200d👩\u200d👧 👍🏽 ❤\ufe0f 1\ufe0f\u20e3",
            "👩\u200d👩\u200d👧 👍🏽 ❤\ufe0f 1\ufe0f\u20e3",
        ),
        ("x\u200dy a\ufe0f", "x·y a·"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e0062\U000e007f"),
        ("a\U000e0067\U000e0062\U000e007f", "a···"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\ufffe\ufdd0", "\ufffd\ufffd"),
    ],
)
def test_what_has_no_shape_is_shown(text: str, seen: str) -> None:
    assert shown(text) == seen
    assert len(seen) == len(text)


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://example.org/a?b=c&d", True),
        ("http://example.org", True),
        *((each, False) for each in ("javascript:alert(1)", "data:text/html,x", "file:///etc", "")),
        *((each, False) for each in ('https://a"b', "https://a b", "https://а.example", None)),
    ],
)
def test_only_pages_of_the_web_are_followed(url: str | None, followed: bool) -> None:
    assert (web_address(url) == url) is followed or url is None


# In a browser -------------------------------------------------------------------------------------

browser = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium")


def _dom(source: str, folder: Path, fragment: str = "") -> tuple[str, str]:
    """The document as a browser has it once scripts have run, and what it said meanwhile."""
    file = folder / "report.html"
    file.write_text(source, "utf-8", newline="")
    ran = subprocess.run(
        [
            *(str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"),
            *("--enable-logging=stderr", "--v=0", f"--user-data-dir={folder / 'profile'}"),
            f"{file.as_uri()}{fragment}",
        ],
        capture_output=True,
        timeout=100,
        check=True,
    )
    return ran.stdout.decode(), ran.stderr.decode()


@browser
@pytest.mark.xdist_group("chromium")
def test_in_a_browser_the_search_works_and_nothing_is_refused(tmp_path: Path) -> None:
    given_contents = [*FIXTURES["article"], *FIXTURES["awkward"], *FIXTURES["crlf"]]
    dom, said = _dom(page(*given_contents), tmp_path, "#find=%E2%80%9Cwe%20HAD")
    assert "CONSOLE" not in said
    assert "Content Security Policy" not in said
    # both quotation marks are one sign to the search: once in the text
    assert re.search(r'<output id="count"[^>]*>1 of 1</output>', dom)
    assert re.search(r'<div class="bar" id="bar">', dom), "the script has run"
    texts = Page(dom.replace("&nbsp;", "\u00a0")).texts
    assert texts[0] == ARTICLE
    assert texts == [shown(each.words) for each in given_contents]


@browser
@pytest.mark.xdist_group("chromium")
def test_in_a_browser_marks_have_cards_and_nothing_foreign_runs(tmp_path: Path) -> None:
    text = "Ann <script>document.title='bad'</script><img src=x onerror=alert(1)> says no."
    evil = '"><script>document.title="bad"</script>'
    mark = of("Ann", 1, text=text, kind="source", label=evil, note=evil, attributes={evil: evil})
    source = page(content(text, mark, title=evil, author=evil, url=f"https://a.example/{evil}"))
    dom, said = _dom(source, tmp_path)
    assert "CONSOLE" not in said
    assert "<title>bad" not in dom
    # what a script would be allowed to do, if one had come in: nothing
    smuggled = source.replace("</body>", "<script>document.title='bad'</script></body>")
    dom, said = _dom(smuggled, tmp_path)
    assert "<title>bad" not in dom
    assert "Content Security Policy" in said
    # a card, by a policy that lets the test in
    touch = "document.querySelector('a.m').focus({focusVisible: true});"
    free = re.sub(r"<meta http-equiv[^>]*>", "", source)
    dom, said = _dom(free.replace("</body>", f"<script>{touch}</script></body>"), tmp_path)
    assert "CONSOLE" not in said
    card = dom.partition('<div id="card"')[2]
    assert "hidden" not in card.partition(">")[0]
    assert 'class="entry source"' in card
    assert 'aria-describedby="card"' in dom
