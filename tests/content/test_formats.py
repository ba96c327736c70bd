"""Editions of every format open on every page that reads editions, and keep their bytes.

Each file of `tests/fixtures/editions/` is an edition as it was published. A new format adds an
edition of the format before it; none is ever changed.
"""

import ast
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints, is_typeddict

import pytest
from django.conf import settings
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from docx import Document

from actions.lights import LOOKS, Light
from actions.models import Catalogue
from reports.content import upgrade
from reports.content.assemble import assemble
from reports.content.shape import FORMAT, ReportContent, canonical_text, content_hash, uncorrected
from reports.documents import pdf
from reports.editions import verbs
from reports.meeting.handout import handout_content, handout_html
from reports.meeting.page import get_meeting
from reports.models import Edition, Kind, Report, Selection
from tests.content import sample
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import read, typed_at

FOLDER: Final = Path(settings.BASE_DIR) / "tests" / "fixtures" / "editions"
NAMES: Final = sorted(file.stem for file in FOLDER.glob("*.json"))
PAGE: Final = "<p>Siden, som den blev udgivet.</p>"
#: A format that no page can read by accident: everything lies one level deeper.
PACKED: Final = "pakket/0"
#: The functions that may read `Edition.content` itself; all other code calls `upgrade.read`.
RAW: Final = {"read", "fault_in", "render_again"}

type Load = Callable[[str], dict[str, Any]]


def stored(name: str) -> dict[str, Any]:
    """A file of the fixtures, unchanged."""
    row: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return row


def packed(name: str) -> dict[str, Any]:
    content = {"format": PACKED, "parcel": stored(name)["content"]}
    return {**stored(name), "content": content, "content_sha256": content_hash(content)}


def publish(row: dict[str, Any]) -> Edition:
    """Publishes a stored edition, of a catalogue whose actions have been renamed since."""
    content = row["content"].get("parcel", row["content"])
    catalogue = factory.make_catalogue(
        "dengang", period_from=2024, period_to=2027, midterm_year=2026, title="Omdøbt katalog"
    )
    for action in content["actions"]:
        factory.make_action(catalogue, number=action["number"], title=f"Omdøbt {action['number']}")
    report = Report.objects.create(catalogue=catalogue, kind=row["kind"], year=row["year"])
    factory.make_round(catalogue, year=row["year"])
    names = ("title", "content", "content_sha256", "changes", "differences", "hindrances")
    made = Edition.objects.append(
        **{name: row[name] for name in (*names, "published_at", "published_by")},
        report=report,
        number=1,
        template_version="dengang",
        html=PAGE,
        html_sha256=hashlib.sha256(PAGE.encode()).hexdigest(),
        pdf=b"%PDF-",
        pdf_sha256=hashlib.sha256(b"%PDF-").hexdigest(),
    )
    return Edition.objects.select_related("report__catalogue").get(pk=made.pk)


def old(kind: Kind) -> list[tuple[Load, str]]:
    """An edition of each past format. Today's, which all other tests open, is packed."""
    rows = [(name, row["content"]) for name in NAMES if (row := stored(name))["kind"] == kind]
    return [(packed if row.get("format") == FORMAT else stored, name) for name, row in rows]


@pytest.fixture
def unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = {**upgrade.STEPS, PACKED: lambda content: content["parcel"]}
    monkeypatch.setattr(upgrade, "STEPS", steps)


@pytest.fixture(params=[row for kind in Kind for row in old(kind)], ids=lambda param: param[1])
def edition(request: pytest.FixtureRequest, unpacking: None, cast: Cast) -> Edition:
    load, name = request.param
    return publish(load(name))


@pytest.fixture(params=old(Kind.STATUS), ids=lambda param: param[1])
def status_edition(request: pytest.FixtureRequest, unpacking: None, cast: Cast) -> Edition:
    """The editions that the committee and the temamøde read."""
    load, name = request.param
    return publish(load(name))


def at(edition: Edition, route: str, *more: int) -> str:
    return reverse(route, args=[edition.report.catalogue.slug, edition.report.year, *more])


# The pages.


@pytest.mark.django_db
def test_its_own_pages_open(edition: Edition, vuf: Client) -> None:
    content = upgrade.read(edition)
    factory.make_public(edition)
    place = f"{content['catalogue_title']}, {content['municipality']}, {content['period']}"
    for url in (edition.get_absolute_url(), edition.public_url):
        page = vuf.get(url).text
        assert PAGE in page
        assert place in read(vuf.get(url)).text
        assert "css/pages/documents.css" in page
    for url in (reverse("reports", args=["dengang"]), reverse("public_reports")):
        assert edition.title in read(vuf.get(url)).text
    assert vuf.get(edition.pdf_url).content == vuf.get(edition.public_pdf_url).content == b"%PDF-"


@pytest.mark.django_db
def test_its_words_and_its_lights_are_in_word(edition: Edition, vuf: Client) -> None:
    content = upgrade.read(edition)
    document = Document(BytesIO(answer(vuf, edition.docx_url).content))
    told = [each.text for each in document.paragraphs]
    assert {f"{each['number']}. {each['title']}" for each in content["actions"]} <= {*told}
    runs = [run for each in document.paragraphs for run in each.runs]
    colours = {str(run.font.color.rgb) for run in runs if run.text == str(Light.AT_RISK.label)}
    assert colours == {LOOKS[Light.AT_RISK].colour.lstrip("#").upper()}
    assert any(text.startswith("1. udgave") for text in told)


@pytest.mark.django_db
def test_the_case_is_written_of_it(edition: Edition, vuf: Client) -> None:
    content = upgrade.read(edition)
    goals = f"Vurderingerne af de {content['progress']['goals']} mål"
    for url in (edition.case_url, edition.case_txt_url):
        text = answer(vuf, url).text
        assert goals in text
        assert content["attention"][0]["action_title"] in text.replace("&#x27;", "'")
        assert "opdigtede" in text
    document = Document(BytesIO(answer(vuf, edition.case_docx_url).content))
    assert any(goals in each.text for each in document.paragraphs)


@pytest.mark.django_db
def test_the_council_sees_its_lights(edition: Edition, cast: Cast, client: Client) -> None:
    content = upgrade.read(edition)
    client.force_login(cast.council)
    page = answer(client, reverse("council", args=["dengang"])).text
    for count in content["counts"]:
        if count["goals"] and count["light"]["code"]:
            assert f'<span class="light__word">{count["light"]["word"]}</span>' in page
            assert LOOKS[Light(count["light"]["code"])].path in page
    assert "opdigtede" in page


@pytest.mark.django_db
def test_the_committee_chooses_from_it(
    status_edition: Edition, cast: Cast, client: Client, vuf: Client
) -> None:
    edition, content = status_edition, upgrade.read(status_edition)
    client.force_login(cast.committee)
    first, second = content["actions"][:2]
    page = read(client.get(at(edition, "selection") + "?handling=1&handling=2&sorter=maaltal"))
    assert "Side om side" in page.text
    assert first["title"] in page.text
    assert second["goals"][0]["text"] in page.text
    assert first["title"] in read(client.get(at(edition, "selection_action", 1))).text
    typed = {"text": "Hvorfor?", "reason": "Det haster.", "due": "2099-01-01"}
    for route in ("ask", "point"):
        assert client.post(at(edition, route, 1), typed).status_code == 302
        assert client.post(at(edition, route, 99), typed).status_code == 404
    form = typed_at(vuf, at(edition, "decide"), "decision")
    form |= {"decision": "Valgt.", "decided_on": "2026-03-11", "theme_meeting_on": "2099-06-01"}
    for number in (1, 2, 3):
        form |= {f"choose-{number}": "on", f"reason-{number}": "Fordi."}
    answered = vuf.post(at(edition, "decide"), form)
    assert answered.status_code == 302, read(answered).text
    assert Selection.objects.get().edition == edition


@pytest.mark.django_db
def test_the_temamoede_is_held_on_it(status_edition: Edition, vuf: Client) -> None:
    edition, first = status_edition, upgrade.read(status_edition)["actions"][0]
    actions = list(edition.report.catalogue.actions.order_by("number")[:4])
    question = factory.make_question(edition.report, actions[0])
    factory.make_selection(edition, *actions)
    for route in ("theme_meeting", "presentation"):
        text = read(vuf.get(at(edition, route))).text
        assert first["title"] in text
        assert first["goals"][0]["text"] in text
    for route in ("programme", "conclusion"):
        more = (first["number"],) if route == "conclusion" else ()
        assert first["title"] in answer(vuf, at(edition, route, *more)).text.replace("&#x27;", "'")
    meeting = get_meeting("dengang", edition.report.year)
    html = handout_html(handout_content(meeting))
    assert question.text in html
    assert LOOKS[Light(first["goals"][0]["light"]["code"])].path in html
    factory.make_handouts(meeting)
    assert answer(vuf, at(edition, "handouts")).content == b"%PDF-"


@pytest.mark.django_db
def test_the_next_edition_is_compared_with_it(edition: Edition, vuf: Client) -> None:
    """A change of format is no difference."""
    report = edition.report
    assert "Handling 1" in read(vuf.get(report.publish_url)).text
    proof = verbs.proof_of(report.catalogue, report.year, Kind(report.kind))
    assert {"Katalogets titel", "Formål"} <= {each["what"] for each in proof.differences}
    assert "colour" not in json.dumps(proof.differences)
    same = verbs.Proof(uncorrected(upgrade.read(edition)), proof.check, edition)
    assert same.is_published
    assert same.differences == []


@pytest.mark.django_db
def test_its_bytes_stay_and_are_what_a_new_rendering_holds(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As data, and as the hash on the colophon; the look is that of today's templates."""
    before = canonical_text(edition.content)
    made: dict[str, str] = {}

    def stand_in(html: str, *, files: Any) -> bytes:
        made.update({each.name: each.text for each in files}, html=html)
        return b""

    monkeypatch.setattr(pdf, "html_to_pdf", stand_in)
    verbs.render_again(edition)
    assert made["indhold.json"] == before == canonical_text(edition.content)
    assert hashlib.sha256(made["indhold.json"].encode()).hexdigest() == edition.content_sha256
    assert edition.content_sha256 in re.sub(r"<wbr>|\s|\u200b", "", made["html"])
    call_command("verify")


def answer(client: Client, url: str) -> HttpResponse:
    answered = client.get(url)
    assert isinstance(answered, HttpResponse)
    assert answered.status_code == 200, url
    return answered


# The shape.


def faults_in(value: Any, hint: Any, place: str = "") -> Iterator[str]:
    """The places where a value does not have its declared type."""
    if is_typeddict(hint):
        names = get_type_hints(hint)
        missing = hint.__required_keys__ - value.keys()
        yield from (f"{place}.{name}" for name in sorted(missing | (value.keys() - names.keys())))
        for name in names.keys() & value.keys():
            yield from faults_in(value[name], names[name], f"{place}.{name}")
    elif get_origin(hint) is UnionType:
        if value is not None or NoneType not in get_args(hint):
            yield from faults_in(value, next(a for a in get_args(hint) if a is not NoneType), place)
    elif get_origin(hint) in {list, dict}:
        each = value.values() if isinstance(value, dict) else value
        for number, part in enumerate(each):
            yield from faults_in(part, get_args(hint)[-1], f"{place}[{number}]")
    elif not isinstance(value, hint):
        yield f"{place}: {value!r}"


@pytest.mark.parametrize("name", NAMES)
def test_it_is_read_in_todays_shape(name: str) -> None:
    row = stored(name)
    content = upgrade.read(Edition(content=row["content"]))
    assert list(faults_in(content, ReportContent)) == []
    assert content_hash(row["content"]) == row["content_sha256"], "never change a fixture"


@pytest.mark.django_db
def test_what_is_assembled_today_has_todays_shape(cast: Cast) -> None:
    factory.make_indicator(cast.own_goal)
    factory.hand_in_all(cast.round)
    years = dict.fromkeys(Kind, cast.round.year) | {Kind.FINAL: cast.catalogue.final_year}
    for kind, year in years.items():
        content = assemble(cast.catalogue, year, kind)
        assert list(faults_in(content, ReportContent)) == []
        assert content["format"] == FORMAT


@pytest.mark.parametrize(
    "made",
    [
        sample.report,
        sample.small_report,
        sample.report_without_round,
        sample.midterm,
        sample.final,
    ],
)
def test_what_the_tests_make_has_todays_shape(made: Callable[[], ReportContent]) -> None:
    assert list(faults_in(made(), ReportContent)) == []


def test_the_shape_is_checked_to_the_last_light() -> None:
    """The control."""
    content: Any = upgrade.read(Edition(content=stored("unlabelled-midterm")["content"]))
    content["actions"][0]["goals"][0]["course"]["years"][0]["light"]["colour"] = "#fff"
    del content["actions"][1]["line"]
    content["evaluation"]["decisions"][0]["numbers"][0] = "1"
    assert sorted(faults_in(content, ReportContent)) == [
        ".actions[0].goals[0].course.years[0].light.colour",
        ".actions[1].line",
        ".evaluation.decisions[0].numbers[0]: '1'",
    ]


def test_every_format_has_its_editions() -> None:
    kept = {(row["content"].get("format", ""), row["kind"]) for row in map(stored, NAMES)}
    formats = (*upgrade.STEPS, FORMAT)
    assert kept == {
        (name, kind.value)
        for name in formats
        for kind in Kind
        if kind is not Kind.FINAL or formats.index(name) >= formats.index("rapport/2")
    }


def test_an_edition_of_an_unknown_format_is_refused() -> None:
    edition = Edition(content={"format": "rapport/99"}, report=Report(year=2026, kind="status"))
    edition.report.catalogue = Catalogue(slug="katalog")
    with pytest.raises(upgrade.UnknownFormat, match="rapport/99"):
        upgrade.read(edition)


# The wall.


def raw_readers(source: str) -> Iterator[str]:
    """The functions that read `content` of something named like an edition."""
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Attribute) and node.attr == "content":
                    holder = node.value
                    name = getattr(holder, "attr", getattr(holder, "id", ""))
                    if re.search(r"edition|latest|newest|found", name):
                        yield function.name


def test_only_named_functions_read_the_frozen_content_itself() -> None:
    code = [
        file
        for app in ("reports", "handlingskatalog")
        for file in (Path(settings.BASE_DIR) / app).rglob("*.py")
        if "migrations" not in file.parts
    ]
    readers = {name for file in code for name in raw_readers(file.read_text("utf-8"))}
    assert readers == RAW
    templates = (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    assert [
        file.name
        for file in templates
        if re.search(r"(edition|latest|newest)\.content\b", file.read_text("utf-8"))
    ] == []
