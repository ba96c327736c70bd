from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What is made of the statuses: reports and their published editions."""

    name = "reports"
    verbose_name = "Rapporter"
