"""The natural neighbour of a mark: what a tag key takes while the mark just made is selected.

Nobody wants a second mark on the very same words. After a cue the key of claims takes what is
reported, and that of sources who reports it; and so on round the three. So three keys mark three
spans. News in English is the measure: `Officials said that …`, `"…," said Varga. "…"`, `…,
according to two officials`.

Pure functions on a text; offsets are code points, half-open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from reader.model.annotation import Annotation
from reader.model.fragment import Fragment, Fragments, extent
from reader.model.layer import Layers
from reader.model.scheme import Kind, Scheme
from reader.text.lexicon import REPORTING_VERBS
from reader.text.segment import Span
from reader.workspace import phrases
from reader.workspace.phrases import QUOTES, Words
from reader.workspace.window import Window

ROLES: Final = ("statement", "speaker", "report")
"""The natural objects that are one another's neighbours: a claim, who says so, by what words."""

Marked = Mapping[str, Sequence[Span]]
"""By natural object, the stretches near the mark that are marked already."""

_NEAR: Final = 8
"""So far from a mark others that adjoin it begin or end."""

_LEADS: Final = re.compile(r"[\s,:–—-]*")
_FAR: Final = 14
"""So many words behind a claim its report is looked for."""

_RAISING: Final = frozenset(
    ["appear", "appears", "appeared", "seem", "seems", "seemed", "expected", "likely", "supposed"]
)
"""Reports that stand within what they report: "Varga | is expected | to resign"."""

_OFFICE: Final = 4
"""So many words can stand between a report and the name it is of: "said harbour master Varga"."""

_ADDRESSED: Final = 4
"""So many words can stand between a report and its "that": "told reporters on Monday that"."""


def are_neighbours(scheme: Scheme, made: str, kind: Kind) -> bool:
    """Whether a mark of one kind stands beside one of another, as a claim beside its source."""
    role = next((each.natural for each in scheme.kinds if each.name == made), "name")
    return role in ROLES and kind.natural in ROLES and role != kind.natural


def beside(
    window: Window, layers: Layers, scheme: Scheme, here: Annotation | None, kind: Kind
) -> Fragments:
    """What a kind's key takes beside a mark that is selected; nothing when the key is to take the
    very words, as one of entities does."""
    if here is None or not are_neighbours(scheme, here.kind, kind):
        return ()
    roles = {each.name: each.natural for each in scheme.kinds}
    role = roles[here.kind]
    text, base = window.at(here.start)
    marked: dict[str, list[Span]] = {}
    around = extent(here.fragments)
    near = Fragment(max(0, around.start - _NEAR), around.end + _NEAR)
    for each in layers.touching(near):
        spans = [(start - base, end - base) for start, end in each.fragments]
        marked.setdefault(roles.get(each.kind, "name"), []).extend(spans)
    fragments = tuple(Fragment(start - base, end - base) for start, end in here.fragments)
    found = neighbour(text, fragments, role, kind.natural, marked)
    return tuple(Fragment(base + start, base + end) for start, end in found)


def neighbour(text: str, mark: Fragments, role: str, wanted: str, marked: Marked) -> Fragments:
    """What the key of `wanted` takes beside a mark that is a `role`; nothing when that cannot be
    told."""
    mark = _closed_up(text, mark)
    here = Fragment(mark[0].start, mark[-1].end)
    if role == "statement":
        report = _beside(text, mark, marked.get("report", ())) or _report_of_statement(text, mark)
        found = _speaker(text, report) if wanted == "speaker" and report else report
        return _one(found)
    if role == "speaker":
        report = _beside(text, mark, marked.get("report", ())) or _report_of_speaker(text, here)
        if wanted == "report" or report is None:
            return _one(report)
        return _statement(text, here, report)
    if wanted == "speaker":
        return _one(_speaker(text, here))
    speaker = _beside(text, mark, marked.get("speaker", ())) or _speaker(text, here)
    return _statement(text, speaker, here)


def _one(span: Span | None) -> Fragments:
    return (Fragment(*span),) if span is not None and span[0] < span[1] else ()


def _closed_up(text: str, mark: Fragments) -> Fragments:
    """The fragments, those with nothing but blanks between them as one."""
    whole = [mark[0]]
    for each in mark[1:]:
        if text[whole[-1].end : each.start].strip():
            whole.append(each)
        else:
            whole[-1] = Fragment(whole[-1].start, each.end)
    return tuple(whole)


def _beside(text: str, mark: Fragments, others: Sequence[Span]) -> Span | None:
    """The one of some marks that adjoins a mark, if there is one."""
    return next(
        (
            other
            for other in others
            for part in mark
            if _adjoins(text, other, part) or _adjoins(text, part, other)
        ),
        None,
    )


def _adjoins(text: str, one: Span, other: Span) -> bool:
    """Whether only blanks and what joins stand between the end of one and the start of another."""
    return one[1] <= other[0] and _LEADS.fullmatch(text, one[1], other[0]) is not None


# What is said -----------------------------------------------------------------------------------


def _statement(text: str, speaker: Span | None, report: Span) -> Fragments:
    """What is reported: the quotation before speaker and report, with the one behind them; else the
    rest of the sentence; else what stands before in it."""
    block = report
    if speaker is not None and (_adjoins(text, speaker, report) or _adjoins(text, report, speaker)):
        block = min(report[0], speaker[0]), max(report[1], speaker[1])
    before = phrases.quotation_before(text, block[0])
    words = Words.round(text, report)
    if before is not None:
        after = phrases.quotation_after(text, block[1], ",.")
        if after is None and words.sentence[1] > block[1]:
            after = phrases.quotation_after(text, words.sentence[1], "")
        return (*_one(before), *_one(after))
    lowers = words.lowers_in(report)
    opening = phrases.trimmed(text, words.sentence[0], block[0])
    if "according" in lowers and block[0] > words.sentence[0]:
        return _one(opening)
    behind = _clause_behind(text, block[1], words)
    raised = bool(_RAISING.intersection(lowers)) and opening[0] < opening[1]
    if behind is not None and raised:
        return (*_one(phrases.subject_before(words, words.inside(report)[0])), *_one(behind))
    if behind is not None:
        return _one(behind)
    return _one(opening)


def _clause_behind(text: str, position: int, words: Words) -> Span | None:
    """The rest of the sentence behind a place, as far as the clause goes that is reported."""
    limit = words.sentence[1]
    start = _LEADS.match(text, position).end()  # type: ignore[union-attr]  # matches nothing, too
    if start >= limit or text[position] in ".!?":
        return None
    if text[start] in QUOTES:
        quotation = phrases.quotation_after(text, start, "")
        if quotation is not None and phrases.ends_sentence(text, quotation[1], limit):
            return quotation
    behind = [at for at, word in enumerate(words.spans) if word[0] >= start]
    for at in behind[:_ADDRESSED]:
        if words.lowers[at] == "that" and at > behind[0]:
            between = text[start : words.spans[at][0]]
            if not any(mark in between for mark in ",;:" + QUOTES):
                start = words.spans[at][0]
            break
    span = phrases.trimmed(text, start, phrases.clause_end(text, start, limit))
    return span if span[0] < span[1] else None


# Who says so ------------------------------------------------------------------------------------


def _speaker(text: str, report: Span) -> Span | None:
    """Who reports: the subject before the cue, or, when a quotation ends right before the cue,
    what follows it."""
    words = Words.round(text, report)
    inside = words.inside(report)
    if not inside:
        return None
    first, last = inside[0], inside[-1]
    opens = first == 0
    points_on = words.lowers[last] in ("to", "from", "among", "by", "in", "with")
    if (points_on and (words.lowers[first] == "according" or opens)) or (
        words.lowers[last] in ("among", "by")
    ):
        return phrases.named_behind(words, last + 1, whole=not opens)
    if opens or phrases.closes_quotation(text, report[0]):
        found = phrases.named_behind(words, last + 1, whole=True)
        if found is not None:
            return found
    return phrases.subject_before(words, first)


# By what words ----------------------------------------------------------------------------------


def _report_of_speaker(text: str, speaker: Span) -> Span | None:
    """The verbs that follow a source, or those that precede it behind a quotation."""
    words = Words.round(text, speaker)
    inside = words.inside(speaker)
    if not inside:
        return None
    first, last = inside[0], inside[-1]
    if first and words.joined(first - 1):
        phrase = words.lowers[max(0, first - 2) : first]
        if words.lowers[first - 1] in REPORTING_VERBS or phrase == ["according", "to"]:
            return phrases.verbs_before(words, first - 1)
    for at in range(first - 2, max(-1, first - 2 - _OFFICE), -1):
        if not words.joined(at):
            break
        behind_quotation = text[: words.spans[at][0]].rstrip()[-1:] in QUOTES
        if words.lowers[at] in REPORTING_VERBS and behind_quotation:
            return phrases.verbs_before(words, at)
    if last + 1 < len(words.spans) and words.gap_has(last, QUOTES):
        return None  # what follows is said, not how
    return phrases.verbs_behind(words, last + 1)


def _report_of_statement(text: str, mark: Fragments) -> Span | None:
    """The words that report a claim: those before it, or those after its first part."""
    words = Words.round(text, (mark[0].start, mark[0].start + 1))
    before = [at for at, word in enumerate(words.spans) if word[1] <= mark[0].start]
    leads = bool(before) and not text[words.spans[before[-1]][1] : mark[0].start].strip(" \u00a0,:")
    if leads and words.lowers[before[-1]] in REPORTING_VERBS:
        return phrases.verbs_before(words, before[-1])
    tail = Words.round(text, (mark[0].end - 1, mark[0].end))
    behind = [at for at, word in enumerate(tail.spans) if word[0] >= mark[0].end]
    quoted = text[mark[0].end - 1] in QUOTES
    if behind and (quoted or text[mark[0].end : mark[0].end + 1] == "," or not leads):
        for at in behind[:_FAR]:
            if at > behind[0] and tail.gap_has(at - 1, QUOTES):
                break
            participle = tail.lowers[at].endswith("ing") and tail.lowers[at] != "according"
            if tail.lowers[at] in REPORTING_VERBS and not participle:
                return phrases.report_at(tail, at)
    if not leads:
        return phrases.verbs_behind(tail, behind[0]) if behind else None
    if words.lowers_in(mark[0])[:1] == ["that"]:
        for at in reversed(before[-_ADDRESSED:]):
            if words.lowers[at] in REPORTING_VERBS:
                return phrases.verbs_before(words, at)
    return phrases.verbs_before(words, before[-1])
