from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What is made of the statuses: reports and their published editions."""

    name = "reports"
    verbose_name = "Rapporter"

    def ready(self) -> None:
        # Models can be imported only now.
        from actions import extensions
        from reports.goal_look import look_of

        extensions.looks.append(look_of)
