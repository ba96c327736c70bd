"""The catalogue as it stood: a version for every change, and the one in force on a day.

The tables of the catalogue are its latest version. An earlier one is read from its row, with the
ids that statuses and figures hang on.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone

from actions.access import Mandate
from actions.catalogue.exporter import read_rows
from actions.catalogue.file import CatalogueRows
from actions.catalogue.versions.data import as_data, from_data
from actions.catalogue.versions.meanings import NewMeaning, decided
from actions.models import Catalogue, CatalogueVersion, Round
from actions.models.versions import day_of, is_in_force


class NoSuchVersion(Exception):
    """The catalogue did not exist on the day; `begins` is when its first version is in force."""

    def __init__(self, begins: date | None) -> None:
        self.begins = begins
        super().__init__(begins)


def add_version(
    catalogue: Catalogue,
    *,
    by: Mandate | None = None,
    decisions: Mapping[str, str] | None = None,
    decided_on: date | None = None,
    meanings: Iterable[NewMeaning] = (),
) -> CatalogueVersion:
    """Keeps the catalogue as it stands now, in the transaction that changed it.

    It is in force from the day it was decided, else from today; the first one from the period's
    first day if that has passed. `decisions`: what decided the changes, by the place in words.
    `meanings`: the goals among them that mean something new.
    """
    today = timezone.localdate()
    day = min(decided_on or today, today)
    new = {meaning.place: meaning for meaning in meanings}
    before = CatalogueVersion.objects.filter(catalogue=catalogue).order_by("-pk")
    last = before.values_list("in_force", flat=True).first()
    first_day = min(today, date(catalogue.period_from, 1, 1))
    return CatalogueVersion.objects.append(
        catalogue=catalogue,
        in_force=max(day, last) if last else first_day,
        at=timezone.now(),
        by=by.user if by else None,
        by_name=str(by.user) if by else "",
        position=catalogue.coordinator if by else "",
        decision="\n".join(dict.fromkeys((decisions or {}).values())),
        decided_on=decided_on,
        decisions={
            place: decided(decision, new.get(place))
            for place, decision in (decisions or {}).items()
        },
        rows=as_data(read_rows(catalogue.slug)),
    )


def after_change_of_posts(catalogue: Catalogue, by: Mandate) -> None:
    """A version for renamed or merged posts: see `actions.people.verbs.posts_changed_in`."""
    add_version(catalogue, by=by)


class Timeline:
    """The versions of a catalogue, read in one query without their rows.

    Each method returns None if the catalogue has no version.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        rows = CatalogueVersion.objects.filter(catalogue=catalogue).defer("rows")
        self.latest_first = list(rows.order_by("-pk"))

    def on(self, day: date, moment: datetime | None = None) -> CatalogueVersion | None:
        """The version in force on a day; the first one if the day lies before all."""
        for version in self.latest_first:
            if is_in_force(version.in_force, version.at, day, moment):
                return version
        return self.latest_first[-1] if self.latest_first else None

    def of(self, round_: Round) -> CatalogueVersion | None:
        """The version that a round's report tells."""
        return self.on(*day_of(round_))

    def is_latest(self, version: CatalogueVersion | None) -> bool:
        """Whether the version stands in the tables of the catalogue."""
        return version in (None, *self.latest_first[:1])


def rows_on(slug: str, day: date) -> CatalogueRows:
    """The whole catalogue on a day.

    Raises Catalogue.DoesNotExist if there is none of that name, NoSuchVersion if the day lies
    before its first version.
    """
    catalogue = Catalogue.objects.get(slug=slug)
    version = Timeline(catalogue).on(day)
    if version is None or version.in_force > day:
        raise NoSuchVersion(version.in_force if version else None)
    return rows_in(version)


def rows_in(version: CatalogueVersion) -> CatalogueRows:
    """The rows of a version, read once in each process."""
    return _rows_of(version.pk, version.chain_hash)


@lru_cache(maxsize=32)
def _rows_of(pk: int, _hash: str) -> CatalogueRows:
    data = CatalogueVersion.objects.values_list("rows", flat=True).get(pk=pk)
    rows: CatalogueRows = from_data(CatalogueRows, data)
    return rows
