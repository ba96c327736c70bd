"""Making and closing a follow-up, and what the heads of its goals answer."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.catalogue.versions.store import Timeline, rows_in
from actions.history.record import record
from actions.models import Event, GoalStatus, Round, RoundState
from actions.models.history import HistoryVerb, Scope
from actions.models.versions import said_then, turns_of
from actions.status.moves import KEPT, SAVED
from actions.writing import drafts
from actions.writing.merging import Difference, Side, merge_texts
from actions.writing.refusals import NotAllowed, Refused
from actions.writing.texts import Routes, Saved, Text
from reports.access import may_answer_follow_up, positions_of
from reports.followup import telling
from reports.followup.choosing import eligible_statuses
from reports.models import FollowUp, FollowUpAnswer
from reports.models.followup import ANSWER_LABELS

FOLLOW_UP_MADE: Final = HistoryVerb("make_follow_up", gettext_lazy("Opfølgning oprettet"))
FOLLOW_UP_CLOSED: Final = HistoryVerb("close_follow_up", gettext_lazy("Opfølgning lukket"))
FOLLOW_UP_UNDONE: Final = HistoryVerb("undo_follow_up", gettext_lazy("Opfølgning fortrudt"))

type Answers = dict[str, str]


@transaction.atomic
def make_follow_up(*, round_: Round, statuses: Collection[int], due: date, by: Mandate) -> FollowUp:
    """Asks the heads of some goals of a closed round what has happened since, and tells them.

    `statuses` are ids. Raises Refused if the round is not closed, another follow-up of it is open,
    the day does not lie ahead, or no goal is chosen.
    """
    today = timezone.localdate()
    locked = Round.objects.select_for_update(no_key=True).get(pk=round_.pk)
    locked.catalogue = round_.catalogue
    if locked.state(today) is not RoundState.CLOSED:
        raise Refused(_("Runden er ikke lukket endnu. Vent, til alle har givet status."))
    if due <= today:
        raise Refused(_("Fristen skal ligge efter i dag."))
    earlier = list(locked.follow_ups.order_by("number"))
    if any(row.is_open(today) for row in earlier):
        raise Refused(_("Runden har allerede en åben opfølgning. Luk den først."))
    chosen = [row for row in eligible_statuses(locked) if row.pk in statuses]
    if not chosen:
        raise Refused(_("Vælg mindst ét mål."))
    made = FollowUp.objects.create(
        round=locked,
        number=earlier[-1].number + 1 if earlier else 1,
        due=due,
        made_on=today,
        made_by_name=str(by.user),
    )
    answers = FollowUpAnswer.objects.bulk_create(_as_they_stood(made, chosen))
    _record(FOLLOW_UP_MADE, made, by, ", ".join(row.goal_number for row in answers))
    telling.tell_made(made, answers, by)
    return made


def _as_they_stood(made: FollowUp, chosen: list[GoalStatus]) -> list[FollowUpAnswer]:
    """An empty answer for each status, with the goal and its action as the round's report has
    them.
    """
    catalogue = made.round.catalogue
    version = Timeline(catalogue).of(made.round)
    actions = rows_in(version).actions if version else ()
    named = {row.known: (row.number, row.title) for row in actions}
    numbers = {goal.known: number for row in actions for number, goal in enumerate(row.goals, 1)}
    then = said_then(turns_of(catalogue), made.round)
    answers = []
    for row in chosen:
        goal, action = row.goal, row.goal.action
        number, title = named.get(action.pk, (action.number, action.title))
        answers.append(
            FollowUpAnswer(
                follow_up=made,
                status=row,
                action_number=number,
                action_title=title,
                goal_number=f"{number}.{numbers.get(goal.pk, goal.number)}",
                goal_text=then.get(goal.pk) or goal.text,
                light=row.light,
            )
        )
    return answers


@transaction.atomic
def close_follow_up(*, follow_up: FollowUp, by: Mandate) -> FollowUp:
    """Closes it before its last day. Raises Refused if it is closed already."""
    locked = _locked(follow_up)
    if not locked.is_open(timezone.localdate()):
        raise Refused(_("Opfølgningen er allerede lukket."))
    locked.closed_on = timezone.localdate()
    locked.save()
    telling.untell_all(locked)
    _record(FOLLOW_UP_CLOSED, locked, by)
    return locked


def is_written_on(follow_up: FollowUp) -> bool:
    """Whether anybody has written an answer, or tried to."""
    rows = follow_up.answers
    return rows.exclude(revision=0).exists() or rows.filter(events__isnull=False).exists()


@transaction.atomic
def undo_follow_up(*, follow_up: FollowUp, by: Mandate) -> None:
    """Takes back a follow-up made by mistake. Raises Refused if something is written in it."""
    locked = _locked(follow_up)
    if is_written_on(locked):
        raise Refused(_("Der er svaret på opfølgningen. Luk den i stedet."))
    telling.untell_all(locked)
    _record(FOLLOW_UP_UNDONE, locked, by)
    locked.answers.all().delete()
    locked.delete()


def _locked(follow_up: FollowUp) -> FollowUp:
    """The row under lock, after its answers, as a save locks them."""
    answers = follow_up.answers.order_by("pk").select_for_update(no_key=True)
    list(answers.values_list("pk"))
    locked = FollowUp.objects.select_for_update(no_key=True).filter(pk=follow_up.pk).first()
    if locked is None:
        raise Refused(_("Opfølgningen er allerede fortrudt."))
    locked.round = follow_up.round
    return locked


def _record(verb: HistoryVerb, follow_up: FollowUp, by: Mandate, comment: str = "") -> None:
    record(
        verb,
        actor=by.user,
        position=follow_up.round.catalogue.coordinator,
        round_=follow_up.round,
        subject=str(follow_up),
        comment=comment,
        content={"due": follow_up.due.isoformat()},
    )


# --- the answers ---------------------------------------------------------------------------------


class FollowUpText(Text[FollowUpAnswer, Answers]):
    """What the heads answer on one goal: every save counts, and goes into the history."""

    routes = Routes("follow_up_answer", "autosave_follow_up", "compare_follow_up")

    def lock(self, row: FollowUpAnswer) -> FollowUpAnswer:
        locked = FollowUpAnswer.objects.select_for_update(no_key=True).get(pk=row.pk)
        fresh = FollowUp.objects.get(pk=row.follow_up_id)
        fresh.round = row.follow_up.round
        locked.follow_up, locked.status = fresh, row.status
        return locked

    def check_may(self, row: FollowUpAnswer, by: Mandate) -> str:
        if not may_answer_follow_up(by, row):
            raise NotAllowed(_("Du har ikke ret til at svare for målet."))
        return by.name_of(positions_of(row.status.goal.action))

    def check_open(self, row: FollowUpAnswer) -> None:
        if closed := why_answer_closed(row):
            raise Refused(closed)

    def says(self, row: FollowUpAnswer, content: Answers) -> bool:
        return row.texts == content

    def write(self, row: FollowUpAnswer, by: Mandate, content: Answers, position: str) -> None:
        for name in row.TEXTS:
            setattr(row, name, content[name])
        row.saved_at = timezone.now()
        row.author_name, row.author_position = str(by.user), position
        row.save()
        _note(SAVED, row, by, content)
        telling.untell_if_whole(row)

    def moved_on(self, row: FollowUpAnswer) -> str:
        return _("%(author)s har ændret teksten, siden du åbnede siden.") % {
            "author": row.author_name or _("En anden")
        }

    def as_json(self, content: Answers) -> dict[str, Any]:
        return {"texts": content}

    def is_empty(self, content: Answers) -> bool:
        return not any(content.values())

    def events(self, row: FollowUpAnswer) -> QuerySet[Event]:
        return row.events.all()

    def record_refused(
        self, row: FollowUpAnswer, by: Mandate, content: Answers, reason: str
    ) -> Event:
        return _note(KEPT, row, by, content, comment=reason)

    def differences(self, row: FollowUpAnswer, archived: Mapping[str, Any]) -> list[Difference]:
        typed: Mapping[str, str] = archived["texts"]
        return [
            Difference(name, str(ANSWER_LABELS[name]), text, typed.get(name, ""), is_text=True)
            for name, text in row.texts.items()
            if text != typed.get(name, "")
        ]

    def merged(
        self,
        row: FollowUpAnswer,
        archived: Mapping[str, Any],
        sides: Mapping[str, Side],
        own: Mapping[str, str],
    ) -> Answers:
        return merge_texts(row.texts, archived["texts"], sides, own)

    def saved(self, row: FollowUpAnswer) -> Saved:
        return Saved(row.saved_at, row.author_name)

    def address(self, row: FollowUpAnswer) -> tuple[object, ...]:
        round_ = row.follow_up.round
        number = row.follow_up.number
        return (round_.catalogue.slug, round_.year, number, row.status.goal_id)

    def copy_key(self, row: FollowUpAnswer, by: Mandate) -> str:
        return f"{by.user.pk}-opfoelgning-{row.pk}"


FOLLOW_UP_TEXT: Final = FollowUpText()


def why_answer_closed(row: FollowUpAnswer) -> str:
    """Why nobody may write it now, in Danish; "" if it is open."""
    if row.follow_up.is_open(timezone.localdate()):
        return ""
    return _("Opfølgningen er lukket. Tal med %(body)s, hvis noget skal rettes.") % {
        "body": row.follow_up.round.catalogue.coordinator
    }


def save_answer(
    *,
    answer: FollowUpAnswer,
    texts: Answers,
    revision: int | None,
    by: Mandate,
    names: Sequence[str] = (),
) -> FollowUpAnswer:
    """Saves an answer, complete or not. Raises as `actions.writing.drafts.save`."""
    return drafts.save(FOLLOW_UP_TEXT, answer, texts, by=by, revision=revision, names=names)


def _note(
    verb: HistoryVerb, row: FollowUpAnswer, by: Mandate, texts: Answers, comment: str = ""
) -> Event:
    round_ = row.follow_up.round
    event = record(
        verb,
        actor=by.user,
        position=by.name_of(positions_of(row.status.goal.action)),
        subject=f"{round_.catalogue.slug}, {row}",
        about=[Scope(round_.catalogue_id, round_.year)],
        comment=comment,
        content={"texts": texts},
    )
    row.events.add(event)
    return event
