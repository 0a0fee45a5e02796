"""Names the tags of words: `tags.STOP` is found at once, while Python 3.11 asks a hook for each member of an enum.

What looks at every word of a sentence takes them from here; elsewhere Tag reads as well.
"""

from .clauses import Tag

CHUNK = Tag.CHUNK
VERB = Tag.VERB
PARTICIPLE = Tag.PARTICIPLE
NOUN = Tag.NOUN
PREPOSITION = Tag.PREPOSITION
SUBORDINATOR = Tag.SUBORDINATOR
RELATIVE = Tag.RELATIVE
PARTICLE = Tag.PARTICLE
COMMA = Tag.COMMA
STOP = Tag.STOP
QUOTE = Tag.QUOTE
BRACKET = Tag.BRACKET
NATIONALITY = Tag.NATIONALITY
PRONOUN = Tag.PRONOUN
ADVERB = Tag.ADVERB
OTHER = Tag.OTHER
