"""Who wants to know that what others see of a catalogue has changed is told here, after the commit.

`actions` knows nobody who listens: an app that builds on it signs up in its `AppConfig.ready`.
"""

from collections.abc import Callable

from django.db import transaction

#: Called with the catalogue's id and the first year that the change can show in.
type Listener = Callable[[int, int], None]

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Signs up for good; the same listener twice counts once."""
    if listener not in _listeners:
        _listeners.append(listener)


def announce(catalogue: int, year: int) -> None:
    """Tells everybody once the transaction is committed; their faults are logged, and no save
    fails by them.
    """
    for listener in _listeners:
        transaction.on_commit(lambda tell=listener: tell(catalogue, year), robust=True)  # type: ignore[misc]
