"""A demo database to measure, and a table of the results."""

import io
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django
from django.core.management import call_command


@contextmanager
def demo() -> Iterator[Path]:
    """A temporary folder whose database holds the demo data; DEBUG is off, as in production."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "DEBUG": "1",  # the demo requires it, and static files stay plain
            "DJANGO_SETTINGS_MODULE": "handlingskatalog.settings",
        }
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("demo", stdout=io.StringIO())
        _as_in_use()
        yield Path(folder)


def _as_in_use() -> None:
    from django.conf import settings
    from django.template import engines
    from django.template.loaders.cached import Loader

    settings.DEBUG = False
    settings.SECURE_SSL_REDIRECT = False
    for loader in engines["django"].engine.template_loaders:
        assert isinstance(loader, Loader), "templates are cached, as with DEBUG off"


def side_by_side(
    things: Mapping[str, Callable[[], object]],
    clock: Callable[[], float],
    *,
    repeats: int,
    times: Callable[[str], int] = lambda name: 1,
    before: Callable[[str], object] = lambda name: None,
) -> dict[str, float]:
    """The median seconds of each thing, over rounds in which every thing has its turn.

    `before` runs before each turn and is not counted.
    """
    seconds: dict[str, list[float]] = {name: [] for name in things}
    for thing in things.values():
        thing()
    for _round in range(repeats):
        for name, thing in things.items():
            count = times(name)
            before(name)
            begin = clock()
            for _each in range(count):
                thing()
            seconds[name].append((clock() - begin) / count)
    return {name: statistics.median(values) for name, values in seconds.items()}


@dataclass(frozen=True)
class Row:
    """One target; `at_most` says whether the ratio should be below the limit or above it."""

    target: str
    what: str
    limit: float
    ratio: float
    note: str = ""
    at_most: bool = True

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.limit if self.at_most else self.ratio >= self.limit


def print_table(rows: list[Row]) -> None:
    lines = [("", "what", "target", "measured", "met", "")]
    for row in rows:
        sign = "≤" if row.at_most else "≥"
        lines.append(
            (
                row.target,
                row.what,
                f"{sign} {row.limit:g} ×",
                f"{row.ratio:.2f} ×",
                "yes" if row.is_met else "NO",
                row.note,
            )
        )
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        sys.stdout.write("  ".join(cells).rstrip() + "\n")
