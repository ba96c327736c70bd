"""Comments on a status, and co-signing it: each verb is one transaction and one history row.

A co-head signs what another position has submitted; readers and writers comment. Nothing here
changes the text or its state. Every verb raises Refused if the round is not open, NotAllowed if the
person may not.
"""

import re
from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate, mandate_of, may_comment, may_read, may_resolve
from actions.dialogue.signing import put_signatures
from actions.history.record import record
from actions.mail import notices
from actions.models import Comment, GoalStatus, Role, Round, User
from actions.models.history import Announces, HistoryVerb
from actions.writing.refusals import Conflict, NotAllowed, Refused

SIGNED: Final = HistoryVerb("sign", gettext_lazy("Tiltrådt"), announces=Announces.ALWAYS)
COMMENTED: Final = HistoryVerb("comment", gettext_lazy("Kommentar"))
THREAD_RESOLVED: Final = HistoryVerb("resolve", gettext_lazy("Kommentar løst"))
THREAD_REOPENED: Final = HistoryVerb("reopen_comment", gettext_lazy("Kommentar åbnet igen"))

#: "@brugernavn", but not the middle of a mail address.
MENTION: Final = re.compile(r"(?<![\w@.+-])@([\w.+-]+)")
#: How many names after "@" are looked up in one comment.
MOST_MENTIONS: Final = 20


@transaction.atomic
def sign(*, status: GoalStatus, by: Mandate, text_version: int) -> GoalStatus:
    """A co-head signs the text as they read it. Raises Conflict if the text has changed since."""
    locked, responsible = _locked(status)
    mine = by.submits_for_of(responsible)
    if not mine:
        raise NotAllowed(_("Du har ikke ret til at tiltræde målets status."))
    if not locked.is_shown_to_others:
        raise Refused(_("Status er ikke indsendt, så der er ikke noget at tiltræde."))
    if locked.text_version != text_version:
        raise Conflict(
            _("Status er ændret, siden du åbnede siden. Læs den igen, og tiltræd så."), locked
        )
    signed = set(locked.signatures.of_present_text().values_list("position", flat=True))
    lacking = {pk: name for pk, name in mine.items() if pk not in signed}
    if not lacking:
        raise Refused(_("Status er allerede tiltrådt."))
    put_signatures(locked, signer=by.user, positions=lacking)
    record(
        SIGNED,
        actor=by.user,
        position=", ".join(lacking.values()),
        round_=locked.round,
        status=locked,
    )
    notices.signed(locked, by=by.user)
    return locked


@transaction.atomic
def comment(
    *, status: GoalStatus, by: Mandate, text: str, thread: Comment | None = None
) -> Comment:
    """Begins a thread, or answers in an open one; notifies the writers and the mentioned."""
    locked, responsible = _locked(status)
    if not may_comment(by, responsible):
        raise NotAllowed(_("Du har ikke ret til at kommentere målets status."))
    if not text.strip():
        raise Refused(_("Skriv en kommentar."))
    if thread is not None:
        thread = _locked_thread(locked, thread)
        if thread.is_resolved:
            raise Refused(_("Tråden er løst. Åbn den igen for at svare."))
    position = speaks_as(by, locked, responsible)
    made = Comment.objects.create(
        status=locked,
        parent=thread,
        author=by.user,
        author_name=str(by.user),
        author_position=position,
        text=text.strip(),
        at=timezone.now(),
    )
    _record(COMMENTED, locked, by, position, made.text)
    notices.commented(
        locked,
        by=by.user,
        comment=made.pk,
        to=_participants(thread),
        mentioned=[user.pk for user in mentioned_users(made.text, locked)],
    )
    return made


@transaction.atomic
def resolve(*, thread: Comment, by: Mandate) -> Comment:
    """Marks a thread as settled; it stays readable."""
    return _settle(THREAD_RESOLVED, thread, by, resolved=True)


@transaction.atomic
def reopen_comment(*, thread: Comment, by: Mandate) -> Comment:
    """Takes a settled thread up again."""
    return _settle(THREAD_REOPENED, thread, by, resolved=False)


def mentioned_users(text: str, status: GoalStatus) -> list[User]:
    """The users named as "@brugernavn" who may read the status, in the order of the text."""
    names = mentioned_names(text)
    known = User.objects.filter(is_active=True).annotate(lower=Lower("username"))
    wanted = {spelling for name in names for spelling in (name, _bare(name))}
    by_name = {user.username.lower(): user for user in known.filter(lower__in=wanted)}
    users = [by_name.get(name) or by_name.get(_bare(name)) for name in names]
    today = timezone.localdate()
    return [
        user
        for user in dict.fromkeys(users)
        if user is not None and may_read(mandate_of(user, today), status)
    ]


def unknown_mentions(text: str, status: GoalStatus) -> list[str]:
    """The names after "@" that no reader of the status has."""
    known = {user.username.lower() for user in mentioned_users(text, status)}
    return [_bare(name) for name in mentioned_names(text) if not {name, _bare(name)} & known]


def mentioned_names(text: str) -> list[str]:
    """The names after "@", in lower case, each once, with the full stop that may end a sentence."""
    names = dict.fromkeys(name.lower() for name in MENTION.findall(text))
    return list(names)[:MOST_MENTIONS]


def _bare(name: str) -> str:
    return name.rstrip(".-+")


def speaks_as(by: Mandate, status: GoalStatus, responsible: Iterable[int]) -> str:
    """The capacity in which somebody comments, in words: the position, else the body."""
    catalogue = status.round.catalogue
    bodies = {
        Role.COORDINATOR: catalogue.coordinator,
        Role.STRATEGIC_FORUM: catalogue.overall_responsible,
        Role.PROJECT_GROUP: _("Projektgruppen"),
    }
    own = by.name_of(responsible)
    return own or next((words for role, words in bodies.items() if role in by.roles), "")


def _settle(verb: HistoryVerb, thread: Comment, by: Mandate, *, resolved: bool) -> Comment:
    locked, responsible = _locked(thread.status)
    first = _locked_thread(locked, thread)
    if not may_resolve(by, first, responsible):
        raise NotAllowed(_("Du har ikke ret til at gøre dette ved kommentaren."))
    if first.is_resolved == resolved:
        raise Refused(_("Tråden er allerede løst.") if resolved else _("Tråden er allerede åben."))
    first.resolved_at = timezone.now() if resolved else None
    first.resolved_by = str(by.user) if resolved else ""
    first.save()
    _record(verb, locked, by, speaks_as(by, locked, responsible), first.text)
    return first


def _locked(status: GoalStatus) -> tuple[GoalStatus, list[int]]:
    """The row under lock, in an open round, with the ids of its responsible positions in order.

    `close_round` takes the same lock, so that nothing slips in behind a closing round.
    """
    locked = GoalStatus.objects.select_for_update().get(pk=status.pk)
    locked.round = Round.objects.select_related("catalogue").get(pk=locked.round_id)
    if not locked.is_open(timezone.localdate()):
        raise Refused(_("Statusrunden er ikke åben, så intet kan ændres."))
    return locked, locked.responsible_positions()


def _locked_thread(status: GoalStatus, thread: Comment) -> Comment:
    """The first comment as stored now; the lock on the status guards its comments too."""
    first = status.comments.filter(pk=thread.pk, parent=None).first()
    if first is None:
        raise Refused(_("Kommentaren findes ikke på målet."))
    return first


def _participants(thread: Comment | None) -> set[int]:
    if thread is None:
        return set()
    rows = Comment.objects.filter(Q(pk=thread.pk) | Q(parent=thread), author__isnull=False)
    return {author for author in rows.values_list("author", flat=True) if author}


def _record(verb: HistoryVerb, status: GoalStatus, by: Mandate, position: str, text: str) -> None:
    record(
        verb,
        actor=by.user,
        position=position,
        round_=status.round,
        status=status,
        comment=text,
    )
