"""What the pages of a follow-up show."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.access import Mandate
from actions.models import Action, Responsibility, Round, RoundState
from actions.rounds.slots import RoundLink
from reports.access import may_answer_follow_up
from reports.models import FollowUp, FollowUpAnswer

RELATED = ("follow_up__round__catalogue", "status__goal__action")


@dataclass(frozen=True)
class FollowUpPage:
    """A follow-up with its answers by action; `mine` are the ids of those that the reader gives."""

    follow_up: FollowUp
    rows: list[tuple[Action, list[FollowUpAnswer]]]
    mine: frozenset[int]
    is_open: bool

    @property
    def total(self) -> int:
        return sum(len(answers) for _action, answers in self.rows)

    @property
    def is_begun(self) -> bool:
        return any(row.revision for _action, answers in self.rows for row in answers)

    @property
    def whole(self) -> int:
        """How many goals have an answer in each field."""
        return sum(row.is_whole for _action, answers in self.rows for row in answers)


def get_follow_up(slug: str, year: int, number: int) -> FollowUp:
    """A follow-up, or 404."""
    rows = FollowUp.objects.filter(round__catalogue__slug=slug, round__year=year, number=number)
    follow_up = rows.select_related("round__catalogue").first()
    if follow_up is None:
        raise Http404
    return follow_up


def get_answer(mandate: Mandate, slug: str, year: int, number: int, goal: int) -> FollowUpAnswer:
    """An answer that somebody may give, or 404."""
    rows = FollowUpAnswer.objects.filter(
        follow_up__round__catalogue__slug=slug,
        follow_up__round__year=year,
        follow_up__number=number,
        status__goal__pk=goal,
    )
    answer = rows.select_related(*RELATED).first()
    if answer is None or not may_answer_follow_up(mandate, answer):
        raise Http404
    answer.status.round = answer.follow_up.round
    return answer


def follow_up_page(follow_up: FollowUp, mandate: Mandate) -> FollowUpPage:
    answers = list(follow_up.answers.select_related("status__goal__action"))
    for row in answers:
        row.follow_up = follow_up
    mine = Responsibility.objects.filter(
        position__in=list(mandate.submits_for),
        action__in={row.status.goal.action_id for row in answers},
    )
    own = set(mine.values_list("action", flat=True)) if mandate.submits_for else set()
    by_action = groupby(answers, key=lambda row: (row.action_number, row.action_title))
    return FollowUpPage(
        follow_up=follow_up,
        rows=[
            (Action(number=number, title=title), list(rows)) for (number, title), rows in by_action
        ],
        mine=frozenset(row.pk for row in answers if row.status.goal.action_id in own),
        is_open=follow_up.is_open(timezone.localdate()),
    )


def awaited_answers(mandate: Mandate) -> list[FollowUpAnswer]:
    """The answers that somebody is to give now, written or not, the most urgent first."""
    if not mandate.submits_for:
        return []
    mine = Responsibility.objects.filter(
        action=OuterRef("status__goal__action"), position__in=list(mandate.submits_for)
    )
    rows = FollowUpAnswer.objects.filter(
        Exists(mine), follow_up__closed_on=None, follow_up__due__gte=timezone.localdate()
    )
    order = ("follow_up__due", "follow_up", "status__goal__action__number", "status__goal__number")
    return list(rows.select_related(*RELATED).order_by(*order))


def follow_ups_of(round_: Round, mandate: Mandate) -> list[RoundLink]:
    """What a round's page links to: its follow-ups, and the page that makes one."""
    today = timezone.localdate()
    if round_.state(today) is not RoundState.CLOSED:
        return []
    rows = list(round_.follow_ups.order_by("number"))
    for row in rows:
        row.round = round_
    links = [RoundLink(str(row), row.get_absolute_url()) for row in rows]
    if mandate.is_coordinator and not any(row.is_open(today) for row in rows):
        links.append(RoundLink.to("new_follow_up", _("Ny opfølgning"), round_))
    return links
