"""The fewest keys that an expert needs to mark articles as a gold standard has them.

    python tests/speed/keystrokes.py [FOLDER] [--json] [--plan DIR] [--jobs N]

FOLDER holds pairs of `.txt` and `.ann` in PolNeAR's brat form; by default the articles beside the
repository. Every source, cue, claim with all its parts, and attribution is planned in reading order
on a terminal of 120x40, with the keys of the program's own catalogue and its own motions; each plan
is typed on a real desk with a database of its own, and what is there then is compared with the
gold. Beside it stands what SLATE's keys would take.

A source that is tagged and attributed by one command (`a n`) counts two keys for the link, and for
the span what it took to get there.

`--plan DIR` writes NAME.keys for each article: tmux key names, one a line, to be typed into
`reader open NAME.txt` with a fresh database, at 120x40:

    while IFS= read -r key; do tmux send-keys -t PANE -- "$key"; done < NAME.keys

`;` is written `\\;`, as tmux wants it. Wait until the program has drawn the text before the first.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Final

from plan import slate
from plan.example import example
from plan.gold import Article, articles
from plan.hands import Pane, article_pane
from plan.planner import Plan, Planner
from plan.terminal import named

from reader.errors import ReaderError

FOLDER: Final = Path(__file__).resolve().parents[3] / "shared" / "data" / "polnear"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--plan", type=Path, metavar="DIR", help="write NAME.keys for each article")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    asked = parser.parse_args()
    found = articles(asked.folder) if asked.folder.is_dir() else []
    if not found:
        print(f"{asked.folder} holds no pairs of .txt and .ann", file=sys.stderr)
        return 2
    pane = article_pane()
    worked = example(pane)
    with ProcessPoolExecutor(max(1, asked.jobs)) as workers:
        plans = []
        for plan in workers.map(partial(planned, pane=pane), found):
            plans.append(plan)
            if not asked.json and sys.stderr.isatty():
                print(f"{len(plans)} of {len(found)}", end="\r", file=sys.stderr)
    theirs = [slate.keys(each) for each in found]
    if asked.plan:
        asked.plan.mkdir(parents=True, exist_ok=True)
        for plan in plans:
            (asked.plan / f"{plan.name}.keys").write_text(named(plan.keys), encoding="utf-8")
    if asked.json:
        print(json.dumps(summary(plans, theirs, worked), indent=1, ensure_ascii=False))
    else:
        show(plans, theirs, worked)
    return 1 if any(plan.missed for plan in plans) else 0


def planned(article: Article, pane: Pane) -> Plan:
    """The plan of an article; where it cannot be made, one that says why."""
    try:
        return Planner(article, pane).plan()
    except (ReaderError, ValueError, LookupError) as error:
        why = f"it could not be planned: {type(error).__name__}: {error}"
        return Plan(article.name, len(article.spans), len(article.ties), missed=[why])


def summary(plans: list[Plan], theirs: list[int], worked: Plan) -> dict[str, Any]:
    """All figures as one object."""
    spans, links = sum(each.spans for each in plans), sum(each.links for each in plans)
    span_keys = sum(each.span_keys for each in plans)
    link_keys = sum(each.link_keys for each in plans)
    commands: Counter[str] = Counter()
    for each in plans:
        commands.update(each.how)
    return {
        "articles": len(plans),
        "spans": spans,
        "links": links,
        "keys_per_span": _ratio(span_keys, spans),
        "keys_per_link": _ratio(link_keys, links),
        "slate_keys_per_span": _ratio(sum(theirs), spans),
        "share_of_slate": _ratio(span_keys, sum(theirs)),
        "keys": span_keys + link_keys,
        "span_keys": span_keys,
        "link_keys": link_keys,
        "worked_example_keys": len(worked.keys),
        "sourced_links": sum(each.sourced for each in plans),
        "links_by_the_gold_cue": sum(each.vias for each in plans),
        "not_reached": {each.name: each.missed for each in plans if each.missed},
        "commands": dict(commands.most_common()),
        "by_article": {
            each.name: {
                "spans": each.spans,
                "links": each.links,
                "keys_per_span": _ratio(each.span_keys, each.spans),
                "keys_per_link": _ratio(each.link_keys, each.links),
                "slate_keys_per_span": _ratio(slate_keys, each.spans),
            }
            for each, slate_keys in zip(plans, theirs, strict=True)
        },
    }


def _ratio(one: int, other: int) -> float:
    return round(one / other, 3) if other else 0.0


def show(plans: list[Plan], theirs: list[int], worked: Plan) -> None:
    """Print the table."""
    print(f"{'article':44} {'spans':>5} {'links':>5} {'a span':>7} {'a link':>7} {'SLATE':>7}")
    for plan, slate_keys in zip(plans, theirs, strict=True):
        _row(plan.name, plan.spans, plan.links, plan.span_keys, plan.link_keys, slate_keys)
    sums = summary(plans, theirs, worked)
    _row(
        f"all {sums['articles']}",
        sums["spans"],
        sums["links"],
        sums["span_keys"],
        sums["link_keys"],
        sum(theirs),
    )
    print(f"\n{sums['share_of_slate']:.2f} of the keys that SLATE takes for the spans")
    print(f"{sums['links_by_the_gold_cue']} of {sums['sourced_links']} links go by the gold's cue")
    print(f"the worked example: {len(worked.keys)} keys ({' '.join(worked.keys)})")
    for plan in plans:
        for each in plan.missed:
            print(f"{plan.name}: {each}")


def _row(
    name: str, spans: int, links: int, span_keys: int, link_keys: int, slate_keys: int
) -> None:
    each, tie, other = span_keys, link_keys, slate_keys
    print(
        f"{name[:44]:44} {spans:5} {links:5} {_ratio(each, spans):7.2f} {_ratio(tie, links):7.2f} "
        f"{_ratio(other, spans):7.2f}"
    )


if __name__ == "__main__":
    sys.exit(main())
