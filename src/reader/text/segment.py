"""The text objects of a document, by one door: paragraphs, sentences, clauses, names, words.

Every function is pure, takes the whole text, counts in code points, gives half-open spans and
looks at no more than the paragraph at hand.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

from reader.text.paragraphs import (
    NEWLINES,
    Span,
    next_paragraph,
    paragraph_at,
    previous_paragraph,
)
from reader.text.words import next_word, previous_word, word_at, words

if TYPE_CHECKING:
    from reader.text.clauses import clause_end_after, clause_start_before
    from reader.text.names import name_at, names, titled_name_at
    from reader.text.quotes import Quotation, quotation_at, quotations
    from reader.text.runs import noun_run_at, verb_run_at
    from reader.text.sentences import next_sentence, previous_sentence, sentence_at, sentences

__all__ = [
    "NEWLINES",
    "Quotation",
    "Span",
    "clause_end_after",
    "clause_start_before",
    "name_at",
    "names",
    "next_paragraph",
    "next_sentence",
    "next_word",
    "noun_run_at",
    "paragraph_at",
    "previous_paragraph",
    "previous_sentence",
    "previous_word",
    "quotation_at",
    "quotations",
    "sentence_at",
    "sentences",
    "titled_name_at",
    "verb_run_at",
    "word_at",
    "words",
]

_LATER: Final = {
    "Quotation": "quotes",
    "clause_end_after": "clauses",
    "clause_start_before": "clauses",
    "name_at": "names",
    "names": "names",
    "next_sentence": "sentences",
    "noun_run_at": "runs",
    "previous_sentence": "sentences",
    "quotation_at": "quotes",
    "quotations": "quotes",
    "sentence_at": "sentences",
    "sentences": "sentences",
    "titled_name_at": "names",
    "verb_run_at": "runs",
}
"""The modules of what is needed only after a text is on the screen; their patterns are dear."""


def __getattr__(name: str) -> object:
    """Import what is wanted for the first time, and keep it here."""
    if name not in _LATER:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    found: object = getattr(import_module(f"reader.text.{_LATER[name]}"), name)
    globals()[name] = found
    return found
