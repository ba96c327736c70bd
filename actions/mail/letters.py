"""What a mail says: all that one person is to be told, as plain text with one link a line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actions.access import READERS, Mandate, mandate_of, visible_statuses, writable_statuses
from actions.danish import format_date
from actions.mail.notices import Lacking, key_of
from actions.models import (
    GoalStatus,
    Notice,
    Occasion,
    Responsibility,
    Role,
    Round,
    RoundState,
    State,
    User,
)
from actions.models.mail import ASKS
from actions.models.status import SHOWN_TO_OTHERS
from actions.tools.text import one_line

#: What each occasion says of a status; the sentence begins with who did it.
SENTENCES: Final = {
    Occasion.RETURNED: gettext_lazy("%(who)s har sendt status tilbage med en kommentar."),
    Occasion.SUBMITTED_BY_COHEAD: gettext_lazy(
        "%(who)s har indsendt status. Læs den, og tiltræd eller skriv en kommentar."
    ),
    Occasion.SIGNED: gettext_lazy("%(who)s har tiltrådt status."),
    Occasion.APPROVED: gettext_lazy("%(who)s har godkendt status."),
    Occasion.COMMENT: gettext_lazy("%(who)s har skrevet en kommentar."),
    Occasion.MENTION: gettext_lazy("%(who)s har nævnt dig i en kommentar."),
}
#: Where on the status page the news stands.
ANCHORS: Final[dict[str, str]] = {
    Occasion.RETURNED: "sendt-tilbage",
    Occasion.SUBMITTED_BY_COHEAD: "tiltraedelse",
    Occasion.SIGNED: "tiltraedelse",
    Occasion.COMMENT: "kommentarer",
    Occasion.MENTION: "kommentarer",
}
#: The states in which news of a status still holds; where none are named, it always does.
HOLDS_IN: Final[dict[str, tuple[State, ...]]] = {
    Occasion.RETURNED: (State.RETURNED,),
    Occasion.SUBMITTED_BY_COHEAD: (State.SUBMITTED,),
    Occasion.SIGNED: SHOWN_TO_OTHERS,
    Occasion.APPROVED: (State.APPROVED,),
}


@dataclass(frozen=True)
class Item:
    """A goal in a mail: what it is called, what there is to say of it, and its address."""

    label: str
    notes: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class Section:
    title: str
    lead: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Letter:
    """`notices` are those it tells; the others that were asked for no longer hold."""

    subject: str
    body: str
    notices: tuple[Notice, ...] = ()


def letter_for(user: User, notices: Sequence[Notice], *, today: date, site: str) -> Letter | None:
    """The mail that tells somebody these notices, or None where none of them holds any more.

    A few queries a person, whatever the number of notices. `site` is the address links begin with.
    """
    mandate = mandate_of(user, today)
    waiting = _waiting(mandate, [notice.round_id for notice in notices if notice.asks])
    asks = [
        (notice, waiting[notice.round_id])
        for notice in _latest([row for row in notices if row.asks and _asks_still(row, today)])
        if waiting.get(notice.round_id)
    ]
    of_status = _news(mandate, [row for row in notices if not row.asks and not row.action])
    of_action = _news_of_actions(mandate, [row for row in notices if row.action])
    news = of_status + of_action
    if not asks and not news:
        return None
    sections = [_asked(notice, rows, today, site) for notice, rows in _by_round(asks)]
    listed = {status.pk for _notice, rows in asks for status in rows}
    told = [
        row
        for row in of_status
        if not (row.occasion == Occasion.RETURNED and row.status_id in listed)
    ]
    if told:
        sections.append(Section(_("Nyt om status"), "", tuple(_news_items(told, site))))
    if of_action:
        sections.append(Section(_("Nyt om handlinger"), "", tuple(_action_items(of_action, site))))
    first = asks[0][0] if asks else news[0]
    return Letter(
        subject=_subject(first, told, of_action, today),
        body=_body(user, sections, first.catalogue.coordinator),
        notices=(*(notice for notice, _rows in asks), *news),
    )


def reminder_for(lacking: Lacking, round_: Round, *, today: date, site: str) -> Letter:
    """The coordinator's reminder as it will be sent; no query."""
    notice = Notice(
        recipient=lacking.user,
        occasion=Occasion.REMINDER,
        round=round_,
        by_name=round_.catalogue.coordinator,
    )
    section = _asked(notice, lacking.statuses, today, site)
    body = _body(lacking.user, [section], round_.catalogue.coordinator)
    return Letter(_subject(notice, (), (), today), body, (notice,))


# --- which notices hold --------------------------------------------------------------------------


def _waiting(mandate: Mandate, rounds: Iterable[int | None]) -> dict[int | None, list[GoalStatus]]:
    """What somebody has not handed in, by round."""
    found: dict[int | None, list[GoalStatus]] = {}
    rows = writable_statuses(mandate).filter(round__in=set(rounds)).waiting_for_head()
    related = rows.select_related("goal__action", "round__catalogue")
    for status in related.in_catalogue_order():
        found.setdefault(status.round_id, []).append(status)
    return found


def _latest(notices: Sequence[Notice]) -> list[Notice]:
    """Of a round's days only the last that was reached; a reminder stands beside it."""
    found: dict[tuple[int | None, bool], Notice] = {}
    order = [occasion.value for occasion in ASKS]
    for notice in sorted(notices, key=lambda row: order.index(row.occasion)):
        found[notice.round_id, notice.occasion == Occasion.REMINDER] = notice
    return list(found.values())


def _asks_still(notice: Notice, today: date) -> bool:
    assert notice.round is not None
    if notice.round.state(today) is not RoundState.OPEN:
        return False
    is_reminder = notice.occasion == Occasion.REMINDER
    return is_reminder or notice.key == key_of(notice.occasion, notice.round)


def _news(mandate: Mandate, notices: Sequence[Notice]) -> list[Notice]:
    """News of statuses that the person may read, and that have not moved on meanwhile."""
    if mandate.roles.isdisjoint(READERS):
        return []
    wanted = {notice.status_id for notice in notices if notice.status_id}
    rows = visible_statuses(mandate).filter(pk__in=wanted) if wanted else GoalStatus.objects.none()
    known = {
        status.pk: status for status in rows.select_related("goal__action", "round__catalogue")
    }
    found = []
    for notice in notices:
        status = known.get(notice.status_id or 0)
        if status and status.state in HOLDS_IN.get(notice.occasion, tuple(State)):
            notice.status = status
            found.append(notice)
    return found


def _news_of_actions(mandate: Mandate, notices: Sequence[Notice]) -> list[Notice]:
    """News for those who answer for the action today, for the committee and for VUF."""
    if not notices or not mandate.roles.isdisjoint((Role.COMMITTEE, Role.COORDINATOR)):
        return list(notices)
    own = Responsibility.objects.filter(position__in=list(mandate.position_ids))
    actions = set(own.values_list("action", flat=True))
    return [notice for notice in notices if notice.action_id in actions]


# --- the words -----------------------------------------------------------------------------------


def _by_round(
    asks: Sequence[tuple[Notice, list[GoalStatus]]],
) -> list[tuple[Notice, list[GoalStatus]]]:
    """One section a round: the reminder's where there is one, as it comes after the days."""
    return list({notice.round_id: (notice, rows) for notice, rows in asks}.values())


def _asked(notice: Notice, statuses: Sequence[GoalStatus], today: date, site: str) -> Section:
    round_, count = notice.round, len(statuses)
    assert round_ is not None
    lead = [due_words(round_, today)]
    if notice.occasion == Occasion.ROUND_OPENED:
        lead.insert(0, _("Runden er åben."))
    if notice.occasion == Occasion.REMINDER:
        who = one_line(notice.by_name)
        lead.insert(0, _("En påmindelse fra %(who)s.") % {"who": who})
    lead.append(
        ngettext("Dette mål venter på dig:", "Disse %(count)d mål venter på dig:", count)
        % {"count": count}
    )
    return Section(
        title=f"{round_}, {one_line(round_.catalogue.title)}",
        lead=" ".join(lead),
        items=tuple(_asked_item(status, site) for status in statuses),
    )


def due_words(round_: Round, today: date) -> str:
    """When the round is due, as seen from a day."""
    days = (round_.due - today).days
    words: dict[str, Any] = {"due": format_date(round_.due), "days": days}
    if days > 1:
        return _("Fristen er %(due)s, om %(days)d dage.") % words
    if days == 1:
        return _("Fristen er i morgen, %(due)s.") % words
    if days == 0:
        return _("Fristen er i dag, %(due)s.") % words
    words["closes"] = format_date(round_.closes)
    return _("Fristen var %(due)s. Du kan stadig indsende, til runden lukker %(closes)s.") % words


def _asked_item(status: GoalStatus, site: str) -> Item:
    if status.state == State.RETURNED:
        words = _("Sendt tilbage med en kommentar.")
        return Item(_label(status), (words,), _url(status, site, "sendt-tilbage"))
    notes = [_("Kladden er begyndt.")] if status.state == State.DRAFT else []
    return Item(_label(status), tuple(notes), _url(status, site, "id_progress"))


def _news_items(notices: Sequence[Notice], site: str) -> Iterable[Item]:
    by_status: dict[int, list[Notice]] = {}
    for notice in notices:
        by_status.setdefault(notice.status_id or 0, []).append(notice)
    for rows in by_status.values():
        status = rows[0].status
        assert status is not None
        sentences = [
            str(SENTENCES[Occasion(row.occasion)]) % {"who": one_line(row.by_name)} for row in rows
        ]
        anchor = ANCHORS.get(rows[-1].occasion, "")
        yield Item(_label(status), tuple(dict.fromkeys(sentences)), _url(status, site, anchor))


def _action_items(notices: Sequence[Notice], site: str) -> Iterable[Item]:
    """One a page: what two notices tell of the same one stands together."""
    by_path: dict[str, list[Notice]] = {}
    for notice in notices:
        by_path.setdefault(notice.path, []).append(notice)
    for path, rows in by_path.items():
        label = _("Handling %(number)d: %(title)s") % _action_words(rows[0])
        yield Item(label, tuple(dict.fromkeys(row.sentence for row in rows)), f"{site}{path}")


def _action_words(notice: Notice) -> dict[str, Any]:
    assert notice.action is not None
    return {"number": notice.action.number, "title": one_line(notice.action.title)}


def _label(status: GoalStatus) -> str:
    return _("Mål %(number)s: %(text)s") % {
        "number": _number(status),
        "text": one_line(status.goal.text),
    }


def _number(status: GoalStatus) -> str:
    return f"{status.goal.action.number}.{status.goal.number}"


def _url(status: GoalStatus, site: str, anchor: str) -> str:
    return f"{site}{status.get_absolute_url()}" + (f"#{anchor}" if anchor else "")


def _subject(
    first: Notice, of_status: Sequence[Notice], of_action: Sequence[Notice], today: date
) -> str:
    """What the mail is mostly about. Nobody's own words stand in it."""
    if not first.asks:
        return _("Handlingskatalog: %(what)s") % {"what": _news_words(of_status, of_action)}
    round_ = first.round
    assert round_ is not None
    due = format_date(round_.due)
    late = today > round_.due
    words = _("fristen var %(due)s") if late else _("frist %(due)s")
    subject = {
        Occasion.ROUND_OPENED: _("%(round)s er åben: %(due)s"),
        Occasion.REMINDER: _("Påmindelse: %(round)s, %(due)s"),
    }.get(Occasion(first.occasion), _("%(round)s: %(due)s"))
    return subject % {"round": round_, "due": words % {"due": due}}


def _news_words(of_status: Sequence[Notice], of_action: Sequence[Notice]) -> str:
    goals = {row.status_id: row.status for row in of_status}
    actions = {row.action_id for row in of_action}
    if goals and actions:
        return _("nyt om mål og handlinger")
    if len(actions) == 1:
        return _("nyt om handling %(number)d") % _action_words(of_action[0])
    if actions:
        return _("nyt om %(count)d handlinger") % {"count": len(actions)}
    if len(goals) > 1:
        return _("nyt om %(count)d mål") % {"count": len(goals)}
    status = next(iter(goals.values()))
    assert status is not None
    return _("nyt om mål %(number)s") % {"number": _number(status)}


def _body(user: User, sections: Sequence[Section], sender: str) -> str:
    context = {"name": one_line(str(user)), "sections": sections, "sender": one_line(sender)}
    return render_to_string("mail/letter.txt", context).strip() + "\n"
