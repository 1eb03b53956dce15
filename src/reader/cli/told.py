"""What was done or found, in sentences for stderr."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.model.annotation import Annotation
from reader.model.change import Change, Way
from reader.model.link import Link
from reader.workspace.edits import shown


def done(change: Change | None) -> str:
    """What was done, as a sentence. None: another session had done it a moment before."""
    if change is None:
        return "It was gone already."
    said = worded(change.did, change.way)
    return f"{said[:1].upper()}{said[1:]}."


def worded(did: str, way: Way) -> str:
    """What a change did, when it may have been taking back another."""
    match way:
        case "undo":
            return f"undid: {did}"
        case "redo":
            return f"did again: {did}"
    return did


def counted(number: int, word: str) -> str:
    """How many there are of something."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


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
