"""The addresses of the reports: the same of each kind, whose word they carry."""

from django.urls import URLPattern, path

from reports.models import Kind
from reports.views import (
    case,
    committee,
    council,
    editorial,
    meeting,
    next_catalogue,
    public,
    publicity,
    rendering,
    report,
)

TEXTS = "<slug:slug>/rapporter/<int:year>/<slug:report>/tekster"
SELECTION = "<slug:slug>/rapporter/<int:year>/udvaelgelse"
QUESTION = "<slug:slug>/rapporter/<int:year>/spoergsmaal/<int:pk>"
MEETING = "<slug:slug>/rapporter/<int:year>/temamoede"


def of_kind(kind: Kind) -> list[URLPattern]:
    """A name and `kind` give the address; without a kind it is the statusredegørelse's."""
    at, given = f"<slug:slug>/rapporter/<int:year>/{kind.word}", {"kind": kind}
    edition = f"{at}/udgave/<int:number>"
    return [
        path(f"{at}/", report.draft, given, name="draft"),
        path(f"{at}.pdf", rendering.draft_pdf, given, name="draft_pdf"),
        path(f"{at}/pdf/", rendering.draft_progress, given, name="draft_progress"),
        path(f"{at}.docx", report.draft_docx, given, name="draft_docx"),
        path(f"{at}/udgiv/", report.publish, given, name="publish"),
        path(f"{at}/udgiv/<int:pk>/", rendering.publication, given, name="publication"),
        path(f"{edition}/", report.edition, given, name="edition"),
        path(f"{edition}.pdf", report.edition_pdf, given, name="edition_pdf"),
        path(f"{edition}.docx", report.edition_docx, given, name="edition_docx"),
        path(f"{edition}/sagspakke/", case.case_page, given, name="case"),
        path(f"{edition}/sagspakke.txt", case.case_txt, given, name="case_txt"),
        path(f"{edition}/sagspakke.docx", case.case_docx, given, name="case_docx"),
        path(f"{edition}/offentliggoer/", publicity.make_public, given, name="make_public"),
        path(f"{edition}/traek-tilbage/", publicity.withdraw, given, name="withdraw_public"),
    ]


def public_of_kind(kind: Kind) -> list[URLPattern]:
    edition = f"offentlig/<slug:slug>/<int:year>/{kind.word}/udgave/<int:number>"
    return [
        path(f"{edition}/", public.edition, {"kind": kind}, name="public_edition"),
        path(f"{edition}.pdf", public.edition_pdf, {"kind": kind}, name="public_pdf"),
    ]


#: What everybody may read, without a menu.
PUBLIC = [
    path("offentlig/", public.reports, name="public_reports"),
    *public_of_kind(Kind.MIDTERM),
    *public_of_kind(Kind.STATUS),  # last, as below
]

#: The addresses by the item of the menu that their pages belong to.
SECTIONS: dict[str, list[URLPattern]] = {
    "council": [path("<slug:slug>/kommunalbestyrelsen/", council.council, name="council")],
    "reports": [
        path("<slug:slug>/rapporter/", report.reports, name="reports"),
        *of_kind(Kind.MIDTERM),
        *of_kind(Kind.STATUS),  # last: what Django finds where no kind is named
        path(
            f"<slug:slug>/rapporter/<int:year>/{Kind.MIDTERM.word}/naeste-katalog/",
            next_catalogue.next_catalogue,
            name="next_catalogue",
        ),
        path(f"{TEXTS}/", editorial.editorial, name="editorial"),
        path(f"{TEXTS}/<slug:key>/", editorial.passage, name="passage"),
        path(f"{TEXTS}/<slug:key>/gem/", editorial.autosave, name="autosave_passage"),
        path(
            f"{TEXTS}/<slug:key>/sammenlign/<int:event>/",
            editorial.compare,
            name="compare_passage",
        ),
        path(f"{QUESTION}/", committee.question, name="question"),
        path(f"{QUESTION}/autogem/", committee.autosave_answer, name="autosave_answer"),
        path(
            f"{QUESTION}/sammenlign/<int:event>/", committee.compare_answer, name="compare_answer"
        ),
        path("<slug:slug>/rapporter/sagspakke/", case.case_template, name="case_template"),
        path(f"{MEETING}/", meeting.theme_meeting, name="theme_meeting"),
        path(f"{MEETING}/program/", meeting.programme, name="programme"),
        path(f"{MEETING}/materiale.pdf", rendering.handouts, name="handouts"),
        path(f"{MEETING}/handling/<int:number>.pdf", rendering.handout, name="handout"),
        path(f"{MEETING}/pdf/<int:number>/", rendering.handout_progress, name="handout_progress"),
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
        path("<slug:slug>/rapporter/udvaelgelse/", committee.latest, name="latest_selection"),
        path(f"{SELECTION}/", committee.selection, name="selection"),
        path(f"{SELECTION}/handling/<int:number>/", committee.action, name="selection_action"),
        path(f"{SELECTION}/handling/<int:number>/spoerg/", committee.ask, name="ask"),
        path(f"{SELECTION}/handling/<int:number>/peg/", committee.point, name="point"),
        path(f"{SELECTION}/handling/<int:number>/fortryd/", committee.withdraw, name="withdraw"),
        path(f"{SELECTION}/beslutning/", committee.decide, name="decide"),
    ],
}

urlpatterns = [*PUBLIC, *(pattern for patterns in SECTIONS.values() for pattern in patterns)]
