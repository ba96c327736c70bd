"""What a PDF is made of is collected: nothing that a rendering opens is missing, and a change of
any of it changes the version.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.loaders.filesystem import Loader

from reports.documents import pdf, pdf_child
from reports.documents.sources import ModuleSource, Source, TemplateSource, sources_of
from reports.meeting import handout
from tests.content import sample
from tests.documents.test_pdf import MARK

ROOT = Path(settings.BASE_DIR)
#: Made beforehand: what a content is made by is no source of its document.
CONTENTS = (
    sample.report(),
    sample.midterm(),
    sample.small_report(),
    sample.report_without_round(),
)
TEMPLATES = (pdf.DOCUMENT, handout.HANDOUT)


def sources(template: str) -> dict[Source, str]:
    return sources_of(TemplateSource(template), ModuleSource(pdf.__name__))


def version(template: str) -> str:
    """The version, computed anew: a process caches it."""
    return pdf.version_of.__wrapped__(template)


def put_first(folder: Path, settings: LazySettings) -> None:
    """Makes this the first folder in which templates are looked up."""
    engine: dict[str, Any] = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [folder, *engine["DIRS"]]}]


def file_of(source: Source) -> Path:
    if isinstance(source, TemplateSource):
        return ROOT / "templates" / source.name
    return Path(str(import_module(source.name).__file__))


def draw_documents() -> None:
    for content in CONTENTS:
        for edition in (None, MARK):
            pdf.render_html(content, edition=edition)


def draw_handouts() -> None:
    content = CONTENTS[0]
    given: dict[str, Any] = dict(content)
    chosen: list[handout.ChosenContent] = [
        {
            "title": action["title"],
            "action": action,
            "reason": "Den er bagud.",
            "questions": [dict.fromkeys(handout.OF_QUESTION, "Hvorfor?")],
        }
        for action in content["actions"]
    ]
    handout.handout_html(
        {
            "day": "2026-06-18",
            "published_on": "2026-05-01",
            "report": {name: given[name] for name in handout.OF_REPORT},
            "chosen": chosen,
        }
    )


@contextmanager
def opened() -> Iterator[set[Path]]:
    """Collects the files of ours that are opened as templates, or whose code runs, in the block."""
    files = set[Path]()
    get_contents = Loader.get_contents

    def watched(loader: Loader, origin: Any) -> str:
        files.add(Path(origin.name))
        return get_contents(loader, origin)

    def called(frame: FrameType, event: str, _argument: object) -> None:
        name = frame.f_code.co_filename
        if event == "call" and name.startswith((f"{ROOT}/actions", f"{ROOT}/reports")):
            files.add(Path(name))

    for loader in engines["django"].engine.template_loaders:  # type: ignore[attr-defined]
        loader.reset()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Loader, "get_contents", watched)
        sys.setprofile(called)
        try:
            yield files
        finally:
            sys.setprofile(None)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("template", "draw"), [(pdf.DOCUMENT, draw_documents), (handout.HANDOUT, draw_handouts)]
)
def test_nothing_that_a_rendering_opens_is_missing(template: str, draw: Any) -> None:
    with opened() as files:
        draw()
    known = {file_of(source) for source in sources(template)}
    # The handout module only passes the content on.
    missing = files - known - {Path(handout.__file__)}
    assert {str(path) for path in missing} == set(), "a rendering opens these, the version does not"
    assert known - files, "the modules that only hold words are among them too"
    assert ModuleSource(pdf_child.__name__) in sources(template)


def test_no_model_form_or_view_is_among_the_sources() -> None:
    """Otherwise an unrelated change would render every draft again, and change the version."""
    rooms = re.compile(r"\.(models|forms|views|urls|access|migrations)\b")
    names = {source.name for template in TEMPLATES for source in sources(template)}
    assert {name for name in names if rooms.search(name)} == set()


@pytest.mark.slow
def test_a_change_of_any_source_changes_the_version(
    tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each source is shadowed by a changed copy."""
    put_first(tmp_path, settings)
    before = version(pdf.DOCUMENT)
    unchanged = []
    for source, text in sources(pdf.DOCUMENT).items():
        copy = tmp_path / source.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text + " ", encoding="utf-8")
        with monkeypatch.context() as patch:
            if isinstance(source, ModuleSource):
                patch.setattr(import_module(source.name).__spec__, "origin", str(copy))
            for loader in engines["django"].engine.template_loaders:  # type: ignore[attr-defined]
                loader.reset()
            if version(pdf.DOCUMENT) == before:
                unchanged.append(source)
        copy.unlink()
    assert unchanged == []


def test_a_change_of_a_font_changes_the_version(tmp_path: Path, settings: LazySettings) -> None:
    before = version(pdf.DOCUMENT)
    for name in pdf_child.FONTS:
        copy = tmp_path / name / pdf.FONT_FOLDER / name
        copy.parent.mkdir(parents=True)
        copy.write_bytes((pdf.font_folder() / name).read_bytes() + b"\0")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(finders, "find", lambda path, copy=copy: str(copy))
            assert version(pdf.DOCUMENT) != before, name


def test_the_version_fits_its_column_and_each_document_has_its_own() -> None:
    versions = [version(template) for template in TEMPLATES]
    assert all(re.fullmatch(r"[0-9a-f]{12}", each) for each in versions)
    assert len(set(versions)) == 2


def test_a_template_that_is_named_by_a_variable_is_refused(
    tmp_path: Path, settings: LazySettings
) -> None:
    put_first(tmp_path, settings)
    (tmp_path / "any.html").write_text("{% include part %}")
    with pytest.raises(ValueError, match=r"any\.html includes part"):
        sources_of(TemplateSource("any.html"))
