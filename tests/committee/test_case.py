"""The sagspakke: VUF's own headings, filled in from a published edition."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from actions.lights import Light
from actions.writing.refusals import Conflict
from reports.committee import agenda
from reports.models import CaseSection, Edition
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(cast: Cast) -> Edition:
    texts = {"light": Light.AT_RISK, "cause": "Vejret.", "consequence": "Forsinket."}
    factory.hand_in(factory.status_of(cast.round), next_step="Vi prøver igen.", **texts)
    return factory.make_edition(cast.catalogue, cast.round.year)


def typed(*sections: tuple[str, str], revision: int = 0, **more: str) -> dict[str, str]:
    fields = {"revision": str(revision)}
    for number, (heading, body) in enumerate(sections):
        fields |= {f"lines-{number}-heading": heading, f"lines-{number}-body": body}
    return fields | more


def headings() -> list[str]:
    return list(CaseSection.objects.values_list("heading", flat=True))


def bodies(edition: Edition, *texts: str) -> list[str]:
    sections = [agenda.Section("Afsnit", text) for text in texts]
    selection = edition.report.selections.first()
    return [row.body for row in agenda.case_of(edition, selection, sections)]


def test_every_placeholder_stands_for_something(edition: Edition) -> None:
    written = [f"{{{name}}}" for name in agenda.PLACEHOLDERS]
    before = bodies(edition, *written)
    factory.make_selection(edition)
    after = bodies(edition, *written)
    assert [len(written) - len(found) for found in (before, after)] == [2, 1]
    assert not any("{" in text for text in before + after)


def test_the_text_is_of_the_edition_and_not_of_today(cast: Cast, edition: Edition) -> None:
    action = cast.own_goal.action
    summary, attention = bodies(edition, "{resume}", "{opmaerksomhed}")
    action.title = "Et nyt navn"
    action.save()
    factory.hand_in(factory.status_of(cast.round), light=Light.ACHIEVED)
    assert bodies(edition, "{resume}", "{opmaerksomhed}") == [summary, attention]
    assert "1 opmærksomhed" in summary
    assert "Vi prøver igen." in attention


def test_a_case_before_and_after_the_decision_says_so(edition: Edition) -> None:
    body = edition.content["bodies"]["steering_committee"]
    assert bodies(edition, "{beslutning}") == []
    assert bodies(edition, "{indstilling}")[0].startswith(f"Det indstilles, at {body} tager")
    assert bodies(edition, "{beslutningstema}")[0].startswith(f"{body} skal tage stilling")
    factory.make_selection(edition, decision="Vi vælger to.")
    assert bodies(edition, "{indstilling}") == []
    [decided] = bodies(edition, "{beslutning}")
    assert decided.startswith(f"{body} besluttede den 14. maj")
    assert "\nVi vælger to.\n" in decided
    assert bodies(edition, "{beslutningstema}")[0].startswith(f"{body} har behandlet")
    assert "Udvalget vil vide mere." in bodies(edition, "{valgte_handlinger}")[0]


def test_braces_in_a_text_of_the_edition_are_left_alone(edition: Edition) -> None:
    factory.make_selection(edition, decision="{titel} {ukendt}")
    assert "\n{titel} {ukendt}\n" in bodies(edition, "{beslutning}")[0]


def test_page_text_file_and_word_document_say_the_same(
    cast: Cast, edition: Edition, vuf: Client
) -> None:
    where = [cast.catalogue.slug, cast.round.year, 1]
    html = vuf.get(reverse("case", args=where)).text
    page = Page(html)
    plain = vuf.get(reverse("case_txt", args=where))
    word = Document(BytesIO(vuf.get(reverse("case_docx", args=where)).content))
    written = [paragraph.text for paragraph in word.paragraphs]
    for each in agenda.STANDARD:
        is_told = each.heading != "Beslutning"  # which is not made yet
        assert (f">{each.heading}</h2>" in html) is is_told
        assert (each.heading in plain.text.splitlines()) is is_told
        assert (each.heading in written) is is_told
    assert written[:2] == [edition.title, cast.catalogue.title]
    pdf = reverse("edition_pdf", args=where)
    assert pdf in page.links
    assert "http" not in plain.text  # a link behind a login is no annex
    assert f"filen {edition.file_name}.pdf" in plain.text
    assert plain.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_vuf_saves_the_headings_of_the_municipality(cast: Cast, vuf: Client) -> None:
    address = reverse("case_template", args=[cast.catalogue.slug])
    answer = vuf.post(address, typed(("Baggrund", "{titel}"), ("", ""), ("Bilag", "{bilag}")))
    assert answer.status_code == 302
    assert headings() == ["Baggrund", "Bilag"]
    assert agenda.template_of(cast.catalogue)[0] == 1


def test_an_unknown_placeholder_is_named_with_the_known_ones(cast: Cast, vuf: Client) -> None:
    address = reverse("case_template", args=[cast.catalogue.slug])
    answer = vuf.post(address, typed(("Baggrund", "Om {titlen}")))
    assert answer.status_code == 422
    assert "{titlen} findes ikke. Du kan bruge: {titel}, {aar}" in answer.text
    assert "Om {titlen}</textarea>" in answer.text
    assert headings() == []


def test_the_lines_move_and_nothing_is_saved_by_it(cast: Cast, vuf: Client) -> None:
    address = reverse("case_template", args=[cast.catalogue.slug])
    lines = [("A", "a"), ("B", "{forkert}"), ("C", "")]
    seen = {}
    moved = {
        "up:lines-1": "BAC",
        "down:lines-1": "ACB",
        "remove:lines-1": "AC",
        "add:lines": "ABC-",
    }
    unmoved = dict.fromkeys(("up:lines-0", "down:lines-2", "up:lines-9", "hop:lines-1"), "ABC")
    for press in moved | unmoved:
        answer = vuf.post(address, typed(*lines, do=press))
        assert answer.status_code == 200
        fields = Page(answer.text).form_with("revision").fields
        names = sorted(name for name in fields if name.endswith("heading"))
        seen[press] = "".join(fields[name] or "-" for name in names)
    assert seen == moved | unmoved
    assert headings() == []


def test_a_template_that_was_changed_meanwhile_shows_both(cast: Cast, vuf: Client) -> None:
    address = reverse("case_template", args=[cast.catalogue.slug])
    vuf.post(address, typed(("Den førstes", "Gemt")))
    answer = vuf.post(address, typed(("Den andens", "Skrevet imens")))
    assert answer.status_code == 409
    page = Page(answer.text)
    assert "Den førstes" in page.text
    form = page.form_with("revision").fields
    assert form["lines-0-heading"] == "Den andens"
    assert headings() == ["Den førstes"]
    assert vuf.post(address, form).status_code == 302
    assert headings() == ["Den andens"]


def test_the_verb_refuses_an_old_version(cast: Cast) -> None:
    by = factory.mandate(cast.coordinator)
    with pytest.raises(Conflict):
        agenda.save_template(catalogue=cast.catalogue, sections=[], revision=7, by=by)


def test_a_case_of_invented_data_says_so_first(cast: Cast, vuf: Client) -> None:
    factory.hand_in(factory.status_of(cast.round), is_example=True)
    factory.make_edition(cast.catalogue, cast.round.year)
    where = [cast.catalogue.slug, cast.round.year, 1]
    assert vuf.get(reverse("case_txt", args=where)).text.startswith("Eksempeldata")
    assert "Eksempeldata" in Page(vuf.get(reverse("case", args=where)).text).text
    word = Document(BytesIO(vuf.get(reverse("case_docx", args=where)).content))
    assert word.paragraphs[2].text == "Eksempeldata"


def test_a_heading_that_nobody_has_answered_says_so(edition: Edition) -> None:
    told = {row.heading: row.body for row in agenda.case_of(edition, None, agenda.STANDARD)}
    assert told["Økonomi"] == str(agenda.UNANSWERED)
    assert list(told)[:2] == ["Beslutningstema", "Sagsfremstilling"]
    assert "bevillingsmæssige" not in agenda.case_text(agenda.STANDARD)


def test_no_case_claims_that_somebody_gave_what_is_missing(cast: Cast) -> None:
    edition = factory.make_edition(cast.catalogue, cast.round.year)
    basis, attention = bodies(edition, "{grundlag}", "{opmaerksomhed}")
    assert basis.startswith("0 af ")
    assert attention == "Ingen mål er vurderet."


def test_goals_that_are_assessed_and_fine_are_told_so(cast: Cast) -> None:
    factory.hand_in(factory.status_of(cast.round), light=Light.ON_TRACK)
    edition = factory.make_edition(cast.catalogue, cast.round.year)
    assert bodies(edition, "{opmaerksomhed}") == ["Ingen mål er vurderet til gul eller rød."]
