"""The signatures and the comment threads on the page of a status.

Two queries, whatever the size; the rules about people are in `actions.access`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, FilteredRelation, Q

from actions.access import Mandate, may_comment, may_resolve, may_submit
from actions.models import Comment, GoalStatus, Responsibility


@dataclass
class SignatureStanding:
    """A responsible position with its signature under the present text; `signer` "" for none.

    `holders` are the user names of those who hold the position today.
    """

    responsibility: Responsibility
    signer: str
    signed_at: datetime | None
    by_submitting: bool
    holders: list[str]

    @property
    def position(self) -> str:
        return self.responsibility.position.name

    @property
    def signed_by(self) -> str:
        """Signer and position, once if they are the same words (as in the demo)."""
        return ", ".join(dict.fromkeys((self.signer, self.position)))


@dataclass
class Thread:
    """A first comment with its answers; `may_settle`: the reader may resolve or reopen it."""

    first: Comment
    may_settle: bool
    answers: list[Comment] = field(default_factory=list)


@dataclass
class Dialogue:
    standings: list[SignatureStanding]
    threads: list[Thread]
    may_sign: bool
    may_comment: bool
    is_handed_in: bool
    mentionable: list[str]

    @property
    def signed(self) -> list[SignatureStanding]:
        """The co-heads who have signed, without the one who submitted."""
        return [row for row in self.standings if row.signer and not row.by_submitting]

    @property
    def unsigned(self) -> list[str]:
        """The positions whose signature is missing, once there is a text to sign."""
        if not self.is_handed_in:
            return []
        return [row.position for row in self.standings if not row.signer]

    @property
    def open_threads(self) -> int:
        return sum(not thread.first.is_resolved for thread in self.threads)


def standings_of(status: GoalStatus, today: date) -> list[SignatureStanding]:
    """The responsible positions in the catalogue's order, with signatures and holders."""
    signed = FilteredRelation(
        "position__signatures",
        condition=Q(position__signatures__status=status.pk)
        & Q(position__signatures__version=status.text_version),
    )
    held = FilteredRelation(
        "position__appointments",
        condition=Q(position__appointments__starts__lte=today)
        & (
            Q(position__appointments__ends__isnull=True)
            | Q(position__appointments__ends__gte=today)
        ),
    )
    rows = (
        Responsibility.objects.filter(action=status.goal.action_id)
        .annotate(signed=signed, held=held)
        .annotate(
            signer=F("signed__signer_name"),
            signed_at=F("signed__signed_at"),
            by_submitting=F("signed__by_submitting"),
            holder=F("held__user__username"),
        )
        .select_related("position")
        .order_by("order", "holder")
    )
    standings: dict[int, SignatureStanding] = {}
    for row in rows:
        standing = standings.setdefault(
            row.pk,
            SignatureStanding(row, row.signer or "", row.signed_at, bool(row.by_submitting), []),
        )
        standing.holders += [row.holder] if row.holder else []
    return list(standings.values())


def dialogue_of(
    status: GoalStatus, standings: list[SignatureStanding], mandate: Mandate, today: date
) -> Dialogue:
    """`standings`: from `standings_of` the same status."""
    positions = [row.responsibility.position_id for row in standings]
    lacking = {row.responsibility.position_id for row in standings if not row.signer}
    is_open = status.is_open(today)
    comments = list(status.comments.select_related("author").order_by("at", "pk"))
    return Dialogue(
        standings=standings,
        threads=_threads(comments, mandate, positions, is_open=is_open),
        may_sign=is_open and status.is_shown_to_others and may_submit(mandate, lacking),
        may_comment=is_open and may_comment(mandate, positions),
        is_handed_in=status.is_shown_to_others,
        mentionable=_mentionable(standings, comments, mandate),
    )


def _threads(
    comments: Iterable[Comment], mandate: Mandate, positions: list[int], *, is_open: bool
) -> list[Thread]:
    threads: dict[int, Thread] = {}
    for row in comments:
        if row.parent_id is None:
            threads[row.pk] = Thread(row, is_open and may_resolve(mandate, row, positions))
        else:
            threads[row.parent_id].answers.append(row)
    return list(threads.values())


def _mentionable(
    standings: Iterable[SignatureStanding], comments: Iterable[Comment], mandate: Mandate
) -> list[str]:
    """User names for the hint: the goal's heads and the authors of the comments."""
    names = [name for row in standings for name in row.holders]
    names += [row.author.username for row in comments if row.author is not None]
    return [name for name in dict.fromkeys(names) if name != mandate.user.username]
