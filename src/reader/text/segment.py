"""The text objects of a document, by one door: paragraphs, words, sentences, quotations, names.

Every function is pure, takes the whole text, counts in code points, gives half-open spans and
looks at no more than the paragraph at hand.
"""

from reader.text.names import name_at, names, titled_name_at
from reader.text.paragraphs import (
    NEWLINES,
    Span,
    next_paragraph,
    paragraph_at,
    previous_paragraph,
)
from reader.text.quotes import Quotation, quotation_at, quotations
from reader.text.runs import noun_run_at, verb_run_at
from reader.text.sentences import next_sentence, previous_sentence, sentence_at, sentences
from reader.text.words import next_word, previous_word, word_at, words

__all__ = [
    "NEWLINES",
    "Quotation",
    "Span",
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
