from django.apps import AppConfig

from actions.history import announce


class ReportsConfig(AppConfig):
    """Reports on the statuses, and their published editions."""

    name = "reports"
    verbose_name = "Rapporter"

    def ready(self) -> None:
        # Models cannot be imported before the app registry is ready.
        from actions.catalogue.changing import withdrawing
        from actions.catalogue.versions import reach
        from actions.mail import lacking, notices
        from actions.rounds import slots as round_slots
        from actions.status import slots
        from reports.catalogues import published_of, reports_resting_on
        from reports.committee.remarks import all_remarks_about, remarks_about
        from reports.content.goal_look import look_of
        from reports.editions.draft import make_draft, wanted_drafts
        from reports.followup.addendum import make_addendum, wanted_addenda
        from reports.followup.page import follow_ups_of
        from reports.followup.telling import note_follow_ups
        from reports.meeting.handout import make_handout, wanted_handouts
        from reports.models import Paper
        from reports.rendering import papers
        from reports.rendering.tasks import render_ahead
        from reports.work import (
            recommendations_awaited,
            work_on_follow_ups,
            work_on_meeting,
            work_on_midterm,
            work_on_questions,
        )

        withdrawing.resting.append(reports_resting_on)
        reach.published.append(published_of)
        slots.looks.append(look_of)
        slots.remarks.append(remarks_about)
        slots.stories.append(all_remarks_about)
        slots.work.extend([work_on_follow_ups, work_on_questions, work_on_midterm, work_on_meeting])
        round_slots.links.append(follow_ups_of)
        notices.also_due.append(note_follow_ups)
        lacking.sources.append(recommendations_awaited)
        papers.register(Paper.DRAFT, maker=make_draft, wanted=wanted_drafts)
        papers.register(Paper.HANDOUT, maker=make_handout, wanted=wanted_handouts)
        papers.register(Paper.ADDENDUM, maker=make_addendum, wanted=wanted_addenda)
        announce.listen(render_ahead)
