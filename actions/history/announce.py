"""Tells listeners, after the commit, that something visible in a catalogue has changed.

`actions` does not know its listeners: an app that builds on it signs up in `AppConfig.ready`.
"""

from collections.abc import Callable

from django.db import transaction

#: Called with the catalogue's id and the first year that the change can show in.
type Listener = Callable[[int, int], None]

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Adds a callback. Adding it twice has no effect."""
    if listener not in _listeners:
        _listeners.append(listener)


def announce(catalogue: int, year: int) -> None:
    """Calls every listener on commit. A listener that raises is logged; the save never fails."""
    for listener in _listeners:
        transaction.on_commit(lambda tell=listener: tell(catalogue, year), robust=True)  # type: ignore[misc]
