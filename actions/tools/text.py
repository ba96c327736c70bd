"""Texts on one line, quoted, compared, or as a sentence."""

import re
import unicodedata
from typing import Final

from django.utils.text import Truncator

#: A soft break of PowerPoint, a page break, and the line breaks of other systems.
BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
LONGEST_QUOTE: Final = 60


def quoted(text: str) -> str:
    return f"”{visible(text)}”"


def visible(text: str) -> str:
    """A text for a message: on one line, shortened, with nothing invisible."""
    shown = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    return "".join(map(_visible, shown))


def _visible(character: str) -> str:
    if character == " " or unicodedata.category(character)[0] not in "CZ":
        return character
    return f"<U+{ord(character):04X}>"


type Path = tuple[str | int, ...]


def spelling_key(name: str) -> str:
    """Equal for names that differ only in case, spaces, dashes, & for og, or Unicode form."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("&", "og")
    return "".join(filter(_counts, unicodedata.normalize("NFKC", folded)))


def _counts(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in {"Pd", "Cf"}


#: Characters of the catalogue's words that fit a line of a mail.
WORDS_LENGTH: Final = 100


def one_line(text: str, length: int = WORDS_LENGTH) -> str:
    """A user's words on one line, so that they can add no line, and no header, to a mail."""
    printable = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
    return Truncator(printable).chars(length)


def as_sentence(words: str) -> str:
    """The words with a capital letter and a full stop."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")


def with_plain_breaks(text: str) -> str:
    """The text with line feeds for what other programs write for a line break."""
    return BREAKS.sub("\n", text)
