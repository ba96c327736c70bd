"""Who is told what: each occasion reaches the right people, once, and nobody else."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from actions.danish import format_date
from actions.mail import notices as mail_notices
from actions.mail.lacking import lacking
from actions.mail.letters import letter_for
from actions.mail.notices import note_deadlines, occasion_on
from actions.models import Delegation, GoalStatus, Notice, Occasion, Round, State, User
from actions.rounds import verbs as rounds_verbs
from actions.status import verbs as status_verbs
from actions.tools.text import one_line
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import entry, hand_in, mandate, status_of

pytestmark = pytest.mark.django_db

SITE = "https://katalog.example"
WRITERS = {"head", "co_head", "writer", "deputy"}


def told(cast: Cast, occasion: str) -> set[str]:
    """Who has a notice of an occasion, by the cast's names."""
    found = set(Notice.objects.filter(occasion=occasion).values_list("recipient", flat=True))
    return {name for name, user in cast.people.items() if user.pk in found}


def days(cast: Cast, *, opens: int, due: int, closes: int) -> Round:
    """The cast's round with other days, counted from today."""
    round_, today = cast.round, timezone.localdate()
    round_.opens, round_.due, round_.closes = (
        today + timedelta(days=each) for each in (opens, due, closes)
    )
    round_.save()
    return round_


def text_for(user: User) -> str:
    notices = list(user.notices.select_related("round__catalogue"))
    letter = letter_for(user, notices, today=timezone.localdate(), site=SITE)
    return letter.body if letter else ""


# What happens to a status.


def submit(cast: Cast, by: User) -> GoalStatus:
    status = status_of(cast.round, cast.own_goal)
    revision = status.revision
    return status_verbs.submit(status=status, by=mandate(by), entry=entry(), revision=revision)


def test_the_other_heads_are_told_of_a_submitted_status(cast: Cast) -> None:
    submit(cast, cast.head)
    assert told(cast, Occasion.SUBMITTED_BY_COHEAD) == {"co_head"}


def test_a_head_is_told_what_the_deputy_has_submitted(cast: Cast) -> None:
    submit(cast, cast.deputy)
    assert told(cast, Occasion.SUBMITTED_BY_COHEAD) == {"head", "co_head"}


def test_everybody_who_writes_is_told_that_it_came_back(cast: Cast) -> None:
    status = submit(cast, cast.head)
    by = mandate(cast.coordinator)
    status_verbs.return_to_head(status=status, by=by, revision=1, comment="Uddyb årsagen")
    assert told(cast, Occasion.RETURNED) == WRITERS
    text = text_for(cast.co_head)
    said = "Udviklingsforvaltningen har sendt status tilbage med en kommentar: »Uddyb årsagen«"
    assert said in text
    address = f"{SITE}{status.get_absolute_url()}#sendt-tilbage"
    assert address in text


def test_everybody_who_writes_is_told_of_the_approval(cast: Cast) -> None:
    status_verbs.approve(status=submit(cast, cast.head), by=mandate(cast.coordinator), revision=1)
    assert told(cast, Occasion.APPROVED) == WRITERS
    assert "har godkendt status" in text_for(cast.writer)


def test_a_second_return_is_told_again(cast: Cast) -> None:
    by = mandate(cast.coordinator)
    for revision in (0, 2):
        status = status_of(cast.round, cast.own_goal)
        status_verbs.submit(status=status, by=mandate(cast.head), entry=entry(), revision=revision)
        status_verbs.return_to_head(status=status, by=by, revision=revision + 1, comment="Uddyb")
    assert Notice.objects.filter(occasion=Occasion.RETURNED, recipient=cast.head).count() == 2
    assert text_for(cast.head).count("har sendt status tilbage") == 1


def test_a_comment_is_told_to_the_writers_and_the_thread(cast: Cast) -> None:
    status = hand_in(status_of(cast.round, cast.own_goal), "submitted")
    mail_notices.commented(
        status,
        by=cast.colleague,
        comment=7,
        to=[cast.strategic_forum.pk, cast.colleague.pk],
        mentioned=[cast.group_member.pk, cast.co_head.pk],
    )
    assert told(cast, Occasion.COMMENT) == {"head", "writer", "deputy", "strategic_forum"}
    assert told(cast, Occasion.MENTION) == {"group_member", "co_head"}
    assert "Colleague har nævnt dig i en kommentar." in text_for(cast.co_head)


def test_a_signature_is_told_to_the_other_heads(cast: Cast) -> None:
    status = hand_in(status_of(cast.round, cast.own_goal), "submitted")
    mail_notices.signed(status, by=cast.co_head)
    assert told(cast, Occasion.SIGNED) == {"head"}


def test_the_same_occasion_is_told_once(cast: Cast) -> None:
    status = hand_in(status_of(cast.round, cast.own_goal), "submitted")
    for _each in range(2):
        mail_notices.signed(status, by=cast.co_head)
        mail_notices.commented(status, by=cast.colleague, comment=7)
        note_deadlines(timezone.localdate())
    rows = Notice.objects.values_list("recipient", "occasion", "key")
    assert len(set(rows)) == len(rows)


def test_a_move_that_is_undone_tells_nothing(cast: Cast) -> None:
    with transaction.atomic():
        submit(cast, cast.head)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_news_that_no_longer_holds_is_not_told(cast: Cast) -> None:
    status = submit(cast, cast.head)
    status_verbs.return_to_head(
        status=status, by=mandate(cast.coordinator), revision=1, comment="Uddyb"
    )
    status_verbs.submit(status=status, by=mandate(cast.head), entry=entry(), revision=2)
    assert "har sendt status tilbage" not in text_for(cast.writer)


def test_nobody_is_told_of_what_they_may_not_read(cast: Cast) -> None:
    draft = hand_in(status_of(cast.round, cast.own_goal), "draft")
    strangers = [cast.group_member, cast.committee, cast.outsider]
    mail_notices.commented(
        draft, by=cast.colleague, comment=7, mentioned=[user.pk for user in strangers]
    )
    hand_in(draft, "approved")
    assert [bool(text_for(user)) for user in strangers] == [True, False, False]
    hand_in(draft, "returned")
    assert [bool(text_for(user)) for user in strangers] == [False, False, False]


def test_who_has_left_the_post_is_told_nothing(cast: Cast) -> None:
    note_deadlines(timezone.localdate())
    assert text_for(cast.head)
    cast.head.appointments.update(ends=timezone.localdate() - timedelta(days=1))
    assert not text_for(cast.head)


# What somebody has not handed in.


def test_who_lacks_something_is_told_by_post_and_goal(cast: Cast) -> None:
    hand_in(status_of(cast.round, cast.other_goal), "submitted")
    rows = lacking(cast.round, timezone.localdate())
    assert {row.user.username: row.positions for row in rows} == {
        "head": ("Planchefen",),
        "co-head": ("Kulturchefen",),
        "writer": ("Planchefen",),
        "deputy": ("Planchefen",),
    }
    assert {status.goal_id for row in rows for status in row.statuses} == {cast.own_goal.pk}


@pytest.mark.parametrize("state", list(State))
def test_a_status_is_lacking_until_it_is_handed_in(cast: Cast, state: State) -> None:
    hand_in(status_of(cast.round, cast.other_goal), "approved")
    hand_in(status_of(cast.round, cast.own_goal), state)
    lacks = bool(lacking(cast.round, timezone.localdate()))
    assert lacks == (state in {State.NOT_STARTED, State.DRAFT, State.RETURNED})


def test_only_who_is_in_the_post_today_lacks_something(cast: Cast) -> None:
    today = timezone.localdate()
    Delegation.objects.filter(deputy=cast.writer).update(ends=today - timedelta(days=1))
    factory.appoint(cast.position, cast.outsider, starts=today + timedelta(days=1))
    people = {row.user for row in lacking(cast.round, today)}
    assert people == {cast.head, cast.co_head, cast.deputy, cast.other_head}


@pytest.mark.parametrize(
    ("day", "occasion"),
    [
        ("2026-03-01", Occasion.ROUND_OPENED),
        ("2026-03-16", Occasion.ROUND_OPENED),
        ("2026-03-17", Occasion.DUE_IN_14),
        ("2026-03-27", Occasion.DUE_IN_14),
        ("2026-03-28", Occasion.DUE_IN_3),
        ("2026-03-30", Occasion.DUE_IN_3),
        ("2026-03-31", Occasion.DUE_TODAY),
        ("2026-04-01", Occasion.OVERDUE),
        ("2026-04-16", Occasion.OVERDUE),
        ("2026-04-17", Occasion.LAST_DAYS),
        ("2026-04-20", Occasion.LAST_DAYS),
    ],
)
def test_each_day_has_its_occasion(day: str, occasion: Occasion) -> None:
    round_ = Round(opens=date(2026, 3, 1), due=date(2026, 3, 31), closes=date(2026, 4, 20))
    assert occasion_on(round_, date.fromisoformat(day)) == occasion


@pytest.mark.parametrize(
    ("day", "occasion"),
    [
        ("2026-03-21", Occasion.ROUND_OPENED),
        ("2026-03-24", Occasion.ROUND_OPENED),
        ("2026-03-28", Occasion.DUE_IN_3),
    ],
)
def test_a_short_round_does_not_ask_twice_in_two_days(day: str, occasion: Occasion) -> None:
    round_ = Round(opens=date(2026, 3, 21), due=date(2026, 3, 31), closes=date(2026, 4, 20))
    assert occasion_on(round_, date.fromisoformat(day)) == occasion


def test_what_is_due_is_noted_for_those_who_lack_something(cast: Cast) -> None:
    days(cast, opens=-40, due=3, closes=20)
    hand_in(status_of(cast.round, cast.other_goal), "submitted")
    note_deadlines(timezone.localdate())
    assert told(cast, Occasion.DUE_IN_3) == WRITERS
    assert set(Notice.objects.values_list("occasion", flat=True)) == {Occasion.DUE_IN_3}
    text = text_for(cast.head)
    assert "Dette mål venter på dig:" in text
    assert f"{SITE}{status_of(cast.round).get_absolute_url()}#id_progress" in text


@pytest.mark.parametrize("away", [{"opens": 1, "due": 2}, {"opens": -30, "due": -20}])
def test_a_round_that_is_not_open_asks_nobody(cast: Cast, away: dict[str, int]) -> None:
    days(cast, closes=away["due"], **away)
    note_deadlines(timezone.localdate())
    assert not Notice.objects.exists()


def test_a_closed_round_asks_nobody_even_what_was_noted_before(cast: Cast) -> None:
    note_deadlines(timezone.localdate())
    rounds_verbs.close_round(round_=cast.round, by=mandate(cast.coordinator))
    assert not text_for(cast.head)


def test_a_due_day_that_is_moved_is_told_anew(cast: Cast) -> None:
    days(cast, opens=-40, due=3, closes=50)
    note_deadlines(timezone.localdate())
    days(cast, opens=-40, due=14, closes=50)
    note_deadlines(timezone.localdate())
    assert told(cast, Occasion.DUE_IN_14) == WRITERS | {"other_head"}
    assert "om 14 dage" in text_for(cast.head)


def test_days_that_were_missed_are_one_line_with_the_latest(cast: Cast) -> None:
    round_ = days(cast, opens=-40, due=2, closes=20)
    for occasion in (Occasion.ROUND_OPENED, Occasion.DUE_IN_14, Occasion.DUE_IN_3):
        key = mail_notices.key_of(occasion, round_)
        Notice.objects.create(recipient=cast.head, occasion=occasion, round=round_, key=key)
    notices = list(cast.head.notices.all())
    letter = letter_for(cast.head, notices, today=timezone.localdate(), site=SITE)
    assert letter is not None
    assert [notice.occasion for notice in letter.notices] == [Occasion.DUE_IN_3]
    assert letter.body.count("venter på dig") == 1


HOSTILE = "Mål\r\nBcc: alle@example.org\n\nhttps://ond.example/\x00\u2028\x1b[2J slut"


def test_nobodys_words_make_a_line_of_their_own(cast: Cast) -> None:
    assert one_line(HOSTILE) == "Mål Bcc: alle@example.org https://ond.example/ [2J slut"
    hostile = HOSTILE.replace("\x00", "")  # PostgreSQL takes no null
    cast.own_goal.text = hostile
    cast.own_goal.save()
    cast.head.first_name = hostile
    cast.head.save()
    cast.catalogue.title = cast.catalogue.coordinator = hostile
    cast.catalogue.save()
    note_deadlines(timezone.localdate())
    notices = list(cast.head.notices.select_related("round__catalogue"))
    letter = letter_for(cast.head, notices, today=timezone.localdate(), site=SITE)
    assert letter is not None
    assert not [line for line in letter.body.splitlines() if line.startswith(("Bcc", "https"))]
    assert "ond" not in letter.subject


def test_two_catalogues_in_one_spring_are_one_mail_that_names_both_by_deadline(
    cast: Cast,
) -> None:
    other = factory.make_catalogue("naeste", title="Det næste")
    factory.make_action(other, responsible=[cast.position])
    today = timezone.localdate()
    sooner = factory.make_round(other, due=today + timedelta(days=4))
    note_deadlines(today)
    notices = list(cast.head.notices.select_related("round__catalogue"))
    letter = letter_for(cast.head, notices, today=today, site=SITE)
    assert letter is not None
    assert letter.subject == (
        f"Statusrunde {sooner.year} i 2 handlingskataloger er åben: frist {format_date(sooner.due)}"
    )
    first, second = f"{sooner}, {other}", f"{cast.round}, {cast.catalogue}"
    assert letter.body.index(first) < letter.body.index(second)
