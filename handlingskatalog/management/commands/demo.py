"""`manage.py demo`: the real catalogue with example statuses and a login for every role."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from actions.tools.command import DanishCommand
from handlingskatalog.demo.loading import load_demo, publish_first_report
from handlingskatalog.demo.meeting import hold_theme_meeting
from handlingskatalog.demo.people import PASSWORD, logins
from handlingskatalog.demo.selection import decide_and_ask


class Command(DanishCommand):
    help = "Indlæser kataloget med eksempler og et login pr. stilling og rolle (kun med DEBUG=1)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "demo laver logins med en kendt adgangskode og kører derfor kun, hvor DEBUG=1."
            )
        catalogue = load_demo()
        publish_first_report(catalogue)
        decide_and_ask(catalogue.slug)
        hold_theme_meeting(catalogue.slug)
        self.stdout.write(f"{catalogue.title} er klar. Statusteksterne er eksempler.\n")
        width = max(len(name) for name, _who in logins())
        for name, who in logins():
            self.stdout.write(f"  {name:<{width}}  {who}")
        self.stdout.write(f"\nAdgangskode for alle: {PASSWORD}")
