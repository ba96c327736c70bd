"""Somebody at a keyboard and a mouse, who logs in by the form and reads the PDFs they are given."""

import io
import re
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from actions.models import User
from handlingskatalog.demo.people import PASSWORD
from tests.browser.conftest import PATIENCE
from tests.servers.worker import work

#: A PDF is rendered while the browser waits, on a machine that runs two tests at once.
PDF_PATIENCE = 120_000


@dataclass
class Hands:
    """Clicks and types by the words of the page; counts what is done besides typing (E4)."""

    page: Page
    clicks: list[str] = field(default_factory=list)

    def click(self, target: Locator, *, patience: float = PATIENCE) -> None:
        self.clicks.append(" ".join(target.inner_text().split()))
        target.click(timeout=patience)

    def button(self, name: str, *, patience: float = PATIENCE) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True), patience=patience)

    def link(self, name: str | re.Pattern[str]) -> None:
        self.click(self.page.get_by_role("link", name=name))

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text)

    def is_told(self, words: str) -> None:
        """What a page says once, above all else, after something was done."""
        told = self.page.get_by_role("status").filter(has_text=words)
        expect(told.first).to_be_visible()

    def log_in(self, name: str) -> None:
        """By the form, from the front door."""
        assert User.objects.filter(username=name).exists()
        self.page.goto("/")
        self.type("Brugernavn eller e-mail", name)
        self.type("Adgangskode", PASSWORD)
        self.button("Log ind")

    def log_out(self) -> None:
        self.button("Log af")
        expect(self.page.get_by_role("heading", name="Log ind")).to_be_visible()

    def wait_for_the_pdf(self, told: str, *, where: str = "#pdf") -> None:
        """The worker does its work; the page tells by itself, or when it is asked again."""
        said = self.page.locator(where)
        expect(said).to_contain_text("i kø")
        work()
        again = said.get_by_role("link", name="Se, om den er klar")
        if again.count():
            self.click(again)
        expect(said).to_contain_text(told)

    def open_pdf(self, link: str | re.Pattern[str]) -> PdfReader:
        """The PDF behind a link. Chromium shows it: its bytes are fetched with the session.

        Where it is not made yet, the page says so, and leads to it when it is.
        """
        page = self.page
        target = page.get_by_role("link", name=link).first
        address = target.get_attribute("href") or ""
        with page.expect_response(lambda got: got.url.endswith(address)) as answered:
            self.click(target, patience=PDF_PATIENCE)
        if answered.value.status == 302:
            said = f"#{answered.value.headers['location'].rpartition('#')[2]}"
            self.wait_for_the_pdf("PDF'en er klar.", where=said)
            self.click(page.locator(said).get_by_role("link", name="Hent PDF'en"))
        expect(page).to_have_url(re.compile(f"{re.escape(address)}$"))
        answer = page.context.request.get(address, timeout=PDF_PATIENCE)
        assert answer.headers["content-type"] == "application/pdf"
        page.go_back()
        return PdfReader(io.BytesIO(answer.body()))


def squeezed(text: str) -> str:
    """Without spaces, line breaks and hyphens: those are the typesetter's."""
    return re.sub(r"[\s\u00ad-]", "", text)


def text_of(pdf: PdfReader) -> str:
    """All that the pages say, squeezed."""
    return squeezed("".join(page.extract_text() for page in pdf.pages))
