"""The HTML report: an article with its marks and the claim log, in a file that can be mailed.

Everything is in it and nothing is fetched: the Content Security Policy (W3C CSP 3) allows the one
style and the one script, by their hashes, and nothing else. The text of an article is there
character by character; marks cut it into segments, each with the classes of all marks over it.
HTML cannot hold NUL and turns a bare CR into LF (WHATWG HTML, 13.2.3.5): controls are shown as
pictures, and the CR of CR LF is written as a reference.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from reader.formats.claimlog import CLAIM, NOBODY, Log, Relation, Written, checks, further, value
from reader.formats.codec import Content, Files, Options
from reader.formats.draft import FOREIGN
from reader.formats.html_safe import DOT, code_points, escaped, line, shown, web_address
from reader.formats.html_script import SCRIPT
from reader.formats.html_style import CHIPS, STYLE
from reader.formats.report import Report
from reader.model.annotation import UNATTRIBUTED, Annotation
from reader.model.document import Document
from reader.model.link import Link
from reader.model.scheme import DEFAULT
from reader.text.paragraphs import NEWLINES

BROUGHT: Final = "what other formats brought"
_KINDS: Final = {each.name: each.plural for each in DEFAULT.kinds}
_ORDER: Final = (CLAIM, "source", "entity", "cue", "other")
_DEEPEST: Final = 3
"""So many claims over one another have a colour of their own."""


class HtmlReport(Written):
    """One page for all documents, with a table of contents."""

    name = "html"
    summary = "a report to read, search, print and mail: articles with their marks, and claim logs"
    extensions = (".html", ".htm")
    carries = (
        *("the texts", "overlapping and split spans", "labels", "attributes", "notes", "links"),
        *("what is known of the documents",),
    )
    loses = (BROUGHT,)

    def encode(self, contents: Sequence[Content], options: Options, report: Report) -> Files:
        logs = [Log(each) for each in contents]
        for content in contents:
            tell_brought(content, report)
        several = len(contents) != 1
        title = f"{len(contents)} texts" if several else line(contents[0].document.title)
        articles = "".join(
            _article(content, log, f"d{at}", "h2" if several else "h1")
            for at, (content, log) in enumerate(zip(contents, logs, strict=True), start=1)
        )
        present = {_kind(mark) for content in contents for mark in content.annotations}
        top = f'<div class="top"><h1>{title}</h1>{_toc(contents)}</div>\n' if several else ""
        page = (
            f'<!doctype html>\n<html lang="en">\n<head>\n{_head(title)}</head>\n<body>\n'
            f"{_bar(present)}<main>\n{top}{articles}</main>\n"
            "<footer>Written by reader. All of it is in this file; it fetches nothing from "
            "elsewhere.</footer>\n"
            '<div id="card" role="group" aria-label="Marks here" hidden></div>\n'
            f"<script>{SCRIPT}</script>\n</body>\n</html>\n"
        )
        return Files(page.encode("utf-8"))


def tell_brought(content: Content, report: Report) -> None:
    """What a report leaves out."""
    records: list[Annotation | Link] = [*content.annotations, *content.links]
    report.lose(BROUGHT, sum(1 for each in records if each.foreign))
    report.lose(BROUGHT, int(FOREIGN in content.document.extra))


def counted(log: Log) -> str:
    """How many marks there are of which kind: "2 claims, 1 source"."""
    many = Counter(each.kind for each in log.marks)
    parts = []
    known = [each for each in _ORDER if each in many]
    for name in (*known, *sorted(many.keys() - set(known))):
        number = many[name]
        words = _KINDS.get(name, "").lower() or f"marks of the kind {line(name)}"
        parts.append(f"{number} {words if number > 1 else _single(name, words)}")
    return ", ".join(parts) or "no marks"


def _single(name: str, words: str) -> str:
    return name if name in _KINDS else words.replace("marks", "mark", 1)


def facts(document: Document) -> list[tuple[str, str]]:
    """What is known of a document, but for its address and its note."""
    state = document.state if document.state != "new" else None
    found = [("author", document.author), ("published", document.published), ("state", state)]
    told = [(name, line(each)) for name, each in found if each]
    return told + [(line(name), value(each)) for name, each in document.attributes.items()]


# The page -----------------------------------------------------------------------------------------


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _head(title: str) -> str:
    policy = (
        f"default-src 'none'; script-src 'sha256-{_hash(SCRIPT)}'; "
        f"style-src 'sha256-{_hash(STYLE)}'; base-uri 'none'; form-action 'none'"
    )
    return (
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escaped(title)}</title>\n<style>{STYLE}</style>\n"
    )


def _bar(present: set[str]) -> str:
    keys = "".join(
        f'<button type="button" class="key {kind}" data-kind="{kind}" aria-pressed="true">'
        f"{_KINDS.get(kind, 'Other marks')}</button>\n"
        for kind in _ORDER
        if kind in present
    )
    return (
        '<div class="bar" id="bar" hidden>\n<form id="search" role="search">\n'
        '<input id="query" type="search" placeholder="Search (press /)" aria-label="Search" '
        'autocomplete="off" spellcheck="false">\n'
        '<button type="button" id="previous" aria-label="Previous hit">↑</button>\n'
        '<button type="button" id="next" aria-label="Next hit">↓</button>\n'
        '<output id="count" for="query"></output>\n</form>\n'
        f'{keys}<button type="button" id="theme" aria-label="Light or dark">◐</button>\n</div>\n'
    )


def _toc(contents: Sequence[Content]) -> str:
    items = "".join(
        f'<li><a href="#d{at}"><bdi>{escaped(line(each.document.title))}</bdi></a> '
        f"<span>{escaped(counted(Log(each)))}</span></li>\n"
        for at, each in enumerate(contents, start=1)
    )
    return f'<nav class="toc" aria-label="Contents"><ol>\n{items}</ol></nav>' if items else ""


def _article(content: Content, log: Log, own: str, heading: str) -> str:
    document = content.document
    parts = [f'<article class="doc" id="{own}" data-d="{own}">\n<header>\n']
    parts.append(f"<{heading}><bdi>{escaped(line(document.title))}</bdi></{heading}>\n")
    told = [f"{escaped(name)}: <bdi>{escaped(each)}</bdi>" for name, each in facts(document)]
    if told:
        parts.append(f'<p class="meta">{" · ".join(told)}</p>\n')
    address = web_address(document.url)
    if address is not None:
        link = escaped(address)
        parts.append(f'<p class="meta"><a href="{link}" rel="noreferrer">{link}</a></p>\n')
    elif document.url:
        parts.append(f'<p class="meta">{escaped(line(document.url))}</p>\n')
    parts.append(f'<p class="meta">{escaped(counted(log))}</p>\n')
    if document.note:
        parts.append(f'<p class="aside find"><bdi>{escaped(document.note)}</bdi></p>\n')
    parts.append('</header>\n<div class="cols">\n<div class="text find" lang="" dir="auto">')
    parts.extend(_marked(content.words, log, own))
    parts.append('</div>\n<aside class="log" aria-label="Claim log">\n<h3>Claim log</h3>\n')
    numbers = {mark.id: at for at, mark in enumerate(log.marks)}
    claims = "".join(_entry(each, log, own, numbers) for each in log.claims)
    parts.append(f"<ol>\n{claims}</ol>\n" if claims else '<p class="none">No claims.</p>\n')
    parts.append("</aside>\n</div>\n")
    for kind in _ORDER[1:]:
        entries = "".join(
            _entry(each, log, own, numbers) for each in log.marks if _kind(each) == kind
        )
        if entries:
            title = _KINDS.get(kind, "Other marks")
            parts.append(
                f'<section class="others"><h3>{title}</h3>\n<ul>\n{entries}</ul></section>\n'
            )
    parts.append("</article>\n")
    return "".join(parts)


def _kind(mark: Annotation) -> str:
    return mark.kind if mark.kind in _ORDER else "other"


# The text -----------------------------------------------------------------------------------------


class _Edge(NamedTuple):
    """Where a part of a mark begins or ends."""

    at: int
    begins: bool
    mark: int
    first: bool


def _marked(text: str, log: Log, own: str) -> Iterator[str]:
    """The text in segments, each with all marks that lie over it."""
    seen = shown(text)
    edges = [
        _Edge(place, begins, number, at == 0)
        for number, mark in enumerate(log.marks)
        for at, part in enumerate(mark.fragments)
        for place, begins in ((part.start, True), (part.end, False))
    ]
    edges.sort()
    over: set[int] = set()
    begun: list[_Edge] = []
    done = 0
    for edge in (*edges, None):
        at = edge.at if edge is not None else len(text)
        if at > done:
            inner = _safe(text, seen, done, at)
            yield _segment(inner, sorted(over), begun, log, own) if over else inner
            begun, done = [], at
        if edge is None:
            break
        if edge.begins:
            over.add(edge.mark)
            begun.append(edge)
        else:
            over.discard(edge.mark)
            # parts that touch: the one that begins here sorts behind this end
            begun = [each for each in begun if each.mark != edge.mark]


def _segment(inner: str, over: Sequence[int], begun: Sequence[_Edge], log: Log, own: str) -> str:
    marks = [log.marks[number] for number in over]
    depth = sum(1 for each in marks if each.kind == CLAIM)
    classes = ["m", *sorted({f"k-{_kind(each)}" for each in marks})]
    if depth:
        classes.append(f"c{min(depth, _DEEPEST)}")
    data = f'class="{" ".join(classes)}" data-m="{" ".join(map(str, over))}"'
    if not begun:
        return f"<span {data}>{inner}</span>"
    innermost = min(begun, key=lambda each: log.marks[each.mark].end - log.marks[each.mark].start)
    numbers = [log.codes[log.marks[each.mark].id] for each in begun if _is_claim(log, each.mark)]
    if numbers:
        data += f' data-n="{",".join(numbers)}"'
    targets = [f"{own}-t{each.mark}" for each in begun if each.first]
    if targets:
        data += f' id="{targets[0]}"'
    for each in targets[1:]:
        inner = f'<span id="{each}">{inner}</span>'
    return f'<a {data} href="#{own}-m{innermost.mark}">{inner}</a>'


def _is_claim(log: Log, number: int) -> bool:
    return log.marks[number].kind == CLAIM


def _safe(text: str, seen: str, start: int, end: int) -> str:
    """A stretch, escaped; what was replaced says on hovering what it is."""
    if text[start:end] == seen[start:end]:
        return _escaped(seen[start:end])
    parts = []
    done = start
    for at in range(start, end):
        if text[at] != seen[at]:
            parts.append(_escaped(seen[done:at]))
            if at or text[at] != "\ufeff":  # the mark that opens a file is no part of its words
                ends = " end" if text[at] in NEWLINES else ""
                code = " code" if seen[at] != DOT else ""
                told = f'class="x{code}{ends}" title="{code_points(text[at])}"'
                parts.append(f"<span {told}>{seen[at]}</span>")
            done = at + 1
    parts.append(_escaped(seen[done:end]))
    return "".join(parts)


def _escaped(seen: str) -> str:
    return (
        seen.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    )


# The log ------------------------------------------------------------------------------------------


def _entry(mark: Annotation, log: Log, own: str, numbers: Mapping[str, int]) -> str:
    """What there is to say of a mark; the cards are copies of it."""
    number, kind = numbers[mark.id], _kind(mark)
    relations = log.relations(mark)
    others = {end for each in relations for end in (*each.link.ends,)} - {mark.id}
    to = " ".join(str(numbers[each]) for each in sorted(others, key=numbers.__getitem__))
    parts = [f'<li class="entry {kind}" id="{own}-m{number}" data-to="{to}">\n<div class="head">']
    parts.append(f'<a class="num" href="#{own}-t{number}">{log.codes[mark.id]}</a>')
    label = mark.label or ("" if kind == mark.kind else mark.kind)
    if kind == "other" and mark.label:
        label = f"{mark.kind}: {mark.label}"
    shown_as = f'<span class="label">{escaped(line(label or mark.kind))}</span>'
    quote = ' <span class="gap">…</span> '.join(
        f"<bdi>{escaped(line(each)) or '␠'}</bdi>" for each in mark.quote
    )
    if mark.kind == CLAIM:
        parts.append(shown_as + _chips(mark) + "</div>\n")
        parts.append(f'<p class="quote find">{quote}</p>\n')
    else:
        parts.append(f'<span class="quote find">{quote}</span>{shown_as}</div>\n')
    parts.extend(_relation(each, log, own, numbers) for each in relations)
    if mark.kind == CLAIM and not log.attributions(mark):
        said = NOBODY if mark.unattributed else "not attributed to anybody yet"
        parts.append(f'<p class="label">{said}</p>\n')
    parts.extend(_details(mark, log))
    parts.append("</li>\n")
    return "".join(parts)


def _chips(claim: Annotation) -> str:
    priority, status, _ = checks(claim)
    made = ""
    if status:
        made += f'<span class="chip {CHIPS.get(status, "")}">{escaped(status)}</span>'
    if priority:
        made += f'<span class="chip">priority: {escaped(priority)}</span>'
    return made


def _relation(relation: Relation, log: Log, own: str, numbers: Mapping[str, int]) -> str:
    def tied(mark: Annotation) -> str:
        words = escaped(_short(line(mark.words))) or "␠"
        return f'<a href="#{own}-t{numbers[mark.id]}"><bdi>{words}</bdi></a>'

    parts = [f"<p>{escaped(relation.words)} {tied(relation.other)}"]
    parts.append(f' <span class="label">{log.codes[relation.other.id]}</span>')
    if relation.cue is not None:
        parts.append(f", cue: {tied(relation.cue)}")
    for name, each in relation.link.attributes.items():
        parts.append(f", {escaped(line(name))}: <bdi>{escaped(value(each))}</bdi>")
    if relation.link.note:
        parts.append(f' <span class="find">({escaped(line(relation.link.note))})</span>')
    return f"{''.join(parts)}</p>\n"


def _short(words: str, most: int = 90) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _details(mark: Annotation, log: Log) -> Iterator[str]:
    if mark.kind == CLAIM and (check := checks(mark)[2]):
        yield f'<p class="find">Check: <bdi>{escaped(check)}</bdi></p>\n'
    for name, each in further(mark).items():
        if name != UNATTRIBUTED:
            yield f"<p>{escaped(line(name))}: <bdi>{escaped(value(each))}</bdi></p>\n"
    if mark.note:
        yield f'<p class="note find"><bdi>{escaped(mark.note)}</bdi></p>\n'
    place = f"paragraph {log.paragraph(mark)}, characters {mark.start}–{mark.end}"
    moved = "" if mark.anchor == "same" else f", anchor {escaped(mark.anchor)}"
    yield f'<p class="where">{place}{moved}, <bdi>{escaped(line(mark.annotator))}</bdi></p>\n'


HTML: Final = HtmlReport()
