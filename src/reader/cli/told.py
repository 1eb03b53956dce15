"""What was done or found, in sentences for stderr."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.model.annotation import Annotation
from reader.model.change import Change
from reader.model.link import Link
from reader.workspace.edits import shown


def done(change: Change | None) -> str:
    """What was done, as a sentence. None: another session had done it a moment before."""
    if change is None:
        return "It was gone already."
    return f"{change.did[:1].upper()}{change.did[1:]}."


def removed_links(change: Change | None, before: Iterable[Annotation]) -> Iterator[str]:
    """A sentence for every link that a change took away. `before`: the marks as they were."""
    words = {each.id: shown(each) for each in before}
    for edit in change.edits if change is not None else ():
        if isinstance(edit.before, Link) and edit.after is None:
            link = edit.before
            ends = f"from “{words[link.from_id]}” to “{words[link.to_id]}”"
            yield f"The link {link.id} {ends} was removed with it."


def nothing_by(annotator: str, annotations: Iterable[Annotation]) -> str:
    """That somebody has marked nothing, and who has: the name may be mistyped."""
    names = ", ".join(sorted({each.annotator for each in annotations}))
    others = f"The annotators are: {names}." if names else "Nobody has."
    return f"{annotator} has marked nothing here. {others}"
