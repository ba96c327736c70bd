"""Every verb of the history is run: it is recorded, has words, and announces what it changes.

A scenario is a generator: what comes before its `yield` is given, what comes after is the verb.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Final

import pytest
from django.conf import LazySettings
from django.urls import get_resolver
from django.utils import timezone

from actions.catalogue import editor
from actions.catalogue.changing import ending, splitting, withdrawing
from actions.catalogue.exporter import rows_of
from actions.catalogue.importer import CATALOGUE_CHANGED, import_rows
from actions.dialogue import verbs as dialogue_verbs
from actions.figures import supplying
from actions.figures import verbs as figures_verbs
from actions.figures.told import Told, YearTold
from actions.history import announce
from actions.mail import outbox
from actions.models import Catalogue, Comment, Event, GoalStatus, Role, User
from actions.models.history import VERBS, HistoryVerb, Scope
from actions.people import merging
from actions.people import verbs as people_verbs
from actions.rounds import verbs as rounds_verbs
from actions.status import moves as status_moves
from actions.status import verbs as status_verbs
from actions.status.entry import Entry, Figure
from actions.writing import drafts
from reports.committee import agenda, questions, selection
from reports.committee.selection import Decision
from reports.content.assemble import assemble
from reports.content.shape import NoSuchReport, content_hash
from reports.editions import public
from reports.editions import verbs as editions_verbs
from reports.followup import verbs as followup_verbs
from reports.meeting import verbs as meeting_verbs
from reports.meeting.handout import handout_content, handouts_of
from reports.meeting.page import MeetingPage, meeting_of
from reports.models import Edition, FollowUp, Kind, Part, Passage, Question, Report
from reports.texts import verbs as texts_verbs
from tests.rendering.test_background import Committed
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import mandate
from tests.support.followups import last_round

pytestmark = pytest.mark.django_db

type Scenario = Callable[[Cast], Iterator[None]]
#: What can be rendered ahead: catalogue, year, and which paper of them.
type PaperKey = tuple[int, int, str]

RUNS: Final = list[tuple[HistoryVerb, Scenario]]()


def runs(verb: HistoryVerb) -> Callable[[Scenario], Scenario]:
    def add(scenario: Scenario) -> Scenario:
        RUNS.append((verb, scenario))
        return scenario

    return add


def hashes() -> dict[PaperKey, str]:
    """The hash of the content of everything that can be rendered ahead."""
    found = {}
    for catalogue in Catalogue.objects.all():
        for year in range(catalogue.period_from - 1, catalogue.period_to + 2):
            for kind in Kind:
                try:
                    content = assemble(catalogue, year, kind)
                except NoSuchReport:
                    continue
                found[catalogue.pk, year, kind.value] = content_hash(content)
    for report in Report.objects.all():
        if page := meeting_of(report):
            for row in handouts_of(page):
                key = (report.catalogue_id, report.year, f"handout {row.number}")
                content_of_it = handout_content(page, row.number)
                found[key] = content_hash(content_of_it)
    return found


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    """No PDF is drawn and no mail leaves: neither is what the verbs do."""
    monkeypatch.setattr(editions_verbs, "render_pdf", lambda content, edition: b"%PDF-")
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Scope]:
    heard = list[Scope]()
    listener = lambda catalogue, year: heard.append(Scope(catalogue, year))  # noqa: E731
    monkeypatch.setattr(announce, "_listeners", [listener])
    return heard


def test_every_verb_has_words() -> None:
    assert get_resolver().url_patterns, "every module that has verbs is imported"
    lacking = [code for code, verb in VERBS.items() if str(verb.words).strip() in {"", code}]
    assert lacking == [], f"{lacking} have no Danish words for the log"


def test_every_verb_is_run_here() -> None:
    assert get_resolver().url_patterns
    missing = sorted(VERBS.keys() - {verb.code for verb, _scenario in RUNS})
    assert missing == [], f"{missing} are never recorded in this test: add a scenario for each"


def test_a_code_is_taken_once() -> None:
    with pytest.raises(ValueError, match="has a verb 'save' already"):
        HistoryVerb("save", "Gemt igen")


@pytest.mark.parametrize(
    ("verb", "scenario"), RUNS, ids=[scenario.__name__ for _verb, scenario in RUNS]
)
def test_a_verb_that_changes_what_is_rendered_ahead_announces_it(
    verb: HistoryVerb,
    scenario: Scenario,
    cast: Cast,
    heard: list[Scope],
    django_capture_on_commit_callbacks: Committed,
) -> None:
    factory.make_past_round(cast.catalogue, cast.round.year - 1)
    factory.make_indicator(cast.own_goal)
    steps = scenario(cast)
    next(steps)
    before, known = hashes(), set(Event.objects.values_list("pk", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        assert next(steps, "the end") == "the end"
    codes = set(Event.objects.exclude(pk__in=known).values_list("verb", flat=True))
    assert verb.code in codes, f"{verb.code!r} was not recorded, but {codes}"
    after = hashes()
    changed = sorted(key for key in before | after if before.get(key) != after.get(key))
    unheard = [
        (paper, year)
        for catalogue, year, paper in changed
        if not any(scope.catalogue == catalogue and scope.year <= year for scope in heard)
    ]
    assert unheard == [], f"{verb.code!r} changes {unheard}, and announces nothing of it"


# --- figures --------------------------------------------------------------------------------------


@runs(figures_verbs.FIGURE_TOLD)
def telling_a_figure(cast: Cast) -> Iterator[None]:
    yield
    told = Told(Decimal(12))
    row = YearTold(cast.own_goal.indicators.get(), cast.round.measured_year, told)
    figures_verbs.tell_figures(by=mandate(cast.coordinator), rows=[row])


@runs(supplying.SUPPLIER_NAMED)
def naming_a_supplier(cast: Cast) -> Iterator[None]:
    yield
    name_supplier(cast)


@runs(supplying.SUPPLIER_ENDED)
def taking_a_supplier_back(cast: Cast) -> Iterator[None]:
    name_supplier(cast)
    yield
    supplying.end_supplier(indicator=cast.own_goal.indicators.get(), by=mandate(cast.coordinator))


def name_supplier(cast: Cast) -> None:
    supplying.name_supplier(
        indicator=cast.own_goal.indicators.get(),
        position=None,
        user=cast.outsider,
        by=mandate(cast.coordinator),
    )


# --- what begins and ends ------------------------------------------------------------------------


def stop(cast: Cast) -> None:
    slug = cast.catalogue.slug
    ending.stop(
        slug=slug,
        number=1,
        goal=None,
        day=timezone.localdate(),
        decision="Byrådet, punkt 4",
        seal=editor.seal_of(rows_of(slug), 1),
        by=mandate(cast.coordinator),
    )


@runs(ending.STOPPED)
def stopping_an_action(cast: Cast) -> Iterator[None]:
    yield
    stop(cast)


@runs(ending.RESUMED)
def going_on_after_all(cast: Cast) -> Iterator[None]:
    stop(cast)
    yield
    slug = cast.catalogue.slug
    seal = editor.seal_of(rows_of(slug), 1)
    ending.undo_stop(slug=slug, number=1, goal=None, seal=seal, by=mandate(cast.coordinator))


@runs(splitting.ACTION_SPLIT)
def splitting_an_action(cast: Cast) -> Iterator[None]:
    yield
    slug = cast.catalogue.slug
    splitting.split_action(
        slug=slug,
        number=1,
        parts=[splitting.Part("Kysten"), splitting.Part("Byen")],
        decision=splitting.Decision(timezone.localdate(), "Byrådet, punkt 4"),
        seal=splitting.seal_of_all(rows_of(slug)),
        by=mandate(cast.coordinator),
    )


@runs(splitting.ACTIONS_MERGED)
def merging_actions(cast: Cast) -> Iterator[None]:
    yield
    slug = cast.catalogue.slug
    splitting.merge_actions(
        slug=slug,
        numbers=[1, 2],
        title="Kyst og by",
        decision=splitting.Decision(timezone.localdate(), "Byrådet, punkt 4"),
        seal=splitting.seal_of_all(rows_of(slug)),
        by=mandate(cast.coordinator),
    )


# --- statuses ------------------------------------------------------------------------------------


def own_status(cast: Cast) -> GoalStatus:
    return factory.status_of(cast.round, cast.own_goal)


def written(cast: Cast, progress: str, value: int) -> Entry:
    """All that a head types, with a value for the goal's one figure."""
    indicator = cast.own_goal.indicators.get()
    figure = Figure(indicator.pk, Decimal(value), source="Vores egne tal")
    texts = {"progress": progress, "why_differs": "Fordi.", "next_step": "Mere."}
    return replace(factory.entry(**texts), figures=(figure,))


def submit(cast: Cast) -> GoalStatus:
    status, entry = own_status(cast), written(cast, "Det går fremad.", 5)
    by = mandate(cast.head)
    return status_verbs.submit(status=status, by=by, entry=entry, revision=status.revision)


def send_back(cast: Cast) -> GoalStatus:
    status = own_status(cast)
    by = mandate(cast.coordinator)
    return status_verbs.return_to_head(
        status=status, by=by, revision=status.revision, comment="Uddyb."
    )


def unlock(cast: Cast) -> GoalStatus:
    status = own_status(cast)
    by = mandate(cast.coordinator)
    return status_verbs.unlock(
        status=status, by=by, revision=status.revision, reason="Tallet er forkert."
    )


def save(cast: Cast) -> None:
    status = own_status(cast)
    entry, by = written(cast, "Helt nyt.", 7), mandate(cast.head)
    status_verbs.save_draft(status=status, by=by, entry=entry, revision=status.revision)


@runs(status_moves.SAVED)
def a_first_draft(cast: Cast) -> Iterator[None]:
    yield
    save(cast)


@runs(status_moves.SAVED)
def a_draft_of_what_was_returned(cast: Cast) -> Iterator[None]:
    submit(cast)
    send_back(cast)
    yield
    save(cast)


@runs(status_moves.SUBMITTED)
def submitting(cast: Cast) -> Iterator[None]:
    yield
    submit(cast)


@runs(status_verbs.UNLOCKED)
def unlocking_one_status(cast: Cast) -> Iterator[None]:
    submit(cast)
    rounds_verbs.close_round(round_=cast.round, by=mandate(cast.coordinator))
    yield
    unlock(cast)


@runs(status_verbs.LOCKED_AGAIN)
def locking_it_again(cast: Cast) -> Iterator[None]:
    submit(cast)
    rounds_verbs.close_round(round_=cast.round, by=mandate(cast.coordinator))
    unlock(cast)
    yield
    status = own_status(cast)
    status_verbs.lock_again(status=status, by=mandate(cast.coordinator), revision=status.revision)


@runs(status_verbs.CORRECTED)
def correcting_a_slip_of_the_pen(cast: Cast) -> Iterator[None]:
    status = submit(cast)
    yield
    status_verbs.correct(
        status=status,
        by=mandate(cast.coordinator),
        revision=status.revision,
        texts={"progress": "Uden slåfejl."},
        figures=[],
        reason="En slåfejl.",
    )


@runs(status_moves.APPROVED)
def approving(cast: Cast) -> Iterator[None]:
    status = submit(cast)
    yield
    status_verbs.approve(status=status, by=mandate(cast.coordinator), revision=status.revision)


@runs(status_moves.RETURNED)
def returning(cast: Cast) -> Iterator[None]:
    submit(cast)
    yield
    send_back(cast)


@runs(status_moves.KEPT)
def a_refused_text(cast: Cast) -> Iterator[None]:
    status = submit(cast)
    yield
    entry = factory.entry(progress="For sent.")
    status_verbs.keep_refused(status=status, by=mandate(cast.head), entry=entry, reason="For sent.")


@runs(dialogue_verbs.SIGNED)
def signing(cast: Cast) -> Iterator[None]:
    status = submit(cast)
    yield
    dialogue_verbs.sign(status=status, by=mandate(cast.co_head), text_version=status.text_version)


def thread(cast: Cast) -> Comment:
    status = submit(cast)
    return dialogue_verbs.comment(status=status, by=mandate(cast.coordinator), text="Uddyb.")


@runs(dialogue_verbs.COMMENTED)
def commenting(cast: Cast) -> Iterator[None]:
    status = submit(cast)
    yield
    dialogue_verbs.comment(status=status, by=mandate(cast.coordinator), text="Uddyb.")


@runs(dialogue_verbs.THREAD_RESOLVED)
def resolving(cast: Cast) -> Iterator[None]:
    begun = thread(cast)
    yield
    dialogue_verbs.resolve(thread=begun, by=mandate(cast.coordinator))


@runs(dialogue_verbs.THREAD_REOPENED)
def reopening_a_thread(cast: Cast) -> Iterator[None]:
    by = mandate(cast.coordinator)
    resolved = dialogue_verbs.resolve(thread=thread(cast), by=by)
    yield
    dialogue_verbs.reopen_comment(thread=resolved, by=by)


# --- rounds and the catalogue --------------------------------------------------------------------


def dates(days: int) -> rounds_verbs.RoundDates:
    today = timezone.localdate()
    return rounds_verbs.RoundDates(today, today, today + timedelta(days=days))


def open_round(cast: Cast, year: int) -> None:
    by = mandate(cast.coordinator)
    rounds_verbs.open_round(
        catalogue=cast.catalogue, year=year, measured_year=year - 1, dates=dates(5), by=by
    )


@runs(rounds_verbs.ROUND_OPENED)
def opening_next_year_s_round(cast: Cast) -> Iterator[None]:
    submit(cast)
    yield
    open_round(cast, cast.round.year + 1)


@runs(rounds_verbs.ROUND_OPENED)
def opening_an_earlier_year_s_round(cast: Cast) -> Iterator[None]:
    submit(cast)
    yield
    open_round(cast, cast.round.year - 2)


@runs(rounds_verbs.DATES_CHANGED)
def changing_dates(cast: Cast) -> Iterator[None]:
    yield
    rounds_verbs.change_round_dates(round_=cast.round, dates=dates(9), by=mandate(cast.coordinator))


@runs(rounds_verbs.ROUND_CLOSED)
def closing(cast: Cast) -> Iterator[None]:
    submit(cast)
    yield
    rounds_verbs.close_round(round_=cast.round, by=mandate(cast.coordinator))


@runs(rounds_verbs.YEAR_CHANGED)
def changing_the_year_of_a_round(cast: Cast) -> Iterator[None]:
    yield
    year, by = cast.round.year + 1, mandate(cast.coordinator)
    rounds_verbs.change_round_year(round_=cast.round, year=year, measured_year=year - 1, by=by)


@runs(rounds_verbs.ROUND_REOPENED)
def reopening_a_round(cast: Cast) -> Iterator[None]:
    by = mandate(cast.coordinator)
    rounds_verbs.close_round(round_=cast.round, by=by)
    yield
    rounds_verbs.reopen_round(
        round_=cast.round, closes=timezone.localdate(), reason="Mangler.", by=by
    )


@runs(outbox.REMINDED)
def reminding(cast: Cast) -> Iterator[None]:
    yield
    outbox.remind(round_=cast.round, to=[cast.head.pk], by=mandate(cast.coordinator))


@runs(CATALOGUE_CHANGED)
def changing_the_catalogue(cast: Cast) -> Iterator[None]:
    rows = rows_of(cast.catalogue.slug)
    renamed = replace(rows.actions[0], title="Et nyt navn")
    yield
    changed = replace(rows, actions=(renamed, *rows.actions[1:]))
    import_rows(changed, by=mandate(cast.coordinator))


@runs(withdrawing.WITHDRAWN)
def taking_a_catalogue_back(cast: Cast) -> Iterator[None]:
    mistake = factory.make_catalogue("fejl")
    yield
    withdrawing.withdraw_catalogue(catalogue=mistake, by=mandate(cast.coordinator))


# --- follow-ups ----------------------------------------------------------------------------------


def follow_up(cast: Cast) -> FollowUp:
    round_ = last_round(cast)
    return followup_verbs.make_follow_up(
        round_=round_,
        statuses=list(round_.statuses.values_list("pk", flat=True)),
        due=timezone.localdate() + timedelta(days=20),
        by=mandate(cast.coordinator),
    )


@runs(followup_verbs.FOLLOW_UP_MADE)
def making_a_follow_up(cast: Cast) -> Iterator[None]:
    last_round(cast)
    yield
    follow_up(cast)


@runs(followup_verbs.FOLLOW_UP_CLOSED)
def closing_a_follow_up(cast: Cast) -> Iterator[None]:
    made = follow_up(cast)
    yield
    followup_verbs.close_follow_up(follow_up=made, by=mandate(cast.coordinator))


@runs(followup_verbs.FOLLOW_UP_UNDONE)
def undoing_a_follow_up(cast: Cast) -> Iterator[None]:
    made = follow_up(cast)
    yield
    followup_verbs.undo_follow_up(follow_up=made, by=mandate(cast.coordinator))


# --- people --------------------------------------------------------------------------------------


@runs(people_verbs.APPOINTED)
def appointing(cast: Cast) -> Iterator[None]:
    submit(cast)
    yield
    today, by = timezone.localdate(), mandate(cast.coordinator)
    people_verbs.appoint(position=cast.position, user=cast.outsider, starts=today, by=by)


@runs(people_verbs.APPOINTMENT_ENDED)
def resigning(cast: Cast) -> Iterator[None]:
    submit(cast)
    yield
    appointment = cast.position.appointments.get(user=cast.head)
    yesterday = timezone.localdate() - timedelta(days=1)
    people_verbs.end_appointment(
        appointment=appointment, ends=yesterday, by=mandate(cast.coordinator)
    )


@runs(people_verbs.APPOINTMENT_UNDONE)
def undoing_an_appointment(cast: Cast) -> Iterator[None]:
    by, today = mandate(cast.coordinator), timezone.localdate()
    made = people_verbs.appoint(position=cast.position, user=cast.outsider, starts=today, by=by)
    yield
    people_verbs.undo_appointment(appointment=made, by=by)


def delegate(cast: Cast) -> None:
    people_verbs.delegate(
        position=cast.position,
        deputy=cast.outsider,
        may_submit=True,
        starts=timezone.localdate(),
        ends=None,
        by=mandate(cast.head),
    )


@runs(people_verbs.DELEGATED)
def delegating(cast: Cast) -> Iterator[None]:
    submit(cast)
    yield
    delegate(cast)


@runs(people_verbs.DELEGATION_ENDED)
def ending_a_delegation(cast: Cast) -> Iterator[None]:
    delegate(cast)
    submit(cast)
    yield
    delegation = cast.position.delegations.get(deputy=cast.outsider)
    people_verbs.end_delegation(delegation=delegation, by=mandate(cast.head))


@runs(people_verbs.PLACED)
def placing(cast: Cast) -> Iterator[None]:
    submit(cast)
    yield
    by = mandate(cast.coordinator)
    people_verbs.place_position(position=cast.position, administration="Kultur", by=by)


@runs(people_verbs.RENAMED)
def renaming(cast: Cast) -> Iterator[None]:
    yield
    people_verbs.rename(position=cast.position, name="Bychefen", by=mandate(cast.coordinator))


@runs(merging.POSTS_MERGED)
def merging_posts(cast: Cast) -> Iterator[None]:
    into = factory.make_position("Bychefen")
    yield
    merging.merge_posts(position=cast.position, into=into, by=mandate(cast.coordinator))


@runs(merging.MERGE_UNDONE)
def undoing_a_merge(cast: Cast) -> Iterator[None]:
    into, by = factory.make_position("Bychefen"), mandate(cast.coordinator)
    merging.merge_posts(position=cast.position, into=into, by=by)
    cast.position.refresh_from_db()
    yield
    merging.undo_merge(position=cast.position, by=by)


@runs(people_verbs.USER_CREATED)
def creating_a_user(cast: Cast) -> Iterator[None]:
    yield
    people_verbs.save_user(
        user=User(username="ny"),
        roles=["council"],
        administration=None,
        by=mandate(cast.administrator),
    )


@runs(people_verbs.USER_CHANGED)
def changing_a_user_s_name(cast: Cast) -> Iterator[None]:
    submit(cast)
    yield
    cast.head.first_name = "Et andet navn"
    by = mandate(cast.administrator)
    people_verbs.save_user(user=cast.head, roles=[], administration=None, by=by)


# --- reports -------------------------------------------------------------------------------------


def write(cast: Cast, kind: Kind, part: Part, **texts: str) -> None:
    report, _made = Report.objects.get_or_create(
        catalogue=cast.catalogue, kind=kind, year=cast.round.year
    )
    action = None if part == Part.TEXTS else cast.own_goal.action
    passage = Passage(report=report, part=part, action=action)
    written = dict.fromkeys(passage.names, "") | texts
    by = mandate(cast.head if part == Part.HEAD else cast.coordinator)
    texts_verbs.save(passage=passage, by=by, texts=written, revision=0)


@runs(status_moves.SAVED)
def a_foreword(cast: Cast) -> Iterator[None]:
    yield
    write(cast, Kind.STATUS, Part.TEXTS, foreword="Et forord.")


@runs(status_moves.SAVED)
def a_line(cast: Cast) -> Iterator[None]:
    yield
    write(cast, Kind.STATUS, Part.LINE, line="En linje.")


@runs(status_moves.SAVED)
def a_head_s_recommendation(cast: Cast) -> Iterator[None]:
    yield
    write(cast, Kind.MIDTERM, Part.HEAD, choice="adjust", reason="Målet er for lavt.")


@runs(status_moves.SAVED)
def a_final_recommendation(cast: Cast) -> Iterator[None]:
    yield
    write(cast, Kind.MIDTERM, Part.FINAL, choice="adjust", reason="Målet er for lavt.")


@runs(status_moves.KEPT)
def a_refused_foreword(cast: Cast) -> Iterator[None]:
    write(cast, Kind.STATUS, Part.TEXTS, foreword="Et forord.")
    yield
    texts = {"foreword": "Et andet.", "summary": ""}
    texts_verbs.keep_refused(
        passage=Passage.objects.get(), by=mandate(cast.coordinator), texts=texts, reason="For sent."
    )


@runs(editions_verbs.PUBLISHED)
def publishing_a_report(cast: Cast) -> Iterator[None]:
    submit(cast)
    yield
    editions_verbs.publish(
        catalogue=cast.catalogue,
        year=cast.round.year,
        seal=factory.proof_now(cast.catalogue, cast.round.year),
        changes="",
        confirmed=True,
        by=mandate(cast.coordinator),
    )


@runs(public.MADE_PUBLIC)
def making_public(cast: Cast) -> Iterator[None]:
    edition = factory.make_edition(cast.catalogue, cast.round.year)
    yield
    public.make_public(edition=edition, by=mandate(cast.coordinator))


@runs(public.PUBLICITY_WITHDRAWN)
def withdrawing_from_the_public(cast: Cast) -> Iterator[None]:
    edition, by = factory.make_edition(cast.catalogue, cast.round.year), mandate(cast.coordinator)
    public.make_public(edition=edition, by=by)
    yield
    public.withdraw(edition=edition, by=by, reason="En fejl.")


@runs(agenda.TEMPLATE_CHANGED)
def changing_the_agenda_s_template(cast: Cast) -> Iterator[None]:
    yield
    sections = [agenda.Section("Baggrund", "{titel}")]
    agenda.save_template(
        catalogue=cast.catalogue, sections=sections, revision=0, by=mandate(cast.coordinator)
    )


# --- the committee and its meeting ---------------------------------------------------------------


def decided(cast: Cast) -> Edition:
    """Last year's and this year's reports are published, and one action of each is chosen."""
    for year in (cast.round.year - 1, cast.round.year):
        edition = factory.make_edition(cast.catalogue, year)
        factory.make_selection(edition, cast.own_goal.action)
    return edition


def page_of(edition: Edition) -> MeetingPage:
    page = meeting_of(edition.report)
    assert page is not None
    return page


def ask(cast: Cast, edition: Edition) -> Question:
    return questions.ask(
        report=edition.report,
        action=cast.own_goal.action,
        text="Hvornår?",
        due=timezone.localdate(),
        by=mandate(cast.committee),
    )


@runs(questions.ASKED)
def asking(cast: Cast) -> Iterator[None]:
    edition = decided(cast)
    yield
    ask(cast, edition)


@runs(questions.ANSWERED)
def answering(cast: Cast) -> Iterator[None]:
    question = ask(cast, decided(cast))
    yield
    questions.answer(question=question, text="I maj.", revision=0, by=mandate(cast.head))


@runs(questions.ANSWER_KEPT)
def a_refused_answer(cast: Cast) -> Iterator[None]:
    question = ask(cast, decided(cast))
    yield
    by = mandate(cast.head)
    drafts.archive(questions.ANSWER, question, "I juni.", by=by, reason="For sent.")


@runs(questions.ANSWER_REPLACED)
def an_answer_that_takes_a_draft_s_place(cast: Cast) -> Iterator[None]:
    question = ask(cast, decided(cast))
    drafts.save(questions.ANSWER, question, "I maj.", by=mandate(cast.co_head), revision=0)
    yield
    questions.answer(question=question, text="I juni.", revision=1, by=mandate(cast.head))


@runs(selection.POINTED)
def pointing(cast: Cast) -> Iterator[None]:
    report = decided(cast).report
    yield
    by = mandate(cast.committee)
    selection.point(report=report, action=cast.own_goal.action, reason="Det haster.", by=by)


@runs(selection.POINTER_WITHDRAWN)
def withdrawing_a_pointer(cast: Cast) -> Iterator[None]:
    report = decided(cast).report
    action = cast.own_goal.action
    factory.make_pointer(report, action, cast.committee)
    yield
    selection.withdraw_pointer(report=report, action=action, by=mandate(cast.committee))


@runs(selection.DECISION_RECORDED)
def deciding(cast: Cast) -> Iterator[None]:
    Catalogue.objects.update(selection_min=2)
    edition = Edition.objects.get(pk=decided(cast).pk)
    yield
    today = timezone.localdate()
    reasons = {1: "Den er bagud.", 2: "Den går godt."}
    decision = Decision(today, "Vi vælger to.", today, reasons, why_changed="En ny grund.")
    by = mandate(cast.coordinator)
    selection.record_selection(edition=edition, decision=decision, revision=1, by=by)


@runs(meeting_verbs.PROGRAMME_SAVED)
def writing_the_programme(cast: Cast) -> Iterator[None]:
    page = page_of(decided(cast))
    yield
    programme = meeting_verbs.Programme(None, "Salen", "Velkommen.", meeting_verbs.proposal(page))
    by = mandate(cast.coordinator)
    meeting_verbs.save_programme(report=page.report, programme=programme, revision=0, by=by)


def conclude(cast: Cast, page: MeetingPage, revision: int) -> None:
    meeting_verbs.save_conclusion(
        chosen=page.chosen[0],
        report=page.report,
        text="Vi holder fast.",
        revision=revision,
        by=mandate(cast.coordinator),
    )


@runs(meeting_verbs.CONCLUSION_SAVED)
def concluding(cast: Cast) -> Iterator[None]:
    page = page_of(decided(cast))
    yield
    conclude(cast, page, 0)


@runs(meeting_verbs.CONCLUSION_KEPT)
def a_refused_conclusion(cast: Cast) -> Iterator[None]:
    page = page_of(decided(cast))
    yield
    conclusion = meeting_verbs.ConclusionText(page.report, page.chosen[0])
    by = mandate(cast.coordinator)
    drafts.archive(conclusion, conclusion.row, "Nej.", by=by, reason="For sent.")


@runs(meeting_verbs.CONCLUSION_REPLACED)
def a_conclusion_that_takes_a_draft_s_place(cast: Cast) -> Iterator[None]:
    page = page_of(decided(cast))
    other = factory.make_user(roles=[Role.COORDINATOR])
    conclusion = meeting_verbs.ConclusionText(page.report, page.chosen[0])
    drafts.save(conclusion, conclusion.row, "Vi tøver.", by=mandate(other), revision=0)
    yield
    conclude(cast, page, 1)
