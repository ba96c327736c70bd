from django.apps import AppConfig

from actions import changes


class ReportsConfig(AppConfig):
    """What is made of the statuses: reports and their published editions."""

    name = "reports"
    verbose_name = "Rapporter"

    def ready(self) -> None:
        # Models can be imported only now.
        from actions import extensions
        from reports.goal_look import look_of
        from reports.remarks import all_remarks_about, remarks_about
        from reports.tasks import render_ahead

        extensions.looks.append(look_of)
        extensions.remarks.append(remarks_about)
        extensions.stories.append(all_remarks_about)
        changes.listen(render_ahead)
