"""What a mail says: all the news of one person, as plain text with one link a line."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actions.access import mandate_of
from actions.danish import format_date
from actions.mail.comments import quoted_comment
from actions.mail.current import (
    awaited_by_round,
    still_asking,
    still_news,
    still_news_of_actions,
    waiting_by_round,
)
from actions.mail.lacking import Lacking, Wanted, stands_alone, wanted_of
from actions.mail.round_news import still_news_of_rounds
from actions.mail.sections import Item, Section, besides, due_words
from actions.mail.subjects import action_words, goal_number, is_sent_back, mail_subject
from actions.models import GoalStatus, Notice, Occasion, Round, State, User
from actions.tools.text import one_line

#: The sentence about a status for each occasion; it begins with who did it.
SENTENCES: Final = {
    Occasion.RETURNED: gettext_lazy(
        "%(who)s har sendt status tilbage med en kommentar: %(comment)s"
    ),
    Occasion.UNLOCKED: gettext_lazy(
        "%(who)s har låst målet op, så du kan rette status, selv om runden er lukket: »%(why)s«"
    ),
    Occasion.SUBMITTED_BY_COHEAD: gettext_lazy(
        "%(who)s har indsendt status. Læs den, og tiltræd eller skriv en kommentar."
    ),
    Occasion.SIGNED: gettext_lazy("%(who)s har tiltrådt status."),
    Occasion.APPROVED: gettext_lazy("%(who)s har godkendt status."),
    Occasion.COMMENT: gettext_lazy("%(who)s har skrevet en kommentar."),
    Occasion.MENTION: gettext_lazy("%(who)s har nævnt dig i en kommentar."),
}
#: The anchor of the news on the status page.
ANCHORS: Final[dict[str, str]] = {
    Occasion.RETURNED: "sendt-tilbage",
    Occasion.UNLOCKED: "laast-op",
    Occasion.SUBMITTED_BY_COHEAD: "tiltraedelse",
    Occasion.SIGNED: "tiltraedelse",
    Occasion.COMMENT: "kommentarer",
    Occasion.MENTION: "kommentarer",
}


@dataclass(frozen=True)
class Letter:
    """`notices`: those in the mail; the rest are obsolete."""

    subject: str
    body: str
    notices: tuple[Notice, ...] = ()


def letter_for(user: User, notices: Sequence[Notice], *, today: date, site: str) -> Letter | None:
    """The mail that tells somebody these notices, or None if all of them are obsolete.

    The number of queries does not grow with the notices. Links begin with `site`.
    """
    mandate = mandate_of(user, today)
    waiting = waiting_by_round(mandate, [notice.round_id for notice in notices if notice.asks])
    asking = still_asking(notices, today)
    figures = awaited_by_round(mandate, asking)
    wanted = wanted_of(mandate, asking)
    asked_for = {*waiting, *(round_.pk for round_, _rows in figures)}
    asked_for |= {round_.pk for round_, _rows in wanted if stands_alone(round_, today)}
    asks = [
        (notice, waiting.get(notice.round_id, []))
        for notice in sorted(asking, key=_due)
        if notice.round_id in asked_for
    ]
    wanted = [(round_, rows) for round_, rows in wanted if round_.pk in asked_for]
    of_status = still_news(mandate, [row for row in notices if not row.asks and not row.action])
    of_action = still_news_of_actions(mandate, [row for row in notices if row.action])
    of_round = still_news_of_rounds(mandate, notices, today)
    news = [*(row for row, _sentences in of_round), *of_status, *of_action]
    if not asks and not news:
        return None
    sections = [_of_round(notice, words, site) for notice, words in of_round]
    sections += [_asked(notice, rows, today, site) for notice, rows in _by_round(asks) if rows]
    sections += besides(figures, wanted, asking, today, site)
    told = _not_listed(of_status, asks)
    if told:
        sections.append(Section(_("Nyt om status"), "", tuple(_news_items(told, site))))
    if of_action:
        sections.append(Section(_("Nyt om handlinger"), "", tuple(_action_items(of_action, site))))
    firsts = [notice for notice, _rows in asks] or news[:1]
    return Letter(
        subject=_wanted_subject(waiting, figures, wanted)
        or mail_subject(firsts, asks[0][1] if asks else [], told, of_action, today),
        body=_body(user, sections, firsts[0].catalogue.coordinator),
        notices=(*(notice for notice, _rows in asks), *news),
    )


def _not_listed(
    of_status: Sequence[Notice], asks: Sequence[tuple[Notice, list[GoalStatus]]]
) -> list[Notice]:
    """The news without what was sent back and is asked for already."""
    listed = {status.pk for _notice, rows in asks for status in rows}
    return [
        row
        for row in of_status
        if not (row.occasion == Occasion.RETURNED and row.status_id in listed)
    ]


def reminder_for(lacking: Lacking, round_: Round, *, today: date, site: str) -> Letter:
    """The coordinator's reminder as it will be sent. No query."""
    notice = Notice(
        recipient=lacking.user,
        occasion=Occasion.REMINDER,
        round=round_,
        by_name=round_.catalogue.coordinator,
    )
    sections = [_asked(notice, lacking.statuses, today, site)] if lacking.statuses else []
    figures = [(round_, lacking.indicators)] if lacking.indicators else []
    wanted = [(round_, lacking.wanted)] if lacking.wanted else []
    sections += besides(figures, wanted, [notice], today, site)
    body = _body(lacking.user, sections, round_.catalogue.coordinator)
    subject = _wanted_subject(lacking.statuses, figures, wanted) or mail_subject(
        [notice], lacking.statuses, (), (), today
    )
    return Letter(subject, body, (notice,))


def _wanted_subject(
    waiting: Collection[object],
    figures: Collection[object],
    wanted: Sequence[tuple[Round, Sequence[Wanted]]],
) -> str:
    """What a mail asks for if that is all; "" if it asks for something that has a day."""
    if waiting or figures or not wanted:
        return ""
    round_, rows = wanted[0]
    return f"{round_}: {one_line(rows[0].title)}"


def _of_round(notice: Notice, sentences: Sequence[str], site: str) -> Section:
    round_ = notice.round
    assert round_ is not None
    title = f"{round_}, {one_line(round_.catalogue.title)}"
    item = Item(str(round_), tuple(map(one_line, sentences)), f"{site}{round_.get_absolute_url()}")
    return Section(title, "", (item,))


def _due(notice: Notice) -> date:
    assert notice.round is not None
    return notice.round.due


def _by_round(
    asks: Sequence[tuple[Notice, list[GoalStatus]]],
) -> list[tuple[Notice, list[GoalStatus]]]:
    """One section a round. A reminder comes after the days, so it wins."""
    return list({notice.round_id: (notice, rows) for notice, rows in asks}.values())


def _asked(notice: Notice, statuses: Sequence[GoalStatus], today: date, site: str) -> Section:
    round_, count = notice.round, len(statuses)
    assert round_ is not None
    lead = [
        _back_words(round_) if is_sent_back(notice, statuses, today) else due_words(round_, today)
    ]
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


def _back_words(round_: Round) -> str:
    return _("Du kan rette og indsende igen, til runden lukker %(closes)s.") % {
        "closes": format_date(round_.closes)
    }


def _asked_item(status: GoalStatus, site: str) -> Item:
    if status.state == State.RETURNED:
        words = _("Sendt tilbage med en kommentar: %(comment)s") % {
            "comment": quoted_comment(status)
        }
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
            str(SENTENCES[Occasion(row.occasion)])
            % {
                "who": one_line(row.by_name),
                "why": one_line(status.unlocked_because),
                "comment": quoted_comment(status),
            }
            for row in rows
        ]
        anchor = ANCHORS.get(rows[-1].occasion, "")
        yield Item(_label(status), tuple(dict.fromkeys(sentences)), _url(status, site, anchor))


def _action_items(notices: Sequence[Notice], site: str) -> Iterable[Item]:
    """One item a page, with the sentences of all its notices."""
    by_path: dict[str, list[Notice]] = {}
    for notice in notices:
        by_path.setdefault(notice.path, []).append(notice)
    for path, rows in by_path.items():
        label = _("Handling %(number)d: %(title)s") % action_words(rows[0])
        yield Item(label, tuple(dict.fromkeys(row.sentence for row in rows)), f"{site}{path}")


def _label(status: GoalStatus) -> str:
    return _("Mål %(number)s: %(text)s") % {
        "number": goal_number(status),
        "text": one_line(status.goal.text),
    }


def _url(status: GoalStatus, site: str, anchor: str) -> str:
    return f"{site}{status.get_absolute_url()}" + (f"#{anchor}" if anchor else "")


def _body(user: User, sections: Sequence[Section], sender: str) -> str:
    context = {"name": one_line(str(user)), "sections": sections, "sender": one_line(sender)}
    return render_to_string("mail/letter.txt", context).strip() + "\n"
