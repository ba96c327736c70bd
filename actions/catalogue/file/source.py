"""Reads a file's bytes, and decodes them: checks size, encoding and characters."""

import re
import sys
from pathlib import Path
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from actions.catalogue.file.faults import CatalogueFileError, refused

MAX_BYTES: Final = 2 * 1024 * 1024
STANDARD_INPUT: Final = "-"

# Characters that YAML excludes, and the three line breaks that editors do not count.
FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


def read(path: Path | str) -> bytes:
    """Reads at most one byte too many. Raises CatalogueFileError if the file cannot be read."""
    if str(path) == STANDARD_INPUT:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with Path(path).open("rb") as file:
            return _start_of(file)
    except FileNotFoundError as error:
        raise refused(_("filen findes ikke")) from error
    except IsADirectoryError as error:
        raise refused(_("det er en mappe, ikke en fil")) from error
    except PermissionError as error:
        raise refused(_("filen må ikke læses (ingen adgang)")) from error
    except (OSError, ValueError) as error:
        raise refused(_("filen kan ikke læses")) from error


def _start_of(file: BinaryIO) -> bytes:
    return file.read(MAX_BYTES + 1)


def check_size(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise refused(_("filen er større end 2 MB"))


def decode(content: bytes) -> str:
    """The text without byte order mark, and with plain line feeds.

    Raises CatalogueFileError if it is no text in UTF-8.
    """
    text = _text(content.removeprefix(b"\xef\xbb\xbf")).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise refused(_("filen er tom"))
    if match := FORBIDDEN.search(text):
        message = _("tegnet U+{code:04X} kan ikke stå i en tekstfil; er det en anden slags fil?")
        raise _at(text[: match.start()], message.format(code=ord(match[0])))
    return text


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused(_("filen er gemt som UTF-16; gem den som UTF-8"))
    if b"\0" in content:
        raise _at(_before(content, content.index(b"\0")), _("det er ikke en tekstfil (binær)"))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        message = _("teksten er ikke UTF-8; gem filen som UTF-8")
        raise _at(_before(content, error.start), message) from error


def _before(content: bytes, index: int) -> str:
    text = content[:index].decode("utf-8", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _at(before: str, message: str) -> CatalogueFileError:
    """The error for a fault right after a piece of text."""
    last_line = before.rpartition("\n")[2]
    return refused(message, before.count("\n") + 1, len(last_line) + 1)
