"""Writes a command's file whole or not at all, with a clear error in Danish."""

import os
import tempfile
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _


def write_file(path: Path, content: bytes) -> None:
    """Writes the content to the path.

    A reader never sees half a file, and a failure leaves no temporary file. Raises CommandError,
    with the reason, if it cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # A device or a pipe; a folder raises.
        else:
            _replace(path.resolve(), content)
    except (OSError, ValueError) as error:
        message = _("{file} kan ikke skrives: {reason}")
        raise CommandError(message.format(file=path, reason=_reason(error))) from error


def _replace(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".output-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(_mode(path))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """The mode of the file that is replaced, or of a new file."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return _("mappen findes ikke")
    if isinstance(error, IsADirectoryError | NotADirectoryError):
        return _("det er en mappe, eller et led i stien er ikke en mappe")
    if isinstance(error, PermissionError):
        return _("ingen adgang")
    return str(error)
