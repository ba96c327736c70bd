"""Rendering in the background: ahead, once, and shown on the page; publishing waits for it."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.tasks import TaskContext
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from actions.catalogue.exporter import rows_of
from actions.catalogue.importer import import_rows
from actions.dialogue import verbs as dialogue_verbs
from actions.models import Catalogue, Role, RoleGrant
from actions.people import verbs as people_verbs
from actions.status import verbs as status_verbs
from actions.writing.refusals import Refused
from reports.committee import questions
from reports.committee.selection import Decision, record_selection
from reports.content.assemble import assemble
from reports.content.shape import ReportContent, content_hash
from reports.documents.pdf import EditionMark, PdfError
from reports.editions import draft
from reports.editions import tasks as editions_tasks
from reports.editions import verbs as editions_verbs
from reports.editions.draft import draft_paper
from reports.meeting import handout as meeting_handout
from reports.meeting.handout import HandoutContent
from reports.meeting.page import get_meeting
from reports.models import (
    Edition,
    JobState,
    Kind,
    Paper,
    Part,
    Passage,
    Publication,
    Rendering,
    Report,
)
from reports.rendering import jobs
from reports.rendering import tasks as rendering_tasks
from reports.texts import verbs as texts_verbs
from tests.servers.worker import work
from tests.support import factory
from tests.support.cast import Cast, next_catalogue
from tests.support.factory import hand_in, mandate, status_of

pytestmark = pytest.mark.django_db

type Committed = Callable[..., AbstractContextManager[object]]
type Counted = Callable[[int], AbstractContextManager[object]]


class Printer:
    """A stand-in for the rendering: counts, and on request fails or lets something happen.

    `handouts` holds the titles in each handout.
    """

    def __init__(self) -> None:
        self.rendered: list[str] = []
        self.handouts: list[list[str]] = []
        self.fault = ""
        self.meanwhile: Callable[[], object] | None = None

    def __call__(self, content: ReportContent, *, edition: EditionMark | None) -> bytes:
        self.rendered.append(content_hash(content))
        happening, self.meanwhile = self.meanwhile, None
        if happening:
            happening()
        if self.fault:
            raise PdfError(self.fault)
        return f"%PDF-1.7 {edition} {self.rendered[-1]}".encode()

    def handout(self, content: HandoutContent) -> bytes:
        self.handouts.append([each["title"] for each in content["chosen"]])
        return f"%PDF-1.7 {content}".encode()


@pytest.fixture(autouse=True)
def printer(monkeypatch: pytest.MonkeyPatch) -> Printer:
    printer = Printer()
    monkeypatch.setattr(draft, "render_pdf", printer)
    monkeypatch.setattr(meeting_handout, "handout_pdf", printer.handout)
    monkeypatch.setattr(editions_verbs, "render_pdf", printer)
    return printer


@pytest.fixture
def wish(cast: Cast) -> Publication:
    hand_in(status_of(cast.round))
    return ask_to_publish(cast)


def ask_to_publish(cast: Cast, name: str = "coordinator", changes: str = "") -> Publication:
    proof = editions_verbs.proof_of(cast.catalogue, cast.round.year)
    return editions_tasks.ask_to_publish(
        editions_verbs.report_of(cast.catalogue, proof.content),
        seal=proof.seal,
        changes=changes,
        confirmed=True,
        by=mandate(cast.people[name]),
    )


def content_now(cast: Cast) -> str:
    """The hash of what a draft shows now."""
    return content_hash(assemble(cast.catalogue, cast.round.year))


@contextmanager
def later(time: timedelta) -> Iterator[None]:
    with time_machine.travel(timezone.now() + time):
        yield


def work_later(time: timedelta = rendering_tasks.QUIET) -> None:
    with later(time):
        work()


def submit(cast: Cast, name: str = "head") -> None:
    goal = cast.other_goal if name == "other_head" else cast.own_goal
    status = status_of(cast.round, goal)
    status_verbs.submit(
        status=status,
        by=mandate(cast.people[name]),
        entry=factory.entry(),
        revision=status.revision,
    )


def address(cast: Cast, name: str, *more: int) -> str:
    return reverse(name, args=[cast.catalogue.slug, cast.round.year, *more])


def line(client: Client, url: str) -> str:
    """What the page says about its PDF."""
    line = re.search(r'role="status">(.*?)</div>', client.get(url).text, re.DOTALL)
    assert line is not None
    return re.sub(r"\s+", " ", line[1])


# Ahead, and once.


def test_a_draft_is_ready_before_it_is_asked_for(
    cast: Cast, vuf: Client, printer: Printer, django_capture_on_commit_callbacks: Committed
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        submit(cast)
    work_later()
    now = content_now(cast)
    assert printer.rendered == [now]
    answer = vuf.get(address(cast, "draft_pdf"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert now.encode() in b"".join(answer)
    assert "PDF'en er klar" in vuf.get(address(cast, "draft")).text.replace("&#x27;", "'")
    assert printer.rendered == [now]


def test_many_changes_in_quick_succession_are_rendered_once(
    cast: Cast, printer: Printer, django_capture_on_commit_callbacks: Committed
) -> None:
    by = mandate(cast.coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        for _each in range(10):
            submit(cast)
            status = status_of(cast.round)
            status_verbs.return_to_head(
                status=status, by=by, revision=status.revision, comment="Uddyb."
            )
        submit(cast)
    assert DBTaskResult.objects.count() == 1, "one task that looks for what to render"
    work()
    assert printer.rendered == []
    work_later()
    work_later(jobs.LEASE * 2)
    assert printer.rendered == [content_now(cast)]
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_what_a_later_catalogue_hands_in_is_rendered_in_the_one_before_too(
    cast: Cast, printer: Printer
) -> None:
    later = factory.make_round(next_catalogue(cast), year=cast.round.year)
    hand_in(status_of(later), progress="Står i begge.")
    rendering_tasks.render_ahead(later.catalogue_id, later.year)
    work_later()
    assert content_now(cast) in printer.rendered


def test_the_request_only_enqueues_and_a_worker_looks_for_what_is_to_be_rendered(
    cast: Cast, decided: Edition, django_assert_num_queries: Counted
) -> None:
    DBTaskResult.objects.all().delete()
    with django_assert_num_queries(2):
        rendering_tasks.render_ahead(cast.catalogue.pk, cast.round.year)
    with django_assert_num_queries(1):
        rendering_tasks.render_ahead(cast.catalogue.pk, cast.round.year)
    [look] = DBTaskResult.objects.all()
    assert look.task_path == rendering_tasks.look_over.module_path
    assert not Rendering.objects.exists()


def test_what_a_killed_worker_had_begun_to_look_for_is_looked_for_again(
    cast: Cast, printer: Printer
) -> None:
    rendering_tasks.render_ahead(cast.catalogue.pk, cast.round.year)
    row = DBTaskResult.objects.get()
    row.claim("a worker that is killed")
    context: jobs.Context = TaskContext(task_result=row.task_result)
    where = (cast.catalogue.pk, cast.round.year)
    work_begun = jobs.understudied(rendering_tasks.look_over, context, *where, attempt=1)
    work_begun.__enter__()  # and never comes to an end
    work_later()
    assert printer.rendered == []
    work_later(jobs.LEASE * 2)
    assert printer.rendered == [content_now(cast)]
    assert not DBTaskResult.objects.running().exists()
    assert not DBTaskResult.objects.filter(status="READY", args_kwargs__args=[*where, 3]).exists()


def test_a_signature_shows_in_the_draft_so_it_is_rendered(
    cast: Cast, printer: Printer, django_capture_on_commit_callbacks: Committed
) -> None:
    submit(cast)
    status = status_of(cast.round)
    with django_capture_on_commit_callbacks(execute=True):
        dialogue_verbs.sign(
            status=status, by=mandate(cast.co_head), text_version=status.text_version
        )
    work_later()
    assert printer.rendered == [content_now(cast)]


def test_what_others_do_not_see_is_not_rendered(
    cast: Cast, printer: Printer, django_capture_on_commit_callbacks: Committed
) -> None:
    status = status_of(cast.round)
    with django_capture_on_commit_callbacks(execute=True):
        status_verbs.save_draft(
            status=status, by=mandate(cast.head), entry=factory.entry(), revision=status.revision
        )
    assert not DBTaskResult.objects.exists()


def test_an_unchanged_report_is_not_rendered_again(cast: Cast, printer: Printer) -> None:
    for _each in range(3):
        rendering_tasks.render_ahead(cast.catalogue.pk, cast.round.year)
        work_later()
    assert len(printer.rendered) == 1


def test_a_change_shows_in_later_years_and_not_in_earlier_ones(
    cast: Cast, printer: Printer
) -> None:
    factory.make_past_round(cast.catalogue, cast.round.year - 1)
    rendering_tasks.render_ahead(cast.catalogue.pk, cast.round.year - 1)
    work_later()
    assert set(Rendering.objects.values_list("report__year", flat=True)) == {
        cast.round.year - 1,
        cast.round.year,
    }
    assert len(printer.rendered) == 2
    hand_in(status_of(cast.round))
    rendering_tasks.render_ahead(cast.catalogue.pk, cast.round.year)
    work_later(rendering_tasks.QUIET * 2)
    assert len(printer.rendered) == 3


def test_a_change_while_it_is_rendered_is_rendered_too(cast: Cast, printer: Printer) -> None:
    def change() -> None:
        hand_in(status_of(cast.round), progress="Nyt imens.")
        rendering_tasks.render_ahead(cast.catalogue.pk, cast.round.year)

    printer.meanwhile = change
    rendering_tasks.render_ahead(cast.catalogue.pk, cast.round.year)
    work_later()
    work_later(rendering_tasks.QUIET * 2)
    kept = Rendering.objects.get()
    assert len(printer.rendered) == 2
    assert kept.key == draft_paper(assemble(cast.catalogue, cast.round.year)).key
    assert kept.state == JobState.DONE


def test_another_name_of_a_post_is_rendered(
    cast: Cast, printer: Printer, django_capture_on_commit_callbacks: Committed
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        people_verbs.rename(position=cast.position, name="Bychefen", by=mandate(cast.coordinator))
    work_later()
    assert printer.rendered == [content_now(cast)]


def test_a_saved_foreword_is_rendered(
    cast: Cast, printer: Printer, django_capture_on_commit_callbacks: Committed
) -> None:
    report = Report.objects.create(catalogue=cast.catalogue, kind=Kind.STATUS, year=cast.round.year)
    with django_capture_on_commit_callbacks(execute=True):
        texts_verbs.save(
            passage=Passage(report=report, part=Part.TEXTS),
            by=mandate(cast.coordinator),
            texts={"foreword": "Et nyt forord.", "summary": ""},
            revision=0,
        )
    work_later()
    assert printer.rendered == [content_now(cast)]


def test_a_new_text_of_the_catalogue_is_rendered(
    cast: Cast, printer: Printer, django_capture_on_commit_callbacks: Committed
) -> None:
    rows = rows_of(cast.catalogue.slug)
    renamed = replace(rows.actions[0], title="Et nyt navn")
    with django_capture_on_commit_callbacks(execute=True):
        import_rows(replace(rows, actions=(renamed, *rows.actions[1:])))
    work_later()
    assert len(printer.rendered) == 1


# On the page.


def test_the_page_says_how_far_the_pdf_is(cast: Cast, vuf: Client, printer: Printer) -> None:
    page, pdf, poll = (address(cast, name) for name in ("draft", "draft_pdf", "draft_progress"))
    assert "<p" not in line(vuf, page)
    assert vuf.get(pdf, follow=True).redirect_chain == [(f"{page}#pdf", 302)]
    assert "i kø" in line(vuf, page)
    assert f"{poll}?vist=queued" in line(vuf, page)
    assert vuf.get(f"{poll}?vist=queued").status_code == 204
    with later(timedelta(minutes=2)):
        assert "db_worker" in line(vuf, page)
    said = []
    printer.meanwhile = lambda: said.append(vuf.get(f"{poll}?vist=queued").text)
    work()
    assert "dannes. Det tager" in said[0]
    assert pdf in vuf.get(f"{poll}?vist=running").text
    assert "hx-get" not in line(vuf, page)
    hand_in(status_of(cast.round))
    assert "<p" not in line(vuf, page)


def test_a_pdf_that_cannot_be_made_says_why_and_can_be_tried_again(
    cast: Cast, vuf: Client, printer: Printer
) -> None:
    printer.fault = "PDF'en blev stoppet: den tog for lang tid."
    vuf.get(address(cast, "draft_pdf"))
    work()
    assert "den tog for lang tid" in line(vuf, address(cast, "draft"))
    printer.fault = ""
    vuf.get(address(cast, "draft_pdf"))
    work()
    assert vuf.get(address(cast, "draft_pdf")).status_code == 200


def test_somebody_who_waits_goes_before_the_quiet(
    cast: Cast, vuf: Client, printer: Printer
) -> None:
    rendering_tasks.render_ahead(cast.catalogue.pk, cast.round.year)
    work()
    assert printer.rendered == []
    vuf.get(address(cast, "draft_pdf"))
    work()
    assert len(printer.rendered) == 1


# The temamøde's handouts.


@pytest.fixture
def decided(cast: Cast, django_capture_on_commit_callbacks: Committed) -> Edition:
    """VUF records a decision on both actions."""
    Catalogue.objects.update(selection_min=2)
    cast.catalogue.refresh_from_db()
    edition = factory.make_edition(cast.catalogue, cast.round.year)
    with django_capture_on_commit_callbacks(execute=True):
        decide(cast, edition, "Den er bagud.", revision=0)
    return edition


def decide(cast: Cast, edition: Edition, reason: str, *, revision: int) -> None:
    today = timezone.localdate()
    reasons = {1: reason, 2: "Den går godt."}
    decision = Decision(today, "Vi vælger to.", today, reasons, why_changed="En ny grund.")
    record_selection(
        edition=edition, decision=decision, revision=revision, by=mandate(cast.coordinator)
    )


def test_handouts_are_ready_before_they_are_asked_for_and_only_a_changed_one_is_made_again(
    cast: Cast,
    vuf: Client,
    printer: Printer,
    decided: Edition,
    django_capture_on_commit_callbacks: Committed,
) -> None:
    first, second = (goal.action for goal in (cast.own_goal, cast.other_goal))
    titles = [f"{each.number}. {each.title}" for each in (first, second)]
    work_later()
    assert printer.handouts == [titles, titles[:1], titles[1:]]
    for name, more in (("handouts", ()), ("handout", (1,)), ("handout", (2,))):
        answer = vuf.get(address(cast, name, *more))
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert "Den er bagud." in vuf.get(address(cast, "handout", 1)).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        due, by = timezone.localdate(), mandate(cast.committee)
        questions.ask(report=decided.report, action=first, text="Hvornår?", due=due, by=by)
    work_later(rendering_tasks.QUIET * 2)
    assert printer.handouts[3:] == [titles, titles[:1]]
    with django_capture_on_commit_callbacks(execute=True):
        decide(cast, decided, "En anden grund.", revision=1)
        rendering_tasks.render_ahead(cast.catalogue.pk, cast.round.year)
    work_later(rendering_tasks.QUIET * 3)
    assert printer.handouts[5:] == [titles, titles[:1]]


@pytest.mark.usefixtures("decided")
def test_what_no_handout_shows_asks_for_none(
    cast: Cast, printer: Printer, django_capture_on_commit_callbacks: Committed
) -> None:
    work_later()
    before = dict(Rendering.objects.values_list("pk", "asked"))
    with django_capture_on_commit_callbacks(execute=True):
        submit(cast)
    work_later(rendering_tasks.QUIET * 2)
    asked = [
        (row.paper, row.asked - before.get(row.pk, 0))
        for row in Rendering.objects.order_by("paper", "number")
    ]
    assert asked == [(Paper.DRAFT, 1), *[(Paper.HANDOUT, 0)] * 3]


def test_a_handout_that_fails_after_a_change_says_why(cast: Cast, vuf: Client) -> None:
    factory.make_selection(factory.make_edition(cast.catalogue, cast.round.year))
    page = get_meeting(cast.catalogue.slug, cast.round.year)
    factory.make_handouts(page, state=JobState.FAILED, key="before", fault="Det gik galt.")
    assert "Det gik galt." in vuf.get(address(cast, "theme_meeting")).text
    assert "Det gik galt." in vuf.get(address(cast, "handout_progress", 2)).text


def test_the_meetings_page_says_how_far_a_handout_is(
    cast: Cast, vuf: Client, printer: Printer
) -> None:
    factory.make_selection(factory.make_edition(cast.catalogue, cast.round.year))
    page, pdf = address(cast, "theme_meeting"), address(cast, "handout", 2)
    place = f"{page}?pdf=2#pdf-2"
    poll = address(cast, "handout_progress", 2)
    assert 'role="status"' not in vuf.get(page).text
    assert vuf.get(pdf, follow=True).redirect_chain == [(place, 302)]
    assert f"{poll}?vist=queued" in line(vuf, page)
    assert vuf.get(f"{poll}?vist=queued").status_code == 204
    work()
    assert printer.handouts == [["2. Handling nummer 2"]]
    assert pdf in vuf.get(f"{poll}?vist=queued").text
    assert "er klar" in line(vuf, place)
    assert 'role="status"' not in vuf.get(page).text
    assert vuf.get(pdf).status_code == 200


def test_a_handout_of_an_action_that_is_no_longer_chosen_says_so(
    cast: Cast, vuf: Client, printer: Printer
) -> None:
    """The decision changes while it waits."""
    selection = factory.make_selection(factory.make_edition(cast.catalogue, cast.round.year))
    vuf.get(address(cast, "handout", 2))
    factory.make_selection(selection.edition, cast.own_goal.action)
    work()
    kept = Rendering.objects.get()
    assert (kept.state, kept.fault) == (
        JobState.FAILED,
        "Handlingen er ikke valgt til temamødet.",
    )
    assert printer.handouts == []


# Publishing.


def test_a_second_click_is_the_same_wish_and_another_person_is_told(
    cast: Cast, wish: Publication
) -> None:
    assert ask_to_publish(cast) == wish
    RoleGrant.objects.create(user=cast.outsider, role=Role.COORDINATOR)
    with pytest.raises(Refused, match="Coordinator er ved at udgive"):
        ask_to_publish(cast, "outsider")
    work()
    assert Edition.objects.count() == 1


def test_content_that_moves_before_the_worker_comes_publishes_nothing_and_keeps_the_words(
    cast: Cast, vuf: Client
) -> None:
    hand_in(status_of(cast.round))
    factory.make_edition(cast.catalogue, cast.round.year)
    hand_in(status_of(cast.round), progress="Rettet.")
    wish = ask_to_publish(cast, changes="Rettelsen <b>her</b>")
    hand_in(status_of(cast.round), progress="Rettet igen.")
    work()
    assert Edition.objects.count() == 1
    said = line(vuf, address(cast, "publication", wish.pk))
    assert "Rapporten er ændret, siden du så den" in said
    back = f"{address(cast, 'publish')}?igen={wish.pk}"
    assert back in said
    assert "Rettelsen &lt;b&gt;her&lt;/b&gt;" in vuf.get(back).text


@pytest.mark.parametrize("how", ["deleted", "inactive", "no role"])
def test_who_may_no_longer_publish_publishes_nothing(
    cast: Cast, wish: Publication, how: str
) -> None:
    if how == "deleted":
        cast.coordinator.delete()
    elif how == "inactive":
        type(cast.coordinator).objects.filter(pk=cast.coordinator.pk).update(is_active=False)
    else:
        RoleGrant.objects.filter(user=cast.coordinator).delete()
    work()
    wish.refresh_from_db()
    assert wish.state == JobState.FAILED
    assert not Edition.objects.exists()


def test_a_pdf_that_cannot_be_made_publishes_nothing(
    cast: Cast, vuf: Client, wish: Publication, printer: Printer
) -> None:
    printer.fault = "PDF'en blev stoppet."
    work()
    assert not Edition.objects.exists()
    assert "Rapporten er ikke udgivet" in line(vuf, address(cast, "publication", wish.pk))


def test_an_edition_that_a_killed_worker_came_to_publish_is_not_published_twice(
    cast: Cast, wish: Publication
) -> None:
    edition = editions_verbs.publish(
        catalogue=cast.catalogue,
        year=cast.round.year,
        seal=wish.seal,
        changes="",
        confirmed=True,
        by=mandate(cast.coordinator),
    )
    work()
    wish.refresh_from_db()
    assert (wish.state, wish.edition) == (JobState.DONE, edition)
    call_command("verify")


# Killed workers; with real processes in test_killed_worker.


def test_a_job_whose_worker_dies_is_given_up_the_third_time(cast: Cast, wish: Publication) -> None:
    Publication.objects.update(
        state=JobState.RUNNING, attempts=jobs.MOST_ATTEMPTS, beat_at=timezone.now()
    )
    work_later(jobs.LEASE * 2)
    wish.refresh_from_db()
    assert (wish.state, wish.fault) == (JobState.FAILED, "Arbejdet blev afbrudt tre gange.")
    assert not Edition.objects.exists()


def test_a_worker_that_is_alive_keeps_its_job(
    cast: Cast, wish: Publication, printer: Printer
) -> None:
    with later(jobs.LEASE):
        alive = timezone.now() - jobs.LEASE / 2
        Publication.objects.update(state=JobState.RUNNING, attempts=1, beat_at=alive)
        work()
    assert printer.rendered == []
    work_later(jobs.LEASE * 3)
    assert len(printer.rendered) == 1
    wish.refresh_from_db()
    assert wish.edition is not None
