"""From words to their place."""

from __future__ import annotations

from reader.errors import InputError
from reader.model.fragment import Fragment
from reader.text.search import occurrences


def locate(text: str, quote: str, nth: int | None = None) -> Fragment:
    """The place of an exact quotation; of its `nth` occurrence, counted from 1, when given.

    Raises InputError when the words do not occur, or occur more than once and `nth` does not say
    which is meant.
    """
    found = occurrences(text, quote)
    if not found:
        raise InputError(
            "The quotation does not occur in the text",
            f"'{quote}'",
            "It must be exact: case, blanks, line ends and quotation marks included.",
        )
    if nth is None and len(found) > 1:
        raise InputError(
            f"The quotation occurs {len(found)} times in the text",
            f"'{quote}'",
            f"Say which with --nth 1 to --nth {len(found)}.",
        )
    wanted = 1 if nth is None else nth
    if not 1 <= wanted <= len(found):
        times = "once" if len(found) == 1 else f"{len(found)} times"
        raise InputError(
            f"There is no occurrence number {wanted}", f"'{quote}' occurs {times}", "Count from 1."
        )
    return found[wanted - 1]
