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
from typing import Final

import django
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, MISSING, find_chromium

FOLDER: Final = Path(__file__).parents[2] / "docs" / "screenshots"
SLUG: Final = "handlingskatalog-24"
#: Width and height of the window: a screen, and a phone that is held upright.
WINDOWS: Final = ((1280, 960), (390, 844))
#: Who sees what: the file's name, the address, and whether the phone's picture is taken too.
PAGES: Final = {
    "": [("log-ind", "/konto/log-ind/", False)],
    "erhvervs-og-turistchefen": [
        ("forside-chef", "/mine-maal/", True),
        ("status", "", True),
        ("handling", f"/{SLUG}/handlinger/3/", False),
    ],
    "vuf": [
        ("runde", f"/{SLUG}/status/2026/", True),
        ("rapport", f"/{SLUG}/rapporter/2026/statusredegoerelse/", True),
    ],
}
#: Pages of the PDF: the cover, the summary with its counts, and a chapter.
PDF_PAGES: Final = {"forside": 1, "resume": 3, "handling": 7}
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
            for user, pages in PAGES.items():
                _take(browser, address, user, pages, folder)
            browser.close()
        _take_pdf(Path(scratch), folder)
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


def _take(
    browser: Browser, address: str, user: str, pages: list[tuple[str, str, bool]], folder: Path
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
    for name, url, also_on_a_phone in pages:
        for width, height in WINDOWS[: 2 if also_on_a_phone else 1]:
            page.set_viewport_size({"width": width, "height": height})
            page.goto(url or _own_goal(page))
            page.evaluate("document.fonts.ready.then(() => null)")
            _keep(page.screenshot(), folder / f"{name}-{width}.png")
    context.close()


def _log_in(page: Page, user: str) -> None:
    from handlingskatalog import demo

    page.goto("/")
    page.get_by_label("Brugernavn eller e-mail").fill(user)
    page.get_by_label("Adgangskode", exact=True).fill(demo.PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()
    page.get_by_role("button", name="Log af").first.wait_for()


def _own_goal(page: Page) -> str:
    page.goto("/mine-maal/")
    return page.get_by_role("article").get_by_role("link").first.get_attribute("href") or ""


def _take_pdf(scratch: Path, folder: Path) -> None:
    if shutil.which("pdftoppm") is None:
        sys.exit("no pictures of the PDF: install Debian's package poppler-utils")
    pdf = scratch / "rapport.pdf"
    call_command("compile_report", SLUG, "2025", "status", output=pdf, stdout=io.StringIO())
    for name, number in PDF_PAGES.items():
        picture = scratch / f"pdf-{name}"
        subprocess.run(
            [
                *("pdftoppm", "-png", "-singlefile", "-scale-to", "900"),
                *("-f", str(number), "-l", str(number), str(pdf), str(picture)),
            ],
            check=True,
        )
        _keep(picture.with_suffix(".png").read_bytes(), folder / f"pdf-{name}.png")


def _keep(picture: bytes, path: Path) -> None:
    """With a palette: a third of the size, and the same to the eye, small signs included."""
    with Image.open(io.BytesIO(picture)) as image:
        small = image.convert("RGB").quantize(
            COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
        small.save(path, optimize=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
