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
        from reports.work import work_on_meeting, work_on_midterm, work_on_questions

        extensions.looks.append(look_of)
        extensions.remarks.append(remarks_about)
        extensions.stories.append(all_remarks_about)
        extensions.work.extend([work_on_questions, work_on_midterm, work_on_meeting])
        changes.listen(render_ahead)
