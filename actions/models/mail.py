"""Notices of what people are to be told, and mails: a log that is also the outbox."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.models.catalogue import Action, Catalogue
from actions.models.rounds import Round
from actions.models.status import GoalStatus

#: An older claim is ignored: its run was killed.
CLAIM_HOLDS: Final = timedelta(minutes=15)


class Occasion(models.TextChoices):
    """What a notice is about. Those of a round's days stand in the order they fall due."""

    ROUND_OPENED = "round_opened", _("Runden er åbnet")
    DUE_IN_14 = "due_in_14", _("14 dage til fristen")
    DUE_IN_3 = "due_in_3", _("3 dage til fristen")
    DUE_TODAY = "due_today", _("Frist i dag")
    OVERDUE = "overdue", _("Fristen er overskredet")
    LAST_DAYS = "last_days", _("Runden lukker snart")
    REMINDER = "reminder", _("Påmindelse")
    CLOSING = "closing", _("Runden lukker med mangler")
    DATES_CHANGED = "dates_changed", _("Rundens datoer er ændret")
    REOPENED = "reopened", _("Runden er genåbnet")
    RETURNED = "returned", _("Sendt tilbage")
    UNLOCKED = "unlocked", _("Låst op til rettelse")
    SUBMITTED_BY_COHEAD = "submitted_by_cohead", _("Indsendt af en anden")
    SIGNED = "signed", _("Tiltrådt")
    APPROVED = "approved", _("Godkendt")
    COMMENT = "comment", _("Kommentar")
    MENTION = "mention", _("Nævnt i en kommentar")
    QUESTION = "question", _("Spørgsmål til en handling")
    ANSWER = "answer", _("Svar på et spørgsmål")
    CHOSEN = "chosen", _("Beslutning om en handling")
    FOLLOW_UP = "follow_up", _("Opfølgning på status")


#: The occasions that ask for what is not handed in; the others are news.
ASKS: Final = (
    Occasion.ROUND_OPENED,
    Occasion.DUE_IN_14,
    Occasion.DUE_IN_3,
    Occasion.DUE_TODAY,
    Occasion.OVERDUE,
    Occasion.LAST_DAYS,
    Occasion.REMINDER,
)
#: The occasions that tell of a round as a whole.
OF_ROUND: Final = (Occasion.CLOSING, Occasion.DATES_CHANGED, Occasion.REOPENED)


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> "MailQuerySet":
        """The outbox: mails neither sent nor given up."""
        return self.filter(sent_at=None, given_up_at=None)

    def unclaimed(self, now: datetime) -> "MailQuerySet":
        """Mails that no run is sending right now."""
        return self.filter(Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM_HOLDS))

    def sent_on_day_of(self, now: datetime) -> "MailQuerySet":
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        return self.filter(sent_at__gte=midnight)


class Mail(models.Model):
    """One mail to one person: composed, tried, and then sent or given up.

    A run claims it before it sends it (`claimed_at`), so that two runs never send the same mail.
    `last_error` says, in words for the log, why it has not been sent.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="mails"
    )
    recipient_name = models.CharField(max_length=310)
    address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient"],
                condition=Q(sent_at=None, given_up_at=None),
                name="one_waiting_mail_each",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None), name="mail_sent_or_given_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_name}: {self.subject}"

    @property
    def is_waiting(self) -> bool:
        return self.sent_at is None and self.given_up_at is None

    def is_claimed(self, now: datetime) -> bool:
        """Whether a run is sending it right now."""
        return self.claimed_at is not None and self.claimed_at >= now - CLAIM_HOLDS

    @property
    def occasions(self) -> list[str]:
        """What it is about, in words, each once."""
        return list(dict.fromkeys(row.get_occasion_display() for row in self.notices.all()))


class NoticeQuerySet(models.QuerySet["Notice"]):
    def untold(self) -> "NoticeQuerySet":
        """Notices in no mail that was sent or given up."""
        return self.filter(mail__sent_at=None, mail__given_up_at=None)


class Notice(models.Model):
    """Something that one person is to be told by mail, once.

    A verb adds the row in its own transaction; only `actions.mail.outbox` talks to a mail server.
    `key` distinguishes notices of one occasion: which status and version, or which due day. A
    notice from another app is about an `action` and no round; it has its whole `sentence`, and the
    `path` of the page that the mail links to.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    occasion = models.CharField(max_length=20, choices=Occasion)
    round = models.ForeignKey(Round, models.CASCADE, null=True, related_name="notices")
    status = models.ForeignKey(GoalStatus, models.CASCADE, null=True, related_name="notices")
    action = models.ForeignKey(Action, models.CASCADE, null=True, related_name="notices")
    sentence = models.CharField(max_length=500, blank=True)
    path = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=60, blank=True)
    by_name = models.CharField(max_length=310, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "occasion", "round", "key"], name="told_once"
            ),
            models.UniqueConstraint(
                fields=["recipient", "occasion", "action", "key"], name="told_of_action_once"
            ),
            models.CheckConstraint(
                condition=Q(round=None, action__isnull=False)
                | Q(round__isnull=False, action=None, sentence="", path=""),
                name="notice_of_round_or_action",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.get_occasion_display()}"

    @property
    def asks(self) -> bool:
        return self.occasion in ASKS

    @property
    def catalogue(self) -> Catalogue:
        about = self.round or self.action
        assert about is not None  # The database refuses a notice of neither.
        return about.catalogue
