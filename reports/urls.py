"""The addresses of the reports: the same routes for each kind, with its word in the path."""

from django.urls import URLPattern, path

from reports.committee.views import agenda, questions, selection
from reports.editions.views import pages, public, publicity
from reports.editions.views.draft import draft_pdf, draft_progress, publication
from reports.followup.views import addendum as followup_addendum
from reports.followup.views import pages as followup
from reports.meeting.views import council, handouts, meeting
from reports.models import Kind
from reports.texts.views import autosave, compare, editorial, next_catalogue, passage

TEXTS = "<slug:slug>/rapporter/<int:year>/<slug:report>/tekster"
SELECTION = "<slug:slug>/rapporter/<int:year>/udvaelgelse"
QUESTION = "<slug:slug>/rapporter/<int:year>/spoergsmaal/<int:pk>"
FOLLOW_UP = "<slug:slug>/rapporter/<int:year>/opfoelgning"
MEETING = "<slug:slug>/rapporter/<int:year>/temamoede"


def of_kind(kind: Kind) -> list[URLPattern]:
    """One kind's routes. A name is reversed with `kind`; else to the statusredegørelse's route."""
    at, given = f"<slug:slug>/rapporter/<int:year>/{kind.word}", {"kind": kind}
    edition = f"{at}/udgave/<int:number>"
    return [
        path(f"{at}/", pages.draft, given, name="draft"),
        path(f"{at}.pdf", draft_pdf, given, name="draft_pdf"),
        path(f"{at}/pdf/", draft_progress, given, name="draft_progress"),
        path(f"{at}.docx", pages.draft_docx, given, name="draft_docx"),
        path(f"{at}/udgiv/", pages.publish, given, name="publish"),
        path(f"{at}/udgiv/<int:pk>/", publication, given, name="publication"),
        path(f"{edition}/", pages.edition, given, name="edition"),
        path(f"{edition}.pdf", pages.edition_pdf, given, name="edition_pdf"),
        path(f"{edition}.docx", pages.edition_docx, given, name="edition_docx"),
        path(f"{edition}/sagspakke/", agenda.case_page, given, name="case"),
        path(f"{edition}/sagspakke.txt", agenda.case_txt, given, name="case_txt"),
        path(f"{edition}/sagspakke.docx", agenda.case_docx, given, name="case_docx"),
        path(f"{edition}/offentliggoer/", publicity.make_public, given, name="make_public"),
        path(f"{edition}/traek-tilbage/", publicity.withdraw, given, name="withdraw_public"),
    ]


def public_of_kind(kind: Kind) -> list[URLPattern]:
    edition = f"offentlig/<slug:slug>/<int:year>/{kind.word}/udgave/<int:number>"
    return [
        path(f"{edition}/", public.public_edition, {"kind": kind}, name="public_edition"),
        path(f"{edition}.pdf", public.public_edition_pdf, {"kind": kind}, name="public_pdf"),
    ]


#: The pages that everybody may read; they have no menu.
PUBLIC = [
    path("offentlig/", public.public_reports, name="public_reports"),
    *public_of_kind(Kind.MIDTERM),
    *public_of_kind(Kind.FINAL),
    *public_of_kind(Kind.STATUS),  # last, as below
]

#: The routes by the menu item of their pages.
SECTIONS: dict[str, list[URLPattern]] = {
    "council": [path("<slug:slug>/kommunalbestyrelsen/", council.council, name="council")],
    "reports": [
        path("<slug:slug>/rapporter/", pages.reports, name="reports"),
        *of_kind(Kind.MIDTERM),
        *of_kind(Kind.FINAL),
        *of_kind(Kind.STATUS),  # last: Django reverses to these if no kind is named
        path(
            f"<slug:slug>/rapporter/<int:year>/{Kind.MIDTERM.word}/naeste-katalog/",
            next_catalogue,
            name="next_catalogue",
        ),
        path(f"{TEXTS}/", editorial, name="editorial"),
        path(f"{TEXTS}/<slug:key>/", passage, name="passage"),
        path(f"{TEXTS}/<slug:key>/gem/", autosave, name="autosave_passage"),
        path(
            f"{TEXTS}/<slug:key>/sammenlign/<int:event>/",
            compare,
            name="compare_passage",
        ),
        path(f"{QUESTION}/", questions.question, name="question"),
        path(f"{QUESTION}/autogem/", questions.autosave_answer, name="autosave_answer"),
        path(
            f"{QUESTION}/sammenlign/<int:event>/", questions.compare_answer, name="compare_answer"
        ),
        path(f"{FOLLOW_UP}/ny/", followup.new_follow_up, name="new_follow_up"),
        path(f"{FOLLOW_UP}/<int:number>/", followup.follow_up, name="follow_up"),
        path(f"{FOLLOW_UP}/<int:number>/tillaeg.pdf", followup_addendum.addendum, name="addendum"),
        path(
            f"{FOLLOW_UP}/<int:number>/pdf/",
            followup_addendum.addendum_progress,
            name="addendum_progress",
        ),
        path(f"{FOLLOW_UP}/<int:number>/luk/", followup.close_follow_up, name="close_follow_up"),
        path(f"{FOLLOW_UP}/<int:number>/fortryd/", followup.undo_follow_up, name="undo_follow_up"),
        path(
            f"{FOLLOW_UP}/<int:number>/maal/<int:goal>/",
            followup.follow_up_answer,
            name="follow_up_answer",
        ),
        path(
            f"{FOLLOW_UP}/<int:number>/maal/<int:goal>/autogem/",
            followup.autosave_follow_up,
            name="autosave_follow_up",
        ),
        path(
            f"{FOLLOW_UP}/<int:number>/maal/<int:goal>/sammenlign/<int:event>/",
            followup.compare_follow_up,
            name="compare_follow_up",
        ),
        path("<slug:slug>/rapporter/sagspakke/", agenda.case_template, name="case_template"),
        path(f"{MEETING}/", meeting.theme_meeting, name="theme_meeting"),
        path(f"{MEETING}/program/", meeting.programme, name="programme"),
        path(f"{MEETING}/materiale.pdf", handouts.handouts, name="handouts"),
        path(f"{MEETING}/handling/<int:number>.pdf", handouts.handout, name="handout"),
        path(f"{MEETING}/pdf/<int:number>/", handouts.handout_progress, name="handout_progress"),
        path(f"{MEETING}/handling/<int:number>/konklusion/", meeting.conclusion, name="conclusion"),
        path(
            f"{MEETING}/handling/<int:number>/konklusion/autogem/",
            meeting.autosave_conclusion,
            name="autosave_conclusion",
        ),
        path(
            f"{MEETING}/handling/<int:number>/konklusion/sammenlign/<int:event>/",
            meeting.compare_conclusion,
            name="compare_conclusion",
        ),
        path(f"{MEETING}/praesentation/", meeting.presentation, name="presentation"),
    ],
    "selection": [
        path("<slug:slug>/rapporter/udvaelgelse/", selection.latest, name="latest_selection"),
        path(f"{SELECTION}/", selection.selection, name="selection"),
        path(f"{SELECTION}/handling/<int:number>/", selection.action, name="selection_action"),
        path(f"{SELECTION}/handling/<int:number>/spoerg/", selection.ask, name="ask"),
        path(f"{SELECTION}/handling/<int:number>/peg/", selection.point, name="point"),
        path(
            f"{SELECTION}/handling/<int:number>/fortryd/",
            selection.withdraw_pointer,
            name="withdraw",
        ),
        path(f"{SELECTION}/beslutning/", selection.decide, name="decide"),
    ],
}

urlpatterns = [*PUBLIC, *(pattern for patterns in SECTIONS.values() for pattern in patterns)]
