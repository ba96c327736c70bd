"""Loads the demo: the real catalogue, one login per post and role, and invented statuses.

Everything invented has `is_example` set, and pages and reports say so. The demo is only for
development: nothing here runs if DEBUG is off.
"""

from typing import Final

from django.db import transaction

from actions.catalogue.file import read_file
from actions.catalogue.importer import import_rows
from actions.figures.supplying import name_supplier
from actions.models import Catalogue, Indicator, Position
from handlingskatalog.demo.examples import FIXTURES, SLUG, examples_in
from handlingskatalog.demo.people import coordinator, make_people
from handlingskatalog.demo.rounds import make_round
from handlingskatalog.demo.texts import write_texts
from reports.editions.verbs import proof_of, publish
from reports.models import Edition

#: An indicator that the round of 2026 lacks, and the post that delivers its values.
SUPPLIED: Final = ("Tilbud til erhvervet", "Plan- og Miljøchefen")


@transaction.atomic
def load_demo() -> Catalogue:
    """Loads what is missing and leaves what is there, so it is safe to run twice."""
    is_new = not Catalogue.objects.filter(slug=SLUG).exists()
    if is_new:
        import_rows(read_file(FIXTURES / f"{SLUG}.yaml"))
    catalogue = Catalogue.objects.get(slug=SLUG)
    make_people(catalogue)
    if is_new:
        _name_a_supplier(catalogue)
    for examples in examples_in("statuses")["rounds"]:
        if not catalogue.rounds.filter(year=examples["year"]).exists():
            make_round(catalogue, examples)
    for examples in examples_in("editorial")["reports"]:
        write_texts(catalogue, examples)
    return catalogue


def _name_a_supplier(catalogue: Catalogue) -> None:
    """A post that does not answer for the action delivers one of its figures."""
    name, post = SUPPLIED
    name_supplier(
        indicator=Indicator.objects.get(goal__action__catalogue=catalogue, name=name),
        position=Position.objects.get(name=post),
        user=None,
        by=coordinator(),
    )


def publish_first_report(catalogue: Catalogue) -> None:
    """Publishes the report of 2025, so that the committee has one to read."""
    if Edition.objects.of_catalogue(catalogue).exists():
        return
    seal = proof_of(catalogue, 2025).seal
    publish(catalogue=catalogue, year=2025, seal=seal, changes="", confirmed=True, by=coordinator())
