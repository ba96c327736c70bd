"""S4 and S6: what a report's PDF costs compared with WeasyPrint alone, and with Chromium.

    python -m benchmarks.report [ROUNDS]

S4 compares the CPU time of whole programs, also for a report four times as large. S6 compares the
wall clock, because not all of Chromium's processes count as our children. Chromium is started for
its document; our process has been started ahead, as a worker does between two reports.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.measure import Row, demo, print_table, side_by_side

ROOT: Final = Path(__file__).parent.parent
SLUG: Final = "handlingskatalog-24"
LARGE: Final = "fire-gange"
YEAR: Final = 2026
TIMES: Final = 4
#: Seconds to let a process warm up; it takes about half a second.
LONG_ENOUGH: Final = 3

# WeasyPrint with what it needs for the same PDF/A, and nothing of ours.
ALONE: Final = """
import sys
from weasyprint import HTML
HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/a-3a")
"""


def main(rounds: int) -> None:
    with demo() as folder:
        four_times()
        html = _html_file(folder)
        cpu = side_by_side(
            {
                "alone": partial(_run, sys.executable, "-c", ALONE, html, folder / "alone.pdf"),
                "11 actions": partial(_compile, SLUG, folder / "small.pdf"),
                "44 actions": partial(_compile, LARGE, folder / "large.pdf"),
            },
            _children_cpu,
            repeats=rounds,
        )
        rows = [
            _row("S4", "compile_report beside WeasyPrint alone", 1.15, cpu, "11 actions", "alone"),
            _row("S4", "44 actions beside 11", 4.2, cpu, "44 actions", "11 actions"),
        ]
        if chromium := _chromium(html, folder / "chromium.pdf"):
            wall = side_by_side(
                {"ours": _ours(), "chromium": chromium},
                time.perf_counter,
                repeats=rounds,
                before=_as_in_a_worker,
            )
            rows.append(_row("S6", "PDF beside Chromium's", 1.5, wall, "ours", "chromium"))
        print_table(rows)
    sys.stdout.write(f"Medians of {rounds} rounds; S4 in CPU time, S6 on the clock.\n")


def _row(
    target: str, what: str, limit: float, seconds: dict[str, float], this: str, that: str
) -> Row:
    note = f"{seconds[this]:.2f} s / {seconds[that]:.2f} s"
    return Row(target, what, limit, seconds[this] / seconds[that], note)


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(*command: object) -> None:
    words = [str(word) for word in command]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)


def _compile(slug: str, output: Path) -> None:
    """Renders every time: a kept draft would not be rendered again."""
    from reports.models import Rendering

    Rendering.objects.all().delete()
    manage = (sys.executable, "manage.py", "compile_report")
    _run(*manage, slug, YEAR, "status", "--output", output)


def _html() -> str:
    from actions.models import Catalogue
    from reports.content.assemble import assemble
    from reports.documents.pdf import render_html

    return render_html(assemble(Catalogue.objects.get(slug=SLUG), YEAR), edition=None)


def _html_file(folder: Path) -> Path:
    """The report's HTML for other programs, with its fonts beside it."""
    from reports.documents.pdf import font_folder

    (folder / "fonts").symlink_to(font_folder())
    html = folder / "report.html"
    html.write_text(_html().replace("app:/fonts/", "fonts/"))
    return html


def _ours() -> Callable[[], object]:
    from reports.documents.pdf import html_to_pdf

    return partial(html_to_pdf, _html())


def _as_in_a_worker(name: str) -> None:
    """In a worker, the next process has warmed up since the last report."""
    from reports.documents.pdf import make_ready

    if name == "ours":
        make_ready()
        time.sleep(LONG_ENOUGH)


def _chromium(html: Path, pdf: Path) -> Callable[[], object] | None:
    from tests.browser.tools.chromium import ARGUMENTS, MISSING, find_chromium

    program = find_chromium()
    if program is None:
        sys.stderr.write(f"S6 is left out: {MISSING}\n")
        return None
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    flags = [*ARGUMENTS, *sandbox, "--headless", "--disable-gpu", "--no-pdf-header-footer"]
    return partial(_run, program, *flags, f"--print-to-pdf={pdf}", html.as_uri())


def four_times() -> None:
    """Imports a catalogue with the demo's actions and statuses four times."""
    from actions.catalogue.exporter import rows_of
    from actions.catalogue.importer import import_rows
    from actions.models import Catalogue

    rows = rows_of(SLUG)
    actions = tuple(
        replace(
            action,
            number=action.number + copy * len(rows.actions),
            initiatives=tuple(replace(row, related=()) for row in action.initiatives),
        )
        for copy in range(TIMES)
        for action in rows.actions
    )
    import_rows(replace(rows, slug=LARGE, title="Fire gange", actions=actions))
    catalogue = Catalogue.objects.get(slug=LARGE)
    for round_ in Catalogue.objects.get(slug=SLUG).rounds.order_by("year"):
        _copy_round(round_.pk, catalogue.pk, len(rows.actions))


def _copy_round(source: int, catalogue: int, actions: int) -> None:
    """Copies a round to the large catalogue; each goal gets the status of its original."""
    from actions.models import Goal, Indicator, Measurement, Round

    round_ = Round.objects.get(pk=source)
    statuses = {
        (row.goal.action.number, row.goal.number): row
        for row in round_.statuses.select_related("goal__action").prefetch_related("measurements")
    }
    round_.pk, round_.catalogue_id = None, catalogue
    round_._state.adding = True
    round_.save()
    for goal in Goal.objects.filter(action__catalogue=catalogue).select_related("action"):
        status = statuses[(goal.action.number - 1) % actions + 1, goal.number]
        figures = {row.indicator_id: row for row in status.measurements.order_by("pk")}
        old = Indicator.objects.filter(goal=status.goal_id).order_by("order")
        status.pk, status.round, status.goal = None, round_, goal
        status._state.adding = True
        status.save()
        for before, now in zip(old, goal.indicators.order_by("order"), strict=True):
            if before.pk in figures:
                figure = figures[before.pk]
                Measurement.objects.append(
                    status=status,
                    indicator=now,
                    year=figure.year,
                    value=figure.value,
                    missing_reason=figure.missing_reason,
                )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
