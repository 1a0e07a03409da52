"""What may stand before and after a number that says what it counts."""

import re

from criteria.rules.numerals import NUMBER, ORDINAL

FLAGS = re.IGNORECASE
# Where the text names a place of the source, or a number that is a name.
CITED = re.compile(
    r"\b(?:lines?|sections?|chapters?|references?|type|interleukin)\s+\d[\d.]*"
    r"(?:(?:\s*[-–,]\s*|,?\s+(?:and|or|to)\s+)\d[\d.]*)*",
    FLAGS,
)
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“\"])")
TOKEN = re.compile(rf"{ORDINAL}|{NUMBER}|\b(?P<often>once|twice)\b", FLAGS)
RANGE = re.compile(r"\s*(?:-|–|to|or|and|through)\s*", FLAGS)
LOOSE = r"[\s-]*(?:or more |or less |or fewer |of the |each )?"
AMOUNT = re.compile(rf"{LOOSE}(mg|g|milligrams?|grams?)\s*(?:/|per)\s*(?:kg|kilograms?)\b", FLAGS)
KINDS = (
    r"(?:(?:consecutive|calendar|full|whole|infusion|running|more|further|additional|monthly"
    r"|weekly|daily|single|equal|such)\s+)*"
)
SPAN = re.compile(rf"{LOOSE}{KINDS}(day|week|month|year)s?\b", FLAGS)
COURSES = re.compile(rf"{LOOSE}{KINDS}(?:courses?|infusions?|cycles?|times|doses?)\b", FLAGS)
# What a daily amount comes to may be said as well, where it is said of a whole course.
IN_ALL = re.compile(
    r"\b(?:in all|in total|altogether|a course|in (?:one|a single) day|over \S+ days)\b", FLAGS
)
EQUAL = re.compile(r"\s*equal (?:daily )?doses\b", FLAGS)
MEMBERS = re.compile(
    r"\s*(?:core |listed |other )?(?:events?|findings?|items?|classes|members|conditions|agents"
    r"|of (?:these|those|them|the following))\b",
    FLAGS,
)
OF_THEM = re.compile(r"\s+of (?!\S+ (?:days?|weeks?|months?|years?)\b)", FLAGS)
OF = re.compile(r"\s+of (?:the |these |those |any |all )*", FLAGS)
AT_LEAST = re.compile(r"\b(?:at least|(?:a )?minimum of|any)\s+$", FLAGS)
THE_SIZE = re.compile(r"\b(?:of (?:the|these|those|all)|all)\s+$", FLAGS)
MORE_THAN = re.compile(r"\b(?:more|fewer|less) than\s+$", FLAGS)
BELOW = re.compile(r"\b(?:under|below|younger than|before the age of)\s+$", FLAGS)
REPEATED = re.compile(r"\s+(?:(?:monthly |weekly )?(?:course|infusion|dose)\b|exceeds?\b|fails?\b)")
ABOVE = re.compile(r"\b(?:more than|over|above|older than|exceeding)\s+$", FLAGS)
AGED = re.compile(
    r"\b(?:(?:child|children|infants?|patients?|persons?|people|anyone)\s+(?:under|below|over|above)"
    r"|younger than|older than|the age of|aged)\s+$",
    FLAGS,
)
DAY = re.compile(r"\b(day|week|month)\s+$", FLAGS)
EXACTLY = re.compile(r"\bexactly\s+$", FLAGS)
OFTEN = re.compile(r"\s*(?:a|an|every|per|each|daily|weekly|monthly)\b", FLAGS)
PASSES = re.compile(
    r"[^.;,:]*?\b(?:pass(?:es)?|(?P<not>fails?|does not(?! exceed)|(?<!not )exceeds?))\b", FLAGS
)
