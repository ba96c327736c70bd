"""Two spellings of one name: DOMAIN.md wants a position that has two to be refused."""

import unicodedata


def spelling_key(name: str) -> str:
    """Equal for names that differ only in case, spaces, dashes, & for og, or Unicode form."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("&", "og")
    return "".join(filter(_counts, unicodedata.normalize("NFKC", folded)))


def _counts(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in {"Pd", "Cf"}
