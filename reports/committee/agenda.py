"""The sagspakke: text for the agenda system, from VUF's own template and a published edition.

A template's texts hold placeholders such as `{titel}`; `PLACEHOLDERS` lists them all. Their values
come from the edition's frozen content and from the latest decision on the report.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.danish import format_date
from actions.history.record import record
from actions.models import Catalogue
from actions.models.history import HistoryVerb
from actions.writing.refusals import Conflict, NotAllowed
from reports.access import may_write_agenda
from reports.content import upgrade
from reports.content.differences import change_sentence
from reports.content.shape import ReportContent
from reports.models import CaseSection, CaseTemplate, Edition, Selection

TEMPLATE_CHANGED: Final = HistoryVerb("case_template", gettext_lazy("Sagspakkens skabelon ændret"))

PLACEHOLDER: Final = re.compile(r"\{([^{}\n]*)\}")
PLACEHOLDERS: Final[Mapping[str, Promise]] = {
    "titel": gettext_lazy("rapportens titel"),
    "aar": gettext_lazy("rapportens år"),
    "udgave": gettext_lazy("udgavens nummer og dag"),
    "katalog": gettext_lazy("katalogets titel"),
    "kommune": gettext_lazy("kommunens navn"),
    "udvalg": gettext_lazy("det udvalg, som sagen er til"),
    "forvaltning": gettext_lazy("den, der samler redegørelsen"),
    "raad": gettext_lazy("dem, der orienteres"),
    "beslutningstema": gettext_lazy("hvad udvalget skal tage stilling til, eller har behandlet"),
    "grundlag": gettext_lazy("hvor mange mål der har en status, og hvor mange der er godkendt"),
    "resume": gettext_lazy("målene i tal, og hvad der er ændret siden sidste gang"),
    "opmaerksomhed": gettext_lazy("de mål, der er røde eller gule, med næste skridt"),
    "indstilling": gettext_lazy("hvad der indstilles; intet, når udvalget har besluttet"),
    "beslutning": gettext_lazy("udvalgets beslutning; intet, før der er en"),
    "valgte_handlinger": gettext_lazy("handlingerne til temamødet, med begrundelse"),
    "bilag": gettext_lazy("den tilgængelige PDF med filens navn"),
}
#: Stands under a heading that VUF has to write about, since nothing here can know it.
UNANSWERED: Final = gettext_lazy("Ikke udfyldt: skriv svaret her, før sagen sendes.")


@dataclass(frozen=True)
class Section:
    """A heading with its text: with placeholders in a template, filled in in a case."""

    heading: str
    body: str


#: The template until VUF has changed it. A section without a text asks VUF to write it.
STANDARD: Final = (
    Section("Beslutningstema", "{beslutningstema}"),
    Section(
        "Sagsfremstilling",
        "{titel} ({udgave}) giver status på mål, ikke på de enkelte indsatser. {grundlag}\n\n"
        "{resume}\n\nMål, der kræver opmærksomhed:\n{opmaerksomhed}",
    ),
    Section("Økonomi", ""),
    Section("Indstilling", "{indstilling}"),
    Section("Beslutning", "{beslutning}\n\n{valgte_handlinger}"),
    Section("Bilag", "{bilag}"),
)


def template_of(catalogue: Catalogue) -> tuple[int, list[Section]]:
    """The revision and the sections of a catalogue's template."""
    rows = list(
        CaseSection.objects.filter(template__catalogue=catalogue).select_related("template")
    )
    if not rows:
        templates = CaseTemplate.objects.filter(catalogue=catalogue)
        return templates.values_list("revision", flat=True).first() or 0, list(STANDARD)
    return rows[0].template.revision, [Section(row.heading, row.body) for row in rows]


def unknown_in(text: str) -> list[str]:
    """The unknown placeholders of a text, each once."""
    names = PLACEHOLDER.findall(text)
    return list(dict.fromkeys(name for name in names if name not in PLACEHOLDERS))


@transaction.atomic
def save_template(
    *, catalogue: Catalogue, sections: Sequence[Section], revision: int | None, by: Mandate
) -> CaseTemplate:
    """Replaces the template's sections. Raises Conflict if it changed since it was read.

    Raises NotAllowed if `by` is not the coordinator.
    """
    if not may_write_agenda(by):
        raise NotAllowed(_("Du har ikke ret til at ændre sagspakkens skabelon."))
    CaseTemplate.objects.get_or_create(catalogue=catalogue)
    template = CaseTemplate.objects.select_for_update(no_key=True).get(catalogue=catalogue)
    if template.revision != revision:
        raise Conflict(
            _("Skabelonen er ændret, siden du åbnede den. Din tekst står herunder."), template
        )
    template.sections.all().delete()
    CaseSection.objects.bulk_create(
        CaseSection(template=template, order=order, heading=section.heading, body=section.body)
        for order, section in enumerate(sections, 1)
    )
    template.revision += 1
    template.save()
    kept = {"sections": [[section.heading, section.body] for section in sections]}
    record(TEMPLATE_CHANGED, actor=by.user, subject=str(template), content=kept)
    return template


def case_of(
    edition: Edition, selection: Selection | None, sections: Iterable[Section]
) -> list[Section]:
    """The sections with all placeholders filled in.

    One whose placeholders stand for nothing is left out; one without a text says that it lacks one.
    """
    values = _values(edition, selection)
    return [
        Section(_filled(row.heading, values), filled or str(UNANSWERED))
        for row in sections
        for filled in [_filled(row.body, values)]
        if filled or not row.body.strip()
    ]


def case_text(sections: Iterable[Section]) -> str:
    """The whole case as plain text."""
    return "\n\n\n".join(f"{row.heading}\n\n{row.body}".strip() for row in sections) + "\n"


def example_note(content: ReportContent) -> list[Section]:
    """A warning that opens a file of invented data, so that nobody takes it for a real case."""
    note = _("Tekster og tal er opdigtede.")
    return [Section(_("Eksempeldata"), note)] if content["is_example"] else []


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Fills in one pass, so that braces inside a value are left alone."""
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text).strip()


def _values(edition: Edition, selection: Selection | None) -> dict[str, str]:
    content = upgrade.read(edition)
    day = format_date(timezone.localdate(edition.published_at))
    mark = _("%(number)d. udgave, %(day)s") % {"number": edition.number, "day": day}
    return {
        "titel": content["title"],
        "aar": str(content["year"]),
        "udgave": mark,
        "katalog": content["catalogue_title"],
        "kommune": content["municipality"],
        "udvalg": _body(content),
        "forvaltning": content["bodies"]["coordinator"],
        "raad": content["bodies"]["council"],
        "beslutningstema": _theme(content, selection),
        "grundlag": _basis(content),
        "resume": _summary(content),
        "opmaerksomhed": _attention(content),
        "indstilling": "" if selection else _recommendation(content),
        "beslutning": _decision(selection, _body(content)),
        "valgte_handlinger": _chosen(selection),
        "bilag": _("%(title)s, %(mark)s (PDF, filen %(file)s.pdf)")
        % {"title": content["title"], "mark": mark, "file": edition.file_name},
    }


def _body(content: ReportContent) -> str:
    """The committee by the municipality's own name for it."""
    return content["bodies"]["steering_committee"] or _("Udvalget")


def _theme(content: ReportContent, selection: Selection | None) -> str:
    words = {
        "body": _body(content),
        "title": content["title"],
        "catalogue": content["catalogue_title"],
    }
    if selection:
        return _("%(body)s har behandlet %(title)s for %(catalogue)s.") % words
    return _("%(body)s skal tage stilling til %(title)s for %(catalogue)s.") % words


def _basis(content: ReportContent) -> str:
    """How much of the report is handed in, and how much of that is approved."""
    words = {name: content["progress"][name] for name in ("goals", "with_status", "approved")}
    return _("%(with_status)d af %(goals)d mål har en status, og %(approved)d er godkendt.") % words


def _recommendation(content: ReportContent) -> str:
    words = {
        "body": _body(content),
        "title": content["title"],
        "council": content["bodies"]["council"],
    }
    if content["evaluation"] is None and content["final"] is None:
        return (
            _(
                "Det indstilles, at %(body)s tager %(title)s til efterretning og vælger de "
                "handlinger, der skal drøftes på temamødet."
            )
            % words
        )
    if not words["council"]:
        return _("Det indstilles, at %(body)s tager %(title)s til efterretning.") % words
    return (
        _(
            "Det indstilles, at %(body)s tager %(title)s til efterretning og sender den videre til "
            "%(council)s."
        )
        % words
    )


def _summary(content: ReportContent) -> str:
    counts = ", ".join(
        f"{row['goals']} {row['light']['word'].lower()}"
        for row in content["counts"]
        if row["goals"]
    )
    words = {"n": content["progress"]["goals"], "counts": counts}
    goals = _("Vurderingerne af de %(n)d mål: %(counts)s.") % words
    if not counts:
        goals = _("Der er ingen mål at vurdere.")
    if stopped := content["progress"]["stopped"]:
        goals += " " + _("%(n)d mål er standset.") % {"n": stopped}
    if content["previous_year"] is None:
        return goals
    return f"{goals} {_('Siden %(year)d') % {'year': content['previous_year']}}: " + (
        change_sentence(content)
    )


def _attention(content: ReportContent) -> str:
    rows = [
        f"- {_('Handling')} {row['action_number']}. {row['action_title']} "
        f"({row['light']['word'].lower()}): {row['goal_text']}"
        + (f" {_('Næste skridt')}: {row['next_step']}" if row["next_step"] else "")
        for row in content["attention"]
    ]
    if not content["progress"]["with_status"]:
        return _("Ingen mål er vurderet.")
    return "\n".join(rows) or _("Ingen mål er vurderet til gul eller rød.")


def _chosen(selection: Selection | None) -> str:
    if selection is None:
        return ""
    rows = selection.actions.select_related("action")
    return "\n".join(
        f"- {_('Handling')} {row.action.number}. {row.action.title}: {row.reason}" for row in rows
    )


def _decision(selection: Selection | None, body: str) -> str:
    """Who decided what on which day; "" before the decision."""
    if selection is None:
        return ""
    words = {
        "body": body,
        "day": format_date(selection.decided_on),
        "meeting": format_date(selection.theme_meeting_on),
    }
    told = _("%(body)s besluttede %(day)s:") % words
    meeting = _("Temamødet er fastsat til %(meeting)s.") % words
    return f"{told}\n{selection.decision}\n\n{meeting}"
