"""What an indicator's values mean: the arithmetic and the words, from plain values.

Catalogue, forms and reports ask here, so that all of them count and say the same.
"""

from actions.meaning.kinds import ANSWERS, Comparison, Due, Measures, ValueKind
from actions.meaning.words import Meaning, meaning_from, steps_from, timing_words, values_from

__all__ = [
    "ANSWERS",
    "Comparison",
    "Due",
    "Meaning",
    "Measures",
    "ValueKind",
    "meaning_from",
    "steps_from",
    "timing_words",
    "values_from",
]
