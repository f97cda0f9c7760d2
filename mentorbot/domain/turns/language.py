"""Whether a thread is in English: where it isn't, our phrases say nothing, and only its shape is read.

Told by the writing system and by the short words that make up a third of any English text (the most frequent
ones of the Brown corpus, without those that other languages spell alike). A guess for one short comment, but
a reliable one for a thread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# A word between spaces and marks: no name, hash, number, path or piece of code.
_WORD = re.compile(r"(?<![^\s(\"“'])[^\W\d_]+(?:'[^\W\d_]+)?(?=[\s.,;:!?)\"”'…]|\Z)")
_FREQUENT = """
    the of and to that is was for it with as his on be at by i this had not are but from or have they
    which you were her all she there would their we him been has when who will no more if out so what up
    its about than into them can only other time could these two may then do first any my now such like
    our over even most me after also did many should before your how because good just where i'm it's
    don't i'd i'll doesn't isn't think please thanks does need needs here looks make sure maybe why some
"""
_ENGLISH = frozenset(_FREQUENT.split())
_ENOUGH = 12
"""Of fewer words nobody can tell."""

_AT_LEAST = 0.12
"""Other languages in Latin letters stay below a tenth, English is above a quarter."""

_FOREIGN_LETTERS = 0.3


@dataclass(slots=True)
class Language:
    """What was said in a thread so far, counted: letters, words, and the English ones among them."""

    letters: int = 0
    foreign_letters: int = 0
    words: int = 0
    english_words: int = 0

    def hear(self, text: str) -> None:
        """Take in somebody's own words: no quotes, no code (see `comment_parser.parse_comment`)."""
        self.add(counted(text))

    def add(self, said: Language) -> None:
        """Take in what was counted before."""
        self.letters += said.letters
        self.foreign_letters += said.foreign_letters
        self.words += said.words
        self.english_words += said.english_words

    @property
    def is_english(self) -> bool:
        """True for English, and where there are too few words to tell."""
        if self.foreign_letters > _FOREIGN_LETTERS * self.letters:
            return False
        return self.words < _ENOUGH or self.english_words >= _AT_LEAST * self.words


def counted(text: str) -> Language:
    """What one text is made of."""
    words = [word.lower() for word in _WORD.findall(text) if not (word.isupper() and len(word) > 1)]
    letters = [letter for letter in text if letter.isalpha()]
    return Language(
        letters=len(letters),
        foreign_letters=sum(not letter.isascii() for letter in letters),
        words=len(words),
        english_words=sum(word in _ENGLISH for word in words),
    )
