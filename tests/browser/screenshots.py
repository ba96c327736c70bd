"""Takes the pictures in docs/screenshots of the demo, on a database of its own.

./dev screenshots          (or: python -m tests.browser.screenshots [FOLDER])
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import django
from django.core.management import call_command
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

from tests.browser.tools.chromium import ARGUMENTS, MISSING, find_chromium

if TYPE_CHECKING:
    from tests.support.rows import Picture

FOLDER: Final = Path(__file__).parents[2] / "docs" / "screenshots"
SLUG: Final = "handlingskatalog-24"
#: Width and height of the window: a screen, and a phone that is held upright.
WINDOWS: Final = ((1280, 960), (390, 844))
#: The reports whose PDF is shown, by year and kind, and the beginning of their pictures' names.
PDFS: Final = {"pdf": ("2026", "status"), "midtvejs-pdf": ("2026", "midterm")}
#: Pages of a PDF by the start of the bookmark they begin with; a chapter shows its spread.
PDF_PAGES: Final = {
    "forside": ("", 1),
    "indhold": ("Indhold", 1),
    "aendringer": ("Ændret siden", 1),
    "overblik": ("Overblik", 1),
    "handling": ("3. ", 2),
    "kolofon": ("Kolofon", 1),
}
COLOURS: Final = 255


def main(folder: Path = FOLDER) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    program = find_chromium()
    if program is None:
        sys.exit(MISSING)
    with tempfile.TemporaryDirectory(prefix="screenshots-") as scratch:
        _prepare(Path(scratch))
        with _serving() as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
            for user, pictures in _pictures().items():
                _take(browser, address, user, pictures, folder)
            browser.close()
        for name, (year, kind) in PDFS.items():
            _take_pdf(Path(scratch), folder, name, year, kind)
    for picture in sorted(folder.glob("*.png")):
        print(f"{picture.stat().st_size // 1024:5} KiB  {picture}")  # noqa: T201


def _prepare(scratch: Path) -> None:
    """The demo in a database that goes with its folder."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "handlingskatalog.settings"
    os.environ["DEBUG"] = "1"
    os.environ["DATABASE_URL"] = f"sqlite:///{scratch}/db.sqlite3"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("demo", stdout=io.StringIO())
    from reports.models import Rendering

    Rendering.objects.all().delete()  # no worker is at them here


@contextmanager
def _serving() -> Iterator[str]:
    # Both ask for the settings when they are imported.
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


def _pictures() -> dict[str, list[tuple[str, "Picture"]]]:
    """From the registry of pages: by who sees them, each with its route."""
    from tests.site import ROUTES  # which asks for the settings

    pictures: dict[str, list[tuple[str, Picture]]] = {}
    for route in ROUTES:
        for picture in route.pictures:
            pictures.setdefault(picture.user, []).append((route.name, picture))
    return pictures


def _take(
    browser: Browser,
    address: str,
    user: str,
    pictures: list[tuple[str, "Picture"]],
    folder: Path,
) -> None:
    context = browser.new_context(
        base_url=address,
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if user:
        _log_in(page, user)
    for route, picture in pictures:
        for width, height in WINDOWS[: 2 if picture.on_phone else 1]:
            page.set_viewport_size({"width": width, "height": height})
            page.goto(_address(page, route, picture))
            page.evaluate("document.fonts.ready.then(() => null)")
            _keep(page.screenshot(), folder / f"{picture.name}-{width}.png")
    context.close()


def _log_in(page: Page, user: str) -> None:
    from handlingskatalog.demo.people import PASSWORD

    page.goto("/")
    page.get_by_label("Brugernavn eller e-mail").fill(user)
    page.get_by_label("Adgangskode", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()
    page.get_by_role("button", name="Log af").first.wait_for()


def _address(page: Page, route: str, picture: "Picture") -> str:
    if picture.at is not None:
        return reverse(route, kwargs=picture.at) + picture.query
    page.goto("/mine-maal/")
    return page.get_by_role("article").get_by_role("link").first.get_attribute("href") or ""


def _take_pdf(scratch: Path, folder: Path, name: str, year: str, kind: str) -> None:
    if shutil.which("pdftoppm") is None:
        sys.exit("no pictures of the PDF: install Debian's package poppler-utils")
    pdf = scratch / f"{name}.pdf"
    call_command("compile_report", SLUG, year, kind, output=pdf, stdout=io.StringIO())
    starts = _bookmarks(pdf)
    for picture, (bookmark, count) in PDF_PAGES.items():
        first = next((page for title, page in starts if title.startswith(bookmark)), None)
        if first is not None:
            _keep(_spread(pdf, first, count), folder / f"{name}-{picture}.png")


def _bookmarks(pdf: Path) -> list[tuple[str, int]]:
    """The top bookmarks with their page numbers; a report's title is the first."""
    reader = PdfReader(pdf)
    outline: Any = reader.outline
    found = [outline[0], *(each for each in outline[1] if not isinstance(each, list))]
    numbers = [reader.get_destination_page_number(each) for each in found]
    return [(str(each.title), (at or 0) + 1) for each, at in zip(found, numbers, strict=True)]


def _spread(pdf: Path, first: int, count: int) -> bytes:
    """Pages side by side, as a PNG."""
    pages = []
    for number in range(first, first + count):
        command = ["pdftoppm", "-png", "-scale-to", "900", "-singlefile"]
        done = subprocess.run(
            [*command, "-f", str(number), "-l", str(number), str(pdf)],
            check=True,
            capture_output=True,
        )
        pages.append(Image.open(io.BytesIO(done.stdout)))
    width = sum(page.width for page in pages)
    sheet = Image.new("RGB", (width, pages[0].height), "white")
    for place, page in enumerate(pages):
        sheet.paste(page, (place * pages[0].width, 0))
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def _keep(picture: bytes, path: Path) -> None:
    """With a palette: a third of the size, and the same to the eye, small signs included."""
    with Image.open(io.BytesIO(picture)) as image:
        small = image.convert("RGB").quantize(
            COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
        small.save(path, optimize=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
