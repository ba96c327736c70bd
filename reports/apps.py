from django.apps import AppConfig

from actions import changes


class ReportsConfig(AppConfig):
    """What is made of the statuses: reports and their published editions."""

    name = "reports"
    verbose_name = "Rapporter"

    def ready(self) -> None:
        from reports.tasks import render_ahead  # needs the models

        changes.listen(render_ahead)
