from django.apps import AppConfig

from actions.history import announce


class ReportsConfig(AppConfig):
    """Reports on the statuses, and their published editions."""

    name = "reports"
    verbose_name = "Rapporter"

    def ready(self) -> None:
        # Models cannot be imported before the app registry is ready.
        from actions.mail import lacking
        from actions.status import slots
        from reports.committee.remarks import all_remarks_about, remarks_about
        from reports.content.goal_look import look_of
        from reports.editions.draft import make_draft, wanted_drafts
        from reports.meeting.handout import make_handout, wanted_handouts
        from reports.models import Paper
        from reports.rendering import papers
        from reports.rendering.tasks import render_ahead
        from reports.work import (
            recommendations_awaited,
            work_on_meeting,
            work_on_midterm,
            work_on_questions,
        )

        slots.looks.append(look_of)
        slots.remarks.append(remarks_about)
        slots.stories.append(all_remarks_about)
        slots.work.extend([work_on_questions, work_on_midterm, work_on_meeting])
        lacking.sources.append(recommendations_awaited)
        papers.register(Paper.DRAFT, maker=make_draft, wanted=wanted_drafts)
        papers.register(Paper.HANDOUT, maker=make_handout, wanted=wanted_handouts)
        announce.listen(render_ahead)
