"""Reading a page as a browser does: its forms with their values, its text and its structure."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse, HttpResponseBase
from django.test import Client

type Attributes = list[tuple[str, str | None]]

#: Elements whose text nobody reads.
SILENT = {"script", "style", "title", "head"}


@dataclass
class PageForm:
    """A form with what a browser would send of it; the buttons are left to the test."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """`structure` is every tag with the names of its attributes: words never change it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.forms: list[PageForm] = []
        self.links: list[str] = []
        self.structure: list[tuple[str, tuple[str, ...]]] = []
        self._words: list[str] = []
        self._silent = 0
        self._area = self._select = ""
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        """What can be read, with the blank space of the markup folded."""
        return " ".join(" ".join(self._words).split())

    def form_with(self, name: str) -> PageForm:
        """The form that has a field; a test fails here where the page has none."""
        found = [form for form in self.forms if name in form.fields]
        assert len(found) == 1, f"{len(found)} forms with {name}"
        return found[0]

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.structure.append((tag, tuple(sorted(name for name, _value in attrs))))
        values = {name: value or "" for name, value in attrs}
        self._silent += tag in SILENT
        if tag == "form":
            self.forms.append(PageForm(values.get("action", "")))
        elif tag == "a":
            self.links.append(values.get("href", ""))
        elif self.forms:
            self._field(tag, values)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT
        if tag == "textarea":
            self._fields[self._area] = self._fields[self._area].removeprefix("\n")
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._fields[self._area] += data.replace("\r\n", "\n")
        elif not self._silent:
            self._words.append(data)

    @property
    def _fields(self) -> dict[str, str]:
        return self.forms[-1].fields

    def _field(self, tag: str, values: dict[str, str]) -> None:
        name, kind = values.get("name", ""), values.get("type", "text")
        if tag == "select":
            self._select = name
            self._fields[name] = ""
        elif tag == "option" and "selected" in values:
            self._fields[self._select] = values.get("value", "")
        elif tag == "textarea":
            self._area = name
            self._fields[name] = ""
        elif tag == "button" and name:
            self.forms[-1].buttons.append((name, values.get("value", "")))
        elif tag == "input" and name and (kind not in {"radio", "checkbox"} or "checked" in values):
            self._fields[name] = values.get("value", "")


def read(response: HttpResponseBase) -> Page:
    assert isinstance(response, HttpResponse)
    return Page(response.text)


def typed_at(client: Client, address: str, name: str) -> dict[str, str]:
    """What a browser would send of the form that has a field, as it is met; but the token."""
    fields = read(client.get(address)).form_with(name).fields
    return {key: text for key, text in fields.items() if key != "csrfmiddlewaretoken"}
