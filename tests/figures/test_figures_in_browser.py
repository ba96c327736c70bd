"""VUF brings figures in by a file in the browser: old beside new first, then one write."""

from base64 import b64decode
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from actions.figures.told import Told, YearTold
from actions.figures.verbs import tell_figures
from actions.models import Event, Indicator, Measurement
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import mandate
from tests.support.pages import PageForm, read

pytestmark = pytest.mark.django_db

HEADING = "handling;mål;måltal;år;værdi;årsag"


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    return factory.make_indicator(cast.own_goal, name="Besøg", unit="besøg")


class Importing:
    """The page where VUF brings in a catalogue's figures."""

    def __init__(self, client: Client, slug: str) -> None:
        self.client, self.url = client, reverse("import_figures", args=[slug])

    def upload(self, content: bytes, name: str = "tal.csv") -> Any:
        return self.client.post(self.url, {"file": SimpleUploadedFile(name, content)})

    def lines(self, *lines: str) -> Any:
        return self.upload("\n".join([HEADING, *lines]).encode())

    def say_yes(self, answer: Any) -> Any:
        return self.client.post(self.url, form_in(answer).fields)


def form_in(answer: Any) -> PageForm:
    return next(form for form in read(answer).forms if "content" in form.fields)


@pytest.fixture
def page(vuf: Client, cast: Cast) -> Importing:
    return Importing(vuf, cast.catalogue.slug)


def tell(cast: Cast, indicator: Indicator, value: int, reason: str = "") -> None:
    row = YearTold(indicator, 2024, Told(Decimal(value)), reason)
    tell_figures(by=mandate(cast.coordinator), rows=[row])


def typed_into(content: bytes) -> bytes:
    """The workbook with another value in its first line, and why."""
    book = load_workbook(BytesIO(content))
    sheet = book.active
    assert sheet is not None
    columns = {cell.value: place for place, cell in enumerate(sheet[1], 1)}
    sheet.cell(2, columns["værdi"], 13.5)
    sheet.cell(2, columns["årsag"], "Talt igen.")
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def known() -> list[tuple[int, Decimal | None, str]]:
    return list(Measurement.objects.order_by("pk").values_list("year", "value", "reason"))


def test_old_stands_beside_new_before_anything_is_written(
    cast: Cast, indicator: Indicator, page: Importing
) -> None:
    tell(cast, indicator, 12)
    answer = page.lines("1;1;Besøg;2024;15;Talt igen.", "1;1;Besøg;2023;3;")
    assert answer.status_code == 200
    text = read(answer).text.replace("\xa0", " ")
    assert "12 besøg" in text
    assert "15 besøg" in text
    assert "Rettet, fordi: Talt igen." in text
    assert len(known()) == 1
    events = Event.objects.count()
    assert page.say_yes(answer).status_code == 302
    assert known()[1:] == [(2024, Decimal(15), "Talt igen."), (2023, Decimal(3), "")]
    assert Event.objects.count() == events + 2
    assert Measurement.objects.latest("pk").by_name == str(cast.coordinator)


def test_a_workbook_comes_in_as_it_went_out(
    vuf: Client, cast: Cast, indicator: Indicator, page: Importing
) -> None:
    tell(cast, indicator, 12)
    address = reverse("figures_workbook", args=[cast.catalogue.slug])
    book = vuf.get(address)
    assert f'filename="maaltal-{cast.catalogue.slug}.xlsx"' in book.headers["Content-Disposition"]
    answer = page.upload(book.content, "tal.xlsx")
    assert "Ingen ændringer" in read(answer).text
    assert not any("content" in form.fields for form in read(answer).forms)
    assert page.say_yes(page.upload(typed_into(book.content), "tal.xlsx")).status_code == 302
    assert known()[1:] == [(2024, Decimal("13.5"), "Talt igen.")]


def test_every_fault_of_the_file_is_shown_at_once(
    cast: Cast, indicator: Indicator, page: Importing
) -> None:
    tell(cast, indicator, 12)
    answer = page.lines("1;1;Besøg;2024;15;", "1;1;Besog;2024;15;", "1;1;Besøg;2099;15;")
    assert answer.status_code == 422
    text = read(answer).text
    assert "Filen kan ikke indlæses: 3 fejl" in text
    for place in ("række 2, årsag", "række 3, måltal", "række 4, år"):
        assert place in text
    assert len(known()) == 1


def test_a_value_that_somebody_told_meanwhile_is_not_revised_unseen(
    cast: Cast, indicator: Indicator, page: Importing
) -> None:
    answer = page.lines("1;1;Besøg;2024;15;Talt igen.", "1;1;Besøg;2023;3;")
    tell(cast, indicator, 12)
    again = page.say_yes(answer)
    assert again.status_code == 409
    assert "Måltallene er ændret, siden du så filen" in read(again).text
    assert len(known()) == 1
    assert page.say_yes(again).status_code == 302
    assert known()[1] == (2024, Decimal(15), "Talt igen.")


def test_only_what_was_shown_is_kept(cast: Cast, indicator: Indicator, page: Importing) -> None:
    """A line that said nothing new when it was shown undoes no later revision."""
    tell(cast, indicator, 12)
    answer = page.lines("1;1;Besøg;2024;12;Af vane.", "1;1;Besøg;2023;3;")
    tell(cast, indicator, 14, "Talt igen.")
    assert page.say_yes(answer).status_code == 302
    assert known()[1:] == [(2024, Decimal(14), "Talt igen."), (2023, Decimal(3), "")]


def test_an_indicator_that_went_meanwhile_is_a_fault(
    cast: Cast, indicator: Indicator, page: Importing
) -> None:
    answer = page.lines("1;1;Besøg;2024;15;")
    Indicator.objects.update(name="Gæster")
    again = page.say_yes(answer)
    assert again.status_code == 422
    assert "målet har intet måltal ”Besøg”" in read(again).text


def test_figures_of_another_catalogue_are_brought_in_there(
    cast: Cast, indicator: Indicator, vuf: Client
) -> None:
    other = factory.make_catalogue("et-andet")
    content = f"katalog;{HEADING}\n{cast.catalogue.slug};1;1;Besøg;2024;15;".encode()
    answer = Importing(vuf, other.slug).upload(content)
    assert answer.status_code == 422
    assert f"rækken hører til kataloget ”{cast.catalogue.slug}”" in read(answer).text


@pytest.mark.parametrize(
    "typed",
    [
        {"content": "", "seen": "0:0"},
        {"content": "ikke base64!", "seen": "0:0"},
        {"content": "æ", "seen": "0:0"},
        {"seen": ""},
        {"seen": "0:x"},
    ],
)
def test_an_answer_that_no_page_gave_is_refused(
    indicator: Indicator, page: Importing, typed: dict[str, str]
) -> None:
    given = form_in(page.lines("1;1;Besøg;2024;15;")).fields
    assert page.client.post(page.url, given | typed).status_code == 422
    assert page.client.post(page.url, given | {"seen": "7:0"}).status_code == 409
    assert known() == []


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("tal.XLSX", b"handling;maal", "men er ikke et regneark"),
        ("tal.csv", b"", "Filen er tom"),
        ("tal.csv", b"a" * (1536 * 1024 + 1), "Filen er større end 1,5 MB"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_plain_words(
    page: Importing, name: str, content: bytes, says: str
) -> None:
    answer = page.upload(content, name)
    assert answer.status_code == 422
    assert says in read(answer).text


def test_the_largest_file_comes_back_with_the_yes(indicator: Indicator, page: Importing) -> None:
    text = f"{HEADING};bemærkning\n1;1;Besøg;2024;15;;".encode()
    answer = page.upload(text + b"\n" * (1536 * 1024 - len(text)))
    assert len(b64decode(form_in(answer).fields["content"])) == 1536 * 1024
    assert page.say_yes(answer).status_code == 302


def test_downloads_calculate_nothing(vuf: Client, cast: Cast, indicator: Indicator) -> None:
    told = Told(Decimal(3), source="=1+1", comment="@SUM(A1)")
    tell_figures(by=mandate(cast.coordinator), rows=[YearTold(indicator, 2024, told)])
    text = vuf.get(reverse("figures_text", args=[cast.catalogue.slug])).content
    assert text.startswith(b"\xef\xbb\xbfkatalog;")
    assert b";'=1+1;'@SUM(A1);" in text
    book = vuf.get(reverse("figures_workbook", args=[cast.catalogue.slug])).content
    sheet = load_workbook(BytesIO(book)).active
    assert sheet is not None
    assert [cell.data_type for cell in sheet[2]][8:10] == ["s", "s"]


def test_the_catalogue_leads_to_the_file(vuf: Client, cast: Cast) -> None:
    links = vuf.get(reverse("catalogue", args=[cast.catalogue.slug])).text
    for name in ("import_figures", "figures_workbook"):
        assert reverse(name, args=[cast.catalogue.slug]) in links
