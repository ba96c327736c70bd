"""A report as a Word document (.docx), for those who must edit it for an agenda.

`reports.documents.word_markup` writes the markup that web page and PDF share, so that all three say
the same. This module adds title, language, styles, running head and page number.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from docx.text.paragraph import Paragraph

from actions.danish import format_date
from actions.lights import LOOKS
from reports.content.shape import ReportContent
from reports.documents.pdf import LANGUAGE, EditionMark
from reports.documents.word_markup import MarkupWriter, speakable

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LOCALE: Final = "da-DK"
FONT: Final = "Calibri"
SEA: Final = RGBColor(0x0B, 0x3D, 0x4A)
HEADINGS: Final = ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3")


def render_docx(content: ReportContent, *, edition: EditionMark | None) -> bytes:
    """The report as .docx; if `edition` is None a draft, which says KLADDE on every page."""
    with translation.override(LANGUAGE):
        document = _blank(content, edition)
        _cover(document, content, edition)
        markup = render_to_string("reports/document/_paper.html", {"content": content})
    colours = {light.value: look.colour for light, look in LOOKS.items()}
    MarkupWriter(document, colours).write(markup)
    return _saved(document)


def render_case_docx(
    content: ReportContent, edition: EditionMark, sections: Sequence[tuple[str, str]]
) -> bytes:
    """A case for the agenda system as .docx: each heading with its text, line by line."""
    with translation.override(LANGUAGE):
        document = _blank(content, edition)
    document.add_paragraph(speakable(content["title"]), style="Title")
    document.add_paragraph(speakable(content["catalogue_title"]), style="Subtitle")
    for heading, body in sections:
        document.add_paragraph(speakable(heading), style="Heading 1")
        for line in filter(str.strip, body.split("\n")):
            style = "List Bullet" if line.startswith("- ") else "Normal"
            document.add_paragraph(speakable(line.removeprefix("- ")), style=style)
    return _saved(document)


def _saved(document: WordDocument) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _blank(content: ReportContent, edition: EditionMark | None) -> WordDocument:
    """An empty A4 document in Danish."""
    document = Document()
    _describe(document, content, edition)
    for name in ("Normal", *HEADINGS):
        _dress(document.styles[name])
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    title = content["title"] if edition else f"{_('KLADDE')} · {content['title']}"
    section.header.paragraphs[0].text = speakable(title)
    _number_pages(section.footer.paragraphs[0])
    return document


def _describe(document: WordDocument, content: ReportContent, edition: EditionMark | None) -> None:
    day = date.fromisoformat((edition.published_on if edition else content["as_of"])[:10])
    core = document.core_properties
    core.title = speakable(f"{content['title']} – {content['catalogue_title']}")
    core.author = core.last_modified_by = speakable(content["municipality"])[:255]
    core.created = core.modified = datetime.combine(day, time())
    core.language, core.comments = LOCALE, ""


def _dress(style: Any) -> None:
    style.font.name = FONT
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]  # a theme's font would override the named one
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LOCALE)
    properties.append(language)
    if style.name in HEADINGS:
        style.font.color.rgb = SEA


def _cover(document: WordDocument, content: ReportContent, edition: EditionMark | None) -> None:
    document.add_paragraph(speakable(content["title"]), style="Title")
    place = f"{content['catalogue_title']} · {content['period']} · {content['municipality']}"
    document.add_paragraph(speakable(place), style="Subtitle")
    if edition:
        day = format_date(date.fromisoformat(edition.published_on))
        mark = _("%(number)d. udgave, %(day)s") % {"number": edition.number, "day": day}
        note = _("Det er PDF-filen, der er udgivet. Dette dokument er til at redigere i.")
    else:
        mark, note = _("KLADDE"), _("Ikke offentliggjort.")
    document.add_paragraph().add_run(mark).bold = True
    document.add_paragraph(note)
    if content["is_example"]:
        document.add_paragraph(_("Eksempeldata: tekster og tal er opdigtede."))


def _number_pages(paragraph: Paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
