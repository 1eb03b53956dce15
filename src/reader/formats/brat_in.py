"""From brat's records to marks and links; what the model has no word for goes to `foreign`.

A mark's `foreign["brat"]` has, where it needs them: `id` and `file`, by which records refer to it;
`type`, in PolNeAR's files; `written`, the places as they were, if they are written otherwise here;
and `records`, those that hang on it. What refers to a mark is kept with its id, not with the mark:
so it goes back out only while that is there.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, Final

from reader.errors import InputError
from reader.formats import brat_polnear as polnear
from reader.formats.brat_lines import Record, cut, joined, name_in, records
from reader.formats.brat_polnear import to_kept
from reader.formats.codec import Content
from reader.formats.draft import Draft
from reader.formats.report import Report
from reader.formats.source import Source, shown
from reader.formats.units import Ruler, Unit
from reader.model.annotation import UNATTRIBUTED
from reader.model.fragment import normalized
from reader.model.link import ATTRIBUTION

_SHOWN: Final = {
    "E": "events",
    "R": "relations",
    "A": "attributes",
    "M": "modifiers",
    "N": "normalisations",
    "#": "notes",
    "*": "equivalences",
}


def read(source: Source, unit: Unit, report: Report) -> Content:
    """The content of a file and the text beside it. Raises InputError."""
    found = records(source)
    text = source.document(".txt")
    state = "new" if found else "done with nothing found"
    draft = Draft(
        *(str(text.text), f"{source.stem}.txt", "brat"), encoding=text.encoding, state=state
    )
    _Reading(source, draft, found, Ruler(draft.text, unit), report).read()
    return draft.content()


class _Reading:
    """One file's records, by what they are about."""

    def __init__(
        self,
        source: Source,
        draft: Draft,
        found: Sequence[Record],
        ruler: Ruler,
        report: Report,
    ) -> None:
        self._source, self._draft, self._report = source, draft, report
        self._file = hashlib.sha256(source.data).hexdigest()[:12]
        self._all = [each for each in found if each.sort in {*_SHOWN, "T"}]
        for each in found:
            if each.sort not in {*_SHOWN, "T"}:
                what = f"'{each.id}' is nothing that brat has: it is left out"
                report.remark(what, source.name, each.line)
        self._by_id = {each.id: each for each in self._all if each.sort != "*"}
        self._spans = {each.id: each for each in found if each.sort == "T"}
        self._polnear = polnear.is_polnear({each.type for each in self._spans.values()})
        self._places: dict[str, tuple[tuple[int, int], ...]] = {}
        for each in self._spans.values():
            with source.at(each.line):
                self._places[each.id] = self._placed(each, ruler)
        self._about: dict[str, list[Record]] = defaultdict(list)
        """Attributes and notes by what they are about."""
        self._uses = Counter(ref for each in self._all for _, ref in each.args)
        self._hidden: dict[str, str] = {}
        """Triggers that only repeat a cue, and the mark that keeps what is said of them."""
        self._kept: dict[str, list[dict[str, Any]]] = defaultdict(list)
        """Records that hang on each mark."""
        self._needed: set[str] = set()
        """Ids that records in `_kept` refer to."""
        self._unsourced: set[str] = set()
        self._unseen: dict[str, list[int]] = defaultdict(list)

    def read(self) -> None:
        self._refer()
        events = [each for each in self._all if each.sort == "E"]
        ours = {each.id: role for each in events if (role := self._role_of(each)) is not None}
        self._hide([each for each in events if each.id in ours])
        ties: list[tuple[Record, str, str, str | None, dict[str, Any]]] = []
        for each in self._all:
            if each.id in ours and each.sort == "E":
                ties += self._event(each)
            elif each.sort == "R" and self._is_link(each):
                roles = [role for role, _ in each.args]
                kept: dict[str, Any] = {} if roles == list(polnear.ENDS) else {"roles": roles}
                ties.append((each, each.target, each.args[1][1], None, kept))
            elif each.sort in "ER*":
                self._keep(each)
        single = Counter(record.id for record, *_ in ties)
        tied = {name for name, count in single.items() if count == 1}
        said = {
            name: self._said(name)
            for name in (*self._by_id,)
            if name in tied or (name in self._spans and name not in self._hidden)
        }
        for name, about in list(self._about.items()):
            if name not in said:
                for each in about:
                    self._keep(each)
        for name, record in self._spans.items():
            if name not in self._hidden:
                with self._source.at(record.line):
                    self._mark(record, said[name])
        for number, (record, origin, target, via, kept) in enumerate(ties):
            fields = said[record.id] if record.id in tied else {}
            if record.id in self._needed and record.sort == "R":
                kept = {**kept, "id": record.id, "file": self._file}
            with self._source.at(record.line):
                self._draft.tie(
                    *(f"{record.id}.{number}", origin, target),
                    via=via,
                    type=_link_type(record),
                    kept=kept or None,
                    **{name: value for name, value in fields.items() if name != "label"},
                )
        for sort, lines in self._unseen.items():
            told = f"{_SHOWN[sort]} ({len(lines)}) are kept, but not shown"
            self._report.remark(told, self._source.name, lines[0])

    # What each is -------------------------------------------------------------------------------

    def _placed(self, record: Record, ruler: Ruler) -> tuple[tuple[int, int], ...]:
        """A span's places in code points, as they are written. Raises InputError."""
        places = tuple((ruler.back(start), ruler.back(end)) for start, end in record.ranges)
        there = "".join(self._draft.text[start:end] for start, end in places)
        said = "".join(record.text.split())
        if said and said != "".join(there.split()):
            raise InputError("The text has other words there", shown(there))
        return places

    def _refer(self) -> None:
        """See that all is there that is referred to. A note on nothing is left out."""
        for each in self._all:
            missing = next((ref for _, ref in each.args if ref and ref not in self._by_id), None)
            if missing is not None and each.sort == "#":
                self._report.remark(
                    f"a note on '{missing}', which is not in it, is left out",
                    *(self._source.name, each.line),
                )
            elif missing is not None:
                raise self._source.wrong(f"there is no '{missing}' in it", each.line)
            elif each.sort in "AMN#":
                self._about[each.target].append(each)

    def _role_of(self, event: Record) -> str | None:
        """`polnear` for an attribution, `tied` for a link by way of a cue, None for any other."""
        roles = [role for role, _ in event.args]
        refs = [ref for _, ref in event.args]
        if not event.target or any(ref not in self._spans for ref in refs):
            return None
        if self._spans[event.target].type != event.type:
            return None
        if event.type in polnear.EVENTS:
            kinds = [found[1] for role in roles[1:] if (found := polnear.ROLES.fullmatch(role))]
            contents = {ref for role, ref in event.args if role.startswith("Content")}
            sources = {ref for role, ref in event.args if role.startswith("Source")}
            fits = ("Source" in kinds) == (event.type == polnear.ATTRIBUTED)
            whole = len(kinds) == len(roles) - 1 and contents and not contents & sources
            return "polnear" if whole and fits else None
        if tuple(roles) != polnear.TIED or refs[1] == refs[2]:
            return None
        alone = self._uses[refs[0]] == 1 and self._places[refs[0]] == self._places[refs[3]]
        return "tied" if alone else None

    def _is_link(self, relation: Record) -> bool:
        refs = [ref for _, ref in relation.args]
        return (
            len(refs) == 2
            and refs[0] != refs[1]
            and all(ref in self._spans and ref not in self._hidden for ref in refs)
        )

    def _hide(self, ours: Sequence[Record]) -> None:
        """Find the triggers that are no marks of their own."""
        triggers = {each.target: each for each in reversed(ours)}
        own = {each.id for each in ours}
        used = {
            ref
            for each in self._all
            if each.sort in "ER*"
            for at, (_, ref) in enumerate(each.args)
            if at or each.id not in own
        }
        for name, event in triggers.items():
            if name not in used:
                self._hidden[name] = event.args[1][1]

    # What they come to --------------------------------------------------------------------------

    def _event(self, event: Record) -> list[tuple[Record, str, str, str | None, dict[str, Any]]]:
        """The links of an event that the model has a word for."""
        if event.type not in polnear.EVENTS:
            (_, origin), (_, target), (_, via) = event.args[1:]
            return [(event, origin, target, via, {})]
        by_role: dict[str, list[str]] = defaultdict(list)
        for role, ref in event.args[1:]:
            by_role[role.rstrip("0123456789")].append(ref)
        cue = by_role["Cue"][0] if by_role["Cue"] else None
        more: dict[str, Any] = {"links": bool(by_role["Source"])}
        if event.target in self._hidden:
            place = self._places[event.target]
            same = cue is not None and place == self._places[cue]
            more["trigger"] = None if same else [list(each) for each in place]
        self._hang(by_role["Content"][0], event, more)
        if not by_role["Source"]:
            self._unsourced |= set(by_role["Content"])
        kept = {"event": event.id, "file": self._file}
        return [
            (event, content, source, cue, kept)
            for content in dict.fromkeys(by_role["Content"])
            for source in dict.fromkeys(by_role["Source"])
        ]

    def _said(self, name: str) -> dict[str, Any]:
        """The fields that attributes and notes on a mark or link make; the rest is kept."""
        attributes: dict[str, object] = {}
        fields: dict[str, Any] = {}
        for each in self._about.pop(name, ()):
            key = name_in(each.type)
            if each.sort == "A" and not each.text.strip() and not self._uses[each.id]:
                is_label = key == polnear.LABEL and each.value is not None
                if is_label and "label" not in fields and name in self._spans:
                    fields["label"] = each.value
                    continue
                if key not in attributes and not (is_label and name in self._spans):
                    attributes[key] = each.value if each.value is not None else True
                    continue
            elif each.type == polnear.NOTE and each.text and "note" not in fields:
                fields["note"] = each.text
                continue
            elif each.type == polnear.ANNOTATOR and each.text and "annotator" not in fields:
                fields["annotator"] = each.text
                continue
            self._keep(each)
        if name in self._unsourced:
            attributes[UNATTRIBUTED] = True
        return {**fields, "attributes": attributes}

    def _keep(self, record: Record) -> None:
        """Keep a record with the first mark that it leads to."""
        holder = self._holder(record)
        if holder is None:
            what = f"'{record.id}' is about no words: it is left out"
            self._report.remark(what, self._source.name, record.line)
            return
        self._unseen[record.sort].append(record.line)
        self._hang(holder, record, {})

    def _hang(self, holder: str, record: Record, more: dict[str, Any]) -> None:
        self._kept[holder].append(to_kept(record, **more))
        self._needed |= {ref for _, ref in record.args} | {holder}

    def _holder(self, record: Record) -> str | None:
        seen: set[str] = set()
        waiting = [record]
        while waiting:
            each = waiting.pop()
            for _, ref in each.args:
                if ref in self._spans:
                    return self._hidden.get(ref, ref)
                if ref and ref not in seen:
                    seen.add(ref)
                    waiting.append(self._by_id[ref])
        return None

    def _mark(self, record: Record, said: dict[str, Any]) -> None:
        text, places = self._draft.text, self._places[record.id]
        fragments = joined(text, normalized(places))
        kept: dict[str, Any] = {}
        if record.id in self._needed:
            kept = {"id": record.id, "file": self._file}
        if self._polnear and record.type in polnear.KIND:
            kept["type"] = record.type
        if cut(text, fragments) != places == cut(text, places):
            kept["written"] = [list(each) for each in places]
        if self._kept[record.id]:
            kept["records"] = self._kept[record.id]
        if said.get("annotator"):
            kept["signed"] = True
        kind = polnear.kind_of(record.type, self._polnear)
        self._draft.mark(record.id, kind, fragments, kept=kept or None, **said)


def _link_type(record: Record) -> str:
    is_attribution = record.sort == "E" and record.type in polnear.EVENTS
    return ATTRIBUTION if is_attribution else name_in(record.type)
